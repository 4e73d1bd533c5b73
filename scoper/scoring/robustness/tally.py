"""Counts who came where, draw by draw, in memory that does not grow with the draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.matrix import Array
from scoper.scoring.ranking import DECIMALS

Whole = NDArray[np.int64]
Rows = NDArray[np.intp]
Small = NDArray[np.uint32]

_KEY_BITS = 32


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """The orders of several draws, best first.

    ``row`` holds the alternative at each place and ``level`` its rounded score, lower is better,
    by alternative; both of shape (draws, alternatives). ``tied`` tells whether the alternative
    at a place shares its score with the next, shape (draws, alternatives − 1).
    """

    row: Small
    level: Array
    tied: NDArray[np.bool_]


def orders(scores: Array) -> Orders:
    """Order each row of ``scores``, rounded to ``DECIMALS`` so that ties are ties.

    A coarse score and the number of its alternative are packed into 32 bits and sorted in place;
    neighbours that this cannot tell apart are then compared exactly. Overwrites ``scores``.
    """
    scores *= -(10.0**DECIMALS)
    level = np.rint(scores, out=scores)
    size = level.shape[1]
    bits = max(1, (size - 1).bit_length())
    low, high = level.min(), level.max()
    steps = (1 << (_KEY_BITS - bits)) - 2
    coarse = level - low
    coarse *= steps / (high - low) if high > low else 0.0
    key = coarse.astype(np.uint32)
    key <<= np.uint32(bits)
    key |= np.arange(size, dtype=np.uint32)
    key.sort(axis=1)
    mask = np.uint32((1 << bits) - 1)
    near = (key[:, 1:] ^ key[:, :-1]) <= mask
    key &= mask
    found = Orders(key, level, near)
    if near.any():
        _settle(found)
    return found


def _settle(found: Orders) -> None:
    """Put neighbours with equal coarse scores in their exact order, and keep the true ties."""
    row, level, tied = found.row, found.level, found.tied
    crowded = np.flatnonzero((tied[:, 1:] & tied[:, :-1]).any(axis=1))
    draw, place = np.divmod(np.flatnonzero(tied), tied.shape[1])
    first, second = row[draw, place], row[draw, place + 1]
    ahead, behind = level[draw, first], level[draw, second]
    swap = ahead > behind
    row[draw[swap], place[swap]], row[draw[swap], place[swap] + 1] = second[swap], first[swap]
    tied[draw, place] = ahead == behind
    if crowded.size:
        order = np.argsort(level[crowded], axis=1, kind="stable")
        row[crowded] = order
        ordered = np.take_along_axis(level[crowded], order, axis=1)
        tied[crowded] = ordered[:, 1:] == ordered[:, :-1]


class Tally:
    """Sums over draws: places, weights that make first, and who is ahead of whom."""

    def __init__(self, alternatives: int, criteria: int, rivals: Rows) -> None:
        self._size = alternatives
        self._places = np.zeros(alternatives * alternatives, dtype=np.int32)
        self._shared: Array | None = None
        self._first = np.zeros((criteria, alternatives))
        self._rivals = rivals
        self._ahead = np.zeros((len(rivals), len(rivals)), dtype=np.int64)

    def add(self, found: Orders, weights: Array) -> None:
        """Count the orders of some draws, which had these ``weights`` (draws, criteria)."""
        if found.tied.any():
            self._add_tied(found, weights)
        else:
            self._add_places(found.row + np.arange(self._size) * self._size)
            self._add_first(found.row[:, 0], weights)
        if self._rivals.size:
            self._add_ahead(found.level[:, self._rivals])

    def acceptability(self, draws: int) -> Array:
        """Return b: the share of draws in which each alternative held each rank.

        Shape (alternatives, ranks). Alternatives that tie over k ranks hold 1/k of each.
        """
        counts: Array = self._places.reshape(self._size, self._size).astype(np.float64)
        if self._shared is not None:
            counts += np.round(np.cumsum(self._shared[:-1], axis=0), DECIMALS)
        counts /= draws
        return counts.T

    def central_weights(self, first: Array, draws: int) -> Array:
        """Return the mean weights under which each alternative is first; NaN where never.

        ``first`` is b at rank 1. Shape (alternatives, criteria).
        """
        total = np.where(first > 0, first * draws, np.nan)
        mean: Array = self._first.T / total[:, None]
        return mean

    def winning(self, draws: int) -> Array:
        """Return the share of draws in which the row's rival is ahead of the column's.

        A tie counts half; on the diagonal 0.5. Shape (rivals, rivals).
        """
        share: Array = self._ahead / (2 * draws)
        return share

    def _add_places(self, cells: Whole) -> None:
        np.add.at(self._places, cells.ravel(), np.int32(1))

    def _add_first(self, row: Small, weights: Array) -> None:
        for criterion, column in enumerate(weights.T):
            self._first[criterion] += np.bincount(row, weights=column, minlength=self._size)

    def _add_ahead(self, level: Array) -> None:
        for rival, own in enumerate(level.T):
            self._ahead[rival] += (own[:, None] < level).sum(axis=0)
            self._ahead[rival] += (own[:, None] <= level).sum(axis=0)

    def _add_tied(self, found: Orders, weights: Array) -> None:
        draws, size = found.row.shape
        opens = np.ones((draws, size), dtype=np.bool_)
        np.logical_not(found.tied, out=opens[:, 1:])
        start = np.flatnonzero(opens)
        length = np.diff(start, append=draws * size)
        alone = np.repeat(length == 1, length).reshape(draws, size)
        self._add_places((found.row + np.arange(size) * size)[alone])
        together = ~alone.ravel()
        row = found.row.ravel()[together]
        place = np.repeat(start % size, length)[together]
        count = np.repeat(length, length)[together]
        if self._shared is None:
            self._shared = np.zeros((size + 1, size))
        np.add.at(self._shared, (place, row), 1 / count)
        np.add.at(self._shared, (place + count, row), -1 / count)
        self._add_tied_first(found.row, length[start % size == 0], weights)

    def _add_tied_first(self, row: Small, sharing: Rows, weights: Array) -> None:
        leads = np.arange(self._size) < sharing[:, None]
        part = np.repeat(weights / sharing[:, None], sharing, axis=0)
        self._add_first(row[leads], part)
