"""A line to search in that moves the list of what was found."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from ui.kit.fields.line import Line

_PAGE: Final = 10
_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}


class SearchLine(Line):
    """A search; arrow keys move in the list it steers while the cursor stays in the line."""

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__(placeholder, name)
        self.setClearButtonEnabled(True)
        for action in self.findChildren(QAction):
            action.triggered.connect(self.clear)
        self._steered: QAbstractItemView | None = None

    def steer(self, view: QAbstractItemView) -> None:
        """Move in ``view`` from now on."""
        self._steered = view

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, or edit what is searched for."""
        step = _STEPS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if self._steered is None or step is None or not plain:
            super().keyPressEvent(event)
            return
        model, at = self._steered.model(), self._steered.currentIndex().row()
        last = model.rowCount() - 1
        if last >= 0:
            self._steered.setCurrentIndex(model.index(max(0, min(last, at + step)), 0))
