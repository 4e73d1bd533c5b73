"""BXT: the mean of viability, desirability and feasibility."""

from __future__ import annotations

from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods.base import Method, Weighing
from scoper.scoring.parameters import Parameters


def _score(matrix: Matrix, parameters: Parameters) -> Array:
    viability, desirability, feasibility = (matrix.ratings(key) for key in METHOD.criteria)
    score: Array = (viability + desirability + feasibility) / 3
    return score


METHOD = Method(
    id="bxt",
    title="BXT",
    formula="BXT = (viability + desirability + feasibility) / 3",
    source="Microsoft, business envisioning with the lenses Business, Experience, Technology; "
    "the mean, for which no formula is published, counts each lens alike",
    lowest=0.0,
    highest=float("inf"),
    list_dependent=False,
    weighing=Weighing.NONE,
    score=_score,
    criteria=("viability", "desirability", "feasibility"),
    decimals=2,
)
