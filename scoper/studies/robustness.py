"""How sure the ranking of a board is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from scoper.board import Board
from scoper.errors import InvalidInput
from scoper.scoring.group import scale
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import Method, Weighing
from scoper.scoring.robustness import (
    Assumptions,
    Progress,
    Question,
    Resampled,
    Robustness,
    Uniform,
    WeightDraws,
    kernel_of,
    smaa,
)
from scoper.snapshot import UseCase
from scoper.text import join

MOST_RIVALS: Final = 50
"""How many use cases, from the top of the ranking, are compared pair by pair."""


@dataclass(frozen=True, eq=False)
class RobustnessStudy:
    """The draws over the complete use cases of a board, in the order of its ranking.

    ``drawn`` names what was drawn.
    """

    method: Method
    use_cases: tuple[UseCase, ...]
    ranks: tuple[int, ...]
    found: Robustness
    drawn: tuple[str, ...]

    @property
    def told(self) -> str:
        """What was drawn, and whether the method uses no weights: belongs to every figure."""
        drawn = join(list(self.drawn))
        if self.method.weighing is not Weighing.NONE:
            return f"Drawn: {drawn}."
        if self.drawn:
            return f"{self.method.title} uses no weights. Drawn: only {drawn}."
        return (
            f"{self.method.title} uses no weights, and all else is taken as given: "
            "nothing is drawn, so that every draw ranks alike. Draw the ratings as well."
        )


def study_robustness(
    board: Board,
    *,
    draws: int,
    seed: int,
    weights: WeightDraws | None = None,
    resample: bool = False,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    progress: Progress | None = None,
) -> RobustnessStudy:
    """Draw weights, and ratings and parameters if asked; rank the complete use cases each time.

    ``ranges`` are those within which parameters of the board's method are drawn.

    Raises:
        InvalidInput: nothing can be ranked, a number is out of range, or the method has no
            parameter of a name.
        Cancelled: ``progress`` raised it.
    """
    order = complete_rows(board)
    matrix = rows_of(board.matrix, order)
    question = Question(
        matrix=matrix,
        parameters=board.parameters,
        kernel=kernel_of(board.method, matrix),
        weights=weights or Uniform(),
        ratings=_resampled(board, order) if resample else None,
        assumptions=Assumptions(board.method.parameters, ranges or {}),
        rivals=range(min(len(order), MOST_RIVALS)),
    )
    return RobustnessStudy(
        board.method,
        tuple(board.use_cases[row] for row in order),
        tuple(int(board.ranking.rank[row]) for row in order),
        smaa(question, draws=draws, seed=seed, progress=progress),
        _drawn(question),
    )


def _drawn(question: Question) -> tuple[str, ...]:
    """Return what a question draws, as people would say it."""
    asked = question.assumptions
    return (
        *(() if question.scorer.weighing is Weighing.NONE else ("weights",)),
        *(("ratings",) if question.ratings else ()),
        *(each.title.lower() for each in asked.stated if each.name in asked.ranges),
    )


def complete_rows(board: Board) -> list[int]:
    """Return the rows that have a rank, best first.

    Raises:
        InvalidInput: there are none; says why.
    """
    if board.problem:
        raise InvalidInput(board.problem)
    rows = [int(row) for row in board.ranking.order if board.ranking.rank[row] > 0]
    if not rows:
        raise InvalidInput(
            "No use case is rated completely, so there is nothing to rank.",
            "Rate at least one on every criterion that counts.",
        )
    return rows


def rows_of(matrix: Matrix, rows: list[int]) -> Matrix:
    """Return the matrix of some of its rows."""
    names = tuple(matrix.names[row] for row in rows) if matrix.names else ()
    return replace(matrix, values=matrix.values[rows], names=names)


def _resampled(board: Board, order: list[int]) -> Resampled:
    portfolio = board.portfolio
    low = np.array([c.low for c in portfolio.criteria])
    high = np.array([c.high for c in portfolio.criteria])
    values: Array = scale(portfolio.counted[order], low, high)[0]
    voices = np.array([p.weight for p in portfolio.participants])
    return Resampled(values, voices, portfolio.aggregation, board.matrix.values[order])
