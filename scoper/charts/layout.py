"""Where everything of a chart stands in a drawing, for whoever draws it.

The window and the picture for files draw the same ``Layout``; they differ in pens alone. Lengths
are in the unit of the drawing, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoper.charts.chart import LABELS, Axis, Chart
from scoper.charts.legend import LegendEntry, entries_of, rows_of
from scoper.charts.names import (
    Box,
    Marks,
    Name,
    Space,
    Wanted,
    least_covering,
    name_also,
    place_names,
)
from scoper.scoring.matrix import Array
from scoper.text import shorten

_TRIED: Final = 24
"""So many of the best are tried for a name."""
_COUNTED: Final = 150
"""So many places with several marks are tried for their number."""
_LETTERS: Final = 44
_SPARSE: Final = 60
"""Up to so many places marks have their full size."""
_HIGH: Final = 260
"""From this height on marks have their full size."""
_INSIDE: Final = 12
"""What is left free within the frame, so that marks at its ends are whole."""
_EDGE: Final = 3
"""What is left free around the drawing, for the frame of what has the focus."""
_RING: Final = 4
_GAP: Final = 3

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ruler:
    """How large text is, and how long 1 pixel at 100 % zoom is, both in the unit of the drawing."""

    width: Callable[[str], float]
    height: float
    unit: float


@dataclass(frozen=True, slots=True)
class Words:
    """Text in its place: ``align`` is −1 left, 0 centred, 1 right; ``upright`` reads upwards."""

    text: str
    box: Box
    align: int = 0
    upright: bool = False


@dataclass(frozen=True, eq=False)
class Layout:
    """A chart in a drawing.

    ``marks`` are those of the chart; ``drawn`` lists one at each place, the best last.
    ``line`` runs along break-even, ``above`` bounds what scores over it, ``split`` is the middle
    of the quadrants.
    """

    chart: Chart
    ruler: Ruler
    frame: Box
    grid: tuple[tuple[float, ...], tuple[float, ...]]
    words: tuple[Words, ...]
    line: tuple[Point, Point] | None
    above: tuple[Point, ...]
    split: Point | None
    legend: tuple[LegendEntry, ...]
    space: Space
    drawn: NDArray[np.intp]
    opacity: float
    names: tuple[Name, ...]
    selected: int | None

    @property
    def marks(self) -> Marks:
        """Where each mark stands."""
        return self.space.marks

    def naming(self, mark: int | None) -> Layout:
        """Return this layout with one mark more that is named, such as the one pointed at."""
        if mark is None:
            return self
        also = _wanted(self.chart, mark, self.ruler, self.frame, must=True)
        return replace(self, names=name_also(self.space, self.names, also))

    @property
    def ring(self) -> float:
        """How far around the selected mark its ring is drawn."""
        return _RING * self.ruler.unit


def lay_out(
    chart: Chart, width: float, height: float, ruler: Ruler, selected: int | None = None
) -> Layout:
    """Lay out a chart in ``width`` by ``height``: the leader and ``selected`` are always named."""
    frame, legend, words = _frame(chart, width, height, ruler)
    scale = _Scale(chart, frame, _INSIDE * ruler.unit)
    marks = Marks(*scale.at(chart.x, chart.y), _radii(chart, frame, ruler.unit))
    drawn = chart.places[::-1]
    kept = Marks(marks.x[drawn], marks.y[drawn], marks.radius[drawn])
    corners = _quadrant_words(chart, frame, ruler)
    line, above = _break_even(chart, scale)
    beside = _line_words(chart, scale, ruler, kept) if line else ()
    space = Space(
        marks,
        frame,
        ruler.height,
        _GAP * ruler.unit,
        tuple(each.box for each in (*corners, *beside)),
        _strokes(line, scale, chart),
    )
    return Layout(
        chart=chart,
        ruler=ruler,
        frame=frame,
        grid=((), ()) if chart.quadrants else scale.grid(ruler),
        words=(*words, *scale.numbers(ruler), *corners, *beside),
        line=line,
        above=above,
        split=scale.point(0.5, 0.5) if chart.quadrants else None,
        legend=legend,
        space=space,
        drawn=drawn,
        opacity=_opacity(len(drawn)),
        names=_names(chart, space, selected, ruler),
        selected=selected,
    )


# ------------------------------------------------------------ frame and axes


def _frame(
    chart: Chart, width: float, height: float, ruler: Ruler
) -> tuple[Box, tuple[LegendEntry, ...], tuple[Words, ...]]:
    """Return what the axes enclose, the legend below it and the names of the axes."""
    unit, line = ruler.unit, ruler.height
    numbers = max(ruler.width(_number(tick, chart.y_axis)) for tick in chart.y_axis.ticks)
    edge = _EDGE * unit
    left = edge + line + 4 * unit + numbers + 5 * unit
    rows = rows_of(entries_of(chart), ruler.width, line, unit, width - 2 * edge)
    below = 4 * unit + 2 * line + (6 * unit + line * len(rows) if rows else 0)
    top = edge + 2 * unit
    frame = Box(left, top, width - left - 6 * unit, max(line, height - below - top - edge))
    name = frame.bottom + 4 * unit + line
    legend = tuple(
        replace(entry, left=entry.left + edge, middle=name + line + 6 * unit + (row + 0.5) * line)
        for row, entries in enumerate(rows)
        for entry in entries
    )
    axes = (
        Words(chart.x_axis.name, Box(frame.left, name, frame.width, line)),
        Words(chart.y_axis.name, Box(edge, frame.top, line, frame.height), upright=True),
    )
    return frame, legend, axes


class _Scale:
    """Turns values into places: 0 and the end of an axis lie a little inside the frame."""

    def __init__(self, chart: Chart, frame: Box, inside: float) -> None:
        self.frame = frame
        self.axes = chart.x_axis, chart.y_axis
        inside = min(inside, frame.width / 4, frame.height / 4)
        self.left, self.bottom = frame.left + inside, frame.bottom - inside
        self.right, self.top = frame.right - inside, frame.top + inside

    def at(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return the places of values."""
        across = (self.right - self.left) / self.axes[0].high
        up = (self.bottom - self.top) / self.axes[1].high
        return self.left + across * x, self.bottom - up * y

    def point(self, x: float, y: float) -> Point:
        """Return the place of a pair of values."""
        places = self.at(np.array([x]), np.array([y]))
        return float(places[0][0]), float(places[1][0])

    def grid(self, ruler: Ruler) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return where lines stand across and up."""
        return (
            tuple(self.point(tick, 0)[0] for tick in self._ticks(0, ruler)),
            tuple(self.point(0, tick)[1] for tick in self._ticks(1, ruler)),
        )

    def numbers(self, ruler: Ruler) -> tuple[Words, ...]:
        """Return the numbers of both axes."""
        frame, line, unit = self.frame, ruler.height, ruler.unit
        wide = 40 * unit
        below = (
            Words(
                _number(tick, self.axes[0]),
                Box(self.point(tick, 0)[0] - wide / 2, frame.bottom + 3 * unit, wide, line),
            )
            for tick in self._ticks(0, ruler)
        )
        beside = (
            Words(
                _number(tick, self.axes[1]),
                Box(frame.left - 5 * unit - wide, self.point(0, tick)[1] - line / 2, wide, line),
                align=1,
            )
            for tick in self._ticks(1, ruler)
        )
        return (*below, *beside)

    def _ticks(self, direction: int, ruler: Ruler) -> tuple[float, ...]:
        """Return the ticks of an axis that leave room for each other's numbers."""
        axis = self.axes[direction]
        length = (self.right - self.left, self.bottom - self.top)[direction]
        needed = (1.6 * ruler.width(_number(axis.step, axis)), 1.2 * ruler.height)[direction]
        every = 1
        while length * axis.step * every / axis.high < needed and every < len(axis.ticks) - 1:
            every += 1
        return axis.ticks[::every]


