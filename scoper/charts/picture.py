"""Draws a chart into a picture for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from scoper.charts.chart import Chart
from scoper.charts.layout import Layout, Ruler, Words, lay_out
from scoper.charts.legend import LegendEntry, Sign
from scoper.charts.marks import CORNERS
from scoper.charts.words import summary_of
from scoper.scoring.matrix import Array
from scoper.terms import RiskBand

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure
    from matplotlib.path import Path
    from matplotlib.text import Text

_POINTS: Final = 72
_TYPE: Final = 8.5
_UNIT: Final = _TYPE / 11
_HINTED: Final = 1.02
"""How much wider than measured text can become when it is fitted to pixels."""
_TITLE: Final = 12.0
_MARGIN: Final = 12.0
_TEXT, _SECONDARY, _LINE, _WASH, _PANEL = "#1B1F27", "#5A6372", "#E2E5EA", "#F1F4FE", "#FFFFFF"
_COLOURS: Final = {
    RiskBand.LOW: "#0B6E69",
    RiskBand.MEDIUM: "#9A5200",
    RiskBand.HIGH: "#B3261E",
    None: _SECONDARY,
}


def figure(chart: Chart, width: float = 9.0, height: float = 5.4) -> Figure:
    """Draw a chart, ``width`` by ``height`` inches, for a file."""
    import matplotlib  # noqa: PLC0415 - slow to import
    from matplotlib.figure import Figure  # noqa: PLC0415

    with matplotlib.rc_context({"text.parse_math": False}):
        drawn = Figure(figsize=(width, height), facecolor=_PANEL)
        axes = drawn.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width * _POINTS), ylim=(height * _POINTS, 0))
        axes.set_axis_off()
        pen = _Pen(axes)
        pen.title(chart.title)
        room = width * _POINTS - 2 * _MARGIN, height * _POINTS - 2.5 * _MARGIN - 1.4 * _TITLE
        pen.draw(lay_out(chart, *room, Ruler(pen.width_of(), 1.3 * _TYPE, _UNIT)))
        return drawn


def write(chart: Chart, target: pathlib.Path) -> None:
    """Write a chart as a picture that holds what it says in words."""
    kind = target.suffix.lower().lstrip(".")
    words = {"Title": chart.title, "Description": summary_of(chart)}
    figure(chart).savefig(target, format=kind, dpi=200, metadata=words)


class _Pen:
    """Draws a layout on axes whose unit is a point and whose origin is upper left."""

    def __init__(self, axes: Axes) -> None:
        self._axes = axes
        self._left, self._top = _MARGIN, 1.5 * _MARGIN + 1.4 * _TITLE
        self._layer = 1

    def title(self, text: str) -> None:
        """Write the question that the chart answers."""
        self._axes.text(
            _MARGIN, _MARGIN, text, fontsize=_TITLE, fontweight="bold", color=_TEXT, va="top"
        )

    def width_of(self) -> Callable[[str], float]:
        """Return what measures text, in points."""
        from matplotlib.backends.backend_agg import RendererAgg  # noqa: PLC0415
        from matplotlib.font_manager import FontProperties  # noqa: PLC0415

        font = FontProperties(size=_TYPE)
        renderer: RendererBase = RendererAgg(1, 1, 10 * _POINTS)  # type: ignore[no-untyped-call]

        def measure(text: str) -> float:
            return (
                renderer.get_text_width_height_descent(text, font, ismath=False)[0] * _HINTED / 10
            )

        return measure

    def draw(self, layout: Layout) -> None:
        """Draw everything from the ground upwards."""
        frame = layout.frame
        if not len(layout.chart):
            self._text(
                layout.chart.nothing,
                frame.left + frame.width / 2,
                frame.top + frame.height / 2,
                ha="center",
            ).set_wrap(True)
            return
        self._ground(layout)
        for words in layout.words:
            self._words(words)
        self._marks(layout)
        self._names(layout)
        for entry in layout.legend:
            self._entry(entry)

    def _ground(self, layout: Layout) -> None:
        frame = layout.frame
        if layout.above:
            x, y = np.array(layout.above).T
            self._axes.fill(x + self._left, y + self._top, color=_WASH, lw=0)
        for x in layout.grid[0]:
            self._path([(x, frame.top), (x, frame.bottom)], color=_LINE, lw=0.6)
        for y in layout.grid[1]:
            self._path([(frame.left, y), (frame.right, y)], color=_LINE, lw=0.6)
        if layout.split is not None:
            x, y = layout.split
            self._path([(x, frame.top), (x, frame.bottom)], color=_SECONDARY, lw=0.8)
            self._path([(frame.left, y), (frame.right, y)], color=_SECONDARY, lw=0.8)
        if layout.line is not None:
            dashes = (0, (4, 2.5))
            self._path(layout.line, color=_SECONDARY, lw=1.1, ls=dashes, gid="break-even")

    def _marks(self, layout: Layout) -> None:
        chart, marks = layout.chart, layout.marks
        last = layout.drawn
        self._shapes(
            [chart.band_of(mark) for mark in last.tolist()],
            np.column_stack([marks.x[last], marks.y[last]]),
            marks.radius[last],
            alpha=layout.opacity,
            gid="marks",
        )

    def _shapes(
        self, bands: Sequence[RiskBand | None], places: Array, radii: Array, **look: object
    ) -> None:
        from matplotlib.collections import PathCollection  # noqa: PLC0415
        from matplotlib.transforms import IdentityTransform  # noqa: PLC0415

        shapes = {band: _shape(band) for band in set(bands)}
        drawn = PathCollection(
            [shapes[band] for band in bands],
            sizes=radii**2,
            offsets=places + np.array([self._left, self._top]),
            offset_transform=self._axes.transData,
            facecolors=[_COLOURS[band] for band in bands],
            linewidths=0,
            zorder=self._above(),
            **look,
        )
        drawn.set_transform(IdentityTransform())
        self._axes.add_collection(drawn, autolim=False)

    def _names(self, layout: Layout) -> None:
        for name in layout.names:
            box, mark = name.box, name.wanted.mark
            if name.apart:
                x, y = float(layout.marks.x[mark]), float(layout.marks.y[mark])
                near = (
                    float(np.clip(x, box.left, box.right)),
                    float(np.clip(y, box.top, box.bottom)),
                )
                self._path([(x, y), near], color=_SECONDARY, lw=0.6)
            shown = self._text(name.wanted.text, box.left, box.top + box.height / 2, color=_TEXT)
            if name.wanted.must:
                shown.set_bbox({"facecolor": _PANEL, "alpha": 0.75, "lw": 0, "pad": 0.5})
            shown.set_gid(f"name-{mark}")

    def _words(self, words: Words) -> None:
        box = words.box
        x = box.left + (words.align + 1) / 2 * box.width
        align = ("left", "center", "right")[words.align + 1]
        turned = {"rotation": 90, "va": "center"} if words.upright else {}
        self._text(words.text, x, box.top + box.height / 2, ha=align, **turned)

    def _entry(self, entry: LegendEntry) -> None:
        middle = entry.middle
        if entry.sign is Sign.LINE:
            ends = [(entry.left, middle), (entry.left + 0.8 * entry.wide, middle)]
            self._path(ends, color=_SECONDARY, lw=1.1, ls=(0, (4, 2.5)))
        else:
            places, radii = zip(*entry.circles(_UNIT), strict=True)
            self._shapes(
                [entry.band] * len(radii),
                np.array([(x, middle) for x in places]),
                np.array(radii),
            )
        self._text(entry.text, entry.words, middle)

    def _text(self, text: str, x: float, y: float, **look: object) -> Text:
        style: dict[str, Any] = {"color": _SECONDARY, "ha": "left", "va": "center_baseline", **look}
        place = x + self._left, y + self._top
        return self._axes.text(*place, text, fontsize=_TYPE, zorder=self._above(), **style)

    def _path(self, points: Sequence[tuple[float, float]], **look: Any) -> None:
        x, y = np.array(points).T
        self._axes.plot(x + self._left, y + self._top, zorder=self._above(), **look)

    def _above(self) -> int:
        """Return a layer above all that is drawn already."""
        self._layer += 1
        return self._layer


def _shape(band: RiskBand | None) -> Path:
    from matplotlib.path import Path  # noqa: PLC0415

    corners = CORNERS[band]
    if not corners:
        return Path.unit_circle()
    # A picture counts upwards, a layout downwards.
    return Path([(x, -y) for x, y in (*corners, corners[0])], closed=True)
