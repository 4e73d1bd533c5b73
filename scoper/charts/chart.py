"""What a chart shows of a board, and what it says in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from scoper.board import Board
from scoper.scoring.matrix import Array
from scoper.snapshot import UseCase
from scoper.terms import RISK_BANDS_FROM, RiskBand

LABELS: Final = 12
"""How many marks are named at most besides those that always are; the others tell on hover."""

_QUADRANTS: Final = ("Big bets", "Quick wins", "Time sinks", "Fill-ins")
_BANDS: Final = tuple(RiskBand)
_SAME: Final = 9
"""Decimals to which two places are one, as scores are."""


@dataclass(frozen=True, slots=True)
class Axis:
    """What one direction of a chart means. It begins at 0 and has a number at every ``step``."""

    name: str
    high: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        """Where numbers stand."""
        count = round(self.high / self.step)
        return tuple(round(self.step * place, 2) for place in range(count + 1))


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The line on which the score is ``score``: gain is ``slope`` times loss there."""

    slope: float
    score: float


@dataclass(frozen=True, eq=False)
class Chart:
    """One mark for each ranked use case whose criteria tell where it stands, best first.

    ``rows`` are rows of ``use_cases``; ``x`` and ``y`` lie in [0, 1]. ``size`` in [0, 1] is the
    share of ``largest``, the largest likely benefit. ``band`` is an index into the risk bands, −1
    where no criterion tells the risk. ``spot`` is the first of the marks at the same place,
    ``crowd`` how many stand there. ``line`` is the break-even y = slope · x of a method that has
    one, ``sides`` are 1 above it, −1 below it, 0 on it or without one. ``quadrants`` name the
    quarters, upper left first, in reading order. ``nothing`` says why there is no mark where that
    is so.
    """

    title: str
    use_cases: tuple[UseCase, ...]
    rows: NDArray[np.intp]
    ranks: NDArray[np.int64]
    scores: Array
    decimals: int
    x_axis: Axis
    y_axis: Axis
    x: Array
    y: Array
    size: Array
    largest: float
    currency: str
    band: NDArray[np.intp]
    spot: NDArray[np.intp]
    crowd: NDArray[np.intp]
    line: BreakEven | None
    sides: NDArray[np.int64]
    quadrants: tuple[str, ...]
    nothing: str

    def __len__(self) -> int:
        """Return how many marks there are."""
        return len(self.rows)

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """The first mark of each place, the best first."""
        places: NDArray[np.intp] = np.flatnonzero(self.spot == np.arange(len(self)))
        return places

    def id_of(self, mark: int) -> UUID:
        """Return the use case of a mark."""
        return self.use_cases[int(self.rows[mark])].id

    def name_of(self, mark: int) -> str:
        """Return the title of the use case of a mark."""
        return self.use_cases[int(self.rows[mark])].title

    def mark_of(self, use_case_id: UUID | None) -> int | None:
        """Return the mark of a use case; None when it has none."""
        for row, use_case in enumerate(self.use_cases):
            if use_case.id == use_case_id:
                marks = np.flatnonzero(self.rows == row)
                return int(marks[0]) if marks.size else None
        return None

    def band_of(self, mark: int) -> RiskBand | None:
        """Return the risk band of a mark; None where no criterion tells the risk."""
        code = int(self.band[mark])
        return _BANDS[code] if code >= 0 else None

    def at_spot(self, mark: int) -> NDArray[np.intp]:
        """Return the marks that stand where this one does, best first."""
        return np.flatnonzero(self.spot == self.spot[mark])

    def side_of(self, mark: int) -> int:
        """Return 1 above the break-even line, −1 below it, 0 on it or without one."""
        return int(self.sides[mark])


