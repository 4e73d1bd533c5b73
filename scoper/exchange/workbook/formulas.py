"""The formula of a method over the cells of the sheet *Scores*, where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoper.board import Board
from scoper.scoring.methods import BALANCED, Method
from scoper.terms import Dimension

MOST_FACTORS: Final = 100
"""Most criteria of a weighted product written as a formula; it must stay below 8,192 characters."""

_SCHEMES: Final = {
    "rice": "{reach}*{impact}*{confidence}/{effort}",
    "ice": "{impact}*{confidence}*{ease}",
    "wsjf": "({business_value}+{time_criticality}+{risk_reduction})/{job_size}",
    "value_effort": "{value}/{effort}",
    "bxt": "({viability}+{desirability}+{feasibility})/3",
}


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
    method = board.method
    if method.id == "weighted_product":
        return len(board.portfolio.criteria) <= MOST_FACTORS
    return method.id in {BALANCED, "weighted_sum", *_SCHEMES}


def on_scores(board: Board) -> bool:
    """Return whether the formula stands on the sheet *Scores*, over ratings or single values."""
    return live(board) and board.method.id != BALANCED and bool(board.portfolio.criteria)


def score_formula(board: Board, cells: Cells) -> str:
    """Return the formula of the score of one row, for a board whose scores are live."""
    method = board.method
    if method.id in _SCHEMES:
        named = dict(zip(board.matrix.keys, cells.ratings, strict=True))
        known = ",".join(f"ISNUMBER({named[key]})" for key in method.criteria)
        return f'IF(AND({known}),{_SCHEMES[method.id].format_map(named)},"")'
    total = f"SUM({cells.spans[1]})"
    formula = _sum(cells) if method.id == "weighted_sum" else _product(board, cells)
    return f'IF(AND({total}>0,{cells.gaps}=0),100*{formula},"")'


def loss_formula(impact: str, likelihood: str, risk: str) -> str:
    """Return the expected loss over cells that hold its parts."""
    enough = f"IF(enough_impact>0,MIN(1,{impact}/enough_impact),1)"
    return f"(1-{likelihood}*{enough})*(stake+(1-stake)*{risk})"


def balance_formula(gain: str, loss: str) -> str:
    """Return the balanced priority over cells that hold expected gain and loss."""
    net = f"({gain}-risk_aversion*{loss})"
    return f"50+50*IF({net}>=0,1,1/risk_aversion)*{net}"


def counted(method: Method, keys: Sequence[str]) -> list[bool] | None:
    """Return which criteria a formula needs whatever their weight; None where weights decide."""
    return [key in method.criteria for key in keys] if method.criteria else None


def _sum(cells: Cells) -> str:
    dimensions, weights, values = cells.spans
    risk = f'{dimensions}="{Dimension.RISK.label}"'
    other = f'{dimensions}<>"{Dimension.RISK.label}"'
    gains = f"SUMPRODUCT(--({other}),{weights},{values})"
    safety = f"SUMPRODUCT(--({risk}),{weights})-SUMPRODUCT(--({risk}),{weights},{values})"
    return f"({gains}+{safety})/SUM({weights})"


def _product(board: Board, cells: Cells) -> str:
    falling = np.asarray(board.matrix.falling).tolist()
    return "*".join(
        f"IF({weight}>0,{f'(1-{value})' if risk else value}^({weight}/SUM({cells.spans[1]})),1)"
        for weight, value, risk in zip(cells.weights, cells.values, falling, strict=True)
    )
