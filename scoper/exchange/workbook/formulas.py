"""The formula of a method over the cells of the sheet *Scores*, where it has one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoper.board import Board
from scoper.scoring.methods import BALANCED, Method, Shortcut, shortcut
from scoper.terms import Dimension

MOST_FACTORS: Final = 100
"""Most criteria of a weighted product written as a formula; it must stay below 8,192 characters."""


MOST_LETTERS: Final = 6_000
"""Longest formula of a portfolio's own, without what asks whether all is rated; as above."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Where a row of the sheet *Scores* holds what a formula needs, in the order of criteria.

    ``spans`` are the dimensions, weights and values as ranges, ``weights``, ``values`` and
    ``ratings`` their single cells, ``gaps`` the number of values missing.
    """

    spans: tuple[str, str, str]
    weights: Sequence[str]
    values: Sequence[str]
    ratings: Sequence[str]
    gaps: str


def live(board: Board) -> bool:
    """Return whether scores are formulas; those of other methods are written as numbers."""
    return _over_cells(board) is not None or over_parts(board) is not None


def on_scores(board: Board) -> bool:
    """Return whether the formula stands on the sheet *Scores*, over ratings or single values."""
    return _over_cells(board) is not None and bool(board.portfolio.criteria)


def score_formula(board: Board, cells: Cells) -> str:
    """Return the formula of the score of one row, for a board with formulas on *Scores*."""
    formula = _over_cells(board)
    assert formula
    return formula(board, cells)


def over_parts(board: Board) -> Callable[[str, str], str] | None:
    """Return what writes the score on the sheet *Ranking* over cells of expected gain and loss."""
    return shortcut(_OVER_PARTS, board.method)


def _over_cells(board: Board) -> Callable[[Board, Cells], str] | None:
    own = board.method.cells
    if own:
        return _own if len(own(_widest, _widest)) <= MOST_LETTERS else None
    formula = shortcut(_OVER_CELLS, board.method)
    long = formula is _product and len(board.portfolio.criteria) > MOST_FACTORS
    return None if long else formula


def loss_formula(impact: str, likelihood: str, risk: str) -> str:
    """Return the expected loss over cells that hold its parts."""
    enough = f"IF(enough_impact>0,MIN(1,{impact}/enough_impact),1)"
    return f"(1-{likelihood}*{enough})*(stake+(1-stake)*{risk})"


def balance_formula(gain: str, loss: str) -> str:
    """Return the balanced priority over cells that hold expected gain and loss."""
    net = f"({gain}-risk_aversion*{loss})"
    return f"50+50*IF({net}>=0,1,1/risk_aversion)*{net}"


def _widest(key: str) -> str:
    return "$ABC$10000"


def counted(method: Method, keys: Sequence[str]) -> list[bool] | None:
    """Return which criteria a formula needs whatever their weight; None where weights decide."""
    return [key in method.criteria for key in keys] if method.criteria else None


def _of_ratings(formula: str) -> Shortcut[Callable[[Board, Cells], str]]:
    """Return what writes a formula over the ratings of the criteria that it names."""

    def write(board: Board, cells: Cells) -> str:
        named = dict(zip(board.matrix.keys, cells.ratings, strict=True))
        return _where_rated(board, cells, formula.format_map(named))

    return Shortcut(write)


def _own(board: Board, cells: Cells) -> str:
    """Return the formula that the portfolio states, which the method writes itself."""
    ratings = dict(zip(board.matrix.keys, cells.ratings, strict=True))
    values = dict(zip(board.matrix.keys, cells.values, strict=True))
    assert board.method.cells
    formula = board.method.cells(ratings.__getitem__, values.__getitem__)
    return _where_rated(board, cells, formula)


def _where_rated(board: Board, cells: Cells, formula: str) -> str:
    named = dict(zip(board.matrix.keys, cells.ratings, strict=True))
    known = ",".join(f"ISNUMBER({named[key]})" for key in board.method.criteria)
    return f'IF(AND({known}),{formula},"")'


def _weighed(cells: Cells, formula: str) -> str:
    return f'IF(AND(SUM({cells.spans[1]})>0,{cells.gaps}=0),100*{formula},"")'


def _sum(board: Board, cells: Cells) -> str:
    dimensions, weights, values = cells.spans
    risk = f'{dimensions}="{Dimension.RISK.label}"'
    other = f'{dimensions}<>"{Dimension.RISK.label}"'
    gains = f"SUMPRODUCT(--({other}),{weights},{values})"
    safety = f"SUMPRODUCT(--({risk}),{weights})-SUMPRODUCT(--({risk}),{weights},{values})"
    return _weighed(cells, f"({gains}+{safety})/SUM({weights})")


def _product(board: Board, cells: Cells) -> str:
    falling = np.asarray(board.matrix.falling).tolist()
    product = "*".join(
        f"IF({weight}>0,{f'(1-{value})' if risk else value}^({weight}/SUM({cells.spans[1]})),1)"
        for weight, value, risk in zip(cells.weights, cells.values, falling, strict=True)
    )
    return _weighed(cells, product)


_OVER_CELLS: Final[dict[str, Shortcut[Callable[[Board, Cells], str]]]] = {
    "weighted_sum": Shortcut(_sum),
    "weighted_product": Shortcut(_product),
    "rice": _of_ratings("{reach}*{impact}*{confidence}/{effort}"),
    "ice": _of_ratings("{impact}*{confidence}*{ease}"),
    "wsjf": _of_ratings("({business_value}+{time_criticality}+{risk_reduction})/{job_size}"),
    "value_effort": _of_ratings("{value}/{effort}"),
    "bxt": _of_ratings("({viability}+{desirability}+{feasibility})/3"),
}

_OVER_PARTS: Final[dict[str, Shortcut[Callable[[str, str], str]]]] = {
    BALANCED: Shortcut(
        balance_formula, reads=("risk_aversion", "p_low", "p_high", "enough_impact", "stake")
    ),
}
