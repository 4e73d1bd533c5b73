"""Weights: published tables and examples, and what is refused."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array
from scoper.scoring.weights import (
    ACCEPTABLE,
    RANDOM_INDEX,
    direct,
    pairwise,
    pairwise_group,
    rank_order_centroid,
    swing,
)


def judgements(text: str) -> Array:
    """Return a table written in rows of fractions."""
    return np.array(
        [[float(Fraction(cell)) for cell in line.split()] for line in text.strip().splitlines()]
    )


def random_judgements(count: int, chance: random.Random) -> Array:
    table = np.eye(count)
    for row in range(count):
        for column in range(row + 1, count):
            table[row, column] = float(chance.choice([1 / 9, 1 / 5, 1 / 3, 1, 2, 4, 7, 9]))
            table[column, row] = 1 / table[row, column]
    return table


def names(count: int) -> list[str]:
    return [f"C{place}" for place in range(1, count + 1)]


# ---------------------------------------------------------------- published numbers


@pytest.mark.parametrize(
    ("count", "published"),
    [
        (2, [0.7500, 0.2500]),
        (3, [0.6111, 0.2778, 0.1111]),
        (4, [0.5208, 0.2708, 0.1458, 0.0625]),
        (5, [0.4567, 0.2567, 0.1567, 0.0900, 0.0400]),
        (6, [0.4083, 0.2417, 0.1583, 0.1028, 0.0611, 0.0278]),
    ],
)
def test_rank_order_centroids_are_those_of_the_table(count: int, published: list[float]) -> None:
    """Barron & Barrett (1996), Management Science 42(11), table of ROC weights."""
    found = rank_order_centroid(range(1, count + 1), names(count))
    assert found == pytest.approx(published, abs=5.1e-5)


def test_pairwise_comparison_of_buying_a_house() -> None:
    """Saaty (1990), How to make a decision, EJOR 48: weights, λ_max 9.669, CI 0.238, CR 0.169."""
    criteria = [
        "Size of house",
        "Transportation",
        "Neighborhood",
        "Age of house",
        "Yard space",
        "Modern facilities",
        "General condition",
        "Financing",
    ]
    found = pairwise(
        judgements(
            """
            1   5   3   7 6   6   1/3 1/4
            1/5 1   1/3 5 3   3   1/5 1/7
            1/3 3   1   6 3   4   6   1/5
            1/7 1/5 1/6 1 1/3 1/4 1/7 1/8
            1/6 1/3 1/3 3 1   1/2 1/5 1/6
            1/6 1/3 1/4 4 2   1   1/5 1/6
            3   5   1/6 7 5   5   1   1/2
            4   7   5   8 6   6   2   1
            """
        ),
        criteria,
    )
    published = [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert found.weights == pytest.approx(published, abs=5.1e-4)
    assert found.eigenvalue == pytest.approx(9.669, abs=5e-4)
    assert found.index == pytest.approx(0.238, abs=5e-4)
    assert found.ratio == pytest.approx(0.169, abs=5e-4)
    assert found.worst == ("Neighborhood", "General condition")
    assert found.worst_given == 6
    assert "“Neighborhood” against “General condition” was judged 6" in found.warning


def test_pairwise_comparison_of_three_schools() -> None:
    """Saaty (1980), The Analytic Hierarchy Process, schools by learning: λ_max 3.05, CR 0.04."""
    found = pairwise(judgements("1 1/3 1/2\n3 1 3\n2 1/3 1"), ["A", "B", "C"])
    assert found.weights == pytest.approx([0.16, 0.59, 0.25], abs=5.1e-3)
    assert found.eigenvalue == pytest.approx(3.05, abs=5e-3)
    assert found.ratio == pytest.approx(0.04, abs=7e-3)
    assert found.ratio < ACCEPTABLE
    assert found.warning == ""


# ---------------------------------------------------------------- several judges


def test_two_three_and_four_times_are_the_cube_root_of_twenty_four() -> None:
    """Aczél & Saaty (1983), as told with apples and oranges: the mean must stay reciprocal."""
    found = pairwise_group([judgements(f"1 {n}\n1/{n} 1") for n in (2, 3, 4)], names(2))
    assert found.weights[0] / found.weights[1] == pytest.approx(24 ** (1 / 3))


@given(st.integers(2, 8), st.integers(1, 5), st.randoms(use_true_random=False))
def test_weights_of_a_group_are_the_limit_of_powers_of_the_geometric_means(
    count: int, judges: int, chance: random.Random
) -> None:
    tables = [random_judgements(count, chance) for _ in range(judges)]
    found = pairwise_group(tables, names(count))
    powers = np.prod(tables, axis=0) ** (1 / judges)
    for _ in range(12):
        powers = powers @ powers
        powers /= powers.max()
    assert found.weights == pytest.approx(powers[:, 0] / powers[:, 0].sum(), abs=1e-9)


@given(st.integers(3, 8), st.randoms(use_true_random=False))
def test_weights_of_one_judge_equal_pymcdm(count: int, chance: random.Random) -> None:
    from pymcdm.weights.subjective import AHP

    judged = random_judgements(count, chance)
    found = pairwise(judged, names(count))
    assert found.weights == pytest.approx(AHP(matrix=judged)(), abs=1e-9)
    alone = pairwise_group([judged], names(count))
    assert alone.weights == pytest.approx(found.weights, abs=1e-12)
    assert alone.ratio == pytest.approx(found.ratio, abs=1e-12)


def test_judges_whose_judgements_cancel_out_weigh_everything_alike() -> None:
    one = judgements("1 3 5\n1/3 1 2\n1/5 1/2 1")
    found = pairwise_group([one, one.T], names(3))
    assert found.weights == pytest.approx([1 / 3] * 3)
    assert found.ratio == pytest.approx(0, abs=1e-9)


# ---------------------------------------------------------------- properties


@given(st.lists(st.floats(0.05, 20), min_size=1, max_size=10))
def test_consistent_judgements_give_back_the_weights_they_came_from(wanted: list[float]) -> None:
    weights = np.array(wanted) / sum(wanted)
    found = pairwise(weights[:, None] / weights[None, :], names(len(wanted)))
    assert found.weights == pytest.approx(weights, abs=1e-9)
    assert found.eigenvalue == pytest.approx(len(wanted), abs=1e-9)
    assert found.ratio == pytest.approx(0, abs=1e-9)
    assert found.warning == ""


@given(st.integers(2, 10), st.randoms(use_true_random=False))
def test_the_eigenvector_solves_its_equation(count: int, chance: random.Random) -> None:
    table = random_judgements(count, chance)
    found = pairwise(table, names(count))
    assert table @ found.weights == pytest.approx(found.eigenvalue * found.weights, abs=1e-9)
    assert (found.weights > 0).all()
    assert found.weights.sum() == pytest.approx(1)
    assert found.eigenvalue >= count
    if count > 2:
        expected = (found.eigenvalue - count) / (count - 1) / RANDOM_INDEX[count - 1]
        assert found.ratio == pytest.approx(expected)


def test_two_criteria_cannot_contradict_each_other() -> None:
    found = pairwise(judgements("1 9\n1/9 1"), names(2))
    assert found.weights == pytest.approx([0.9, 0.1])
    assert (found.ratio, found.warning) == (0.0, "")


def test_points_and_swings_become_shares() -> None:
    assert direct([30, 0, 10], names(3)).tolist() == [0.75, 0, 0.25]
    assert swing([100, 60, 40], names(3)).tolist() == [0.5, 0.3, 0.2]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8))
def test_places_in_any_order_keep_their_weight_and_ties_share(keys: list[int]) -> None:
    ranks = [1 + sum(other < key for other in keys) for key in keys]
    weights = rank_order_centroid(ranks, names(len(ranks)))
    assert weights.sum() == pytest.approx(1)
    for rank, weight in zip(ranks, weights, strict=True):
        for other, its in zip(ranks, weights, strict=True):
            assert (weight > its) == (rank < other)


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize("method", [direct, swing])
@pytest.mark.parametrize(
    ("points", "told"),
    [
        ([1, -1], "of “C2” must be"),
        ([float("nan"), 1], "of “C1” must be"),
        ([float("inf"), 1], "of “C1” must be"),
        ([0, 0], "of every criterion is 0"),
        ([1], "one entry for each criterion"),
    ],
)
def test_points_out_of_range_are_refused_by_name(method, points, told) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InvalidInput, match=told):
        method(points, names(2))


@pytest.mark.parametrize("ranks", [[0, 1, 2], [1, 1, 2], [2, 3, 4], [1, 2, 2, 3], [1, 3]])
def test_places_that_are_no_ranking_are_refused(ranks: list[int]) -> None:
    with pytest.raises(InvalidInput, match="does not fit the others"):
        rank_order_centroid(ranks, names(len(ranks)))


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("1 3\n1/2 1", "“C1” against “C2” is 3 one way and 0.5 the other"),
        ("1 3\n3 1", "“C1” against “C2” is 3 one way and 3 the other"),
        ("1 -3\n-1/3 1", "“C1” against “C2” is not a number above 0"),
        ("1 0\n0 1", "“C1” against “C2” is not a number above 0"),
        ("2 3\n1/3 1", "“C1” against “C1” is 2"),
        ("1 3 5\n1/3 1 2", "one row and one column"),
    ],
)
def test_a_table_that_is_not_reciprocal_is_refused_naming_the_pair(table: str, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        pairwise(judgements(table), names(2))


def test_what_the_other_way_must_be_is_told() -> None:
    with pytest.raises(InvalidInput) as told:
        pairwise(judgements("1 4\n1/3 1"), names(2))
    assert told.value.remedy == "One must be the reciprocal of the other: 4 and 0.25."


def test_judgements_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(InvalidInput, match="“C1” against “C2” is not a number"):
        pairwise(np.array([[1, np.nan], [1, 1]]), names(2))


def test_reciprocals_may_be_rounded_to_two_decimals() -> None:
    found = pairwise(np.array([[1, 3], [0.33, 1]]), names(2))
    assert found.weights == pytest.approx([0.75, 0.25])


@pytest.mark.parametrize("count", [0, 11])
def test_pairwise_comparison_takes_one_to_ten_criteria(count: int) -> None:
    with pytest.raises(InvalidInput, match="takes 1 to 10 criteria"):
        pairwise(np.ones((count, count)), names(count))


# ---------------------------------------------------------------- published figures and limits


@pytest.mark.parametrize(
    ("count", "published"),
    [(3, 0.58), (4, 0.90), (5, 1.12), (6, 1.24), (7, 1.32), (8, 1.41), (9, 1.45), (10, 1.49)],
)
def test_consistency_is_measured_by_the_indices_of_saaty(count: int, published: float) -> None:
    """Saaty (1980), The Analytic Hierarchy Process: mean indices of random tables by size."""
    found = pairwise(random_judgements(count, random.Random(count)), names(count))
    assert found.index == pytest.approx((found.eigenvalue - count) / (count - 1))
    assert found.ratio == pytest.approx(found.index / published)


def test_a_table_is_doubtful_from_a_tenth_of_a_random_one() -> None:
    """Of three criteria λ = 1 + x + 1/x: with x³ = 11/4 the ratio is 0.099, with 12/4 0.117."""
    tables = {
        times: pairwise(judgements(f"1 2 {times}\n1/2 1 2\n1/{times} 1/2 1"), names(3))
        for times in (4, 10, 11, 12, 40)
    }
    for times, found in tables.items():
        assert bool(found.warning) == (found.ratio > 0.10), times
    assert [times for times, found in tables.items() if found.warning] == [12, 40]
    assert tables[4].worst is None


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (1e6, 1e-6, ""),
        (1e6 + 1, 1 / (1e6 + 1), "more than 1,000,000 times"),
        (3, 1.019 / 3, ""),
        (3, 1.021 / 3, "3 one way"),
        (3, 0.981 / 3, ""),
        (3, 0.979 / 3, "3 one way"),
    ],
)
def test_how_much_more_and_how_roughly_a_judgement_may_say(
    one: float, other: float, told: str
) -> None:
    table = np.array([[1, one], [other, 1]])
    if told:
        with pytest.raises(InvalidInput, match=told):
            pairwise(table, names(2))
    else:
        weights = pairwise(table, names(2)).weights
        assert weights[0] / weights[1] == pytest.approx(one, rel=1e-6)
