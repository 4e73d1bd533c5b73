"""PROMETHEE II: how far each alternative is preferred to the others, minus the reverse."""

from __future__ import annotations

import numpy as np

from scoper.scoring import evaluate as steps
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods.base import Method, Weighing, evaluate_table, weighed
from scoper.scoring.methods.weighted_sum import total
from scoper.scoring.normalisation import Normalisation
from scoper.scoring.parameters import Parameters
from scoper.scoring.preferences import USUAL, net_flows
from scoper.scoring.table import DecisionTable


def usual_flow(scaled: Array, shares: Array) -> Array:
    """Return Σ share · net flow of every row with the usual shape, in [−1, 1]; they sum to 0."""
    return total(net_flows(scaled, (USUAL,) * len(shares)), shares)


RECIPE = steps.Recipe(steps.complement, steps.as_given, usual_flow)


def _score(matrix: Matrix, parameters: Parameters) -> Array:
    return weighed(matrix, RECIPE)


def _contributions(matrix: Matrix, parameters: Parameters, row: int) -> Array:
    points = np.zeros(len(matrix.weights))
    complete, used = matrix.complete, matrix.weights > 0
    if not complete[row]:
        points[used] = np.nan
        return points
    values = steps.complement(matrix.values, matrix.falling)[complete][:, used]
    flows = net_flows(values, (USUAL,) * values.shape[1])
    points[used] = flows[complete[:row].sum()] * matrix.weights[used] / matrix.weights.sum()
    return points


def _raw(table: DecisionTable) -> Array:
    shapes = table.preference(table.weights > 0)

    def flow(scaled: Array, shares: Array) -> Array:
        return total(net_flows(scaled, shapes), shares)

    return evaluate_table(table, flow, Normalisation.NONE)


METHOD = Method(
    id="promethee2",
    title="PROMETHEE II",
    formula="φ = φ⁺ − φ⁻: weighted share of the others that are worse, minus that of the better",
    source="Brans & Vincke (1985), A preference ranking organisation method, usual shape",
    lowest=-1.0,
    highest=1.0,
    list_dependent=True,
    weighing=Weighing.ACROSS,
    score=_score,
    decimals=3,
    contributions=_contributions,
    raw=_raw,
)
