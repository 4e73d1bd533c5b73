"""The priority chart, drawn fast enough to follow a slider."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from uuid import UUID

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
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
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from scoper.charts import LABELS, PriorityChart
from scoper.terms import RiskBand
from scoper.text import shorten
from ui.kit.look.focus_ring import draw_focus
from ui.kit.look.plain import tip
from ui.kit.look.theme import Theme

_REACH = 12.0
_MARGIN = 2
"""Pixels around a mark in its picture."""
_KEPT_FREE = 60
_CROWD = 200
_LEAST_HEIGHT = 190


class PriorityChartView(QWidget):
    """Shows a chart; ``chosen`` carries the use case whose mark was clicked."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chart: PriorityChart | None = None
        self._selected: UUID | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Priority chart")

    def show_chart(self, chart: PriorityChart) -> None:
        """Draw ``chart``."""
        self._chart = chart
        self.setMinimumHeight(self._theme.px(_LEAST_HEIGHT))
        self.setAccessibleDescription(chart.summary)
        self.update()

    def select(self, use_case_id: UUID | None) -> None:
        """Mark the use case selected elsewhere."""
        if use_case_id != self._selected:
            self._selected = use_case_id
            self.update()

    def position_of(self, use_case_id: UUID) -> QPointF | None:
        """Return where the mark of a use case is drawn, if it has one."""
        chart = self._chart
        mark = chart.mark_of(use_case_id) if chart else None
        if chart is None or mark is None:
            return None
        xs, ys = self._points(chart, self._frame())
        return QPointF(xs[mark], ys[mark])

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, the break-even line, marks and the names of the first few."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(11))
        frame = self._frame()
        chart = self._chart
        if chart is None:
            return
        impact = self._draw_axes(painter, frame, chart)
        if not len(chart):
            painter.setPen(QColor(self._theme.colours.secondary))
            painter.drawText(
                frame, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, chart.summary
            )
            draw_focus(painter, self, self._theme)
            return
        curve = self._draw_curve(painter, frame, chart)
        self._draw_marks(painter, frame, chart)
        self._draw_names(painter, frame, chart, [impact, curve])
        draw_focus(painter, self, self._theme)

    def _draw_axes(self, painter: QPainter, frame: QRectF, chart: PriorityChart) -> QRectF:
        """Draw the grid and its numbers; return the room the word at the left axis takes."""
        colours, px = self._theme.colours, self._theme.px
        low, high = chart.x_range
        for step in range(5):
            share = step / 4
            x = frame.left() + share * frame.width()
            y = frame.bottom() - share * frame.height()
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y))
            painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()))
            painter.setPen(QColor(colours.secondary))
            painter.drawText(
                QRectF(x - px(30), frame.bottom() + px(3), px(60), px(18)),
                Qt.AlignmentFlag.AlignHCenter,
                f"{low + share * (high - low):.1f}",
            )
            painter.drawText(
                QRectF(0, y - px(9), frame.left() - px(6), px(18)),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                f"{share:.2g}",
            )
        below = QRectF(frame.left(), frame.bottom() + px(18), frame.width(), px(20))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, "Likelihood of success")
        metrics = QFontMetricsF(painter.font())
        impact = QRectF(
            frame.left() + 5, frame.top(), metrics.horizontalAdvance("Impact") + 2, metrics.height()
        )
        painter.drawText(impact, Qt.AlignmentFlag.AlignVCenter, "Impact")
        return impact

    def _draw_curve(self, painter: QPainter, frame: QRectF, chart: PriorityChart) -> QRectF:
        """Draw the break-even line; return the room its name takes."""
        if not chart.curve_label:
            return QRectF()
        low, high = chart.x_range
        xs = frame.left() + (chart.curve_x - low) / (high - low) * frame.width()
        ys = frame.bottom() - chart.curve_y * frame.height()
        painter.save()
        painter.setClipRect(frame)
        pen = QPen(QColor(self._theme.colours.secondary), 1.2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)]))
        painter.restore()
        room = self._room_beside(frame, chart, QFontMetricsF(painter.font()), (xs, ys))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, chart.curve_label)
        return room

    def _room_beside(
        self,
        frame: QRectF,
        chart: PriorityChart,
        metrics: QFontMetricsF,
        curve: tuple[np.ndarray, np.ndarray],
    ) -> QRectF:
        """Return where the name of the curve stands: as far right as no mark is hidden."""
        width, height = metrics.horizontalAdvance(chart.curve_label) + 2, metrics.height()
        xs, ys = curve
        fitting = np.flatnonzero((xs + 6 + width < frame.right()) & (ys - height > frame.top()))
        rooms = [QRectF(xs[p] + 6, ys[p] - height, width, height) for p in fitting[::-1]]
        marks = self._marked(frame, chart)
        free = (room for room in rooms if not any(room.intersects(mark) for mark in marks))
        return next(free, rooms[0] if rooms else QRectF())

    def _marked(self, frame: QRectF, chart: PriorityChart) -> list[QRectF]:
        """Return the room of the first marks."""
        xs, ys = self._points(chart, frame)
        radii = self._radii(chart)
        return [
            QRectF(xs[m] - radii[m], ys[m] - radii[m], 2 * radii[m], 2 * radii[m])
            for m in range(min(len(chart), _KEPT_FREE))
        ]

    def _draw_marks(self, painter: QPainter, frame: QRectF, chart: PriorityChart) -> None:
        xs, ys = self._points(chart, frame)
        radii = self._radii(chart)
        seen_first = _first_of_each(xs // 2, ys // 2, radii, chart.band)[::-1]
        sprites = self._sprites(radii[seen_first], chart.band[seen_first])
        half = radii[seen_first] + _MARGIN
        lefts, tops = (xs[seen_first] - half).tolist(), (ys[seen_first] - half).tolist()
        draw = painter.drawPixmap
        for left, top, sprite in zip(lefts, tops, sprites, strict=True):
            draw(QPointF(left, top), sprite)
        chosen = chart.mark_of(self._selected)
        if chosen is not None:
            painter.setPen(QPen(QColor(self._theme.colours.text), 2))
            reach = float(radii[chosen]) + 4
            painter.drawEllipse(QPointF(xs[chosen], ys[chosen]), reach, reach)

    def _sprites(self, radii: np.ndarray, bands: np.ndarray) -> list[QPixmap]:
        """Return what is drawn for each mark, given its radius and the code of its band."""
        ratio, colours = self.devicePixelRatioF(), self._theme.colours
        names = [band.value for band in RiskBand]
        kinds = (radii.astype(int) * len(names) + bands).tolist()
        known = {}
        for kind in set(kinds):
            radius, band = divmod(kind, len(names))
            known[kind] = _sprite(names[band], colours.of_band(names[band])[0], radius, ratio)
        return [known[kind] for kind in kinds]

    def _draw_names(
        self, painter: QPainter, frame: QRectF, chart: PriorityChart, taken: list[QRectF]
    ) -> None:
        painter.setPen(QColor(self._theme.colours.text))
        for rectangle, name in self._name_places(frame, chart, painter, taken):
            painter.drawText(rectangle, Qt.AlignmentFlag.AlignVCenter, name)

    def _name_places(
        self, frame: QRectF, chart: PriorityChart, painter: QPainter, taken: list[QRectF]
    ) -> Iterator[tuple[QRectF, str]]:
        metrics = QFontMetricsF(painter.font())
        xs, ys = self._points(chart, frame)
        count = len(chart)
        radii = self._radii(chart)
        taken = [*taken, *self._marked(frame, chart)]
        wanted = list(range(min(LABELS, count)))
        chosen = chart.mark_of(self._selected)
        if chosen is not None:
            wanted = [chosen, *(m for m in wanted if m != chosen)]
        for mark in wanted:
            name = shorten(chart.name_of(mark), 28)
            width, height = metrics.horizontalAdvance(name) + 2, metrics.height()
            gap = radii[mark] + 3
            for x, y in (
                (xs[mark] + gap, ys[mark] - height / 2),
                (xs[mark] - gap - width, ys[mark] - height / 2),
                (xs[mark] - width / 2, ys[mark] - gap - height),
                (xs[mark] - width / 2, ys[mark] + gap),
            ):
                rectangle = QRectF(x, y, width, height)
                if frame.contains(rectangle) and not any(rectangle.intersects(t) for t in taken):
                    taken.append(rectangle)
                    yield rectangle, name
                    break

    # ------------------------------------------------------------ pointing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the mark under the pointer."""
        mark = self._mark_at(event.position())
        if mark is not None and self._chart:
            self.chosen.emit(self._chart.id_of(mark))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the marks from best to worst with the arrow keys."""
        chart = self._chart
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if chart is None or not len(chart) or event.key() not in step:
            super().keyPressEvent(event)
            return
        now = chart.mark_of(self._selected)
        place = -1 if now is None else now
        self.chosen.emit(chart.id_of((place + step[Qt.Key(event.key())]) % len(chart)))

    def event(self, event: QEvent) -> bool:
        """Tell about the mark under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            mark = self._mark_at(QPointF(event.pos()))
            if mark is None or self._chart is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._tip(self._chart, mark), self)
            return True
        return super().event(event)

    def _tip(self, chart: PriorityChart, mark: int) -> str:
        name = shorten(chart.name_of(mark), 80)
        words = (
            f"{name}\nLikelihood {chart.x[mark]:.2f}, impact {chart.y[mark]:.2f}, "
            f"{chart.band_of(mark).label.lower()} risk"
        )
        return tip(words)

    def _mark_at(self, point: QPointF) -> int | None:
        chart = self._chart
        if chart is None or not len(chart):
            return None
        xs, ys = self._points(chart, self._frame())
        distance = np.hypot(xs - point.x(), ys - point.y())
        nearest = int(np.argmin(distance))
        return nearest if distance[nearest] <= _REACH + self._radii(chart)[nearest] else None

    # ------------------------------------------------------------ geometry

    def _frame(self) -> QRectF:
        px = self._theme.px
        return QRectF(self.rect()).adjusted(px(34), px(6), -px(10), -px(40))

    def _points(self, chart: PriorityChart, frame: QRectF) -> tuple[np.ndarray, np.ndarray]:
        low, high = chart.x_range
        xs = frame.left() + (chart.x - low) / (high - low) * frame.width()
        ys = frame.bottom() - chart.y * frame.height()
        return xs, ys

    def _radii(self, chart: PriorityChart) -> np.ndarray:
        crowded = 0.6 if len(chart) > _CROWD else 1.0
        scale = self._theme.zoom / 100 * crowded
        return np.maximum(2, np.rint((5 + 8 * np.sqrt(chart.size)) * scale))


