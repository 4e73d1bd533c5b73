"""The list a picker opens: as high as its few entries, or with a line to search in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from scoper.text import fold
from ui.kit.asking.popup import Popup
from ui.kit.basics import label
from ui.kit.fields.search_line import SearchLine

SEARCHED_FROM: Final = 11
"""A list of so many entries is searched; a shorter one is seen at a glance."""
_ROWS: Final = 12
"""How many entries of a searched list are in view."""
_WIDEST: Final = 30
"""The width of a list, in heights of its letters, from which texts end in …."""
_MEASURED: Final = 60
"""How many of the longest texts are measured."""
_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()


class PickerList(Popup):
    """Entries to choose from. ``chosen(place)`` of an entry."""

    chosen = Signal(int)

    def __init__(self, picker: QWidget, texts: Sequence[str], place: int) -> None:
        super().__init__(picker)
        self.setAccessibleName(picker.accessibleName())
        self._place = place
        self._is_armed = False
        self.found = _Found(texts)
        self._column = layout = QVBoxLayout(self)
        edge = max(3, picker.fontMetrics().height() // 4)
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(edge)
        self.search = SearchLine("Type to search", f"Search: {picker.accessibleName()}")
        self._nothing = label("Nothing has these words.", secondary=True)
        self._nothing.setContentsMargins(8, 4, 8, 4)
        self._nothing.hide()
        self.list = self._make_list()
        for part in (self.search, self._nothing):
            layout.addWidget(part)
        self.search.setVisible(len(texts) >= SEARCHED_FROM)
        layout.addWidget(self.list, 1)
        self.search.steer(self.list)
        self.search.textChanged.connect(self._filter)
        for watched in (self.search, self.list, self.list.viewport()):
            watched.installEventFilter(self)

    def open(self, typed: str = "") -> None:
        """Show the list at its picker, with ``typed`` as the first letters of the search."""
        self.show_beside(QSize(max(self.anchor.width(), self._width()), self._height()))
        self._go_to(self._place)
        (self.list if self.search.isHidden() else self.search).setFocus()
        self.search.setText(typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose, or leave, by the keyboard and where the mouse is let go."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._act_on(Qt.Key(event.key()), in_search=watched is self.search)
        if isinstance(event, QMouseEvent) and watched is self.list.viewport():
            released = event.type() == QEvent.Type.MouseButtonRelease
            if released and self._is_armed:
                self._choose(self.list.indexAt(event.position().toPoint()))
            self._is_armed = True
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------ building

    def _make_list(self) -> QListView:
        view = QListView()
        view.setAccessibleName(self.anchor.accessibleName())
        view.setModel(self.found)
        view.setItemDelegate(_Line(view))
        view.setUniformItemSizes(True)
        view.setMinimumHeight(1)
        view.setMouseTracking(True)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.entered.connect(view.setCurrentIndex)
        return view

    def _width(self) -> int:
        letters = QFontMetrics(self.list.font())
        longest = sorted(self.found.texts, key=len)[-_MEASURED:]
        widest = max((letters.horizontalAdvance(text) for text in longest), default=0)
        around = 3 * letters.height()
        return min(widest + around, _WIDEST * letters.height())

    def _height(self) -> int:
        self.ensurePolished()
        self.list.ensurePolished()
        self.list.doItemsLayout()
        is_searched = not self.search.isHidden()
        rows = min(len(self.found.texts), _ROWS) if is_searched else len(self.found.texts)
        around = 2 * (self._column.contentsMargins().top() + self.list.frameWidth())
        above = self.search.sizeHint().height() + self._column.spacing() if is_searched else 0
        return max(1, rows) * self.list.sizeHintForRow(0) + around + above

    # ------------------------------------------------------------ acting

    def _act_on(self, key: Qt.Key, *, in_search: bool) -> bool:
        choosing = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key in choosing or (key == Qt.Key.Key_Space and not in_search):
            self._choose(self.list.currentIndex())
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_F4):
            self.close()
        else:
            return False
        return True

    def _filter(self, text: str) -> None:
        self.found.search(text)
        self._nothing.setVisible(not self.found.order)
        self._go_to(self.found.order[0] if text.strip() and self.found.order else self._place)

    def _go_to(self, place: int) -> None:
        if place in self.found.order:
            index = self.found.index(self.found.order.index(place), 0)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index, QListView.ScrollHint.EnsureVisible)

    def _choose(self, index: _Index) -> None:
        if index.isValid():
            place = self.found.order[index.row()]
            self.close()
            self.chosen.emit(place)


class _Found(QAbstractListModel):
    """The texts that have every word of the search, in order."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self.texts = texts
        self.order: list[int] = list(range(len(texts)))
        self._folded: list[str] = []

    def search(self, text: str) -> None:
        """Show what has every word of ``text``, whatever its case, accents and order."""
        self._folded = self._folded or [fold(entry) for entry in self.texts]
        words = fold(text).split()
        self.beginResetModel()
        self.order = [
            place
            for place, entry in enumerate(self._folded)
            if all(word in entry for word in words)
        ]
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many texts were found."""
        return 0 if parent.isValid() else len(self.order)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a text."""
        if role == Qt.ItemDataRole.DisplayRole and index.isValid():
            return self.texts[self.order[index.row()]]
        return None


class _Line(QStyledItemDelegate):
    """A text that ends in … where the list is narrower."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Ask for no width, so that no line is wider than the list."""
        return QSize(0, super().sizeHint(option, index).height())
