"""Lines that break where they do not fit."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget


class Flow(QLayout):
    """Widgets beside each other, on as many lines as their widths ask for.

    What is left of a line goes to its widgets that expand, or else to its stretches.
    """

    def __init__(self, spacing: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Add an item at the end."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take the width there is."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Need more lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        around = self.contentsMargins()
        lines = self._lines(width - around.left() - around.right())
        heights = [max(_height(item, at) for item, at in line) for line in lines]
        gaps = self.spacing() * max(0, len(lines) - 1)
        return sum(heights) + gaps + around.top() + around.bottom()

    def minimumSize(self) -> QSize:
        """Ask for no more than the widest widget."""
        around = self.contentsMargins()
        shown = self._shown()
        widest = max((_least(item) for item in shown), default=0)
        highest = max((item.minimumSize().height() for item in shown), default=0)
        return QSize(widest, highest).grownBy(around)

    def sizeHint(self) -> QSize:
        """Prefer one line."""
        around = self.contentsMargins()
        shown = self._shown()
        width = sum(_wish(item) for item in shown) + self.spacing() * max(0, len(shown) - 1)
        width += around.left() + around.right()
        return QSize(width, self.heightForWidth(width))

    def setGeometry(self, rect: QRect) -> None:
        """Place the items line by line, each in the middle of its line."""
        super().setGeometry(rect)
        inside = (
            self.contentsRect() if rect.isNull() else rect.marginsRemoved(self.contentsMargins())
        )
        y = inside.top()
        for line in self._lines(inside.width()):
            height = max(_height(item, width) for item, width in line)
            x = inside.left()
            for item, width in line:
                own = min(height, _height(item, width))
                item.setGeometry(QRect(x, y + (height - own) // 2, width, own))
                x += width + self.spacing()
            y += height + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if item.spacerItem() or not item.isEmpty()]

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        lines: list[list[QLayoutItem]] = []
        room = -1
        for item in self._shown():
            needed = _wish(item) + self.spacing()
            if needed > room and not (lines and item.spacerItem()):
                lines.append([])
                room = width + self.spacing()
            lines[-1].append(item)
            room -= needed
        return [self._shared(line, width) for line in lines]

    def _shared(self, line: list[QLayoutItem], width: int) -> list[tuple[QLayoutItem, int]]:
        widths = [min(_wish(item), width) for item in line]
        room = width - sum(widths) - self.spacing() * (len(line) - 1)
        growing = [n for n, item in enumerate(line) if item.widget() and _grows(item)]
        growing = growing or [n for n, item in enumerate(line) if _grows(item)]
        for left, place in enumerate(growing):
            part = max(0, room) // (len(growing) - left)
            part = min(part, line[place].maximumSize().width() - widths[place])
            widths[place] += part
            room -= part
        return list(zip(line, widths, strict=True))


def flow(*widgets: QWidget | int | None, spacing: int = 8) -> Flow:
    """Return a layout whose lines break; None is a stretch, a number is a fixed space."""
    layout = Flow(spacing)
    fixed, expanding = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
    for widget in widgets:
        if isinstance(widget, QWidget):
            layout.addWidget(widget)
        else:
            policy = expanding if widget is None else fixed
            layout.addItem(QSpacerItem(widget or 0, 0, policy, fixed))
    return layout


def _grows(item: QLayoutItem) -> bool:
    expands = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
    return expands and item.maximumSize().width() > _wish(item)


def _least(item: QLayoutItem) -> int:
    return item.minimumSize().width()


def _wish(item: QLayoutItem) -> int:
    return max(_least(item), min(item.sizeHint().width(), item.maximumSize().width()))


def _height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return item.sizeHint().height()
