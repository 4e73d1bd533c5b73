"""The figures of robustness, of every registered method, against all that could be drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoper.board import Board, build_board
from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import METHODS, Method, Weighing
from scoper.scoring.parameters import Parameter, Parameters
from scoper.studies.robustness import RobustnessStudy, study_robustness
from tests.studies.outcomes import Ranges, board_of, confidence, outcomes, ranges_of

DRAWS = 6_000
GRID = 0.008
"""How far points that fill a space evenly may be off, at most."""


def check(board: Board, *, resample: bool = False, ranges: Ranges | None = None) -> RobustnessStudy:
    """Compare each figure of a study with the exact one, by its own standard error."""
    study = study_robustness(board, draws=DRAWS, seed=11, resample=resample, ranges=ranges)
    exact = outcomes(board, resample=resample, ranges=ranges)
    order = [exact.rows.index(board.portfolio.row_of[u.id]) for u in study.use_cases]
    found = study.found
    within(found.acceptability, exact.acceptability[order], found.share_error)
    within(found.winning, exact.winning[np.ix_(order, order)], found.share_error)
    near(found.expected_rank, exact.expected_rank[order], found.expected_rank_error)
    near(found.entropy, exact.entropy[order], found.entropy_error)
    often = found.acceptability[:, 0] > 0.01
    near(
        found.central_weights[often],
        exact.central_weights[order][often],
        found.central_error[often],
    )
    central = np.empty_like(found.central_weights)
    central[order] = found.central_weights
    sure = confidence(board, central, resample=resample, ranges=ranges)
    near(found.confidence, sure[order], found.confidence_error)
    return study


def within(found: Array, exact: Array, error: object) -> None:
    near(found, exact, error(exact))  # type: ignore[operator]


def near(found: Array, exact: Array, error: Array) -> None:
    assert (np.isnan(found) == np.isnan(exact)).all()
    assert (np.isnan(found) == np.isnan(error)).all()
    assert (np.abs(found - exact) <= 4.5 * error + GRID)[~np.isnan(found)].all()


@pytest.fixture(params=METHODS)
def board(request: pytest.FixtureRequest) -> Board:
    return board_of(METHODS[request.param])


def test_every_method_draws_what_its_weights_say(board: Board) -> None:
    study = check(board)
    assert [u.key for u in study.use_cases] == [
        s.use_case.key for s in board.ranked if s.rank is not None
    ]
    assert {u.key for u in study.use_cases} == {"UC-01", "UC-03", "UC-04"}


def test_every_method_draws_people_with_their_voices(board: Board) -> None:
    study = check(board, resample=True)
    assert ((study.found.acceptability > 0) & (study.found.acceptability < 1)).any()


@pytest.mark.parametrize(
    ("method_id", "name"), [(m.id, p.name) for m in METHODS.values() for p in m.parameters]
)
def test_every_parameter_of_a_method_can_be_drawn(method_id: str, name: str) -> None:
    method = METHODS[method_id]
    board = board_of(method)
    check(board, ranges={name: ranges_of(method)[name]})
    together = study_robustness(board, draws=9, seed=1, ranges=ranges_of(method))
    title = next(each.title for each in method.parameters if each.name == name)
    assert title.lower() in together.drawn


def test_a_method_that_nobody_knew_is_drawn_with_its_own_parameter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def score(matrix: Matrix, parameters: Parameters) -> Array:
        gain: Array = matrix.ratings("gain") - parameters["toll"] * matrix.ratings("pain")
        return gain

    own = Method(
        id="own", title="Own", formula="gain − toll · pain", source="", lowest=-50.0, highest=5.0,
        list_dependent=False, weighing=Weighing.NONE, score=score,
        criteria=("gain", "pain"),
        parameters=(Parameter(name="toll", title="Toll", meaning="", default=1.0, high=10.0),),
    )  # fmt: skip
    monkeypatch.setitem(METHODS, "own", own)
    board = board_of(own)
    assert check(board).drawn == ()
    assert check(board, ranges={"toll": (0.0, 2.0)}).told == (
        "Own uses no weights. Drawn: only toll."
    )
    check(board, resample=True, ranges={"toll": (0.0, 2.0)})


@pytest.mark.parametrize(
    "method_id", [m.id for m in METHODS.values() if m.weighing is Weighing.NONE]
)
def test_methods_without_weights_say_so(method_id: str) -> None:
    board = board_of(METHODS[method_id])
    given = study_robustness(board, draws=50, seed=1)
    assert "uses no weights" in given.told
    assert "nothing is drawn" in given.told
    assert given.found.acceptability.tolist() == np.eye(3).tolist()
    drawn = study_robustness(board, draws=50, seed=1, resample=True)
    assert drawn.told == f"{board.method.title} uses no weights. Drawn: only ratings."
    assert np.isnan(drawn.found.central_weights).all()
    assert np.isnan(drawn.found.confidence).all()
    assert drawn.found.confidence_draws == 0


def test_a_draw_that_cannot_be_scored_names_the_use_case() -> None:
    board = board_of(METHODS["value_effort"])
    portfolio = board.portfolio
    criteria = tuple(replace(c, low=0.0) if c.key == "effort" else c for c in portfolio.criteria)
    ratings = portfolio.ratings.copy()
    ratings[4, -1] = (0.0, 3.0, 2.0)
    board = build_board(replace(portfolio, criteria=criteria, ratings=ratings))
    board = board.what_if(method_id="value_effort")
    assert not board.problem
    with pytest.raises(
        InvalidInput, match=r"draws cannot be scored\. The effort of “Use case 4” is 0"
    ):
        study_robustness(board, draws=500, seed=1, resample=True)
