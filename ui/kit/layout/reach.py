"""Keeps everything within reach where there is less room than it needs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QBoxLayout,
    QFrame,
    QLayoutItem,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)


class Reach(QScrollArea):
    """Gives a widget all the room there is, and scrolls where that is less than the least it needs.

    Qt's own way would make it as high as it would like to be.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._has_bar, self._inner = False, widget
        self.setWidget(widget)
        widget.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the widget the new room."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what the widget needs."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inner:
            self._fit()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """Ask for nothing: what does not fit scrolls."""
        return QSize(0, 0)

    def sizeHint(self) -> QSize:
        """Prefer the size of the widget."""
        return self._inner.sizeHint()

    def _fit(self) -> None:
        """Take the width first: heights depend on it.

        The vertical bar stays until what is there fits beside it, or else bar and text that wraps
        would chase each other.
        """
        room = self.maximumViewportSize().height()
        wanted = self._height_wanted()
        if (wanted > room) != self._has_bar:
            self._has_bar = wanted > room
            wanted = self._height_wanted()
        self._inner.resize(self._inner.width(), max(wanted, room) - self._across())

    def _height_wanted(self) -> int:
        """Give the widget the width there is, or the least it needs; return the height it takes."""
        widget, room = self._inner, self.maximumViewportSize()
        wide = max(self._width(), widget.minimumSizeHint().width(), widget.minimumWidth())
        if wide != widget.width():
            widget.resize(wide, max(room.height(), widget.height()))
        return least_height(widget) + self._across()

    def _width(self) -> int:
        bar = self.verticalScrollBar().sizeHint().width() if self._has_bar else 0
        return self.maximumViewportSize().width() - bar

    def _across(self) -> int:
        """Return the height of the bar for scrolling sideways, where it is needed."""
        is_wider = self._inner.width() > self._width()
        return self.horizontalScrollBar().sizeHint().height() if is_wider else 0


def least_height(widget: QWidget) -> int:
    """Return the least height a widget needs in the width it has.

    ``QWidget.minimumSizeHint`` takes wrapped text for as narrow as it can be.
    """
    layout = widget.layout()
    if isinstance(widget, QStackedWidget):
        page = widget.currentWidget()
        needed = least_height(page) if page else 0
    elif isinstance(widget, QSplitter):
        inside = map(widget.widget, range(widget.count()))
        parts = [least_height(part) for part in inside if part and part.isVisible()]
        across = widget.orientation() == Qt.Orientation.Horizontal
        needed = max(parts, default=0) if across else sum(parts)
    elif layout is not None and not isinstance(widget, QAbstractScrollArea):
        layout.activate()
        frame = widget.contentsMargins()
        needed = _of_item(layout) + frame.top() + frame.bottom()
    elif widget.hasHeightForWidth():
        needed = widget.heightForWidth(widget.width())
    else:
        needed = widget.minimumSizeHint().height()
    return max(widget.minimumHeight(), min(needed, widget.maximumHeight()))


def _of_item(item: QLayoutItem) -> int:
    if widget := item.widget():
        return least_height(widget)
    layout = item.layout()
    if not isinstance(layout, QBoxLayout):
        width = item.geometry().width()
        if item.hasHeightForWidth():
            return item.minimumHeightForWidth(width)
        return item.minimumSize().height()
    parts = [item for item in map(layout.itemAt, range(layout.count())) if item]
    heights = [_of_item(part) for part in parts if part.spacerItem() or not part.isEmpty()]
    margins = layout.contentsMargins()
    around = margins.top() + margins.bottom()
    if layout.direction() in (QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.RightToLeft):
        return max(heights, default=0) + around
    gaps = sum(not part.isEmpty() for part in parts) - 1
    return sum(heights) + layout.spacing() * max(0, gaps) + around
