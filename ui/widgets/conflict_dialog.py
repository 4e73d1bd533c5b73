"""Two people changed one field: which of the two values stays."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.basics import button, column, heading, label, row


class ConflictDialog(QDialog):
    """Shows both values; ``chosen(mine)`` tells which one stays.

    It closes by a choice only, and no key chooses by accident while somebody is typing.
    """

    chosen = Signal(bool)

    def __init__(self, parent: QWidget, theme: Theme, field: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self.setWindowTitle("Changed twice")
        self.resize(min(theme.px(640), parent.width() - 40), theme.px(300))
        self.mine, self.theirs = _value("What you entered"), _value("What somebody else entered")
        self.keep = button("Keep mine", lambda: self._choose(True))
        self.take = button("Take theirs", lambda: self._choose(False))
        for choice in (self.keep, self.take):
            choice.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        title = heading(f"“{field}” was changed by somebody else meanwhile", "section")
        title.setWordWrap(True)
        layout.addWidget(title)
        both = QHBoxLayout()
        both.setSpacing(16)
        for words, value, choice in (
            ("Yours", self.mine, self.keep),
            ("Theirs", self.theirs, self.take),
        ):
            side = column(label(words, secondary=True), value)
            side.addLayout(row(choice, None))
            both.addLayout(side, 1)
        layout.addLayout(both, 1)
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
