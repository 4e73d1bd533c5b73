"""Preference shapes of PROMETHEE and the net flows they give, in memory linear in the rows.

Instead of comparing every pair, columns are sorted: how many alternatives lie more than a
threshold below each one is a search, and how far below is a prefix sum. Only the Gaussian shape
compares pairs, in blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array
from scoper.terms import Term

_BLOCK: Final = 1 << 18
_Counts = NDArray[np.int64]


class Shape(Term):
    """How a difference d > 0 becomes a preference in [0, 1] (Brans & Vincke 1985)."""

    USUAL = "usual", "Usual: 1 for any d > 0"
    U_SHAPE = "u", "U-shape: 1 from above q"
    V_SHAPE = "v", "V-shape: d/p, up to 1"
    LEVEL = "level", "Level: ½ from above q, 1 from above p"
    LINEAR = "v_indifference", "V-shape with indifference: (d − q)/(p − q) between q and p"
    GAUSSIAN = "gaussian", "Gaussian: 1 − exp(−d²/2s²)"


@dataclass(frozen=True, slots=True)
class Preference:
    """A shape with its thresholds, in the unit of the criterion.

    ``q`` is the largest difference that does not matter, ``p`` the smallest that matters fully,
    ``s`` the point of inflection of the Gaussian shape.
    """

    shape: Shape = Shape.USUAL
    q: float = 0.0
    p: float = 0.0
    s: float = 0.0

    def __post_init__(self) -> None:
        """Check the thresholds the shape uses.

        Raises:
            InvalidInput: one is missing, negative or not finite, or q and p are out of order.
        """
        if not all(np.isfinite(value) and value >= 0 for value in (self.q, self.p, self.s)):
            raise _refused(self.shape, "q, p and s must be numbers from 0", "q")
        if self.shape is Shape.V_SHAPE and not self.p > 0:
            raise _refused(self.shape, "p must be above 0", "p")
        if self.shape is Shape.LEVEL and not self.p >= self.q:
            raise _refused(self.shape, "p must not be below q", "p")
        if self.shape is Shape.LINEAR and not self.p > self.q:
            raise _refused(self.shape, "p must be above q", "p")
        if self.shape is Shape.GAUSSIAN and not self.s > 0:
            raise _refused(self.shape, "s must be above 0", "s")


USUAL: Final = Preference()


def _refused(shape: Shape, why: str, field: str) -> InvalidInput:
    return InvalidInput(
        f"The preference shape “{shape.value}” cannot be used: {why}.",
        "Give its thresholds in the unit of the criterion.",
        field=field,
    )


def net_flows(values: Array, preferences: Sequence[Preference]) -> Array:
    """Return the net flow of every alternative on every criterion, in [−1, 1].

    A net flow is how far an alternative is preferred to the others, on average, minus how far
    they are preferred to it. Each column adds up to 0. A single alternative has 0.

    Args:
        values: shape (alternatives, criteria), oriented so that more is better.
        preferences: one per criterion.
    """
    flows = np.empty_like(values)
    for column, preference in enumerate(preferences):
        flows[:, column] = _net_flow(values[:, column], preference)
    return flows


def _net_flow(column: Array, preference: Preference) -> Array:
    if len(column) < 2:
        return np.zeros(len(column))
    levels, place, counts = np.unique(column, return_inverse=True, return_counts=True)
    if preference.shape is Shape.USUAL:
        reached = np.cumsum(counts)
        net = (2 * reached - counts - len(column)).astype(np.float64)
    else:
        won = _preferred(levels, counts, preference)
        lost = _preferred(-levels[::-1], counts[::-1], preference)[::-1]
        net = won - lost
    flow: Array = (net / (len(column) - 1))[place]
    return flow


def _preferred(levels: Array, counts: _Counts, preference: Preference) -> Array:
    """Return the summed preference of each level over all alternatives; ``levels`` ascend."""
    if preference.shape is Shape.GAUSSIAN:
        return _gaussian(levels, counts, preference.s)
    below = np.concatenate([[0], np.cumsum(counts)])
    if preference.shape is Shape.U_SHAPE:
        return below[_beyond(levels, preference.q)].astype(np.float64)
    full = _beyond(levels, preference.p)
    if preference.shape is Shape.LEVEL:
        some: Array = (below[_beyond(levels, preference.q)] + below[full]) / 2
        return some
    q = preference.q if preference.shape is Shape.LINEAR else 0.0
    partly = _beyond(levels, q)
    # Sums of differences from the middle: those from 0 would lose digits on large values.
    centred = levels - levels[len(levels) // 2]
    sums = np.concatenate([[0.0], np.cumsum(counts * centred)])
    number = below[partly] - below[full]
    slope = (centred - q) * number - (sums[partly] - sums[full])
    preferred: Array = below[full] + slope / (preference.p - q)
    return preferred


def _beyond(levels: Array, threshold: float) -> NDArray[np.intp]:
    """Return how many levels lie more than ``threshold`` below each one.

    The differences themselves are compared, by bisection: comparing with level − threshold
    would round differently where a difference meets the threshold.
    """
    low = np.zeros(len(levels), dtype=np.intp)
    high = np.arange(len(levels), dtype=np.intp)
    while (low < high).any():
        middle = (low + high) // 2
        more = (levels - levels[middle] > threshold) & (low < high)
        low = np.where(more, middle + 1, low)
        high = np.where(more, high, middle)
    return low


def _gaussian(levels: Array, counts: _Counts, s: float) -> Array:
    total = np.empty(len(levels))
    step = max(1, _BLOCK // len(levels))
    for start in range(0, len(levels), step):
        stop = min(start + step, len(levels))
        difference = np.maximum(levels[start:stop, None] - levels[None, :stop], 0.0)
        with np.errstate(over="ignore"):  # beyond any distance the preference is 1
            total[start:stop] = -np.expm1(-((difference / s) ** 2) / 2) @ counts[:stop]
    return total
