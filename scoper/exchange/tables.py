"""Reads a table from outside, CSV or workbook, into rows of plain text under headers.

Nothing is evaluated: a cell that looks like a formula stays the text it is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scoper.errors import ImportProblem
from scoper.exchange.delimited import read_delimited
from scoper.exchange.grid import SIZE_LIMIT, CellNote, Grid, column_letters
from scoper.exchange.notes import Note, Progress
from scoper.exchange.spreadsheets import protected, read_workbook
from scoper.text import clean, clean_line, join, plural

_CHOOSE = "Choose a CSV file or an .xlsx workbook."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3\x00", "a database (a portfolio is opened, not imported)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_MARKUP = ("<!doctype", "<!--", "<html", "<?xml", "<table")
_JSON_STARTS = ("{", "[")
_RAGGED_SHOWN = 3


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as it is in the file; ``number`` counts as a spreadsheet does, from 1."""

    number: int
    cells: Sequence[str]

    def raw(self, column: int) -> str:
        """Return the text of a cell as it stands in the file; "" beyond the end of the row."""
        return self.cells[column] if column < len(self.cells) else ""

    def text(self, column: int) -> str:
        """Return the cleaned text of a cell."""
        return clean(self.raw(column))


@dataclass(frozen=True, slots=True)
class Table:
    """A table from outside: distinct headers, and the rows that have content.

    ``sheet`` and ``sheets`` are of a workbook, ``encoding`` and ``delimiter`` of a text file.
    ``blank_rows`` counts empty rows between the others, which are left out.
    """

    name: str
    headers: tuple[str, ...]
    rows: Sequence[TableRow]
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    blank_rows: int = 0
    notes: tuple[Note, ...] = ()


def read_table(path: Path, *, sheet: str | None = None, progress: Progress | None = None) -> Table:
    """Read a CSV, TSV or text file, or a sheet of a workbook; the content decides which it is.

    The first row with content holds the headers. A header that is repeated gets a number, one
    that is missing above content the letters of its column; both are noted.

    Args:
        path: the file.
        sheet: the sheet of a workbook; the first visible one with content unless named.
        progress: called with rows done and in all; may raise ``Cancelled``.

    Raises:
        ImportProblem: the file cannot be read as a table; says why and what to do.
    """
    grid = _read_grid(path, sheet, progress)
    where = f"The sheet “{grid.sheet}” of {path.name}" if grid.sheet else path.name
    if not grid.rows:
        raise ImportProblem(f"{where} is empty.", _CHOOSE, sheet=grid.sheet)
    if len(grid.rows) == 1:
        raise ImportProblem(
            f"{where} has headers but no rows below them.",
            "Add rows, or choose another file or sheet.",
            sheet=grid.sheet,
            row=grid.rows[0][0],
        )
    (header_row, first), *others = grid.rows
    headers, notes = _headers(first, others, header_row)
    notes += [_placed(note, headers) for note in grid.notes]
    return Table(
        name=path.name,
        headers=headers,
        rows=[TableRow(number, cells) for number, cells in others],
        sheet=grid.sheet,
        sheets=grid.sheets,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        blank_rows=grid.blank,
        notes=tuple(notes),
    )


# ---------------------------------------------------------------- headers


def _headers(
    first: Sequence[str], rows: list[tuple[int, Sequence[str]]], header_row: int
) -> tuple[tuple[str, ...], list[Note]]:
    written = [clean_line(cell) for cell in first]
    width = max(len(written), *(len(cells) for _, cells in rows))
    given = written + [""] * (width - len(written))
    headers: list[str] = []
    taken = {header.casefold() for header in given if header}
    seen: dict[str, list[int]] = {}
    for column, header in enumerate(given):
        if header and header.casefold() not in seen:
            headers.append(header)
        else:
            name = _free(header or f"Column {column_letters(column)}", taken, numbered=bool(header))
            taken.add(name.casefold())
            headers.append(name)
        if header:
            seen.setdefault(header.casefold(), []).append(column)
    notes = _repeated(given, headers, seen, header_row) + _ragged(rows, len(written))
    return tuple(headers), notes


