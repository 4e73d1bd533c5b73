"""How far two rankings agree."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.matrix import Array


def kendall_tau_b(one: Array, other: Array) -> float | None:
    """Return Kendall's τ-b of two rankings (Kendall 1945), in [−1, 1].

    1 where both order all pairs alike, −1 where they order them the other way round; ties count
    for neither. Takes n·log n steps.

    Args:
        one: shape (alternatives,), ranks or scores without NaN.
        other: the same of the other ranking.

    Returns:
        None where it is undefined: fewer than two alternatives, or a ranking that ties them all.
    """
    first = np.unique(one, return_inverse=True)[1].astype(np.int64)
    second = np.unique(other, return_inverse=True)[1].astype(np.int64)
    size = len(first)
    pairs = size * (size - 1) // 2
    tied_first, tied_second = _tied(first), _tied(second)
    if pairs in (tied_first, tied_second):
        return None
    tied_both = _tied(first * (int(second.max()) + 1) + second)
    discordant = _inversions(second[np.lexsort((second, first))])
    concordant = pairs - tied_first - tied_second + tied_both - discordant
    untied = math.sqrt((pairs - tied_first) * (pairs - tied_second))
    return max(-1.0, min(1.0, (concordant - discordant) / untied))


def _tied(codes: NDArray[np.int64]) -> int:
    counts = np.unique(codes, return_counts=True)[1].astype(np.int64)
    return int((counts * (counts - 1) // 2).sum())


def _inversions(codes: NDArray[np.int64]) -> int:
    """Return how many pairs stand in falling order, by merging ever longer sorted runs."""
    size = 1 << max(0, len(codes) - 1).bit_length()
    top = int(codes.max()) + 1
    runs = np.full(size, top, dtype=np.int64)
    runs[: len(codes)] = codes
    found, width = 0, 1
    while width < size:
        halves = runs.reshape(-1, 2, width)
        # Each pair of runs is lifted above the one before, so that one search serves all.
        lift = np.arange(len(halves), dtype=np.int64)[:, None] * (top + 1)
        left, right = halves[:, 0] + lift, halves[:, 1] + lift
        smaller = np.searchsorted(left.ravel(), right.ravel(), side="right").reshape(right.shape)
        ends = (np.arange(len(halves), dtype=np.int64)[:, None] + 1) * width
        found += int((ends - smaller).sum())
        width *= 2
        runs = np.sort(runs.reshape(-1, width), axis=1).ravel()
    return found
