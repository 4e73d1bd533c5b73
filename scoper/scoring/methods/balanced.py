"""The balanced priority metric as a method."""

from __future__ import annotations

from scoper.scoring.balanced import (
    PARAMETERS,
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


METHOD = Method(
    id="balanced",
    title="Balanced priority",
    formula="B = 100 · (p·I − λ·(1 − p)·R + λ) / (1 + λ)",
    source="Scoper; loss weight after Kahneman & Tversky (1979)",
    lowest=0.0,
    highest=100.0,
    list_dependent=False,
    linear=True,
    weighing=Weighing.WITHIN,
    score=_score,
    parameters=PARAMETERS,
    contributions=contributions,
    lines=parameter_lines,
    break_even=break_even,
    loss_weight=_loss_weight,
)
