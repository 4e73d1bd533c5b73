"""The sheet that explains how the ranking came about, with an example to recompute."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoper.board import Board
from scoper.exchange.workbook.formulas import balance_formula, live, loss_formula, over_parts
from scoper.exchange.workbook.look import Book, Sheet, cell
from scoper.scoring.balanced import balanced
from scoper.scoring.formula.stated import tiers_text
from scoper.scoring.group import TRIM
from scoper.scoring.matrix import Matrix
from scoper.scoring.methods import Weighing
from scoper.scoring.parameters import Parameters
from scoper.terms import Aggregation, Dimension

_WIDTH: Final = 96.0
_GROUPS: Final = {
    Aggregation.MEAN: "the mean of their ratings",
    Aggregation.MEDIAN: "the median of their ratings",
    Aggregation.TRIMMED: f"the mean of their ratings without the {TRIM:.0%} at each end",
}
_EXAMPLE: Final = (("Impact I", 0.75), ("Feasibility F", 0.5), ("Risk R", 0.25))


def write_method(book: Book, board: Board) -> None:
    """Add what was asked, how ratings became scores, and what the numbers mean."""
    sheet = book.sheet("Method")
    sheet.widths(30, _WIDTH)
    sheet.text(0, 0, "How the ranking came about", "title")
    row = _write_terms(sheet, 2, "Formula", _formula(board))
    row = _write_terms(sheet, row, "From ratings to values", _steps(board))
    if over_parts(board):
        row = _write_terms(sheet, row, "Words", _BALANCED_WORDS)
        row = _write_example(sheet, row, board.parameters)
    _write_terms(sheet, row, "This workbook", _notes(board))


def _formula(board: Board) -> list[tuple[str, str]]:
    method = board.method
    terms = [
        ("Method", method.title),
        ("Formula", method.formula),
        ("Range", f"{method.range}, more is better"),
        ("Source", method.source),
    ]
    if over_parts(board):
        terms.insert(
            2,
            (
                "In words",
                "What success would bring, times its likelihood, minus what failing costs, times "
                "the risk aversion and the likelihood that it fails or does not bring enough; on a "
                "scale from 0 to 100 with 50 as break-even.",
            ),
        )
        terms.insert(3, ("Likelihood of success", "p = p_low + (p_high − p_low) · F"))
    for each in method.parameters:
        now = (
            "The blue cell on the sheet Ranking holds it now."
            if live(board)
            else "The blue cell on the sheet Ranking does not change the scores."
        )
        said = f"{each.meaning} {each.text(board.parameters[each.name])} when this was written. "
        terms.append((each.label, said + now))
    if method.tiers:
        terms.append(("Tiers", tiers_text(method.tiers)))
    if method.list_dependent:
        terms.append(("Mind", "Adding or removing one use case can move the scores of the others."))
    return terms


def _steps(board: Board) -> list[tuple[str, str]]:
    return [
        (
            "Rating",
            "Participants rate every use case on every criterion against written anchors. They "
            "may abstain; an abstention counts neither as low nor as the middle.",
        ),
        (
            "Group",
            f"The group's rating is {_GROUPS[board.portfolio.aggregation]}, each weighted by the "
            "participant's weight.",
        ),
        (
            "Value",
            "v = (rating − lowest) / (highest − lowest). The ends of the scale are fixed, so that "
            "no score moves because another use case was added.",
        ),
        (
            "Impact, feasibility, risk",
            "The mean of the values of the dimension's criteria, weighted by the sheet Weights; "
            "from 0 to 1."
            + ("" if board.method.weighing is Weighing.WITHIN else " They do not make the score."),
        ),
        *_WEIGHING[board.method.weighing],
        (
            "Rank",
            "Best score first. Equal scores share a rank, and the next rank is skipped. A use "
            "case with a gap on a criterion that counts has no score and no rank.",
        ),
    ]


_WEIGHING: Final[dict[Weighing, list[tuple[str, str]]]] = {
    Weighing.WITHIN: [],
    Weighing.ACROSS: [
        ("Safety", "A risk of value v counts as its safety 1 − v, so that more is always better."),
        ("Weights", "Each criterion's weight divided by the sum of all weights."),
    ],
    Weighing.NONE: [
        (
            "Ratings in the formula",
            "The group's ratings as they are, on the scale of each criterion.",
        )
    ],
}

_BALANCED_WORDS: Final = [
    ("Expected gain", "p · I: what is won, by how likely it is. From 0 to 1."),
    (
        "Expected loss",
        "(1 − p·q) · L: what failing costs, by how likely it is to fail or not to bring enough. "
        "From 0 to 1.",
    ),
    (
        "Enough q",
        "min(1, I / θ): how much of enough impact it brings; 1 where enough impact θ is 0, off.",
    ),
    (
        "Cost of failing L",
        "s + (1 − s) · R: the stake s is lost in any case, harm comes on top. From 0 to 1.",
    ),
    ("Risk aversion λ", "How much a lost unit counts against a gained one. 1 weighs them alike."),
    (
        "Break-even",
        "50: the score at which expected gain and λ times expected loss are equal. Points below "
        "it are divided by λ, so that scores stay between 0 and 100; no rank moves by that.",
    ),
    ("Risk band", "● Low below one third of the risk scale, ◆ Medium, ▲ High from two thirds."),
]


def _notes(board: Board) -> list[tuple[str, str]]:
    if over_parts(board):
        follows = (
            "Blue cells are inputs: weights, group ratings and parameters. Values, parts, "
            "scores, bands and ranks are formulas over them."
        )
    elif live(board):
        follows = (
            "Blue cells are inputs. Scores and ranks are formulas over the group ratings and, "
            "where the method weighs, the weights; p_low and p_high move only the likelihoods."
        )
    else:
        follows = "Values, parts and bands are formulas over the blue cells; ranks over the scores."
    still = "Single ratings are listed for reference; changing them here changes no score."
    if not live(board):
        still = (
            f"Scores by {board.method.title} were computed by Scoper and are written as numbers; "
            "no blue cell changes them. Change ratings and weights in Scoper and export again."
        )
    return [
        ("What recalculates", follows),
        ("What does not", still),
        (
            "Sorting",
            "Every table may be sorted and filtered; formulas find their use case by its number "
            "(No.).",
        ),
    ]


def _write_terms(sheet: Sheet, row: int, title: str, terms: list[tuple[str, str]]) -> int:
    sheet.text(row, 0, title, "section")
    for place, (term, meaning) in enumerate(terms, start=row + 1):
        sheet.text(place, 0, term, "bold_top")
        sheet.text(place, 1, meaning, "wrap")
        sheet.heighten(place, (meaning, _WIDTH))
    return row + len(terms) + 2


def _write_example(sheet: Sheet, row: int, parameters: Parameters) -> int:
    """Write an example with live formulas; with θ off, s = 0, λ = 1, p 0.1 to 0.9 it is 62.5."""
    sheet.text(row, 0, "Worked example", "section")
    for place, (name, value) in enumerate(_EXAMPLE, start=row + 1):
        sheet.text(place, 0, name)
        sheet.number(place, 1, value, "input")
    impact, feasibility, risk, p, gain, loss = (cell(row + n, 1) for n in range(1, 7))
    values = np.array([[value for _, value in _EXAMPLE]])
    worked = balanced(Matrix(values, np.ones(3), tuple(Dimension)), parameters)
    lines = (
        (
            "Likelihood p",
            f"p_low+(p_high-p_low)*{feasibility}",
            worked.likelihood,
            "result_share",
        ),
        ("Expected gain p·I", f"{p}*{impact}", worked.gain, "result_share"),
        ("Expected loss (1 − p·q)·L", loss_formula(impact, p, risk), worked.loss, "result_share"),
        ("Score B", balance_formula(gain, loss), worked.score, "result"),
    )
    for place, (name, formula, result, style) in enumerate(lines, start=row + 4):
        sheet.text(place, 0, name)
        sheet.formula(place, 1, formula, float(result[0]), style)
    return row + 9
