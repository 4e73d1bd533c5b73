"""ICE: impact · confidence · ease."""

from __future__ import annotations

from scoper.scoring.balanced import Parameters, Scores, with_parts
from scoper.scoring.matrix import Matrix
from scoper.scoring.methods.base import Method, Weighing


def _score(matrix: Matrix, parameters: Parameters) -> Scores:
    impact, confidence, ease = (matrix.ratings(key) for key in METHOD.criteria)
    return with_parts(matrix, parameters, impact * confidence * ease)


METHOD = Method(
    id="ice",
    title="ICE",
    formula="ICE = impact · confidence · ease",
    source="Ellis & Brown (2017), Hacking Growth",
    lowest=0.0,
    highest=float("inf"),
    list_dependent=False,
    linear=False,
    weighing=Weighing.NONE,
    score=_score,
    criteria=("impact", "confidence", "ease"),
)
