"""Reads tables written as text: comma, semicolon, tab or bar between the cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain, islice

from scoper.errors import ImportProblem
from scoper.exchange.grid import CELL_LIMIT, CellNote, Grid, collect, unescaped
from scoper.exchange.notes import Progress
from scoper.text import from_csv_cell, shorten

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 60
_END = "\x00end of table\x00"
_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_TWICE = re.compile("Ã[\x80-¿Œœ–—‘-„†-…‰€™Ÿ]|â€")
_GUESS_BYTES = 200_000
_FOREIGN_SHARE = 0.3
_CONTROL_SHARE = 0.1
_FEW_CONTROLS = 16
_SAVE_AGAIN = "Open it in a spreadsheet program and save it again as “CSV UTF-8” or .xlsx."


def read_delimited(data: bytes, name: str, progress: Progress | None = None) -> Grid:
    """Return the cells of a text table.

    A row is a record: one with line breaks inside quotation marks counts once, as in a
    spreadsheet.

    Raises:
        ImportProblem: it is not text, a quotation mark is never closed, or it is too large.
    """
    text, encoding, notes = _decode(data, name)
    delimiter, text_start = _declared_delimiter(text)
    delimiter = delimiter or _sniff(text)
    csv.field_size_limit(max(csv.field_size_limit(), CELL_LIMIT))
    records = _records(text[text_start:], delimiter, name)
    skipped: list[list[str]] = [[]] if text_start else []
    total = text.count("\n")
    grid = collect(chain(skipped, records), total=total, progress=progress, sheet=None)
    grid.encoding, grid.delimiter = encoding, delimiter
    grid.notes += notes
    return grid


def _records(text: str, delimiter: str, name: str) -> Iterator[list[str]]:
    """Yield records; a marker put after the end must come out on its own."""
    reader = csv.reader(chain(io.StringIO(text, newline=""), [_END]), delimiter=delimiter)
    number = 0
    try:
        for record in reader:
            number += 1
            if record == [_END]:
                return
            if record and record[-1].endswith(_END):
                raise ImportProblem(
                    f"{name}: a quotation mark in row {number:,} is never closed, "
                    "so everything after it would be one cell.",
                    "Close it or delete it, then import again.",
                    row=number,
                )
            yield [from_csv_cell(unescaped(cell)) for cell in record]
    except csv.Error as error:
        raise ImportProblem(
            f"{name} cannot be read as a table: in row {number + 1:,} "
            + (
                f"a cell has more than {CELL_LIMIT:,} characters."
                if "field larger" in str(error)
                else f"{error}."
            ),
            "A quotation mark may be missing there. " + _SAVE_AGAIN,
            row=number + 1,
        ) from error


# ---------------------------------------------------------------- delimiter


def _declared_delimiter(text: str) -> tuple[str, int]:
    """Return what a first line such as ``sep=;`` declares, and where the table starts."""
    line = text[:8].splitlines()[:1]
    if not line or len(line[0]) != 5 or not line[0].lower().startswith("sep="):
        return "", 0
    rest = text[5:7]
    return line[0][4], 5 + (2 if rest == "\r\n" else 1 if rest[:1] in ("\r", "\n") else 0)


def _sniff(text: str) -> str:
    """Return the delimiter that splits the first rows into the most even columns."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [len(record) for record in islice(reader, _SAMPLE_ROWS) if record]
    except csv.Error:
        return 0.0, 0
    if not widths or widths[0] == 1:
        return 0.0, 0
    return sum(width == widths[0] for width in widths) / len(widths), widths[0]


# ---------------------------------------------------------------- encoding


def _decode(data: bytes, name: str) -> tuple[str, str, list[CellNote]]:
    encoding = next((codec for mark, codec in _BOMS if data.startswith(mark)), None)
    encoding = encoding or _unmarked_utf16(data)
    notes: list[CellNote] = []
    try:
        text = data.decode(encoding or "utf-8")
        encoding = encoding or "utf-8"
    except UnicodeDecodeError as error:
        if encoding in ("utf-16", "utf-32", "utf-16-le", "utf-16-be"):
            raise _unreadable(name) from error
        text, encoding, note = _decode_legacy(data, name)
        notes.append(CellNote(note))
    if spoiled := _TWICE.search(text):
        shown = shorten(text[max(0, spoiled.start() - 12) : spoiled.end() + 12], 40)
        said = f"The text was converted twice before it came here (“…{shown}…”)"
        notes.append(CellNote(f"{said}: save the table as UTF-8 where it comes from."))
    head = text[:20_000]
    controls = sum(character < " " and character not in "\t\n\r\x0b\x0c" for character in head)
    if controls > max(_FEW_CONTROLS, len(head) * _CONTROL_SHARE):
        raise _unreadable(name)
    return text.removeprefix("\ufeff"), encoding, notes


def _unmarked_utf16(data: bytes) -> str | None:
    head = data[:2_000]
    pairs = len(head) // 2
    if not pairs:
        return None
    if head[1::2].count(0) > pairs * 0.4 and head[0::2].count(0) < pairs * 0.1:
        return "utf-16-le"
    if head[0::2].count(0) > pairs * 0.4 and head[1::2].count(0) < pairs * 0.1:
        return "utf-16-be"
    return None


def _decode_legacy(data: bytes, name: str) -> tuple[str, str, str]:
    """Return text in an encoding from before UTF-8, its name, and what to say about that."""
    mended = data.decode("utf-8", errors="surrogateescape")
    stray = sum("\udc80" <= character <= "\udcff" for character in mended)
    whole = sum(character > "\x7f" for character in mended) - stray
    if whole > stray:
        text = "".join(
            _from_cp1252(character) if "\udc80" <= character <= "\udcff" else character
            for character in mended
        )
        said = "Some characters are not valid UTF-8 and were read as Windows-1252"
        return text, "utf-8", f"{said}: check accented letters."
    try:
        text, encoding = data.decode("cp1252"), "cp1252"
        if not _looks_western(text):
            text, encoding = _detect(data, name)
    except UnicodeDecodeError:
        text, encoding = _detect(data, name)
    return text, encoding, f"The file is not UTF-8 and was read as {encoding}: check accents."


def _from_cp1252(character: str) -> str:
    return bytes([ord(character) - 0xDC00]).decode("cp1252", errors="replace")


def _looks_western(text: str) -> bool:
    """Return whether accented letters are as rare as they are in Western languages."""
    letters = sum(character.isalpha() for character in text)
    accented = sum(character > "\x7f" and character.isalpha() for character in text)
    return accented <= letters * _FOREIGN_SHARE


def _detect(data: bytes, name: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only needed for odd files

    best = from_bytes(data[:_GUESS_BYTES]).best()
    if best is None:
        raise _unreadable(name)
    try:
        return data.decode(best.encoding), best.encoding
    except UnicodeDecodeError as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> ImportProblem:
    return ImportProblem(f"{name} is not a table: its content is not readable text.", _SAVE_AGAIN)
