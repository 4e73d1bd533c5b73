"""The sheet leadership reads: every use case with its rank, its score and what it is made of."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any, Final

from scoper.board import Board, Standing
from scoper.exchange.workbook.formulas import live, loss_formula, on_scores, over_parts
from scoper.exchange.workbook.inputs import (
    COUNT_COLUMN,
    FIRST_SCORE,
    NAMES_COLUMN,
    SCORE_COLUMNS,
    score_column,
)
from scoper.exchange.workbook.look import Book, Sheet, cell, here
from scoper.scoring.balanced import CHANCES, PARAMETERS
from scoper.scoring.methods import Method, Weighing
from scoper.scoring.parameters import Parameter
from scoper.scoring.ranking import DECIMALS
from scoper.terms import Dimension, RiskBand
from scoper.text import plural

HEADER: Final = 5
FIRST: Final = HEADER + 1
_LABELS: Final = 2
_VALUES: Final = 3

BAND_MARKS: Final = {RiskBand.LOW: "●", RiskBand.MEDIUM: "◆", RiskBand.HIGH: "▲"}
BAND_COLOURS: Final = {
    RiskBand.LOW: ("#0B6E69", "#DDF3F1"),
    RiskBand.MEDIUM: ("#9A5200", "#FCEBD5"),
    RiskBand.HIGH: ("#B3261E", "#FBE3E1"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the ranking: ``name`` for formulas, ``title`` and ``width`` for people."""

    name: str
    title: str
    width: float
    header: str = "header"


COLUMNS: Final = (
    Column("rank", "Rank", 6, "header_centre"),
    Column("key", "Key", 9),
    Column("use_case", "Use case", 32),
    Column("function", "Function", 17),
    Column("stage", "Stage", 13),
    Column("score", "Score", 12, "header_right"),
    Column("impact", "Impact", 10, "header_right"),
    Column("feasibility", "Feasibility", 11, "header_right"),
    Column("risk", "Risk", 10, "header_right"),
    Column("likelihood", "Likelihood of success", 11, "header_right"),
    Column("gain", "Expected gain", 10, "header_right"),
    Column("loss", "Expected loss", 10, "header_right"),
    Column("band", "Risk band", 13, "header_indented"),
    Column("benefit", "Likely benefit a year", 13, "header_right"),
    Column("decision", "Decision", 15, "header_indented"),
    Column("gates", "Gates passed", 9, "header_indented"),
    Column("owner", "Owner", 30),
    Column("number", "No.", 5, "header_centre"),
    Column("missing", "Not rated yet", 30),
)
TIER: Final = Column("tier", "Tier", 12)
"""A further column, for a method that has tiers."""

AT: Final = {column.name: place for place, column in enumerate((*COLUMNS, TIER))}


def write_ranking(book: Book, board: Board, on: dt.date) -> None:
    """Add the ranking with live formulas over the sheets *Scores* and *Weights*."""
    sheet = book.sheet("Ranking")
    columns = (*COLUMNS, TIER) if board.method.tiers else COLUMNS
    _write_head(sheet, board, on)
    _write_parameters(book, sheet, board)
    for place, column in enumerate(columns):
        title = column.title
        if column.name == "benefit":
            title = f"{title}, {board.portfolio.currency}"
        sheet.text(HEADER, place, title, column.header)
    last = HEADER + len(board.use_cases)
    for row, standing in enumerate(board.ranked, start=FIRST):
        _write_row(sheet, row, last, board, standing)
    sheet.widths(*(column.width for column in columns))
    sheet.table(HEADER, last, len(columns) - 1, AT["use_case"] + 1)
    sheet.raw.print_area(0, 0, last, len(columns) - 1)
    sheet.raw.ignore_errors({"number_stored_as_text": f"B1:D{last + 1}"})
    if board.use_cases:
        _dress(book, sheet, board, last)


def _write_head(sheet: Sheet, board: Board, on: dt.date) -> None:
    portfolio = board.portfolio
    ranked = int((board.ranking.rank > 0).sum())
    sheet.text(0, 0, portfolio.title, "title")
    parts = [
        portfolio.organisation if portfolio.organisation not in portfolio.title else "",
        board.method.title,
        f"{plural(len(board.use_cases), 'use case')}, {ranked} ranked",
        f"{on.day} {on:%B %Y}",
    ]
    sheet.text(1, 0, " · ".join(part for part in parts if part), "note")
    if board.problem:
        sheet.text(4, 0, f"Nothing is scored. {board.problem}", "warning")
    elif board.clipped:
        sheet.text(
            4,
            0,
            f"{plural(board.clipped, 'rating')} outside the scale counted as its nearest end.",
            "warning",
        )


