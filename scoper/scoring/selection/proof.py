"""A search in whole numbers through all that could still be better, where it is not too much."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from scoper.scoring.selection.exact import Exact

MOST_ITEMS: Final = 300
_STEPS: Final = 100_000


class Proof:
    """Looks at every choice of the free items that could be better, beside those taken.

    ``worth`` is what items are worth at some prices: each choice against it takes that much off
    the bound of these prices. ``best`` is the best selection that was found, if any.
    """

    def __init__(
        self, exact: Exact, taken: Sequence[int], free: Sequence[int], worth: Sequence[Fraction]
    ) -> None:
        self._exact = exact
        self._fine = math.lcm(*(extra.denominator for extra in worth))
        self._worth = [int(extra * self._fine) for extra in worth]
        self._order = sorted(free, key=lambda item: -abs(self._worth[item]))
        self._chosen = list(taken)
        self._used = [0] * len(exact.rows)
        for item in taken:
            self._use(item, 1)
        self._falling = [any(a < 0 for a in row.amounts.values()) for row in exact.rows]
        self._steps = _STEPS
        self._value = self._spare = 0
        self.best: list[int] | None = None

    def run(self, bound: Fraction, value: int) -> bool:
        """Search for better than ``value``; tell whether all was looked at."""
        self._value = value
        self._spare = int((bound - value - self._exact.step) * self._fine)
        self._visit(0, 0)
        return self._steps > 0

    def _visit(self, depth: int, lost: int) -> None:
        self._steps -= 1
        if self._steps <= 0 or lost > self._spare:
            return
        if depth == len(self._order):
            self._compare()
            return
        item = self._order[depth]
        worth = self._worth[item]
        for take in (worth > 0, worth <= 0):
            more = 0 if take == (worth > 0) else abs(worth)
            if not take:
                self._visit(depth + 1, lost + more)
                continue
            self._use(item, 1)
            if self._fits(item):
                self._chosen.append(item)
                self._visit(depth + 1, lost + more)
                self._chosen.pop()
            self._use(item, -1)

    def _compare(self) -> None:
        found = sorted(self._chosen)
        better = self._exact.value(found) - self._value
        if better > 0 and self._exact.broken(found) is None:
            self.best = found
            self._value += better
            self._spare -= better * self._fine

    def _use(self, item: int, times: int) -> None:
        for place, amount in self._exact.columns[item]:
            self._used[place] += times * amount

    def _fits(self, item: int) -> bool:
        for place, _ in self._exact.columns[item]:
            high = self._exact.rows[place].high
            if high is not None and self._used[place] > high and not self._falling[place]:
                return False
        return True
