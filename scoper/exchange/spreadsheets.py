"""Reads a sheet of an XLSX or XLSM workbook: stored values only, nothing is computed or run."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoper.errors import ImportProblem, ScoperError
from scoper.exchange.grid import (
    CELL_LIMIT,
    ROW_LIMIT,
    SIZE_LIMIT,
    CellNote,
    Grid,
    collect,
    unescaped,
)
from scoper.exchange.notes import Progress
from scoper.text import join

if TYPE_CHECKING:
    from openpyxl import Workbook

_ENTRIES_LIMIT = 10_000
_RATIO_LIMIT = 150
_RATIO_MATTERS = 50_000_000
_NOTES_LIMIT = 1_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_PARTS: tuple[tuple[str, str], ...] = (
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("Index/", "an Apple Numbers, Pages or Keynote document"),
    ("META-INF/manifest.xml", "an OpenDocument file"),
)
_SAVE_AGAIN = "Open it in a spreadsheet program and save it as .xlsx or “CSV UTF-8”."


def read_workbook(path: Path, sheet: str | None, progress: Progress | None = None) -> Grid:
    """Return the cells of one sheet: the one named, or the first visible one with a table.

    Raises:
        ImportProblem: it is not a workbook, is protected or broken, has no such sheet, or would
            unpack to more than is reasonable.
    """
    has_formulas = _check_archive(path)
    with _opened(path, computed=True) as workbook:
        names = tuple(worksheet.title for worksheet in workbook.worksheets)
        if not names:
            raise ImportProblem(f"{path.name} has no sheet that can be read.", _SAVE_AGAIN)
        candidates = _candidates(workbook, names, sheet, path.name)
        grid = _first_table(workbook, candidates, progress)
    grid.sheets = names
    others = [f"“{name}”" for name in candidates if name != grid.sheet]
    if others:
        grid.notes.append(
            CellNote(f"Only the sheet “{grid.sheet}” is read; there is also {join(others)}.")
        )
    if has_formulas and grid.rows:
        with _opened(path, computed=False) as workbook:
            grid.notes += _unsaved_results(workbook, grid)
    return grid


def _candidates(
    workbook: Workbook, names: tuple[str, ...], wanted: str | None, file: str
) -> Sequence[str]:
    if wanted is None:
        visible = [w.title for w in workbook.worksheets if w.sheet_state == "visible"]
        return visible or names
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return (name,)
    raise ImportProblem(
        f"{file} has no sheet “{wanted}”.",
        f"Its sheets are {join([f'“{name}”' for name in names])}.",
        sheet=wanted,
    )


def _first_table(workbook: Workbook, names: Sequence[str], progress: Progress | None) -> Grid:
    """Return the first sheet with rows below a header, else the first with anything."""
    found: Grid | None = None
    for name in names:
        grid = _read_sheet(workbook, name, progress)
        if len(grid.rows) > 1:
            return grid
        if found is None or (grid.rows and not found.rows):
            found = grid
    return found or Grid([])


def _read_sheet(workbook: Workbook, name: str, progress: Progress | None) -> Grid:
    worksheet: Any = workbook[name]
    declared = worksheet.max_row or 0
    worksheet.reset_dimensions()
    errors: list[CellNote] = []
    source = _texts(worksheet.iter_rows(values_only=True), name, errors)
    total = declared if declared <= ROW_LIMIT else 0
    grid = collect(source, total=total, progress=progress, sheet=name)
    grid.notes += errors
    return grid


def _texts(rows: Any, sheet: str, errors: list[CellNote]) -> Iterator[Sequence[str]]:
    for number, values in enumerate(rows, start=1):
        if not any(value is not None for value in values):
            yield ()
            continue
        texts = [value if value is None else _text(value) for value in values]
        for column, text in enumerate(texts):
            if text is None:
                continue
            if text[:1] == "#" and text in _ERRORS and len(errors) < _NOTES_LIMIT:
                said = f"the cell holds the error {text}, which is kept as text."
                errors.append(CellNote(said, number, column))
            elif len(text) > CELL_LIMIT:
                raise ImportProblem(
                    f"Row {number:,} of “{sheet}” has a cell of {len(text):,} characters.",
                    "Shorten it, then import again.",
                    sheet=sheet,
                    row=number,
                )
        yield [text or "" for text in texts]


def _text(value: object) -> str:
    """Return a stored value as people would write it: dates as ISO, 5.0 as 5, true as yes."""
    match value:
        case str():
            return unescaped(value)
        case bool():
            return "yes" if value else "no"
        case float():
            return str(int(value)) if _is_whole(value) else format(value, ".15g")
        case dt.datetime():
            midnight = value.time() == dt.time()
            return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return str(value)


def _is_whole(value: float) -> bool:
    return value.is_integer() and abs(value) < 1e15


def _unsaved_results(workbook: Workbook, grid: Grid) -> Iterator[CellNote]:
    """Yield a note for each formula whose result was never stored in the file."""
    worksheet: Any = workbook[grid.sheet or ""]
    worksheet.reset_dimensions()
    computed = dict(grid.rows)
    count = 0
    for number, values in enumerate(worksheet.iter_rows(values_only=True), start=1):
        known = computed.get(number, ())
        for column, value in enumerate(values):
            if value is None or isinstance(value, (int, float, dt.date, dt.time)):
                continue
            formula = not isinstance(value, str) or value.startswith("=")
            if formula and not (column < len(known) and known[column]) and count < _NOTES_LIMIT:
                count += 1
                yield CellNote(
                    "the result of this formula is not stored in the file, so the cell is empty. "
                    "Open the file in a spreadsheet program, save it, and import again.",
                    number,
                    column,
                )


# ---------------------------------------------------------------- the file


@contextmanager
def _opened(path: Path, *, computed: bool) -> Iterator[Workbook]:
    """Open a workbook for reading; whatever breaks inside is a problem of the file."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

    try:
        with path.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = load_workbook(stream, read_only=True, data_only=computed, keep_links=False)
            try:
                yield workbook
            finally:
                workbook.close()
    except ScoperError:
        raise
    except Exception as error:
        raise ImportProblem(
            f"{path.name} is broken: it cannot be read as a workbook.", _SAVE_AGAIN
        ) from error