def _first_of_each(*parts: np.ndarray) -> np.ndarray:
    """Return the first place of every combination of whole numbers, in order of the places."""
    key = np.zeros(len(parts[0]), dtype=np.int64)
    for part in parts:
        whole = part.astype(np.int64)
        whole -= whole.min(initial=0)
        key = key * (whole.max(initial=0) + 1) + whole
    return np.sort(np.unique(key, return_index=True)[1])


@cache
def _sprite(band: str, colour: str, radius: int, ratio: float) -> QPixmap:
    side = 2 * (radius + _MARGIN)
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    tint = QColor(colour)
    tint.setAlphaF(0.85)
    painter.setBrush(tint)
    painter.drawPath(_shape(band, side / 2, radius))
    painter.end()
    return pixmap


def _shape(band: str, centre: float, radius: float) -> QPainterPath:
    path = QPainterPath()
    if band == "low":
        path.addEllipse(QPointF(centre, centre), radius, radius)
        return path
    corners = (
        [(0, -1), (1, 0), (0, 1), (-1, 0)]
        if band == "medium"
        else [(0, -1), (0.95, 0.8), (-0.95, 0.8)]
    )
    path.addPolygon(
        QPolygonF([QPointF(centre + x * radius, centre + y * radius) for x, y in corners])
    )
    path.closeSubpath()
    return path
