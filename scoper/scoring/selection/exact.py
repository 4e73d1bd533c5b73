"""A problem in whole numbers: its figures as they are written, and what holds without rounding.

Solvers compute with tolerances: what they answer is checked here, and what they prove is believed
only as far as it holds for these numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoper.scoring.matrix import Array
from scoper.scoring.selection.problem import Problem, Row, as_written, rows


@dataclass(frozen=True, slots=True, eq=False)
class ExactRow:
    """One constraint in whole numbers; ``parts`` is what 1 was multiplied by, None sets no end."""

    amounts: dict[int, int]
    low: int | None
    high: int | None
    parts: int

    def room(self, taken: Iterable[int]) -> tuple[int | None, int | None]:
        """Return the ends that are left once these items are taken."""
        used = sum(self.amounts.get(item, 0) for item in taken)
        return (
            None if self.low is None else self.low - used,
            None if self.high is None else self.high - used,
        )


class Exact:
    """The constraints and values of a problem in whole numbers.

    ``values`` are the items' values in ``parts`` of 1; two selections of different value differ
    by ``step`` of these at least.
    """

    def __init__(self, problem: Problem, constraints: Sequence[Row] | None = None) -> None:
        self.problem = problem
        self.rows = [_whole(row) for row in (rows(problem) if constraints is None else constraints)]
        self.columns: list[list[tuple[int, int]]] = [[] for _ in problem.names]
        for place, row in enumerate(self.rows):
            for item, amount in row.amounts.items():
                self.columns[item].append((place, amount))
        self.worth(problem.value)

    def worth(self, value: Array) -> None:
        """Give the items other values."""
        written = [as_written(number) for number in value.tolist()]
        self.parts = math.lcm(*(number.denominator for number in written))
        self.values = [int(number * self.parts) for number in written]
        least = math.ceil(as_written(self.problem.resolution) * self.parts)
        self.step = max(1, math.gcd(*self.values), least)

    def value(self, chosen: Iterable[int]) -> int:
        """Return the value of a selection, in ``parts`` of 1."""
        return sum(self.values[item] for item in chosen)

    def cost(self, chosen: Iterable[int]) -> Fraction:
        """Return what a selection costs."""
        return sum((as_written(self.problem.cost[item]) for item in chosen), Fraction(0))

    def broken(self, chosen: Sequence[int]) -> ExactRow | None:
        """Return a constraint that a selection breaks, None where it respects all."""
        used = [0] * len(self.rows)
        for item in chosen:
            for place, amount in self.columns[item]:
                used[place] += amount
        for row, amount in zip(self.rows, used, strict=True):
            over = row.high is not None and amount > row.high
            if over or (row.low is not None and amount < row.low):
                return row
        return None

    def bound(self, prices: Sequence[Fraction]) -> tuple[Fraction, list[Fraction]]:
        """Return what no selection exceeds, and how much each item is worth at these prices.

        Holds for any price of each constraint (weak duality), so that those of a solver need not
        be right. A selection that takes an item worth less than 0, or leaves one worth more, has
        at most the bound less that worth.
        """
        smallest = min((abs(price) for price in prices if price), default=Fraction(1))
        fine = 1 << min(1_000, max(0, 64 - math.floor(math.log2(smallest))))
        worth = [value * fine for value in self.values]
        bound = 0
        for price, row in zip(prices, self.rows, strict=True):
            end = row.high if price > 0 else row.low
            if not price or end is None:
                continue
            whole = int(price * fine)
            bound += whole * end
            for item, amount in row.amounts.items():
                worth[item] -= whole * amount
        bound += sum(max(0, extra) for extra in worth)
        return Fraction(bound, fine), [Fraction(extra, fine) for extra in worth]


def _whole(row: Row) -> ExactRow:
    amounts = [as_written(amount) for amount in row.amounts]
    parts = math.lcm(*(amount.denominator for amount in amounts))
    return ExactRow(
        {i: int(a * parts) for i, a in zip(row.items, amounts, strict=True) if a},
        None if np.isinf(row.low) else math.ceil(as_written(row.low) * parts),
        None if np.isinf(row.high) else math.floor(as_written(row.high) * parts),
        parts,
    )
