"""The native chart of the workbook: impact against likelihood of success."""

from __future__ import annotations

from typing import Any, Final

from scoper.board import Board, Standing
from scoper.charts import LABELS
from scoper.exchange.workbook.look import LINE, SECONDARY, Book, Sheet, cell
from scoper.exchange.workbook.ranking import AT, BAND_COLOURS, BAND_MARKS, FIRST
from scoper.terms import RiskBand
from scoper.text import plural, shorten

_SIZE: Final = {"width": 960, "height": 540}
_DATA: Final = 32
_LONGEST: Final = 34
_LETTER: Final = 0.0085
_LINE: Final = 0.045
_SHAPES: Final = {RiskBand.LOW: "circle", RiskBand.MEDIUM: "diamond", RiskBand.HIGH: "triangle"}


def write_chart(book: Book, board: Board) -> None:
    """Add the chart of the ranked use cases: colour and shape show the risk, the best are named.

    It draws from a table of its own below it, in fixed order, so that sorting the ranking moves
    no name to another mark.
    """
    drawn = [standing for standing in board.ranked if _drawn(standing)]
    if not drawn:
        return
    sheet = book.sheet("Chart")
    sheet.text(0, 0, "Which use cases pay off for their risk?", "title")
    sheet.text(1, 0, "Upper right is better. The best are named where there is room.", "note")
    sheet.widths(6, 34, 12, *[13.0] * len(RiskBand))
    sheet.raw.fit_to_pages(1, 1)
    sheet.raw.print_area(0, 0, _DATA - 2, 11)
    _write_data(book, sheet, board)
    named = _named(board)
    chart = book.file.add_chart({"type": "scatter"})
    for column, band in enumerate(RiskBand, start=3):
        chart.add_series(_series(board, band, column, named))
    chart.set_title({"none": True})
    chart.set_x_axis(_axis("Likelihood of success", "0%"))
    chart.set_y_axis(_axis("Impact", "0.0"))
    chart.set_legend({"position": "top"})
    chart.set_size(_SIZE)
    sheet.raw.insert_chart(3, 0, chart, {"description": _in_words(drawn)})


def _drawn(standing: Standing) -> bool:
    """Return whether a use case is ranked and its criteria tell impact, likelihood and risk."""
    return None not in (standing.rank, standing.impact, standing.likelihood, standing.risk)


def _write_data(book: Book, sheet: Sheet, board: Board) -> None:
    sheet.text(_DATA - 1, 0, "What the chart draws", "section")
    sheet.texts(_DATA, 0, ["No.", "Use case"], "header")
    titles = ["Likelihood", *(f"{band.label} risk" for band in RiskBand)]
    sheet.texts(_DATA, 2, titles, "header_right")
    last = FIRST + len(board.use_cases) - 1
    for row, standing in enumerate(board.ranked, start=_DATA + 1):
        number = board.portfolio.row_of[standing.use_case.id] + 1
        sheet.number(row, 0, number, "faint")
        sheet.text(row, 1, standing.use_case.title)
        place = f"MATCH({cell(row, 0)},{_column('number', last)},0)"
        score, likelihood, impact, mark = (
            f"INDEX({_column(name, last)},{place})"
            for name in ("score", "likelihood", "impact", "band")
        )
        # A text would be drawn, as 0 or as the place in the list: only #N/A is not.
        x = f"IF(AND(ISNUMBER({score}),ISNUMBER({likelihood})),{likelihood},NA())"
        sheet.formula(row, 2, x, _or_none(standing, standing.likelihood), "percent")
        for column, band in enumerate(RiskBand, start=3):
            begins = f'LEFT({mark},1)="{BAND_MARKS[band]}"'
            y = f"IF(AND(ISNUMBER({score}),ISNUMBER({impact}),{begins}),{impact},NA())"
            own = standing.impact if standing.band is band else None
            sheet.formula(row, column, y, _or_none(standing, own), "share")
    span = (_DATA + 1, 2, _DATA + len(board.use_cases), 2 + len(RiskBand))
    sheet.raw.conditional_format(
        *span, {"type": "formula", "criteria": f"=ISNA(C{_DATA + 2})", "format": book.hidden}
    )


def _or_none(standing: Standing, value: float | None) -> float | str:
    """Return a value to draw, or what is not drawn."""
    return value if standing.rank and value is not None else "#N/A"


def _named(board: Board) -> set[int]:
    """Return which places of the ranking get a label: the best that meet no label and no mark."""
    marks = [
        (s.likelihood, s.impact, len(s.use_case.title))
        for s in board.ranked
        if _drawn(s) and s.likelihood is not None and s.impact is not None
    ]
    labels: dict[int, tuple[float, float, float]] = {}
    for place, (x, y, length) in enumerate(marks):
        end = x + 0.02 + _LETTER * min(length, _LONGEST)
        taken = [label for other, label in labels.items() if other != place]
        taken += [(mx, mx, my) for other, (mx, my, _) in enumerate(marks) if other != place]
        if all(end < a or b < x or abs(y - height) > _LINE for a, b, height in taken):
            labels[place] = (x, end, y)
        if len(labels) == LABELS:
            break
    return set(labels)


def _column(name: str, last: int) -> str:
    return f"Ranking!{cell(FIRST, AT[name])}:{cell(last, AT[name])}"


def _series(board: Board, band: RiskBand, column: int, named: set[int]) -> dict[str, Any]:
    first, last = _DATA + 1, _DATA + len(board.use_cases)
    colour, _ = BAND_COLOURS[band]
    names = [
        {"value": shorten(standing.use_case.title, _LONGEST)}
        if place in named
        else {"delete": True}
        for place, standing in enumerate(board.ranked)
    ]
    return {
        "name": f"{band.label} risk",
        "categories": ["Chart", first, 2, last, 2],
        "values": ["Chart", first, column, last, column],
        "marker": {
            "type": _SHAPES[band],
            "size": 9,
            "fill": {"color": colour},
            "border": {"color": "#FFFFFF"},
        },
        "data_labels": {"value": True, "custom": names, "position": "right", "font": {"size": 9}},
    }


def _axis(name: str, number_format: str) -> dict[str, Any]:
    return {
        "name": name,
        "name_font": {"bold": False, "color": SECONDARY},
        "min": 0,
        "max": 1,
        "major_unit": 0.2,
        "num_format": number_format,
        "major_gridlines": {"visible": True, "line": {"color": LINE}},
        "line": {"color": SECONDARY},
    }


def _in_words(drawn: list[Standing]) -> str:
    best = drawn[0]
    return (
        f"Scatter chart of {plural(len(drawn), 'ranked use case')}. The first has impact "
        f"{best.impact:.2f} and likelihood of success {best.likelihood:.2f}."
    )
