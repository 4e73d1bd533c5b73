"""Kendall's τ-b against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from scoper.scoring.correlation import kendall_tau_b


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=70))
def test_tau_b_equals_scipy_with_ties(pairs: list[tuple[int, int]]) -> None:
    one, other = np.array(pairs, dtype=np.float64).T
    found = kendall_tau_b(one, other)
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(float(kendalltau(one, other).statistic), abs=1e-9)


def test_tau_b_of_long_rankings_equals_scipy() -> None:
    random = np.random.default_rng(1945)
    one = random.permutation(5_000).astype(np.float64)
    other = np.round(one + random.normal(0, 900, 5_000), -2)
    expected = float(kendalltau(one, other).statistic)
    assert kendall_tau_b(one, other) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1, 2, 3], [10, 20, 30], 1),
        ([1, 2, 3], [30, 20, 10], -1),
        ([1, 2, 2, 4], [1, 2, 2, 4], 1),
    ],
)
def test_rankings_alike_and_reversed(one: list[float], other: list[float], expected: float) -> None:
    assert kendall_tau_b(np.array(one), np.array(other)) == expected


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_tau_b_is_undefined_for_fewer_than_two_or_all_tied(rows: int) -> None:
    assert kendall_tau_b(np.ones(rows), np.arange(rows, dtype=np.float64)) is None
