"""What scoring methods promise, what they refuse, and how schemes compute."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from scoper.board import Board, build_board, compare_methods
from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import METHODS, Method, Weighing
from scoper.scoring.preferences import Preference, Shape, net_flows
from scoper.scoring.ranking import competition_rank
from scoper.terms import Dimension
from tests.scoring.tables import raw, table
from tests.support import assumed, matrix, portfolio_of

RAW = [m for m in METHODS.values() if m.raw]
WEIGHED = [m for m in METHODS.values() if m.weighing is not Weighing.NONE]
AT = assumed()


# ---------------------------------------------------------------- what methods promise

unit = st.floats(0, 1).map(lambda v: round(v, 3))


@st.composite
def matrices(draw: st.DrawFn, *, min_rows: int = 1) -> Matrix:
    columns = 3 * draw(st.integers(1, 3))
    rows = draw(st.integers(min_rows, 7))
    values = [[draw(unit) for _ in range(columns)] for _ in range(rows)]
    return matrix(values, [draw(st.floats(0.01, 10)) for _ in range(columns)])


def scored(method: Method, m: Matrix) -> Array:
    return method.score(m, AT)


@pytest.mark.parametrize("method", WEIGHED, ids=lambda m: m.id)
@given(m=matrices(), data=st.data())
def test_the_order_of_rows_never_matters(method: Method, m: Matrix, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(m.values))))
    shuffled = scored(method, Matrix(m.values[order], m.weights, m.dimensions))
    assert shuffled == pytest.approx(scored(method, m)[order], abs=1e-9)


@pytest.mark.parametrize("method", WEIGHED, ids=lambda m: m.id)
@given(m=matrices(min_rows=2), data=st.data())
def test_one_that_is_nowhere_worse_never_ranks_lower(
    method: Method, m: Matrix, data: st.DataObject
) -> None:
    better = m.values.copy()
    for column, dimension in enumerate(m.dimensions):
        worst = float(better[1, column])
        low, high = (0.0, worst) if dimension is Dimension.RISK else (worst, 1.0)
        better[0, column] = data.draw(st.floats(low, high))
    ranks = competition_rank(scored(method, Matrix(better, m.weights, m.dimensions)))
    assert ranks[0] <= ranks[1]


@pytest.mark.parametrize("method", WEIGHED, ids=lambda m: m.id)
@given(m=matrices(), value=unit, dimension=st.sampled_from(Dimension))
def test_a_weight_of_zero_is_as_good_as_absent(
    method: Method, m: Matrix, value: float, dimension: Dimension
) -> None:
    extra = np.full((len(m.values), 1), value)
    extra[0] = np.nan
    wider = Matrix(
        np.hstack([extra, m.values]), np.append(0.0, m.weights), (dimension, *m.dimensions)
    )
    assert scored(method, wider) == pytest.approx(scored(method, m), abs=1e-12)


@pytest.mark.parametrize("method", WEIGHED, ids=lambda m: m.id)
@given(m=matrices())
def test_scores_stay_in_the_range_the_method_states(method: Method, m: Matrix) -> None:
    scores = scored(method, m)
    assert (scores >= method.lowest - 1e-9).all()
    assert (scores <= method.highest + 1e-9).all()


@pytest.mark.parametrize(
    "method", [m for m in WEIGHED if m.contributions and not m.has_break_even], ids=lambda m: m.id
)
@given(m=matrices(), data=st.data())
def test_contributions_add_up_to_the_score(method: Method, m: Matrix, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(m.values) - 1))
    assert method.contributions is not None
    points = method.contributions(m, AT, row)
    assert points.sum() == pytest.approx(scored(method, m)[row], abs=1e-9)


@given(m=matrices())
def test_net_flows_add_up_to_nothing(m: Matrix) -> None:
    assert scored(METHODS["promethee2"], m).sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("method", WEIGHED, ids=lambda m: m.id)
def test_an_incomplete_use_case_has_no_score_and_does_not_touch_the_others(method: Method) -> None:
    rows = [[0.2, 0.4, 0.6], [0.9, 0.1, 0.3], [0.5, 0.5, 0.5]]
    with_gap = scored(method, matrix([*rows, [1.0, np.nan, 0.0]]))
    assert np.isnan(with_gap[3])
    assert with_gap[:3] == pytest.approx(scored(method, matrix(rows)), abs=1e-12)


@pytest.mark.parametrize("method", [m for m in WEIGHED if not m.list_dependent], ids=lambda m: m.id)
@given(m=matrices(min_rows=2), data=st.data())
def test_methods_that_do_not_depend_on_the_list_score_each_use_case_alone(
    method: Method, m: Matrix, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.sampled_from(range(len(m.values))), min_size=1, unique=True))
    fewer = Matrix(m.values[rows], m.weights, m.dimensions)
    assert np.array_equal(scored(method, fewer), scored(method, m)[rows])


@pytest.mark.parametrize(
    ("method_id", "rows"),
    [
        ("topsis", [[1.0, 0.0, 0.4], [0.7, 0.1, 0.5], [0.6, 0.8, 1.0]]),
        ("promethee2", [[0.9, 0.9, 0.9], [0.8, 0.8, 0.1], [0.5, 0.5, 0.5], [0.4, 0.4, 0.6]]),
    ],
)
def test_others_on_the_list_can_reverse_two_ranks_where_the_method_says_so(
    method_id: str, rows: list[list[float]]
) -> None:
    method = METHODS[method_id]
    whole, alone = scored(method, matrix(rows)), scored(method, matrix(rows[:2]))
    assert (whole[0] - whole[1]) * (alone[0] - alone[1]) < 0
    assert method.list_dependent


def test_risks_count_as_their_safety() -> None:
    safe, risky = scored(METHODS["weighted_sum"], matrix([[0.5, 0.5, 0.1], [0.5, 0.5, 0.9]]))
    assert safe == pytest.approx(100 * (0.5 + 0.5 + 0.9) / 3)
    assert risky == pytest.approx(100 * (0.5 + 0.5 + 0.1) / 3)


def test_a_zero_kills_a_weighted_product() -> None:
    assert scored(METHODS["weighted_product"], matrix([[1.0, 1.0, 1.0]])).tolist() == [0.0]


# ---------------------------------------------------------------- edges


@pytest.mark.parametrize("method", RAW, ids=lambda m: m.id)
@pytest.mark.parametrize("rows", [1, 4])
def test_equal_alternatives_share_the_first_rank(method: Method, rows: int) -> None:
    assert method.raw is not None
    scores = method.raw(table(np.full((rows, 3), 2.0)))
    assert np.isfinite(scores).all()
    assert competition_rank(scores).tolist() == [1] * rows


def test_equal_alternatives_are_half_way_by_topsis_and_flow_nowhere_by_promethee() -> None:
    alike = table(np.full((3, 2), 2.0))
    assert raw("topsis", alike).tolist() == [0.5] * 3
    assert raw("promethee2", alike).tolist() == [0.0] * 3


def test_a_constant_column_of_zeros_changes_nothing() -> None:
    values = np.array([[1.0, 5.0], [2.0, 3.0], [4.0, 4.0]])
    wider = np.column_stack([values, np.zeros(3)])
    for method_id in ("topsis", "promethee2"):
        with_zeros = competition_rank(raw(method_id, table(wider)))
        assert with_zeros.tolist() == competition_rank(raw(method_id, table(values))).tolist()


@pytest.mark.parametrize("method_id", ["weighted_sum", "weighted_product"])
@pytest.mark.parametrize(
    ("value", "falling", "told"),
    [(-1.0, False, "“A1” on “C0” is below 0"), (0.0, True, "“A1” on “C0” is 0, where less")],
)
def test_values_that_have_no_ratio_are_refused_by_name(
    method_id: str, value: float, falling: bool, told: str
) -> None:
    decisions = table(np.array([[1.0], [value]]), falling=np.array([falling]))
    with pytest.raises(InvalidInput, match=told):
        raw(method_id, decisions)


@pytest.mark.parametrize("method_id", ["weighted_sum", "weighted_product"])
def test_a_column_of_zeros_has_no_shares(method_id: str) -> None:
    with pytest.raises(InvalidInput, match="All values of “C1” are 0"):
        raw(method_id, table(np.array([[1.0, 0.0], [2.0, 0.0]])))


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ([0.0, 0.0], "All weights are 0"),
        ([1.0, -1.0], "weight of “C1” is negative"),
        ([np.nan, 1.0], "weight of “C0” is negative or not a number"),
    ],
)
def test_weights_that_cannot_weigh_are_refused(weights: list[float], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        table(np.ones((2, 2)), np.array(weights))


def test_values_that_are_no_numbers_are_refused_by_name() -> None:
    with pytest.raises(InvalidInput, match="“A1” on “C0” is not a finite number"):
        table(np.array([[1.0], [np.inf]]))


@pytest.mark.parametrize(
    ("shape", "thresholds"),
    [
        (Shape.V_SHAPE, {"p": 0.0}),
        (Shape.LEVEL, {"q": 3.0, "p": 2.0}),
        (Shape.LINEAR, {"q": 2.0, "p": 2.0}),
        (Shape.GAUSSIAN, {}),
        (Shape.U_SHAPE, {"q": -1.0}),
        (Shape.U_SHAPE, {"q": float("nan")}),
    ],
)
def test_thresholds_out_of_order_are_refused(shape: Shape, thresholds: dict[str, float]) -> None:
    with pytest.raises(InvalidInput, match=shape.value):
        Preference(shape, **thresholds)


# ---------------------------------------------------------------- schemes


def ranked(method_id: str, ratings: dict[str, list[float]], low: float, high: float) -> Board:
    """Return a board of a scheme's criteria, rated by one person on a scale from low to high."""
    cube = np.array(list(ratings.values())).T[:, :, None]
    portfolio = portfolio_of(cube)
    criteria = tuple(
        replace(criterion, key=key, low=low, high=high)
        for criterion, key in zip(portfolio.criteria, ratings, strict=True)
    )
    return build_board(replace(portfolio, method=method_id, criteria=criteria))


