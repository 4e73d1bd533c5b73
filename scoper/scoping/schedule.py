"""When the phases of a use case run, and which roles they book beyond what there is."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from scoper.errors import InvalidInput
from scoper.scoping.budget import phases_of
from scoper.scoping.fields import Kind
from scoper.scoping.steps import LISTS
from scoper.snapshot import Milestone, Portfolio, Role, Staffing, UseCase
from scoper.terms import Decision, Phase
from scoper.text import join, plural

QUARTERS_A_YEAR: Final = 4


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a calendar year; ``number`` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> Quarter:
        """Return the quarter a day lies in."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def label(self) -> str:
        """The quarter in words, as in "2027 Q2"."""
        return f"{self.year} Q{self.number}"

    @property
    def stored(self) -> str:
        """The quarter as capacity is stored by it, as in "2027-Q2"."""
        return f"{self.year:04d}-Q{self.number}"

    @property
    def next(self) -> Quarter:
        """The quarter after it."""
        last = self.number == QUARTERS_A_YEAR
        return Quarter(self.year + last, 1 if last else self.number + 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A phase on the timeline, first and last day included.

    ``clashes`` is true when it ends before the phase it follows, so that its place is a guess.
    """

    phase: Phase
    start: dt.date
    end: dt.date
    clashes: bool
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars of a use case in the order of phases, and the phases without a date."""

    bars: tuple[Bar, ...]
    undated: tuple[Phase, ...]


@dataclass(frozen=True, slots=True)
class Booking:
    """Days asked of a role in a quarter; ``capacity`` is None where it is not known."""

    role: Role
    quarter: Quarter
    days: float
    capacity: float | None

    @property
    def over(self) -> float:
        """Days asked beyond what there is, 0 or more."""
        return 0.0 if self.capacity is None else max(0.0, self.days - self.capacity)

    @property
    def overbooked(self) -> bool:
        """Whether more is asked than there is."""
        return self.over > 1e-9

    @property
    def sentence(self) -> str:
        """The booking in words."""
        if self.capacity is None:
            return f"{self.role.title}, {self.quarter.label}: {self.days:,.0f} days asked for."
        return (
            f"{self.role.title}, {self.quarter.label}: {self.days:,.0f} days asked for, "
            f"{self.capacity:,.0f} available."
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """The bookings of a portfolio by role and quarter, and days that have no date yet."""

    bookings: tuple[Booking, ...]
    undated: Mapping[UUID, float]

    @property
    def overbooked(self) -> tuple[Booking, ...]:
        """The bookings beyond capacity, the worst first."""
        found = [booking for booking in self.bookings if booking.overbooked]
        return tuple(sorted(found, key=lambda booking: -booking.over))


@dataclass(frozen=True, slots=True)
class Vacancy:
    """By when a vacancy has to be open so that its role is there when it is first needed.

    ``late`` is true where that day has passed.
    """

    role: str
    phase: Phase
    needed_from: dt.date
    open_by: dt.date
    late: bool


def timeline(use_case: UseCase, begin: dt.date | None = None) -> Timeline:
    """Return when each phase runs, from the due dates of its milestones.

    A phase ends with its last milestone and starts the day after the phase before it ended. The
    first starts on ``begin``; without it, or when it lies later, with its own first milestone.
    A phase that would end before it starts is a single day that ``clashes``.
    """
    bars: list[Bar] = []
    latest: dt.date | None = None
    for phase in Phase:
        dated = sorted(
            ((m.due, m) for m in use_case.milestones if m.phase is phase and m.due is not None),
            key=lambda pair: pair[0],
        )
        if not dated:
            continue
        end = dated[-1][0]
        clashes = latest is not None and end <= latest
        first = _next_day(latest) if latest else min(begin or dated[0][0], dated[0][0])
        bars.append(Bar(phase, end if clashes else first, end, clashes, tuple(m for _, m in dated)))
        latest = end if latest is None else max(latest, end)
    shown = {bar.phase for bar in bars}
    missing = (phase for phase in phases_of(use_case) if phase not in shown)
    return Timeline(tuple(bars), tuple(missing))


def planned_with(use_cases: Sequence[UseCase], role_id: UUID) -> str:
    """Return in words the entries that go when a role goes, empty where there is none."""
    taken = []
    for items in LISTS.values():
        fields = items.needs(Kind.ROLE)
        entries = (entry for use_case in use_cases for entry in getattr(use_case, items.name))
        count = sum(any(getattr(entry, field) == role_id for field in fields) for entry in entries)
        if count:
            taken.append(plural(count, f"planned {items.noun}"))
    return join(taken)


def plan(
    portfolio: Portfolio, *, begin: dt.date | None = None, quarters: float = QUARTERS_A_YEAR
) -> Plan:
    """Return what the use cases that were not decided against book, by role and quarter.

    The days of a phase are spread evenly over its working days (Monday to Friday). The days of
    a phase without a date are kept apart by role. No day is lost: bookings and undated days add
    up to the effort entered.

    Args:
        portfolio: its use cases, roles and their capacity in days.
        begin: when the first phases start where a use case does not say.
        quarters: over how many quarters the capacity of a role without capacity by quarter is
            spread evenly.

    Raises:
        InvalidInput: ``quarters`` is not above 0.
    """
    if not quarters > 0:
        raise InvalidInput("Capacity must cover more than 0 quarters.", field="quarters")
    booked: dict[tuple[UUID, Quarter], float] = {}
    undated: dict[UUID, float] = {}
    for use_case in portfolio.use_cases:
        if use_case.decision is Decision.NO_GO or not use_case.efforts:
            continue
        bars = {bar.phase: bar for bar in timeline(use_case, use_case.start_on or begin).bars}
        shares = {phase: quarter_shares(bar.start, bar.end) for phase, bar in bars.items()}
        for effort in use_case.efforts:
            if effort.phase not in shares:
                undated[effort.role_id] = undated.get(effort.role_id, 0.0) + effort.days
            for quarter, share in shares.get(effort.phase, {}).items():
                place = (effort.role_id, quarter)
                booked[place] = booked.get(place, 0.0) + effort.days * share
    return Plan(tuple(_bookings(portfolio.roles, booked, quarters)), undated)


def staffing_of(portfolio: Portfolio) -> Staffing:
    """Return what the roles mean for a use case: who is overbooked, by quarter or in all.

    A role with capacity by quarter is compared quarter by quarter, in those that are known; any
    role with a capacity in all is compared as a whole.
    """
    staffing = portfolio.staffing
    by_quarter = [role for role in portfolio.roles if role.capacities]
    if not by_quarter:
        return staffing
    found = plan(replace(portfolio, roles=tuple(by_quarter))).bookings
    words: dict[UUID, list[str]] = {}
    for booking in found:
        if booking.overbooked:
            words.setdefault(booking.role.id, []).append(booking.sentence.removesuffix("."))
    return replace(
        staffing,
        overbooked=staffing.overbooked | words.keys(),
        shortages=tuple((role, "; ".join(said)) for role, said in words.items()),
    )


def latest_vacancies(
    roles: Sequence[Role],
    use_case: UseCase,
    *,
    today: dt.date,
    begin: dt.date | None = None,
) -> tuple[Vacancy, ...]:
    """Return by when each role that takes time to hire has to be advertised, the most urgent first.

    The day is the first of the phase in which the role is first needed and nobody is named for
    it, less the weeks it takes to hire, rounded up to whole days. A role without such weeks, or
    first needed in a phase without a date, is left out.

    Args:
        roles: those of the portfolio.
        use_case: its effort says which role is needed in which phase.
        today: what is late is told from it.
        begin: when the first phase starts where the use case does not say.
    """
    bars = {bar.phase: bar for bar in timeline(use_case, use_case.start_on or begin).bars}
    order = list(Phase)
    first: dict[UUID, Phase] = {}
    for effort in sorted(use_case.efforts, key=lambda effort: order.index(effort.phase)):
        if effort.days > 0 and not effort.who.strip():
            first.setdefault(effort.role_id, effort.phase)
    found = []
    for role in roles:
        bar = bars.get(first[role.id]) if role.id in first else None
        if role.hiring_weeks and bar:
            latest = _days_before(bar.start, math.ceil(role.hiring_weeks * 7))
            found.append(Vacancy(role.title, bar.phase, bar.start, latest, latest < today))
    return tuple(sorted(found, key=lambda vacancy: vacancy.open_by))


def quarter_shares(start: dt.date, end: dt.date) -> dict[Quarter, float]:
    """Return which share of the working days from start to end lies in each quarter, sum 1.

    A span without a working day counts as one day at its end.

    Raises:
        InvalidInput: the end lies before the start.
    """
    if end < start:
        raise InvalidInput("A phase cannot end before it starts.", field="due")
    counts: dict[Quarter, int] = {}
    first = start
    while True:
        quarter = Quarter.of(first)
        last = min(end, _last_day(quarter))
        if days := _working_days(first, last):
            counts[quarter] = days
        if last == end:
            break
        first = _next_day(last)
    total = sum(counts.values())
    if not total:
        return {Quarter.of(end): 1.0}
    return {quarter: days / total for quarter, days in counts.items()}


def _bookings(
    roles: Sequence[Role], booked: Mapping[tuple[UUID, Quarter], float], quarters: float
) -> Iterator[Booking]:
    for role in roles:
        total = role.capacity_days
        even = None if total is None or role.capacities else total / quarters
        known = dict(role.capacities)
        own = sorted(
            (quarter, days) for (owner, quarter), days in booked.items() if owner == role.id
        )
        for quarter, days in own:
            if days > 0:
                yield Booking(role, quarter, days, known.get(quarter.stored, even))


def _working_days(first: dt.date, last: dt.date) -> int:
    """Return the number of days from Monday to Friday, both ends included."""
    weeks, rest = divmod((last - first).days + 1, 7)
    return weeks * 5 + sum((first.weekday() + day) % 7 < 5 for day in range(rest))


def _last_day(quarter: Quarter) -> dt.date:
    if quarter.number == 4:
        return dt.date(quarter.year, 12, 31)
    return dt.date(quarter.year, quarter.number * 3 + 1, 1) - dt.timedelta(days=1)


def _next_day(day: dt.date) -> dt.date:
    return day if day == dt.date.max else day + dt.timedelta(days=1)


def _days_before(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(max(dt.date.min.toordinal(), day.toordinal() - days))
