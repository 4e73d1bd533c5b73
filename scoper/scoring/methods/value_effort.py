"""Value over effort."""

from __future__ import annotations

from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods.base import Method, Weighing, quotient
from scoper.scoring.parameters import Parameters


def _score(matrix: Matrix, parameters: Parameters) -> Array:
    value, effort = (matrix.ratings(key) for key in METHOD.criteria)
    return quotient(matrix, value, effort, "effort")


METHOD = Method(
    id="value_effort",
    title="Value over effort",
    formula="S = value / effort",
    source="Karlsson & Ryan (1997), A cost-value approach for prioritizing requirements",
    lowest=0.0,
    highest=float("inf"),
    list_dependent=False,
    weighing=Weighing.NONE,
    score=_score,
    criteria=("value", "effort"),
    decimals=2,
)
