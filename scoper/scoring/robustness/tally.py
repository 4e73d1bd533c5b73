"""Counts who came where, draw by draw, in memory that does not grow with the draws."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.matrix import Array
from scoper.scoring.ranking import DECIMALS

Rows = NDArray[np.intp]
Small = NDArray[np.uint32]
Whole = NDArray[np.int64]

_KEY_BITS = 62
_UNIT = 10.0**DECIMALS


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """The orders of several draws, best first.

    ``row`` holds the alternative at each place and ``score`` its score, by alternative; both of
    shape (draws, alternatives). ``tied`` tells whether the alternative at a place shares its
    rounded score with the next, shape (draws, alternatives − 1).
    """

    row: Small
    score: Array
    tied: NDArray[np.bool_]


def orders(scores: Array) -> Orders:
    """Order each row of ``scores``, rounded to ``DECIMALS`` so that ties are ties.

    The rounded score, as a whole number below the best, and the number of its alternative share
    64 bits and are sorted together; scores that lie too far apart for that are sorted by argsort.
    """
    size = scores.shape[1]
    bits = max(1, (size - 1).bit_length())
    level = _rounded(scores)
    best, worst = level.max(), level.min()
    if max(best, -worst, best - worst) < 2.0 ** (_KEY_BITS - bits):
        key = level.astype(np.int64)
        np.subtract(np.int64(best), key, out=key)
        key <<= bits
        key |= np.arange(size)
        key.sort(axis=1)
        tied = (key[:, 1:] ^ key[:, :-1]) < 1 << bits
        key &= (1 << bits) - 1
        return Orders(key.astype(np.uint32), scores, tied)
    row = np.argsort(-level, axis=1, kind="stable")
    ordered = np.take_along_axis(level, row, axis=1)
    return Orders(row.astype(np.uint32), scores, ordered[:, 1:] == ordered[:, :-1])


def _rounded(scores: Array) -> Array:
    whole: Array = scores * _UNIT
    return np.rint(whole, out=whole)


class Tally:
    """Sums over draws: places, weights that make first, and who is ahead of whom.

    ``count`` is for whole numbers, whose sums are the same in any order; ``add`` for the others.
    """

    def __init__(self, alternatives: int, criteria: int, rivals: Rows) -> None:
        self._size = alternatives
        self._lock = Lock()
        self._places = np.zeros(alternatives * alternatives, dtype=np.int32)
        self._shared: Array | None = None
        self._times = np.zeros(alternatives, dtype=np.int64)
        self._share, self._share_squared = np.zeros((2, alternatives))
        self._first, self._cross, self._squares = np.zeros((3, criteria, alternatives))
        self._rivals = rivals
        self._ahead = np.zeros((len(rivals), len(rivals)), dtype=np.int64)

    def count(self, found: Orders) -> None:
        """Count who held a place alone and who was ahead; any thread may, in any order."""
        cells = found.row + np.arange(self._size, dtype=np.uint32) * np.uint32(self._size)
        if found.tied.any():
            held = cells[_alone(found)].astype(np.intp)
        else:  # place by place: each run of counts stays within a short stretch of memory
            held = cells.T.astype(np.intp, order="C").ravel()
        ahead = _ahead(_rounded(found.score[:, self._rivals]))
        with self._lock:
            np.add.at(self._places, held, np.int32(1))
            self._ahead += ahead

    def add(self, found: Orders, weights: Array) -> None:
        """Add who shared a place, and the weights (draws, criteria) of who was first, in turn.

        One draw after another, so that no sum depends on how many are added at a time.
        """
        if found.tied.any():
            self._add_tied(found, weights)
        else:
            self._add_first(found.row[:, 0], weights, np.ones(len(weights)))

    def acceptability(self, draws: int) -> Array:
        """Return b: the share of draws in which each alternative held each rank.

        Shape (alternatives, ranks). Alternatives that tie over k ranks hold 1/k of each.
        """
        places = self._places.reshape(self._size, self._size)
        if self._shared is None:
            return (places / draws).T
        counts, self._shared = self._shared[:-1], None
        for rank in range(1, self._size):
            counts[rank] += counts[rank - 1]
        for own, alone in zip(counts, places, strict=True):
            own[:] = (np.round(own, DECIMALS) + alone) / draws
        return counts.T

    def central_weights(self, *, weighed: bool) -> tuple[Array, Array]:
        """Return the mean weights under which each alternative is first, and its standard error.

        NaN where it never is, or unless ``weighed``; the error also where it is only once. Each of
        shape (alternatives, criteria). The error is that of a ratio of sums (Cochran 1977).
        """
        if not weighed:
            blank = np.full(self._first.T.shape, np.nan)
            return blank, blank
        total = np.where(self._times > 0, self._share, np.nan)
        mean: Array = self._first / total
        spread = self._squares - 2 * mean * self._cross + mean**2 * self._share_squared
        often = np.where(self._times > 1, self._times, np.nan)
        error: Array = np.sqrt(np.maximum(spread, 0.0) * often / (often - 1)) / total
        return mean.T, error.T

    def winning(self, draws: int) -> tuple[Array, Array]:
        """Return the share of draws in which the row's rival is ahead, and its standard error.

        A tie counts half; on the diagonal 0.5. Each of shape (rivals, rivals).
        """
        ahead = self._ahead / draws
        level = 1 - ahead - ahead.T
        share: Array = ahead + level / 2
        error: Array = np.sqrt(np.maximum(ahead + level / 4 - share**2, 0.0) / draws)
        return share, error

    def _add_first(self, row: Small, weights: Array, part: Array) -> None:
        """Add who held which part of being first, and the weights that brought it about."""
        np.add.at(self._times, row, 1)
        np.add.at(self._share, row, part)
        np.add.at(self._share_squared, row, part**2)
        for criterion, column in enumerate(weights.T):
            own = part * column
            np.add.at(self._first[criterion], row, own)
            np.add.at(self._cross[criterion], row, part * own)
            np.add.at(self._squares[criterion], row, own**2)

    def _add_tied(self, found: Orders, weights: Array) -> None:
        draws, size = found.row.shape
        opens = np.ones((draws, size), dtype=np.bool_)
        np.logical_not(found.tied, out=opens[:, 1:])
        start = np.flatnonzero(opens)
        length = np.diff(start, append=draws * size)
        together = ~_alone(found).ravel()
        place = np.repeat(start % size, length)[together]
        count = np.repeat(length, length)[together]
        self._share_places(found.row.ravel()[together], place, count)
        sharing = length[start % size == 0]
        leads = np.arange(size) < sharing[:, None]
        self._add_first(
            found.row[leads],
            np.repeat(weights, sharing, axis=0),
            np.repeat(1 / sharing, sharing),
        )

    def _share_places(self, row: Small, place: Rows, count: Rows) -> None:
        """Note from where to where each row holds 1/count of a place."""
        if self._shared is None:
            self._shared = np.zeros((self._size + 1, self._size))
        ends = np.stack((place, place + count), axis=1)
        part = np.stack((1 / count, -1 / count), axis=1)
        np.add.at(self._shared, (ends.ravel(), np.repeat(row, 2)), part.ravel())


def _alone(found: Orders) -> NDArray[np.bool_]:
    """Return which places are held by one alternative alone, shape (draws, alternatives)."""
    alone = np.ones(found.row.shape, dtype=np.bool_)
    alone[:, :-1] &= ~found.tied
    alone[:, 1:] &= ~found.tied
    return alone


def _ahead(level: Array) -> Whole:
    """Return in how many draws the row's rival is ahead of the column's."""
    ahead = np.zeros((level.shape[1],) * 2, dtype=np.int64)
    for rival, own in enumerate(level.T):
        ahead[rival] = (own[:, None] > level).sum(axis=0)
    return ahead
