"""The picture for files draws what the window draws."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib.collections import PathCollection

from scoper.charts import figure, payoff_chart, quadrant_chart, write
from scoper.charts.words import summary_of
from tests.charts.boards import scattered


def ids(drawn) -> set[str]:  # type: ignore[no-untyped-def]
    (axes,) = drawn.axes
    return {str(artist.get_gid()) for artist in axes.get_children() if artist.get_gid()}


def test_a_picture_draws_break_even_for_the_metric_that_has_it_alone() -> None:
    board = scattered(20)
    assert "break-even" in ids(figure(payoff_chart(board)))
    assert "break-even" not in ids(figure(payoff_chart(board.what_if(method_id="topsis"))))
    assert "break-even" not in ids(figure(quadrant_chart(board)))


def test_a_picture_names_the_leader_and_holds_every_mark() -> None:
    drawn = figure(payoff_chart(scattered(300)))
    assert "name-0" in ids(drawn)
    (axes,) = drawn.axes
    marks = [c for c in axes.collections if isinstance(c, PathCollection) and c.get_gid()]
    assert [len(c.get_offsets()) for c in marks] == [300]


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_file_holds_what_the_chart_says_in_words(kind: str, tmp_path: Path) -> None:
    chart = payoff_chart(scattered(5))
    target = tmp_path / f"chart.{kind}"
    write(chart, target)
    data = target.read_bytes()
    assert summary_of(chart).split(".")[0].encode() in data
    if kind == "svg":
        ElementTree.fromstring(data)
