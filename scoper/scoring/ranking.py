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
    complete = rounded[~np.isnan(rounded)]
    ascending = np.sort(complete)
    better = complete.size - np.searchsorted(ascending, rounded, side="right")
    return np.where(np.isnan(rounded), 0, better + 1).astype(np.int64)


def rank_order(scores: Array, tie_break: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the rows from best to worst, those without a score last.

    Args:
        scores: shape (alternatives,), NaN where incomplete.
        tie_break: position of each row in the order of keys; settles ties and is never a rank.
    """
    rounded = np.round(scores, DECIMALS)
    return np.lexsort((tie_break, np.nan_to_num(-rounded, nan=np.inf)))
