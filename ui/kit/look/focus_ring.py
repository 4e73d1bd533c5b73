"""Shows that a widget which draws itself has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.kit.look.theme import Theme


def draw_focus(painter: QPainter, widget: QWidget, theme: Theme) -> None:
    """Frame a widget while it has the focus."""
    if widget.hasFocus():
        painter.setPen(QPen(QColor(theme.colours.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(widget.rect().adjusted(0, 0, -1, -1))
