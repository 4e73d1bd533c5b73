"""How the sheets of the workbook look, and the only way text gets into their cells."""

from __future__ import annotations

import math
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from scoper.text import clean

ACCENT: Final = "#2F57D9"
WASH: Final = "#E9EEFD"
TEXT: Final = "#1B1F27"
SECONDARY: Final = "#5A6372"
LINE: Final = "#E2E5EA"
AMBER: Final = "#9A5200"
AMBER_WASH: Final = "#FCEBD5"

CELL_LIMIT: Final = 32_767
"""Most characters one cell can hold."""

_HIGHEST: Final = 400.0

_BASE: Final[dict[str, Any]] = {
    "font_name": "Calibri",
    "font_size": 11,
    "font_color": TEXT,
    "valign": "vcenter",
}
_HEADER: Final[dict[str, Any]] = {
    "bold": True,
    "text_wrap": True,
    "valign": "bottom",
    "bg_color": WASH,
    "bottom": 1,
    "bottom_color": ACCENT,
}
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "text": {},
    "top": {"valign": "top"},
    "bold_top": {"bold": True, "valign": "top"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True},
    "title": {"bold": True, "font_size": 18},
    "section": {"bold": True, "font_size": 13, "font_color": ACCENT},
    "note": {"font_color": SECONDARY},
    "warning": {"font_color": AMBER, "bold": True},
    "header": _HEADER,
    "label": {"font_color": SECONDARY, "font_size": 10, "text_wrap": True, "valign": "bottom"},
    "header_centre": _HEADER | {"align": "center"},
    "header_right": _HEADER | {"align": "right"},
    "header_indented": _HEADER | {"align": "left", "indent": 1},
    "note_indented": {"font_color": SECONDARY, "indent": 1},
    "label_right": {"font_color": SECONDARY, "font_size": 10, "align": "right"},
    "weight": {"font_color": SECONDARY, "font_size": 10, "num_format": "General"},
    "end": {"num_format": "General", "align": "left", "valign": "top"},
    "percent_left": {"num_format": "0%", "align": "left", "valign": "top"},
    "rank": {"num_format": "0", "align": "center", "bold": True},
    "indented": {"indent": 1},
    "score_1": {"num_format": "0.0", "bold": True},
    "score_2": {"num_format": "0.00", "bold": True},
    "score_3": {"num_format": "0.000", "bold": True},
    "share": {"num_format": "0.00"},
    "percent": {"num_format": "0%"},
    "whole": {"num_format": "#,##0"},
    "rating": {"num_format": "0.00", "bg_color": WASH, "bottom": 1, "bottom_color": "#FFFFFF"},
    "gates": {"num_format": '0" of 5"', "align": "left", "indent": 1},
    "input": {"num_format": "General", "bg_color": WASH, "bold": True, "align": "left"},
    "input_percent": {"num_format": "0%", "bg_color": WASH, "bold": True, "align": "left"},
    "result_share": {"num_format": "0.000", "align": "left"},
    "result": {"num_format": "0.0", "bold": True, "align": "left"},
    "faint": {"font_color": SECONDARY, "num_format": "0", "align": "center"},
}


class _Worksheet(Worksheet):  # type: ignore[misc]
    """A worksheet that takes formulas as they are.

    The library looks for 29 functions of newer spreadsheets in each formula to prefix them; ours
    use none, and with thousands of use cases that was two thirds of the time.
    """

    def _prepare_formula(self, formula: str, *_: object) -> str:
        return formula.removeprefix("=")


