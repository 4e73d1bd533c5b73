"""The balanced metric: the published example and what must hold for all numbers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoper.errors import InvalidInput
from scoper.scoring.balanced import (
    BREAK_EVEN,
    Scores,
    balanced,
    contributions,
    enough_parts,
    shares,
    stake_points,
    unscaled,
)
from scoper.scoring.matrix import Matrix
from scoper.scoring.parameters import Parameters
from scoper.terms import Dimension
from tests.support import assumed, matrix

unit = st.floats(0, 1)
ROOT = Path(__file__).resolve().parents[2]
NEW = {"enough_impact": 0.5, "stake": 0.25}
MORE_LOWERS = ("risk_aversion", "stake", "enough_impact")
weight = st.floats(0, 1e6).filter(lambda w: w == 0 or w > 1e-6)
heavy = st.floats(1e-3, 1e6)


@st.composite
def parameters(draw: st.DrawFn) -> Parameters:
    low, high = sorted((draw(unit), draw(unit)))
    return assumed(
        risk_aversion=draw(st.floats(0, 100)),
        p_low=low,
        p_high=high,
        enough_impact=draw(st.just(0.0) | st.floats(0.01, 1)),
        stake=draw(unit),
    )


@st.composite
def matrices(draw: st.DrawFn, *, min_rows: int = 1) -> Matrix:
    groups = draw(st.integers(1, 4))
    rows = draw(st.integers(min_rows, 9))
    values = [[draw(unit) for _ in range(3 * groups)] for _ in range(rows)]
    weights = [draw(heavy) for _ in range(3)] + [draw(weight) for _ in range(3 * groups - 3)]
    return matrix(values, weights)


def score(impact: float, feasibility: float, risk: float, at: Parameters | None = None) -> float:
    return float(balanced(matrix([[impact, feasibility, risk]]), at or assumed()).score[0])


# ---------------------------------------------------------------- numbers


def test_worked_example_of_the_specification() -> None:
    parts = balanced(matrix([[0.75, 0.5, 0.25]]), assumed(risk_aversion=1))
    assert parts.likelihood[0] == pytest.approx(0.5, abs=1e-12)
    assert parts.gain[0] == pytest.approx(0.375, abs=1e-12)
    assert parts.loss[0] == pytest.approx(0.125, abs=1e-12)
    assert parts.score[0] == pytest.approx(62.5, abs=1e-12)


@pytest.mark.parametrize(
    ("impact", "feasibility", "risk", "at", "expected"),
    [
        (1, 1, 0, assumed(), 95.0),
        (0, 0, 1, assumed(), 5.0),
        (1, 1, 0, assumed(p_high=1), 100.0),
        (0, 0, 1, assumed(p_low=0), 0.0),
        (0.6, 0.4, 1, assumed(risk_aversion=0), 50 + 50 * 0.42 * 0.6),
        (0.6, 0.4, 0.5, assumed(risk_aversion=3), 50 + 50 / 3 * (0.252 - 3 * 0.29)),
        (0.6, 0.9, 0.5, assumed(p_low=0.3, p_high=0.3), 100 * (0.18 - 0.35 + 1) / 2),
        (0.75, 0.5, 0.25, assumed(**NEW), 57.8125),
        (0, 1, 0, assumed(**NEW), 37.5),
        (0.25, 1, 0, assumed(**NEW), 54.375),
        (0.75, 0.5, 0.25, assumed(risk_aversion=2, **NEW), 48.4375),
    ],
)
def test_score_by_hand(
    impact: float, feasibility: float, risk: float, at: Parameters, expected: float
) -> None:
    assert score(impact, feasibility, risk, at) == pytest.approx(expected, abs=1e-9)


def test_dimension_scores_are_weighted_means_of_their_own_criteria() -> None:
    parts = balanced(
        matrix([[0.2, 0.3, 0.4, 0.8, 0.5, 1.0]], weights=[3, 1, 2, 1, 1, 6]), assumed()
    )
    assert parts.impact[0] == pytest.approx((3 * 0.2 + 0.8) / 4)
    assert parts.feasibility[0] == pytest.approx(0.4)
    assert parts.risk[0] == pytest.approx((2 * 0.4 + 6 * 1.0) / 8)


def test_what_works_and_brings_nothing_is_not_break_even() -> None:
    assert score(0, 1, 0) == 50
    assert score(0, 1, 0, assumed(enough_impact=0.5)) == 50
    assert score(0, 1, 0, assumed(stake=0.25)) < 50
    assert score(0, 1, 0, assumed(**NEW)) < score(0, 1, 0, assumed(stake=0.25))


# ---------------------------------------------------------------- properties


@given(matrices(), parameters())
def test_every_part_stays_in_its_range(m: Matrix, at: Parameters) -> None:
    parts = balanced(m, at)
    for part in (
        parts.impact,
        parts.feasibility,
        parts.risk,
        parts.likelihood,
        parts.enough,
        parts.cost,
        parts.gain,
        parts.loss,
    ):
        assert ((part >= 0) & (part <= 1)).all()
    assert ((parts.score >= 0) & (parts.score <= 100)).all()


@given(st.floats(0.01, 100))
def test_the_best_and_the_worst_possible_score_are_the_ends(aversion: float) -> None:
    surest = assumed(risk_aversion=aversion, p_low=0, p_high=1)
    assert 100 - 1e-9 <= score(1, 1, 0, surest) <= 100
    assert score(0, 0, 1, surest) == 0


@given(matrices(), parameters(), st.data())
def test_more_impact_or_feasibility_never_lowers_and_more_risk_never_raises(
    m: Matrix, at: Parameters, data: st.DataObject
) -> None:
    row = data.draw(st.integers(0, len(m.values) - 1))
    column = data.draw(st.integers(0, len(m.dimensions) - 1))
    more = m.values.copy()
    more[row, column] = data.draw(st.floats(float(more[row, column]), 1))
    before = balanced(m, at).score
    after = balanced(Matrix(more, m.weights, m.dimensions), at).score
    if m.dimensions[column] is Dimension.RISK:
        assert after[row] <= before[row]
    else:
        assert after[row] >= before[row]
    others = np.arange(len(before)) != row
    assert np.array_equal(after[others], before[others])


@given(st.tuples(unit, unit, unit), parameters(), st.sampled_from(MORE_LOWERS), st.data())
def test_more_aversion_more_stake_or_a_higher_bar_never_raise_a_score(
    parts: tuple[float, float, float], at: Parameters, name: str, data: st.DataObject
) -> None:
    low = max(at[name], 0.01) if name == "enough_impact" else at[name]
    more = at | {name: data.draw(st.floats(low, 100 if name == "risk_aversion" else 1))}
    one, other = (score(*parts, each) for each in (at, more))
    assert other <= one + 1e-9


@given(matrices(), parameters())
def test_a_score_is_over_50_exactly_where_gain_outweighs_loss(m: Matrix, at: Parameters) -> None:
    parts = balanced(m, at)
    net = parts.gain - at["risk_aversion"] * parts.loss
    assert (
        np.array_equal(parts.score > BREAK_EVEN + 1e-9, 50 * net > 1e-9)
        or (np.abs(50 * net) < 1e-6).any()
    )
    assert unscaled(parts.score, at) == pytest.approx(50 * net, abs=1e-9)


@given(matrices(), parameters())
def test_no_rank_depends_on_the_scaling(m: Matrix, at: Parameters) -> None:
    parts = balanced(m, at)
    net = np.round(50 * (parts.gain - at["risk_aversion"] * parts.loss), 7)
    worth = np.round(unscaled(parts.score, at), 7)
    assert (
        np.array_equal(np.sign(net[:, None] - net), np.sign(worth[:, None] - worth))
        or (np.abs(net[:, None] - net)[net[:, None] != net] < 1e-6).any()
    )


@given(matrices(), unit, unit)
def test_without_the_new_terms_it_is_the_metric_of_old_files(
    m: Matrix, one: float, other: float
) -> None:
    at = assumed(p_low=min(one, other), p_high=max(one, other))
    parts = balanced(m, at)
    loss = (1 - parts.likelihood) * parts.risk
    assert parts.score == pytest.approx(100 * (parts.gain - loss + 1) / 2, abs=1e-9)


@given(matrices(), parameters())
@example(
    Matrix(np.zeros((1, 3)), np.ones(3), tuple(Dimension)),
    assumed(risk_aversion=5e-324, p_low=0, p_high=0, stake=1),
)
def test_score_is_break_even_plus_the_contributions(m: Matrix, at: Parameters) -> None:
    parts = balanced(m, at)
    for row in range(len(m.values)):
        points = contributions(m, at, row)
        scored = [d is not Dimension.FEASIBILITY for d in m.dimensions]
        total = BREAK_EVEN + points[scored].sum() + stake_points(m, at, row)
        assert total == pytest.approx(parts.score[row], abs=1e-6)
        likelihood = at["p_low"] + points[m.columns(Dimension.FEASIBILITY)].sum()
        assert likelihood == pytest.approx(parts.likelihood[row], abs=1e-9)


@given(matrices(), parameters())
def test_impact_criteria_add_up_to_how_much_of_enough_it_brings(m: Matrix, at: Parameters) -> None:
    parts = balanced(m, at)
    for row in range(len(m.values)):
        added = enough_parts(m, at, row)
        if at["enough_impact"] == 0:
            assert np.isnan(added).all()
            continue
        assert np.array_equal(~np.isnan(added), [d is Dimension.IMPACT for d in m.dimensions])
        assert np.nansum(added) == pytest.approx(parts.enough[row], abs=1e-9)


@given(matrices())
def test_shares_of_each_dimension_add_up_to_one(m: Matrix) -> None:
    share = shares(m)
    for dimension in Dimension:
        assert share[m.columns(dimension)].sum() == pytest.approx(1)


@given(matrices(), parameters(), unit, st.sampled_from(Dimension))
def test_a_criterion_of_weight_zero_is_as_good_as_absent(
    m: Matrix, at: Parameters, value: float, dimension: Dimension
) -> None:
    extra = np.full((len(m.values), 1), value)
    extra[0] = np.nan
    wider = Matrix(
        np.hstack([extra, m.values]), np.append(0.0, m.weights), (dimension, *m.dimensions)
    )
    assert np.array_equal(balanced(wider, at).score, balanced(m, at).score)


@given(matrices(min_rows=2), parameters(), st.data())
def test_no_score_moves_because_another_use_case_comes_or_goes(
    m: Matrix, at: Parameters, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.sampled_from(range(len(m.values))), min_size=1, unique=True))
    fewer = Matrix(m.values[rows], m.weights, m.dimensions)
    assert np.array_equal(balanced(fewer, at).score, balanced(m, at).score[rows])


def test_no_score_moves_in_a_long_list_with_many_criteria() -> None:
    random = np.random.default_rng(7)
    long = matrix(random.random((200, 36)).tolist(), random.random(36).tolist())
    whole = balanced(long, assumed()).score
    for count in (1, 2, 3, 7, 50, 199):
        part = Matrix(long.values[:count], long.weights, long.dimensions)
        assert np.array_equal(balanced(part, assumed()).score, whole[:count])


@given(matrices(), parameters(), heavy)
def test_only_the_proportions_of_weights_count(m: Matrix, at: Parameters, factor: float) -> None:
    scaled = m.with_weights(m.weights * factor)
    assert balanced(scaled, at).score == pytest.approx(balanced(m, at).score, abs=1e-9)


# ---------------------------------------------------------------- missing and invalid


def test_a_use_case_without_a_value_that_counts_has_no_score() -> None:
    scored = balanced(matrix([[0.5, np.nan, 0.5], [0.5, 0.5, 0.5]]), assumed()).score
    assert np.isnan(scored[0])
    assert scored[1] == score(0.5, 0.5, 0.5)


def test_a_missing_value_that_does_not_count_is_no_obstacle() -> None:
    m = matrix([[0.5, 0.5, 0.5, np.nan, 0.5, 0.5]], weights=[1, 1, 1, 0, 1, 1])
    assert balanced(m, assumed()).score[0] == score(0.5, 0.5, 0.5)


def test_an_empty_list_gives_no_scores() -> None:
    assert balanced(
        Matrix(np.empty((0, 3)), np.ones(3), matrix([[0, 0, 0]]).dimensions), assumed()
    ).score.shape == (0,)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("risk_aversion", {"risk_aversion": -0.1}),
        ("risk_aversion", {"risk_aversion": float("nan")}),
        ("risk_aversion", {"risk_aversion": float("inf")}),
        ("p_low", {"p_low": -0.1}),
        ("p_high", {"p_high": 1.1}),
        ("p_low", {"p_low": 0.6, "p_high": 0.5}),
        ("p_low", {"p_low": 0.95}),
        ("p_high", {"p_high": True}),
        ("lambda", {"lambda": 1.0}),
        ("p_low", {"p_low": float("nan")}),
        ("p_high", {"p_high": float("nan")}),
    ],
)
def test_parameters_out_of_range_are_refused_by_name(field: str, values: dict[str, float]) -> None:
    with pytest.raises(InvalidInput) as refused:
        assumed(**values)
    assert refused.value.field == field
    assert refused.value.remedy


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf"), float("-inf")])
def test_weights_out_of_range_are_refused(bad: float) -> None:
    with pytest.raises(InvalidInput) as refused:
        matrix([[0.5, 0.5, 0.5]], weights=[1, bad, 1])
    assert refused.value.field == "weight"


def test_a_matrix_needs_a_weight_and_a_dimension_for_every_column() -> None:
    with pytest.raises(InvalidInput):
        matrix([[0.5, 0.5, 0.5]], weights=[1, 1])
    with pytest.raises(InvalidInput):
        Matrix(np.ones((1, 2)), np.ones(3), matrix([[0, 0, 0]]).dimensions)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dimension", list(Dimension))
def test_a_dimension_whose_weights_are_all_zero_is_named(dimension: Dimension) -> None:
    m = matrix([[0.5, 0.5, 0.5]], weights=[float(d is not dimension) for d in Dimension])
    for ask in (lambda: balanced(m, assumed()), lambda: shares(m)):
        with pytest.raises(InvalidInput, match=dimension.label.lower()):
            ask()


def test_parts_are_reported_even_while_incomplete() -> None:
    parts: Scores = balanced(matrix([[0.5, 0.5, np.nan]]), assumed())
    assert parts.impact[0] == 0.5
    assert parts.likelihood[0] == 0.5
    assert np.isnan(parts.risk[0])


def test_the_best_and_worst_ratings_reach_the_ends_of_the_scale_and_never_pass_them() -> None:
    """Shares such as 0.1, 0.2 and 0.7 add up to more or less than 1 in the last digit."""
    random = np.random.default_rng(8)
    for value in (0.0, 1.0):
        for _ in range(200):
            m = matrix([[value] * 12], random.uniform(0.01, 1, 12).round(2).tolist())
            parts = balanced(m, assumed())
            for found in (parts.impact[0], parts.feasibility[0], parts.risk[0]):
                assert 0 <= found <= 1
                assert found == pytest.approx(value)


_OTHER_ORDER = """
import numpy as np
import scoper.scoring.balanced as metric
metric.PARAMETERS, metric.CHANCES = metric.PARAMETERS[::-1], metric.CHANCES[::-1]
from scoper.scoring.robustness.kernels import BalancedKernel
from scoper.scoring.sensitivity.linear import balanced_lines
from tests.charts.boards import board_at
from tests.support import assumed

at = assumed(risk_aversion=2, enough_impact=0.8, stake=0.1)
board = board_at([(0.5, 0.4, 0.3)]).what_if(parameters=at)
drawn = {name: np.array([value]) for name, value in at.items()}
scores = board.ranking.scores
print(round(scores.score[0], 6))
print(round(BalancedKernel(board.matrix)(board.matrix.values, np.ones((1, 3)), drawn)[0, 0], 6))
for block in balanced_lines(board.matrix, at).blocks:
    print(round(50 + block.scores(block.share)[0] / 2, 6))
print(board.method.working(scores, at, 0)[1][1])
"""


def test_the_order_in_which_parameters_are_listed_means_nothing() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _OTHER_ORDER], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert not ran.stderr
    *numbers, likely = ran.stdout.splitlines()
    assert numbers == ["41.60625"] * 5
    assert likely == "p = 0.1 + 0.8 × feasibility 0.400 = 0.420"
