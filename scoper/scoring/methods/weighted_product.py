"""Weighted product: 100 · Π v^w over all criteria, risks turned into safety. A zero kills."""

from __future__ import annotations

import numpy as np

from scoper.scoring import evaluate as steps
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods.base import Method, Weighing, evaluate_table, weighed
from scoper.scoring.normalisation import Normalisation
from scoper.scoring.parameters import Parameters
from scoper.scoring.table import DecisionTable


def product(scaled: Array, shares: Array) -> Array:
    """Return Π value^share of every row."""
    result = np.ones(len(scaled))
    for column, share in enumerate(shares):
        result *= scaled[:, column] ** share
    return result


RECIPE = steps.Recipe(steps.complement, steps.as_given, product)


def _score(matrix: Matrix, parameters: Parameters) -> Array:
    return weighed(matrix, RECIPE, factor=100.0)


def _raw(table: DecisionTable) -> Array:
    return evaluate_table(table, product, Normalisation.SUM, product=True)


METHOD = Method(
    id="weighted_product",
    title="Weighted product",
    formula="P = 100 · Π v^w, where a risk v counts as its safety 1 − v; a value of 0 gives 0",
    source="Bridgman (1922), Dimensional Analysis; Miller & Starr (1969)",
    lowest=0.0,
    highest=100.0,
    list_dependent=False,
    weighing=Weighing.ACROSS,
    score=_score,
    raw=_raw,
)
