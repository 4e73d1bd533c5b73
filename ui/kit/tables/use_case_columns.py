"""The columns use cases are shown in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import isinf

import numpy as np
from PySide6.QtCore import QLocale

from scoper.board import Board
from scoper.scoping import StepState
from scoper.scoring.matrix import Array
from scoper.snapshot import UseCase
from scoper.terms import Decision, RiskBand
from ui.kit.look.amounts import money
from ui.kit.tables.use_case_table import Column

_BANDS = list(RiskBand)


def _attribute(name: str, title: str, read: Callable[[UseCase], str], *, spare: int = 0) -> Column:
    return Column(
        name,
        title,
        lambda board, row: read(board.use_cases[row]),
        lambda board: [read(use_case).casefold() for use_case in board.use_cases],
        spare=spare,
    )


def _score_part(name: str, title: str, tip: str, *, spare: int = 0) -> Column:
    def values(board: Board) -> Array:
        part: Array = getattr(board.ranking.scores, name)
        return part

    def text(board: Board, row: int) -> str:
        value = float(values(board)[row])
        decimals = board.method.decimals if name == "score" else 2
        if np.isnan(value):
            return "–"
        tier = board.method.tier(value) if name == "score" else ""
        return f"{QLocale().toString(value, 'f', decimals)} {tier}".rstrip()

    return Column(
        name,
        title,
        text,
        values,
        numeric=True,
        raw=_score_share if name == "score" else None,
        tip=tip,
        spare=spare,
    )


def _score_share(board: Board, row: int) -> float:
    """Return how far a score has come in the range of its method, or up to the best, in [0, 1]."""
    method, scores = board.method, board.ranking.scores.score
    best = float(scores[board.ranking.order[0]])
    highest = best if isinf(method.highest) else method.highest
    lowest = float(np.nanmin(scores)) if isinf(method.lowest) else method.lowest
    span = highest - lowest
    return (float(scores[row]) - lowest) / span if span > 0 else 0.0


def _rank_text(board: Board, row: int) -> str:
    return str(int(board.ranking.rank[row]) or "–")


def _band(board: Board, row: int) -> RiskBand | None:
    risk = float(board.ranking.scores.risk[row])
    return None if np.isnan(risk) else RiskBand.of(risk)


def _states(board: Board, row: int) -> tuple[StepState, ...]:
    return tuple(report.state for report in board.steps[board.use_cases[row].id])


def _progress_words(board: Board, row: int) -> str:
    states = _states(board, row)
    return f"{sum(state is StepState.PASSED for state in states)} of {len(states)}"


_PROGRESS_POINTS = {
    StepState.UNTOUCHED: 0,
    StepState.STARTED: 1,
    StepState.OPEN: 2,
    StepState.PASSED: 10,
}


def _progress_points(board: Board) -> list[int]:
    return [
        sum(_PROGRESS_POINTS[state] for state in _states(board, row))
        for row in range(len(board.use_cases))
    ]


def _decision(board: Board, row: int) -> str:
    use_case = board.use_cases[row]
    return "" if use_case.decision is Decision.UNDECIDED else board.decision_words(use_case)


def _benefit_text(board: Board, row: int) -> str:
    value = board.use_cases[row].benefit_likely
    return "–" if value is None else money(board.portfolio.currency, value)


RANK = Column(
    "rank",
    "#",
    _rank_text,
    lambda board: np.where(board.ranking.rank > 0, board.ranking.rank, np.nan).astype(float),
    numeric=True,
    tip="Rank. Use cases that are not fully rated have none.",
)
KEY = _attribute("key", "Key", lambda use_case: use_case.key)
TITLE = _attribute("title", "Use case", lambda use_case: use_case.title)
FUNCTION = _attribute("function", "Function", lambda use_case: use_case.function, spare=3)
ORGANISATION = _attribute(
    "organisation", "Organisation", lambda use_case: use_case.organisation, spare=2
)
DECISION = Column(
    "decision",
    "Decision",
    _decision,
    lambda board: [_decision(board, row).casefold() for row in range(len(board.use_cases))],
)
STAGE = Column(
    "stage",
    "Stage",
    lambda board, row: board.use_cases[row].stage.label,
    lambda board: [list(type(u.stage)).index(u.stage) for u in board.use_cases],
)
SCORE = _score_part("score", "Score", "Score by the method of the portfolio. Click it to see why.")
IMPACT = _score_part("impact", "Impact", "Size of success, 0 to 1", spare=2)
LIKELIHOOD = _score_part("likelihood", "Likely", "Likelihood of success, from feasibility", spare=2)
RISK = Column(
    "risk",
    "Risk",
    lambda board, row: band.label.lower() if (band := _band(board, row)) else "–",
    lambda board: board.ranking.scores.risk,
    raw=lambda board, row: _band(board, row),
    tip="Risk score in three bands",
)
PROGRESS = Column(
    "progress",
    "Gates passed",
    _progress_words,
    _progress_points,
    raw=_states,
    tip="One mark for each of the five steps",
    spare=4,
)
BENEFIT = Column(
    "benefit",
    "Benefit a year",
    _benefit_text,
    lambda board: [
        np.nan if u.benefit_likely is None else u.benefit_likely for u in board.use_cases
    ],
    numeric=True,
    tip="Likely annual benefit",
)

PORTFOLIO_COLUMNS = (
    replace(KEY, spare=1),
    TITLE,
    ORGANISATION,
    FUNCTION,
    STAGE,
    replace(PROGRESS, spare=1),
    replace(BENEFIT, spare=2),
    SCORE,
    DECISION,
)
RANKING_COLUMNS = (RANK, TITLE, FUNCTION, SCORE, IMPACT, LIKELIHOOD, RISK, PROGRESS, DECISION)
