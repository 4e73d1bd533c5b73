"""The entries of the library in a list of two lines each; typing in it searches."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.features.library.entry_list import BELOW, Index, LibraryList
from ui.kit.look.theme import Theme


class LibraryListView(QListView):
    """Shows a ``LibraryList``.

    Signals: ``moved()`` when another entry has the cursor, ``opened()`` by Enter or a double
    click, ``typed(text)`` for letters, ``read_on(by)`` when Space asks for the next page of what
    is said about the entry, or with Shift for the one before.
    """

    moved = Signal()
    opened = Signal()
    typed = Signal(str)
    read_on = Signal(int)

    def __init__(self, theme: Theme, entries: LibraryList) -> None:
        super().__init__()
        self.setModel(entries)
        self.setItemDelegate(_EntryDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        self.doubleClicked.connect(lambda _: self.opened.emit())

    def put_cursor(self, row: int) -> None:
        """Put the cursor on a row."""
        index: QModelIndex = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, read on with Space, search with letters; the rest is left to Qt."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        command = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.read_on.emit(-1 if back else 1)
        elif event.text().isprintable() and event.text() and not command:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class _EntryDelegate(QStyledItemDelegate):
    """The title, and below it what kind of entry it is."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one entry."""
        px, colours, font = self._theme.px, self._theme.colours, self._theme.font
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(option.rect).adjusted(px(2), 1, -px(2), -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if chosen or over:
            painter.setBrush(QColor(colours.wash if chosen else colours.hover))
            painter.setPen(QPen(QColor(colours.accent)) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(ground, px(6), px(6))
        inner = ground.adjusted(px(8), px(4), -px(8), -px(4))
        upper, lower = inner.adjusted(0, 0, 0, -px(17)), inner.adjusted(0, px(20), 0, 0)
        for place, size, colour, text in (
            (upper, 13, colours.text, str(index.data())),
            (lower, 12, colours.secondary, str(index.data(BELOW))),
        ):
            painter.setFont(font(size))
            painter.setPen(QColor(colour))
            elided = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, int(place.width())
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Ask for two lines."""
        return QSize(self._theme.px(120), self._theme.px(46))
