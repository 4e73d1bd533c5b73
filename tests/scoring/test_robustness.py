"""SMAA against acceptabilities that can be integrated, and what must hold for any draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoper.errors import Cancelled, InvalidInput
from scoper.scoring.balanced import PARAMETERS, balanced
from scoper.scoring.group import aggregate
from scoper.scoring.matrix import Matrix
from scoper.scoring.methods import METHODS, Weighing
from scoper.scoring.ranking import competition_rank
from scoper.scoring.robustness import (
    Around,
    Assumptions,
    BalancedKernel,
    LinearKernel,
    MethodKernel,
    Ordered,
    Question,
    Resampled,
    Triangular,
    Uniform,
    parse_weights,
    sample_weights,
    smaa,
    weight_groups,
)
from scoper.scoring.robustness.smaa import in_blocks
from scoper.scoring.robustness.tally import orders
from scoper.terms import Aggregation, Dimension
from tests.support import assumed, matrix

DRAWS = 20_000
PARTS = ("acceptability", "central_weights", "central_error", "confidence", "winning")


def ranges(**ends: tuple[float, float]) -> Assumptions:
    """Return ranges of parameters of the balanced metric."""
    return Assumptions(PARAMETERS, ends)


def gains(rows: list[list[float]]) -> Question:
    """Return a question about a weighted sum of gains, all weights equally likely."""
    values = np.array(rows)
    m = Matrix(values, np.ones(values.shape[1]), (Dimension.IMPACT,) * values.shape[1])
    return Question(m, kernel=LinearKernel(m), rivals=range(len(rows)))


def close(found: float, exact: float, draws: int = DRAWS) -> bool:
    return abs(found - exact) <= 4 * np.sqrt(exact * (1 - exact) / draws) + 1e-12


# ---------------------------------------------------------------- exact


def test_two_criteria_equal_the_lengths_of_the_winning_intervals() -> None:
    # With w on the first criterion: 1w, 1 − w and 0.6. The first leads for w > 0.6, the second
    # for w < 0.4, the third between; the third is never last. Uniform weights on two criteria
    # are uniform in w.
    found = smaa(gains([[1, 0], [0, 1], [0.6, 0.6]]), draws=DRAWS, seed=1)
    exact = [[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0.0]]
    for row in range(3):
        for rank in range(3):
            assert close(found.acceptability[row, rank], exact[row][rank])
    assert close(found.winning[0, 1], 0.5)
    assert close(found.winning[0, 2], 0.4)
    assert found.central_weights[0] == pytest.approx([0.8, 0.2], abs=0.01)
    assert found.confidence.tolist() == [1.0, 1.0, 1.0]


def test_three_criteria_equal_the_areas_of_the_simplex() -> None:
    # Each corner leads where its weight is the largest and above 0.5, an area of (1 − 0.5)² = ¼;
    # the compromise at 0.5 leads on the remaining quarter (Lahdelma & Salminen 2001 define b as
    # such volumes).
    found = smaa(gains([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0.5, 0.5]]), draws=DRAWS, seed=2)
    for row in range(4):
        assert close(found.acceptability[row, 0], 0.25)
    assert found.acceptability[3, 2:].sum() == 0
    assert close(found.winning[0, 3], 0.25)
    assert found.central_weights[0] == pytest.approx([2 / 3, 1 / 6, 1 / 6], abs=0.01)


def test_order_of_three_weights_cuts_the_simplex_into_sixths() -> None:
    m = Matrix(np.eye(3), np.array([3.0, 2.0, 1.0]), (Dimension.IMPACT,) * 3)
    found = smaa(Question(m, kernel=LinearKernel(m), weights=Ordered()), draws=DRAWS, seed=3)
    assert found.acceptability.tolist() == np.eye(3).tolist()
    # The centroid of the ordered simplex: rank-order centroid weights (Barron & Barrett 1996).
    assert found.central_weights[0] == pytest.approx([11 / 18, 5 / 18, 2 / 18], abs=0.01)


@pytest.mark.parametrize(("risk", "exact"), [(0.0, 1 - 0.56), (1 / 3, 1 - 0.29 / 0.75)])
def test_the_metric_with_its_terms_equals_the_length_of_the_weights_that_win(
    risk: float, exact: float
) -> None:
    """p 0.5 against 0.9, θ 0.5, s 0.25, share w: 0.75w − 0.25, from w = 0.5 on 0.5w − 0.125.

    The other has 0.155 without a risk and 0.04 with one of a third, whatever w: the first leads
    from w = 0.56 on, beyond its kink, or from 0.29/0.75 on, before it.
    """
    dimensions = (*[Dimension.IMPACT] * 2, Dimension.FEASIBILITY, Dimension.RISK)
    m = Matrix(np.array([[1, 0, 0.5, 0], [0.3, 0.3, 1, risk]]), np.ones(4), dimensions)
    found = smaa(Question(m, assumed(enough_impact=0.5, stake=0.25)), draws=DRAWS, seed=4)
    assert close(found.acceptability[0, 0], exact)


def test_a_stake_that_varies_equals_the_length_on_which_each_leads() -> None:
    """0.3 − 0.5s against 0.2 − 0.25s: the first leads up to s = 0.4."""
    m = matrix([[0.6, 0.5, 0.0], [0.2 / 0.75, 0.75, 0.0]])
    varied = ranges(stake=(0, 1))
    found = smaa(Question(m, assumed(p_low=0, p_high=1), assumptions=varied), draws=DRAWS, seed=5)
    assert close(found.acceptability[0, 0], 0.4)


def test_enough_impact_that_varies_equals_the_length_on_which_each_leads() -> None:
    """At s = 1 the lead of the first is 0.1 + 0.25·min(1, 0.8/θ) − 0.1/θ: above 0 from 2/7 on."""
    m = matrix([[0.8, 0.25, 0.0], [0.2, 0.5, 0.0]])
    at = assumed(p_low=0, p_high=1, enough_impact=0.5, stake=1)
    varied = ranges(enough_impact=(0.2, 1))
    found = smaa(Question(m, at, assumptions=varied), draws=DRAWS, seed=5)
    assert close(found.acceptability[0, 0], (1 - 2 / 7) / 0.8)


# ---------------------------------------------------------------- the metric


@pytest.mark.parametrize("weights", [Uniform(), Around(0.4), Ordered()])
@pytest.mark.parametrize("terms", [{}, {"enough_impact": 0.45, "stake": 0.3}])
def test_the_fast_metric_ranks_as_the_metric_itself(
    weights: Uniform | Around | Ordered, terms: dict[str, float]
) -> None:
    rng = np.random.default_rng(5)
    m = matrix(rng.random((30, 9)).tolist(), weights=[3, 1, 2, 1, 0, 2, 1, 4, 1])
    at = assumed(risk_aversion=1.7, p_low=0.2, p_high=0.8, **terms)
    drawn = sample_weights(weights, rng, 20, m.weights, weight_groups(m, Weighing.WITHIN))
    parameters = Assumptions().sample(rng, 20, at)
    fast = BalancedKernel(m)(m.values, drawn, parameters)
    for row, scores in zip(drawn, fast, strict=True):
        assert scores == pytest.approx(balanced(m.with_weights(row), at).score, abs=1e-10)
    slow = MethodKernel(m, METHODS["balanced"])
    one = smaa(Question(m, at, weights=weights), draws=300, seed=9)
    other = smaa(Question(m, at, kernel=slow, weights=weights), draws=300, seed=9)
    assert np.array_equal(one.acceptability, other.acceptability)


def test_weights_stay_where_they_are_asked_to() -> None:
    rng = np.random.default_rng(6)
    m = matrix([[0.0] * 6], weights=[3, 1, 0, 1, 2, 5])
    groups = weight_groups(m, Weighing.WITHIN)
    now = np.array([0.75, 1 / 3, 0, 0.25, 2 / 3, 1])
    around = sample_weights(Around(0.3), rng, 500, m.weights, groups)
    assert (around >= now * 0.7 / 1.3 - 1e-12).all()
    assert (around <= now * 1.3 / 0.7 + 1e-12).all()
    ordered = sample_weights(Ordered(), rng, 500, m.weights, groups)
    assert (ordered[:, 0] >= ordered[:, 3]).all()
    for drawn in (around, ordered, sample_weights(Uniform(), rng, 500, m.weights, groups)):
        assert drawn.sum(axis=1) == pytest.approx(3)
        assert (drawn[:, 2] == 0).all()


# ---------------------------------------------------------------- ratings


@pytest.mark.parametrize("how", list(Aggregation))
def test_resampling_draws_values_of_some_of_the_participants(how: Aggregation) -> None:
    rng = np.random.default_rng(7)
    values = rng.random((4, 3, 5))
    values[rng.random(values.shape) < 0.3] = np.nan
    values[..., 0] = 0.5
    voices = np.array([1.0, 2, 1, 0.5, 1])
    group = aggregate(values, voices, how)
    drawn = Resampled(values, voices, how, group).sample(rng, 200)
    assert not np.isnan(drawn).any()
    assert (drawn >= np.nanmin(values, axis=2) - 1e-12).all()
    assert (drawn <= np.nanmax(values, axis=2) + 1e-12).all()
    chosen = np.random.default_rng(8).integers(0, 5, (1, 5))[0]
    expected = aggregate(values[:, :, chosen], voices[chosen], how)
    once = Resampled(values, voices, how, group).sample(np.random.default_rng(8), 1)[0]
    assert once == pytest.approx(np.where(np.isnan(expected), group, expected))


def test_confident_ratings_stay_and_doubtful_ones_spread_around_their_mode() -> None:
    values = np.array([[0.5, 0.5]])
    drawn = Triangular(values, np.array([1.0, 0.0])).sample(np.random.default_rng(1), 20_000)
    assert (drawn[:, 0, 0] == 0.5).all()
    assert drawn[:, 0, 1].min() > 0.25
    assert drawn[:, 0, 1].mean() == pytest.approx(0.5, abs=0.005)
    assert drawn[:, 0, 1].std() == pytest.approx(0.25 / np.sqrt(6), rel=0.03)


def test_doubtful_ratings_near_an_end_of_the_scale_stay_on_it() -> None:
    values = np.array([[0.1, 0.9]])
    drawn = Triangular(values, np.array(0.0)).sample(np.random.default_rng(1), 20_000)[:, 0]
    assert drawn[:, 0].min() >= 0
    assert drawn[:, 1].max() <= 1
    # The mean of a triangle is that of its ends and its mode.
    assert drawn.mean(axis=0) == pytest.approx([0.45 / 3, 2.55 / 3], abs=0.003)


def test_uncertain_ratings_lower_confidence_in_close_calls() -> None:
    m = matrix([[0.60, 0.5, 0.5], [0.58, 0.5, 0.5], [0.1, 0.1, 0.9]])
    ratings = Triangular(m.values, np.array(0.2))
    found = smaa(Question(m, ratings=ratings), draws=2_000, seed=1)
    assert 0.4 < found.confidence[0] < 0.8
    assert found.acceptability[2, 2] > 0.95
    drawn = ranges(risk_aversion=(0.5, 2), p_low=(0, 0.3), p_high=(0.7, 1))
    assert smaa(Question(m, assumptions=drawn), draws=500).acceptability[0, 0] == 1


# ---------------------------------------------------------------- properties


def test_standard_errors_tell_how_much_figures_move_from_seed_to_seed() -> None:
    rng = np.random.default_rng(3)
    m = matrix((0.35 + 0.3 * rng.random((5, 6))).tolist())
    question = Question(m, ratings=Triangular(m.values, np.array(0.3)), rivals=range(5))
    found = [smaa(question, draws=250, seed=seed) for seed in range(80)]
    often = found[0].acceptability[:, 0] > 0.25  # of others the central weights move as well
    for figure, error in (
        (lambda f: f.acceptability, lambda f: f.share_error(f.acceptability)),
        (lambda f: f.top(2), lambda f: f.share_error(f.top(2))),
        (lambda f: f.winning, lambda f: f.winning_error),
        (lambda f: f.expected_rank, lambda f: f.expected_rank_error),
        (lambda f: f.entropy, lambda f: f.entropy_error),
        (lambda f: f.central_weights[often], lambda f: f.central_error[often]),
        (lambda f: f.confidence[often], lambda f: f.confidence_error[often]),
    ):
        moved = np.std([figure(f) for f in found], axis=0, ddof=1)
        told = np.mean([error(f) for f in found], axis=0)
        much = told > 0.002
        assert much.any()
        assert moved[much] / told[much] == pytest.approx(1, abs=0.35)


def test_the_error_of_a_central_weight_counts_shared_firsts_in_part() -> None:
    # Two that are always equal share every first place: their central weights are the mean of
    # all draws, and so sure as a mean of that many draws is.
    m = Matrix(np.array([[1.0, 0.0], [1.0, 0.0]]), np.ones(2), (Dimension.IMPACT,) * 2)
    found = smaa(Question(m, kernel=LinearKernel(m)), draws=DRAWS, seed=1)
    assert found.central_weights == pytest.approx(np.full((2, 2), 0.5), abs=0.01)
    assert found.central_error == pytest.approx(np.full((2, 2), (1 / 12 / DRAWS) ** 0.5), rel=0.02)
    once = smaa(Question(m, kernel=LinearKernel(m)), draws=1)
    assert not np.isnan(once.central_weights).any()
    assert np.isnan(once.central_error).all()


def test_confidence_tells_how_many_draws_it_rests_on() -> None:
    m = matrix((0.4 + 0.2 * np.random.default_rng(1).random((8, 3))).tolist())
    assert smaa(Question(m), draws=500).confidence_draws == 0
    doubtful = Triangular(m.values, np.array(0.3))
    assert smaa(Question(m, ratings=doubtful), draws=3_000).confidence_draws == 3_000
    varied = Question(m, assumptions=Assumptions(PARAMETERS, {"risk_aversion": (0.5, 2)}))
    assert smaa(varied, draws=700).confidence_draws == 700
    asked = MethodKernel(m, METHODS["topsis"])
    slow = smaa(Question(m, kernel=asked, ratings=doubtful), draws=2_000)
    assert 100 <= slow.confidence_draws < 2_000
    error = np.sqrt(slow.confidence * (1 - slow.confidence) / slow.confidence_draws)
    assert slow.confidence_error == pytest.approx(error, nan_ok=True)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 12), st.sampled_from([2, 4, 1000]))
def test_ranks_are_shared_out_completely(seed: int, rows: int, levels: int) -> None:
    values = np.random.default_rng(seed).integers(0, levels + 1, (rows, 3)) / levels
    found = smaa(Question(matrix(values.tolist()), rivals=range(rows)), draws=64, seed=seed)
    b = found.acceptability
    assert b.sum(axis=0) == pytest.approx(1)
    assert b.sum(axis=1) == pytest.approx(1)
    assert (b >= 0).all()
    assert found.winning + found.winning.T == pytest.approx(1)
    assert found.expected_rank.sum() == pytest.approx(rows * (rows + 1) / 2)
    ranks = np.arange(1, rows + 1)
    spread = [sum(b[row] * (ranks - mean) ** 2) for row, mean in enumerate(found.expected_rank)]
    assert found.expected_rank_error**2 == pytest.approx(np.array(spread) / 64, abs=1e-9)
    # What is ahead pair by pair adds up to the mean rank.
    assert found.expected_rank == pytest.approx(rows + 0.5 - found.winning.sum(axis=1))
    assert (found.entropy <= np.log2(rows) + 1e-9).all()


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_the_dominated_are_never_ahead_and_row_order_never_matters(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.random((6, 6))
    better = values[0] + np.array([0.1, 0.1, -0.1, 0.1, 0.1, -0.1])
    values[1] = np.clip(better, 0, 1)
    m = matrix(values.tolist())
    found = smaa(Question(m, rivals=range(6)), draws=100, seed=seed)
    assert found.winning[0, 1] == 0
    order = rng.permutation(6)
    moved = smaa(Question(matrix(values[order].tolist())), draws=100, seed=seed)
    assert moved.acceptability == pytest.approx(found.acceptability[order])


def test_equals_share_their_ranks_evenly() -> None:
    m = matrix([[0.5, 0.5, 0.5]] * 3 + [[0.1, 0.1, 0.9]])
    found = smaa(Question(m), draws=100)
    assert found.acceptability[:3, :3] == pytest.approx(1 / 3)
    assert found.acceptability[3].tolist() == [0, 0, 0, 1]
    assert found.confidence[:3] == pytest.approx(1 / 3)
    assert np.isnan(found.confidence[3])
    assert np.isnan(found.central_weights[3]).all()


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=7, max_size=7), min_size=1, max_size=4),
    st.sampled_from([1e8, 1e12]),
)
def test_orders_agree_with_competition_ranks(rows: list[list[int]], far: float) -> None:
    scores = np.array(rows) * 1e-9 + np.array([0, far, 0, 0, 50, 50, 0])
    found = orders(scores.copy())
    for row, score, tied in zip(found.row, scores, found.tied, strict=True):
        ranks = competition_rank(score)[row]
        assert (np.diff(ranks) >= 0).all()
        assert ((np.diff(ranks) == 0) == tied).all()


def test_a_seed_repeats_every_byte_and_another_does_not() -> None:
    values = np.random.default_rng(1).random((300, 12))
    question = Question(matrix(values.tolist()), rivals=range(20))
    one, same, other = (smaa(question, draws=2_000, seed=seed) for seed in (4, 4, 5))
    for part in PARTS:
        assert getattr(one, part).tobytes() == getattr(same, part).tobytes()
    assert one.acceptability.tobytes() != other.acceptability.tobytes()


@pytest.mark.parametrize("weights", [Uniform(), Around(0.4), Ordered()])
@pytest.mark.parametrize("levels", [3, 1_000])
def test_how_many_draws_are_taken_at_a_time_changes_no_byte(
    weights: Uniform | Around | Ordered, levels: int
) -> None:
    values = np.random.default_rng(3).integers(0, levels + 1, (40, 6)) / levels
    m = matrix(values.tolist(), weights=[3, 1, 2, 1, 1, 2])
    question = Question(
        m,
        weights=weights,
        ratings=Triangular(m.values, np.array(0.9)) if levels == 1_000 else None,
        assumptions=ranges(risk_aversion=(0.5, 2), p_high=(0.7, 0.9)),
        rivals=range(9),
    )
    whole = in_blocks(question, 300, 7, None, 300)
    for block in (1, 17, 200):
        parts = in_blocks(question, 300, 7, None, block)
        for part in PARTS:
            assert getattr(parts, part).tobytes() == getattr(whole, part).tobytes()


def test_a_criterion_of_weight_0_is_as_if_it_were_absent() -> None:
    values = np.random.default_rng(2).random((5, 3))
    without = smaa(Question(matrix(values.tolist())), draws=200, seed=1)
    more = np.hstack([values, np.full((5, 1), np.nan)])
    with_it = smaa(Question(matrix(more.tolist(), weights=[1, 1, 1, 0])), draws=200, seed=1)
    assert np.array_equal(without.acceptability, with_it.acceptability)


# ---------------------------------------------------------------- refusals


def test_drawing_can_be_cancelled() -> None:
    def stop(done: int, total: int) -> None:
        assert 0 < done <= total
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        smaa(Question(matrix([[0.5, 0.5, 0.5]])), draws=10, progress=stop)


@pytest.mark.parametrize("draws", [0, -1, 10**9])
def test_impossible_numbers_of_draws_are_refused(draws: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        smaa(Question(matrix([[0.5, 0.5, 0.5]])), draws=draws)
    assert refused.value.field == "draws"


@pytest.mark.parametrize(
    "text", ["", "often", "around", "around:", "around:x", "around:0", "around:2"]
)
def test_unknown_ways_to_draw_weights_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_weights(text)
    assert refused.value.field == "weights"
    assert refused.value.remedy


def test_what_cannot_be_ranked_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no value"):
        smaa(Question(matrix([[0.5, np.nan, 0.5]])))
    with pytest.raises(InvalidInput, match="risk"):
        smaa(Question(matrix([[0.5, 0.5, 0.5]], weights=[1, 1, 0])))
    with pytest.raises(InvalidInput, match="two participants"):
        Resampled(np.ones((1, 1, 1)), np.ones(1), Aggregation.MEAN, np.ones((1, 1)))
    with pytest.raises(InvalidInput):
        ranges(p_low=(0.5, 0.2))
