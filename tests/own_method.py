"""A scoring method with a parameter of its own, which no other file knows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoper.scoring.balanced import PARAMETERS, with_parts
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


def _weighed(matrix: Matrix, parameters: Parameters) -> Array:
    parts = with_parts(matrix, DEFAULTS, np.empty(len(matrix.values)))
    net: Array = parts.gain - parameters["caution"] * parts.loss
    return np.where(matrix.complete, 100 * net, np.nan)


def _contributions(matrix: Matrix, parameters: Parameters, row: int) -> Array:
    values = np.where(matrix.weights > 0, matrix.values[row], 0.0) * matrix.weights
    points: Array = np.where(matrix.falling, -parameters["caution"], 1.0) * values
    return points


DEFAULTS = {each.name: each.default for each in PARAMETERS}
NET = replace(
    METHOD,
    id="careful_net",
    title="Careful net",
    formula="N = 100 · (p·I − κ·(1 − p)·R)",
    weighing=Weighing.WITHIN,
    score=_weighed,
    paths=None,
    contributions=_contributions,
    break_even=0.0,
    loss_weight=lambda parameters: parameters["caution"],
)
"""The same with a break-even of its own, and split over the criteria."""


@pytest.fixture
def careful_net(monkeypatch: pytest.MonkeyPatch) -> Method:
    """Register the method with a break-even for one test."""
    monkeypatch.setitem(METHODS, NET.id, NET)
    return NET


@pytest.fixture
def careful(monkeypatch: pytest.MonkeyPatch) -> Method:
    """Register the method for one test."""
    monkeypatch.setitem(METHODS, METHOD.id, METHOD)
    return METHOD
