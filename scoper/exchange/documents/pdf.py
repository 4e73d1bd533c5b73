"""Draws the blocks of a document as PDF, in a typeface that holds most of the world's letters."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import matplotlib
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    ListFlowable,
    ListItem,
    LongTable,
    SimpleDocTemplate,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Paragraph as PdfParagraph

from scoper.exchange.documents.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Runs,
    Table,
    plain,
    tied,
)
from scoper.text import shorten

_FAMILY: Final = "ScoperSans"
_FACES: Final = {"": "", "-Bold": "-Bold", "-Italic": "-Oblique", "-BoldItalic": "-BoldOblique"}
_TEXT, _SECONDARY, _ACCENT = HexColor("#1B1F27"), HexColor("#5A6372"), HexColor("#2F57D9")
_WASH, _LINE = HexColor("#E9EEFD"), HexColor("#D5DAE3")
_MARK_LOOK: Final = 'color="#8A4A00" backColor="#FCEBD5"'
_MARGIN: Final = 22 * mm
_PADDING: Final = 6.0
_LEFT: Final = _MARGIN + _PADDING
_WIDTH: Final = A4[0] - 2 * _LEFT


def write_pdf(
    blocks: tuple[Block, ...], path: Path, about: dict[str, str], close: bool = False
) -> None:
    """Write ``blocks`` to ``path``; ``about`` holds title, author and subject.

    With ``close`` there is less space between them.

    It is laid out twice: how many pages there are is known only after the first time.
    """
    _register_fonts()
    pages = _build(blocks, BytesIO(), about, close, total=0)
    _build(blocks, str(path), about, close, total=pages)


def _build(
    blocks: tuple[Block, ...], target: str | BytesIO, about: dict[str, str], close: bool, total: int
) -> int:
    """Lay the blocks out into ``target`` and return how many pages they take."""
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=(14 if close else 20) * mm,
        bottomMargin=(18 if close else 22) * mm,
        title=about["title"],
        author=about["author"],
        subject=about["subject"],
        creator="Scoper",
        lang="en-GB",
    )
    title = shorten(about["title"], 80)

    def footer(canvas: Canvas, _: object) -> None:
        canvas.setFont(_FAMILY, 7.5)
        canvas.setFillColor(_SECONDARY)
        canvas.drawString(_LEFT, 12 * mm, title)
        number = f"Page {canvas.getPageNumber()} of {total}"
        canvas.drawRightString(A4[0] - _LEFT, 12 * mm, number)

    story = [flowable for block in blocks for flowable in _draw(block, close)]
    document.build(story, onFirstPage=footer, onLaterPages=footer)
    return int(document.page)


@cache
def _register_fonts() -> None:
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for face, file in _FACES.items():
        pdfmetrics.registerFont(TTFont(f"{_FAMILY}{face}", str(folder / f"DejaVuSans{file}.ttf")))
    pdfmetrics.registerFontFamily(
        _FAMILY,
        normal=_FAMILY,
        bold=f"{_FAMILY}-Bold",
        italic=f"{_FAMILY}-Italic",
        boldItalic=f"{_FAMILY}-BoldItalic",
    )


def _style(name: str, **more: Any) -> ParagraphStyle:
    base: dict[str, Any] = {
        "fontName": _FAMILY,
        "fontSize": 9.2,
        "leading": 13.6,
        "textColor": _TEXT,
        "spaceAfter": 6,
        "allowWidows": 0,
        "allowOrphans": 0,
        "splitLongWords": 1,
    }
    return ParagraphStyle(name, **(base | more))


_BODY: Final = _style("body")
_QUOTE: Final = _style("quote", leftIndent=8 * mm, spaceBefore=3, spaceAfter=8)
_ITEM: Final = _style("item", spaceAfter=3)
_CELL: Final = _style("cell", fontSize=7.6, leading=10.4, spaceAfter=0)
_NUMBER: Final = _style("number", fontSize=7.6, leading=10.4, spaceAfter=0, alignment=TA_RIGHT)
_BOLD: Final = f"{_FAMILY}-Bold"
_HEADINGS: Final = {
    1: _style("title", fontName=_BOLD, fontSize=18, leading=23, spaceAfter=8),
    2: _style(
        "h2", fontName=_BOLD, fontSize=13, leading=17, textColor=_ACCENT, spaceBefore=14,
        spaceAfter=5,
    ),
    3: _style(
        "h3", fontName=_BOLD, fontSize=10.2, leading=14, spaceBefore=8, spaceAfter=3,
    ),
}  # fmt: skip


@cache
def _look(style: ParagraphStyle, close: bool) -> ParagraphStyle:
    """Return a style as it is, or smaller and with half the space around it."""
    if not close:
        return style
    smaller = 0.85 if style in _HEADINGS.values() else 0.93
    return style.clone(
        f"close {style.name}",
        fontSize=style.fontSize * smaller,
        leading=style.leading * smaller,
        spaceBefore=style.spaceBefore * 0.5,
        spaceAfter=style.spaceAfter * 0.5,
    )


_ROOM: Final = {1: 0.0, 2: 45 * mm, 3: 32 * mm}
"""How much of the page a heading asks for, so that it never ends one."""


_ROOM_BELOW: Final = 20 * mm
"""How much of the page a paragraph asks for that announces what follows."""


def _draw(block: Block, close: bool) -> list[Flowable]:
    match block:
        case Heading(level=level, runs=runs):
            return [
                CondPageBreak(_ROOM[level] / (3 if close else 1)),
                _Bookmarked(runs, level, close),
            ]
        case Paragraph(runs=runs, quoted=quoted):
            drawn = PdfParagraph(_markup(runs), _look(_QUOTE if quoted else _BODY, close))
            return [CondPageBreak(_ROOM_BELOW), drawn] if block.introduces else [drawn]
        case Bullets(items=items, numbered=numbered):
            return [_list(items, close, numbered=numbered)]
        case Table():
            return [_table(block), Spacer(1, 8)]


class _Bookmarked(PdfParagraph):
    """A heading that is also an entry of the outline."""

    def __init__(self, runs: Runs, level: int, close: bool) -> None:
        super().__init__(_markup(runs), _look(_HEADINGS[level], close))
        self._entry = (shorten(plain(runs), 90), level - 1)

    def draw(self) -> None:
        title, level = self._entry
        key = f"h{id(self)}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(title, key, level, closed=level > 0)
        super().draw()


def _list(items: tuple[Runs, ...], close: bool, *, numbered: bool) -> ListFlowable:
    look: dict[str, Any] = (
        {"bulletType": "1", "bulletFormat": "%s."}
        if numbered
        else {"bulletType": "bullet", "start": "•"}
    )
    drawn: list[Any] = [
        ListItem(PdfParagraph(_markup(item), _look(_ITEM, close))) for item in items
    ]
    return ListFlowable(
        drawn,
        bulletFontName=_FAMILY,
        bulletFontSize=9.2,
        bulletColor=_SECONDARY,
        leftIndent=15,
        bulletDedent=13,
        spaceAfter=3 if close else 6,
        **look,
    )


def _table(block: Table) -> LongTable:
    def row(cells: tuple[Runs, ...], *, bold: bool) -> list[PdfParagraph]:
        return [
            PdfParagraph(_markup(runs, bold=bold), _NUMBER if right else _CELL)
            for runs, right in zip(cells, block.right, strict=True)
        ]

    rows = [row(block.header, bold=True), *(row(cells, bold=False) for cells in block.rows)]
    table = LongTable(
        rows,
        colWidths=[share * _WIDTH for share in block.shares()],
        repeatRows=1,
        splitInRow=1,
        hAlign="LEFT",
        spaceBefore=2,
    )
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), _WASH),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table


def _markup(runs: Runs, *, bold: bool = False) -> str:
    """Return runs in the markup of the PDF library, with their text escaped."""
    parts = []
    for run in runs:
        content = escape(tied(run.text)).replace("\n", "<br/>")
        if run.mark:
            content = f"<font {_MARK_LOOK}><b><i>{content}</i></b></font>"
        else:
            content = f"<b>{content}</b>" if run.bold or bold else content
            content = f"<i>{content}</i>" if run.italic else content
        parts.append(content)
    return "".join(parts)
