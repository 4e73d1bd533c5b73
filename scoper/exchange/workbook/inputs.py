"""The sheets the ranking is computed from: scores, single ratings and weights."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoper.board import Board, Standing
from scoper.exchange.workbook.formulas import Cells, counted, live, on_scores, score_formula
from scoper.exchange.workbook.look import Book, Sheet, cell, here
from scoper.scoring.methods import Weighing
from scoper.snapshot import Criterion
from scoper.terms import Dimension
from scoper.text import plural

MOST_RATINGS: Final = 200_000
"""Most single ratings that are listed; a sheet holds 1,048,576 rows and nobody reads those."""

MOST_NAMED: Final = 100
"""Most criteria for which a formula names the missing ones; it must stay below 8,192 characters."""

FIRST_WEIGHT: Final = 4
WEIGHT_COLUMN: Final = 3
_DIMENSION_COLUMN: Final = 1

_QUESTION_WIDTH: Final = 44.0
_ANCHOR_WIDTH: Final = 30.0

SCORES_HEADER: Final = 5
FIRST_SCORE: Final = SCORES_HEADER + 1
SCORE_COLUMNS: Final = {
    Dimension.IMPACT: 3,
    Dimension.FEASIBILITY: 4,
    Dimension.RISK: 5,
}
COUNT_COLUMN: Final = 6
NAMES_COLUMN: Final = 7
_FIRST_RATING: Final = 8


def write_weights(book: Book, board: Board) -> None:
    """Add the criteria with weights that can be changed, shares and written anchors."""
    sheet = book.sheet("Weights")
    criteria = board.portfolio.criteria
    levels = sorted({level for c in criteria for level, _ in c.anchors})
    sheet.text(0, 0, "Criteria and weights", "title")
    sheet.text(1, 0, _about_weights(board), "note")
    header = FIRST_WEIGHT - 1
    share = "Share of all" if _across(board) else "Share of dimension"
    titles = ["Criterion", "Dimension", "Risk comes from", "Weight", share]
    titles += ["Lowest", "Highest", "Unit", "Question", *(f"Level {level}" for level in levels)]
    sheet.texts(header, 0, titles, "header")
    last = header + len(criteria)
    for place, criterion in enumerate(criteria):
        _write_criterion(sheet, board, place, criterion, levels)
    if criteria:
        sheet.raw.data_validation(
            FIRST_WEIGHT,
            WEIGHT_COLUMN,
            last,
            WEIGHT_COLUMN,
            {
                "validate": "decimal",
                "criteria": ">=",
                "value": 0,
                "error_title": "Weight",
                "error_message": "Enter 0 or more.",
            },
        )
    sheet.widths(26, 13, 16, 9, 11, 9, 9, 9, _QUESTION_WIDTH, *[_ANCHOR_WIDTH] * len(levels))
    sheet.table(header, last, len(titles) - 1, 1)


def _across(board: Board) -> bool:
    return board.method.weighing is Weighing.ACROSS


def _about_weights(board: Board) -> str:
    method = board.method
    if method.weighing is Weighing.NONE:
        return f"{method.title} scores by its formula; weights make only the parts for the chart."
    follows = (
        "Change a blue cell and every score follows."
        if live(board)
        else f"Scores by {method.title} are numbers: changing a blue cell does not change them."
    )
    return f"Weights count {method.weighing.value}. {follows}"


def _write_criterion(
    sheet: Sheet, board: Board, place: int, criterion: Criterion, levels: list[int]
) -> None:
    row = FIRST_WEIGHT + place
    last = FIRST_WEIGHT + len(board.portfolio.criteria) - 1
    weight = float(board.matrix.weights[place])
    weights = f"{cell(FIRST_WEIGHT, WEIGHT_COLUMN)}:{cell(last, WEIGHT_COLUMN)}"
    if _across(board):
        total, same = float(board.matrix.weights.sum()), f"SUM({weights})"
    else:
        columns = board.matrix.columns(criterion.dimension)
        total = float(board.matrix.weights[columns].sum())
        dimensions = f"{cell(FIRST_WEIGHT, _DIMENSION_COLUMN)}:{cell(last, _DIMENSION_COLUMN)}"
        same = f"SUMIF({dimensions},{here(row, _DIMENSION_COLUMN)},{weights})"
    sheet.text(row, 0, criterion.title, "bold_top")
    sheet.text(row, _DIMENSION_COLUMN, criterion.dimension.label, "top")
    sheet.text(row, 2, criterion.category.label if criterion.category else "", "top")
    sheet.number(row, WEIGHT_COLUMN, weight, "input")
    sheet.formula(
        row,
        4,
        f"IF({same}>0,{here(row, WEIGHT_COLUMN)}/{same},0)",
        weight / total if total > 0 else 0.0,
        "percent_left",
    )
    sheet.number(row, 5, criterion.low, "end")
    sheet.number(row, 6, criterion.high, "end")
    sheet.text(row, 7, criterion.unit, "top")
    sheet.text(row, 8, criterion.question, "wrap")
    meanings = dict(criterion.anchors)
    for column, level in enumerate(levels):
        sheet.text(row, 9 + column, meanings.get(level, ""), "wrap")
    longest = max(meanings.values(), key=len, default="")
    sheet.heighten(row, (criterion.question, _QUESTION_WIDTH), (longest, _ANCHOR_WIDTH))


def write_scores(book: Book, board: Board) -> None:
    """Add what the group thinks of each use case: ratings, values, and how many rated."""
    sheet = book.sheet("Scores")
    criteria = board.portfolio.criteria
    sheet.text(0, 0, "Scores by criterion", "title")
    sheet.text(
        1,
        0,
        f"{board.portfolio.aggregation.label} of the ratings of each use case, the same as a value "
        "from 0 to 1, and how many rated."
        + (" Change a blue cell and the ranking follows." if live(board) else ""),
        "note",
    )
    sheet.texts(SCORES_HEADER, 1, ["Key", "Use case"], "header")
    sheet.text(SCORES_HEADER, 0, "No.", "header_centre")
    sheet.texts(SCORES_HEADER, 3, ["Impact", "Feasibility", "Risk"], "header_right")
    sheet.text(SCORES_HEADER, COUNT_COLUMN, "Gaps", "header_centre")
    sheet.text(SCORES_HEADER, NAMES_COLUMN, "Not rated", "header_indented")
    count = len(criteria)
    for block, name in enumerate(("Rating", "Value 0–1", "Raters")):
        first = _FIRST_RATING + block * count
        if count:
            sheet.text(2, first, name, "section")
        for place, criterion in enumerate(criteria):
            _write_score_head(sheet, board, first + place, place, criterion)
    if on_scores(board):
        sheet.text(SCORES_HEADER, score_column(count), "Score", "header_right")
    _write_score_rows(sheet, board)
    last = SCORES_HEADER + len(board.use_cases)
    sheet.raw.set_row(SCORES_HEADER, 48)
    sheet.raw.print_area(0, 0, last, _FIRST_RATING + max(count, 1) - 1)
    blocks = [12.0] * (3 * count)
    sheet.widths(5, 9, 34, 9, 11, 9, 6, 22, *blocks)
    columns = score_column(count) + (1 if on_scores(board) else 0)
    sheet.table(SCORES_HEADER, last, columns - 1, 3)
    sheet.raw.ignore_errors({"number_stored_as_text": f"B1:C{last + 1}"})
    if count and board.use_cases:
        _check_ratings(book, sheet, board, last)


def _write_score_head(
    sheet: Sheet, board: Board, column: int, place: int, criterion: Criterion
) -> None:
    source = FIRST_WEIGHT + place
    sheet.formula(
        3,
        column,
        f"Weights!{cell(source, _DIMENSION_COLUMN)}",
        criterion.dimension.label,
        "label_right",
    )
    sheet.formula(
        4,
        column,
        f"Weights!{cell(source, WEIGHT_COLUMN)}",
        float(board.matrix.weights[place]),
        "weight",
    )
    sheet.text(SCORES_HEADER, column, criterion.title, "header_right")


def _write_score_rows(sheet: Sheet, board: Board) -> None:
    criteria = board.portfolio.criteria
    values = board.matrix.values
    raters = (~np.isnan(board.portfolio.counted)).sum(axis=2)
    for place, use_case in enumerate(board.use_cases):
        row = FIRST_SCORE + place
        sheet.number(row, 0, place + 1, "faint")
        sheet.text(row, 1, use_case.key)
        sheet.text(row, 2, use_case.title, "bold")
        _write_dimensions(sheet, row, board, board.standing_at(place))
        for column, criterion in enumerate(criteria):
            value = None if np.isnan(values[place, column]) else float(values[place, column])
            _write_value(sheet, (row, column), len(criteria), criterion, value)
            sheet.number(
                row,
                _FIRST_RATING + 2 * len(criteria) + column,
                int(raters[place, column]),
                "faint",
            )


def score_column(count: int) -> int:
    """Return the column of the score on the sheet *Scores*, with ``count`` criteria."""
    return _FIRST_RATING + 3 * count


def _write_dimensions(sheet: Sheet, row: int, board: Board, standing: Standing) -> None:
    count = len(board.portfolio.criteria)
    if not count:
        return
    cells = _cells(row, count)
    dimensions, weights, values = cells.spans
    results = {
        Dimension.IMPACT: standing.impact,
        Dimension.FEASIBILITY: standing.feasibility,
        Dimension.RISK: standing.risk,
    }
    for dimension, column in SCORE_COLUMNS.items():
        chosen = f'{dimensions}="{dimension.label}"'
        total = f'SUMIF({dimensions},"{dimension.label}",{weights})'
        gaps = f'SUMPRODUCT(({chosen})*({weights}>0)*({values}=""))'
        mean = f"SUMPRODUCT(--({chosen}),{weights},{values})/{total}"
        sheet.formula(
            row, column, f'IF({total}>0,IF({gaps}>0,"",{mean}),"")', results[dimension], "share"
        )
    _write_missing(sheet, row, board, cells, standing)
    if on_scores(board):
        style = f"score_{board.method.decimals}"
        formula = score_formula(board, cells)
        sheet.formula(row, score_column(count), formula, standing.score, style)


def _cells(row: int, count: int) -> Cells:
    first, last = _FIRST_RATING + count, _FIRST_RATING + 2 * count - 1
    return Cells(
        spans=(
            f"{cell(3, first)}:{cell(3, last)}",
            f"{cell(4, first)}:{cell(4, last)}",
            f"{here(row, first)}:{here(row, last)}",
        ),
        weights=[cell(4, column) for column in range(first, last + 1)],
        values=[here(row, column) for column in range(first, last + 1)],
        ratings=[here(row, column) for column in range(_FIRST_RATING, first)],
        gaps=here(row, COUNT_COLUMN),
    )


def _write_missing(sheet: Sheet, row: int, board: Board, cells: Cells, standing: Standing) -> None:
    """Count and name the criteria that keep the use case from a rank."""
    needed = counted(board.method, board.matrix.keys)
    _, weights, values = cells.spans
    if needed is None:
        gaps = f'SUMPRODUCT(({weights}>0)*({values}=""))'
        tests = [f'AND({w}>0,{v}="")' for w, v in zip(cells.weights, cells.values, strict=True)]
    else:
        tests = [f'{v}=""' if n else "" for n, v in zip(needed, cells.values, strict=True)]
        gaps = "+".join(f"IF({test},1,0)" for test in tests if test)
    sheet.formula(row, COUNT_COLUMN, gaps, len(standing.missing), "faint")
    names = "; ".join(criterion.title for criterion in standing.missing)
    if len(tests) > MOST_NAMED:
        sheet.text(row, NAMES_COLUMN, names, "note_indented")
        return
    first = _FIRST_RATING + len(tests)
    named = "&".join(
        f'IF({test},"; "&{cell(SCORES_HEADER, first + place)},"")'
        for place, test in enumerate(tests)
        if test
    )
    sheet.formula(row, NAMES_COLUMN, f"MID({named},3,1000)", names[:1000] or None, "note_indented")


def _write_value(
    sheet: Sheet, at: tuple[int, int], count: int, criterion: Criterion, value: float | None
) -> None:
    row, column = at
    rating = None if value is None else criterion.rating(value)
    given = here(row, _FIRST_RATING + column)
    low, high = (f"Weights!{cell(FIRST_WEIGHT + column, end)}" for end in (5, 6))
    sheet.number(row, _FIRST_RATING + column, rating, "rating")
    sheet.formula(
        row,
        _FIRST_RATING + count + column,
        f'IF(ISNUMBER({given}),MAX(0,MIN(1,({given}-{low})/({high}-{low}))),"")',
        value,
        "share",
    )


def _check_ratings(book: Book, sheet: Sheet, board: Board, last: int) -> None:
    """Let only ratings on the scale in, and colour the gaps that keep a use case from a rank."""
    for column, criterion in enumerate(board.portfolio.criteria):
        at = _FIRST_RATING + column
        span = f"{criterion.low:g} to {criterion.high:g}"
        sheet.raw.data_validation(
            FIRST_SCORE,
            at,
            last,
            at,
            {
                "validate": "decimal",
                "criteria": "between",
                "minimum": criterion.low,
                "maximum": criterion.high,
                "error_title": "Rating",
                "error_message": f"Enter a rating from {span}.",
            },
        )
        weight = cell(4, at)
        sheet.raw.conditional_format(
            FIRST_SCORE,
            at,
            last,
            at,
            {
                "type": "formula",
                "criteria": f'=AND({weight}>0,{here(FIRST_SCORE, at)}="")',
                "format": book.gap,
            },
        )


def write_ratings(book: Book, board: Board) -> None:
    """Add every rating and abstention, one a row."""
    sheet = book.sheet("Ratings")
    portfolio = board.portfolio
    places = np.argwhere(portfolio.given)
    note = "What each participant entered, on the criterion's own scale."
    if len(places) > MOST_RATINGS:
        note = f"The first {MOST_RATINGS:,} of {plural(len(places), 'rating')}. {note}"
    sheet.text(0, 0, "Single ratings", "title")
    sheet.text(1, 0, note, "note")
    titles = ["Participant", "Team", "Key", "Use case", "Criterion", "Rating", "Abstained"]
    sheet.texts(3, 0, titles, "header")
    listed = places[:MOST_RATINGS]
    for row, (use_case, criterion, person) in enumerate(listed.tolist(), start=4):
        who, what = portfolio.participants[person], portfolio.use_cases[use_case]
        abstained = bool(portfolio.abstained[use_case, criterion, person])
        sheet.text(row, 0, who.name)
        sheet.text(row, 1, who.team)
        sheet.text(row, 2, what.key)
        sheet.text(row, 3, what.title)
        sheet.text(row, 4, portfolio.criteria[criterion].title)
        rating = None if abstained else float(portfolio.ratings[use_case, criterion, person])
        sheet.number(row, 5, rating, "end")
        sheet.text(row, 6, "yes" if abstained else "")
    sheet.widths(24, 22, 9, 34, 26, 9, 11)
    sheet.table(3, 3 + len(listed), len(titles) - 1, 0)
    sheet.raw.ignore_errors({"number_stored_as_text": f"A1:E{len(listed) + 5}"})
