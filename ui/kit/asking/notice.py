"""A short message at the foot of the window, with what can be done about it, such as Undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from scoper.text import as_done
from ui.kit.basics import ElidedLabel, button
from ui.kit.look.plain import set_tip

if TYPE_CHECKING:
    from scoper.snapshot import Changes
    from scoper.store import History

Action = tuple[str, Callable[[], object]]

SHOWN_FOR = 8_000
"""Milliseconds a notice stays."""


class Notice(QFrame):
    """One notice at a time, in a room of its own, out of the way after a while.

    A notice about a step offers to ``undo`` it, and goes when this is no longer the last step.
    """

    def __init__(self, undo: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._undo = undo
        self._step: str | None = None
        self._runs: list[Callable[[], object]] = []
        self.text = ElidedLabel()
        self.text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.text.setMinimumWidth(40)
        self.action = button("", lambda: self._act(0))
        self.other = button("", lambda: self._act(1))
        self.dismiss = button("Dismiss", self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 4, 0)
        layout.setSpacing(4)
        for widget in (self.text, self.action, self.other, self.dismiss):
            layout.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, *actions: Action) -> None:
        """Show ``text``, with a button for each of at most two actions."""
        self._step = None
        self._runs = [run for _, run in actions]
        for place, shown in enumerate((self.action, self.other)):
            shown.setVisible(place < len(actions))
            shown.setText(actions[place][0] if place < len(actions) else "")
        self.text.setText(text)
        set_tip(self.text, text)
        self.setAccessibleName(text)
        self.show()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def did(self, changes: Changes, *actions: Action, text: str = "") -> None:
        """Tell that a step was done, in words of its own or as ``text``, and offer to undo it."""
        if changes:
            self.say(text or as_done(changes.label), *actions, ("Undo", self._undo))
            self._step = changes.label
        elif text:
            self.say(text, *actions)

    def follow(self, history: History | None) -> None:
        """Take away a notice about a step that has been undone, or that others came after."""
        if self._step is not None and (history is None or history.undo != self._step):
            self.hide()

    def _act(self, place: int) -> None:
        self.hide()
        self._runs[place]()
