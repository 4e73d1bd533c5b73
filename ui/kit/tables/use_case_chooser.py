"""Use cases from best to worst in a narrow list: rank, title, key and score."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from scoper.board import Board, Standing
from ui.kit.look.theme import Theme
from ui.kit.tables.use_case_table import RAW, Column, Index, UseCaseTable


def _title(board: Board, row: int) -> str:
    return board.use_cases[row].title


def _titles(board: Board) -> list[str]:
    return [use_case.title.casefold() for use_case in board.use_cases]


_COLUMN = Column("title", "Use case", _title, _titles, raw=Board.standing_at)


class UseCaseChooser(QListView):
    """A list to choose one use case from. ``chosen(id)`` follows the cursor; None for no row."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.table = UseCaseTable((_COLUMN,), ranked=True)
        self.setModel(self.table)
        self.setItemDelegate(_Line(theme, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def current(self) -> UUID | None:
        """The use case with the cursor."""
        return self.table.use_case_at(self.currentIndex().row())

    def select(self, use_case_id: UUID | None) -> bool:
        """Put the cursor on a use case; return whether it is in the list."""
        row = None if use_case_id is None else self.table.row_of(use_case_id)
        if row is None:
            return False
        index = self.table.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def _moved(self, current: QModelIndex) -> None:
        self.chosen.emit(self.table.use_case_at(current.row()))


class _Line(QStyledItemDelegate):
    """Two lines: the title beside its rank, then key and score."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one use case."""
        standing: Standing | None = index.data(RAW)
        if standing is None:
            return
        px, colours, font = self._theme.px, self._theme.colours, self._theme.font
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(option.rect).adjusted(px(4), 1, -px(4), -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if chosen or over:
            painter.setBrush(QColor(colours.wash if chosen else colours.hover))
            painter.setPen(QColor(colours.accent) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        painter.setFont(font(12))
        digits = "0" * max(2, len(str(index.model().rowCount())))
        room = painter.fontMetrics().horizontalAdvance(digits) + px(8)
        rank = QRectF(ground.left(), ground.top(), room, ground.height() / 2 + px(4))
        upper = QRectF(
            rank.right() + px(6), rank.top(), ground.right() - rank.right() - px(14), rank.height()
        )
        lower = QRectF(upper.left(), upper.bottom() - px(6), upper.width(), ground.height() / 2)
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(colours.secondary))
        painter.drawText(rank, right | middle, str(standing.rank or "–"))
        painter.drawText(lower, left | middle, standing.use_case.key)
        painter.drawText(lower, right | middle, _score(standing))
        painter.setFont(font(13, bold=chosen))
        painter.setPen(QColor(colours.text))
        title = painter.fontMetrics().elidedText(
            standing.use_case.title, Qt.TextElideMode.ElideRight, int(upper.width())
        )
        painter.drawText(upper, left | middle, title)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Ask for two lines."""
        return QSize(self._theme.px(120), self._theme.px(48))

    def displayText(self, value: Any, locale: Any) -> str:
        """Return the title as it is."""
        return str(value)


def _score(standing: Standing) -> str:
    return "not fully rated" if standing.score is None else f"score {standing.verdict}"