def _free(name: str, taken: set[str], *, numbered: bool) -> str:
    if not numbered and name.casefold() not in taken:
        return name
    number = 2
    while f"{name} ({number})".casefold() in taken:
        number += 1
    return f"{name} ({number})"


def _repeated(
    given: list[str], headers: list[str], seen: dict[str, list[int]], header_row: int
) -> list[Note]:
    return [
        Note(
            f"This header stands above columns {join([column_letters(c) for c in columns])}; the "
            f"later ones are called {join([f'“{headers[c]}”' for c in columns[1:]])} here.",
            header_row,
            given[columns[0]],
        )
        for columns in seen.values()
        if len(columns) > 1
    ]


def _ragged(rows: list[tuple[int, Sequence[str]]], width: int) -> list[Note]:
    wider = [number for number, cells in rows if len(cells) > width]
    if not wider:
        return []
    shown = join([f"{number:,}" for number in wider[:_RAGGED_SHOWN]])
    more = ", …" if len(wider) > _RAGGED_SHOWN else ""
    has = "has" if len(wider) == 1 else "have"
    return [
        Note(
            f"{plural(len(wider), 'row')} {has} more cells than there are headers "
            f"(row {shown}{more}): look whether a separator inside a text splits it.",
            wider[0],
        )
    ]


def _placed(note: CellNote, headers: tuple[str, ...]) -> Note:
    known = note.column is not None and note.column < len(headers)
    return Note(note.text, note.row, headers[note.column or 0] if known else None)


# ---------------------------------------------------------------- the file


def _read_grid(path: Path, sheet: str | None, progress: Progress | None) -> Grid:
    head = _head(path)
    if head.startswith(_ZIP):
        return read_workbook(path, sheet, progress)
    _refuse_other_kinds(path, head)
    if sheet is not None:
        raise ImportProblem(
            f"{path.name} is a text file and has no sheets.", "Leave the sheet out.", sheet=sheet
        )
    return read_delimited(_content(path), path.name, progress)


def _head(path: Path) -> bytes:
    if not path.exists():
        raise ImportProblem(f"There is no file {path.name}.", f"Check the name. ({path})")
    if not path.is_file():
        kind = "a folder" if path.is_dir() else "a device"
        raise ImportProblem(f"{path.name} is {kind}, not a table.", _CHOOSE)
    head, size = _content(path, most=4_096), path.stat().st_size
    if not head:
        raise ImportProblem(f"{path.name} is empty.", _CHOOSE)
    if size > SIZE_LIMIT:
        raise ImportProblem(
            f"{path.name} is too large: {size / 1e6:,.0f} MB (at most {SIZE_LIMIT / 1e6:,.0f} MB).",
            "Split it into smaller tables.",
        )
    return head


def _content(path: Path, most: int = -1) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ImportProblem(
            f"{path.name} cannot be read: {reason}.", "Check that you may read it."
        ) from error


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    if head.startswith(_OLE):
        raise _old_office_file(path)
    for mark, kind in _KINDS:
        if head.startswith(mark):
            raise ImportProblem(f"{path.name} is {kind}, not a table.", _CHOOSE)
    start = head.decode("utf-8-sig", errors="replace").lstrip()[:20].casefold()
    if start.startswith(_MARKUP):
        raise ImportProblem(
            f"{path.name} is a web page or XML document, not a table.",
            "Open it in a spreadsheet program and save it as .xlsx.",
        )
    if start.startswith(_JSON_STARTS) and _is_json(_content(path)):
        raise ImportProblem(f"{path.name} is JSON, not a table.", _CHOOSE)


def _is_json(content: bytes) -> bool:
    """Return whether this is JSON: one value, or one on each line."""
    for text in (content, content.splitlines()[0]):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            continue
        return True
    return False


def _old_office_file(path: Path) -> ImportProblem:
    content = _content(path)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return protected(path.name)
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return ImportProblem(
            f"{path.name} is a workbook in the old .xls format.",
            "Open it in a spreadsheet program and save it as .xlsx.",
        )
    return ImportProblem(f"{path.name} is an old Office document, not a table.", _CHOOSE)
