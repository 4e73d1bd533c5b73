"""The table of use cases, as both the portfolio and the ranking show it."""

from __future__ import annotations

from heapq import nlargest
from itertools import groupby
from uuid import UUID

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView, QToolTip

from scoper.board import Board
from ui.kit.look.theme import AROUND_CELL, Theme
from ui.kit.tables.delegates import dress
from ui.kit.tables.use_case_table import Column, UseCaseTable

_WIDTHS = {
    "rank": 40,
    "key": 84,
    "function": 130,
    "organisation": 150,
    "stage": 112,
    "progress": 106,
    "benefit": 124,
    "score": 126,
    "impact": 70,
    "likelihood": 66,
    "risk": 104,
    "decision": 118,
}
_TITLE_LEAST = 190
_TITLE_GOOD, _MOST = 260, 320
"""Widths the title is left where it needs them, and that other columns take at most."""
_AS_WRITTEN = ("title", "key", "function", "organisation", "stage", "benefit", "decision")
"""Columns that show their text and nothing else; keys are never cut."""
_SAMPLE = 200
"""So many use cases are measured, evenly spread, and so many of the longest keys."""
_AROUND = 32
"""What a header needs around its title, the arrow of the sorting included."""
_TIGHT = {"title": 126, "score": 56}
"""Widths where even the columns that are never left out have too little room."""


