"""Buttons that are one stop of Tab, as a group of radio buttons is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

_MOVES = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class OneStop(QObject):
    """Lets arrow keys, Home and End move among buttons, and Tab pass them with one stop.

    Moving chooses nothing: Space and Enter do, so that nothing is saved on the way. A digit
    presses the button that is called so.
    """

    def __init__(self, parent: QObject, buttons: Sequence[QAbstractButton] = ()) -> None:
        super().__init__(parent)
        self._buttons: list[QAbstractButton] = []
        self.take(buttons)

    def take(self, buttons: Sequence[QAbstractButton]) -> None:
        """Move among these from now on."""
        for button in buttons:
            if button not in self._buttons:
                button.installEventFilter(self)
        self._buttons = list(buttons)
        self.enter_at(next((b for b in buttons if b.hasFocus()), None))

    def enter_at(self, wanted: QAbstractButton | None) -> None:
        """Let Tab stop at a button, the first one without, unless one of them has the focus."""
        held = next((b for b in self._buttons if b.hasFocus()), None)
        stop = held or wanted or next(iter(self._buttons), None)
        for button in self._buttons:
            policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
            if button.focusPolicy() != policy:
                button.setFocusPolicy(policy)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the focus."""
        if isinstance(watched, QAbstractButton) and watched in self._buttons:
            if event.type() == QEvent.Type.FocusIn:
                self.enter_at(watched)
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._moved(watched, event)
        return False

    def _moved(self, from_: QAbstractButton, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.text().isdigit():
            named = next((b for b in self._buttons if b.text() == event.text()), None)
            if named is not None:
                named.setFocus(Qt.FocusReason.TabFocusReason)
                named.click()
            return named is not None
        there = [b for b in self._buttons if b.isEnabled() and not b.isHidden()]
        key = Qt.Key(event.key())
        if key in _MOVES:
            place = there.index(from_) + _MOVES[key]
            target = there[max(0, min(len(there) - 1, place))]
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            target = there[0 if key == Qt.Key.Key_Home else -1]
        else:
            return False
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return True
