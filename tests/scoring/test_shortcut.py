"""A parameter that is added to a method is never left out by a faster way to its scores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from scoper.board import Board
from scoper.exchange.workbook import write_workbook
from scoper.exchange.workbook.formulas import live
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import METHODS, Method
from scoper.scoring.parameters import Parameter, Parameters
from scoper.scoring.robustness import MethodKernel, kernel_of
from scoper.scoring.statistic import Undefined
from scoper.studies.robustness import study_robustness
from scoper.studies.sensitivity import Sensitivity
from tests.exchange.test_workbook import ON

BONUS = Parameter(
    name="bonus", title="Bonus", meaning="Points of each use case by its place.", default=0.0
)
pytestmark = pytest.mark.filterwarnings(r"ignore:.*extension is not supported:UserWarning")


def grown(method: Method) -> Method:
    """Return a method with one parameter more: points by the place of a row."""

    def score(matrix: Matrix, parameters: Parameters) -> Array:
        scores: Array = method.score(matrix, parameters)
        return scores + parameters["bonus"] * matrix.values[:, 0]

    return replace(method, score=score, parameters=(*method.parameters, BONUS))


@pytest.fixture(params=["balanced", "weighted_sum", "bxt"])
def board(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, sample_board: Board
) -> Board:
    """Return a board whose method has gained a parameter that others did not hear of."""
    method = grown(METHODS[request.param])
    if request.param == "bxt":
        keys = ("viability", "desirability", "feasibility", *sample_board.matrix.keys[3:])
        sample_board = replace(sample_board, matrix=replace(sample_board.matrix, keys=keys))
    monkeypatch.setitem(METHODS, request.param, method)
    assumed = {**sample_board.parameters, "bonus": 500.0}
    known = {each.name: assumed[each.name] for each in method.parameters}
    found = sample_board.what_if(method_id=request.param, parameters=known)
    assert found.problem == ""
    return found


def with_bonus(board: Board, points: float) -> Board:
    return board.what_if(parameters={**board.parameters, "bonus": points})


def test_draws_ask_the_method_itself(board: Board) -> None:
    assert isinstance(kernel_of(board.method, board.matrix), MethodKernel)
    at, moved = (
        study_robustness(with_bonus(board, points), draws=40, seed=1) for points in (0.0, 500.0)
    )
    assert not np.array_equal(at.found.acceptability, moved.found.acceptability)


def test_a_workbook_holds_the_numbers_and_says_so(board: Board, tmp_path: Path) -> None:
    assert not live(board)
    book = openpyxl.load_workbook(write_workbook(board, tmp_path / "ranking.xlsx", on=ON))
    ranked = next(standing for standing in board.ranked if standing.rank == 1)
    rows = [[cell.value for cell in row] for row in book["Ranking"].iter_rows()]
    (found,) = [row for row in rows if ranked.use_case.key in row]
    assert ranked.score is not None
    assert any(isinstance(v, float) and v == pytest.approx(ranked.score) for v in found)
    said = "\n".join(str(row[1].value) for row in book["Method"].iter_rows())
    assert "are written as numbers" in said
    assert "every score follows" not in str(rows)


def test_no_exact_interval_of_a_weight_is_claimed(board: Board) -> None:
    study = Sensitivity(board, 3)
    assert isinstance(study.weights, Undefined)
    assert isinstance(study.smallest_change(board.ranked[1].use_case.id), Undefined)


@pytest.mark.parametrize(
    "name",
    ["k1", "xfd12", "r", "c", "r1c1", "rc", "true", "break_even", "Caution", "a b", "1st", ""],
)
def test_a_name_that_a_spreadsheet_takes_for_something_else_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be called"):
        replace(BONUS, name=name)
