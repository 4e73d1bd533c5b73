"""What a portfolio says about scales and about whose ratings count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoper.board import build_board
from scoper.charts import payoff_chart
from scoper.studies.sensitivity import PART_OF_A_SCALE, Sensitivity
from scoper.terms import Dimension, RiskBand
from tests.support import criterion, portfolio_of


@pytest.mark.parametrize(
    ("low", "high", "unit", "levels"),
    [
        (1.0, 5.0, "", 5),
        (0.0, 10.0, "", 11),
        (0.0, 1.0, "", 2),
        (0.0, 100.0, "", 0),
        (0.0, 5.0, "weeks", 0),
        (0.0, 2.5, "", 0),
    ],
)
def test_a_scale_has_levels_unless_it_is_a_number(
    low: float, high: float, unit: str, levels: int
) -> None:
    one = replace(criterion("c", Dimension.IMPACT), low=low, high=high, unit=unit)
    assert one.levels == levels


def test_a_step_of_a_number_is_a_part_of_its_scale() -> None:
    portfolio = portfolio_of(np.full((2, 3, 1), 3.0))
    first, *others = portfolio.criteria
    portfolio = replace(portfolio, criteria=(replace(first, unit="weeks"), *others))
    steps = Sensitivity(build_board(portfolio), 1).steps
    assert steps.tolist() == [PART_OF_A_SCALE, 0.25, 0.25]


def test_nothing_is_open_where_somebody_rated_or_may_not_judge() -> None:
    votes = np.full((2, 3, 3), np.nan)
    votes[0, 0, 1] = 4.0
    portfolio = portfolio_of(votes)
    pair = portfolio.criteria[1].id, portfolio.participants[2].id
    portfolio = replace(portfolio, exclusions=frozenset({pair}))
    assert np.argwhere(portfolio.settled).tolist() == [[0, 0, 1], [0, 1, 2], [1, 1, 2]]


def test_only_those_with_a_voice_and_permission_are_compared() -> None:
    votes = np.arange(1.0, 10.0).reshape(1, 3, 3) / 2 + 0.5
    portfolio = portfolio_of(votes, voices=[1, 0, 2])
    criteria, people = portfolio.criteria, portfolio.participants
    portfolio = replace(
        portfolio, exclusions=frozenset({(criteria[1].id, people[2].id), (people[0].id,) * 2})
    )
    assert np.argwhere(portfolio.excluded).tolist() == [[1, 2]]
    expected = votes.copy()
    expected[0, 1, 2] = np.nan
    assert np.array_equal(portfolio.counted, expected, equal_nan=True)
    assert np.array_equal(portfolio.judged.values, expected[:, :, [0, 2]], equal_nan=True)
    assert np.array_equal(portfolio.ratings, votes)
    assert portfolio.judged.levels.tolist() == [5, 5, 5]


def test_without_exclusions_nothing_is_copied() -> None:
    portfolio = portfolio_of(np.ones((2, 3, 2)))
    assert portfolio.counted is portfolio.ratings


def test_what_is_given_is_a_rating_or_an_abstention_also_of_those_who_may_not_judge() -> None:
    votes = np.full((1, 3, 2), np.nan)
    votes[0, 0, 0] = 2.0
    portfolio = portfolio_of(votes)
    abstained = np.zeros((1, 3, 2), dtype=np.bool_)
    abstained[0, 1, 1] = True
    judges = frozenset({(portfolio.criteria[0].id, portfolio.participants[0].id)})
    portfolio = replace(portfolio, abstained=abstained, exclusions=judges)
    assert np.argwhere(portfolio.given).tolist() == [[0, 0, 0], [0, 1, 1]]


@pytest.mark.parametrize("risk", [0.0, 0.33, 1 / 3, 0.5, 2 / 3 - 1e-9, 2 / 3, 1.0])
def test_a_chart_colours_a_risk_as_its_band_is_called(risk: float) -> None:
    portfolio = portfolio_of(np.array([[[3.0], [3.0], [1 + 4 * risk]]]))
    board = build_board(portfolio)
    (band,) = payoff_chart(board).band
    found = board.ranked[0]
    assert found.risk is not None
    assert tuple(RiskBand)[band] is found.band is RiskBand.of(found.risk)
