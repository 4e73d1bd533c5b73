"""Value over effort."""

from __future__ import annotations

from scoper.scoring.balanced import Parameters, Scores, with_parts
from scoper.scoring.matrix import Matrix
from scoper.scoring.methods.base import Method, Weighing, quotient


def _score(matrix: Matrix, parameters: Parameters) -> Scores:
    value, effort = (matrix.ratings(key) for key in METHOD.criteria)
    return with_parts(matrix, parameters, quotient(matrix, value, effort, "effort"))


METHOD = Method(
    id="value_effort",
    title="Value over effort",
    formula="S = value / effort",
    source="Karlsson & Ryan (1997), A cost-value approach for prioritizing requirements",
    lowest=0.0,
    highest=float("inf"),
    list_dependent=False,
    linear=False,
    weighing=Weighing.NONE,
    score=_score,
    criteria=("value", "effort"),
    decimals=2,
)
