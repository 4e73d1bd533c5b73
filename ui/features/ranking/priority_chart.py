"""A chart of the ranking, drawn fast enough to follow a slider."""

from __future__ import annotations

from functools import cache, lru_cache
from uuid import UUID

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from scoper.charts import Chart, Layout, Ruler, lay_out
from scoper.charts.layout import Words
from scoper.charts.legend import LegendEntry, Sign
from scoper.charts.marks import CORNERS
from scoper.charts.words import summary_of, words_of
from scoper.terms import RiskBand
from ui.kit.look.focus_ring import draw_focus
from ui.kit.look.plain import tip
from ui.kit.look.theme import Theme

_REACH = 12.0
_MARGIN = 2
"""Pixels around a mark in its picture."""
_LEAST_HEIGHT = 200
_TYPE = 11
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_ALIGN = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
_BANDS: tuple[RiskBand | None, ...] = (*RiskBand, None)


class ChartView(QWidget):
    """Shows a chart; ``chosen`` carries the use case whose mark was clicked."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chart: Chart | None = None
        self._layout: Layout | None = None
        self._still: QPixmap | None = None
        self._selected: UUID | None = None
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Priority chart")
        theme.changed.connect(self._forget)

    def show_chart(self, chart: Chart) -> None:
        """Draw ``chart``."""
        self._chart, self._hovered = chart, None
        self.setMinimumHeight(self._theme.px(_LEAST_HEIGHT))
        self.setAccessibleName(chart.title)
        self._forget()
        self._tell()

    def select(self, use_case_id: UUID | None) -> None:
        """Mark the use case selected elsewhere."""
        if use_case_id != self._selected:
            self._selected = use_case_id
            self._forget()
            self._tell()

    def position_of(self, use_case_id: UUID) -> QPointF | None:
        """Return where the mark of a use case is drawn, if it has one."""
        mark = self._chart.mark_of(use_case_id) if self._chart is not None else None
        if mark is None or (layout := self._laid_out()) is None:
            return None
        return QPointF(layout.marks.x[mark], layout.marks.y[mark])

    @property
    def names(self) -> list[str]:
        """The names that stand in the chart."""
        layout = self._laid_out()
        shown = layout.naming(self._hovered).names if layout else ()
        return [name.wanted.text for name in shown]

    def _forget(self) -> None:
        """Lay out and draw anew."""
        self._layout = self._still = None
        self.update()

    def _tell(self) -> None:
        """Say what the chart shows to who does not see it."""
        if self._chart is not None:
            mark = self._chart.mark_of(self._selected)
            words = "" if mark is None else f" Selected: {words_of(self._chart, mark)}"
            self.setAccessibleDescription(summary_of(self._chart) + words.replace("\n", ". "))

    def _laid_out(self) -> Layout | None:
        if self._layout is None and self._chart is not None:
            chosen = self._chart.mark_of(self._selected)
            ruler = _ruler(self._theme.font(_TYPE).toString(), self._theme.zoom)
            self._layout = lay_out(self._chart, self.width(), self.height(), ruler, chosen)
        return self._layout

    # ------------------------------------------------------------ painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self._forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what stands still, then the names and what is pointed at."""
        layout = self._laid_out()
        if layout is None:
            return
        if self._still is None:
            self._still = self._picture(layout)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(_TYPE))
        self._draw_rings(painter, layout)
        self._draw_names(painter, layout.naming(self._hovered))
        draw_focus(painter, self, self._theme)

    def _picture(self, layout: Layout) -> QPixmap:
        """Return the picture of all but rings and names."""
        ratio = self.devicePixelRatioF()
        still = QPixmap(self.size() * ratio)
        still.setDevicePixelRatio(ratio)
        still.fill(Qt.GlobalColor.transparent)
        painter = QPainter(still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(_TYPE))
        if len(layout.chart):
            self._draw_ground(painter, layout)
            painter.setPen(self._pen("secondary"))
            for words in layout.words:
                _draw_words(painter, words)
            self._draw_marks(painter, layout)
            for entry in layout.legend:
                self._draw_entry(painter, entry, layout)
        else:
            painter.setPen(self._pen("secondary"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()), flags, layout.chart.nothing)
        painter.end()
        return still

    def _draw_ground(self, painter: QPainter, layout: Layout) -> None:
        frame = layout.frame
        if layout.above:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._tint("wash", 0.6))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in layout.above]))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen("line"))
        across, up = layout.grid
        for x in across:
            painter.drawLine(QPointF(x, frame.top), QPointF(x, frame.bottom))
        for y in up:
            painter.drawLine(QPointF(frame.left, y), QPointF(frame.right, y))
        painter.setPen(self._pen("edge"))
        if layout.split is not None:
            x, y = layout.split
            painter.drawLine(QPointF(x, frame.top), QPointF(x, frame.bottom))
            painter.drawLine(QPointF(frame.left, y), QPointF(frame.right, y))
        if layout.line is not None:
            painter.setPen(self._pen("secondary", 1.4, Qt.PenStyle.DashLine))
            start, end = layout.line
            painter.drawLine(QPointF(*start), QPointF(*end))

    def _draw_marks(self, painter: QPainter, layout: Layout) -> None:
        marks, drawn = layout.marks, layout.drawn
        xs, ys, radii = marks.x[drawn], marks.y[drawn], marks.radius[drawn]
        bands = layout.chart.band[drawn]
        if len(drawn) > 1_000:
            last = _last_of_each(xs // 2, ys // 2, radii, bands)
            xs, ys, radii, bands = xs[last], ys[last], radii[last], bands[last]
        sprites = self._sprites(radii, bands, layout.opacity)
        half = radii + _MARGIN
        draw = painter.drawPixmap
        for left, top, sprite in zip(
            (xs - half).tolist(), (ys - half).tolist(), sprites, strict=True
        ):
            draw(QPointF(left, top), sprite)

    def _sprites(self, radii: np.ndarray, bands: np.ndarray, opacity: float) -> list[QPixmap]:
        """Return what is drawn for each mark, given its radius and the code of its band."""
        ratio, count = self.devicePixelRatioF(), len(_BANDS)
        kinds = (radii.astype(int) * count + bands % count).tolist()
        known = {}
        for kind in set(kinds):
            radius, code = divmod(kind, count)
            band = _BANDS[code]
            known[kind] = _sprite(band, self._colour_of(band), radius, ratio, opacity)
        return [known[kind] for kind in kinds]

    def _draw_rings(self, painter: QPainter, layout: Layout) -> None:
        """Draw rings around what is selected and what is pointed at."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for mark, width in ((self._hovered, 1.0), (layout.selected, 2.0)):
            if mark is not None:
                painter.setPen(self._pen("text", width))
                reach = float(layout.marks.radius[mark]) + layout.ring
                centre = QPointF(layout.marks.x[mark], layout.marks.y[mark])
                painter.drawEllipse(centre, reach, reach)

    def _draw_names(self, painter: QPainter, layout: Layout) -> None:
        """Write the names on a ground on which they read, with threads to marks further away."""
        ground = self._tint("panel", 0.8)
        for name in layout.names:
            box = name.box
            if name.apart:
                painter.setPen(self._pen("secondary"))
                x, y = (float(axis[name.wanted.mark]) for axis in (layout.marks.x, layout.marks.y))
                near = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
                painter.drawLine(QPointF(x, y), QPointF(*near))
            room = QRectF(box.left, box.top, box.width, box.height)
            if name.wanted.must:
                painter.fillRect(room, ground)
            painter.setPen(self._pen("text"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
            painter.drawText(room, flags, name.wanted.text)

    def _draw_entry(self, painter: QPainter, entry: LegendEntry, layout: Layout) -> None:
        line, middle = layout.ruler.height, entry.middle
        if entry.sign is Sign.LINE:
            painter.setPen(self._pen("secondary", 1.4, Qt.PenStyle.DashLine))
            right = entry.left + 0.8 * entry.wide
            painter.drawLine(QPointF(entry.left, middle), QPointF(right, middle))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._colour_of(entry.band)))
            for x, radius in entry.circles(layout.ruler.unit):
                painter.drawPath(_shape(entry.band, QPointF(x, middle), radius))
        painter.setPen(self._pen("secondary"))
        room = QRectF(entry.words, middle - line / 2, entry.width, line)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, entry.text)

    def _colour_of(self, band: RiskBand | None) -> str:
        return self._theme.colours.of_band(band.value if band else None)[0]

    def _tint(self, token: str, opacity: float) -> QColor:
        tint = QColor(getattr(self._theme.colours, token))
        tint.setAlphaF(opacity)
        return tint

    def _pen(
        self, token: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine
    ) -> QPen:
        wide = max(1.0, width * self._theme.zoom / 100)
        return QPen(QColor(getattr(self._theme.colours, token)), wide, style)

    # ------------------------------------------------------------ pointing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the mark under the pointer; the next one, where several stand at one place."""
        mark = self._mark_at(event.position())
        if mark is None or self._chart is None:
            return
        here = self._chart.at_spot(mark).tolist()
        chosen = self._chart.mark_of(self._selected)
        place = here.index(chosen) + 1 if chosen in here else 0
        self.chosen.emit(self._chart.id_of(here[place % len(here)]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name the mark under the pointer."""
        self._hover(self._mark_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Name no mark for the pointer any more."""
        self._hover(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the marks from best to worst with the arrow keys, Home and End."""
        chart, key = self._chart, Qt.Key(event.key())
        if chart is None or not len(chart):
            super().keyPressEvent(event)
        elif key in _STEPS:
            now = chart.mark_of(self._selected)
            place = 0 if now is None else now + _STEPS[key]
            self.chosen.emit(chart.id_of(place % len(chart)))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.chosen.emit(chart.id_of(0 if key == Qt.Key.Key_Home else len(chart) - 1))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell about the mark under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self._mark_at(QPointF(event.pos()))
            if mark is None or self._chart is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), tip(words_of(self._chart, mark)), self)
            return True
        return super().event(event)

    def _hover(self, mark: int | None) -> None:
        if mark != self._hovered:
            self._hovered = mark
            self.update()

    def _mark_at(self, point: QPointF) -> int | None:
        layout = self._laid_out()
        if layout is None or not len(layout.chart):
            return None
        marks = layout.marks
        distance = np.hypot(marks.x - point.x(), marks.y - point.y())
        nearest = int(np.argmin(distance))
        return nearest if distance[nearest] <= _REACH + marks.radius[nearest] else None


@lru_cache(maxsize=4)
def _ruler(font: str, zoom: int) -> Ruler:
    """Return what measures text in a font; names stay the same while sliders move."""
    described = QFont()
    described.fromString(font)
    metrics = QFontMetricsF(described)
    width = lru_cache(maxsize=4_096)(metrics.horizontalAdvance)
    return Ruler(width, metrics.height(), zoom / 100)


def _draw_words(painter: QPainter, words: Words) -> None:
    box = words.box
    flags = _ALIGN[words.align + 1] | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    room = QRectF(box.left, box.top, box.width, box.height)
    painter.save()
    if words.upright:
        painter.translate(room.center())
        painter.rotate(-90)
        room = QRectF(-box.height / 2, -box.width / 2, box.height, box.width)
    painter.drawText(room, flags, words.text)
    painter.restore()


def _last_of_each(*parts: np.ndarray) -> np.ndarray:
    """Return the last place of every combination of whole numbers, in order of the places."""
    key = np.zeros(len(parts[0]), dtype=np.int64)
    for part in parts:
        whole = part.astype(np.int64)
        whole -= whole.min(initial=0)
        key = key * (whole.max(initial=0) + 1) + whole
    _, first = np.unique(key[::-1], return_index=True)
    return np.sort(len(key) - 1 - first)


@cache
def _sprite(
    band: RiskBand | None, colour: str, radius: int, ratio: float, opacity: float
) -> QPixmap:
    side = 2 * (radius + _MARGIN)
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    tint = QColor(colour)
    tint.setAlphaF(opacity)
    painter.setBrush(tint)
    painter.drawPath(_shape(band, QPointF(side / 2, side / 2), radius))
    painter.end()
    return pixmap


def _shape(band: RiskBand | None, centre: QPointF, radius: float) -> QPainterPath:
    path, corners = QPainterPath(), CORNERS[band]
    if corners:
        path.addPolygon(QPolygonF([centre + QPointF(x, y) * radius for x, y in corners]))
        path.closeSubpath()
    else:
        path.addEllipse(centre, radius, radius)
    return path
