"""Documents and workbook as they look: sizes, colours and places, line by line.

A change that is meant is looked at first, in the program that opens the file, then written anew:
``python -m tests.exchange.test_looks``.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from xml.dom.minidom import parseString

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from scoper.board import build_board
from scoper.exchange.documents.blocks import parse
from scoper.exchange.documents.pdf import write_pdf
from scoper.exchange.documents.word import write_docx
from scoper.exchange.workbook import write_workbook
from tests.skewed import skewed_portfolio

FOLDER = Path(__file__).parent / "golden" / "looks"
ON = dt.date(2026, 11, 25)
ABOUT = {"title": "Late invoices", "author": "Ada", "subject": "A brief"}
EVERY_KIND = """# Late invoices

Said of the whole, at 12 % of all, in **bold**, *italic* and
over two lines.

## What it brings

**Introduced:**

- one
- two, with

  a second paragraph

### In numbers

1. first
2. second

Between two lists:

1. again the first

> A quotation that is longer than a line of the page is wide, and so long that it is broken once.

| Role | Days in all phases | Cost |
|---|---:|---:|
| Engineer, whose title is so long that it needs several lines of its own | 12.5 | € 1,200 |
| Owner | 3 | – |

**[To be written: what happens if nothing is done]**

## The end
"""

pytestmark = pytest.mark.filterwarnings(r"ignore:.*extension is not supported:UserWarning")


def word(folder: Path, *, close: bool) -> Iterator[str]:
    """Yield what a Word document says of its styles, pages and blocks."""
    path = folder / "look.docx"
    write_docx(parse(EVERY_KIND), path, ABOUT, close)
    with zipfile.ZipFile(path) as parts:
        pages = [name for name in parts.namelist() if re.match(r"word/(footer|numbering)", name)]
        for name in ("word/document.xml", *sorted(pages)):
            yield from _lines(parts.read(name))
        used = set(
            re.findall(r'w:[pr]Style w:val="(\w+)"', parts.read("word/document.xml").decode())
        )
        for style in parseString(parts.read("word/styles.xml")).getElementsByTagName("w:style"):
            if style.getAttribute("w:styleId") in used | {"Normal"}:
                yield from style.toprettyxml(indent=" ").splitlines()


def pdf(folder: Path, *, close: bool) -> Iterator[str]:
    """Yield what is drawn on the pages of a PDF, and its outline."""
    path = folder / "look.pdf"
    write_pdf(parse(EVERY_KIND * 2 + "One line.\n\n" * 400), path, ABOUT, close)
    reader = PdfReader(path)
    for number, page in enumerate(reader.pages, start=1):
        contents = page.get_contents()
        assert contents is not None
        lines = contents.get_data().decode("latin-1").splitlines()
        yield f"page {number}: {len(lines)} lines"
        if number < 3:
            yield from lines
        else:
            # The same line all over: where the first and the last stand shows the margins.
            places = [line for line in lines if line.endswith(" cm")]
            yield from (places[1], places[-1])
    yield from (f"{entry}" for entry in _flat(reader.outline))
    yield f"{reader.metadata.title} {reader.metadata.author} {reader.metadata.subject}"


def workbook(folder: Path) -> Iterator[str]:
    """Yield how the sheets of a workbook are laid out, and its chart."""
    portfolio = skewed_portfolio()
    criteria = [
        replace(c, title=f"Criterion {n}", question=f"How much of {n}? " * n, anchors=((1, "Low"),))
        for n, c in enumerate(portfolio.criteria)
    ]
    path = folder / "look.xlsx"
    write_workbook(build_board(replace(portfolio, criteria=tuple(criteria))), path, on=ON)
    for sheet in load_workbook(path):
        yield f"== {sheet.title}"
        yield from _layout(sheet)
        for look, alike in groupby(sheet.iter_rows(), key=_row):
            first, *more = alike
            yield f"row {first[0].row} and {len(more)} more"
            yield from look
            yield from (
                f"  {c.coordinate}: {c.value}" for c in first if c.data_type in "sn" and c.value
            )
    with zipfile.ZipFile(path) as parts:
        chart = re.sub(
            rb"<c:(num|str)Cache>.*?</c:\1Cache>", b"", parts.read("xl/charts/chart1.xml")
        )
        yield from _lines(chart)


def _row(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return what the cells of a row look like, those that look alike together."""
    alike = groupby(((cell.column_letter, _dressed(cell)) for cell in cells), lambda cell: cell[1])
    spans = ((look, [letter for letter, _ in group]) for look, group in alike if look)
    return tuple(f"  {letters[0]} to {letters[-1]}: {look}" for look, letters in spans)


def _lines(xml: bytes) -> list[str]:
    """Return XML line by line, from below its first tag with all the namespaces."""
    return parseString(xml).toprettyxml(indent=" ").splitlines()[2:]


def _flat(outline: list[object], depth: int = 0) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry, depth + 1)
        else:
            yield f"{'  ' * depth}{entry['/Title']}"  # type: ignore[index]


def _layout(sheet: Worksheet) -> Iterator[str]:
    for letter, column in sorted(sheet.column_dimensions.items()):
        yield f"column {letter} to {column.max}: {column.width:g}"
    for number, row in sorted(sheet.row_dimensions.items()):
        if row.height:
            yield f"row {number}: {row.height:g}"
    margins = sheet.page_margins
    yield f"margins {margins.left} {margins.right} {margins.top} {margins.bottom}"
    yield f"page {sheet.page_setup.orientation} {sheet.page_setup.paperSize}"
    yield f"fit {sheet.page_setup.fitToWidth} {sheet.page_setup.fitToHeight}"
    yield f"freeze {sheet.freeze_panes} filter {sheet.auto_filter.ref} print {sheet.print_area}"
    for rule in sheet.data_validations.dataValidation:
        yield f"{rule.sqref}: {rule.operator} {rule.formula1} {rule.formula2} {rule.error}"
    for span in sheet.conditional_formatting:
        for rule in span.rules:
            yield f"{span.sqref}: {rule.type} {rule.operator} {rule.formula} {rule.text}"


def _dressed(cell: Cell) -> str:
    if not cell.has_style:
        return ""
    font, at = cell.font, cell.alignment
    colour = font.color.rgb if font.color else ""
    return (
        f"{cell.number_format} {font.sz:g} {font.b:d}{font.i:d} {colour} {cell.fill.fgColor.rgb} "
        f"{at.horizontal} {at.vertical} {at.indent:g} {at.wrap_text} {cell.border.bottom.style}"
    )


LOOKS: dict[str, Callable[[Path], Iterator[str]]] = {
    "word": lambda folder: word(folder, close=False),
    "word-close": lambda folder: word(folder, close=True),
    "pdf": lambda folder: pdf(folder, close=False),
    "pdf-close": lambda folder: pdf(folder, close=True),
    "workbook": workbook,
}


@pytest.mark.parametrize("name", LOOKS)
def test_a_file_looks_as_before(name: str, tmp_path: Path) -> None:
    golden = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert list(LOOKS[name](tmp_path)) == golden.splitlines()


def renew() -> None:
    """Write the looks anew."""
    from tempfile import TemporaryDirectory

    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        for name, look in LOOKS.items():
            path = FOLDER / f"{name}.txt"
            path.write_text("\n".join(look(Path(folder))) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew()
