"""Ratings as a grid: one person's of all use cases, or everybody's of one use case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from scoper.board import Board
from scoper.errors import InvalidInput
from scoper.scoring.entries import ABSTAIN, Entry, read_entry
from scoper.snapshot import Criterion, Portfolio
from scoper.text import fold, shorten
from ui.kit.look.plain import tip
from ui.kit.look.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Cell = tuple[UUID, UUID, UUID]
"""Use case, criterion and participant."""


class Entered(NamedTuple):
    """What was entered in a cell, and what its edit has seen there since it began."""

    place: Cell
    entry: Entry
    seen: tuple[Entry, ...]


GROUP = Qt.ItemDataRole.UserRole
"""Whether a cell holds the value of the group, which nobody enters."""
HIDDEN = "●"
ABSTAINED = "A"
CLOSED = "–"
UNSAVED = " …"
"""What stands behind a rating that is not saved yet."""
_NO_PARENT = QModelIndex()
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class RatingGrid(QAbstractTableModel):
    """Shows ratings and asks for changes; it never changes itself.

    Rows are use cases while ``person`` is set, otherwise the participants of ``use_case`` with
    the group's value below them. A refused entry stays in its cell with the reason until the
    cell is entered again.

    Signals: ``entered(list of Entered)`` for entries that fit, ``refused(reason)``,
    ``marked(place, text, reason)`` when a cell is marked, or no more with an empty reason.
    """

    entered = Signal(object)
    refused = Signal(str)
    marked = Signal(object, str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._board: Board | None = None
        self._person: UUID | None = None
        self._use_case: UUID | None = None
        self._rows: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        self._words: tuple[str, ...] = ()
        self._only_open = False
        self._axes_of: Portfolio | None = None
        self._columns: dict[UUID, int] = {}
        self._people: dict[UUID, int] = {}
        self._refusals: dict[Cell, tuple[str, str]] = {}
        self._began: dict[Cell, Entry] = {}
        self._said: dict[Cell, list[Entry]] = {}
        self._settled: Counter[Cell] = Counter()
        self._unsaved: Mapping[Cell, Entry] = {}
        self._why_unsaved = ""
        self.hidden = False

    # ------------------------------------------------------------ what is shown

    def show_board(self, board: Board) -> None:
        """Show a board; rows stay as they are while their use cases and people do."""
        before, self._board = self._board, board
        for place, count in self._settled.items():
            self._said[place] = self._said.get(place, [])[count:]
        self._settled.clear()
        if self._person not in {person.id for person in board.portfolio.participants}:
            self._person = None
        if self._use_case not in board.portfolio.row_of:
            self._use_case = None
        if before is None or _shape(before) != _shape(board):
            self._rebuild()
        elif self.rowCount():
            self._repaint()

    def show_unsaved(self, entries: Mapping[Cell, Entry], reason: str) -> None:
        """Show what was entered and is not saved yet, and why."""
        if (entries, reason) != (self._unsaved, self._why_unsaved):
            self._unsaved, self._why_unsaved = entries, reason
            if self.rowCount():
                self._repaint()

    def show_person(self, participant_id: UUID) -> None:
        """Show one person's ratings of all use cases."""
        self._person, self._use_case = participant_id, None
        self._rebuild()

    def show_use_case(self, use_case_id: UUID) -> None:
        """Show everybody's ratings of one use case."""
        self._person, self._use_case = None, use_case_id
        self._rebuild()

    def set_filter(self, text: str, *, only_open: bool) -> None:
        """Keep use cases with every word of ``text``; ``only_open`` those with a gap right now."""
        self._words, self._only_open = tuple(fold(text).split()), only_open
        self._rebuild()

    def set_hidden(self, hidden: bool) -> None:
        """Show that a rating was entered, but not which."""
        self.hidden = hidden
        self._rebuild()

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """What is rated, in the order of the columns."""
        return self._board.portfolio.criteria if self._board else ()

    def place(self, index: Index) -> Cell | None:
        """Return where a cell's rating is kept; None for the group's row."""
        if self._board is None or not index.isValid():
            return None
        portfolio = self._board.portfolio
        criterion = portfolio.criteria[index.column()].id
        if self._person is not None:
            row = int(self._rows[index.row()])
            return portfolio.use_cases[row].id, criterion, self._person
        if self._use_case is None or index.row() >= len(portfolio.participants):
            return None
        return self._use_case, criterion, portfolio.participants[index.row()].id

    def row_of(self, use_case_id: UUID) -> int | None:
        """Return the row of a use case; None when it is not among the rows."""
        if self._board is None or self._person is None:
            return None
        wanted = self._board.portfolio.row_of.get(use_case_id)
        if wanted is None:
            return None
        found = np.flatnonzero(self._rows == wanted)
        return int(found[0]) if len(found) else None

    def entry(self, index: Index) -> Entry:
        """Return what is entered in a cell."""
        place = self.place(index)
        if place is None:
            return None
        if place in self._unsaved:
            return self._unsaved[place]
        said = self._said.get(place)
        return said[-1] if said else self._stored(place)

    def settle(self, places: Iterable[Cell]) -> None:
        """Take note that what was entered in cells is saved: the next board shows it."""
        self._settled.update(places)

    def forget(self, places: Iterable[Cell]) -> None:
        """Show again what is stored in cells: what was entered there does not stay."""
        for place in places:
            self._said.pop(place, None)
        if self.rowCount():
            self._repaint()

    def refusal(self, index: Index) -> str:
        """Return why what was entered in a cell was refused; empty when it was not."""
        place = self.place(index)
        return self._refusals[place][1] if place in self._refusals else ""

    # ------------------------------------------------------------ entering

    def begin(self, index: Index) -> None:
        """Take note of what a cell holds as it is opened to be edited."""
        place = self.place(index)
        if place is not None:
            self._began[place] = self._stored(place)

    def enter(self, cells: Sequence[tuple[QModelIndex, str]]) -> None:
        """Enter texts; those that fit are asked for as one step, the others marked."""
        fitting: list[Entered] = []
        first = ""
        for index, text in cells:
            place = self.place(index)
            if place is None or not self.is_open(index):
                continue
            if self._refusals.pop(place, None):
                self.marked.emit(place, "", "")
            try:
                entry = read_entry(text, self.criteria[index.column()])
                fitting.append(Entered(place, entry, self._seen(place)))
                self._said.setdefault(place, []).append(entry)
            except InvalidInput as error:
                self._refusals[place] = (shorten(text, 12), str(error))
                self.marked.emit(place, text, str(error))
                first = first or str(error)
            self.dataChanged.emit(index, index)
        if fitting:
            self.entered.emit(fitting)
        self.refused.emit(first)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Enter the text typed into a cell."""
        if role != Qt.ItemDataRole.EditRole or not self.is_open(index):
            return False
        text = str(value)
        if self.hidden and not text.strip():
            return False  # the editor of a hidden cell opens empty: leaving it changes nothing
        if self.refusal(index) or text.strip() != _text(self.entry(index)):
            self.enter([(self.index(index.row(), index.column()), text)])
        return True

    # ------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many use cases or people are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return how many criteria there are."""
        return 0 if parent.isValid() else len(self.criteria)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let be entered what a person may judge."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.is_open(index) else flags

    def is_open(self, index: Index) -> bool:
        """Return whether a rating can be entered in a cell."""
        place = self.place(index)
        if place is None or self._board is None:
            return False
        return (place[1], place[2]) not in self._board.portfolio.exclusions

    def closed(self, index: Index) -> str:
        """Return why no rating can be entered in a person's cell; empty where one can."""
        place = self.place(index)
        if place is None or self._board is None or self.is_open(index):
            return ""
        name = next(p.name for p in self._board.portfolio.participants if p.id == place[2])
        return f"Not for {name} to judge. Library, People says who judges what."

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if self._board is None or not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._shown(index)
        if role == Qt.ItemDataRole.EditRole:
            return "" if self.hidden else _text(self.entry(index))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _CENTRE
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._tip(index)) or None
        if role == GROUP:
            return self.place(index) is None
        return self._colour(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the criterion of a column, or the use case or person of a row."""
        if self._board is None:
            return None
        if orientation is Qt.Orientation.Horizontal:
            criterion = self.criteria[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return criterion.title
            if role == Qt.ItemDataRole.ToolTipRole:
                return tip(f"{criterion.title}: {criterion.question}")
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            name = self._name(section)
            return tip(name) if role == Qt.ItemDataRole.ToolTipRole else name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    # ------------------------------------------------------------ parts

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._rows = self._chosen_rows()
        self.endResetModel()

    def _chosen_rows(self) -> NDArray[np.intp]:
        if self._board is None:
            return np.empty(0, dtype=np.intp)
        portfolio = self._board.portfolio
        if self._use_case is not None:
            people = len(portfolio.participants)
            return np.arange(people + bool(people and not self.hidden))
        if self._person is None:
            return np.empty(0, dtype=np.intp)
        rows = np.array(
            [row for row, u in enumerate(portfolio.use_cases) if self._matches(u.key, u.title)],
            dtype=np.intp,
        )
        if self._only_open and rows.size:
            person = self._column_of_person()
            rows = rows[~portfolio.settled[rows, :, person].all(axis=1)]
        return rows

    def _matches(self, key: str, title: str) -> bool:
        text = fold(f"{key} {title}") if self._words else ""
        return all(word in text for word in self._words)

    def _column_of_person(self) -> int:
        people = self._board.portfolio.participants if self._board else ()
        return next(place for place, person in enumerate(people) if person.id == self._person)

    def _stored(self, place: Cell) -> Entry:
        """Return what the board holds at a place."""
        if self._board is None:
            return None
        portfolio = self._board.portfolio
        row, column, person = self._axes(place)
        if row is None or column is None or person is None:
            return None
        if portfolio.abstained[row, column, person]:
            return ABSTAIN
        value = float(portfolio.ratings[row, column, person])
        return None if np.isnan(value) else value

    def _axes(self, place: Cell) -> tuple[int | None, int | None, int | None]:
        assert self._board
        portfolio = self._board.portfolio
        if self._axes_of is not portfolio:
            self._axes_of = portfolio
            self._columns = {c.id: at for at, c in enumerate(portfolio.criteria)}
            self._people = {p.id: at for at, p in enumerate(portfolio.participants)}
        use_case, criterion, person = place
        return (
            portfolio.row_of.get(use_case),
            self._columns.get(criterion),
            self._people.get(person),
        )

    def _seen(self, place: Cell) -> tuple[Entry, ...]:
        began = self._began.pop(place) if place in self._began else self._stored(place)
        return (began, *self._said.get(place, ()))

    def _shown(self, index: Index) -> str:
        place = self.place(index)
        if place in self._refusals:
            return f"{self._refusals[place][0]} ⚠"
        if place is None:
            return self._group_value(index.column())
        if not self.is_open(index):
            return CLOSED
        text = _text(self.entry(index))
        said = HIDDEN if text and self.hidden else text
        return f"{said}{UNSAVED}" if place in self._unsaved else said

    def _group_value(self, column: int) -> str:
        if self._board is None or self._use_case is None:
            return ""
        row = self._board.portfolio.row_of.get(self._use_case)
        value = np.nan if row is None else self._board.matrix.values[row, column]
        rating = self.criteria[column].rating(value)
        return "–" if np.isnan(rating) else f"{rating:.1f}"

    def _tip(self, index: Index) -> str:
        reason = self.refusal(index)
        entry = self.entry(index)
        if closed := self.closed(index):
            return closed
        if reason or self.place(index) in self._unsaved:
            return reason or f"Not saved yet: {self._why_unsaved}"
        if self.hidden or entry is None:
            return ""
        if entry == ABSTAIN:
            return "Abstained"
        meaning = dict(self.criteria[index.column()].anchors).get(int(entry), "")
        return f"{entry:g}: {meaning}" if meaning and entry == int(entry) else ""

    def _colour(self, index: Index, role: int) -> QColor | None:
        colours = self._theme.colours
        refused = bool(self.refusal(index))
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(colours.high_wash) if refused else None
        if role == Qt.ItemDataRole.ForegroundRole:
            muted = not self.is_open(index) or self.entry(index) == ABSTAIN
            return QColor(colours.high if refused else colours.secondary if muted else colours.text)
        return None

    @property
    def heads(self) -> list[str]:
        """What can stand before a row: every use case, or everybody who rates."""
        if self._board is None:
            return []
        if self._person is not None:
            return [use_case.title for use_case in self._board.use_cases]
        return [person.name for person in self._board.portfolio.participants]

    def _name(self, section: int) -> str:
        if self._board is None:
            return ""
        portfolio = self._board.portfolio
        if self._person is not None:
            return portfolio.use_cases[int(self._rows[section])].title
        if section >= len(portfolio.participants):
            return f"Group ({portfolio.aggregation.label.lower()})"
        return portfolio.participants[section].name

    def _repaint(self) -> None:
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)


def entry_in_words(entry: Entry) -> str:
    """Return what a person would say was entered."""
    if entry is None:
        return "No rating"
    return "Abstained" if entry == ABSTAIN else f"{entry:g}"


def _text(entry: Entry) -> str:
    if entry is None:
        return ""
    return ABSTAINED if entry == ABSTAIN else f"{entry:g}"


def _shape(board: Board) -> tuple[object, ...]:
    portfolio = board.portfolio
    return (
        [u.id for u in portfolio.use_cases],
        [c.id for c in portfolio.criteria],
        [p.id for p in portfolio.participants],
    )
