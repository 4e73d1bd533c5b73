"""What stands in place of a form whose subject was deleted: nothing typed goes anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from ui.kit.basics import ButtonRow, Card, button, heading, label


class GoneCard(Card):
    """Says what was deleted, and keeps what was typed into it to be copied.

    It has the cursor itself: a key pressed by somebody who has not noticed does nothing.
    """

    def __init__(self, *ways_on: tuple[str, Callable[[], object]]) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = heading("")
        self.title.setWordWrap(True)
        self._about = label("What you typed and is not saved:", secondary=True, wrap=True)
        self.typed = QPlainTextEdit()
        self.typed.setReadOnly(True)
        self.typed.setTabChangesFocus(True)
        self.typed.setAccessibleName("What you typed and is not saved")
        self.buttons = {text: button(text, action) for text, action in ways_on}
        for widget in (self.title, self._about, self.typed):
            self.body.addWidget(widget)
        self.body.addWidget(ButtonRow(*self.buttons.values()))
        self.body.addStretch(1)

    def show_gone(self, said: str, typed: Sequence[tuple[str, str]] = ()) -> None:
        """Say what was deleted, with what was typed by the name of its field."""
        self.title.setText(said)
        self.setAccessibleName(said)
        self.typed.setPlainText("\n\n".join(f"{name}\n{text}" for name, text in typed))
        for widget in (self._about, self.typed):
            widget.setVisible(bool(typed))
        self.setFocus(Qt.FocusReason.OtherFocusReason)
