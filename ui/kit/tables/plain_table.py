"""Rows of plain text, to be read only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.kit.look.plain import tip

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_NOTHING = "–"
_NUMBER = re.compile(rf"[-+−]?\d[\d.,'’\s]*%?|{_NOTHING}")
_SHOWN = 300
"""Characters of a cell that are shown; the tooltip has more."""


class PlainTable(QAbstractTableModel):
    """A table of text; a column of numbers stands at the right, with its header."""

    def __init__(self) -> None:
        super().__init__()
        self._headers: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()
        self._numeric: set[int] = set()

    def show(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show other rows; a row may be shorter than the headers."""
        self.beginResetModel()
        self._headers, self._rows = headers, rows
        self._numeric = {at for at in range(len(headers)) if _is_numeric(rows, at)}
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell on one line, and all of it as its tooltip."""
        if not index.isValid() or index.column() >= len(self._rows[index.row()]):
            return None
        text = self._rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(text[:_SHOWN].split())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text) if len(text) > 20 else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._headers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def _side(self, column: int) -> int:
        numeric = column in self._numeric
        side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)


def _is_numeric(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Return whether whatever is in a column reads as a number."""
    filled = [text for row in rows if column < len(row) and (text := row[column].strip())]
    return any(text != _NOTHING for text in filled) and all(map(_NUMBER.fullmatch, filled))