def payoff_chart(board: Board) -> Chart:
    """Return expected gain against expected loss, with break-even where the method has it.

    What stands above the line scores over break-even and what stands below it under, whatever
    the risk: both axes are what the score weighs against each other.
    """
    scores, line = board.ranking.scores, _break_even(board)
    rows = _placed(board, scores.gain, scores.loss, scores.risk)
    loss, gain = scores.loss[rows], scores.gain[rows]
    return _chart(
        board,
        rows,
        title=(
            "Which use cases pay off for their risk?"
            if line
            else "What could be gained, and what lost?"
        ),
        x=(_reaching("Expected loss", loss), loss),
        y=(_reaching("Expected gain", gain), gain),
        line=line,
        quadrants=(),
        needed="impact, feasibility and risk",
    )


def quadrant_chart(board: Board) -> Chart:
    """Return impact against feasibility, with the usual names of the quarters."""
    scores = board.ranking.scores
    rows = _placed(board, scores.impact, scores.feasibility)
    return _chart(
        board,
        rows,
        title="Which are quick wins, and which big bets?",
        x=(Axis("Feasibility", 1.0, 0.25), scores.feasibility[rows]),
        y=(Axis("Impact", 1.0, 0.25), scores.impact[rows]),
        line=None,
        quadrants=_QUADRANTS,
        needed="impact and feasibility",
    )


def _chart(
    board: Board,
    rows: NDArray[np.intp],
    *,
    title: str,
    x: tuple[Axis, Array],
    y: tuple[Axis, Array],
    line: BreakEven | None,
    quadrants: tuple[str, ...],
    needed: str,
) -> Chart:
    benefit, risk = board.portfolio.likely_benefits[rows], board.ranking.scores.risk[rows]
    largest = float(benefit.max(initial=0.0))
    band = np.searchsorted(RISK_BANDS_FROM, risk, side="right")
    spot, crowd = _spots(x[1], y[1])
    return Chart(
        title=title,
        use_cases=board.use_cases,
        rows=rows,
        ranks=board.ranking.rank[rows],
        scores=board.ranking.scores.score[rows],
        decimals=board.method.decimals,
        x_axis=x[0],
        y_axis=y[0],
        x=x[1],
        y=y[1],
        size=benefit / largest if largest > 0 else np.zeros(len(rows)),
        largest=largest,
        currency=board.portfolio.currency,
        band=np.where(np.isnan(risk), -1, band).astype(np.intp),
        spot=spot,
        crowd=crowd,
        line=line,
        sides=board.sides[rows] if line else np.zeros(len(rows), dtype=np.int64),
        quadrants=quadrants,
        nothing=_why_nothing(board, needed),
    )


def _break_even(board: Board) -> BreakEven | None:
    slope, score = board.loss_weight, board.break_even
    return None if slope is None or score is None else BreakEven(slope, score)


def _placed(board: Board, *needed: Array) -> NDArray[np.intp]:
    """Return the rows, best first, of what is ranked and has all that is needed."""
    order = board.ranking.order
    known = np.all([np.isfinite(values[order]) for values in needed], axis=0)
    rows: NDArray[np.intp] = order[(board.ranking.rank[order] > 0) & known]
    return rows


def _why_nothing(board: Board, needed: str) -> str:
    if (board.ranking.rank > 0).any():
        return (
            f"The criteria of {board.method.title} do not tell {needed}, "
            "so there is nothing to draw."
        )
    return "No use case is rated on every criterion yet, so there is nothing to draw."


def _reaching(name: str, values: Array) -> Axis:
    """Return an axis of tenths that holds all values."""
    tenths = max(1, min(10, int(np.ceil(values.max(initial=0.0) * 10 - 1e-9))))
    return Axis(name, tenths / 10, 0.1)


def _spots(x: Array, y: Array) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return for each mark the first at its place, and how many stand there."""
    places = np.round(x, _SAME) + 1j * np.round(y, _SAME)
    _, first, kind, count = np.unique(
        places, return_index=True, return_inverse=True, return_counts=True
    )
    return first[kind], count[kind]
