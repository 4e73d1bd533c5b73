"""From the ratings of many to the value of the group, against independent calculations."""

from __future__ import annotations

import math
import random
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.scoring.group import TRIM, aggregate, scale
from scoper.scoring.matrix import Array
from scoper.terms import Aggregation

MEAN, MEDIAN, TRIMMED = Aggregation.MEAN, Aggregation.MEDIAN, Aggregation.TRIMMED
NOTHING = float("nan")

value = st.floats(0, 1)
entry = st.one_of(value, st.just(NOTHING))
how = st.sampled_from(Aggregation)


def combined(votes: list[float], how: Aggregation, weights: list[float] | None = None) -> float:
    """Return the group's value of one use case on one criterion."""
    cube: Array = np.array(votes, dtype=np.float64).reshape(1, 1, -1)
    voices = np.ones(len(votes)) if weights is None else np.array(weights, dtype=np.float64)
    return float(aggregate(cube, voices, how)[0, 0])


def trimmed_by_hand(votes: list[float]) -> float:
    ordered = sorted(votes)
    drop = len(ordered) // 5
    return statistics.fmean(ordered[drop : len(ordered) - drop])


def median_by_hand(votes: list[float], weights: list[int]) -> float:
    """Return the weighted median: whole weights are as many equal voices."""
    return statistics.median(v for v, w in zip(votes, weights, strict=True) for _ in range(w))


# ---------------------------------------------------------------- against oracles


@given(st.lists(value, min_size=1, max_size=12))
def test_mean_and_median_agree_with_the_standard_library(votes: list[float]) -> None:
    assert combined(votes, MEAN) == pytest.approx(statistics.fmean(votes), abs=1e-12)
    assert combined(votes, MEDIAN) == pytest.approx(statistics.median(votes), abs=1e-12)


@given(st.lists(value, min_size=1, max_size=23))
def test_trimmed_mean_drops_a_fifth_at_each_end(votes: list[float]) -> None:
    assert TRIM == 0.2
    assert combined(votes, TRIMMED) == pytest.approx(trimmed_by_hand(votes), abs=1e-12)


@given(st.lists(st.tuples(value, st.floats(0.001, 1000)), min_size=1, max_size=9))
def test_weighted_mean_agrees_with_numpy(votes: list[tuple[float, float]]) -> None:
    numbers, weights = ([pair[side] for pair in votes] for side in (0, 1))
    assert combined(numbers, MEAN, weights) == pytest.approx(
        float(np.average(numbers, weights=weights)), abs=1e-12
    )


@given(st.lists(st.tuples(value, st.integers(1, 5)), min_size=1, max_size=9))
def test_a_voice_of_weight_three_counts_as_three_in_the_median(
    votes: list[tuple[float, int]],
) -> None:
    numbers, weights = [v for v, _ in votes], [w for _, w in votes]
    assert combined(numbers, MEDIAN, [float(w) for w in weights]) == pytest.approx(
        median_by_hand(numbers, weights), abs=1e-12
    )


@pytest.mark.parametrize("factor", [1e-15, 0.1, 1e6])
def test_only_the_proportions_of_voices_count(factor: float) -> None:
    weights = [factor * w for w in (3, 1, 1)]
    assert combined([0.25, 0.5, 1.0], MEDIAN, weights) == 0.25
    assert combined([0.25, 0.5, 1.0], MEAN, weights) == pytest.approx(0.45)


def test_weighted_median_is_the_midpoint_where_half_the_weight_is_met_exactly() -> None:
    assert combined([0.0, 0.5, 1.0], MEDIAN, [0.1, 0.2, 0.3]) == 0.75


def test_trimmed_mean_weighs_the_ratings_it_keeps() -> None:
    assert combined([0.0, 0.25, 0.5, 0.75, 1.0], TRIMMED, [9, 2, 1, 1, 9]) == pytest.approx(
        (2 * 0.25 + 0.5 + 0.75) / 4
    )


# ---------------------------------------------------------------- missing and abstained


@given(st.lists(entry, min_size=1, max_size=9), how)
def test_missing_ratings_and_abstentions_are_left_out(votes: list[float], how: Aggregation) -> None:
    given_votes = [v for v in votes if not math.isnan(v)]
    if given_votes:
        assert combined(votes, how) == pytest.approx(combined(given_votes, how), abs=1e-12)
    else:
        assert np.isnan(combined(votes, how))


@given(st.lists(value, min_size=1, max_size=9), value, how)
def test_a_participant_of_weight_zero_does_not_count(
    votes: list[float], other: float, how: Aggregation
) -> None:
    with_silent = combined([other, *votes], how, [0.0, *[1.0] * len(votes)])
    assert with_silent == pytest.approx(combined(votes, how), abs=1e-12)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("way", list(Aggregation))
def test_nobody_rating_gives_no_value_and_no_warning(way: Aggregation) -> None:
    assert np.isnan(combined([NOTHING, NOTHING], way))
    assert np.isnan(combined([0.5, 0.5], way, [0, 0]))
    assert np.isnan(aggregate(np.empty((2, 3, 0)), np.empty(0), way)).all()
    assert aggregate(np.empty((0, 3, 2)), np.ones(2), way).shape == (0, 3)


@given(st.lists(value, min_size=1, max_size=9), how)
def test_the_group_never_leaves_the_range_of_its_ratings(
    votes: list[float], how: Aggregation
) -> None:
    together = combined(votes, how)
    assert min(votes) - 1e-12 <= together <= max(votes) + 1e-12


@given(st.lists(entry, min_size=1, max_size=9), how, st.randoms(use_true_random=False))
def test_the_order_of_participants_does_not_matter(
    votes: list[float], how: Aggregation, shuffler: random.Random
) -> None:
    shuffled = list(votes)
    shuffler.shuffle(shuffled)
    assert combined(shuffled, how) == pytest.approx(combined(votes, how), nan_ok=True, abs=1e-12)


# ---------------------------------------------------------------- scale


@pytest.mark.parametrize(
    ("rating", "low", "high", "expected"),
    [(1, 1, 5, 0), (3, 1, 5, 0.5), (5, 1, 5, 1), (30, 0, 120, 0.25), (-5, -10, 10, 0.25)],
)
def test_a_rating_is_placed_between_the_fixed_ends(
    rating: float, low: float, high: float, expected: float
) -> None:
    values, outside = scale(np.array([[[rating]]]), np.array([low]), np.array([high]))
    assert values[0, 0, 0] == expected
    assert not outside.any()


def test_ratings_outside_the_scale_are_clipped_and_reported() -> None:
    values, outside = scale(
        np.array([[[0.0, 6.0, 3.0, NOTHING]]]), np.array([1.0]), np.array([5.0])
    )
    assert values[0, 0, :3].tolist() == [0.0, 1.0, 0.5]
    assert np.isnan(values[0, 0, 3])
    assert outside[0, 0].tolist() == [True, True, False, False]