def _write_parameters(book: Book, sheet: Sheet, board: Board) -> None:
    sheet.raw.set_row(_LABELS, 30)
    sheet.text(_VALUES, 0, _about_inputs(board), "note")
    inputs = _parameters(board)
    for column, (parameter, value) in enumerate(inputs, start=AT["score"]):
        sheet.text(_LABELS, column, parameter.label, "label")
        style = "input_percent" if parameter.is_share else "input"
        sheet.number(_VALUES, column, value, style)
        sheet.raw.data_validation(_VALUES, column, _VALUES, column, _rule(parameter))
        book.file.define_name(parameter.name, f"=Ranking!{cell(_VALUES, column)}")
    if board.break_even is not None:
        column = AT["score"] + len(inputs)
        sheet.text(_LABELS, column, "Break-even score", "label")
        sheet.number(_VALUES, column, board.break_even, "result")
        book.file.define_name("break_even", f"=Ranking!{cell(_VALUES, column)}")


def _parameters(board: Board) -> list[tuple[Parameter, float]]:
    """Return the parameters of the method, and those that the likelihoods need in any case."""
    shown = [(each, board.parameters[each.name]) for each in board.method.parameters]
    asked = set(CHANCES) - set(board.parameters)
    return shown + [(each, board.chances[each.name]) for each in PARAMETERS if each.name in asked]


def _rule(parameter: Parameter) -> dict[str, Any]:
    """Return what a cell of a parameter accepts."""
    asked = f"Enter {parameter.range}."
    if parameter.at_most:
        asked = f"Enter {parameter.range}, not above the cell {parameter.at_most}."
    said = {"validate": "decimal", "error_title": parameter.title, "error_message": asked}
    if math.isinf(parameter.high):
        return {**said, "criteria": ">=", "value": parameter.low}
    most = f"={parameter.at_most}" if parameter.at_most else parameter.high
    return {**said, "criteria": "between", "minimum": parameter.low, "maximum": most}


def _about_inputs(board: Board) -> str:
    if not live(board):
        return (
            f"Scores by {board.method.title} are numbers, because they depend on the whole list."
            if board.method.list_dependent
            else f"Scores by {board.method.title} are numbers."
        )
    if over_parts(board):
        return "Change a blue cell and every score follows; then sort by rank."
    inputs = "a rating" if board.method.weighing is Weighing.NONE else "a rating or weight"
    return (
        f"Change {inputs} and every score follows; then sort by rank. The likelihoods are for the "
        "chart."
    )


def _write_row(sheet: Sheet, row: int, last: int, board: Board, standing: Standing) -> None:
    use_case = standing.use_case
    sheet.raw.set_row(row, 20)
    number = board.portfolio.row_of[use_case.id] + 1
    sheet.text(row, AT["key"], use_case.key)
    sheet.text(row, AT["use_case"], use_case.title, "bold")
    sheet.text(row, AT["function"], use_case.function)
    sheet.text(row, AT["stage"], use_case.stage.label)
    sheet.number(row, AT["benefit"], use_case.benefit_likely, "whole")
    sheet.text(row, AT["decision"], board.decision_words(use_case), "indented")
    sheet.number(row, AT["gates"], board.progress(use_case.id), "gates")
    sheet.text(row, AT["owner"], use_case.owner)
    sheet.number(row, AT["number"], number, "faint")
    if board.portfolio.criteria:
        _write_dimensions(sheet, row, len(board.use_cases), standing)
    _write_expectation(sheet, row, standing)
    _write_score(sheet, row, board, standing)
    if board.method.tiers:
        _write_tier(sheet, row, board, standing)
    _write_rank(sheet, row, last, standing)
    _write_band(sheet, row, standing)


def _write_dimensions(sheet: Sheet, row: int, count: int, standing: Standing) -> None:
    parts = {
        Dimension.IMPACT: standing.impact,
        Dimension.FEASIBILITY: standing.feasibility,
        Dimension.RISK: standing.risk,
    }
    for dimension, value in parts.items():
        sheet.formula(
            row,
            AT[dimension.value],
            _of_scores(row, count, SCORE_COLUMNS[dimension]),
            value,
            "share",
        )
    names = "; ".join(criterion.title for criterion in standing.missing)[:1000]
    sheet.formula(
        row,
        AT["missing"],
        f'IF({_of_scores(row, count, COUNT_COLUMN)}=0,"",{_of_scores(row, count, NAMES_COLUMN)})',
        names or None,
        "text",
    )


def _write_expectation(sheet: Sheet, row: int, standing: Standing) -> None:
    impact, feasibility, risk, likelihood = (
        here(row, AT[name]) for name in ("impact", "feasibility", "risk", "likelihood")
    )
    formulas = {
        "likelihood": (
            f"ISNUMBER({feasibility})",
            f"p_low+(p_high-p_low)*{feasibility}",
            standing.likelihood,
            "percent",
        ),
        "gain": (_both(likelihood, impact), f"{likelihood}*{impact}", standing.gain, "share"),
        "loss": (
            f"AND({_both(likelihood, risk)},ISNUMBER(IF(enough_impact=0,1,{impact})))",
            loss_formula(impact, likelihood, risk),
            standing.loss,
            "share",
        ),
    }
    for name, (needed, formula, result, style) in formulas.items():
        sheet.formula(row, AT[name], f'IF({needed},{formula},"")', result, style)


