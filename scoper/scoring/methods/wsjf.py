"""WSJF: cost of delay over job size."""

from __future__ import annotations

from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods.base import Method, Weighing, quotient
from scoper.scoring.parameters import Parameters


def _score(matrix: Matrix, parameters: Parameters) -> Array:
    value, urgency, enablement, size = (matrix.ratings(key) for key in METHOD.criteria)
    return quotient(matrix, value + urgency + enablement, size, "job size")


METHOD = Method(
    id="wsjf",
    title="WSJF",
    formula="WSJF = (business value + time criticality + risk reduction) / job size",
    source="Reinertsen (2009), The Principles of Product Development Flow; as in SAFe",
    lowest=0.0,
    highest=float("inf"),
    list_dependent=False,
    weighing=Weighing.NONE,
    score=_score,
    criteria=("business_value", "time_criticality", "risk_reduction", "job_size"),
    decimals=2,
)
