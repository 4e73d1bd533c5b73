"""Rank-reversal tests for any method (Wang & Triantaphyllou 2008).

1. The best must stay the best when another alternative is replaced by a worse one.
2. Rankings of two alternatives at a time must be transitive.
3. Put together, they must give the ranking of the whole list.

A method whose scores do not depend on the list passes all three.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.ranking import DECIMALS, competition_rank
from scoper.scoring.sensitivity.linear import Rows
from scoper.scoring.sensitivity.steps import Score
from scoper.terms import Dimension

WORSENED: Final = 0.1
"""How much worse a replacement is on every criterion, as a share of the scale."""

LISTED: Final = 40
"""Most alternatives taken into tests 2 and 3, the best ones: all pairs of them are scored."""

REPLACED: Final = 200
"""Most alternatives replaced in test 1, evenly spread over the list."""


@dataclass(frozen=True, slots=True)
class ReversalTest:
    """What one of the tests found.

    ``checked`` counts what was tried: replacements, or pairs. ``example`` holds the rows of the
    first failure, empty when there is none: the one replaced and the one that leads then; three
    rows of which the first is not above the third though it should be; or two rows that the
    list and the pair put in different order.
    """

    number: int
    passed: bool
    checked: int
    example: tuple[int, ...] = ()


def rank_reversal_tests(
    matrix: Matrix, score: Score
) -> tuple[ReversalTest, ReversalTest, ReversalTest]:
    """Test a method on a list of alternatives; incomplete ones are left out.

    With many alternatives test 1 replaces ``REPLACED`` of them, and tests 2 and 3 compare the
    best ``LISTED``; ``checked`` says how many that were.
    """
    scores = score(matrix)
    rows = np.flatnonzero(~np.isnan(scores))
    whole = _part(matrix, rows)
    ranks = competition_rank(score(whole))
    listed = np.argsort(ranks, kind="stable")[:LISTED]
    above = _pairwise(whole, score, listed)
    return (
        _replacing(whole, score, ranks, rows),
        _transitive(above, rows[listed]),
        _consistent(above, ranks[listed], rows[listed]),
    )


def _replacing(matrix: Matrix, score: Score, ranks: NDArray[np.int64], rows: Rows) -> ReversalTest:
    others = np.flatnonzero(ranks > 1)
    if len(others) > REPLACED:
        others = others[np.linspace(0, len(others) - 1, REPLACED).astype(np.intp)]
    best = ranks == 1
    worse = _worsened(matrix)
    for count, other in enumerate(others, start=1):
        values = matrix.values.copy()
        values[other] = worse[other]
        now = competition_rank(score(Matrix(values, matrix.weights, matrix.dimensions))) == 1
        if (now != best).any():
            leads = int(np.flatnonzero(now)[0]) if now.any() else int(other)
            return ReversalTest(1, False, count, (int(rows[other]), int(rows[leads])))
    return ReversalTest(1, True, len(others))


def _transitive(above: NDArray[np.bool_], rows: Rows) -> ReversalTest:
    """Test that at least as good as at least as good is at least as good."""
    least = ~above.T
    steps = least.astype(np.int64)
    broken = np.argwhere(((steps @ steps) > 0) & ~least)
    if not broken.size:
        return ReversalTest(2, True, _pairs(rows))
    first, last = (int(place) for place in broken[0])
    between = int(np.flatnonzero(least[first] & least[:, last])[0])
    example = (int(rows[first]), int(rows[between]), int(rows[last]))
    return ReversalTest(2, False, _pairs(rows), example)


def _consistent(above: NDArray[np.bool_], ranks: NDArray[np.int64], rows: Rows) -> ReversalTest:
    expected = ranks[:, None] < ranks
    broken = np.argwhere(expected != above)
    example = tuple(int(rows[place]) for place in broken[0]) if broken.size else ()
    return ReversalTest(3, not broken.size, _pairs(rows), example)


def _pairwise(matrix: Matrix, score: Score, rows: Rows) -> NDArray[np.bool_]:
    """Return which rows score above which when only the two of them are in the list."""
    above = np.zeros((len(rows), len(rows)), dtype=np.bool_)
    for first in range(len(rows)):
        for second in range(first + 1, len(rows)):
            pair = np.round(score(_part(matrix, rows[[first, second]])), DECIMALS)
            above[first, second] = pair[0] > pair[1]
            above[second, first] = pair[1] > pair[0]
    return above


def _worsened(matrix: Matrix) -> Array:
    """Return every alternative made worse on each criterion: risks up, the others down."""
    signs = np.array([1.0 if d is Dimension.RISK else -1.0 for d in matrix.dimensions])
    return np.clip(matrix.values + signs * WORSENED, 0.0, 1.0)


def _part(matrix: Matrix, rows: Rows) -> Matrix:
    return Matrix(matrix.values[rows], matrix.weights, matrix.dimensions)


def _pairs(rows: Rows) -> int:
    return len(rows) * (len(rows) - 1) // 2
