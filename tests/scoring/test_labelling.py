"""What labelling costs, and how far majorities can be trusted."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from scoper.errors import InvalidInput
from scoper.scoring.labelling import labelling, majority_accuracy, pair_agreement

share = st.floats(0, 1)
few = st.integers(1, 40)


@pytest.mark.parametrize(
    ("job", "hours", "cost"),
    [
        ((1_000, 3, 2.0, 30.0), 100.0, 3_000.0),
        ((1_000, 3, 2.0, 30.0, 0.1), 110.0, 3_300.0),
        ((400, 1, 1.5, 65.0, 1.0), 20.0, 1_300.0),
        ((0, 2, 5.0, 40.0, 0.5), 0.0, 0.0),
    ],
)
def test_hours_and_cost(job: Any, hours: float, cost: float) -> None:
    found = labelling(*job)
    assert found.labels == job[0] * job[1]
    assert found.hours == pytest.approx(hours, abs=1e-9)
    assert found.cost == pytest.approx(cost, abs=1e-9)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("items", -1),
        ("items", 1.5),
        ("items", True),
        ("labels_per_item", 0),
        ("labels_per_item", 100),
        ("minutes", -0.1),
        ("minutes", math.nan),
        ("hourly_rate", math.inf),
        ("hourly_rate", "30"),
        ("review_share", 1.01),
    ],
)
def test_bad_figures_are_named(field: str, value: object) -> None:
    good: dict[str, Any] = {"items": 10, "labels_per_item": 2, "minutes": 1.0, "hourly_rate": 30.0}
    with pytest.raises(InvalidInput) as caught:
        labelling(**(good | {field: value}))
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("accuracy", "labels", "expected"),
    [
        (0.6, 1, 0.6),
        (0.6, 3, 0.648),
        (0.6, 5, 0.68256),
        (0.8, 3, 0.896),
        (0.8, 5, 0.94208),
        (0.7, 2, 0.7),
        (0.5, 7, 0.5),
        (0.0, 3, 0.0),
        (1.0, 99, 1.0),
    ],
)
def test_majorities_by_hand(accuracy: float, labels: int, expected: float) -> None:
    assert majority_accuracy(accuracy, labels) == pytest.approx(expected, abs=1e-12)


@given(st.just(0.0) | st.floats(1e-9, 1), few)  # the other library overflows near the least float
def test_majorities_agree_with_the_binomial_distribution(accuracy: float, labels: int) -> None:
    half = labels // 2
    right = float(binom.sf(half, labels, accuracy))
    tie = float(binom.pmf(half, labels, accuracy)) / 2 if labels % 2 == 0 else 0.0
    assert majority_accuracy(accuracy, labels) == pytest.approx(right + tie, abs=1e-9)


@given(st.floats(0.5, 1), few)
def test_more_labels_never_hurt_raters_better_than_a_coin(accuracy: float, labels: int) -> None:
    assert majority_accuracy(accuracy, labels + 1) >= majority_accuracy(accuracy, labels) - 1e-12


@given(share)
def test_two_raters_agree_at_least_half_the_time(accuracy: float) -> None:
    assert 0.5 - 1e-12 <= pair_agreement(accuracy) <= 1


def test_an_accuracy_outside_the_scale_is_refused() -> None:
    with pytest.raises(InvalidInput, match="accuracy of one rater"):
        majority_accuracy(1.2, 3)
