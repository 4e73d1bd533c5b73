"""What a use case costs, in all and in each phase, from low to high, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from scoper.snapshot import Cost, Effort, Portfolio, Role, UseCase
from scoper.terms import Phase, Recurrence


class Span(NamedTuple):
    """An amount of money, or of days, as low, likely and high."""

    low: float = 0.0
    likely: float = 0.0
    high: float = 0.0

    def plus(self, other: Span) -> Span:
        """Return the sum, end by end."""
        return Span(self.low + other.low, self.likely + other.likely, self.high + other.high)

    def times(self, factor: float) -> Span:
        """Return each end times a factor."""
        return Span(self.low * factor, self.likely * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class PhaseTotal:
    """What one phase takes.

    ``days`` are person-days, ``people`` is days times day rate, ``once`` and ``yearly`` the costs
    by recurrence. Costs without a figure and roles without a day rate are missing from the sums.
    """

    phase: Phase
    days: Span
    people: Span
    once: Span
    yearly: Span

    @property
    def total(self) -> Span:
        """People, one-off costs and the first year of yearly costs."""
        return self.people.plus(self.once).plus(self.yearly)


def cost_span(cost: Cost) -> Span | None:
    """Return a cost as low, likely and high; None where it has no figure at all.

    Where only some of the three are known, the likely one stands in for a missing end, and the
    mean of the known ends for a missing likely one.
    """
    known = [v for v in (cost.low, cost.likely, cost.high) if v is not None]
    if not known:
        return None
    likely = cost.likely if cost.likely is not None else sum(known) / len(known)
    return _span(cost.low, likely, cost.high)


def effort_days(efforts: Iterable[Effort]) -> Span:
    """Return the sum of person-days; the likely ones stand in for a missing end."""
    result = Span()
    for effort in efforts:
        result = result.plus(_span(effort.days_low, effort.days, effort.days_high))
    return result


def effort_costs(efforts: Iterable[Effort], roles: Mapping[UUID, Role]) -> Span:
    """Return days times day rate; roles without a rate are not counted."""
    result = Span()
    for effort in efforts:
        result = result.plus(effort_days([effort]).times(roles[effort.role_id].day_rate or 0))
    return result


def _span(low: float | None, likely: float, high: float | None) -> Span:
    return Span(likely if low is None else low, likely, likely if high is None else high)


def total(costs: Iterable[Cost]) -> Span:
    """Return the sum of costs; those without a figure are not counted."""
    result = Span()
    for cost in costs:
        result = result.plus(cost_span(cost) or Span())
    return result


@dataclass(frozen=True, slots=True)
class CostTotals:
    """What a use case takes: people (once), other one-off costs, and what is due every year.

    ``days`` are person-days. ``known`` tells whether there is any amount of money at all.
    """

    days: Span
    people: Span
    once: Span
    yearly: Span
    known: bool

    @property
    def costs(self) -> Span:
        """Everything besides people in the first year."""
        return self.once.plus(self.yearly)

    @property
    def first_year(self) -> Span:
        """People, everything spent once, and one year of running."""
        return self.people.plus(self.costs)


def cost_totals(portfolio: Portfolio, use_case: UseCase) -> CostTotals:
    """Add up what a use case takes; what has no figure at all is not counted."""
    people = effort_costs(use_case.efforts, {role.id: role for role in portfolio.roles})
    return CostTotals(
        days=effort_days(use_case.efforts),
        people=people,
        once=total(c for c in use_case.costs if c.recurrence is Recurrence.ONE_OFF),
        yearly=total(c for c in use_case.costs if c.recurrence is Recurrence.YEARLY),
        known=any(people) or any(cost_span(c) for c in use_case.costs),
    )


def phase_totals(use_case: UseCase, roles: Mapping[UUID, Role]) -> tuple[PhaseTotal, ...]:
    """Return what each phase takes, in order; the amounts are in the portfolio's currency."""
    return tuple(_phase_total(phase, use_case, roles) for phase in phases_of(use_case))


def phases_of(use_case: UseCase) -> tuple[Phase, ...]:
    """Return the phases to show of a use case: those asked of all, and what else it plans."""
    used = {effort.phase for effort in use_case.efforts}
    used |= {cost.phase for cost in use_case.costs}
    used |= {milestone.phase for milestone in use_case.milestones}
    return tuple(phase for phase in Phase if phase.is_asked or phase in used)


def _phase_total(phase: Phase, use_case: UseCase, roles: Mapping[UUID, Role]) -> PhaseTotal:
    efforts = [e for e in use_case.efforts if e.phase is phase and any(effort_days([e]))]
    costs = [c for c in use_case.costs if c.phase is phase]
    return PhaseTotal(
        phase=phase,
        days=effort_days(efforts),
        people=effort_costs(efforts, roles),
        once=total(c for c in costs if c.recurrence is Recurrence.ONE_OFF),
        yearly=total(c for c in costs if c.recurrence is Recurrence.YEARLY),
    )


def expected_benefit(use_case: UseCase) -> float | None:
    """Return the benefit a year to be expected; None unless low, likely and high are known.

    The mean of the PERT distribution, (low + 4 × likely + high) ÷ 6 (Malcolm, Roseboom, Clark and
    Fazar, 1959), in the portfolio's currency.
    """
    low, likely, high = use_case.benefit_low, use_case.benefit_likely, use_case.benefit_high
    if low is None or likely is None or high is None:
        return None
    return (low + 4 * likely + high) / 6
