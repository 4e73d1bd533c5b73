"""Explanations that give way to one another in the same room."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def keep_room(widget: QWidget) -> None:
    """Leave the room of a widget free while it is hidden, so that nothing moves when it is not."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


class RoomyLabel(QLabel):
    """One of several texts at a time, with room for the longest: nothing moves when they change."""

    def __init__(self, texts: Iterable[str]) -> None:
        super().__init__()
        self._texts = [text for text in dict.fromkeys(texts) if text]
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("secondary", True)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """Have room for the longest text."""
        room = QRect(0, 0, width, 10_000)
        wrap = int(Qt.TextFlag.TextWordWrap)
        letters = self.fontMetrics()
        return max((letters.boundingRect(room, wrap, t).height() for t in self._texts), default=0)

    def sizeHint(self) -> QSize:
        """Be as wide as the text shown would like, and as high as the longest."""
        width = super().sizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Wrap wherever there is little room."""
        return QSize(super().minimumSizeHint().width(), 0)
