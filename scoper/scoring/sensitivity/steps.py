"""What a change of one rating does: the tornado, for any method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array, Matrix

Score = Callable[[Matrix], Array]
"""Any method: scores of shape (alternatives,), higher is better, NaN where incomplete."""


@dataclass(frozen=True, eq=False)
class Tornado:
    """The change of a score when a group rating moves, each of shape (criteria,).

    ``down`` and ``up`` are for one step down and up the scale; 0 where the rating is at that end
    already or the criterion does not count.
    """

    down: Array
    up: Array

    @property
    def order(self) -> NDArray[np.intp]:
        """The criteria from the widest bar to the narrowest."""
        widest = np.maximum(np.abs(self.down), np.abs(self.up))
        return np.argsort(-widest, kind="stable")


def tornado(matrix: Matrix, score: Score, row: int, steps: Array) -> Tornado:
    """Return what a step of each criterion's group rating does to the score of ``row``.

    Everything else stays, other alternatives too. A step that would leave the scale ends there.

    Args:
        matrix: the group values.
        score: the method.
        row: the alternative, which must be complete.
        steps: a step of each criterion as a share of its scale, in (0, 1]; shape (criteria,).

    Raises:
        InvalidInput: the alternative is incomplete, or a step is out of range.
    """
    if not ((steps > 0) & (steps <= 1)).all():
        raise InvalidInput("A step must be more than 0 and at most the whole scale.", field="steps")
    now = score(matrix)[row]
    if np.isnan(now):
        raise InvalidInput(
            "This use case is not fully rated.", "Rate it first: it has no score yet.", field="row"
        )
    columns = range(len(matrix.dimensions))
    down, up = (
        np.array([_moved(matrix, score, (row, c), sign * steps[c]) - now for c in columns])
        for sign in (-1.0, 1.0)
    )
    return Tornado(down, up)


def _moved(matrix: Matrix, score: Score, place: tuple[int, int], by: float) -> float:
    values = matrix.values.copy()
    values[place] = np.clip(values[place] + by, 0.0, 1.0)
    return float(score(Matrix(values, matrix.weights, matrix.dimensions))[place[0]])
