"""Charts never contradict the scores, whatever the method and its parameters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.board import Board
from scoper.charts import Chart, payoff_chart, quadrant_chart
from scoper.charts.words import summary_of, words_of
from scoper.exchange.documents.standing import standing_facts
from scoper.scoring.methods import METHODS
from tests.charts.boards import board_at, scattered
from tests.support import assumed

unit = st.floats(0, 1)
OTHERS = [m.id for m in METHODS.values() if m.break_even is None and not m.criteria]


def sides_by_score(board: Board, chart: Chart) -> list[int]:
    """Return on which side of break-even each mark belongs by its score alone."""
    assert board.break_even is not None
    scores = board.ranking.scores.score[chart.rows] - board.break_even
    return np.sign(np.round(scores, 9)).astype(int).tolist()


@given(
    st.lists(st.tuples(unit, unit, unit), min_size=1, max_size=12),
    st.floats(0, 20),
    st.tuples(unit, unit).map(sorted),
)
def test_what_stands_above_the_line_scores_over_break_even_and_below_it_under(
    values: list[tuple[float, float, float]], aversion: float, ends: list[float]
) -> None:
    terms = {"enough_impact": round(ends[1], 1), "stake": ends[0]}
    at = assumed(risk_aversion=aversion, p_low=ends[0], p_high=ends[1], **terms)
    board = board_at(values).what_if(parameters=at)
    chart = payoff_chart(board)
    assert chart.line is not None
    assert chart.line.score == board.break_even
    heights = chart.y - chart.line.slope * chart.x
    for mark, side in enumerate(sides_by_score(board, chart)):
        height = float(np.round(heights[mark], 7))
        if height:
            assert np.sign(height) == side
        assert chart.side_of(mark) == side


@pytest.mark.parametrize("aversion", [0.0, 0.3, 1.0, 2.0, 7.5])
def test_the_summary_counts_as_the_scores_do(aversion: float) -> None:
    board = scattered(200).what_if(parameters=assumed(risk_aversion=aversion))
    chart = payoff_chart(board)
    sides = sides_by_score(board, chart)
    assert f"stand {sides.count(1)}, below it {sides.count(-1)}" in summary_of(chart)


def test_risk_decides_where_impact_and_likelihood_are_the_same() -> None:
    board = board_at([(0.5, 0.5, 0.1), (0.5, 0.5, 0.9)])
    chart = payoff_chart(board)
    assert [chart.side_of(0), chart.side_of(1)] == [1, -1]
    assert "Above the break-even line" in words_of(chart, 0)
    assert "Below the break-even line" in words_of(chart, 1)


def test_what_breaks_even_but_for_rounding_is_on_the_line_everywhere() -> None:
    board = board_at([(7 / 8, 2 / 8, 3 / 8), (1, 1, 0)])
    board = board.what_if(parameters=assumed(risk_aversion=1.0))
    even = board.use_cases[0].id
    assert board.standing(even).score == 50.00000000000001
    assert board.sides.tolist() == [0, 1]
    assert payoff_chart(board).side_of(1) == 0
    assert standing_facts(board, even)["side"] == "exactly at"
    assert board.method.working is not None
    working = board.method.working(board.ranking.scores, board.parameters, 0)
    assert "below" not in dict(working)["Score"]


@pytest.mark.parametrize("method_id", OTHERS)
def test_other_methods_draw_no_line_and_say_nothing_of_break_even(method_id: str) -> None:
    chart = payoff_chart(scattered(9).what_if(method_id=method_id))
    assert len(chart) == 9
    assert chart.line is None
    said = " ".join(
        [chart.title, summary_of(chart), *(words_of(chart, mark) for mark in range(9))]
    ).lower()
    assert "break" not in said
    assert "pay off" not in said


def test_quadrants_have_the_usual_names_and_claim_no_break_even() -> None:
    chart = quadrant_chart(board_at([(0.9, 0.9, 0.5), (0.9, 0.1, 0.5), (0.1, 0.9, 0), (0, 0, 1)]))
    assert chart.line is None
    assert chart.quadrants == ("Big bets", "Quick wins", "Time sinks", "Fill-ins")
    assert "Big bets 1, quick wins 1, time sinks 1, fill-ins 1" in summary_of(chart)
    assert "break" not in summary_of(chart) + words_of(chart, 0)


def test_use_cases_at_one_place_are_counted_and_named() -> None:
    chart = payoff_chart(board_at([(0.9, 0.9, 0.1), (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)]))
    assert chart.crowd.tolist() == [1, 2, 2]
    assert chart.spot.tolist() == [0, 1, 1]
    assert "At the same place: Use case 2" in words_of(chart, 1)
    assert "same place" not in words_of(chart, 0)


def test_axes_reach_as_far_as_the_marks() -> None:
    chart = payoff_chart(board_at([(0.5, 0.5, 0.1), (0.2, 0.5, 0.2)]))
    assert (chart.x_axis.high, chart.y_axis.high) == (0.1, 0.3)
    assert chart.y_axis.ticks == (0.0, 0.1, 0.2, 0.3)


def test_without_a_rated_use_case_the_chart_says_so() -> None:
    board = board_at([(np.nan, 0.5, 0.5)])
    for chart in (payoff_chart(board), quadrant_chart(board)):
        assert len(chart) == 0
        assert "No use case is rated on every criterion yet" in summary_of(chart)