def _of_scores(row: int, count: int, column: int) -> str:
    """Return a cell of *Scores* looked up by number, so that either sheet may be sorted alone."""
    last = FIRST_SCORE + count - 1
    numbers = f"Scores!{cell(FIRST_SCORE, 0)}:{cell(last, 0)}"
    span = f"Scores!{cell(FIRST_SCORE, column)}:{cell(last, column)}"
    return f"INDEX({span},MATCH({here(row, AT['number'])},{numbers},0))"


def _write_score(sheet: Sheet, row: int, board: Board, standing: Standing) -> None:
    style = f"score_{board.method.decimals}"
    if on_scores(board):
        column = score_column(len(board.portfolio.criteria))
        score = _of_scores(row, len(board.use_cases), column)
        formula = f'IF(ISNUMBER({score}),ROUND({score},{DECIMALS}),"")'
        sheet.formula(row, AT["score"], formula, standing.score, style)
    elif balance := over_parts(board):
        gain, loss, missing = (here(row, AT[name]) for name in ("gain", "loss", "missing"))
        known = f'AND({_both(gain, loss)},{missing}="")'
        formula = f'IF({known},ROUND({balance(gain, loss)},{DECIMALS}),"")'
        sheet.formula(row, AT["score"], formula, standing.score, style)
    else:
        score_value = None if standing.score is None else round(standing.score, DECIMALS)
        sheet.number(row, AT["score"], score_value, style)


def _write_tier(sheet: Sheet, row: int, board: Board, standing: Standing) -> None:
    score, words = here(row, AT["score"]), '""'
    for tier in reversed(board.method.tiers):
        title = f'"{tier.title.replace(chr(34), chr(34) * 2)}"'
        words = (
            f"IF({score}>={tier.least!r},{title},{words})" if math.isfinite(tier.least) else title
        )
    formula = f'IF(ISNUMBER({score}),{words},"")'
    sheet.formula(row, AT["tier"], formula, standing.tier or None, "text")


def _write_rank(sheet: Sheet, row: int, last: int, standing: Standing) -> None:
    score = here(row, AT["score"])
    scores = f"{cell(FIRST, AT['score'])}:{cell(last, AT['score'])}"
    sheet.formula(
        row,
        AT["rank"],
        f'IF(ISNUMBER({score}),RANK({score},{scores}),"–")',
        standing.rank or "–",
        "rank",
    )


def _write_band(sheet: Sheet, row: int, standing: Standing) -> None:
    risk = here(row, AT["risk"])
    low, medium, high = (f"{BAND_MARKS[band]} {band.label}" for band in RiskBand)
    words = f'IF({risk}<1/3,"{low}",IF({risk}<2/3,"{medium}","{high}"))'
    band = standing.band
    sheet.formula(
        row,
        AT["band"],
        f'IF(ISNUMBER({risk}),{words},"")',
        f"{BAND_MARKS[band]} {band.label}" if band else None,
        "indented",
    )


def _both(one: str, other: str) -> str:
    return f"AND(ISNUMBER({one}),ISNUMBER({other}))"


def _bar(method: Method) -> dict[str, Any]:
    """Return a bar over the range of a method, or up to the best score where only scales end it."""
    bar: dict[str, Any] = {
        "type": "data_bar",
        "bar_color": "#BBCBF7",
        "bar_solid": True,
        "bar_no_border": True,
        "data_bar_2010": True,
    }
    if math.isfinite(method.lowest):
        bar |= {"min_type": "num", "min_value": method.lowest}
    if math.isfinite(method.highest):
        bar |= {"max_type": "num", "max_value": method.highest}
    return bar


def _dress(book: Book, sheet: Sheet, board: Board, last: int) -> None:
    score, band = AT["score"], AT["band"]
    sheet.raw.conditional_format(
        FIRST,
        score,
        last,
        score,
        _bar(board.method),
    )
    for risk_band, (colour, wash) in BAND_COLOURS.items():
        sheet.raw.conditional_format(
            FIRST,
            band,
            last,
            band,
            {
                "type": "text",
                "criteria": "begins with",
                "value": BAND_MARKS[risk_band],
                "format": book.file.add_format({"font_color": colour, "bg_color": wash}),
            },
        )
    sheet.raw.conditional_format(
        FIRST,
        0,
        last,
        AT["tier"] if board.method.tiers else AT["missing"],
        {
            "type": "formula",
            "criteria": f"=NOT(ISNUMBER({here(FIRST, score)}))",
            "format": book.muted,
        },
    )
