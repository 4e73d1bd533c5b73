"""What the formulas of the workbook compute, also where no office suite is installed.

On a portfolio that sits on no default, so that a formula over the wrong cells comes to something
else.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook

from scoper.board import Board, build_board
from scoper.exchange.workbook import write_workbook
from scoper.exchange.workbook.formulas import live
from scoper.exchange.workbook.ranking import COLUMNS, FIRST
from scoper.scoring.methods import METHODS
from tests.exchange.spreadsheet import Sums
from tests.skewed import KEYS, parameters, skewed_portfolio

pytestmark = pytest.mark.filterwarnings(r"ignore:.*extension is not supported:UserWarning")
PARTS = ("impact", "feasibility", "risk", "likelihood", "gain", "loss", "score", "rank")
SHIFTED = np.array([1.0, 5.0, 0.5, 2.0, 4.0, 3.0, 1.5])
MOVED = {
    "risk_aversion": 0.75, "p_low": 0.05, "p_high": 0.95, "enough_impact": 0.6, "stake": 0.15,
}  # fmt: skip


def scored_by(method_id: str) -> Board:
    """Return the skewed board by a method, with the criteria that its formula needs."""
    portfolio, keys = skewed_portfolio(), METHODS[method_id].criteria
    order = (1, 6, 4, 5)
    named = dict(zip(order, keys, strict=False))
    criteria = tuple(
        replace(c, key=named.get(place, c.key), title=f"Criterion {place}")
        for place, c in enumerate(portfolio.criteria)
    )
    return build_board(replace(portfolio, method=method_id, criteria=criteria))


@pytest.fixture(params=METHODS)
def board(request: pytest.FixtureRequest) -> Board:
    """Return a board by each method there is; none of them scores all use cases alike."""
    board = scored_by(request.param)
    assert board.problem == ""
    return board


def ranking(sums: Sums) -> dict[int, dict[str, Any]]:
    """Return the computed rows of the ranking by number of the use case."""
    names = [column.name for column in COLUMNS]
    rows = sums.rows("Ranking", FIRST + 1, len(names))
    return {row["number"]: row for row in (dict(zip(names, row, strict=True)) for row in rows)}


def check(sums: Sums, board: Board, parts: tuple[str, ...] = PARTS) -> None:
    rows = ranking(sums)
    assert len(rows) == len(board.use_cases)
    for number, use_case in enumerate(board.use_cases, start=1):
        standing, row = board.standing(use_case.id), rows[number]
        assert row["key"] == use_case.key
        assert row["missing"] == "; ".join(c.title for c in standing.missing)
        for name in parts:
            expected = getattr(standing, name)
            shown = None if row[name] in ("", "–") else row[name]
            assert shown == (None if expected is None else pytest.approx(expected)), name
        assert row["band"].lstrip("●◆▲ ") == (standing.band.label if standing.band else "")


def test_every_result_beside_a_formula_is_what_it_computes(board: Board, tmp_path: Path) -> None:
    """On every sheet: previews and readers show the result, spreadsheets compute it."""
    path = write_workbook(board, tmp_path / "ranking.xlsx")
    sums, shown = Sums.of(path), load_workbook(path, data_only=True)
    formulas = 0
    for sheet in sums.book:
        for cells in sheet.iter_rows():
            for cell in cells:
                if not str(cell.value).startswith("="):
                    continue
                formulas += 1
                computed = sums.at(sheet.title, cell.row, cell.column)
                result = shown[sheet.title][cell.coordinate].value
                where = f"{sheet.title}!{cell.coordinate}: {cell.value}"
                assert (result or "") == (pytest.approx(computed) if computed else ""), where
    assert formulas > 150


def test_changed_weights_and_parameters_compute_what_the_board_says(
    board: Board, tmp_path: Path
) -> None:
    sums = Sums.of(write_workbook(board, tmp_path / "ranking.xlsx"))
    for row, weight in enumerate(SHIFTED, start=5):
        sums.book["Weights"].cell(row, 4).value = float(weight)
    for name, value in MOVED.items():
        if name in sums.book.defined_names:
            ((sheet, place),) = sums.book.defined_names[name].destinations
            sums.book[sheet][place].value = value
    at = parameters(**MOVED) if board.method.has_break_even else None
    expected = board.what_if(SHIFTED, at)
    others = ("impact", "feasibility", "risk")
    check(sums, expected, PARTS if at else (*others, "score", "rank") if live(board) else others)
    if at:
        (even,) = sums.book.defined_names["break_even"].destinations
        assert sums.reference("break_even", even[0]) == 50


def test_changed_ratings_compute_what_the_board_says(board: Board, tmp_path: Path) -> None:
    """A gap that is filled in, one that is made, and a rating beyond the end of its scale.

    Scores that are numbers stay as they are, as the workbook says.
    """
    sums = Sums.of(write_workbook(board, tmp_path / "ranking.xlsx"))
    sheet, values = sums.book["Scores"], board.matrix.values.copy()
    beyond = 1.0 if board.method.criteria else 1.5
    changes = ((0, 0, 0.5), (3, 3, 1.0), (1, 6, None), (2, 1, beyond))
    (numbers,) = ({cell.value: cell.row for cell in column} for column in sheet.iter_cols(1, 1))
    for row, column, share in changes:
        criterion = board.portfolio.criteria[column]
        rating = None if share is None else criterion.low + share * (criterion.high - criterion.low)
        sheet.cell(numbers[row + 1], 9 + column).value = rating
        values[row, column] = np.nan if share is None else min(share, 1.0)
    ratings = np.full((*values.shape, 1), np.nan)
    for column, criterion in enumerate(board.portfolio.criteria):
        ratings[:, column, 0] = criterion.low + values[:, column] * (criterion.high - criterion.low)
    (person, *_) = board.portfolio.participants
    expected = build_board(replace(board.portfolio, ratings=ratings, participants=(person,)))
    if live(board):
        check(sums, expected)
        return
    check(sums, expected, PARTS[:-2])
    scores = [ranking(sums)[number]["score"] for number in range(1, len(KEYS) + 1)]
    stored = [board.standing(use_case.id).score for use_case in board.use_cases]
    assert scores == [None if score is None else pytest.approx(score) for score in stored]
