"""Two people changed one field: which of the two values stays."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from ui.kit.asking.dialog import Dialog
from ui.kit.basics import button, column, heading, label, row
from ui.kit.look.theme import Theme


class ConflictDialog(Dialog):
    """Shows both values; ``chosen(mine)`` tells which one stays.

    It closes by a choice only, and no key chooses by accident while somebody is typing.
    """

    chosen = Signal(bool)

    def __init__(self, parent: QWidget, theme: Theme, field: str) -> None:
        super().__init__(parent, theme, "Changed twice", (640, 300))
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self.mine, self.theirs = _value("What you entered"), _value("What somebody else entered")
        self.keep = button("Keep mine", lambda: self._choose(True))
        self.take = button("Take theirs", lambda: self._choose(False))
        for choice in (self.keep, self.take):
            choice.setAutoDefault(False)
        title = heading(f"“{field}” was changed by somebody else meanwhile", "section")
        title.setWordWrap(True)
        self.body.addWidget(title)
        both = QHBoxLayout()
        both.setSpacing(16)
        for words, value, choice in (
            ("Yours", self.mine, self.keep),
            ("Theirs", self.theirs, self.take),
        ):
            side = column(label(words, secondary=True), value)
            side.addLayout(row(choice, None))
            both.addLayout(side, 1)
        self.body.addLayout(both, 1)
        self.mine.setFocus()

    def show_values(self, mine: str, theirs: str) -> None:
        """Show what stands against each other."""
        self.mine.setPlainText(mine or "Nothing")
        self.theirs.setPlainText(theirs or "Nothing")

    def reject(self) -> None:
        """Stay: what was typed must not be lost by pressing Escape."""

    def _choose(self, mine: bool) -> None:
        self.accept()
        self.chosen.emit(mine)


def _value(name: str) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    field.setAccessibleName(name)
    return field
