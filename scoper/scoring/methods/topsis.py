"""TOPSIS: how close to the best, as against the worst, that the list itself offers."""

from __future__ import annotations

import numpy as np

from scoper.scoring import evaluate as steps
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods.base import Method, Weighing, evaluate_table, weighed
from scoper.scoring.normalisation import Normalisation
from scoper.scoring.parameters import Parameters
from scoper.scoring.table import DecisionTable


def closeness(scaled: Array, shares: Array) -> Array:
    """Return d⁻ / (d⁺ + d⁻) by Euclidean distance; 0.5 for all where all rows are equal."""
    weighted = scaled * shares
    to_best = np.sqrt(((weighted - weighted.max(axis=0)) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - weighted.min(axis=0)) ** 2).sum(axis=1))
    both = to_best + to_worst
    result = np.full(len(scaled), 0.5)
    np.divide(to_worst, both, out=result, where=both > 0)
    return result


RECIPE = steps.Recipe(steps.complement, steps.by_norm, closeness)


def _score(matrix: Matrix, parameters: Parameters) -> Array:
    return weighed(matrix, RECIPE)


def _raw(table: DecisionTable) -> Array:
    return evaluate_table(table, closeness, Normalisation.VECTOR)


METHOD = Method(
    id="topsis",
    title="TOPSIS",
    formula="C = d⁻ / (d⁺ + d⁻): distance to the worst of the list over that to worst and best",
    source="Hwang & Yoon (1981), Multiple Attribute Decision Making",
    lowest=0.0,
    highest=1.0,
    list_dependent=True,
    weighing=Weighing.ACROSS,
    score=_score,
    decimals=3,
    raw=_raw,
)
