"""How far the raters of one use case on one criterion agree, for all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.matrix import Array
from scoper.scoring.ratings import Ratings
from scoper.scoring.statistic import Statistics, Undefined

BINS: Final = 10
"""Bars of a histogram of numbers without levels; of levels there is one bar each."""

NOBODY: Final = Undefined("Nobody rated.")
ONE_RATER: Final = Undefined("Only one person rated: agreement needs two.")
NO_LEVELS: Final = Undefined("The scale has no levels to compare the spread with.")

_Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class CellAgreement:
    """Statistics per use case and criterion, of the ratings that count, one voice each.

    ``n`` counts them, shape (use cases, criteria). ``mean``, ``median`` and ``spread`` (largest
    less smallest) are on the criterion's own scale, as is the sample standard deviation ``sd``
    (n − 1 in the denominator). ``r_wg`` and ``consensus`` lie in [0, 1], 1 where all are of one
    mind. ``histogram`` holds per criterion the counts of each bar, shape (use cases, bars).

    r_wg = 1 − s²/σ²_EU with σ²_EU = (A² − 1)/12 for A levels, floored at 0 (James, Demaree &
    Wolf 1984): 0 where the raters differ as if they had ticked levels at random.

    consensus = 1 + Σ pᵢ log₂(1 − |xᵢ − μ|/d), with d the length of the scale and pᵢ the share of
    the raters who gave xᵢ (Tastle & Wierman 2007): 0 where half stand at either end.
    """

    n: _Counts
    mean: Statistics
    median: Statistics
    sd: Statistics
    spread: Statistics
    r_wg: Statistics
    consensus: Statistics
    histogram: tuple[_Counts, ...]


def cell_agreement(ratings: Ratings) -> CellAgreement:
    """Return the agreement of the raters on every use case and criterion."""
    given = ~np.isnan(ratings.values)
    n: _Counts = given.sum(axis=2)
    ordered = np.sort(ratings.values, axis=2)
    lowest = _place(ordered, np.zeros_like(n))
    offsets = np.where(given, ratings.values - lowest[:, :, None], 0.0)
    count = np.where(n > 0, n, np.nan)
    shift = offsets.sum(axis=2) / count
    deviations = np.where(given, offsets - shift[:, :, None], 0.0)
    variance = (deviations**2).sum(axis=2) / np.where(n > 1, n - 1, np.nan)
    consensus = _consensus(deviations, count, ratings.high - ratings.low)
    nobody = (n == 0, NOBODY)
    lonely = (nobody, (n == 1, ONE_RATER))
    no_levels = (np.broadcast_to(ratings.levels < 2, n.shape), NO_LEVELS)
    middle = (_place(ordered, (n - 1) // 2) + _place(ordered, n // 2)) / 2
    return CellAgreement(
        n=n,
        mean=Statistics(lowest + shift, (nobody,)),
        median=Statistics(middle, (nobody,)),
        sd=Statistics(np.sqrt(variance), lonely),
        spread=Statistics(_place(ordered, n - 1) - lowest, (nobody,)),
        r_wg=Statistics(_within_group(variance, ratings), (*lonely, no_levels)),
        consensus=Statistics(np.where(n > 1, consensus, np.nan), lonely),
        histogram=tuple(_histogram(ratings, column) for column in range(n.shape[1])),
    )


def _place(ordered: Array, place: _Counts) -> Array:
    """Return the rating at ``place`` of each cell, NaN where nobody rated."""
    if ordered.shape[2] == 0:
        return np.full(ordered.shape[:2], np.nan)
    found: Array = np.take_along_axis(ordered, np.maximum(place, 0)[:, :, None], axis=2)[:, :, 0]
    return found


def _consensus(deviations: Array, count: Array, length: Array) -> Array:
    # Absent raters have no deviation, and log₂ 1 adds nothing. No share comes near 1: a rating
    # as far from the mean as the scale is long would be the mean itself.
    share = np.minimum(np.abs(deviations) / length[:, None], 1 - 1e-12)
    consensus: Array = np.clip(1 + np.log2(1 - share).sum(axis=2) / count, 0.0, 1.0)
    return consensus


def _within_group(variance: Array, ratings: Ratings) -> Array:
    levels = ratings.levels
    steps = np.where(levels > 1, levels - 1, np.nan)
    step = (ratings.high - ratings.low) / steps
    expected = (levels.astype(np.float64) ** 2 - 1) / 12
    return np.maximum(0.0, 1 - variance / step**2 / np.where(levels > 1, expected, np.nan))


def _histogram(ratings: Ratings, column: int) -> _Counts:
    levels = int(ratings.levels[column])
    share = (ratings.values[:, column] - ratings.low[column]) / (
        ratings.high[column] - ratings.low[column]
    )
    bars = levels if levels > 1 else BINS
    at = share * (levels - 1) + 0.5 if levels > 1 else share * BINS
    bar = np.clip(np.floor(np.nan_to_num(at)), 0, bars - 1).astype(np.int64)
    given = ~np.isnan(share)
    row = np.broadcast_to(np.arange(len(share))[:, None], share.shape)
    flat = np.bincount((row * bars + bar)[given], minlength=len(share) * bars)
    counts: _Counts = flat.reshape(len(share), bars).astype(np.int64)
    return counts
