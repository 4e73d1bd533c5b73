"""The board, against the same sums in plain Python, on data in which nothing is usual."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import numpy as np
import pytest
from scipy.stats import kendalltau

from scoper.board import ActsOn, Board, build_board, compare_methods
from scoper.terms import Aggregation
from tests.skewed import (
    BLANK,
    HIGH,
    KEYS,
    LOW,
    balanced_by_hand,
    group_values,
    mean_of,
    parameters,
    skewed_board,
    skewed_portfolio,
)
from tests.support import ONE_OF_EACH, portfolio_of


@pytest.fixture(scope="module")
def board() -> Board:
    """Return the board of the skewed portfolio."""
    return skewed_board()


def expected_scores(board: Board) -> list[float]:
    criteria = board.portfolio.criteria
    return [balanced_by_hand(values, criteria) for values in group_values(board.portfolio)]


@pytest.mark.parametrize("how", Aggregation)
def test_every_number_of_the_ranking_by_hand(how: Aggregation) -> None:
    board = skewed_board(how)
    scores = expected_scores(board)
    assert [row for row, score in enumerate(scores) if isnan(score)] == list(BLANK)
    assert board.ranking.scores.score == pytest.approx(scores, nan_ok=True)
    ranked = sorted((row for row in range(7) if row not in BLANK), key=lambda row: -scores[row])
    last = sorted(BLANK, key=lambda row: KEYS[row])
    assert [standing.use_case.key for standing in board.ranked] == [
        KEYS[row] for row in (*ranked, *last)
    ]
    assert [standing.rank for standing in board.ranked] == [1, 2, 3, 4, 5, None, None]
    assert ranked != sorted(ranked), "the order of entry is not the ranking"


def test_the_parts_of_a_standing_by_hand(board: Board) -> None:
    criteria, values = board.portfolio.criteria, group_values(board.portfolio)
    for row, use_case in enumerate(board.use_cases):
        standing = board.standing(use_case.id)
        means = [mean_of(values[row], criteria, of) for of in ONE_OF_EACH]
        found = (standing.impact, standing.feasibility, standing.risk)
        assert found == tuple(None if isnan(mean) else pytest.approx(mean) for mean in means)
        assert standing.complete == (row not in BLANK)
        assert standing.missing == ((criteria[row],) if row in BLANK else ())
        if standing.complete:
            impact, feasibility, risk = means
            likelihood = LOW + (HIGH - LOW) * feasibility
            assert standing.likelihood == pytest.approx(likelihood)
            assert standing.gain == pytest.approx(likelihood * impact)
            assert standing.loss == pytest.approx((1 - likelihood) * risk)


def test_what_criteria_add_comes_to_the_score(board: Board) -> None:
    """Also where weights, scales and parameters are none of the usual ones."""
    values = group_values(board.portfolio)
    for row, use_case in enumerate(board.use_cases):
        parts, standing = board.explain(use_case.id), board.standing(use_case.id)
        for column, part in enumerate(parts):
            value, criterion = values[row][column], board.portfolio.criteria[column]
            votes = board.portfolio.ratings[row, column]
            assert part.raters == np.count_nonzero(~np.isnan(votes))
            assert part.value == (None if isnan(value) else pytest.approx(value))
            on_its_scale = criterion.low + value * (criterion.high - criterion.low)
            assert part.rating == (None if isnan(value) else pytest.approx(on_its_scale))
        if standing.score is None or standing.likelihood is None:
            continue
        points = {acts: [p.points or 0 for p in parts if p.acts_on is acts] for acts in ActsOn}
        assert sum(points[ActsOn.SCORE]) == pytest.approx(standing.score - 50)
        assert sum(points[ActsOn.LIKELIHOOD]) == pytest.approx(standing.likelihood - LOW)


def test_shares_are_those_of_the_dimension_or_of_all(board: Board) -> None:
    """By the balanced metric impact 3 : 1 : 0.25, feasibility 2 : 0.5, risk 4 : 0."""
    (use_case, *_) = board.use_cases
    shares = [part.share for part in board.explain(use_case.id)]
    assert shares == pytest.approx([12 / 17, 0.8, 1, 4 / 17, 0.2, 0, 1 / 17])
    summed = board.what_if(method_id="weighted_sum").explain(use_case.id)
    assert [part.share for part in summed] == pytest.approx(
        [weight / 10.75 for weight in (3, 2, 4, 1, 0.5, 0, 0.25)]
    )


def test_a_criterion_whose_weight_becomes_0_no_longer_makes_incomplete(board: Board) -> None:
    weights = np.array([c.weight for c in board.portfolio.criteria])
    weights[3] = 0.0
    without = board.what_if(weights=weights)
    row = without.use_cases[BLANK[1]].id
    assert without.standing(row).complete
    assert not without.standing(without.use_cases[BLANK[0]].id).complete
    assert without.parameters == board.parameters
    assert board.what_if(parameters=parameters(1.0)).matrix is board.matrix


def test_who_may_not_judge_does_not_count(board: Board) -> None:
    portfolio = skewed_portfolio()
    criterion, person = portfolio.criteria[2], portfolio.participants[1]
    without = build_board(replace(portfolio, exclusions=frozenset({(criterion.id, person.id)})))
    silent = portfolio.ratings.copy()
    silent[:, 2, 1] = np.nan
    assert np.array_equal(
        without.matrix.values,
        build_board(replace(portfolio, ratings=silent)).matrix.values,
        equal_nan=True,
    )
    assert not np.array_equal(without.matrix.values, board.matrix.values, equal_nan=True)


def test_ratings_outside_their_scale_are_counted_and_clipped() -> None:
    ratings = np.array(
        [[[0.0, 5.0], [6.0, 3.0], [1.0, 1.0]], [[9.0, np.nan], [1.0, 1.0], [5.0, 5.0]]]
    )
    board = build_board(portfolio_of(ratings))
    assert board.clipped == 3
    assert board.matrix.values.tolist() == [[0.5, 0.75, 0.0], [1.0, 0.0, 1.0]]


def test_ties_are_in_the_order_of_keys_and_share_a_rank() -> None:
    plain = portfolio_of(np.repeat([[3.0], [3.0], [4.0], [3.0]], 3, axis=1)[:, :, None])
    named = zip(plain.use_cases, ("UC-9", "UC-5", "UC-7", "UC-1"), strict=True)
    board = build_board(replace(plain, use_cases=tuple(replace(u, key=k) for u, k in named)))
    found = [(standing.use_case.key, standing.rank) for standing in board.ranked]
    assert found == [("UC-7", 1), ("UC-1", 2), ("UC-5", 2), ("UC-9", 2)]


def test_methods_are_compared_over_what_both_of_them_rank(board: Board) -> None:
    """ICE asks for three criteria and ranks all seven use cases, the others rank five."""
    keys = ("a", "impact", "confidence", "b", "ease", "c", "d")
    criteria = zip(board.portfolio.criteria, keys, strict=True)
    renamed = replace(board.portfolio, criteria=tuple(replace(c, key=k) for c, k in criteria))
    compared = compare_methods(build_board(renamed))
    ranks = {method_id: b.ranking.rank for method_id, b in compared.boards.items()}
    assert {method_id: np.count_nonzero(rank) for method_id, rank in ranks.items()} == {
        **dict.fromkeys(ranks, 5),
        "ice": 7,
    }
    for (one, other), tau in compared.tau.items():
        both = (ranks[one] > 0) & (ranks[other] > 0)
        assert tau == pytest.approx(kendalltau(ranks[one][both], ranks[other][both]).statistic)
    assert compared.tau["balanced", "ice"] < compared.tau["balanced", "topsis"]
