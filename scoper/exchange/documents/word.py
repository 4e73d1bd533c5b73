"""Draws the blocks of a document as DOCX, with the styles of Word so that it can be edited."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

from scoper.exchange.documents.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Runs,
    Table,
    tied,
)
from scoper.text import shorten

_FONT: Final = "Calibri"
_TEXT, _SECONDARY, _ACCENT = "1B1F27", "5A6372", "2F57D9"
_AMBER, _AMBER_WASH, _WASH, _LINE = "8A4A00", "FCEBD5", "E9EEFD", "D5DAE3"
_MARK_STYLE: Final = "To be written"
_CELL_STYLE: Final = "Table text"
_TEXT_WIDTH: Final = Mm(166)
_HEADINGS: Final = {1: (22.0, 0.0, 8.0), 2: (15.0, 20.0, 6.0), 3: (12.0, 12.0, 3.0)}
_CLOSE_HEADINGS: Final = {1: (17.0, 0.0, 3.0), 2: (11.0, 6.0, 2.0), 3: (10.0, 5.0, 2.0)}


def write_docx(
    blocks: tuple[Block, ...], path: Path, about: dict[str, str], close: bool = False
) -> None:
    """Write ``blocks`` to ``path``; ``about`` holds title, author and subject.

    With ``close`` there is less space between them.
    """
    document = docx.Document()
    _set_up(document, about)
    if close:
        _set_closely(document)
    for block in blocks:
        _draw(document, block)
    stream = BytesIO()
    document.save(stream)
    path.write_bytes(stream.getvalue())


def _draw(document: Document, block: Block) -> None:
    match block:
        case Heading(level=1, runs=runs):
            _fill(document.add_paragraph(style="Title"), runs)
        case Heading(level=level, runs=runs):
            _fill(document.add_paragraph(style=f"Heading {level - 1}"), runs)
        case Paragraph(runs=runs, quoted=quoted):
            paragraph = document.add_paragraph(style="Quote" if quoted else "Normal")
            paragraph.paragraph_format.keep_with_next = True if block.introduces else None
            _fill(paragraph, runs)
        case Bullets(items=items, numbered=numbered):
            style = "List Number" if numbered else "List Bullet"
            numbering = _restarted(document) if numbered else None
            after_list = document.styles["Normal"].paragraph_format.space_after
            for place, item in enumerate(items, start=1):
                paragraph = document.add_paragraph(style=style)
                _fill(paragraph, item)
                if numbering is not None:
                    _number(paragraph, numbering)
                if place == len(items):
                    paragraph.paragraph_format.space_after = after_list
        case Table():
            _draw_table(document, block)


def _fill(paragraph: WordParagraph, runs: Runs) -> None:
    for run in runs:
        added = paragraph.add_run(tied(run.text))
        added.bold = True if run.bold and not run.mark else None
        added.italic = True if run.italic else None
        if run.mark:
            added.style = _MARK_STYLE


# ---------------------------------------------------------------- tables and lists


def _draw_table(document: Document, block: Table) -> None:
    table = document.add_table(rows=0, cols=len(block.header), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    widths = [int(_TEXT_WIDTH * share) for share in block.shares()]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, cells in enumerate((block.header, *block.rows)):
        row = table.add_row()
        _keep_whole(row, is_header=place == 0)
        for column, (cell, runs) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = widths[column]
            paragraph = cell.paragraphs[0]
            paragraph.style = _CELL_STYLE
            if block.right[column]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _fill(paragraph, runs)
            if place == 0:
                _shade(cell)
                for run in paragraph.runs:
                    run.bold = True
    _rule(table)
    document.add_paragraph(style="After table")


def _keep_whole(row: Any, *, is_header: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _WASH)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _rule(table: Any) -> None:
    """Draw fine lines between the rows only."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        shown = side in {"bottom", "insideH"}
        line.set(qn("w:val"), "single" if shown else "nil")
        if shown:
            line.set(qn("w:sz"), "4")
            line.set(qn("w:color"), _LINE)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _restarted(document: Document) -> int:
    """Return the id of a new numbering that counts from 1 like the style *List Number*."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    known = style.find(f".//{qn('w:numId')}").get(qn("w:val"))
    (template,) = (n for n in numbering.findall(qn("w:num")) if n.get(qn("w:numId")) == known)
    fresh = deepcopy(template)
    number = max(int(n.get(qn("w:numId"))) for n in numbering.findall(qn("w:num"))) + 1
    fresh.set(qn("w:numId"), str(number))
    override, start = OxmlElement("w:lvlOverride"), OxmlElement("w:startOverride")
    override.set(qn("w:ilvl"), "0")
    start.set(qn("w:val"), "1")
    override.append(start)
    fresh.append(override)
    numbering.append(fresh)
    return number


def _number(paragraph: WordParagraph, numbering: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


# ---------------------------------------------------------------- set-up


def _set_up(document: Document, about: dict[str, str]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    properties = document.core_properties
    properties.title, properties.author = about["title"][:255], about["author"][:255]
    properties.subject, properties.language = about["subject"][:255], "en-GB"
    properties.comments, properties.keywords = "", ""
    _set_styles(document)
    _set_footer(document, about["title"])


def _set_styles(document: Document) -> None:
    styles: Any = document.styles
    normal = styles["Normal"]
    _set_style(normal, 10.5, _TEXT, after=6.0)
    normal.paragraph_format.line_spacing = 1.15
    _set_language(normal)
    size, before, after = _HEADINGS[1]
    _set_style(styles["Title"], size, _TEXT, before, after, bold=True)
    _drop(styles["Title"], "w:pBdr")
    for level in (2, 3):
        size, before, after = _HEADINGS[level]
        style = styles[f"Heading {level - 1}"]
        _set_style(style, size, _ACCENT if level == 2 else _TEXT, before, after, bold=True)
        style.paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number"):
        _set_style(styles[name], 10.5, _TEXT, after=3.0)
        _drop(styles[name], "w:contextualSpacing")
    quote = styles["Quote"]
    _set_style(quote, 10.5, _SECONDARY, after=8.0, before=4.0)
    quote.paragraph_format.left_indent = Mm(8)
    cell = styles.add_style(_CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    _set_style(cell, 8.8, _TEXT, before=2.0, after=2.0)
    cell.paragraph_format.line_spacing = 1.05
    gap = styles.add_style("After table", WD_STYLE_TYPE.PARAGRAPH)
    gap.base_style = normal
    _set_style(gap, 4.0, _TEXT, after=2.0)
    _add_mark_style(styles)


def _set_closely(document: Document) -> None:
    page = document.sections[0]
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin, page.bottom_margin = Mm(13), Mm(15)
    styles: Any = document.styles
    for level, (size, before, after) in _CLOSE_HEADINGS.items():
        style = styles["Title" if level == 1 else f"Heading {level - 1}"]
        style.font.size = Pt(size)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    styles["Normal"].paragraph_format.line_spacing = 1.0
    for name, after in (("Normal", 3.0), ("List Bullet", 1.0)):
        styles[name].font.size = Pt(9.5)
        styles[name].paragraph_format.space_after = Pt(after)


def _set_style(
    style: ParagraphStyle,
    size: float,
    colour: str,
    before: float = 0.0,
    after: float = 0.0,
    *,
    bold: bool = False,
) -> None:
    font = style.font
    font.name, font.size, font.bold = _FONT, Pt(size), bold
    font.color.rgb = RGBColor.from_string(colour)
    font.italic = False
    fonts = style.element.rPr.rFonts
    for theme in [name for name in fonts.attrib if name.lower().endswith("theme")]:
        del fonts.attrib[theme]
    fonts.set(qn("w:eastAsia"), _FONT)
    fonts.set(qn("w:cs"), _FONT)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)


def _add_mark_style(styles: Any) -> None:
    mark = styles.add_style(_MARK_STYLE, WD_STYLE_TYPE.CHARACTER)
    mark.font.bold, mark.font.italic = True, True
    mark.font.color.rgb = RGBColor.from_string(_AMBER)
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _AMBER_WASH)):
        shade.set(qn(f"w:{name}"), value)
    mark.element.get_or_add_rPr().append(shade)


def _set_language(style: ParagraphStyle) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    style.element.get_or_add_rPr().append(language)


def _drop(style: ParagraphStyle, name: str) -> None:
    for found in style.element.findall(f".//{qn(name)}"):
        found.getparent().remove(found)


def _set_footer(document: Document, title: str) -> None:
    style: Any = document.styles["Footer"]
    _set_style(style, 8.5, _SECONDARY)
    _drop(style, "w:tabs")
    style.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(f"{shorten(title, 90)}\tPage ")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: WordParagraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph._p.append(field)
