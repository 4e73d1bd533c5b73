"""RICE: reach · impact · confidence / effort."""

from __future__ import annotations

from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods.base import Method, Weighing, quotient
from scoper.scoring.parameters import Parameters


def _score(matrix: Matrix, parameters: Parameters) -> Array:
    reach, impact, confidence, effort = (matrix.ratings(key) for key in METHOD.criteria)
    return quotient(matrix, reach * impact * confidence, effort, "effort")


METHOD = Method(
    id="rice",
    title="RICE",
    formula="RICE = reach · impact · confidence / effort",
    source="McBride (2018), RICE: simple prioritization for product managers, Intercom",
    lowest=0.0,
    highest=float("inf"),
    list_dependent=False,
    weighing=Weighing.NONE,
    score=_score,
    criteria=("reach", "impact", "confidence", "effort"),
)
