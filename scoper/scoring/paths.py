"""Scores along one thing that moves: straight, or with one bend in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from scoper.scoring.matrix import Array


@dataclass(frozen=True, eq=False)
class Path:
    """base + slope·t + bend·min(1, foot + rise·t), each of shape (alternatives,), bend ≥ 0.

    With a bend of 0 it is a straight line. ``inverse`` says that t is 1 divided by what moves.
    """

    base: Array
    slope: Array
    bend: Array | None = None
    foot: Array | None = None
    rise: Array | None = None
    inverse: bool = False

    def at(self, rows: Any, t: Any) -> Array:
        """Return the scores of ``rows`` at ``t``, a number or one for each of them."""
        scores: Array = self.base[rows] + self.slope[rows] * t
        if self.bend is None or self.foot is None or self.rise is None:
            return scores
        bent: Array = self.bend[rows] * np.minimum(1.0, self.foot[rows] + self.rise[rows] * t)
        return scores + bent

    def kinks(self, rows: Any) -> Array:
        """Return where each of ``rows`` bends, infinite where it never does."""
        found: Array = np.full(self.base[rows].shape, np.inf)
        if self.bend is None or self.foot is None or self.rise is None:
            return found
        bends = (self.bend[rows] > 0) & (self.rise[rows] != 0)
        np.divide(1.0 - self.foot[rows], self.rise[rows], out=found, where=bends)
        return found
