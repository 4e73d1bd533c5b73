"""Weighted sum: 100 · Σ w·v over all criteria, risks turned into safety."""

from __future__ import annotations

import numpy as np

from scoper.scoring import evaluate as steps
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods.base import Method, Weighing, evaluate_table, weighed
from scoper.scoring.normalisation import Normalisation
from scoper.scoring.parameters import Parameters
from scoper.scoring.table import DecisionTable


def total(scaled: Array, shares: Array) -> Array:
    """Return Σ share·value of every row.

    Added up column by column, so that no score moves in its last digit with another row.
    """
    result = np.zeros(len(scaled))
    for column, share in enumerate(shares):
        result += share * scaled[:, column]
    return result


RECIPE = steps.Recipe(steps.complement, steps.as_given, total)


def _score(matrix: Matrix, parameters: Parameters) -> Array:
    return weighed(matrix, RECIPE, factor=100.0)


def _contributions(matrix: Matrix, parameters: Parameters, row: int) -> Array:
    values = steps.complement(matrix.values[[row]], matrix.falling)[0]
    counted = np.where(matrix.weights > 0, values, 0.0)
    points: Array = 100 * matrix.weights / matrix.weights.sum() * counted
    return points


def _raw(table: DecisionTable) -> Array:
    return evaluate_table(table, total, Normalisation.SUM)


METHOD = Method(
    id="weighted_sum",
    title="Weighted sum",
    formula="S = 100 · Σ w·v, where a risk v counts as its safety 1 − v",
    source="Fishburn (1967), Additive utilities with incomplete product sets",
    lowest=0.0,
    highest=100.0,
    list_dependent=False,
    weighing=Weighing.ACROSS,
    score=_score,
    contributions=_contributions,
    raw=_raw,
)
