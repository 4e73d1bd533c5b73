"""How sure a ranking is when the people are a sample: against all samples there can be."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest

from scoper.board import build_board
from scoper.errors import InvalidInput
from scoper.scoring.robustness import Around
from scoper.studies.robustness import study_robustness
from scoper.terms import Aggregation
from tests.skewed import (
    BLANK,
    KEYS,
    balanced_by_hand,
    group_value,
    group_values,
    skewed_board,
    voices_of,
)
from tests.support import portfolio_of

DRAWS = 6_000
FIXED = Around(1e-9)
"""Weights as they are, so that only the people vary."""


@pytest.mark.parametrize("how", Aggregation)
def test_resampled_voices_equal_all_samples_there_are(how: Aggregation) -> None:
    """Six people can be drawn again in 6⁶ ways, each as likely; whoever is drawn keeps the voice.

    Where a sample holds nobody who rated a cell, the value of all people stands.
    """
    board = skewed_board(how)
    portfolio, group = board.portfolio, group_values(board.portfolio)
    voices = voices_of(how)
    rows = [row for row in range(len(KEYS)) if row not in BLANK]
    scaled = [
        [
            [(vote - c.low) / (c.high - c.low) for vote in portfolio.ratings[row, column]]
            for column, c in enumerate(portfolio.criteria)
        ]
        for row in rows
    ]
    first = dict.fromkeys(KEYS, 0.0)
    alike = Counter(tuple(sorted(sample)) for sample in product(range(6), repeat=6))
    for sample, times in alike.items():
        scores = []
        for place, row in enumerate(rows):
            drawn = [
                group_value([votes[i] for i in sample], [voices[i] for i in sample], how)
                for votes in scaled[place]
            ]
            values = [g if np.isnan(d) else d for d, g in zip(drawn, group[row], strict=True)]
            scores.append(round(balanced_by_hand(values, portfolio.criteria), 9))
        best = [place for place, score in enumerate(scores) if score == max(scores)]
        for place in best:
            first[KEYS[rows[place]]] += times / len(best) / 6**6
    study = study_robustness(board, draws=DRAWS, seed=4, weights=FIXED, resample=True)
    assert [u.key for u in study.use_cases] == [s.use_case.key for s in board.ranked if s.rank]
    for place, use_case in enumerate(study.use_cases):
        exact = first[use_case.key]
        error = np.sqrt(exact * (1 - exact) / DRAWS)
        assert study.found.acceptability[place, 0] == pytest.approx(exact, abs=4.5 * error + 1e-9)
    assert sum(0.05 < share < 0.95 for share in first.values()) > 1


def test_ratings_as_given_and_weights_as_they_are_leave_the_ranking_as_it_is() -> None:
    board = skewed_board()
    study = study_robustness(board, draws=50, seed=4, weights=FIXED)
    assert study.ranks == (1, 2, 3, 4, 5)
    assert np.array_equal(study.found.acceptability, np.eye(5))
    assert list(study.found.rivals) == [0, 1, 2, 3, 4]


def test_a_board_that_cannot_be_ranked_says_why() -> None:
    board = skewed_board().what_if(weights=np.zeros(7))
    with pytest.raises(InvalidInput, match="No criterion of impact has a weight above 0"):
        study_robustness(board, draws=9, seed=1)


def test_the_first_fifty_are_compared_pair_by_pair() -> None:
    ratings = np.random.default_rng(2).integers(1, 6, (53, 3, 2)).astype(np.float64)
    ratings[::26, 0] = np.nan
    board = build_board(portfolio_of(ratings))
    study = study_robustness(board, draws=20, seed=1)
    assert len(study.use_cases) == 50
    assert study.found.winning.shape == (50, 50)
    assert [board.portfolio.row_of[u.id] for u in study.use_cases] == [
        row for row in board.ranking.order if row % 26
    ]
    more = build_board(portfolio_of(np.repeat(ratings[1:26], 3, axis=0)))
    assert list(study_robustness(more, draws=5, seed=1).found.rivals) == list(range(50))