@pytest.mark.parametrize(
    ("method_id", "ratings", "expected"),
    [
        (
            "rice",
            {"reach": [500, 900], "impact": [2, 1], "confidence": [0.8, 0.5], "effort": [4, 3]},
            [200, 150],
        ),
        ("ice", {"impact": [8, 3], "confidence": [5, 9], "ease": [2, 2]}, [80, 54]),
        (
            "wsjf",
            {
                "business_value": [8, 5],
                "time_criticality": [13, 1],
                "risk_reduction": [3, 2],
                "job_size": [5, 1],
            },
            [4.8, 8],
        ),
        ("value_effort", {"value": [4, 3], "effort": [2, 1]}, [2, 3]),
        ("bxt", {"viability": [4, 1], "desirability": [3, 5], "feasibility": [5, 3]}, [4, 3]),
    ],
)
def test_schemes_compute_their_formula_on_the_ratings(
    method_id: str, ratings: dict[str, list[float]], expected: list[float]
) -> None:
    board = ranked(method_id, ratings, 0.0, 1000.0)
    assert board.problem == ""
    assert board.ranking.scores.score == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("method_id", "ratings", "what"),
    [
        ("rice", {"reach": [5], "impact": [2], "confidence": [1], "effort": [0]}, "effort"),
        (
            "wsjf",
            {
                "business_value": [1],
                "time_criticality": [1],
                "risk_reduction": [1],
                "job_size": [0],
            },
            "job size",
        ),
        ("value_effort", {"value": [1], "effort": [-2]}, "effort"),
    ],
)
def test_dividing_by_nothing_names_the_use_case(
    method_id: str, ratings: dict[str, list[float]], what: str
) -> None:
    board = ranked(method_id, ratings, -10.0, 10.0)
    assert f"The {what} of “Use case 0” is" in board.problem
    assert board.ranking.rank.tolist() == [0]


