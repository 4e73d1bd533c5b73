"""What charts say in words: the text equivalent of a chart and of a mark."""

from __future__ import annotations

import numpy as np

from scoper.charts.chart import Chart
from scoper.text import join, plural, shorten

_NAMED = 3


def summary_of(chart: Chart) -> str:
    """Return what a chart says, or why it is empty."""
    if not len(chart):
        return chart.nothing
    up, across = chart.y_axis.name.lower(), chart.x_axis.name.lower()
    best = [f"“{chart.name_of(mark)}”" for mark in range(min(_NAMED, len(chart)))]
    said = [
        f"{plural(len(chart), 'use case')} by {up} (upwards) and {across} (to the right).",
        _of_line(chart),
        _of_quadrants(chart),
        f"Highest: {join(best)}.",
        _of_marks(chart),
    ]
    return " ".join(words for words in said if words)


def words_of(chart: Chart, mark: int) -> str:
    """Return all that a chart says of one mark, a fact to a line."""
    band = chart.band_of(mark)
    facts = [
        f"{chart.y_axis.name} {chart.y[mark]:.2f}",
        f"{chart.x_axis.name.lower()} {chart.x[mark]:.2f}",
    ]
    if band is not None:
        facts.append(f"{band.label.lower()} risk")
    score = f"{chart.scores[mark]:.{chart.decimals}f}".replace("-", "−")
    lines = [
        shorten(chart.name_of(mark), 80),
        f"Rank {chart.ranks[mark]}, score {score}",
        ", ".join(facts),
    ]
    if chart.line is not None:
        side = ("On", "Above", "Below")[chart.side_of(mark)]
        lines.append(f"{side} the break-even line")
    if chart.crowd[mark] > 1:
        lines.append(_neighbours(chart, mark))
    return "\n".join(lines)


def _of_line(chart: Chart) -> str:
    if chart.line is None:
        return ""
    above, below = int((chart.sides > 0).sum()), int((chart.sides < 0).sum())
    even = len(chart) - above - below
    on = f", on it {even:,}" if even else ""
    return (
        f"Above the break-even line, with scores over {chart.line.score:.3g}, stand {above:,}, "
        f"below it {below:,}{on}."
    )


def _of_quadrants(chart: Chart) -> str:
    if not chart.quadrants:
        return ""
    quarters = (2 * (chart.y < 0.5) + (chart.x >= 0.5)).astype(int)
    counts = np.bincount(quarters, minlength=4).tolist()
    named = [f"{name} {count:,}" for name, count in zip(chart.quadrants, counts, strict=True)]
    return f"{', '.join(named).capitalize()}."


def _of_marks(chart: Chart) -> str:
    size = ["size shows the likely benefit"] if chart.largest > 0 else []
    risk = ["colour and shape show the risk"] if (chart.band >= 0).any() else []
    said = "; ".join([*size, *risk])
    return f"{said.capitalize()}." if said else ""


def _neighbours(chart: Chart, mark: int) -> str:
    others = [chart.name_of(other) for other in chart.at_spot(mark) if other != mark]
    named = [shorten(other, 40) for other in others[:_NAMED]]
    more = [f"{len(others) - _NAMED:,} more"] if len(others) > _NAMED else []
    return f"At the same place: {join([*named, *more])}"
