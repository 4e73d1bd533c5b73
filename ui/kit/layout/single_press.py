"""Buttons that take no second press: what they delete makes room for what nobody chose."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton


class SinglePress(QObject):
    """Keeps the second press of a double click from a button."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow the second press; its release then does nothing either."""
        return event.type() == QEvent.Type.MouseButtonDblClick
