"""From the ratings of many to the value of the group."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.matrix import Array
from scoper.terms import Aggregation

TRIM: Final = 0.2
"""Share of ratings the trimmed mean drops at each end, rounded down to whole ratings."""


def scale(ratings: Array, low: Array, high: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Turn ratings into values v = (r − low) / (high − low).

    The ends are fixed, never taken from the list: a score must not move because another use
    case was added or removed (Belton & Gear 1983).

    Args:
        ratings: shape (alternatives, criteria, participants), NaN where there is none.
        low: lower end of each criterion's scale, shape (criteria,).
        high: upper end, shape (criteria,), above ``low``.

    Returns:
        Values clipped to [0, 1], and where clipping was needed (to be shown as a warning).
    """
    raw = (ratings - low[:, None]) / (high - low)[:, None]
    outside = (raw < 0) | (raw > 1)
    return np.clip(raw, 0.0, 1.0), outside


def aggregate(values: Array, weights: Array, how: Aggregation) -> Array:
    """Combine the participants' values into one per alternative and criterion.

    Missing and abstained ratings (NaN) and participants of weight 0 are left out.

    Args:
        values: shape (alternatives, criteria, participants), NaN where there is none.
        weights: participants' weights ≥ 0, shape (participants,).
        how: mean, median (weighted: where the cumulative weight passes one half, the midpoint
            when it meets it exactly) or trimmed mean (``TRIM`` of the ratings dropped at each
            end).

    Returns:
        Shape (alternatives, criteria), in the range of ``values``; NaN where nobody rated.
    """
    if how is Aggregation.MEAN:
        given = ~np.isnan(values) & (weights > 0)
        return _weighted_mean(values, given * weights)
    ordered, order_weights = _sorted(values, weights)
    if how is Aggregation.MEDIAN:
        return _weighted_median(ordered, order_weights)
    count = (order_weights > 0).sum(axis=2, keepdims=True)
    drop = np.floor(TRIM * count + 1e-9)
    place = np.arange(ordered.shape[2])
    kept = (place >= drop) & (place < count - drop)
    return _weighted_mean(ordered, order_weights * kept)


def _weighted_mean(values: Array, weights: Array) -> Array:
    total = weights.sum(axis=2)
    weighted = (np.where(weights > 0, values, 0.0) * weights).sum(axis=2)
    mean: Array = np.full(total.shape, np.nan)
    np.divide(weighted, total, out=mean, where=total > 0)
    return np.clip(mean, 0.0, 1.0)


def _sorted(values: Array, weights: Array) -> tuple[Array, Array]:
    used = np.where(weights > 0, values, np.nan)
    order = np.argsort(used, axis=2, kind="stable")
    ordered = np.take_along_axis(used, order, axis=2)
    order_weights = np.where(np.isnan(ordered), 0.0, weights[order])
    return ordered, order_weights


def _weighted_median(ordered: Array, weights: Array) -> Array:
    if ordered.shape[2] == 0:
        return np.full(ordered.shape[:2], np.nan)
    reached = np.cumsum(weights, axis=2)
    half = reached[:, :, -1:] / 2
    tolerance = 1e-12 * half
    lower = np.argmax(reached >= half - tolerance, axis=2)[:, :, None]
    upper = np.argmax(reached > half + tolerance, axis=2)[:, :, None]
    middle = (
        np.take_along_axis(ordered, lower, axis=2) + np.take_along_axis(ordered, upper, axis=2)
    ) / 2
    rated = half[:, :, 0] > 0
    return np.where(rated, middle[:, :, 0], np.nan)