def _check_archive(path: Path) -> bool:
    """Make sure that the file is a workbook of a sensible size; return whether it has formulas.

    Raises:
        ImportProblem: it is some other archive, is encrypted or broken, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_kind([entry.filename for entry in entries], path.name)
            unpacked = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries) or 1
            bomb = unpacked > _RATIO_MATTERS and unpacked / packed > _RATIO_LIMIT
            if unpacked > SIZE_LIMIT or bomb or len(entries) > _ENTRIES_LIMIT:
                raise ImportProblem(
                    f"{path.name} is too large: it unpacks to {unpacked / 1e6:,.0f} MB "
                    f"in {len(entries):,} parts (at most {SIZE_LIMIT / 1e6:,.0f} MB).",
                    "Delete sheets, images and columns that are not needed, then import again.",
                )
            if any(entry.flag_bits & 1 for entry in entries):
                raise protected(path.name)
            return any(
                _holds_formula(archive, entry)
                for entry in entries
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")
            )
    except ScoperError:
        raise
    except Exception as error:
        raise ImportProblem(
            f"{path.name} is broken: it cannot be unpacked.",
            "Fetch it again, or open it in a spreadsheet program and save it as .xlsx.",
        ) from error


def protected(name: str) -> ImportProblem:
    """Return the problem of a workbook that only opens with a password."""
    return ImportProblem(
        f"{name} is protected with a password.",
        "Open it in a spreadsheet program, remove the password, save it, and import again.",
    )


def _check_kind(names: list[str], file: str) -> None:
    if "xl/workbook.bin" in names:
        raise ImportProblem(f"{file} is a binary workbook (.xlsb).", _SAVE_AGAIN)
    if any(name.startswith("xl/") for name in names):
        return
    kinds = (kind for start, kind in _PARTS if any(name.startswith(start) for name in names))
    kind = next(kinds, "an archive")
    raise ImportProblem(
        f"{file} is {kind}, not a table.", "Choose an .xlsx workbook or a CSV file."
    )


def _holds_formula(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(entry) as stream:
        while block := stream.read(1_000_000):
            if _FORMULA.search(tail + block):
                return True
            tail = block[-16:]
    return False
