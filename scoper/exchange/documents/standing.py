"""Why a use case stands where it stands, as plain data for documents."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from scoper.board import ActsOn, Board, Contribution, Standing
from scoper.exchange.documents.phrasing import number, ordinal, percent
from scoper.scoring.methods import Method, Weighing
from scoper.terms import Dimension
from scoper.text import clean_line, join


def standing_facts(board: Board, use_case_id: UUID) -> dict[str, Any]:
    """Return rank, score and parts in words; ``state`` is scored, gaps or unscorable."""
    standing = board.standing(use_case_id)
    parts = board.explain(use_case_id)
    state = "scored" if standing.score is not None else "unscorable" if board.problem else "gaps"
    return {
        "state": state,
        "problem": board.problem,
        "missing": join([clean_line(criterion.title) for criterion in standing.missing]),
        "is_unrated": not any(part.raters for part in parts),
        "method": board.method.title,
        "formula": board.method.formula,
        "parameters": join(
            [f"{p.label} = {p.text(board.parameters[p.name])}" for p in board.method.parameters]
        ),
        "has_break_even": board.method.has_break_even,
        "is_balanced": board.method.has_break_even,  # for users' templates of before
        "weighs_within": board.method.weighing is Weighing.WITHIN,
        "moves_likelihood": board.method.likely is not None,
        "criteria": [
            _row(part, board.method)
            for part, counts in zip(parts, board.method.counts(board.matrix), strict=True)
            if counts and not board.problem
        ],
        "besides": [
            {"title": title, "effect": _signed(points, board.method.decimals)}
            for title, points in board.besides(use_case_id).items()
        ],
        **(_numbers(board, standing) if state == "scored" else {}),
        **(
            _reasons(parts, board.besides(use_case_id))
            if state == "scored" and board.method.has_break_even
            else {}
        ),
    }


def _numbers(board: Board, standing: Standing) -> dict[str, Any]:
    score = standing.score or 0.0
    gain, loss = standing.gain or 0.0, standing.loss or 0.0
    weight = 1.0 if board.loss_weight is None else board.loss_weight
    rank = standing.rank or 0
    shared = int((board.ranking.rank == rank).sum()) > 1
    likelihood = standing.likelihood or 0.0
    return {
        "score": f"{score:.{board.method.decimals}f}",
        "highest": "" if math.isinf(board.method.highest) else f"{board.method.highest:g}",
        "tier": standing.tier,
        "rank": f"{'shared ' if shared else ''}{ordinal(rank)}",
        "count": int((board.ranking.rank > 0).sum()),
        "break_even": "" if board.break_even is None else f"{board.break_even:.3g}",
        "side": ("exactly at", "above", "below")[standing.side],
        "impact": f"{standing.impact or 0:.2f}",
        "feasibility": f"{standing.feasibility or 0:.2f}",
        "risk": f"{standing.risk or 0:.2f}",
        "band": standing.band.label.lower() if standing.band else "",
        "likelihood": percent(likelihood),
        "unlikelihood": percent(1 - likelihood * (standing.enough or 0.0)),
        "enough": percent(standing.enough or 0.0) if board.chances["enough_impact"] else "",
        "stake": percent(board.chances["stake"]) if board.chances["stake"] else "",
        "cost": f"{standing.cost or 0:.2f}",
        "gain": f"{gain:.2f}",
        "loss": f"{loss:.2f}",
        "aversion": number(weight),
        "p_low": percent(board.chances["p_low"]),
        "p_high": percent(board.chances["p_high"]),
    }


def _reasons(parts: tuple[Contribution, ...], besides: Mapping[str, float]) -> dict[str, Any]:
    def of(dimension: Dimension) -> list[Contribution]:
        known = [p for p in parts if p.criterion.dimension is dimension and p.points is not None]
        return sorted(known, key=lambda p: abs(p.points or 0), reverse=True)

    def points(dimension: Dimension) -> list[tuple[str, float]]:
        return [(clean_line(p.criterion.title), p.points or 0.0) for p in of(dimension)]

    lifts = [each for each in points(Dimension.IMPACT) if each[1] >= 0.05][:2]
    taken = [("what is at stake", lost) for lost in besides.values()] + points(Dimension.RISK)
    drags = [each for each in sorted(taken, key=lambda each: each[1]) if each[1] <= -0.05][:2]
    doubts = sorted(
        (p for p in of(Dimension.FEASIBILITY) if p.share > 0), key=lambda p: p.value or 0
    )
    doubt = next((p for p in doubts if (p.value or 0) < 0.75), None)
    return {
        "lifts": join([_named(*each) for each in lifts]),
        "drags": join([_named(*each) for each in drags]),
        "doubt": f"{clean_line(doubt.criterion.title)}, rated {_rating(doubt)}" if doubt else "",
    }


def _named(title: str, points: float) -> str:
    return f"{title} ({'−' if points < 0 else '+'}{abs(points):.1f})"


def _row(part: Contribution, method: Method) -> dict[str, str]:
    criterion = part.criterion
    return {
        "title": clean_line(criterion.title),
        "dimension": criterion.dimension.label,
        "weight": "–" if method.weighing is Weighing.NONE else percent(part.share),
        "rating": _rating(part),
        "raters": str(part.raters),
        "effect": _effect(part, method.decimals),
    }


def _rating(part: Contribution) -> str:
    if part.rating is None:
        return "not rated"
    unit = f" {clean_line(part.criterion.unit)}" if part.criterion.unit else ""
    return f"{part.rating:.1f} of {part.criterion.high:g}{unit}"


def _effect(part: Contribution, decimals: int) -> str:
    if part.points is None:
        return "–"
    if part.acts_on is ActsOn.LIKELIHOOD:
        return f"+{percent(part.points)} likelihood"
    toward = f", +{percent(part.enough)} of enough" if part.enough is not None else ""
    return _signed(part.points, decimals) + toward


def _signed(points: float, decimals: int) -> str:
    sign = "−" if points < 0 else "+"
    return f"{sign}{abs(points):.{decimals}f} points"
