"""Ranks, ties and the order of the list."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.board import build_board
from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array
from scoper.scoring.methods import METHODS, method
from scoper.scoring.ranking import competition_rank, rank_order
from scoper.terms import Aggregation
from tests.support import portfolio_of

score = st.one_of(
    st.sampled_from([0.0, 50.0, 50.0 + 1e-12, 62.5, 100.0, float("nan")]), st.floats(0, 100)
)


def ranks(*scores: float) -> list[int]:
    return [int(rank) for rank in competition_rank(np.array(scores))]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((), []),
        ((10,), [1]),
        ((10, 30, 20), [3, 1, 2]),
        ((20, 30, 20, 10), [2, 1, 2, 4]),
        ((5, 5, 5), [1, 1, 1]),
        ((float("nan"), 30, float("nan"), 10), [0, 1, 0, 2]),
        ((float("nan"),), [0]),
    ],
)
def test_competition_ranks(scores: tuple[float, ...], expected: list[int]) -> None:
    assert ranks(*scores) == expected


def test_scores_that_agree_to_nine_decimals_are_tied() -> None:
    assert ranks(50.0, 50.0 + 4e-10) == [1, 1]
    assert ranks(50.0, 50.0 + 2e-9) == [2, 1]


@given(st.lists(score, max_size=20))
def test_a_rank_is_one_more_than_the_number_of_better_scores(scores: list[float]) -> None:
    rounded = [round(s, 9) for s in scores]
    expected = [0 if math.isnan(s) else 1 + sum(other > s for other in rounded) for s in rounded]
    assert ranks(*scores) == expected


@given(st.lists(score, max_size=20), st.randoms(use_true_random=False))
def test_ranks_do_not_depend_on_the_order_of_the_list(
    scores: list[float], shuffler: random.Random
) -> None:
    order = list(range(len(scores)))
    shuffler.shuffle(order)
    assert ranks(*(scores[row] for row in order)) == [ranks(*scores)[row] for row in order]


def test_the_list_is_ordered_by_score_then_key_with_incomplete_ones_last() -> None:
    scores = np.array([np.nan, 20.0, 30.0, 20.0 + 1e-12, np.nan])
    keys = np.array([1, 4, 0, 2, 0])
    assert rank_order(scores, keys).tolist() == [2, 3, 1, 4, 0]


def test_an_unknown_method_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(InvalidInput, match="balanced") as refused:
        method("astrology")
    assert refused.value.field == "method"


def test_methods_state_range_formula_and_source() -> None:
    for method_id, entry in METHODS.items():
        assert entry.id == method_id
        assert entry.lowest < entry.highest
        assert entry.formula
        assert entry.source


# ---------------------------------------------------------------- the whole way from ratings


@st.composite
def ratings(draw: st.DrawFn) -> Array:
    shape = draw(st.integers(2, 6)), draw(st.sampled_from([3, 6, 9])), draw(st.integers(1, 9))
    entry = st.one_of(st.integers(1, 5).map(float), st.just(float("nan")))
    size = shape[0] * shape[1] * shape[2]
    return np.array(draw(st.lists(entry, min_size=size, max_size=size))).reshape(shape)


@given(ratings(), st.sampled_from(Aggregation), st.data())
def test_no_rating_of_one_use_case_moves_the_score_of_another(
    cube: Array, how: Aggregation, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.sampled_from(range(len(cube))), min_size=1, unique=True))
    whole = build_board(portfolio_of(cube, how=how)).ranking.scores.score
    part = build_board(portfolio_of(cube[rows], how=how)).ranking.scores.score
    assert np.array_equal(part, whole[rows], equal_nan=True)


def test_an_incomplete_use_case_has_neither_score_nor_rank_and_says_what_is_missing() -> None:
    cube = np.full((2, 3, 2), 3.0)
    cube[0, 1] = np.nan
    board = build_board(portfolio_of(cube))
    incomplete, complete = board.standing_at(0), board.standing_at(1)
    assert (incomplete.rank, incomplete.score) == (None, None)
    assert [c.key for c in incomplete.missing] == ["c1"]
    assert not incomplete.complete
    assert (complete.rank, complete.score) == (1, 50.0)
    assert [s.use_case for s in board.ranked] == [complete.use_case, incomplete.use_case]


def test_a_board_explains_a_score_by_its_criteria() -> None:
    cube = np.array([[[5.0, 3.0], [3.0, 3.0], [2.0, 2.0]]])
    board = build_board(portfolio_of(cube))
    impact, feasibility, risk = board.explain(board.use_cases[0].id)
    assert (impact.raters, impact.rating, impact.value, impact.share) == (2, 4.0, 0.75, 1.0)
    assert board.standing_at(0).score == pytest.approx(62.5)
    assert impact.points == pytest.approx(18.75)
    assert risk.points == pytest.approx(-6.25)
    assert feasibility.points == pytest.approx(0.4)


def test_what_if_leaves_the_board_alone() -> None:
    board = build_board(portfolio_of(np.full((2, 6, 1), 3.0)))
    before = board.ranking.scores.score.copy()
    other = board.what_if(weights=np.array([1, 1, 1, 0, 0, 0.0]))
    assert other.matrix.weights.tolist() == [1, 1, 1, 0, 0, 0]
    assert np.array_equal(board.ranking.scores.score, before)
    with pytest.raises(InvalidInput):
        board.what_if(weights=np.array([-1, 1, 1, 0, 0, 0.0]))


def test_a_board_whose_weights_cannot_be_scored_says_why_and_still_shows() -> None:
    board = build_board(portfolio_of(np.full((1, 3, 1), 3.0), weights=[0, 1, 1]))
    assert "impact" in board.problem
    assert board.standing_at(0).rank is None
    assert [c.points for c in board.explain(board.use_cases[0].id)] == [None, None, None]


def test_ratings_outside_their_scale_are_counted() -> None:
    cube = np.full((1, 3, 2), 3.0)
    cube[0, 0] = [9.0, np.nan]
    assert build_board(portfolio_of(cube)).clipped == 1
