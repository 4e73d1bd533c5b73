"""Sensitivity: every crossing is checked by ranking again on both sides of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.errors import InvalidInput
from scoper.scoring.balanced import balanced, unscaled
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import METHODS
from scoper.scoring.parameters import Parameters
from scoper.scoring.sensitivity import (
    Change,
    Interval,
    LinearScores,
    balanced_lines,
    parameter_intervals,
    smallest_change,
    tornado,
    weight_intervals,
    weighted_sum_lines,
)
from scoper.scoring.sensitivity.intervals import SMALLEST
from scoper.scoring.statistic import Undefined
from scoper.terms import Dimension
from tests.support import assumed, matrix

BALANCED = METHODS["balanced"]
JUST = 1e-5
grid = st.integers(0, 8).map(lambda eighths: eighths / 8)


@st.composite
def matrices(draw: st.DrawFn, columns: tuple[int, ...] = (3, 6)) -> Matrix:
    """Return values and weights on a coarse grid, so that lines cross visibly or not at all."""
    count = draw(st.sampled_from(columns))
    rows = draw(st.integers(1, 6))
    values = [[draw(grid) for _ in range(count)] for _ in range(rows)]
    first = [draw(st.integers(1, 4)) for _ in range(3)]
    return matrix(values, [*first, *(draw(st.integers(0, 4)) for _ in range(count - 3))])


@st.composite
def parameters(draw: st.DrawFn) -> Parameters:
    low, high = sorted((draw(grid), draw(grid)))
    return assumed(
        risk_aversion=draw(st.integers(0, 6)) / 2,
        p_low=low,
        p_high=high,
        enough_impact=draw(st.sampled_from([0, 0.25, 0.5, 1])),
        stake=draw(st.sampled_from([0, 0.25, 1])),
    )


def weighted_sum(m: Matrix) -> Array:
    """Return 100·Σ w v with safety for risk, straight from the definition."""
    risky = np.array([d is Dimension.RISK for d in m.dimensions])
    used = np.where(m.weights > 0, np.where(risky, 1 - m.values, m.values), 0.0)
    scores: Array = 100 * (used * (m.weights / m.weights.sum())).sum(axis=1)
    return np.where(m.missing.any(axis=1), np.nan, scores)


def merit(m: Matrix, at: Parameters) -> Array:
    """Return what the balanced metric ranks by."""
    return unscaled(balanced(m, at).score, at)


def in_order(m: Matrix) -> Array:
    return np.arange(len(m.values))


def with_share(m: Matrix, column: int, share: float, block: list[int]) -> Matrix:
    """Return ``m`` with a share of the block for one column, the others in proportion."""
    weights = m.weights.copy()
    others = [c for c in block if c != column]
    total = weights[block].sum()
    weights[others] *= total * (1 - share) / weights[others].sum()
    weights[column] = total * share
    return m.with_weights(weights)


def block_of(m: Matrix, column: int, *, whole: bool) -> list[int]:
    if whole:
        return list(range(len(m.dimensions)))
    return [int(c) for c in m.columns(m.dimensions[column])]


# ---------------------------------------------------------------- lines


@given(matrices(), parameters())
def test_lines_give_the_scores_of_the_methods(m: Matrix, at: Parameters) -> None:
    for lines, scores in (
        (balanced_lines(m, at), merit(m, at)),
        (weighted_sum_lines(m), weighted_sum(m)),
    ):
        assert lines.scores == pytest.approx(scores, abs=1e-9)
        for block in lines.blocks:
            assert block.share.sum() == pytest.approx(1)
            assert block.scores(block.share) == pytest.approx(scores, abs=1e-9)


@given(matrices(), parameters(), st.data())
def test_lines_hold_for_any_shares_of_one_block(
    m: Matrix, at: Parameters, data: st.DataObject
) -> None:
    for lines, score in (
        (balanced_lines(m, at), lambda other: merit(other, at)),
        (weighted_sum_lines(m), weighted_sum),
    ):
        block = data.draw(st.sampled_from(lines.blocks))
        points = np.array([data.draw(st.floats(0.01, 1)) for _ in block.share])
        share = points / points.sum()
        moved = m.with_weights(block.weights(m, share))
        assert block.scores(share) == pytest.approx(score(moved), abs=1e-9)


# ---------------------------------------------------------------- intervals


def ahead(scores: Array, first: Array) -> float:
    """Return by how much the worst of ``first`` leads the best of the others."""
    others = np.setdiff1d(np.arange(len(scores)), first)
    return float(scores[first].min() - scores[others].max()) if others.size else np.inf


def check(
    interval: Interval,
    first: Array,
    scores_at: Callable[[float], Array],
    between: tuple[float, float, float],
) -> None:
    """Rank again inside the interval, at its ends, and just outside them."""
    low, current, high = between
    top = high if interval.high is None else interval.high
    assert low <= interval.low <= current <= top <= high
    for inside in np.linspace(interval.low, top, 5):
        assert ahead(scores_at(float(inside)), first) >= -1e-9
    for end, limit, rival in (
        (interval.low, low, interval.below),
        (top, high, interval.above),
    ):
        if rival is None:
            assert end == limit
            continue
        outside = scores_at(end + JUST * (limit - end))
        assert outside[rival] > outside[first].min()
        assert ahead(outside, first) < 0


@given(matrices(), parameters(), st.integers(1, 3), st.booleans())
def test_the_top_changes_exactly_at_the_ends_of_each_weights_interval(
    m: Matrix, at: Parameters, top: int, whole: bool
) -> None:
    lines = weighted_sum_lines(m) if whole else balanced_lines(m, at)

    def score(other: Matrix) -> Array:
        return weighted_sum(other) if whole else merit(other, at)

    order = np.lexsort((in_order(m), -np.round(lines.scores, 9)))
    found = weight_intervals(lines, in_order(m), top)
    assert sorted(column for column, _ in found) == list(range(len(m.dimensions)))
    for column, stability in found:
        block = block_of(m, column, whole=whole)
        assert stability.current == pytest.approx(m.weights[column] / m.weights[block].sum())
        for interval, first in ((stability.leader, order[:1]), (stability.top, order[:top])):
            if isinstance(interval, Undefined):
                assert m.weights[block].sum() == m.weights[column]
                continue
            check(
                interval,
                first,
                lambda t, c=column, b=block: score(with_share(m, c, t, b)),  # type: ignore[misc]
                (0, stability.current, 1),
            )


@given(matrices(), parameters(), st.integers(1, 3))
def test_the_top_changes_exactly_at_the_ends_of_each_parameters_interval(
    m: Matrix, at: Parameters, top: int
) -> None:
    order = np.lexsort((in_order(m), -np.round(merit(m, at), 9)))
    limits = {
        "risk_aversion": (0.0, 1e4),
        "p_low": (0.0, at["p_high"]),
        "p_high": (at["p_low"], 1.0),
        "enough_impact": (SMALLEST, 1.0),
        "stake": (0.0, 1.0),
    }
    found = parameter_intervals(BALANCED, m, at, in_order(m), top)
    assert set(found) == set(limits)
    for name, stability in found.items():
        current = at[name]
        assert stability.current == current
        if name == "enough_impact" and not current:
            assert isinstance(stability.leader, Undefined)
            assert "switch" in stability.leader.reason
            continue
        for interval, first in ((stability.leader, order[:1]), (stability.top, order[:top])):
            assert isinstance(interval, Interval)
            low, high = limits[name]

            def scores_at(value: float, name: str = name) -> Array:
                moved = {**at, name: value}
                parts = balanced(m, moved)
                return 50 * (parts.gain - moved["risk_aversion"] * parts.loss)

            check(interval, first, scores_at, (low, current, high))


@given(matrices(), parameters(), st.integers(1, 3), st.integers(0, 1_000))
def test_the_order_of_the_list_never_matters(
    m: Matrix, at: Parameters, top: int, seed: int
) -> None:
    order = np.random.default_rng(seed).permutation(len(m.values))
    shuffled = replace(m, values=m.values[order])

    def ends(other: Matrix, tie_break: Array) -> list[float | None]:
        found = [s for _, s in weight_intervals(balanced_lines(other, at), tie_break, top)]
        found += parameter_intervals(BALANCED, other, at, tie_break, top).values()
        intervals = [i for s in found for i in (s.leader, s.top) if isinstance(i, Interval)]
        return [end for interval in intervals for end in (interval.low, interval.high)]

    assert ends(shuffled, order) == pytest.approx(ends(m, in_order(m)), abs=1e-9)


def test_an_interval_by_hand() -> None:
    """Two criteria: A leads B while t ≤ 0.6, since 40 + 40t = 100 − 60t there."""
    m = matrix([[0.6, 0.8, 0.0], [1.0, 0.2, 0.0]], weights=[1, 3, 0])
    (_, share), *_ = weight_intervals(weighted_sum_lines(m), in_order(m), 1)
    assert share.current == 0.25
    assert isinstance(share.leader, Interval)
    assert share.leader.low == 0
    assert share.leader.high == pytest.approx(0.6, abs=1e-12)
    assert (share.leader.below, share.leader.above) == (None, 1)


def test_twins_stay_together_whatever_moves() -> None:
    m = matrix([[0.3, 0.7, 0.1] * 2, [0.3, 0.7, 0.1] * 2, [0, 0, 1] * 2])
    for lines in (weighted_sum_lines(m), balanced_lines(m, assumed())):
        for _, stability in weight_intervals(lines, in_order(m), 2):
            for interval in (stability.leader, stability.top):
                assert interval == Interval(0.0, 1.0, None, None)


def test_the_only_criterion_with_weight_cannot_move() -> None:
    m = matrix([[0.5, 0.5, 0.5], [0.6, 0.4, 0.5]])
    for _, stability in weight_intervals(balanced_lines(m, assumed()), in_order(m), 1):
        assert isinstance(stability.leader, Undefined)
        assert "only criterion" in stability.leader.reason


def test_a_value_nobody_rated_drops_out_when_its_criterion_counts() -> None:
    nan = float("nan")
    rows = [[0.9, 0.5, 0.5, 0.1, 0.5, 0.5], [0.5, 0.5, 0.5, nan, 0.5, 0.5],
            [0.4, 0.5, 0.5, 1.0, 0.5, 0.5]]  # fmt: skip
    m = matrix(rows, weights=[1, 1, 1, 0, 1, 1])
    share = dict(weight_intervals(balanced_lines(m, assumed()), in_order(m), 1))[3]
    assert isinstance(share.leader, Interval)
    assert share.leader.above == 2
    assert share.leader.high == pytest.approx(0.5 / 1.4, abs=1e-12)
    swapped = Matrix(m.values[[1, 0, 2]], m.weights, m.dimensions)
    swapped.values[0, 0] = 1.0
    share = dict(weight_intervals(balanced_lines(swapped, assumed()), in_order(m), 1))[3]
    assert share.leader == Interval(0.0, 0.0, None, None)


def test_incomplete_use_cases_do_not_compete_and_alone_there_is_no_answer() -> None:
    nan = float("nan")
    m = matrix([[nan, 1.0, 0.0], [0.5, 0.5, 0.5]])
    for stability in parameter_intervals(
        BALANCED, m, assumed(enough_impact=0.5), in_order(m), 1
    ).values():
        assert isinstance(stability.leader, Interval)
        assert (stability.leader.below, stability.leader.above) == (None, None)
    nothing = matrix([[nan, 1.0, 0.0]])
    for _, stability in weight_intervals(weighted_sum_lines(nothing), in_order(nothing), 1):
        assert stability.leader == Undefined("No use case is fully rated.")


@pytest.mark.parametrize("top", [0, -1])
def test_a_top_group_needs_a_place(top: int) -> None:
    m = matrix([[0.5, 0.5, 0.5]])
    with pytest.raises(InvalidInput) as refused:
        weight_intervals(weighted_sum_lines(m), in_order(m), top)
    assert refused.value.field == "top"


def test_no_weight_at_all_is_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        weighted_sum_lines(matrix([[0.5, 0.5, 0.5]], weights=[0, 0, 0]))
    assert refused.value.field == "weight"


# ---------------------------------------------------------------- smallest change


def simplex(count: int, parts: int) -> list[Array]:
    """Return every way to share out ``parts`` among ``count`` criteria."""
    points = [p for p in product(range(parts + 1), repeat=count) if sum(p) == parts]
    return [np.array(p) / parts for p in points]


def brute_force(lines: LinearScores, row: int) -> float:
    """Return the smallest change on a grid that puts ``row`` first; infinite if there is none."""
    best = np.inf
    for block in lines.blocks:
        for share in simplex(len(block.share), 24):
            if block.scores(share)[row] >= np.nanmax(block.scores(share)) - 1e-12:
                best = min(best, float(np.abs(share - block.share).sum()))
    return best


@given(matrices(), parameters(), st.data())
def test_the_smallest_change_puts_it_first_and_no_smaller_one_on_a_grid_does(
    m: Matrix, at: Parameters, data: st.DataObject
) -> None:
    row = data.draw(st.integers(0, len(m.values) - 1))
    choices = [balanced_lines(m, at)] + ([weighted_sum_lines(m)] if m.weights.size == 3 else [])
    for lines in choices:
        found = smallest_change(lines, row)
        if isinstance(found, Undefined):
            assert brute_force(lines, row) == np.inf
            assert ("single dimension" in found.reason) is (len(lines.blocks) > 1)
            continue
        assert found.share.sum() == pytest.approx(1)
        assert (found.share >= 0).all()
        assert np.abs(found.share - found.block.share).sum() == pytest.approx(found.distance)
        changed = m.with_weights(found.block.weights(m, found.share))
        scores = balanced(changed, at).score if len(lines.blocks) > 1 else weighted_sum(changed)
        assert scores[row] >= scores.max() - 1e-9
        assert found.distance <= brute_force(lines, row) + 1e-9


def test_a_smallest_change_by_hand() -> None:
    """B leads from t = 0.6 of the first criterion on: 0.35 more there, 0.35 less elsewhere."""
    m = matrix([[0.6, 0.8, 0.0], [1.0, 0.2, 0.0]], weights=[1, 3, 0])
    found = smallest_change(weighted_sum_lines(m), 1)
    assert isinstance(found, Change)
    assert found.distance == pytest.approx(0.7, abs=1e-9)
    assert found.share == pytest.approx([0.6, 0.4, 0.0], abs=1e-9)
    assert found.block.weights(m, found.share) == pytest.approx([2.4, 1.6, 0.0], abs=1e-8)


def test_the_leader_needs_no_change() -> None:
    m = matrix([[0.9, 0.9, 0.1], [0.1, 0.1, 0.9]])
    found = smallest_change(balanced_lines(m, assumed()), 0)
    assert isinstance(found, Change)
    assert found.distance == 0


def test_no_weights_put_a_dominated_use_case_first() -> None:
    m = matrix([[0.9, 0.9, 0.1], [0.1, 0.1, 0.9]])
    found = smallest_change(weighted_sum_lines(m), 1)
    assert isinstance(found, Undefined)
    assert "whatever they are" in found.reason


def test_an_incomplete_use_case_cannot_be_put_first() -> None:
    m = matrix([[0.9, 0.9, 0.1], [float("nan"), 0.1, 0.9]])
    assert smallest_change(weighted_sum_lines(m), 1) == Undefined("It is not fully rated.")


def test_a_criterion_that_a_rival_was_not_rated_on_is_not_given_weight() -> None:
    nan = float("nan")
    rows = [[0.9, 0.5, 0.5, nan, 0.5, 0.5], [0.5, 0.5, 0.5, 1.0, 0.5, 0.5]]
    m = matrix(rows, weights=[1, 1, 1, 0, 1, 1])
    assert isinstance(smallest_change(balanced_lines(m, assumed()), 1), Undefined)


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    m = matrix([[0.6, 0.8, 0.0], [1.0, 0.2, 0.0]], weights=[1, 3, 0])
    smallest_change(weighted_sum_lines(m), 1)
    assert capfd.readouterr() == ("", "")


# ---------------------------------------------------------------- tornado


@given(matrices(), parameters(), st.data())
def test_a_bar_is_the_difference_that_ranking_again_makes(
    m: Matrix, at: Parameters, data: st.DataObject
) -> None:
    row = data.draw(st.integers(0, len(m.values) - 1))
    steps = np.full(len(m.dimensions), 0.25)

    def score(other: Matrix) -> Array:
        return merit(other, at)

    bars = tornado(m, score, row, steps)
    for column, dimension in enumerate(m.dimensions):
        sign = -1 if dimension is Dimension.RISK else 1
        assert sign * bars.up[column] >= -1e-9
        assert sign * bars.down[column] <= 1e-9
        for by, bar in ((-0.25, bars.down), (0.25, bars.up)):
            values = m.values.copy()
            values[row, column] = min(1.0, max(0.0, values[row, column] + by))
            moved = Matrix(values, m.weights, m.dimensions)
            assert bar[column] == pytest.approx(score(moved)[row] - score(m)[row], abs=1e-9)
    widths = np.maximum(np.abs(bars.up), np.abs(bars.down))[bars.order]
    assert (np.diff(widths) <= 1e-12).all()


def test_a_tornado_by_hand_ends_at_the_ends_of_the_scale() -> None:
    """With equal weights a quarter of the scale is 100/3/4 points; 1 cannot rise, 0 not fall."""
    m = matrix([[1.0, 0.0, 0.9], [0.5, 0.5, 0.5]])
    bars = tornado(m, weighted_sum, 0, np.full(3, 0.25))
    assert bars.up == pytest.approx([0, 25 / 3, -10 / 3])
    assert bars.down == pytest.approx([-25 / 3, 0, 25 / 3])


def test_a_criterion_without_weight_has_no_bar_even_unrated() -> None:
    m = matrix([[0.5, 0.5, 0.5, float("nan"), 0.5, 0.5]], weights=[1, 1, 1, 0, 1, 1])
    bars = tornado(m, lambda other: balanced(other, assumed()).score, 0, np.full(6, 0.25))
    assert (bars.down[3], bars.up[3]) == (0, 0)


def test_a_tornado_needs_a_score_and_a_step() -> None:
    m = matrix([[float("nan"), 0.5, 0.5], [0.5, 0.5, 0.5]])
    for row, step in ((0, 0.25), (1, 0.0), (1, 1.5)):
        with pytest.raises(InvalidInput):
            tornado(m, weighted_sum, row, np.full(3, step))
