"""Turns the rows of a table into values of use cases, and says what does not fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scoper.errors import ImportProblem
from scoper.exchange.amounts import NO_AMOUNT, AmountReader
from scoper.exchange.mapping import ColumnMapping, check_unambiguous, listed
from scoper.exchange.notes import Note, Rejection
from scoper.exchange.stages import stage_of
from scoper.exchange.tables import Table, TableRow
from scoper.exchange.targets import TARGETS, Kind, Target
from scoper.terms import Stage
from scoper.text import LINE_LIMIT, TEXT_LIMIT, clean, clean_line, has_unprintable, plural, shorten

_TITLE_LENGTH = 120
_LIMITS = {Kind.LINE: LINE_LIMIT, Kind.TEXT: TEXT_LIMIT}
_NEVER_CUT = {"title", "source_id"}
_TITLE_SOURCES = ("problem", "summary", "source_id", "benefits", "expected_output")


@dataclass(frozen=True, slots=True)
class Record:
    """What one row says about a use case.

    ``values`` holds only what the row gives: an empty cell leaves its field out. The title is
    always there; ``titled`` is False where it was made up from the rest of the row.
    """

    row: int
    values: dict[str, Any]
    titled: bool
    problems: tuple[Rejection, ...] = ()

    @property
    def source_id(self) -> str:
        """The identifier the row has where it comes from, "" if none."""
        return str(self.values.get("source_id", ""))

    @property
    def title(self) -> str:
        """The title given or made up."""
        return str(self.values["title"])


@dataclass(frozen=True, slots=True)
class _Column:
    target: Target
    header: str
    place: int


class RecordReader:
    """Reads the rows of a table by a mapping; ``notes`` collects what was noticed on the way."""

    def __init__(self, table: Table, mapping: ColumnMapping) -> None:
        """Prepare to read.

        Raises:
            ImportProblem: no column holds the title, a header is not in the table, or a header
                in use stands above several columns.
        """
        check_unambiguous(mapping)
        self._columns = _columns(table, mapping)
        self._table = table
        self._amounts = {
            column.header: AmountReader(row.raw(column.place) for row in table.rows)
            for column in self._columns
            if column.target.kind is Kind.MONEY
        }
        self._stages: dict[str, Stage | None] = {}
        self._unknown_stages: dict[str, list[int]] = defaultdict(list)
        self._notes: list[Note] = []
        self._titled_by = next(c.header for c in self._columns if c.target.field == "title")

    @property
    def notes(self) -> list[Note]:
        """What a person should know, in the order of the rows."""
        column = next((c.header for c in self._columns if c.target.kind is Kind.STAGE), None)
        stages = [
            Note(
                f"“{shorten(word, 60)}” is no stage that is known; "
                f"{plural(len(rows), 'row')} with it {'keeps' if len(rows) == 1 else 'keep'} "
                f"the stage there was, {Stage.IDEA.label} if new.",
                rows[0],
                column,
            )
            for word, rows in self._unknown_stages.items()
        ]
        return sorted([*self._notes, *stages], key=lambda note: note.row or 0)

    def read(self, row: TableRow) -> Record:
        """Return what ``row`` says."""
        values: dict[str, Any] = {}
        problems: list[Rejection] = []
        for column in self._columns:
            raw = row.raw(column.place)
            if not raw:
                continue
            if has_unprintable(raw):
                said = "control or invisible characters were removed."
                self._notes.append(Note(said, row.number, column.header))
            try:
                value = self._value(column, raw, row.number)
            except ValueError as error:
                problems.append(Rejection(row.number, column.header, str(error)))
                continue
            if value is not None and value != "":
                values[column.target.field] = value
        titled = "title" in values
        if not titled:
            values["title"] = self._made_up_title(row, values, untold=bool(problems))
        return Record(row.number, values, titled, tuple(problems))

    def _value(self, column: _Column, raw: str, row: int) -> Any:
        kind = column.target.kind
        if kind is Kind.STAGE:
            return self._stage(clean_line(raw), row)
        if kind is Kind.MONEY:
            return self._amount(column, clean_line(raw), row)
        text = clean(raw) if kind is Kind.TEXT else clean_line(raw)
        limit = _LIMITS[kind]
        if len(text) <= limit:
            return text
        too_long = f"the text has {len(text):,} characters; at most {limit:,} fit"
        if kind is Kind.TEXT or column.target.field in _NEVER_CUT:
            raise ValueError(f"{too_long}.")
        self._notes.append(Note(f"{too_long}, so the end is left out.", row, column.header))
        return shorten(text, limit)

    def _stage(self, word: str, row: int) -> Stage | None:
        if word not in self._stages:
            self._stages[word] = stage_of(word)
        stage = self._stages[word]
        if stage is None and word:
            self._unknown_stages[word].append(row)
        return stage

    def _amount(self, column: _Column, text: str, row: int) -> float | None:
        try:
            amount = self._amounts[column.header].read(text)
        except ValueError as error:
            raise ValueError(f"“{shorten(text, 40)}” {error}.") from None
        if amount is None and text.casefold() in NO_AMOUNT:
            self._notes.append(Note(f"“{text}” is read as no amount.", row, column.header))
        return amount

    def _made_up_title(self, row: TableRow, values: dict[str, Any], *, untold: bool) -> str:
        """Return a title for a row without one: after what it says, else after its place."""
        said = next((str(values[name]) for name in _TITLE_SOURCES if name in values), "")
        said = said or next((text for cell in row.cells if (text := clean_line(cell))), "")
        title = shorten(said, _TITLE_LENGTH) or f"Untitled use case (row {row.number})"
        if not untold:
            self._notes.append(
                Note(f"there is no title; it is called “{title}”.", row.number, self._titled_by)
            )
        return title


def _columns(table: Table, mapping: ColumnMapping) -> Sequence[_Column]:
    if "title" not in mapping.headers:
        raise ImportProblem(
            f"No column of {table.name} looks like the title of a use case. "
            f"There are {listed(table.headers)}.",
            "Say which one it is: --map title=HEADER.",
            sheet=table.sheet,
        )
    places = {header: place for place, header in enumerate(table.headers)}
    for header in mapping.headers.values():
        if header not in places:
            raise ImportProblem(
                f"{table.name} has no column “{header}”.",
                f"Its columns are {listed(table.headers)}.",
                sheet=table.sheet,
                column=header,
            )
    by_field = {target.field: target for target in TARGETS}
    return [
        _Column(by_field[name], header, places[header]) for name, header in mapping.headers.items()
    ]
