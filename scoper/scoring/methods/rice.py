"""RICE: reach · impact · confidence / effort."""

from __future__ import annotations

from scoper.scoring.balanced import Parameters, Scores, with_parts
from scoper.scoring.matrix import Matrix
from scoper.scoring.methods.base import Method, Weighing, quotient


def _score(matrix: Matrix, parameters: Parameters) -> Scores:
    reach, impact, confidence, effort = (matrix.ratings(key) for key in METHOD.criteria)
    score = quotient(matrix, reach * impact * confidence, effort, "effort")
    return with_parts(matrix, parameters, score)


METHOD = Method(
    id="rice",
    title="RICE",
    formula="RICE = reach · impact · confidence / effort",
    source="McBride (2018), RICE: simple prioritization for product managers, Intercom",
    lowest=0.0,
    highest=float("inf"),
    list_dependent=False,
    linear=False,
    weighing=Weighing.NONE,
    score=_score,
    criteria=("reach", "impact", "confidence", "effort"),
)
