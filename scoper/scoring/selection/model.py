"""Part of a problem as a model of HiGHS (Huangfu & Hall 2018): some items free, the others set."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import highspy
import numpy as np

from scoper.scoring.matrix import Array
from scoper.scoring.selection.exact import Exact
from scoper.scoring.solver import quiet_solver

LARGEST: Final = 1_000.0
"""Every row and the values are scaled so that their largest amount is this."""

TOLERANCE: Final = 1e-9
"""How far HiGHS may be off, at that scale."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A model whose columns are the ``free`` items, all others being taken or left.

    ``base`` is what the items taken are worth, ``largest`` the largest value of a free one; the
    constraints in it are those of ``places``, and ``sizes`` their largest amounts.
    """

    highs: Any
    free: tuple[int, ...]
    taken: frozenset[int]
    base: int
    largest: int
    places: tuple[int, ...]
    sizes: tuple[int, ...]

    @property
    def columns(self) -> Any:
        """Return the numbers of the columns."""
        return np.arange(len(self.free), dtype=np.int32)

    def scaled(self, value: int | Fraction) -> float:
        """Return what the free items must be worth for the whole to have a value."""
        return float((value - self.base) / Fraction(self.largest)) * LARGEST

    def unscaled(self, worth: float) -> Fraction:
        """Return the value of the whole where the free items are worth so much in the model."""
        return self.base + Fraction(worth) * self.largest / Fraction(LARGEST)

    def prices(self, rows: int) -> list[Fraction]:
        """Return the price of each of the constraints of the problem in the solved relaxation."""
        found = [Fraction(0)] * rows
        duals = self.highs.getSolution().row_dual
        for place, size, dual in zip(self.places, self.sizes, duals, strict=False):
            found[place] = Fraction(float(dual)) * self.largest / size
        return found

    def forbid(self, items: Collection[int], at_most: int) -> None:
        """Allow only so many of these free items together."""
        place = {item: column for column, item in enumerate(self.free)}
        columns = np.array([place[item] for item in items], dtype=np.int32)
        self.highs.addRow(-np.inf, float(at_most), len(columns), columns, np.ones(len(columns)))

    def demand(self, items: Collection[int]) -> None:
        """Ask for at least one of these free items."""
        place = {item: column for column, item in enumerate(self.free)}
        columns = np.array([place[item] for item in items], dtype=np.int32)
        self.highs.addRow(1.0, np.inf, len(columns), columns, np.ones(len(columns)))

    def chosen(self, solution: Array) -> list[int]:
        """Return the items of a solution, with those that are taken anyway."""
        picked = np.flatnonzero(np.round(solution) > 0)
        return sorted([*self.taken, *(self.free[column] for column in picked)])


def model(exact: Exact, free: Sequence[int], taken: Collection[int], *, whole: bool) -> Model:
    """Return the model of some items; constraints that these cannot break are left out.

    ``whole`` asks for whole numbers, not the relaxation.
    """
    highs = quiet_solver(
        parallel="off",
        mip_abs_gap=TOLERANCE,
        mip_feasibility_tolerance=TOLERANCE,
        primal_feasibility_tolerance=TOLERANCE,
        dual_feasibility_tolerance=TOLERANCE,
        small_matrix_value=1e-12,
    )
    count = len(free)
    columns = np.arange(count, dtype=np.int32)
    highs.addVars(count, np.zeros(count), np.ones(count))
    largest = _largest(exact.values[item] for item in free)
    worth = np.array([exact.values[item] / largest * LARGEST for item in free])
    highs.changeColsCost(count, columns, worth)
    highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
    if whole:
        kinds = np.full(count, highspy.HighsVarType.kInteger)
        highs.changeColsIntegrality(count, columns, kinds)
    column_of = {item: column for column, item in enumerate(free)}
    places, sizes = [], []
    for place, row in enumerate(exact.rows):
        low, high = row.room(taken)
        own = [(column_of[i], a) for i, a in row.amounts.items() if i in column_of]
        most = sum(a for _, a in own if a > 0)
        least = sum(a for _, a in own if a < 0)
        if (high is None or most <= high) and (low is None or least >= low):
            continue
        size = _largest(a for _, a in own)
        highs.addRow(
            -np.inf if low is None else low / size * LARGEST,
            np.inf if high is None else high / size * LARGEST,
            len(own),
            np.array([column for column, _ in own], dtype=np.int32),
            np.array([a / size * LARGEST for _, a in own]),
        )
        places.append(place)
        sizes.append(size)
    return Model(
        highs,
        tuple(free),
        frozenset(taken),
        exact.value(taken),
        largest,
        tuple(places),
        tuple(sizes),
    )


def _largest(amounts: Iterable[int]) -> int:
    return max((abs(amount) for amount in amounts), default=0) or 1
