"""ICE: impact · confidence · ease."""

from __future__ import annotations

from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods.base import Method, Weighing
from scoper.scoring.parameters import Parameters


def _score(matrix: Matrix, parameters: Parameters) -> Array:
    impact, confidence, ease = (matrix.ratings(key) for key in METHOD.criteria)
    score: Array = impact * confidence * ease
    return score


METHOD = Method(
    id="ice",
    title="ICE",
    formula="ICE = impact · confidence · ease",
    source="Ellis & Brown (2017), Hacking Growth",
    lowest=0.0,
    highest=float("inf"),
    list_dependent=False,
    weighing=Weighing.NONE,
    score=_score,
    criteria=("impact", "confidence", "ease"),
)