def _number(value: float, axis: Axis) -> str:
    return f"{value:.2f}" if axis.step < 0.1 or axis.step == 0.25 else f"{value:.1f}"


# ------------------------------------------------------------ break-even and quadrants


def _break_even(
    chart: Chart, scale: _Scale
) -> tuple[tuple[Point, Point] | None, tuple[Point, ...]]:
    """Return the two ends of the line and the corners of what lies above it."""
    if chart.line is None:
        return None, ()
    frame, start = scale.frame, scale.point(0.0, 0.0)
    toward = scale.point(1.0, chart.line.slope)
    rise = (start[1] - toward[1]) / (toward[0] - start[0])
    reach = frame.right - start[0]
    if rise * reach > start[1] - frame.top:
        reach = (start[1] - frame.top) / rise
    end = start[0] + reach, start[1] - rise * reach
    corner = ((frame.right, frame.top),) if end[0] >= frame.right else ()
    above = ((frame.left, start[1]), start, end, *corner, (frame.left, frame.top))
    return (start, end), above


def _strokes(line: tuple[Point, Point] | None, scale: _Scale, chart: Chart) -> Array:
    """Return points all along the line, or along what parts the quadrants."""
    frame, share = scale.frame, np.linspace(0.0, 1.0, 100)[:, None]
    ends = [line] if line else []
    if chart.quadrants:
        x, y = scale.point(0.5, 0.5)
        ends = [((x, frame.top), (x, frame.bottom)), ((frame.left, y), (frame.right, y))]
    found = [np.array(start) + share * np.subtract(end, start) for start, end in ends]
    return np.concatenate([np.empty((0, 2)), *found])


