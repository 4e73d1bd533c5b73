"""Scores of many draws at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from scoper.errors import InvalidInput
from scoper.scoring.balanced import BREAK_EVEN
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import BALANCED, Method, Shortcut, Weighing, shortcut
from scoper.scoring.robustness.draws import DrawnParameters, at_draw
from scoper.terms import Dimension

_ONE_THREAD: Final = 200_000
"""Multiplications below which linear algebra libraries stay on one thread."""

_CALL: Final = 5_000
"""Scores that a kernel gives in the time in which a method is asked once."""


class Kernel(Protocol):
    """Scores alternatives under many weights.

    ``weighing`` tells over what weights are shared out, ``counts`` which criteria must have a
    value, shape (criteria,), and ``list_dependent`` whether one alternative can move the score of
    another. ``least`` is how many scores take no longer than those of one draw do at least.
    """

    weighing: Weighing
    counts: NDArray[np.bool_]
    list_dependent: bool
    least: int

    def __call__(self, values: Array, weights: Array, at: DrawnParameters) -> Array:
        """Return scores of shape (draws, alternatives), better ones higher.

        ``values`` has shape (alternatives, criteria), or (draws, alternatives, criteria);
        ``weights`` (draws, criteria).
        """


class BalancedKernel:
    """The balanced metric of ``scoper.scoring.balanced``, to rounding error."""

    weighing = Weighing.WITHIN
    list_dependent = False
    least = 0

    def __init__(self, matrix: Matrix) -> None:
        self.counts = matrix.weights > 0
        self._impact, self._feasibility, self._risk = (matrix.columns(d) for d in Dimension)

    def __call__(self, values: Array, weights: Array, at: DrawnParameters) -> Array:
        """Return B = 50 + u·N with 50·N = 50·p·(I + λ·q·L) − 50·λ·L, the metric rearranged."""
        aversion, theta, stake = (
            at[name][:, None] for name in ("risk_aversion", "enough_impact", "stake")
        )
        low, high = at["p_low"][:, None], at["p_high"][:, None]
        likelihood = _sum(
            values[..., self._feasibility],
            (high - low) * weights[:, self._feasibility],
        )
        likelihood += low
        lost = 50 * aversion
        cost = _sum(values[..., self._risk], lost * (1 - stake) * weights[:, self._risk])
        cost += lost * stake
        impact = _sum(values[..., self._impact], 50 * weights[:, self._impact])
        score = self._brought(impact, theta, cost)
        score += impact
        score *= likelihood
        score -= cost
        if (aversion != 1).any():
            below = np.where(aversion > 0, aversion, 1.0)
            np.divide(score, below, out=score, where=score < 0)
        score += BREAK_EVEN
        return score

    @staticmethod
    def _brought(impact: Array, theta: Array, cost: Array) -> Array:
        """Return q·cost, where ``impact`` is 50·I; overwrites nothing."""
        if not (theta > 0).any():
            return cost.copy()
        share = impact / np.where(theta > 0, 50 * theta, 1.0)
        np.minimum(share, 1.0, out=share)
        if not (theta > 0).all():
            share = np.where(theta > 0, share, 1.0)
        share *= cost
        return share


class LinearKernel:
    """The weighted sum 100·Σ w v over all criteria, risk turned into safety 1 − v."""

    weighing = Weighing.ACROSS
    list_dependent = False
    least = 0

    def __init__(self, matrix: Matrix) -> None:
        self.counts = matrix.weights > 0
        risky = np.array([d is Dimension.RISK for d in matrix.dimensions])
        self._sign, self._start = np.where(risky, -1.0, 1.0), risky.astype(np.float64)

    def __call__(self, values: Array, weights: Array, at: DrawnParameters) -> Array:
        """Return 100·Σ w v."""
        return _sum(self._start + self._sign * values, 100 * weights)


class MethodKernel:
    """Any other method, asked once per draw."""

    list_dependent = True
    least = _CALL

    def __init__(self, matrix: Matrix, method: Method) -> None:
        self._matrix, self._method = matrix, method
        self.weighing, self.counts = method.weighing, method.counts(matrix)

    def __call__(self, values: Array, weights: Array, at: DrawnParameters) -> Array:
        """Return the method's scores.

        Raises:
            InvalidInput: the method gives an alternative no score in a draw.
        """
        drawn = (
            replace(self._matrix, values=values if values.ndim == 2 else values[draw], weights=row)
            for draw, row in enumerate(weights)
        )
        try:
            scores = np.stack(
                [self._method.score(matrix, at_draw(at, draw)) for draw, matrix in enumerate(drawn)]
            )
        except InvalidInput as error:
            raise InvalidInput(
                f"One of the draws cannot be scored. {error.message}",
                error.remedy,
                field=error.field,
            ) from error
        if not np.isfinite(scores).all():
            raise InvalidInput(
                f"{self._method.title} gives an alternative no score in some draws.",
                "Choose another method, or draw less.",
                field="method",
            )
        return scores


_FAST: Final[dict[str, Shortcut[Callable[[Matrix], Kernel]]]] = {
    BALANCED: Shortcut(
        BalancedKernel, reads=("risk_aversion", "p_low", "p_high", "enough_impact", "stake")
    ),
    "weighted_sum": Shortcut(LinearKernel),
}


def kernel_of(method: Method, matrix: Matrix) -> Kernel:
    """Return what scores many draws by a method."""
    fast = shortcut(_FAST, method)
    return fast(matrix) if fast else MethodKernel(matrix, method)


def _sum(values: Array, weights: Array) -> Array:
    """Return Σ w v, shape (draws, alternatives).

    In products small enough for one thread: handing such narrow ones to several costs more than
    it saves, and the more so the busier the machine is.
    """
    if values.ndim == 3:
        each: Array = np.matmul(values, weights[:, :, None])[:, :, 0]
        return each
    across = np.ascontiguousarray(values.T)
    total: Array = np.empty((len(weights), len(values)))
    step = max(1, _ONE_THREAD // max(1, values.size))
    for start in range(0, len(weights), step):
        np.matmul(weights[start : start + step], across, out=total[start : start + step])
    return total
