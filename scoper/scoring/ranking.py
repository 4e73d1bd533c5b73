"""From scores to ranks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.matrix import Array

DECIMALS = 9
"""Scores that agree to this many decimals are tied."""


def competition_rank(scores: Array) -> NDArray[np.int64]:
    """Return 1224 competition ranks, best score first; 0 where the score is NaN (no rank).

    Scores are rounded to ``DECIMALS`` first, so that ties are ties whatever the machine.
    """
    rounded = np.round(scores, DECIMALS)
    ascending = np.argsort(rounded)
    ordered = rounded[ascending]
    complete = rounded.size - np.count_nonzero(np.isnan(ordered))
    # Of those that share a score, the last in ascending order says how many are better.
    last = np.empty(rounded.size, dtype=np.bool_)
    last[-1:] = True
    np.not_equal(ordered[1:], ordered[:-1], out=last[:-1])
    ends = np.flatnonzero(last)
    better = complete - 1 - ends.repeat(np.diff(ends, prepend=-1))
    ranks = np.empty(rounded.size, dtype=np.int64)
    ranks[ascending] = np.maximum(better + 1, 0)
    return ranks


def beyond(scores: Array, mark: float) -> Array:
    """Return by how much scores exceed a mark, 0 where they agree as finely as ranks ask."""
    return np.round(scores - mark, DECIMALS)


def rank_order(scores: Array, tie_break: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the rows from best to worst, those without a score last.

    Args:
        scores: shape (alternatives,), NaN where incomplete.
        tie_break: position of each row in the order of keys; settles ties and is never a rank.
    """
    rounded = np.round(scores, DECIMALS)
    return np.lexsort((tie_break, np.nan_to_num(-rounded, nan=np.inf)))
