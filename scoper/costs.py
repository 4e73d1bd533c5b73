"""What a use case takes in money: its costs, and its people at their day rates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoper.snapshot import Cost, Portfolio, UseCase
from scoper.terms import Recurrence

Range = tuple[float, float, float]
"""Low, likely and high, in the currency of the portfolio."""


@dataclass(frozen=True, slots=True)
class CostTotals:
    """People (once), what is spent once besides, and what falls due every year.

    ``known`` tells whether there is any figure at all.
    """

    people: float
    once: Range
    yearly: Range
    known: bool

    @property
    def first_year(self) -> Range:
        """People, everything spent once, and one year of running."""
        return _add((self.people,) * 3, self.once, self.yearly)


def cost_totals(portfolio: Portfolio, use_case: UseCase) -> CostTotals:
    """Add up what a use case takes; what has no figure at all is not counted."""
    rates = {role.id: role.day_rate for role in portfolio.roles}
    people = sum((e.days * (rates[e.role_id] or 0) for e in use_case.efforts), 0.0)
    return CostTotals(
        people=people,
        once=_total(c for c in use_case.costs if c.recurrence is Recurrence.ONE_OFF),
        yearly=_total(c for c in use_case.costs if c.recurrence is Recurrence.YEARLY),
        known=people > 0 or any(cost_range(c) for c in use_case.costs),
    )


def cost_range(cost: Cost) -> Range | None:
    """Return low, likely and high; the nearest figure stands in where one is missing."""
    known = [v for v in (cost.low, cost.likely, cost.high) if v is not None]
    if not known:
        return None
    likely = cost.likely if cost.likely is not None else sum(known) / len(known)
    return (
        likely if cost.low is None else cost.low,
        likely,
        likely if cost.high is None else cost.high,
    )


def _total(costs: Iterable[Cost]) -> Range:
    return _add(*(cost_range(cost) or (0.0, 0.0, 0.0) for cost in costs))


def _add(*ranges: Range) -> Range:
    low, likely, high = (sum(column) for column in zip((0.0, 0.0, 0.0), *ranges, strict=True))
    return low, likely, high
