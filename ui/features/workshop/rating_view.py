"""The rating grid, with the keys of a spreadsheet."""

from __future__ import annotations

from heapq import nlargest

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionHeaderV2,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.features.workshop.rating_grid import Index, RatingGrid
from ui.kit.look.theme import Theme
from ui.kit.tables.delegates import draw_title

_LONGEST_ENTRY = 40
_HINT = QAbstractItemDelegate.EndEditHint
_NARROW = 90
"""Percent of the usual width of letters in the titles of columns, so that long words fit."""
_COLUMN_LEAST, _HEAD, _HEAD_MOST, _AROUND = 66, 180, 420, 24
_SAMPLE = 20
"""So many of the longest heads are measured."""


class RatingView(QTableView):
    """A grid to rate in.

    Type to enter, Enter goes down, Tab goes right and leaves the grid at its end. Ctrl+Enter
    enters what was typed in every selected cell, Ctrl+D fills down, Delete clears, and blocks are
    copied to and pasted from a spreadsheet.

    Signals: ``moved(index)`` when the cursor moves, ``said(text)`` for what could not be done.
    """

    moved = Signal(object)
    said = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.grid = RatingGrid(theme)
        self.setModel(self.grid)
        delegate = _Cell(theme, self)
        delegate.spread.connect(self._spread)
        delegate.began.connect(self.grid.begin)
        delegate.left.connect(self._go)
        self.setItemDelegate(delegate)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setHorizontalHeader(_WrappedHeader(Qt.Orientation.Horizontal, self))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setVerticalHeader(_Heads(theme, self))
        self.verticalHeader().setSectionsClickable(True)
        self.verticalHeader().setHighlightSections(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.grid.modelReset.connect(self._share_width)
        self.selectionModel().currentChanged.connect(lambda index, _: self.moved.emit(index))
        self.scale()

    def scale(self) -> None:
        """Take the present zoom."""
        px = self._theme.px
        self.verticalHeader().setDefaultSectionSize(px(36))
        self.horizontalHeader().setMinimumSectionSize(px(_COLUMN_LEAST))
        self.horizontalHeader().setFixedHeight(px(48))
        font = self._theme.font(12)
        font.setStretch(_NARROW)
        self.horizontalHeader().setFont(font)
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Give the heads what the columns do not need, as far as they need it themselves."""
        px, letters = self._theme.px, QFontMetrics(self._theme.font(13))
        longest = nlargest(_SAMPLE, self.grid.heads, key=len)
        needed = max(map(letters.horizontalAdvance, longest), default=0) + px(_AROUND)
        bar = self.verticalScrollBar()
        room = self.width() - 2 * self.frameWidth() - (bar.width() if bar.isVisible() else 0)
        room -= self.grid.columnCount() * px(_COLUMN_LEAST)
        width = max(px(_HEAD), min(px(_HEAD_MOST), needed, room))
        if self.verticalHeader().width() != width:
            self.verticalHeader().setFixedWidth(width)
            self.updateGeometries()

    @property
    def whole_width(self) -> int:
        """The width in pixels, before zoom, that shows every column with what frames the grid."""
        return _HEAD + self.grid.columnCount() * _COLUMN_LEAST + _AROUND

    def put_cursor(self, row: int, column: int = 0) -> None:
        """Put the cursor on a cell."""
        index = self.grid.index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.scrollTo(index)

    def enter(self, text: str) -> None:
        """Enter ``text`` in the cell with the cursor, for what is typed, and go on to the next."""
        index = self.currentIndex()
        if index.isValid():
            for typed in self.viewport().findChildren(QLineEdit):
                self.closeEditor(typed, _HINT.RevertModelCache)
            self.grid.enter([(index, text)])
            if not self.grid.refusal(index):
                self._step(1)

    def flush(self) -> None:
        """Enter what is being typed into a cell."""
        field = self.viewport().findChild(QLineEdit)
        if field is not None and self.state() is QAbstractItemView.State.EditingState:
            self.commitData(field)
            super().closeEditor(field, _HINT.NoHint)

    # ------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a spreadsheet does; what an editor passes up is left to Qt."""
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.grid.enter([(index, "") for index in self._selected()])
        elif event.key() == Qt.Key.Key_D and event.modifiers() == _CONTROL:
            self._fill_down()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._down(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Let the selection go with the cursor, also where Ctrl and an arrow key move it."""
        if isinstance(event, QKeyEvent) and event.modifiers() == _CONTROL:
            return QItemSelectionModel.SelectionFlag.ClearAndSelect
        return super().selectionCommand(index, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go right with Tab, and out of the grid at its end."""
        return self._step(1 if forward else -1) or QWidget.focusNextPrevChild(self, forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have a cursor."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.put_cursor(0)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go down after Enter and sideways after Tab; stay where an entry was refused."""
        moves = {_HINT.SubmitModelCache: (1, 0), _HINT.EditNextItem: (0, 1)}
        down, right = moves.get(hint, (0, -1 if hint is _HINT.EditPreviousItem else 0))
        super().closeEditor(editor, _HINT.NoHint)
        if self.grid.refusal(self.currentIndex()):
            return
        if down:
            self._down(down)
        elif right:
            self._step(right)

    # ------------------------------------------------------------ moving

    def _go(self, down: int, right: int) -> None:
        """Go to a cell beside, unless what was entered here was refused or there is none."""
        index = self.currentIndex()
        row, column = index.row() + down, index.column() + right
        inside = 0 <= row < self.grid.rowCount() and 0 <= column < self.grid.columnCount()
        if inside and not self.grid.refusal(index):
            self.put_cursor(row, column)

    def _down(self, by: int) -> None:
        """Go down, after the last row to the first of the next criterion; and up likewise."""
        rows, index = self.grid.rowCount(), self.currentIndex()
        place = index.column() * rows + index.row() + by
        if index.isValid() and 0 <= place < rows * self.grid.columnCount():
            column, row = divmod(place, rows)
            self.put_cursor(row, column)

    def _step(self, by: int) -> bool:
        """Go to the next cell, over the end of a row; return whether there is one."""
        columns, index = self.grid.columnCount(), self.currentIndex()
        if not columns:
            return False
        place = index.row() * columns + index.column() + by
        if not index.isValid() or not 0 <= place < columns * self.grid.rowCount():
            return False
        self.put_cursor(*divmod(place, columns))
        return True

    # ------------------------------------------------------------ blocks

    def _selected(self) -> list[QModelIndex]:
        return sorted(self.selectionModel().selectedIndexes(), key=lambda i: (i.row(), i.column()))

    def _spread(self, text: str) -> None:
        self.grid.enter([(index, text) for index in self._selected()])

    def _fill_down(self) -> None:
        selected = self._selected()
        if selected:
            first = selected[0].row()
            heads = {i.column(): self._plain(i) for i in selected if i.row() == first}
            self.grid.enter([(i, heads.get(i.column(), "")) for i in selected if i.row() != first])

    def _copy(self) -> None:
        if self.grid.hidden:
            self.said.emit("Ratings are hidden: show them before you copy.")
            return
        lines: dict[int, list[str]] = {}
        for index in self._selected():
            lines.setdefault(index.row(), []).append(self._plain(index))
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines.values()))

    def _paste(self) -> None:
        start = self._selected()[:1] or [self.currentIndex()]
        block = [line.split("\t") for line in _lines(QGuiApplication.clipboard().text())]
        if not block or not start[0].isValid():
            return
        selected = self._selected()
        if len(block) == 1 and len(block[0]) == 1 and len(selected) > 1:
            self._spread(block[0][0])
            return
        top, left = start[0].row(), start[0].column()
        cells = [
            (self.grid.index(top + down, left + right), text)
            for down, line in enumerate(block)
            for right, text in enumerate(line)
        ]
        inside = [(index, text) for index, text in cells if index.isValid()]
        self.grid.enter(inside)
        if len(inside) < len(cells):
            self.said.emit(f"{len(cells) - len(inside)} pasted cells lie outside the grid.")

    def _plain(self, index: QModelIndex) -> str:
        shown = self.grid.place(index) is None
        role = Qt.ItemDataRole.DisplayRole if shown else Qt.ItemDataRole.EditRole
        return str(index.data(role) or "")


class _Cell(QStyledItemDelegate):
    """A cell and its editor.

    Signals: ``spread(text)``: enter this in every selected cell; ``began(index)`` when the editor
    shows what the cell holds; ``left(down, right)`` when an arrow key ends it.
    """

    spread = Signal(str)
    began = Signal(object)
    left = Signal(int, int)

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Frame the cell with the cursor."""
        super().paint(painter, option, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(QPen(QColor(self._theme.colours.accent), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
            painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field for a number or a word."""
        editor = QLineEdit(parent)
        editor.setMaxLength(_LONGEST_ENTRY)
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what is stored, but never over what is being typed when a board arrives."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)
            self.began.emit(index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Let Ctrl+Enter fill the selection, and arrow keys enter and go on."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and Qt.Key(event.key()) in _ARROWS
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            and isinstance(editor, QLineEdit)
        ):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, _HINT.NoHint)
            self.left.emit(*_ARROWS[Qt.Key(event.key())])
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & _CONTROL
            and isinstance(editor, QLineEdit)
        ):
            text = editor.text()
            self.closeEditor.emit(editor, _HINT.RevertModelCache)
            self.spread.emit(text)
            return True
        return super().eventFilter(editor, event)


class _Heads(QHeaderView):
    """Use cases or people before their rows, on two lines before any of it is cut."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw the ground of a head and its text."""
        option = QStyleOptionHeaderV2()
        self.initStyleOption(option)
        self.initStyleOptionForIndex(option, section)
        text, option.text, option.rect = option.text, "", rect
        painter.save()
        self.style().drawControl(QStyle.ControlElement.CE_Header, option, painter, self)
        around = self._theme.px(8)
        draw_title(painter, QRectF(rect).adjusted(around, 0, -around, 0), text, self._theme)
        painter.restore()


class _WrappedHeader(QHeaderView):
    """Column titles over two lines."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setObjectName("ratings")
        self.setDefaultAlignment(
            Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag(int(Qt.TextFlag.TextWordWrap))
        )
        self.setTextElideMode(Qt.TextElideMode.ElideNone)


_CONTROL = Qt.KeyboardModifier.ControlModifier
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
