"""Rank-reversal tests: methods known to pass, and published ways to fail each of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.scoring.balanced import balanced
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.sensitivity import Score, rank_reversal_tests
from scoper.scoring.sensitivity.reversal import LISTED, REPLACED
from scoper.terms import Dimension
from tests.support import assumed, matrix


def benefits(rows: list[list[float]]) -> Matrix:
    """Return values on equally weighted criteria of which more is better."""
    values = np.array(rows)
    return Matrix(values, np.ones(values.shape[1]), (Dimension.IMPACT,) * values.shape[1])


def by_sum(m: Matrix) -> Array:
    """Score by shares of the column sums, as in the classic AHP."""
    totals = m.values.sum(axis=0)
    scores: Array = (m.values / np.where(totals > 0, totals, 1)).mean(axis=1)
    return scores


def by_range(m: Matrix) -> Array:
    """Score by places between the ends found in the list."""
    low, high = m.values.min(axis=0), m.values.max(axis=0)
    scores: Array = ((m.values - low) / np.where(high > low, high - low, 1)).mean(axis=1)
    return scores


def by_duels(m: Matrix) -> Array:
    """Score by the number of alternatives beaten on most criteria (Copeland)."""
    wins = (m.values[:, None] > m.values).sum(axis=2)
    scores: Array = (wins > wins.T).sum(axis=1) - (wins < wins.T).sum(axis=1).astype(np.float64)
    return scores


def passed(m: Matrix, score: Score) -> list[bool]:
    return [test.passed for test in rank_reversal_tests(m, score)]


@given(
    st.lists(st.lists(st.integers(0, 8), min_size=3, max_size=3), min_size=1, max_size=7),
    st.integers(0, 3),
)
def test_the_balanced_metric_passes_on_any_list(rows: list[list[int]], aversion: int) -> None:
    at = assumed(risk_aversion=aversion)
    m = matrix([[value / 8 for value in row] for row in rows])
    assert passed(m, lambda other: balanced(other, at).score) == [True] * 3


def test_a_worse_alternative_makes_another_the_best_when_ends_come_from_the_list() -> None:
    rows = [[0.6, 0.0], [0.7, 0.1], [0.6, 0.9]]
    first, _, _ = rank_reversal_tests(benefits(rows), by_range)
    assert not first.passed
    assert first.example == (0, 2)


def test_belton_and_gear_reverse_the_ahp() -> None:
    """A leads B in a list with a copy of B, and B leads A without it (Belton & Gear 1983)."""
    rows = np.array([[1, 9, 8], [9, 1, 9], [1, 1, 1], [9, 1, 9]]) / 9
    scores = by_sum(benefits(rows.tolist()))
    assert scores == pytest.approx([0.37, 0.29, 0.06, 0.29], abs=6e-3)
    _, second, third = rank_reversal_tests(benefits(rows.tolist()), by_sum)
    assert second.passed
    assert not third.passed
    assert third.example == (0, 1)


def test_majorities_go_round_in_circles() -> None:
    """The paradox of Condorcet (1785): each beats the next on two criteria of three."""
    circle = [[0.9, 0.5, 0.1], [0.5, 0.1, 0.9], [0.1, 0.9, 0.5]]
    _, second, third = rank_reversal_tests(benefits(circle), by_duels)
    assert not second.passed
    assert not third.passed
    a, b, c = second.example
    duel = {(x, y): by_duels(benefits([circle[x], circle[y]]))[0] for x, y in ((a, b), (b, c))}
    assert all(won >= 0 for won in duel.values())
    assert by_duels(benefits([circle[a], circle[c]]))[0] < 0


def test_incomplete_alternatives_are_left_out_and_rows_are_those_of_the_list() -> None:
    nan = float("nan")
    rows = [[nan, 0.5], [0.6, 0.0], [nan, nan], [0.7, 0.1], [0.6, 0.9]]

    def score(m: Matrix) -> Array:
        whole = ~np.isnan(m.values).any(axis=1)
        scores = np.full(len(m.values), nan)
        scores[whole] = by_range(benefits(m.values[whole].tolist()))
        return scores

    first, second, third = rank_reversal_tests(benefits(rows), score)
    assert first.example == (1, 4)
    assert second.checked == third.checked == 3


@pytest.mark.parametrize("rows", [[], [[0.5, 0.5, 0.5]], [[0.5, 0.5, 0.5]] * 3])
def test_lists_with_nothing_to_reverse_pass(rows: list[list[float]]) -> None:
    m = Matrix(np.array(rows).reshape(-1, 3), np.ones(3), matrix([[0, 0, 0]]).dimensions)
    assert passed(m, lambda other: balanced(other, assumed()).score) == [True] * 3


def test_long_lists_are_checked_in_part_and_say_so() -> None:
    values = np.random.default_rng(1).random((REPLACED + 50, 3))
    first, second, third = rank_reversal_tests(
        matrix(values.tolist()), lambda other: balanced(other, assumed()).score
    )
    assert first.checked == REPLACED
    assert second.checked == third.checked == LISTED * (LISTED - 1) // 2
