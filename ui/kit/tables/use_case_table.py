"""Use cases as rows, sorted and filtered in the model.

A proxy model would ask Python for every comparison; an order kept in numpy sorts thousands of
rows within a frame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from scoper.board import Board
from scoper.text import fold
from ui.kit.look.plain import tip

Index = QModelIndex | QPersistentModelIndex
USE_CASE = Qt.ItemDataRole.UserRole
RAW = Qt.ItemDataRole.UserRole + 1
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it shows for a row of the portfolio, and what it sorts by.

    ``key`` returns one sortable value a row; NaN and empty text go last either way. Where there
    is little room, columns with the highest ``spare`` are left out first, those with 0 never.
    """

    id: str
    title: str
    text: Callable[[Board, int], str]
    key: Callable[[Board], Sequence[Any] | NDArray[Any]]
    numeric: bool = False
    raw: Callable[[Board, int], Any] | None = None
    tip: str = ""
    spare: int = 0


class UseCaseTable(QAbstractTableModel):
    """The use cases of a board in the columns asked for."""

    def __init__(self, columns: tuple[Column, ...], *, ranked: bool) -> None:
        super().__init__()
        self.columns = columns
        self._ranked = ranked
        self._board: Board | None = None
        self._order: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        self._haystacks: dict[UUID, tuple[Any, str]] = {}
        self._needle = ""
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    @property
    def board(self) -> Board | None:
        """The board that is shown."""
        return self._board

    def has_rows_of(self, board: Board) -> bool:
        """Whether a board has the very use cases of the one that is shown."""
        return self._board is not None and _same_rows(self._board, board)

    def show_board(self, board: Board) -> None:
        """Show a board, keeping sort, filter and selection."""
        if not self.has_rows_of(board):
            self.beginResetModel()
            self._board = board
            self._order = self._arranged()
            self.endResetModel()
            return
        self._board = board
        self._rearrange()
        if self.rowCount():
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1)
            )

    def set_filter(self, text: str) -> None:
        """Show only use cases that contain every word of ``text``."""
        needle = fold(text).strip()
        if needle == self._needle:
            return
        self.beginResetModel()
        self._needle = needle
        self._order = self._arranged()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; −1 goes back to the natural order."""
        self._sorted_by = None if column < 0 else (column, order)
        self._rearrange()

    @property
    def shown(self) -> list[UUID]:
        """The use cases that are shown, from top to bottom."""
        use_cases = self._board.use_cases if self._board else ()
        return [use_cases[row].id for row in self._order]

    def use_case_at(self, row: int) -> UUID | None:
        """Return the use case shown in a row."""
        if self._board is None or not 0 <= row < len(self._order):
            return None
        return self._board.use_cases[int(self._order[row])].id

    def row_of(self, use_case_id: UUID) -> int | None:
        """Return the row a use case is shown in; None when it is filtered out."""
        if self._board is None or use_case_id not in self._board.portfolio.row_of:
            return None
        found = np.flatnonzero(self._order == self._board.portfolio.row_of[use_case_id])
        return int(found[0]) if found.size else None

    # ------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many use cases are shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if self._board is None or not index.isValid():
            return None
        column = self.columns[index.column()]
        row = int(self._order[index.row()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(self._board, row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(column.text(self._board, row))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == RAW and column.raw:
            return column.raw(self._board, row)
        if role == USE_CASE:
            return self._board.use_cases[row].id
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(column.tip) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    # ------------------------------------------------------------ order

    def _rearrange(self) -> None:
        order = self._arranged()
        if np.array_equal(order, self._order):
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        places = np.full(len(self._board.use_cases) if self._board else 0, -1)
        places[order] = np.arange(len(order))
        new = [self._moved(index, places) for index in old]
        self._order = order
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _moved(self, index: QModelIndex, places: NDArray[np.int64]) -> QModelIndex:
        place = int(places[self._order[index.row()]])
        return QModelIndex() if place < 0 else self.createIndex(place, index.column())

    def _arranged(self) -> NDArray[np.intp]:
        board = self._board
        if board is None:
            return np.empty(0, dtype=np.intp)
        order = board.ranking.order if self._ranked else np.arange(len(board.use_cases))
        if self._sorted_by is not None:
            order = order[self._sorting(board, order, *self._sorted_by)]
        return order[self._found(board)[order]] if self._needle else order

    def _sorting(
        self, board: Board, order: NDArray[np.intp], column: int, direction: Qt.SortOrder
    ) -> NDArray[np.intp]:
        keys = np.asarray(self.columns[column].key(board))[order]
        descending = direction is Qt.SortOrder.DescendingOrder
        if keys.dtype.kind in "fiu":
            return np.argsort(-keys if descending else keys, kind="stable")
        blank = keys == ""
        sorted_places = np.argsort(keys, kind="stable")
        if descending:
            sorted_places = sorted_places[::-1]
        return np.concatenate(
            [sorted_places[~blank[sorted_places]], sorted_places[blank[sorted_places]]]
        )

    def _found(self, board: Board) -> NDArray[np.bool_]:
        words = self._needle.split()
        return np.fromiter(
            (all(word in self._haystack(u) for word in words) for u in board.use_cases),
            dtype=np.bool_,
            count=len(board.use_cases),
        )

    def _haystack(self, use_case: Any) -> str:
        known = self._haystacks.get(use_case.id)
        if known is not None and known[0] is use_case:
            return known[1]
        parts = (
            use_case.key,
            use_case.title,
            use_case.function,
            use_case.organisation,
            use_case.stage.label,
            use_case.tags,
            use_case.owner,
            use_case.decision.label,
        )
        text = fold(" ".join(parts))
        self._haystacks[use_case.id] = (use_case, text)
        return text


def _same_rows(before: Board, after: Board) -> bool:
    return before.use_cases is after.use_cases or [u.id for u in before.use_cases] == [
        u.id for u in after.use_cases
    ]