class UseCaseView(QTableView):
    """A table of use cases.

    Signals: ``current_changed(id)`` for the row with the cursor, ``opened(id)`` for Enter or a
    double click, ``score_clicked(id)`` for a click on a score, ``delete_asked()``.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    score_clicked = Signal(object)
    delete_asked = Signal()

    def __init__(self, columns: tuple[Column, ...], theme: Theme, *, ranked: bool) -> None:
        super().__init__()
        self._theme = theme
        self._columns = columns
        self._gone: set[UUID] = set()
        self._needed: dict[str, int] = {}
        self.table = UseCaseTable(columns, ranked=ranked)
        self.setModel(self.table)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionsClickable(True)
        header.setStretchLastSection(False)
        header.sortIndicatorChanged.connect(self.table.sort)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._settle)
        header.sectionResized.connect(self._later.start)
        dress(self, columns, theme)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.selectionModel().currentRowChanged.connect(lambda *_: self.viewport().update())
        self.scale()

    def scale(self) -> None:
        """Take the present zoom."""
        px, header = self._theme.px, self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(px(36))
        header.setMinimumSectionSize(px(40))
        titles = QFontMetrics(self._theme.font(bold=True))
        self._widths = {
            column.id: max(
                px(_WIDTHS[column.id]), titles.horizontalAdvance(column.title) + px(_AROUND)
            )
            for column in self._columns
            if column.id != "title"
        }
        self._measure()

    def _measure(self) -> None:
        """Find out how much room the columns need for what they show, and share the width anew."""
        board, letters = self.table.board, self.fontMetrics()
        around = 2 * (self._theme.px(8) + AROUND_CELL) + self._theme.px(2)
        self._needed = {}
        for column in self._columns:
            if board and column.id in _AS_WRITTEN:
                widest = max(map(letters.horizontalAdvance, _sample(board, column)), default=0)
                self._needed[column.id] = widest + around
        self._fitted = 0
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Follow the width: it also changes while Qt works out where scroll bars are needed."""
        if self.viewport().width() != self._fitted:
            self._share()
        self._fit_title()
        self.updateGeometries()

    def _share(self) -> None:
        """Leave out spare columns until the title has room; then make the others tight."""
        self._fitted = self.viewport().width()
        px, widths = self._theme.px, dict(self._widths)
        if "key" in widths:
            widths["key"] = max(widths["key"], self._needed.get("key", 0))
        kept = [column for column in self._columns if not column.spare and column.id != "title"]
        room = self.viewport().width() - px(_TITLE_LEAST) - sum(widths[c.id] for c in kept)
        if room < 0:
            widths["score"] = px(_TIGHT["score"])
        for place, column in sorted(enumerate(self._columns), key=lambda each: each[1].spare):
            if column.spare:
                room -= widths[column.id]
                self.setColumnHidden(place, room < 0)
            if column.id != "title":
                self.setColumnWidth(place, widths[column.id])
        self._grow()

    def _grow(self) -> None:
        """Widen the columns whose content needs it, those first that need least."""
        px, wanting = self._theme.px, []
        title = max(px(_TIGHT["title"]), min(px(_TITLE_GOOD), self._needed.get("title", 0)))
        room = self.viewport().width() - title
        for place, column in enumerate(self._columns):
            if column.id == "title" or self.isColumnHidden(place):
                continue
            width = self.columnWidth(place)
            room -= width
            needed = min(self._needed.get(column.id, 0), px(_MOST))
            if needed > width:
                wanting.append((needed - width, place))
        for needed, place in sorted(wanting):
            more = max(0, min(needed, room))
            self.setColumnWidth(place, self.columnWidth(place) + more)
            room -= more

    def _fit_title(self) -> None:
        """Give the title what the other columns leave."""
        columns = enumerate(self._columns)
        others = sum(self.columnWidth(n) for n, column in columns if column.id != "title")
        room = self.viewport().width() - others
        self.setColumnWidth(self.title_column, max(self._theme.px(_TIGHT["title"]), room))

    def show_board(self, board: Board) -> None:
        """Show a board where the one before was; the cursor stays where use cases went.

        It goes to the next one left, or to those that came back.
        """
        known = self.table.board
        if self.table.has_rows_of(board):
            self.table.show_board(board)
            if known is None or known.use_cases is not board.use_cases:
                self._measure()
            return
        before, at, chosen = self.table.shown, self.currentIndex().row(), self.selected
        scrolled = self.verticalScrollBar().value()
        self.table.show_board(board)
        after = self.table.shown
        self._measure()
        there = set(after)
        back = [use_case_id for use_case_id in after if use_case_id in self._gone]
        self._gone = (self._gone | set(before)) - board.portfolio.row_of.keys()
        self.verticalScrollBar().setValue(scrolled)
        left = [u for u in (*before[max(at, 0) :], *reversed(before[: max(at, 0)])) if u in there]
        if back:
            self._select_all(back)
        elif left and at >= 0:
            kept = [use_case_id for use_case_id in chosen if use_case_id in there]
            self._select_all(kept or left[:1], cursor=left[0])

    def select(self, use_case_id: UUID | None) -> None:
        """Put the cursor on a use case and bring it into view."""
        row = None if use_case_id is None else self.table.row_of(use_case_id)
        if row is None:
            self.clearSelection()
            return
        index = self.table.index(row, self.title_column)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def _select_all(self, use_case_ids: list[UUID], cursor: UUID | None = None) -> None:
        """Select use cases, with the cursor on one of them."""
        self.select(cursor or use_case_ids[0])
        wanted, last = set(use_case_ids), self.table.columnCount() - 1
        rows = [row for row, shown in enumerate(self.table.shown) if shown in wanted]
        selection, flags = QItemSelection(), QItemSelectionModel.SelectionFlag
        for _, run in groupby(enumerate(rows), key=lambda each: each[1] - each[0]):
            block = [row for _, row in run]
            selection.select(self.table.index(block[0], 0), self.table.index(block[-1], last))
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)

    @property
    def title_column(self) -> int:
        """Where the title stands."""
        return next(i for i, column in enumerate(self._columns) if column.id == "title")

    @property
    def current(self) -> UUID | None:
        """The use case with the cursor."""
        return self.table.use_case_at(self.currentIndex().row())

    @property
    def selected(self) -> tuple[UUID, ...]:
        """The selected use cases, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        found = (self.table.use_case_at(row) for row in rows)
        return tuple(use_case_id for use_case_id in found if use_case_id is not None)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say all of a cell only where it is cut."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            around = 2 * (self._theme.px(8) + AROUND_CELL)
            letters = self.fontMetrics().horizontalAdvance(str(index.data() or ""))
            if letters + around <= self.columnWidth(index.column()):
                QToolTip.hideText()
                return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame the row with the cursor while the table has the focus, or the table without one."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter, px = QPainter(self.viewport()), self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.colours.accent), px(2)))
        frame = QRectF(self.viewport().rect())
        if self.currentIndex().isValid():
            row = self.currentIndex().row()
            frame.setTop(self.rowViewportPosition(row))
            frame.setHeight(self.rowHeight(row))
        frame.adjust(px(1), px(1), -px(1), -px(1))
        painter.drawRoundedRect(frame, px(4), px(4))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Frame the row with the cursor, across all of its cells."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first and the last row with Home and End: whole rows are chosen here."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self.table.rowCount() - 1,
        }
        if action in ends:
            return self.table.index(ends[action], self.title_column)
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete asks to delete."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.opened.emit(self.current)
        elif event.key() == Qt.Key.Key_Delete and self.selected:
            self.delete_asked.emit()
        elif event.key() == Qt.Key.Key_Space and self.current:
            self.score_clicked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if self._columns[index.column()].id == "score":
            self.score_clicked.emit(self.table.use_case_at(index.row()))

    def _double_clicked(self, index: QModelIndex) -> None:
        if self._columns[index.column()].id != "score":
            self.opened.emit(self.table.use_case_at(index.row()))

    def _current_changed(self, current: QModelIndex) -> None:
        self.current_changed.emit(self.table.use_case_at(current.row()))


def _sample(board: Board, column: Column) -> set[str]:
    """Return texts of a column to measure: the longest keys, of others some evenly spread."""
    if column.id == "key":
        return set(nlargest(_SAMPLE, (use_case.key for use_case in board.use_cases), key=len))
    count = len(board.use_cases)
    return {column.text(board, row) for row in range(0, count, count // _SAMPLE + 1)}
