"""Counts who came where, draw by draw, in memory that does not grow with the draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.matrix import Array
from scoper.scoring.ranking import DECIMALS

Whole = NDArray[np.int64]
Rows = NDArray[np.intp]

_KEY_BITS = 62


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """The orders of several draws, best first.

    ``row`` holds the alternative at each place and ``level`` its rounded score, lower is better,
    by alternative; both of shape (draws, alternatives). ``tied`` tells whether the alternative
    at a place shares its score with the one before, shape (draws, alternatives − 1).
    """

    row: Whole
    level: Whole
    tied: NDArray[np.bool_]


def orders(scores: Array) -> Orders:
    """Order each row of ``scores``, rounded to ``DECIMALS`` so that ties are ties.

    A rounded score and the number of its alternative are packed into one whole number, so that
    one sort in place gives both order and ties. Overwrites ``scores``.
    """
    bits = max(1, (scores.shape[1] - 1).bit_length())
    level = _levels(scores, most=1 << (_KEY_BITS - bits))
    key = level << bits
    key |= np.arange(scores.shape[1])
    key.sort(axis=1)
    mask = (1 << bits) - 1
    tied = (key[:, 1:] ^ key[:, :-1]) <= mask
    key &= mask
    return Orders(key, level, tied)


def _levels(scores: Array, most: int) -> Whole:
    """Return whole numbers from 0, lower is better, equal where rounded scores are."""
    scores *= -(10.0**DECIMALS)
    np.rint(scores, out=scores)
    scores -= scores.min()
    if scores.max() < most:
        return scores.astype(np.int64)
    return np.unique(scores, return_inverse=True)[1].reshape(scores.shape).astype(np.int64)


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
        counts: Array = self._places.reshape(self._size, self._size).T.astype(np.float64)
        if self._shared is not None:
            counts += np.round(np.cumsum(self._shared[:, :-1], axis=1), DECIMALS)
        counts /= draws
        return counts

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

    def _add_first(self, row: Rows, weights: Array) -> None:
        for criterion, column in enumerate(weights.T):
            self._first[criterion] += np.bincount(row, weights=column, minlength=self._size)

    def _add_ahead(self, level: Whole) -> None:
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
            self._shared = np.zeros((size, size + 1))
        np.add.at(self._shared, (row, place), 1 / count)
        np.add.at(self._shared, (row, place + count), -1 / count)
        self._add_tied_first(found.row, length[start % size == 0], weights)

    def _add_tied_first(self, row: Whole, sharing: Rows, weights: Array) -> None:
        leads = np.arange(self._size) < sharing[:, None]
        part = np.repeat(weights / sharing[:, None], sharing, axis=0)
        self._add_first(row[leads], part)
