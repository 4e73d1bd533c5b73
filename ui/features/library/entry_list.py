"""Entries of the library as a list: what is shown follows a kind, a group and a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from scoper.text import fold
from ui.kit.look.plain import tip

if TYPE_CHECKING:
    from scoper.scoping.shelves import Held, Shelf

Index = QModelIndex | QPersistentModelIndex
BELOW: Final = Qt.ItemDataRole.UserRole
"""The second line of an entry: its group, and its kind where several are shown."""

_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Choice:
    """Which entries to show: of one kind, one group of it, one's own only, with these words."""

    shelf: Shelf | None = None
    group: str | None = None
    only_own: bool = False
    search: str = ""

    def takes(self, held: Held) -> bool:
        """Return whether an entry is to be shown."""
        return (
            self.shelf in (None, held.shelf)
            and self.group in (None, held.entry.group)
            and (held.origin.own or not self.only_own)
            and all(word in held.words for word in fold(self.search).split())
        )


class LibraryList(QAbstractListModel):
    """The entries that a choice takes."""

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[Held] = ()
        self._rows: list[Held] = []
        self._choice = Choice()

    def show_all(self, held: Sequence[Held]) -> None:
        """Take over what the library holds."""
        self._all = held
        self.choose(self._choice)

    def choose(self, choice: Choice) -> None:
        """Show what a choice takes, first what has all words of the search in its title."""
        self.beginResetModel()
        self._choice = choice
        words = fold(choice.search).split()
        self._rows = sorted(
            (held for held in self._all if choice.takes(held)),
            key=lambda held: not all(word in fold(held.entry.title) for word in words),
        )
        self.endResetModel()

    def at(self, row: int) -> Held | None:
        """Return the entry of a row; None where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, kind: str, key: str) -> int | None:
        """Return the row of an entry by its kind and id; None when it is not shown."""
        for row, held in enumerate(self._rows):
            if held.entry.id == key and held.shelf.kind.name == kind:
                return row
        return None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many entries are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of an entry, what stands below it, or both as one sentence."""
        held = self.at(index.row()) if index.isValid() else None
        if held is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return held.entry.title
        if role == BELOW:
            return self._below(held)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{held.entry.title}. {self._below(held)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(held.entry.title)
        return None

    def _below(self, held: Held) -> str:
        kind = "" if self._choice.shelf else held.shelf.title
        group = "" if held.entry.group == held.shelf.title else held.entry.group
        return " · ".join(filter(None, (kind, group, "our own" if held.origin.own else "")))
