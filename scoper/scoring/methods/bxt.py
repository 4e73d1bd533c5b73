"""BXT: the mean of viability, desirability and feasibility."""

from __future__ import annotations

from scoper.scoring.balanced import Parameters, Scores, with_parts
from scoper.scoring.matrix import Matrix
from scoper.scoring.methods.base import Method, Weighing


def _score(matrix: Matrix, parameters: Parameters) -> Scores:
    viability, desirability, feasibility = (matrix.ratings(key) for key in METHOD.criteria)
    return with_parts(matrix, parameters, (viability + desirability + feasibility) / 3)


METHOD = Method(
    id="bxt",
    title="BXT",
    formula="BXT = (viability + desirability + feasibility) / 3",
    source="Microsoft, business envisioning with the lenses Business, Experience, Technology; "
    "the mean, for which no formula is published, counts each lens alike",
    lowest=0.0,
    highest=float("inf"),
    list_dependent=False,
    linear=False,
    weighing=Weighing.NONE,
    score=_score,
    criteria=("viability", "desirability", "feasibility"),
    decimals=2,
)