class Book:
    """A workbook in Scoper's look.

    It is put together in memory: a file that cannot be finished, on a full disk, would be tried
    again when it is given up, with a traceback nobody asked for.
    """

    def __init__(self, stream: BytesIO) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        self.file: Any = xlsxwriter.Workbook(stream, options)
        self.styles: dict[str, Any] = {
            name: self.file.add_format(_BASE | style) for name, style in _STYLES.items()
        }
        self.muted: Any = self.file.add_format({"font_color": SECONDARY, "italic": True})
        self.hidden: Any = self.file.add_format({"font_color": "#FFFFFF"})
        self.gap: Any = self.file.add_format({"bg_color": AMBER_WASH})

    def sheet(self, name: str) -> Sheet:
        """Add a sheet set up for reading and for printing on A4, landscape, one page wide."""
        raw = self.file.add_worksheet(name, _Worksheet)
        raw.hide_gridlines(2)
        raw.set_landscape()
        raw.set_paper(9)
        raw.fit_to_pages(1, 0)
        raw.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        raw.set_footer("&L&A&RPage &P of &N")
        raw.set_row(0, 30)
        return Sheet(raw, self.styles)


class Sheet:
    """A sheet whose cells are written by meaning: text, number or formula."""

    def __init__(self, raw: Any, styles: dict[str, Any]) -> None:
        self.raw = raw
        self._styles = styles

    def text(self, row: int, column: int, value: str, style: str = "text") -> None:
        """Write ``value`` as text, whatever it looks like, visibly cut where it is too long."""
        content = fit_cell(clean(value))
        if content:
            self.raw.write_string(row, column, content, self._styles[style])
        else:
            self.raw.write_blank(row, column, None, self._styles[style])

    def number(self, row: int, column: int, value: float | None, style: str) -> None:
        """Write a number, or an empty cell for None."""
        if value is None:
            self.raw.write_blank(row, column, None, self._styles[style])
        else:
            self.raw.write_number(row, column, value, self._styles[style])

    def formula(
        self, row: int, column: int, formula: str, result: float | str | None, style: str
    ) -> None:
        """Write a formula with its result, which previews and readers show."""
        shown = "" if result is None else fit_cell(result) if isinstance(result, str) else result
        self.raw.write_formula(row, column, f"={formula}", self._styles[style], shown)

    def texts(self, row: int, column: int, values: list[str], style: str) -> None:
        """Write texts side by side."""
        for place, value in enumerate(values):
            self.text(row, column + place, value, style)

    def widths(self, *widths: float) -> None:
        """Set the widths of the columns from the left, in characters."""
        for column, width in enumerate(widths):
            self.raw.set_column(column, column, width)

    def heighten(self, row: int, *wrapped: tuple[str, float]) -> None:
        """Make a row high enough for wrapped texts, each in a column of the given width."""
        lines = max(
            sum(max(1, math.ceil(len(line) / (0.95 * width))) for line in text.split("\n"))
            for text, width in wrapped
        )
        self.raw.set_row(row, min(_HIGHEST, 15.5 * lines + 4))

    def table(self, header: int, last_row: int, last_column: int, frozen: int) -> None:
        """Make the rows below ``header`` a table: filter, frozen and repeated header."""
        self.raw.set_row(header, 36)
        self.raw.autofilter(header, 0, max(last_row, header), last_column)
        self.raw.freeze_panes(header + 1, frozen)
        self.raw.repeat_rows(header)


def fit_cell(content: str) -> str:
    """Return ``content``, cut with a visible mark where one cell cannot hold it."""
    if _units(content) <= CELL_LIMIT:
        return content
    mark = f" … [cut here: the whole text has {len(content):,} characters]"
    kept = content.encode("utf-16-le")[: 2 * (CELL_LIMIT - _units(mark))]
    return kept.decode("utf-16-le", errors="ignore") + mark


def cell(row: int, column: int) -> str:
    """Return the address of a cell that stays put when rows are sorted or copied."""
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def here(row: int, column: int) -> str:
    """Return the address of a cell of the formula's own row, in a fixed column."""
    return str(xl_rowcol_to_cell(row, column, col_abs=True))


def _units(content: str) -> int:
    return len(content.encode("utf-16-le")) // 2
