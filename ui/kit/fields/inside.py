"""What stands inside a line one types into, at one of its ends: a unit, a button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget


class Inside(QObject):
    """Keeps ``part`` at the left or right end of ``line``, and what is typed clear of it.

    A part that is not ``needed`` makes way where what is typed would be cut for it.
    """

    def __init__(self, line: QLineEdit, part: QWidget, *, left: bool, needed: bool) -> None:
        super().__init__(line)
        self._line, self._part, self._left, self._needed = line, part, left, needed
        part.setParent(line)
        line.installEventFilter(self)
        line.textChanged.connect(lambda _: self.place())
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place the part anew where the line has changed its size or its looks."""
        changes = (QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.StyleChange)
        if event.type() in changes:
            self.place()
        return False

    def place(self) -> None:
        """Place the part for what it and the line hold now."""
        option = QStyleOptionFrame()
        self._line.initStyleOption(option)
        contents = self._line.style().subElementRect(
            QStyle.SubElement.SE_LineEditContents, option, self._line
        )
        letters = self._line.fontMetrics()
        width, gap = self._part.sizeHint().width(), letters.averageCharWidth()
        room = contents.width() - letters.horizontalAdvance(self._line.text())
        shown = self._needed or room >= width + 2 * gap
        taken = width + gap if shown else 0
        margins = QMargins(taken, 0, 0, 0) if self._left else QMargins(0, 0, taken, 0)
        if self._line.textMargins() != margins:
            self._line.setTextMargins(margins)
        left = contents.left() if self._left else contents.right() + 1 - width
        self._part.setGeometry(left, contents.top(), width, contents.height())
        self._part.setVisible(shown)
