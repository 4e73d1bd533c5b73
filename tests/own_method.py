"""A scoring method with a parameter of its own, which no other file knows."""

from __future__ import annotations

import numpy as np
import pytest

from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import METHODS, Method, Weighing
from scoper.scoring.parameters import Parameter, Parameters
from scoper.scoring.paths import Path

CAUTION = Parameter(
    name="caution",
    title="Caution",
    symbol="κ",
    meaning="How many points of gain a point of risk takes away.",
    default=1.5,
    unit="points",
    low=0.5,
    high=4.0,
)


def _parts(matrix: Matrix) -> tuple[Array, Array]:
    """Return the shares of all weight that lie in gains and in risks, times their values."""
    values = np.where(matrix.weights > 0, matrix.values, 0.0) * matrix.weights
    total = matrix.weights.sum()
    gains: Array = values[:, ~matrix.falling].sum(axis=1) / total
    risks: Array = values[:, matrix.falling].sum(axis=1) / total
    return gains, risks


def _score(matrix: Matrix, parameters: Parameters) -> Array:
    gains, risks = _parts(matrix)
    return np.where(matrix.complete, 100 * (gains - parameters["caution"] * risks), np.nan)


def _paths(matrix: Matrix, parameters: Parameters) -> dict[str, Path]:
    gains, risks = _parts(matrix)
    return {"caution": Path(100 * gains, -100 * risks)}


METHOD = Method(
    id="careful",
    title="Careful sum",
    formula="S = 100 · (Σ w·g − κ · Σ w·r)",
    source="This test",
    lowest=-400.0,
    highest=100.0,
    list_dependent=False,
    weighing=Weighing.ACROSS,
    score=_score,
    parameters=(CAUTION,),
    paths=_paths,
)


@pytest.fixture
def careful(monkeypatch: pytest.MonkeyPatch) -> Method:
    """Register the method for one test."""
    monkeypatch.setitem(METHODS, METHOD.id, METHOD)
    return METHOD
