"""The tree from business goals to KPIs to model metrics and guardrails, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from scoper.scoping.kpi_tree import Node, outline
from scoper.terms import KpiKind, SignOff
from ui.kit.look.focus_ring import draw_focus
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme

_ROW, _GAP, _HEIGHT = 64, 24, 56

_FILLED = 0.8
"""How much of a line words fill when the next one no longer fits, about."""


class _Box(NamedTuple):
    """A node, its column and row (the middle of what hangs below it), and its parent's place."""

    node: Node
    column: int
    row: float
    parent: int | None


class KpiTreeView(QWidget):
    """Draws a tree from left to right; the outline is its text for screen readers and the tip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._boxes: list[_Box] = []
        self._rows = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("KPI tree")

    def show_tree(self, tree: Sequence[Node]) -> None:
        """Draw a tree; nothing is shown while it is empty."""
        self._boxes, self._rows = [], 0
        for node in tree:
            self._place(node, 0, None)
        words = "\n".join(outline(tree))
        self.setAccessibleDescription(words)
        set_tip(self, words)
        self.setVisible(bool(tree))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Be as high as the leaves need."""
        return QSize(self._theme.px(320), self._theme.px(self._rows * _ROW))

    def minimumSizeHint(self) -> QSize:
        """Never be lower than that."""
        return QSize(self._theme.px(200), self.sizeHint().height())

    def _place(self, node: Node, column: int, parent: int | None) -> float:
        place = len(self._boxes)
        self._boxes.append(_Box(node, column, 0.0, parent))
        rows = [self._place(child, column + 1, place) for child in node.children]
        if rows:
            row = (rows[0] + rows[-1]) / 2
        else:
            row = float(self._rows)
            self._rows += 1
        self._boxes[place] = _Box(node, column, row, parent)
        return row

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines, then the boxes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.colours.secondary), 1))
        for box in self._boxes:
            if box.parent is not None:
                self._draw_line(painter, self._area(self._boxes[box.parent]), self._area(box))
        for box in self._boxes:
            self._draw_box(painter, box)
        draw_focus(painter, self, self._theme)

    def _draw_line(self, painter: QPainter, parent: QRectF, child: QRectF) -> None:
        start = QPointF(parent.right(), parent.center().y())
        end = QPointF(child.left(), child.center().y())
        half = (end.x() - start.x()) / 2
        path = QPainterPath(start)
        path.cubicTo(start + QPointF(half, 0), end - QPointF(half, 0), end)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _draw_box(self, painter: QPainter, box: _Box) -> None:
        colours, px = self._theme.colours, self._theme.px
        kpi = box.node.kpi
        line, wash = colours.line, colours.window
        if kpi and kpi.kind is KpiKind.BUSINESS:
            line, wash = colours.accent, colours.wash
        elif kpi and kpi.kind is KpiKind.GUARDRAIL:
            line, wash = colours.medium, colours.medium_wash
        area = self._area(box)
        painter.save()
        painter.setPen(QPen(QColor(line), 1))
        painter.setBrush(QColor(wash))
        painter.drawRoundedRect(area, px(4), px(4))
        inner = area.adjusted(px(8), px(2), -px(8), -px(2))
        painter.setPen(QColor(colours.text))
        painter.setFont(self._theme.font(12))
        third = inner.height() / 3
        self._write(painter, inner.adjusted(0, 0, 0, -third), box.node.title, lines=2)
        painter.setPen(QColor(colours.secondary))
        painter.setFont(self._theme.font(11))
        self._write(painter, inner.adjusted(0, 2 * third, 0, 0), _below(box.node), lines=1)
        painter.restore()

    def _write(self, painter: QPainter, area: QRectF, text: str, *, lines: int) -> None:
        room = area.width() if lines == 1 else area.width() * _FILLED * lines
        fonts = QFontMetricsF(painter.font())
        elided = fonts.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, elided)

    def _area(self, box: _Box) -> QRectF:
        px = self._theme.px
        columns = max((b.column for b in self._boxes), default=0) + 1
        width = max(1.0, (self.width() - 2 - px(_GAP) * (columns - 1)) / columns)
        top = px(_ROW) * box.row + px((_ROW - _HEIGHT) // 2)
        return QRectF(1 + box.column * (width + px(_GAP)), top, width, px(_HEIGHT))


def _below(node: Node) -> str:
    """Return the second line of a box: what the node is, and how far it is agreed."""
    if node.kpi is None:
        return "Business goal"
    if node.kpi.kind is not KpiKind.BUSINESS:
        return node.kpi.kind.label
    agreed = node.kpi.sign_off
    return f"KPI, {agreed.label.lower()}" if agreed is not SignOff.DRAFT else "KPI, draft"
