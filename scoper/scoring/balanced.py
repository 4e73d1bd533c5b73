"""The balanced priority metric: likelihood and size of success against the risk of failing.

B = 100 · (p·I − λ·(1 − p)·R + λ) / (1 + λ),  p = p_low + (p_high − p_low)·F

with impact I, feasibility F and risk R in [0, 1] as weighted means of their criteria (own work
of the Scoper developers; an expected-utility balance with loss weight λ as in Kahneman &
Tversky 1979). B lies in [0, 100], never falls when I or F rise and never rises when R rises.
B = 100·λ/(1 + λ) is break-even.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.parameters import Parameter, Parameters
from scoper.terms import Dimension

PARAMETERS: Final = (
    Parameter(
        name="risk_aversion",
        title="Risk aversion",
        symbol="λ",
        meaning="How much a loss counts against a gain of the same size: 1 alike, 2 twice, "
        "0 not at all.",
        default=1.0,
        slider_to=4.0,
    ),
    Parameter(
        name="p_low",
        title="Lowest likelihood",
        meaning="Chance of success when feasibility is rated lowest.",
        default=0.10,
        high=1.0,
        at_most="p_high",
    ),
    Parameter(
        name="p_high",
        title="Highest likelihood",
        meaning="Chance of success when feasibility is rated highest.",
        default=0.90,
        high=1.0,
    ),
)
"""What the metric assumes."""

LIKELIHOOD: Final = ("p_low", "p_high")
"""The parameters that make a likelihood of feasibility, also where another method scores."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """A score beside the parts of the balanced metric, each of shape (alternatives,).

    ``impact``, ``feasibility``, ``risk``, ``likelihood``, ``gain`` (p·I) and ``loss``
    ((1 − p)·R, before λ) lie in [0, 1]; NaN where a criterion of the dimension has no value, or
    none of them has a weight. ``score`` is that of the method asked, NaN where incomplete.
    """

    impact: Array
    feasibility: Array
    risk: Array
    likelihood: Array
    gain: Array
    loss: Array
    score: Array


def with_parts(matrix: Matrix, parameters: Parameters, score: Array) -> Scores:
    """Return a score of any method beside the parts that impact, feasibility and risk give."""
    impact, feasibility, risk = (_dimension_score(matrix, d) for d in Dimension)
    likelihood = parameters["p_low"] + (parameters["p_high"] - parameters["p_low"]) * feasibility
    gain = likelihood * impact
    loss = (1 - likelihood) * risk
    return Scores(impact, feasibility, risk, likelihood, gain, loss, score)


def balanced(matrix: Matrix, parameters: Parameters) -> Scores:
    """Score every alternative by the balanced metric, in [0, 100].

    Raises:
        InvalidInput: a dimension has no criterion with positive weight.
    """
    check_dimensions(matrix)
    scores = with_parts(matrix, parameters, np.empty(len(matrix.values)))
    aversion = parameters["risk_aversion"]
    balance = 100 * (scores.gain - aversion * scores.loss + aversion) / (1 + aversion)
    scores.score[:] = np.clip(balance, 0.0, 100.0)
    scores.score[~matrix.complete] = np.nan
    return scores


def check_dimensions(matrix: Matrix) -> None:
    """Make sure that every dimension has a criterion that counts.

    Raises:
        InvalidInput: all weights of a dimension are 0; names it.
    """
    for dimension in Dimension:
        if not matrix.weights[matrix.columns(dimension)].sum() > 0:
            raise InvalidInput(
                f"No criterion of {dimension.label.lower()} has a weight above 0.",
                "Give at least one of them a positive weight.",
                field="weight",
            )


def shares(matrix: Matrix) -> Array:
    """Return each criterion's share of its dimension's weight, shape (criteria,).

    Raises:
        InvalidInput: a dimension has no criterion with positive weight.
    """
    check_dimensions(matrix)
    share = np.zeros(len(matrix.dimensions))
    for dimension in Dimension:
        columns = matrix.columns(dimension)
        share[columns] = matrix.weights[columns] / matrix.weights[columns].sum()
    return share


def contributions(matrix: Matrix, parameters: Parameters, row: int) -> Array:
    """Return what each criterion adds to the score of one alternative, shape (criteria,).

    Impact criteria add and risk criteria subtract points of B, so that
    B = break-even + their sum. Feasibility criteria act through the likelihood p; theirs are
    the points of likelihood (0 to 1) they add to ``p_low``.
    """
    share = shares(matrix)
    value = np.where(matrix.weights > 0, matrix.values[row], 0.0)
    likelihood = balanced(matrix, parameters).likelihood[row]
    aversion = parameters["risk_aversion"]
    scale = {
        Dimension.IMPACT: 100 * likelihood / (1 + aversion),
        Dimension.FEASIBILITY: parameters["p_high"] - parameters["p_low"],
        Dimension.RISK: -100 * aversion * (1 - likelihood) / (1 + aversion),
    }
    points: Array = np.array([scale[d] for d in matrix.dimensions]) * share * value
    return points


def parameter_lines(matrix: Matrix, parameters: Parameters) -> dict[str, tuple[Array, Array]]:
    """Return the score and its slope along each parameter, each of shape (alternatives,).

    For one λ all scores share the denominator 1 + λ: without it they are linear in λ.

    Raises:
        InvalidInput: a dimension has no criterion with positive weight.
    """
    parts = balanced(matrix, parameters)
    aversion = parameters["risk_aversion"]
    stake = 100 / (1 + aversion) * (parts.impact + aversion * parts.risk)
    return {
        "risk_aversion": ((1 + aversion) * parts.score, 100 * (1 - parts.loss)),
        "p_low": (parts.score, stake * (1 - parts.feasibility)),
        "p_high": (parts.score, stake * parts.feasibility),
    }


def break_even(parameters: Parameters) -> float:
    """Return the score, in [0, 100), at which expected gain and weighted expected loss agree."""
    return 100 * parameters["risk_aversion"] / (1 + parameters["risk_aversion"])


def _dimension_score(matrix: Matrix, dimension: Dimension) -> Array:
    # Added up column by column: a matrix product rounds differently with the number of rows,
    # so that a score would move in its last digit because another use case was added.
    columns = matrix.columns(dimension)
    weights = matrix.weights[columns]
    weight = weights.sum()
    if not weight > 0:
        return np.full(len(matrix.values), np.nan)
    total = np.zeros(len(matrix.values))
    for column, share in zip(columns, weights / weight, strict=True):
        if share > 0:
            total += share * matrix.values[:, column]
    return np.clip(total, 0.0, 1.0)
