"""What opens beside a field and closes with the next click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget


class Popup(QWidget):
    """Opens below ``anchor``, or above it where there is no room. ``closed()`` when it is gone.

    No frame: Qt leaves one whose parent is a combo box without any style.
    """

    closed = Signal()

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("popup", True)
        self.anchor = anchor

    def show_beside(self, wanted: QSize) -> None:
        """Show it as large as ``wanted`` if the screen is, beside its anchor if there is room."""
        screen = self.anchor.screen().availableGeometry()
        size = wanted.boundedTo(screen.size())
        corner = self.anchor.mapToGlobal(self.anchor.rect().topLeft())
        below, above = corner.y() + self.anchor.height(), corner.y() - size.height()
        lowest = screen.bottom() + 1 - size.height()
        top = below if below <= lowest else above if above >= screen.top() else lowest
        left = min(corner.x(), screen.right() + 1 - size.width())
        place = QRect(max(screen.left(), left), max(screen.top(), top), 0, 0)
        place.setSize(size)
        self.setGeometry(place)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close for a click elsewhere, which does what it was meant for unless on the anchor."""
        at = self.anchor.mapFromGlobal(event.globalPosition().toPoint())
        on_anchor = self.anchor.rect().contains(at)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay, on_anchor)
        super().mousePressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that it is gone."""
        super().closeEvent(event)
        self.closed.emit()
