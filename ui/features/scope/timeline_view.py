"""The timeline of a use case: a bar for each phase, its milestones and what it takes."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from scoper.scoping.timeline import Gantt, GanttRow
from ui.kit.look.focus_ring import draw_focus
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme

_LEFT, _RIGHT, _TOP, _ROW = 74, 215, 24, 34
_NARROW, _NARROW_ROW = 420, 54
"""Width below which what a phase takes stands below its bar, and the height of a phase then."""
_MOST_QUARTERS = 12


class TimelineView(QWidget):
    """Draws a ``Gantt``; its words are what a screen reader reads and the tip shows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._gantt: Gantt | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Timeline")

    def show_gantt(self, gantt: Gantt) -> None:
        """Draw the phases of a use case."""
        self._gantt = gantt
        self.setAccessibleDescription(gantt.words)
        set_tip(self, gantt.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Be as high as the phases need."""
        rows = len(self._gantt.rows) if self._gantt else 0
        return QSize(self._theme.px(320), self._theme.px(_TOP + rows * self._row + 4))

    def minimumSizeHint(self) -> QSize:
        """Never be lower than that."""
        return QSize(self._theme.px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height the width asks for."""
        super().resizeEvent(event)
        self.updateGeometry()

    @property
    def _is_narrow(self) -> bool:
        return self.width() < self._theme.px(_NARROW)

    @property
    def _row(self) -> int:
        return _NARROW_ROW if self._is_narrow else _ROW

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw quarters, bars, milestones and totals."""
        if self._gantt is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(12))
        self._draw_quarters(painter, self._gantt)
        for place, row in enumerate(self._gantt.rows):
            self._draw_row(painter, self._gantt, row, place)
        draw_focus(painter, self, self._theme)

    def _draw_quarters(self, painter: QPainter, gantt: Gantt) -> None:
        colours, px = self._theme.colours, self._theme.px
        quarters = gantt.quarters
        step = max(1, -(-len(quarters) // _MOST_QUARTERS))
        free = self._field().left()
        for quarter, day in quarters[::step]:
            x = max(self._x(gantt, day), self._field().left())
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QPointF(x, px(_TOP) - 4), QPointF(x, self.height()))
            width = QFontMetricsF(painter.font()).horizontalAdvance(quarter.label)
            if x >= free and x + width <= self._field().right():
                painter.setPen(QColor(colours.secondary))
                painter.drawText(QPointF(x, px(14)), quarter.label)
                free = x + width + px(10)

    def _draw_row(self, painter: QPainter, gantt: Gantt, row: GanttRow, place: int) -> None:
        colours, px = self._theme.colours, self._theme.px
        top = px(_TOP + place * self._row)
        height = px(_ROW)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colours.text))
        painter.drawText(QRectF(0, top, px(_LEFT), height), middle, row.phase.label)
        if row.bar:
            self._draw_bar(painter, gantt, row, top + height / 2)
        else:
            painter.setPen(QColor(colours.secondary))
            field = self._field()
            where = QRectF(field.left(), top, field.width(), height)
            painter.drawText(where, middle, "No date yet")
        painter.setPen(QColor(colours.text))
        amount = gantt.amount(row) or "no costs yet"
        if self._is_narrow:
            painter.setPen(QColor(colours.secondary))
            below = QRectF(px(_LEFT), top + px(28), self.width() - px(_LEFT), px(20))
            painter.drawText(below, middle, amount)
            return
        fonts = QFontMetricsF(painter.font())
        right = QRectF(self.width() - px(_RIGHT), top, px(_RIGHT), height)
        if fonts.horizontalAdvance(amount) > right.width():
            lines = amount.replace(" (", "\n(")
        else:
            lines = amount
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, lines)

    def _draw_bar(self, painter: QPainter, gantt: Gantt, row: GanttRow, middle: float) -> None:
        colours, px = self._theme.colours, self._theme.px
        assert row.bar is not None
        start, end = self._x(gantt, row.bar.start), self._x(gantt, row.bar.end + dt.timedelta(1))
        colour = colours.high if row.bar.clashes else colours.accent
        painter.setPen(QPen(QColor(colour), 1))
        painter.setBrush(QColor(colours.high_wash if row.bar.clashes else colours.wash))
        painter.drawRoundedRect(
            QRectF(start, middle - px(8), max(px(3), end - start), px(16)), px(3), px(3)
        )
        painter.setBrush(QColor(colour))
        half = px(5)
        for milestone in row.bar.milestones:
            if milestone.due:
                x = self._x(gantt, milestone.due)
                painter.drawPolygon(
                    QPolygonF(
                        [
                            QPointF(x, middle - half),
                            QPointF(x + half, middle),
                            QPointF(x, middle + half),
                            QPointF(x - half, middle),
                        ]
                    )
                )

    def _field(self) -> QRectF:
        px = self._theme.px
        right = 0 if self._is_narrow else px(_RIGHT)
        width = max(1, self.width() - px(_LEFT) - right - px(12))
        return QRectF(px(_LEFT), 0, width, self.height())

    def _x(self, gantt: Gantt, day: dt.date) -> float:
        assert gantt.first is not None
        assert gantt.last is not None
        field = self._field()
        span = (gantt.last - gantt.first).days + 1
        return field.left() + (day - gantt.first).days / span * field.width()
