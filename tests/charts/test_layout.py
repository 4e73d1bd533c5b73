"""Where things stand: the drawing says what the scores say, for few use cases and for many."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from scoper.charts import Layout, lay_out, payoff_chart, quadrant_chart
from tests.charts.boards import RULER, board_at, scattered
from tests.support import assumed

SIZES = [(383, 200), (640, 420), (930, 500)]


def drawn_sides(layout: Layout) -> list[int]:
    """Return on which side of the drawn line each mark is drawn."""
    assert layout.line is not None
    (x0, y0), (x1, y1) = layout.line
    marks = layout.marks
    over = (marks.x - x0) * (y1 - y0) - (marks.y - y0) * (x1 - x0)
    return np.sign(np.round(over, 6)).astype(int).tolist()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("aversion", [0.0, 0.25, 1.0, 4.0, 50.0])
def test_marks_are_drawn_on_the_side_of_the_line_that_their_score_says(
    size: tuple[int, int], aversion: float
) -> None:
    board = scattered(300).what_if(parameters=assumed(risk_aversion=aversion))
    chart = payoff_chart(board)
    layout = lay_out(chart, *size, RULER)
    assert drawn_sides(layout) == [chart.side_of(mark) for mark in range(len(chart))]
    frame = layout.frame
    for x, y in layout.line or ():
        assert frame.left <= x <= frame.right + 1e-9
        assert frame.top - 1e-9 <= y <= frame.bottom


@pytest.mark.parametrize("draw", [payoff_chart, quadrant_chart])
@pytest.mark.parametrize("count", [1, 5, 50, 200, 3_611])
def test_the_leader_the_selected_and_the_one_pointed_at_are_named(draw, count) -> None:  # type: ignore[no-untyped-def]
    chart = draw(scattered(count))
    selected, hovered = count // 2, count - 1
    layout = lay_out(chart, 383, 200, RULER, selected).naming(hovered)
    named = {name.wanted.mark for name in layout.names}
    assert {0, selected, hovered} <= named
    boxes = [name.box for name in layout.names]
    assert not any(a.meets(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_all_five_are_named_and_only_a_few_of_many() -> None:
    few = lay_out(payoff_chart(scattered(5)), 640, 420, RULER)
    assert len(few.names) == 5
    many = lay_out(payoff_chart(scattered(3_611)), 640, 420, RULER)
    assert 1 <= len(many.names) <= 13
    assert many.marks.radius.max() < few.marks.radius.max() / 2
    assert many.opacity < few.opacity


def test_marks_at_the_ends_of_the_axes_are_whole() -> None:
    ends = [(1.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, 0.0, 1.0), (0.0, 1.0, 0.0)]
    layout = lay_out(quadrant_chart(board_at(ends)), 383, 200, RULER)
    frame = layout.frame
    for mark in range(4):
        box = layout.marks.box(mark)
        assert box.left >= frame.left - 1
        assert box.right <= frame.right + 1
        assert box.top >= frame.top - 1
        assert box.bottom <= frame.bottom + 1


def test_several_at_one_place_are_drawn_once_and_counted() -> None:
    board = board_at([(0.9, 0.9, 0.1)] * 3 + [(0.3, 0.5, 0.5)] * 4)
    layout = lay_out(payoff_chart(board), 640, 420, RULER)
    assert len(layout.drawn) == 2
    assert [name.wanted.text for name in layout.names] == [
        "Use case 0 and 2 more",
        "Use case 3 and 3 more",
    ]


def test_many_places_with_several_show_their_number() -> None:
    steps = np.linspace(0, 1, 5)
    values = [(i, f, 0.5) for i in steps for f in steps for _ in range(3)]
    layout = lay_out(quadrant_chart(board_at(values)), 640, 420, RULER)
    assert sum(name.wanted.text == "×3" for name in layout.names) >= 6


def test_the_legend_explains_colour_shape_and_size_in_the_width_there_is() -> None:
    chart = payoff_chart(scattered(20))
    for width in (260, 383, 930):
        entries = lay_out(chart, width, 300, RULER).legend
        texts = [entry.text for entry in entries]
        assert texts[:3] == ["low", "medium", "high risk"]
        assert texts[3].startswith("benefit up to EUR ")
        assert all(entry.words + entry.width <= width for entry in entries)
        places = [(entry.middle, entry.left) for entry in entries]
        assert places == sorted(places)


def test_numbers_of_an_axis_never_run_into_each_other() -> None:
    for width, height in [(150, 120), (383, 200), (930, 500)]:
        layout = lay_out(payoff_chart(scattered(30)), width, height, RULER)
        below = [w for w in layout.words if w.box.top > layout.frame.bottom and w.text[0] == "0"]
        centres = sorted(w.box.left + w.box.width / 2 for w in below)
        assert all(b - a >= 18 for a, b in pairwise(centres))