def _line_words(chart: Chart, scale: _Scale, ruler: Ruler, marks: Marks) -> tuple[Words, ...]:
    """Return the name of the break-even line, beside it where it hides nothing."""
    line, _ = _break_even(chart, scale)
    if line is None or chart.line is None:
        return ()
    text = f"break-even: score {chart.line.score:.3g}"
    width, height, gap = ruler.width(text), ruler.height, 4 * ruler.unit
    share = np.linspace(1.0, 0.0, 60)
    x = line[0][0] + share * (line[1][0] - line[0][0])
    y = line[0][1] + share * (line[1][1] - line[0][1])
    size = np.full(len(x), width), np.full(len(x), height)
    under = np.column_stack([x + gap, y + gap / 2, *size])
    over = np.column_stack([x - gap - width, y - gap / 2 - height, *size])
    boxes = np.stack([under, over], axis=1).reshape(-1, 4)
    left, top, wide, high = boxes[least_covering(marks, boxes, scale.frame, ())].tolist()
    return (Words(text, Box(left, top, wide, high), align=-1),)


def _quadrant_words(chart: Chart, frame: Box, ruler: Ruler) -> tuple[Words, ...]:
    """Return the names of the quadrants, in the outer corners."""
    if not chart.quadrants:
        return ()
    gap, line = 5 * ruler.unit, ruler.height
    tops = (frame.top + gap / 2, frame.bottom - gap / 2 - line)
    found = []
    for place, text in enumerate(chart.quadrants):
        width = ruler.width(text)
        left = frame.right - gap - width if place % 2 else frame.left + gap
        found.append(Words(text, Box(left, tops[place // 2], width, line), align=-1))
    return tuple(found)


# ------------------------------------------------------------ marks and their names


def _radii(chart: Chart, frame: Box, unit: float) -> Array:
    """Return how large marks are: smaller in little room or among many, at a place as its first."""
    places = max(1, len(chart.places))
    crowded = min(1.0, (_SPARSE / places) ** 0.25)
    crowded *= float(np.clip(frame.height / (_HIGH * unit), 0.65, 1.0))
    radii: Array = np.maximum(
        2.0, np.rint((5 + 8 * np.sqrt(chart.size[chart.spot])) * crowded * unit)
    )
    return radii


def _opacity(places: int) -> float:
    """Return how dense a mark is: many lie over each other, and shall show how many."""
    return round(float(np.clip(0.9 * (_SPARSE / max(1, places)) ** 0.2, 0.4, 0.85)), 1)


def _names(chart: Chart, space: Space, selected: int | None, ruler: Ruler) -> tuple[Name, ...]:
    if not len(chart):
        return ()
    always = list(dict.fromkeys((0,) if selected is None else (0, selected)))
    shown = {int(chart.spot[mark]) for mark in always}
    wanted = [_wanted(chart, mark, ruler, space.room, must=True) for mark in always]
    wanted += [
        _wanted(chart, mark, ruler, space.room, must=False)
        for mark in chart.places[:_TRIED].tolist()
        if mark not in shown
    ]
    if selected is not None:
        radius = space.marks.radius.copy()
        radius[selected] += _RING * ruler.unit
        space = replace(space, marks=replace(space.marks, radius=radius))
    names = place_names(space, wanted, LABELS)
    return (*names, *_counts(chart, space, names, ruler))


def _counts(chart: Chart, space: Space, names: tuple[Name, ...], ruler: Ruler) -> tuple[Name, ...]:
    """Return how many stand at places that are not named, where there is room to say so."""
    named = {int(chart.spot[name.wanted.mark]) for name in names}
    several = chart.places[chart.crowd[chart.places] > 1]
    texts = {m: f"×{chart.crowd[m]}" for m in several[:_COUNTED].tolist() if m not in named}
    wanted = [Wanted(mark, text, ruler.width(text), False) for mark, text in texts.items()]
    taken = (*space.taken, *(name.box for name in names))
    return place_names(replace(space, taken=taken, gap=0.0), wanted, len(wanted))


def _wanted(chart: Chart, mark: int, ruler: Ruler, frame: Box, *, must: bool) -> Wanted:
    """Return the name of a mark as it is written: cut where it is long."""
    others = int(chart.crowd[mark]) - 1
    more = f" and {others:,} more" if others else ""
    letters = _LETTERS
    text = shorten(chart.name_of(mark), letters) + more
    while ruler.width(text) > 0.5 * frame.width and letters > 8:
        letters -= 4
        text = shorten(chart.name_of(mark), letters) + more
    return Wanted(mark, text, ruler.width(text), must)
