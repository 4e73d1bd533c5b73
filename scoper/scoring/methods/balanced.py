"""The balanced priority metric as a method."""

from __future__ import annotations

from scoper.scoring.balanced import (
    PARAMETERS,
    Scores,
    balanced,
    break_even,
    contributions,
    parameter_lines,
)
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods.base import Method, Weighing
from scoper.scoring.parameters import Parameters


def _loss_weight(parameters: Parameters) -> float:
    return parameters["risk_aversion"]


def _score(matrix: Matrix, parameters: Parameters) -> Array:
    return balanced(matrix, parameters).score


def _working(scores: Scores, parameters: Parameters, row: int) -> list[tuple[str, str]]:
    aversion, low, high = (parameters[name] for name in ("risk_aversion", "p_low", "p_high"))
    impact, feasibility, risk, likely, gain, loss, score = (
        float(part[row])
        for part in (
            scores.impact,
            scores.feasibility,
            scores.risk,
            scores.likelihood,
            scores.gain,
            scores.loss,
            scores.score,
        )
    )
    return [
        (
            "Likelihood of success",
            f"p = {low:g} + {high - low:g} × feasibility {feasibility:.3f} = {likely:.3f}",
        ),
        ("Expected gain", f"p × impact = {likely:.3f} × {impact:.3f} = {gain:.3f}"),
        ("Expected loss", f"(1 − p) × risk = {1 - likely:.3f} × {risk:.3f} = {loss:.3f}"),
        (
            "Score",
            f"100 × (gain − λ × loss + λ) ÷ (1 + λ) = 100 × ({gain:.3f} − {aversion:g} × "
            f"{loss:.3f} + {aversion:g}) ÷ (1 + {aversion:g}) = {score:.1f}",
        ),
        (
            "Break-even",
            f"{break_even(parameters):.1f}: above it the expected gain outweighs the loss",
        ),
    ]


METHOD = Method(
    id="balanced",
    title="Balanced priority",
    formula="B = 100 · (p·I − λ·(1 − p)·R + λ) / (1 + λ)",
    source="Scoper; loss weight after Kahneman & Tversky (1979)",
    lowest=0.0,
    highest=100.0,
    list_dependent=False,
    weighing=Weighing.WITHIN,
    score=_score,
    parameters=PARAMETERS,
    contributions=contributions,
    working=_working,
    lines=parameter_lines,
    break_even=break_even,
    loss_weight=_loss_weight,
)
