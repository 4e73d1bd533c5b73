"""The timeline of a use case with what each phase takes, as a value to be drawn or written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from scoper.scoping.budget import PhaseTotal, phase_totals
from scoper.scoping.schedule import Bar, Quarter, timeline
from scoper.snapshot import Portfolio, UseCase
from scoper.terms import Phase
from scoper.text import long_date


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A phase: its bar, where it has dates, and what it takes."""

    phase: Phase
    bar: Bar | None
    total: PhaseTotal

    @property
    def dates(self) -> str:
        """When it runs, in words."""
        if self.bar is None:
            return "no date yet"
        clash = ", ends before the phase it follows" if self.bar.clashes else ""
        return f"{long_date(self.bar.start)} to {long_date(self.bar.end)}{clash}"


@dataclass(frozen=True, slots=True)
class Gantt:
    """The phases in order; ``first`` and ``last`` are the days the picture spans.

    Both are None while no phase has a date.
    """

    rows: tuple[GanttRow, ...]
    currency: str
    first: dt.date | None
    last: dt.date | None

    @property
    def quarters(self) -> tuple[tuple[Quarter, dt.date], ...]:
        """The quarters the picture spans, each with its first day."""
        if self.first is None or self.last is None:
            return ()
        found = [Quarter.of(self.first)]
        while found[-1] < Quarter.of(self.last):
            found.append(found[-1].next)
        return tuple((q, dt.date(q.year, q.number * 3 - 2, 1)) for q in found)

    def amount(self, row: GanttRow) -> str:
        """Return what a phase takes in money, in words; empty where nothing is known."""
        low, likely, high = row.total.total
        if not high:
            return ""
        said = f"{self.currency} {likely:,.0f}"
        return said if low == high else f"{said} ({low:,.0f} to {high:,.0f})"

    def sentence(self, row: GanttRow) -> str:
        """Return a phase in words, with its milestones."""
        parts = [f"{row.phase.label}: {row.dates}"]
        low, likely, high = row.total.days
        if high:
            span = "" if low == high else f" ({low:,.0f} to {high:,.0f})"
            parts.append(f"{likely:,.0f} days of effort{span}")
        parts += [amount] if (amount := self.amount(row)) else []
        milestones = row.bar.milestones if row.bar else ()
        parts += [f"{m.title} by {long_date(m.due)}" for m in milestones if m.due]
        return "; ".join(parts) + "."

    @property
    def words(self) -> str:
        """The whole picture as text, a line for each phase."""
        return "\n".join(self.sentence(row) for row in self.rows)


def gantt(portfolio: Portfolio, use_case: UseCase) -> Gantt:
    """Return the timeline of a use case, from the day work starts where it says so."""
    bars = {bar.phase: bar for bar in timeline(use_case, use_case.start_on).bars}
    totals = phase_totals(use_case, {role.id: role for role in portfolio.roles})
    return Gantt(
        rows=tuple(GanttRow(total.phase, bars.get(total.phase), total) for total in totals),
        currency=portfolio.currency,
        first=min((bar.start for bar in bars.values()), default=None),
        last=max((bar.end for bar in bars.values()), default=None),
    )
