"""The balanced priority metric: what success brings against what failing, or too little, costs.

With impact I, feasibility F and risk R in [0, 1] as weighted means of their criteria:

    p = p_low + (p_high − p_low)·F      how likely it is that it works
    q = min(1, I/θ), 1 where θ is 0     how much of enough it brings (θ = 0 is a switch: off)
    L = s + (1 − s)·R                   what failing costs: the stake s, and harm
    N = G − λ·X, G = p·I, X = (1 − p·q)·L
    B = 50 + u·N, u = 50 where N ≥ 0, else 50/λ

(own work of the Scoper developers; loss weight λ as in Kahneman & Tversky 1979). B lies in
[0, 100] and is 50 at break-even, N = 0. It never falls when I or F rise and never rises when R,
θ, s or λ rise. Ranks go by 50·N, so that the scaling never moves one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.parameters import Parameter, Parameters
from scoper.scoring.paths import Path
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
    Parameter(
        name="enough_impact",
        title="Enough impact",
        symbol="θ",
        meaning="The impact from which a working solution counts as worth it; 0 switches this off.",
        default=0.5,
        high=1.0,
        absent=0.0,
    ),
    Parameter(
        name="stake",
        title="Stake",
        symbol="s",
        meaning="What any failed attempt loses even where it harms nobody: people, time, budget, "
        "trust.",
        default=0.25,
        high=1.0,
        absent=0.0,
    ),
)
"""What the metric assumes."""

BREAK_EVEN: Final = 50.0
"""The score at which expected gain and weighted expected loss are equal."""
_UNIT: Final = 50.0
"""Points of the score in a unit of net gain above break-even."""

CHANCES: Final = ("p_low", "p_high", "enough_impact", "stake")
"""The parameters that gain and loss are worked out from, also where another method scores."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """A score beside the parts of the balanced metric, each of shape (alternatives,).

    ``impact``, ``feasibility``, ``risk``, ``likelihood`` p, ``enough`` q, ``cost`` L, ``gain`` p·I
    and ``loss`` (1 − p·q)·L, before λ, lie in [0, 1]; NaN where a criterion of the dimension has
    no value, or none of them has a weight. ``score`` is that of the method asked, NaN where
    incomplete.
    """

    impact: Array
    feasibility: Array
    risk: Array
    likelihood: Array
    enough: Array
    cost: Array
    gain: Array
    loss: Array
    score: Array


def with_parts(matrix: Matrix, parameters: Parameters, score: Array) -> Scores:
    """Return a score of any method beside the parts that impact, feasibility and risk give."""
    impact, feasibility, risk = (_dimension_score(matrix, d) for d in Dimension)
    low, high = parameters["p_low"], parameters["p_high"]
    theta, stake = parameters["enough_impact"], parameters["stake"]
    likelihood = low + (high - low) * feasibility
    enough = np.minimum(1.0, impact / theta) if theta > 0 else np.ones_like(impact)
    cost = stake + (1 - stake) * risk
    loss = (1 - likelihood * enough) * cost
    return Scores(
        impact, feasibility, risk, likelihood, enough, cost, likelihood * impact, loss, score
    )


def balanced(matrix: Matrix, parameters: Parameters) -> Scores:
    """Score every alternative by the balanced metric, in [0, 100].

    Raises:
        InvalidInput: a dimension has no criterion with positive weight.
    """
    check_dimensions(matrix)
    scores = with_parts(matrix, parameters, np.empty(len(matrix.values)))
    aversion = parameters["risk_aversion"]
    net = scores.gain - aversion * scores.loss
    if aversion > 0:
        np.divide(net, aversion, out=net, where=net < 0)
    scores.score[:] = np.clip(BREAK_EVEN + _UNIT * net, 0.0, 100.0)
    scores.score[~matrix.complete] = np.nan
    return scores


def unscaled(score: Array, parameters: Parameters) -> Array:
    """Return 50·N of a score: what is ranked, so that no rank depends on the scaling."""
    above = score - BREAK_EVEN
    worth: Array = np.where(above < 0, parameters["risk_aversion"] * above, above)
    return worth


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
    return spread(matrix)


def spread(matrix: Matrix) -> Array:
    """Return shares as ``shares``, 0 in a dimension that has no weight."""
    share = np.zeros(len(matrix.dimensions))
    for dimension in Dimension:
        columns = matrix.columns(dimension)
        total = matrix.weights[columns].sum()
        share[columns] = matrix.weights[columns] / (total if total > 0 else 1.0)
    return share


def contributions(matrix: Matrix, parameters: Parameters, row: int) -> Array:
    """Return what each criterion adds to the score of one alternative, shape (criteria,).

    Impact criteria add and risk criteria subtract points of B, and what is at stake subtracts
    more (``stake_points``), so that B = break-even + their sum. Feasibility criteria act through
    the likelihood p; theirs are the points of likelihood (0 to 1) they add to ``p_low``.
    """
    share = shares(matrix)
    value = np.where(matrix.weights > 0, matrix.values[row], 0.0)
    shrunk, lost = _of_row(matrix, parameters, row)
    scale = {
        Dimension.IMPACT: _UNIT * balanced(matrix, parameters).likelihood[row],
        Dimension.FEASIBILITY: parameters["p_high"] - parameters["p_low"],
        Dimension.RISK: -lost * (1 - parameters["stake"]),
    }
    points: Array = np.array([scale[d] for d in matrix.dimensions]) * share * value
    points[matrix.columns(Dimension.IMPACT)] /= shrunk
    return points


def enough_parts(matrix: Matrix, parameters: Parameters, row: int) -> Array:
    """Return what each impact criterion adds to q, shape (criteria,); NaN for others, or θ off.

    They add up to q; where impact is more than enough, each has its part of 1.
    """
    added = np.full(len(matrix.dimensions), np.nan)
    if parameters["enough_impact"] > 0:
        columns = matrix.columns(Dimension.IMPACT)
        value = np.where(matrix.weights > 0, matrix.values[row], 0.0)[columns]
        reach = max(parameters["enough_impact"], balanced(matrix, parameters).impact[row])
        added[columns] = shares(matrix)[columns] * value / reach
    return added


def stake_points(matrix: Matrix, parameters: Parameters, row: int) -> float:
    """Return the points of B, at most 0, that the stake takes from one alternative."""
    _, lost = _of_row(matrix, parameters, row)
    return 0.0 if parameters["stake"] == 0 else -lost * parameters["stake"]


def _of_row(matrix: Matrix, parameters: Parameters, row: int) -> tuple[float, float]:
    """Return by what gains are divided, and the points that a cost of failing of 1 would take."""
    scores, aversion = balanced(matrix, parameters), parameters["risk_aversion"]
    falls_short = 1 - float(scores.likelihood[row] * scores.enough[row])
    if scores.gain[row] < aversion * scores.loss[row]:
        return aversion, _UNIT * falls_short
    return 1.0, _UNIT * aversion * falls_short


def parameter_paths(matrix: Matrix, parameters: Parameters) -> dict[str, Path]:
    """Return 50·N along each parameter, along θ in 1/θ; θ = 0, off, is no point of its path.

    Raises:
        InvalidInput: a dimension has no criterion with positive weight.
    """
    parts, aversion, theta = (
        balanced(matrix, parameters),
        parameters["risk_aversion"],
        parameters["enough_impact"],
    )
    shortfall = 1 - parts.likelihood * parts.enough
    gives = _UNIT * (parts.impact + aversion * parts.enough * parts.cost)
    rest = -_UNIT * aversion * parts.cost
    low, high = (parameters[name] * parts.feasibility for name in ("p_low", "p_high"))
    paths = {
        "risk_aversion": Path(_UNIT * parts.gain, -_UNIT * parts.loss),
        "p_low": Path(rest + high * gives, (1 - parts.feasibility) * gives),
        "p_high": Path(rest + (parameters["p_low"] - low) * gives, parts.feasibility * gives),
        "stake": Path(
            _UNIT * (parts.gain - aversion * shortfall * parts.risk),
            -_UNIT * aversion * shortfall * (1 - parts.risk),
        ),
    }
    if theta > 0:
        none = np.zeros_like(parts.gain)
        bend = -rest * parts.likelihood
        base = _UNIT * parts.gain + rest
        paths["enough_impact"] = Path(base, none, bend, none, parts.impact, inverse=True)
    return {name: _known(path, parts.score) for name, path in paths.items()}


def _known(path: Path, score: Array) -> Path:
    """Return a path that is missing where the score is."""
    return replace(path, base=np.where(np.isnan(score), np.nan, path.base))


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
