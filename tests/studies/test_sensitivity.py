"""What the answer depends on, ranked again on both sides of every end that is stated."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from scoper.board import Board
from scoper.scoring.matrix import Array
from scoper.scoring.sensitivity import Change, Interval
from scoper.scoring.sensitivity.intervals import SMALLEST
from scoper.scoring.statistic import Undefined
from scoper.studies.sensitivity import PART_OF_A_SCALE, Sensitivity
from scoper.terms import Dimension
from tests.skewed import AVERSION, BLANK, HIGH, LOW, WEIGHTS, parameters, skewed_board

JUST = 1e-6


@pytest.fixture(params=["balanced", "weighted_sum"])
def board(request: pytest.FixtureRequest) -> Board:
    """Return the skewed board under a method whose scores are linear in the weights."""
    return skewed_board().what_if(method_id=request.param)


def first(board: Board, places: int) -> set[str]:
    return {standing.use_case.key for standing in board.ranked[:places]}


def with_share(board: Board, column: int, share: float, block: Dimension | None) -> Board:
    """Return a board in which a criterion has a share and the others keep their proportions."""
    weights: Array = np.array(WEIGHTS)
    dimensions = board.matrix.dimensions
    inside = [c for c, d in enumerate(dimensions) if block in (None, d)]
    others = [c for c in inside if c != column]
    total = weights[inside].sum()
    weights[others] *= total * (1 - share) / weights[others].sum()
    weights[column] = total * share
    return board.what_if(weights=weights)


def test_the_first_stay_first_up_to_the_ends_of_a_share_and_no_further(board: Board) -> None:
    ends = 0
    study = Sensitivity(board, top=3)
    assert not isinstance(study.weights, Undefined)
    for found in study.weights:
        column = board.portfolio.criteria.index(found.criterion)
        block = found.criterion.dimension if board.method.id == "balanced" else None
        assert found.dimension is block
        for places, interval in ((1, found.stability.leader), (3, found.stability.top)):
            if isinstance(interval, Undefined) or interval.low == interval.high:
                continue
            assert interval.high is not None
            now = first(board, places)
            for end, step in ((interval.low, -JUST), (interval.high, JUST)):
                assert first(with_share(board, column, end - step, block), places) == now
                if 0 < end < 1:
                    assert first(with_share(board, column, end + step, block), places) != now
                    ends += 1
    assert ends > 3, "nothing changes places: nothing is shown"
    assert [w.criterion for w in study.weights] == list(board.portfolio.criteria)


def test_the_first_stay_first_up_to_the_ends_of_a_parameter() -> None:
    terms = {"enough_impact": 0.5, "stake": 0.4}
    board, ends = skewed_board().what_if(parameters=parameters(**terms)), 0
    found = Sensitivity(board, top=2).parameters
    now = {"risk_aversion": AVERSION, "p_low": LOW, "p_high": HIGH} | terms
    limits = {"risk_aversion": (0, None), "p_low": (0, HIGH), "p_high": (LOW, 1)}
    limits |= {"enough_impact": (SMALLEST, 1), "stake": (0, 1)}
    assert {name: stability.current for name, stability in found.items()} == now
    for name, stability in found.items():
        for places, interval in ((1, stability.leader), (2, stability.top)):
            assert isinstance(interval, Interval)
            for end, limit, step in (
                (interval.low, limits[name][0], -JUST),
                (interval.high, limits[name][1], JUST),
            ):
                if end == limit or end is None:
                    continue
                for beyond in (-step, step):
                    moved = board.what_if(parameters=parameters(**{**terms, name: end + beyond}))
                    kept = first(moved, places) == first(board, places)
                    assert kept == (beyond == -step), (name, places)
                    ends += 1
    assert ends > 2, "nothing changes places: nothing is shown"
    assert Sensitivity(board.what_if(method_id="topsis"), top=2).parameters == {}


def test_the_smallest_change_puts_a_use_case_first_and_a_smaller_one_does_not(
    board: Board,
) -> None:
    reached = 0
    for use_case in board.use_cases:
        change = Sensitivity(board, top=1).smallest_change(use_case.id)
        if not isinstance(change, Change):
            continue
        reached += 1
        for part, is_first in ((1.0, True), (0.99, change.distance == 0)):
            share = change.block.share + part * (change.share - change.block.share)
            moved = board.what_if(weights=change.block.weights(board.matrix, share))
            score, best = moved.standing(use_case.id).score, moved.ranked[0].score
            assert score is not None
            assert (score == pytest.approx(best, abs=1e-6)) == is_first, use_case.key
    assert reached > 1


def test_bars_are_what_a_step_of_one_group_rating_does() -> None:
    """A level where there are levels, else a tenth of the scale; never beyond its end."""
    board = skewed_board()
    study = Sensitivity(board, top=2)
    assert study.steps == pytest.approx([1 / 4, 1 / 10, 1 / 5, 1 / 3, 1, 1 / 4, 1 / 10])
    assert PART_OF_A_SCALE == 0.1
    for row, use_case in enumerate(board.use_cases):
        if row in BLANK:
            continue
        bars, now = study.tornado(use_case.id), board.standing(use_case.id).score
        for column, step in enumerate(study.steps):
            for bar, sign in ((bars.down[column], -1), (bars.up[column], 1)):
                values = board.matrix.values.copy()
                if not isnan(values[row, column]):
                    values[row, column] = min(1.0, max(0.0, values[row, column] + sign * step))
                moved = replace(board.matrix, values=values)
                other = board.method.score(moved, board.parameters)[row]
                assert bar == pytest.approx(other - now, abs=1e-9)


def test_the_group_is_the_first_places_that_somebody_holds() -> None:
    board = skewed_board()
    keys = [standing.use_case.key for standing in board.ranked]
    for top, expected in ((1, keys[:1]), (3, keys[:3]), (7, keys[:5])):
        assert [use_case.key for use_case in Sensitivity(board, top).group] == expected