def test_a_scheme_counts_only_its_own_criteria_as_missing() -> None:
    ratings = {"value": [3.0, np.nan], "effort": [1.0, 1.0], "extra": [np.nan, 2.0]}
    board = ranked("value_effort", ratings, 0.0, 5.0)
    first, second = board.standing_at(0), board.standing_at(1)
    assert (first.rank, first.score) == (1, 3.0)
    assert [c.key for c in second.missing] == ["value"]
    assert second.rank is None


def test_a_method_says_which_criteria_it_needs() -> None:
    with pytest.raises(InvalidInput, match="needs the criteria value and effort"):
        METHODS["value_effort"].check(matrix([[0.5, 0.5, 0.5]]))


def test_weights_across_all_criteria_need_one_above_zero() -> None:
    with pytest.raises(InvalidInput, match="All weights are 0"):
        METHODS["topsis"].check(matrix([[0.5, 0.5, 0.5]], [0, 0, 0]))


# ---------------------------------------------------------------- boards


def test_another_method_for_once_leaves_the_board_as_it_was() -> None:
    board = build_board(portfolio_of(np.random.default_rng(3).integers(1, 6, (5, 3, 2)) * 1.0))
    other = board.what_if(method_id="topsis")
    assert (board.method.id, other.method.id) == ("balanced", "topsis")
    assert np.array_equal(other.ranking.scores.impact, board.ranking.scores.impact)
    assert other.explain(other.use_cases[0].id)[0].points is None
    with pytest.raises(InvalidInput, match="astrology"):
        board.what_if(method_id="astrology")


