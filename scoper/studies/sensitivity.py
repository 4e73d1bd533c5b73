"""How far the answer of a board depends on its weights, parameters and ratings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from uuid import UUID

import numpy as np

from scoper.board import Board
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import BALANCED, Shortcut, shortcut
from scoper.scoring.parameters import Parameters
from scoper.scoring.sensitivity import (
    Change,
    LinearScores,
    ReversalTest,
    Stability,
    Tornado,
    balanced_lines,
    parameter_intervals,
    rank_reversal_tests,
    smallest_change,
    tornado,
    weight_intervals,
    weighted_sum_lines,
)
from scoper.scoring.statistic import Undefined
from scoper.snapshot import Criterion, UseCase
from scoper.terms import Dimension

PART_OF_A_SCALE: Final = 0.1
"""A step of a number without levels, as a share of its scale; of levels it is one level."""

_LINES: Final[dict[str, Shortcut[Callable[[Matrix, Parameters], LinearScores]]]] = {
    BALANCED: Shortcut(
        balanced_lines, reads=("risk_aversion", "p_low", "p_high", "enough_impact", "stake")
    ),
    "weighted_sum": Shortcut(lambda matrix, _: weighted_sum_lines(matrix)),
}


@dataclass(frozen=True, slots=True)
class WeightStability:
    """How far the share of one criterion can move, within its dimension or among all (None)."""

    criterion: Criterion
    dimension: Dimension | None
    stability: Stability


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What can be said about a board exactly, for its leader and its first ``top``.

    Weights and the smallest change are solved where the scores are linear in the weights: for
    the balanced metric and the weighted sum; parameters where its method states the lines.
    The tornado and the rank-reversal tests are for any method.
    """

    board: Board
    top: int

    @cached_property
    def group(self) -> tuple[UseCase, ...]:
        """The use cases in the first ``top`` places, best first."""
        ranked = self.board.ranked[: self.top]
        return tuple(standing.use_case for standing in ranked if standing.rank)

    @cached_property
    def weights(self) -> tuple[WeightStability, ...] | Undefined:
        """How far the share of each criterion can move.

        Raises:
            InvalidInput: ``top`` is less than 1, or a dimension has no weight.
        """
        if isinstance(self._lines, Undefined):
            return self._lines
        dimensions = {
            int(column): block.dimension for block in self._lines.blocks for column in block.columns
        }
        criteria = self.board.portfolio.criteria
        found = weight_intervals(self._lines, self.board.portfolio.key_order, self.top)
        return tuple(
            WeightStability(criteria[column], dimensions[column], stability)
            for column, stability in sorted(found, key=lambda each: each[0])
        )

    @cached_property
    def parameters(self) -> dict[str, Stability]:
        """How far each parameter of the method can move; empty where it has none.

        Raises:
            InvalidInput: ``top`` is less than 1, or the method cannot score.
        """
        board = self.board
        return parameter_intervals(
            board.method, board.matrix, board.parameters, board.portfolio.key_order, self.top
        )

    @cached_property
    def reversal(self) -> tuple[ReversalTest, ...]:
        """The rank-reversal tests of the method on this list."""
        return rank_reversal_tests(self.board.matrix, self._score)

    def tornado(self, use_case_id: UUID) -> Tornado:
        """Return what a step of each group rating does to the score of a use case.

        Raises:
            NotFound: it is not in the portfolio.
            InvalidInput: it is not fully rated.
        """
        return tornado(self.board.matrix, self._score, self._row(use_case_id), self.steps)

    def smallest_change(self, use_case_id: UUID) -> Change | Undefined:
        """Return the least change of weights that puts a use case first.

        Raises:
            NotFound: it is not in the portfolio.
            InvalidInput: a dimension has no weight.
        """
        row = self._row(use_case_id)
        return (
            self._lines if isinstance(self._lines, Undefined) else smallest_change(self._lines, row)
        )

    @property
    def steps(self) -> Array:
        """A step of each criterion as a share of its scale; shape (criteria,)."""
        criteria = self.board.portfolio.criteria
        return np.array(
            [1 / (c.levels - 1) if c.levels > 1 else PART_OF_A_SCALE for c in criteria],
            dtype=np.float64,
        )

    @cached_property
    def _lines(self) -> LinearScores | Undefined:
        board = self.board
        lines = shortcut(_LINES, board.method)
        if lines is None:
            return Undefined(
                f"The scores of {board.method.title} are not known to be linear in the weights."
            )
        return lines(board.matrix, board.parameters)

    def _score(self, matrix: Matrix) -> Array:
        return self.board.method.score(matrix, self.board.parameters)

    def _row(self, use_case_id: UUID) -> int:
        self.board.standing(use_case_id)
        return self.board.portfolio.row_of[use_case_id]
