"""The balanced priority metric as a method."""

from __future__ import annotations

from scoper.scoring.balanced import (
    BREAK_EVEN,
    PARAMETERS,
    Scores,
    balanced,
    contributions,
    enough_parts,
    parameter_paths,
    stake_points,
    unscaled,
)
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods.base import Method, Weighing
from scoper.scoring.parameters import Parameters
from scoper.scoring.ranking import beyond
from scoper.terms import Dimension


def _score(matrix: Matrix, parameters: Parameters) -> Array:
    return balanced(matrix, parameters).score


def _loss_weight(parameters: Parameters) -> float:
    return parameters["risk_aversion"]


def _besides(matrix: Matrix, parameters: Parameters, row: int) -> dict[str, float]:
    points = stake_points(matrix, parameters, row)
    return {"Stake": points} if points else {}


def _working(scores: Scores, parameters: Parameters, row: int) -> list[tuple[str, str]]:
    aversion, low, high = parameters["risk_aversion"], parameters["p_low"], parameters["p_high"]
    theta, stake = parameters["enough_impact"], parameters["stake"]
    impact, feasibility, risk = (
        float(part[row]) for part in (scores.impact, scores.feasibility, scores.risk)
    )
    p, q, cost = (float(part[row]) for part in (scores.likelihood, scores.enough, scores.cost))
    gain, loss, score = (float(part[row]) for part in (scores.gain, scores.loss, scores.score))
    lines = [
        (
            "In short",
            f"With a likelihood of {p:.0%} it works and brings {impact:.0%} of all there is to "
            f"gain. Failing would cost {cost:.0%} of all there is to lose.",
        ),
        (
            "Likelihood of success",
            f"p = {low:g} + {high - low:g} × feasibility {feasibility:.3f} = {p:.3f}",
        ),
    ]
    if theta:
        said = f"q = impact ÷ θ, at most 1 = {impact:.3f} ÷ {theta:g} → {q:.3f}"
        lines.append(("How much of enough it brings", said))
    if stake:
        said = f"L = s + (1 − s) × risk = {stake:g} + {1 - stake:g} × {risk:.3f} = {cost:.3f}"
        lines.append(("What failing costs", said))
    fails, fails_said = f"{1 - p * q:.3f}", "(1 − p × q)" if theta else "(1 − p)"
    unit, why = (
        (50.0, "")
        if beyond(scores.score, BREAK_EVEN)[row] >= 0
        else (50 / aversion, " below break-even")
    )
    scale = "50" if unit == 50 else "50 ÷ λ"
    weighed = "the loss" if aversion == 1 else f"{aversion:g} times the loss"
    return [
        *lines,
        ("Expected gain", f"p × impact = {p:.3f} × {impact:.3f} = {gain:.3f}"),
        (
            "Expected loss",
            f"{fails_said} × {'L' if stake else 'risk'} = {fails} × {cost:.3f} = {loss:.3f}",
        ),
        (
            "Score",
            f"50 + {scale} × (gain − λ × loss){why} = "
            f"50 + {unit:.4g} × ({gain:.3f} − {aversion:g} × {loss:.3f}) = {score:.1f}",
        ),
        ("Break-even", f"{BREAK_EVEN:g}: above it the expected gain outweighs {weighed}"),
    ]


METHOD = Method(
    id="balanced",
    title="Balanced priority",
    formula="B = 50 + 50 · (p·I − λ·(1 − p·q)·L); below 50 divided by λ",
    source="Scoper; loss weight after Kahneman & Tversky (1979)",
    lowest=0.0,
    highest=100.0,
    list_dependent=False,
    weighing=Weighing.WITHIN,
    score=_score,
    parameters=PARAMETERS,
    contributions=contributions,
    enough_parts=enough_parts,
    besides=_besides,
    working=_working,
    unscaled=unscaled,
    paths=parameter_paths,
    break_even=BREAK_EVEN,
    loss_weight=_loss_weight,
    likely=Dimension.FEASIBILITY,
)