def test_comparing_methods_ranks_by_all_that_apply_and_says_why_others_do_not() -> None:
    ratings = np.random.default_rng(3).integers(1, 6, (8, 3, 2)) * 1.0
    ratings[7, 0] = np.nan
    compared = compare_methods(build_board(portfolio_of(ratings)))
    assert set(compared.boards) == {m.id for m in WEIGHED}
    assert set(compared.refused) == set(METHODS) - set(compared.boards)
    for (one, other), tau in compared.tau.items():
        first, second = (compared.boards[m].ranking.rank[:7] for m in (one, other))
        assert tau == pytest.approx(kendalltau(first, second).statistic), (one, other)
    assert compared.undefined == {}


def test_agreement_of_methods_is_undefined_where_one_ties_all() -> None:
    compared = compare_methods(build_board(portfolio_of(np.full((3, 3, 1), 3.0))))
    assert set(compared.tau.values()) == {None}
    assert compared.undefined["balanced", "topsis"] == "one of them ranks all use cases alike"
    alone = compare_methods(build_board(portfolio_of(np.full((1, 3, 1), 3.0))))
    assert "fewer than two" in alone.undefined["balanced", "topsis"]


def test_the_gaussian_of_the_smallest_scale_is_the_usual_shape() -> None:
    values = np.array([[0.0], [1e9], [1e9]])
    flows = net_flows(values, [Preference(Shape.GAUSSIAN, s=1e-300)])
    assert flows == pytest.approx(net_flows(values, [Preference()]))


# ---------------------------------------------------------------- what else they are asked


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda m: m.id)
def test_shares_are_spread_over_what_the_method_says_also_where_nothing_is_weighed(
    method: Method,
) -> None:
    m = replace(matrix([[0.5] * 6]), weights=np.array([3.0, 1.0, 0.0, 0.0, 2.0, 2.0]))
    spread = method.spread(m)
    wholes = [method.whole(dimension) for dimension in m.dimensions]
    for whole in set(wholes):
        there = [place for place, each in enumerate(wholes) if each == whole]
        expected = 1.0 if whole and m.weights[there].any() else 0.0
        assert spread[there].sum() == pytest.approx(expected)
    assert np.isfinite(spread).all()


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda m: m.id)
def test_a_method_is_offered_where_it_does_not_miss_a_criterion(method: Method) -> None:
    keys = ("reach", "impact", "confidence", "effort", "value", "ease")
    m = replace(matrix([[0.5] * 6]), keys=keys)
    if method.fits(keys):
        method.check(m)
    else:
        with pytest.raises(InvalidInput, match="missing"):
            method.check(m)
