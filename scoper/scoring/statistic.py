"""Statistics that may be undefined: the reason takes the place of the number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.matrix import Array


@dataclass(frozen=True, slots=True)
class Undefined:
    """There is no number; ``reason`` says why, as a sentence."""

    reason: str


Statistic: TypeAlias = float | Undefined
"""A finite number, or why there is none; never NaN, and never 0 for want of one."""


@dataclass(frozen=True, eq=False)
class Statistics:
    """One statistic of many cells, each of them a number or undefined.

    ``values`` has shape (use cases, criteria) and is for computing: NaN where undefined. To show
    a cell, ask ``at``. ``gaps`` holds the reasons with where each applies, the first that
    applies counts; together they cover every NaN.
    """

    values: Array
    gaps: tuple[tuple[NDArray[np.bool_], Undefined], ...]

    @property
    def defined(self) -> NDArray[np.bool_]:
        """Where there is a number; shape (use cases, criteria)."""
        return ~np.isnan(self.values)

    def at(self, row: int, column: int) -> Statistic:
        """Return the statistic of one use case and criterion."""
        for where, undefined in self.gaps:
            if where[row, column]:
                return undefined
        return float(self.values[row, column])
