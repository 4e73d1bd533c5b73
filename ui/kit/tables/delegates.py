"""How special cells are painted: score bars, risk bands, step states."""

from __future__ import annotations

from math import isnan

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from scoper.scoping import StepState
from scoper.terms import RiskBand
from ui.kit.basics import Pill
from ui.kit.look.theme import AROUND_CELL, Theme
from ui.kit.tables.use_case_table import RAW, Column, Index


class CellDelegate(QStyledItemDelegate):
    """Paints the ground of a cell, then what a subclass draws on it."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = option.widget.style() if option.widget else None
        if style:
            style.drawPrimitive(
                QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
            )
        around = self._theme.px(8) + AROUND_CELL
        inner = QRectF(option.rect).adjusted(around, 0, -around, 0)
        self.draw(painter, inner, index)
        painter.restore()

    def draw(self, painter: QPainter, inner: QRectF, index: Index) -> None:
        """Draw the content of a cell."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Ask for room."""
        return QSize(self._theme.px(96), self._theme.px(34))


def draw_title(painter: QPainter, inner: QRectF, text: str, theme: Theme) -> None:
    """Draw a title on one line, or in smaller type on two before any of it is cut."""
    painter.setPen(QColor(theme.colours.text))
    painter.setFont(theme.font(13))
    if painter.fontMetrics().horizontalAdvance(text) <= inner.width():
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        return
    painter.setFont(theme.font(12))
    layout = QTextLayout(text, painter.font())
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(inner.width())
    first = text[: line.textLength()]
    layout.endLayout()
    elide, width = Qt.TextElideMode.ElideRight, int(inner.width())
    rest = painter.fontMetrics().elidedText(text[len(first) :], elide, width)
    lines = "\n".join(filter(None, (first.rstrip(), rest)))
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, lines)


class TitleDelegate(CellDelegate):
    """A title on one line, or in smaller type on two before any of it is cut."""

    def draw(self, painter: QPainter, inner: QRectF, index: Index) -> None:
        """Draw what there is room for."""
        draw_title(painter, inner, str(index.data()), self._theme)


class ScoreDelegate(CellDelegate):
    """The score, and before it a bar as long as its share of the method's range."""

    def draw(self, painter: QPainter, inner: QRectF, index: Index) -> None:
        """Draw bar and number."""
        px, colours = self._theme.px, self._theme.colours
        painter.setFont(self._theme.font(13, bold=True))
        painter.setPen(QColor(colours.text))
        text = str(index.data())
        number = QRectF(inner.right() - px(48), inner.top(), px(48), inner.height())
        if painter.fontMetrics().horizontalAdvance(text) > number.width():
            number = inner
        painter.drawText(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        share = index.data(RAW)
        room = number.left() - px(2) - inner.left()
        if share is None or isnan(share) or room < px(16):
            return
        bar = QRectF(inner.left(), inner.center().y() - px(4), room, px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(bar, 3, 3)
        bar.setWidth(max(2.0, bar.width() * share))
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(bar, 3, 3)


class BandDelegate(CellDelegate):
    """A risk band: colour, shape and word."""

    def draw(self, painter: QPainter, inner: QRectF, index: Index) -> None:
        """Draw the pill."""
        band = index.data(RAW)
        colours = self._theme.colours
        painter.setFont(self._theme.font(12))
        if not band:
            painter.setPen(QColor(colours.secondary))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, "–")
            return
        fore, ground = colours.of_band(band)
        text = f"{Pill.SHAPES[band]} {RiskBand(band).label.lower()}"
        width = painter.fontMetrics().horizontalAdvance(text) + self._theme.px(16)
        height = self._theme.px(20)
        pill = QRectF(inner.left(), inner.center().y() - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(QColor(fore))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class StepsDelegate(CellDelegate):
    """Five marks, one a step: empty ring, half, full with a tick."""

    def draw(self, painter: QPainter, inner: QRectF, index: Index) -> None:
        """Draw the marks."""
        colours, px = self._theme.colours, self._theme.px
        radius, gap = px(5), px(15)
        for place, state in enumerate(index.data(RAW) or ()):
            centre = QPointF(inner.left() + radius + place * gap, inner.center().y())
            ring = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
            tint = QColor(
                {
                    StepState.UNTOUCHED: colours.edge,
                    StepState.STARTED: colours.accent,
                    StepState.OPEN: colours.medium,
                    StepState.PASSED: colours.low,
                }[state]
            )
            pen = 1.6 * self._theme.zoom / 100
            painter.setPen(QPen(tint, pen))
            painter.setBrush(tint if state is StepState.PASSED else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(ring)
            if state is StepState.PASSED:
                painter.setPen(QPen(QColor(colours.panel), pen))
                tick = (QPointF(-2.4, 0.2), QPointF(-0.6, 2), QPointF(2.6, -1.8))
                painter.drawPolyline([centre + point * self._theme.zoom / 100 for point in tick])
            elif state is not StepState.UNTOUCHED:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(tint)
                painter.drawPie(ring, 90 * 16, (-90 if state is StepState.STARTED else -180) * 16)


def dress(view: QTableView, columns: tuple[Column, ...], theme: Theme) -> None:
    """Give the special columns of a table their delegates."""
    special = {
        "title": TitleDelegate,
        "score": ScoreDelegate,
        "risk": BandDelegate,
        "progress": StepsDelegate,
    }
    for place, column in enumerate(columns):
        if column.id in special:
            view.setItemDelegateForColumn(place, special[column.id](theme, view))
