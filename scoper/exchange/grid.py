"""The bare cells of one sheet, before it is known what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scoper.errors import ImportProblem
from scoper.exchange.notes import PROGRESS_STEP, Progress
from scoper.text import clean

ROW_LIMIT = 100_000
"""Most rows with content in one table."""

COLUMN_LIMIT = 1_000
"""Most columns in one table."""

CELL_LIMIT = 1_000_000
"""Longest cell that is read, in characters; what a field takes is checked row by row."""

SIZE_LIMIT = 300_000_000
"""Largest table in bytes, as it is when unpacked."""

_ESCAPED = re.compile("_x00([01][0-9A-Fa-f])_")
_CELLS_LIMIT = 5_000_000
_LAST_ROW = 1_048_576
_SPLIT = "Split it into smaller tables, or delete what is not needed."


@dataclass(frozen=True, slots=True)
class CellNote:
    """A note about a cell; ``column`` counts from 0."""

    text: str
    row: int | None = None
    column: int | None = None


@dataclass(slots=True)
class Grid:
    """The rows with content, each with its number (1 = first row of the file) and its cells.

    ``blank`` counts empty rows below the first row with content.
    """

    rows: list[tuple[int, Sequence[str]]]
    blank: int = 0
    notes: list[CellNote] = field(default_factory=list)
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None


def collect(
    source: Iterable[Sequence[str]], *, total: int, progress: Progress | None, sheet: str | None
) -> Grid:
    """Keep the rows with content, within limits.

    Args:
        source: every row of the sheet; a row that is not there at all is empty, and empty rows
            at the end do not count.
        total: rows to expect, for ``progress``; 0 when that is not known.
        progress: called now and then; may raise ``Cancelled``.
        sheet: the sheet to name in problems.

    Raises:
        ImportProblem: there are more rows, columns or cells than can be handled.
    """
    grid = Grid([], sheet=sheet)
    cells = absent = 0
    for number, row in enumerate(source, start=1):
        if progress and number % PROGRESS_STEP == 0:
            progress(number, max(total, number) if total else 0)
        width = _width(row)
        if width:
            grid.blank += absent if grid.rows else 0
            absent = 0
            grid.rows.append((number, row[:width]))
            cells += width
        elif not row:
            absent += 1
        elif grid.rows:
            grid.blank += 1
        problem = _excess(len(grid.rows), width, cells, number)
        if problem:
            raise ImportProblem(f"The table {problem}.", _SPLIT, sheet=sheet, row=number)
    return grid


def column_letters(column: int) -> str:
    """Return the name of a column as spreadsheets have it: 0 is A, 26 is AA."""
    letters, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def unescaped(text: str) -> str:
    """Return ``text`` with control characters as such, where a workbook has them as "_x000D_".

    Programs that turn workbooks into CSV leave these marks in the text.
    """
    return _ESCAPED.sub(lambda mark: chr(int(mark[1], 16)), text) if "_x00" in text else text


def _width(row: Sequence[str]) -> int:
    for place in range(len(row), 0, -1):
        cell = row[place - 1]
        if cell and not cell.isspace() and (cell.isprintable() or clean(cell)):
            return place
    return 0


def _excess(rows: int, width: int, cells: int, number: int) -> str:
    if rows > ROW_LIMIT + 1:
        return f"has more than {ROW_LIMIT:,} rows"
    if width > COLUMN_LIMIT:
        return f"has more than {COLUMN_LIMIT:,} columns"
    if cells > _CELLS_LIMIT:
        return f"has more than {_CELLS_LIMIT:,} cells"
    if number > _LAST_ROW:
        return f"claims to have more than {_LAST_ROW:,} rows"
    return ""
