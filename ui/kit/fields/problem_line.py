"""A line below what is edited that says what is wrong, and keeps its room while nothing is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from scoper.errors import ScoperError, StorageError
from ui.kit.layout.roomy_label import keep_room


class ProblemLine(QLabel):
    """Says what is wrong with one or several things; what stands below it never moves for that."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[object, str] = {}
        self._is_about_storage = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("problem", True)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        keep_room(self)
        self.hide()

    def say(self, text: str, about: object = None) -> None:
        """Say what is wrong with one of the things; an empty text says that nothing is any more."""
        self._is_about_storage = False
        self._said.pop(about, None)
        if text:
            self._said[about] = text
        self.setText("\n".join(self._said.values()))
        self.setVisible(bool(self._said))

    def refuse(self, error: ScoperError) -> None:
        """Say why something was refused."""
        self.say(str(error))
        self._is_about_storage = isinstance(error, StorageError)

    def saved_again(self) -> None:
        """Take note that everything can be saved: what was refused for that reason is not wrong."""
        if self._is_about_storage:
            self.say("")

    def heightForWidth(self, width: int) -> int:
        """Have room for a line."""
        return max(super().heightForWidth(width), self._line)

    def sizeHint(self) -> QSize:
        """Have room for a line."""
        return super().sizeHint().expandedTo(QSize(0, self._line))

    def minimumSizeHint(self) -> QSize:
        """Have room for a line, however narrow."""
        return QSize(0, self._line)

    @property
    def _line(self) -> int:
        return self.fontMetrics().height()
