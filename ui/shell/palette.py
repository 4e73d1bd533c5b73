"""The command palette: type a few letters, press Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from scoper.text import fold
from ui.kit.basics import label, row
from ui.kit.look.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_HINT: Final = Qt.ItemDataRole.UserRole
_ROWS: Final = 10
_LOOSEST: Final = 6
"""A match of scattered letters may stretch over this many characters a letter."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be found: its name, what it does, and the other words people have for it.

    ``key`` names it too, such as a shortcut or the key of a use case; ``where`` is its place.
    ``acts`` is false for what is only gone to, such as a use case.
    """

    title: str
    run: Callable[[], object]
    words: str = ""
    key: str = ""
    where: str = ""
    acts: bool = True


class Finder:
    """Ranks entries against what is typed; made once, asked at every key."""

    def __init__(self, entries: Sequence[Offer]) -> None:
        self._titles = [f" {' '.join(fold(entry.title).split())}" for entry in entries]
        self._acts = [entry.acts for entry in entries]
        self._keys = [fold(entry.key) for entry in entries]
        self._all = [
            f"{title} {key} {fold(entry.words)} {fold(entry.where)} "
            for title, key, entry in zip(self._titles, self._keys, entries, strict=True)
        ]
        self._initials: list[str] | None = None

    def find(self, text: str) -> list[int]:
        """Return the places of what matches ``text``, best first; all of them for no text.

        A key that is the text comes first, then what acts and has it as words of its title; a key
        or title that starts with the text; words of the title that start with it, in any order,
        with the help of the other words people have for it; the text anywhere; the initials of a
        title; and its letters in order, close together.
        """
        needle = " ".join(fold(text).split())
        if not needle:
            return list(range(len(self._titles)))
        if self._initials is None:
            self._initials = ["".join(w[0] for w in title.split()) for title in self._titles]
        words, letters = needle.split(), needle.replace(" ", "")
        found = []
        known = zip(self._titles, self._keys, self._all, strict=True)
        for place, (title, key, everything) in enumerate(known):
            if self._acts[place] and f" {needle} " in f"{title} ".replace(":", ""):
                found.append(((0, 1 + title.find(needle)), place))
                continue
            rank = _closeness(needle, words, title, key) or _by_words(words, title, everything)
            if rank is None and needle in title:
                rank = 5, 0
            if rank is None:
                rank = _looseness(letters, title, self._initials[place])
            if rank is not None:
                found.append((rank, place))
        found.sort()
        return [place for _, place in found]


def _closeness(needle: str, words: list[str], title: str, key: str) -> tuple[int, int] | None:
    if key == needle:
        return 0, 0
    if title.startswith(needle, 1) or key.startswith(needle):
        return 1, len(title)
    at = title.find(f" {needle}")
    if at >= 0:
        return 2, at
    return (3, 0) if all(f" {word}" in title for word in words) else None


def _by_words(words: list[str], title: str, everything: str) -> tuple[int, int] | None:
    if all(f" {word}" in everything for word in words):
        begun = sum(f" {word} " not in everything for word in words)
        return 4, 10 * begun + sum(f" {word}" not in title for word in words)
    return (6, 0) if all(word in everything for word in words) else None


def _looseness(letters: str, title: str, initials: str) -> tuple[int, int] | None:
    if len(letters) > 1 and initials.startswith(letters):
        return 7, len(initials)
    first = title.find(f" {letters[0]}") + 1
    at = first
    for letter in letters[1:]:
        if at <= 0:
            return None
        at = title.find(letter, at + 1)
    span = at - first
    return (8, span) if 0 < span <= _LOOSEST * len(letters) and first else None


class _Found(QAbstractListModel):
    """What was found, in order."""

    def __init__(self, entries: Sequence[Offer]) -> None:
        super().__init__()
        self.entries = entries
        self.order: list[int] = list(range(len(entries)))

    def show(self, order: list[int]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.order = order
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many were found."""
        return 0 if parent.isValid() else len(self.order)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return title and hint of an entry."""
        if not index.isValid():
            return None
        entry = self.entries[self.order[index.row()]]
        hint = entry.key or entry.where
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.title}, {hint}" if hint else entry.title
        return hint if role == _HINT else None


class _Line(QStyledItemDelegate):
    """The title, cut where it does not fit, and the hint at the right."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        colours, px = self._theme.colours, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(option.rect).adjusted(px(6), 1, -px(6), -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.wash))
            painter.drawRoundedRect(ground, px(6), px(6))
        inner = ground.adjusted(px(10), 0, -px(10), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        hint = str(index.data(_HINT))
        painter.setFont(self._theme.font(12))
        width = painter.fontMetrics().horizontalAdvance(hint)
        painter.setPen(QColor(colours.secondary))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, hint)
        painter.setFont(self._theme.font(13))
        painter.setPen(QColor(colours.text))
        room = inner.adjusted(0, 0, -(width + px(16)) if hint else 0, 0)
        title = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, title)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Ask for a line of the usual height."""
        return QSize(self._theme.px(100), self._theme.px(34))


class Palette(QDialog):
    """Finds places, actions and use cases by a few letters and runs the one that is chosen."""

    def __init__(self, window: QWidget, theme: Theme, entries: list[Offer]) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Search or run")
        self._theme, self._window = theme, window
        self._finder = Finder(entries)
        self.found = _Found(entries)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        frame = QFrame()
        frame.setFixedWidth(min(theme.px(640), window.width() - theme.px(32)))
        frame.setObjectName("palette")
        frame.setStyleSheet(
            f"QFrame#palette {{ background: {theme.colours.panel};"
            f" border: 1px solid {theme.colours.line}; }}"
        )
        layout.addWidget(frame)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, theme.px(10), 1, theme.px(8))
        inside.setSpacing(theme.px(8))
        inside.addWidget(self._make_search())
        inside.addWidget(self._make_list())
        self._nothing = label(
            "Nothing found. Other words or fewer letters may help.", secondary=True
        )
        self._nothing.setContentsMargins(theme.px(18), theme.px(4), 0, theme.px(6))
        self._nothing.hide()
        inside.addWidget(self._nothing)
        self._show(self.found.order)

    def _make_search(self) -> QWidget:
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search use cases and commands")
        self.search.setAccessibleName("Search use cases and commands")
        self.search.setFont(self._theme.font(15))
        self.search.setStyleSheet("QLineEdit { border: none; background: transparent; }")
        self.search.textChanged.connect(lambda text: self._show(self._finder.find(text)))
        self.search.installEventFilter(self)
        glass = label()
        glass.setPixmap(self._theme.icon("search").pixmap(self._theme.icon_size()))
        holder, line = QWidget(), row(glass, self.search, spacing=self._theme.px(4))
        line.setContentsMargins(self._theme.px(16), 0, self._theme.px(8), 0)
        holder.setLayout(line)
        return holder

    def _make_list(self) -> QListView:
        self.list = QListView()
        self.list.setAccessibleName("Found")
        self.list.setModel(self.found)
        self.list.setItemDelegate(_Line(self._theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(self._run)
        self.list.entered.connect(self.list.setCurrentIndex)
        return self.list

    def open(self) -> None:
        """Show the palette at the top centre of the window, ready to type."""
        window = self._window
        left = (window.width() - self.sizeHint().width()) // 2
        self.move(window.mapToGlobal(QPoint(left, self._theme.px(56))))
        self.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the list move while the cursor stays in the search line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: _ROWS - 1,
                Qt.Key.Key_PageUp: 1 - _ROWS,
            }.get(Qt.Key(event.key()))
            if step is not None:
                self._move(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _show(self, order: list[int]) -> None:
        self.found.show(order)
        self._nothing.setVisible(not order)
        self.list.setVisible(bool(order))
        line = self._theme.px(34)
        room = max(3, (self._window.height() - self._theme.px(160)) // line)
        self.list.setFixedHeight(line * min(_ROWS, room, max(1, len(order))))
        if order:
            self.list.setCurrentIndex(self.found.index(0))
            self.list.scrollToTop()

    def _move(self, by: int) -> None:
        count = self.found.rowCount()
        if count:
            now = self.list.currentIndex().row()
            wraps = abs(by) == 1
            then = (now + by) % count if wraps else min(count - 1, max(0, now + by))
            self.list.setCurrentIndex(self.found.index(then))

    def _run(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        entry = self.found.entries[self.found.order[index.row()]]
        self.close()
        entry.run()
