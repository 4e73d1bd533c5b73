"""What to do under a budget: the numbers of the problem, and which use case each belongs to."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import numpy as np
import pytest

from scoper.board import Board, build_board
from scoper.errors import InvalidInput, NotFound
from scoper.scoring.methods import METHODS
from scoper.scoring.robustness import Question, drawn_scores, kernel_of
from scoper.scoring.value import Terms
from scoper.snapshot import Cost
from scoper.studies.robustness import complete_rows, rows_of, study_robustness
from scoper.studies.selection import Candidates, Wishes, Worth, candidates, study_core
from scoper.terms import Decision
from tests.charts.boards import board_at
from tests.skewed import AVERSION, BLANK, KEYS, parameters, skewed_board, skewed_portfolio
from tests.studies.outcomes import board_of
from tests.support import assumed

CHOSEN = [row for row in range(len(KEYS)) if row not in BLANK]
MUCH = 1e9


@pytest.fixture(scope="module")
def board() -> Board:
    """Return a board whose first use case, and one between others, cannot be selected."""
    return skewed_board()


def pert(low: float, likely: float, high: float) -> float:
    return (low + 4 * likely + high) / 6


def triangular(low: float, likely: float, high: float) -> float:
    return (low + likely + high) / 3


@pytest.mark.parametrize("mean", [pert, triangular])
def test_money_by_hand(board: Board, mean: object) -> None:
    """Days cost their day rate and are spent once, as is the setup; the licence is due yearly."""
    assert callable(mean)
    terms = Terms(years=4, rate=0.25, triangular=mean is triangular)
    found = candidates(board, Wishes(MUCH, Worth.NPV, terms))
    annuity = 0.8 + 0.8**2 + 0.8**3 + 0.8**4
    for place, row in enumerate(CHOSEN):
        size, science = 1 + row, 1_100 * (20 - row)
        benefit = mean(10_000 * size, 30_000 * size + 1_000 * row**2, 90_000 * size)
        once = mean(
            8 * 900 + science + 1_000,
            (10 + row) * 900 + science + 2_000 * size,
            (30 + row) * 900 + science + 8_000 * size,
        )
        yearly = mean(700 * size, 1_100 * size, 1_500 * size)
        likelihood = board.standing(board.use_cases[row].id).likelihood
        expected = annuity * (likelihood * benefit - yearly) - once
        assert found.problem.value[place] == pytest.approx(expected), KEYS[row]
        cost = (10 + row) * 900 + science + 2_000 * size + 1_100 * size
        assert found.problem.cost[place] == pytest.approx(cost)


def test_an_end_that_nobody_estimated_is_the_likely_one(board: Board) -> None:
    """Also where an end lies on the wrong side of the likely amount."""
    row, (use_case, *_) = CHOSEN[0], [board.use_cases[row] for row in CHOSEN]

    def value(**benefit: float | None) -> float:
        others = (u if u is not use_case else replace(u, **benefit) for u in board.use_cases)
        portfolio = replace(board.portfolio, use_cases=tuple(others))
        changed = build_board(portfolio).what_if(parameters=board.parameters)
        return float(candidates(changed, Wishes(MUCH, Worth.NPV)).problem.value[0])

    likelihood = board.standing_at(row).likelihood
    assert likelihood
    annuity = Terms().annuity
    base = value(benefit_low=0.0, benefit_likely=0.0, benefit_high=0.0)
    for benefit, mean in (
        ((None, 60.0, None), 60.0),
        ((0.0, 60.0, None), 50.0),
        ((None, 60.0, 120.0), 70.0),
        ((90.0, 60.0, 120.0), 70.0),
        ((0.0, 60.0, 30.0), 50.0),
    ):
        named = zip(("benefit_low", "benefit_likely", "benefit_high"), benefit, strict=True)
        gained = value(**dict(named)) - base
        assert gained == pytest.approx(likelihood * mean * annuity, abs=1e-6), benefit


def test_scores_and_break_even_are_those_of_the_use_case(board: Board) -> None:
    scores = [board.standing_at(row).score for row in CHOSEN]
    found = candidates(board, Wishes(MUCH, Worth.SCORE))
    assert found.problem.value.tolist() == scores
    assert [use_case.key for use_case in found.use_cases] == [KEYS[row] for row in CHOSEN]
    assert found.problem.names == tuple(KEYS[row] for row in CHOSEN)
    for aversion in (AVERSION, 0.25):
        other = board.what_if(parameters=parameters(aversion))
        above = candidates(other, Wishes(MUCH)).problem.value
        expected = [max(0.0, other.standing_at(row).score - 50) for row in CHOSEN]
        assert above == pytest.approx(expected)


def test_nothing_is_gained_by_what_breaks_even_but_for_rounding() -> None:
    board = board_at([(7 / 8, 2 / 8, 3 / 8), (1, 1, 0)])
    cost = Cost(uuid4(), "Licence", likely=5.0)
    priced = tuple(replace(u, costs=(cost,)) for u in board.use_cases)
    board = build_board(replace(board.portfolio, use_cases=priced))
    board = board.what_if(parameters=assumed(risk_aversion=1.0))
    assert candidates(board, Wishes(MUCH)).problem.value[0] == 0


def test_every_reason_is_told_of_the_use_case_it_is_about() -> None:
    portfolio = skewed_portfolio()
    given = list(portfolio.use_cases)
    given[1] = replace(given[1], decision=Decision.NO_GO)
    given[4] = replace(given[4], efforts=(), costs=())
    given[5] = replace(given[5], benefit_likely=None)
    board = build_board(replace(portfolio, use_cases=tuple(given)))
    asked = {worth: candidates(board, Wishes(MUCH, worth)) for worth in (Worth.NPV, Worth.SCORE)}
    reasons = {use_case.key: reason for use_case, reason in asked[Worth.NPV].left_out}
    assert reasons == {
        KEYS[0]: "not rated completely",
        KEYS[1]: "decided against",
        KEYS[3]: "not rated completely",
        KEYS[4]: "no cost entered",
        KEYS[5]: "no benefit estimated",
    }
    allowed = [use_case.key for use_case in asked[Worth.SCORE].use_cases]
    assert allowed == [KEYS[2], KEYS[5], KEYS[6]]


def test_roles_take_the_days_of_the_use_case(board: Board) -> None:
    """The portfolio's own capacity stands where none is asked for, whatever the spelling."""
    found = candidates(board, Wishes(MUCH, capacities={"ENGINEER": 25.0}))
    engineer, scientist = found.problem.capacities
    assert (engineer.name, engineer.amount) == ("Engineer", 25.0)
    assert engineer.use.tolist() == [10 + row for row in CHOSEN]
    assert (scientist.name, scientist.amount) == ("Scientist", 70.0)
    assert scientist.use.tolist() == [20 - row for row in CHOSEN]
    (own,) = candidates(board, Wishes(MUCH)).problem.capacities
    assert own.name == "Scientist"
    with pytest.raises(NotFound, match=r"no role “Wizard”.*Engineer, Owner, Scientist"):
        candidates(board, Wishes(MUCH, capacities={"owner": 1.0, "Wizard": 3.0}))


def test_what_a_use_case_costs_is_added_up_without_noise() -> None:
    """A tenth and two tenths are three tenths, of which doubles make a little more."""
    portfolio = skewed_portfolio()
    given = list(portfolio.use_cases)
    costs = tuple(Cost(uuid4(), "Licence", likely=amount) for amount in (0.1, 0.2))
    given[5] = replace(given[5], efforts=(), costs=costs)
    found = candidates(
        build_board(replace(portfolio, use_cases=tuple(given))), Wishes(MUCH, Worth.SCORE)
    )
    assert found.problem.cost[found.problem.names.index(KEYS[5])] == 0.3


def test_wishes_name_use_cases_by_their_keys(board: Board) -> None:
    one, two, three = (KEYS[row] for row in CHOSEN[:3])
    wishes = Wishes(MUCH, must=[two], must_not=[three], exclusive=[(three, one)], number=(1, 2))
    problem = candidates(board, wishes).problem
    assert (problem.must, problem.must_not) == ({1}, {2})
    assert problem.exclusive == ((0, 2),)
    (quota,) = problem.quotas
    assert (quota.members, quota.least, quota.most) == ((0, 1, 2, 3, 4), 1, 2)
    left_out = KEYS[BLANK[0]]
    with pytest.raises(InvalidInput, match=f"{left_out} must be selected but cannot be: not rated"):
        candidates(board, Wishes(MUCH, must=[left_out]))
    assert candidates(board, Wishes(MUCH, must_not=[left_out])).problem.must_not == set()
    with pytest.raises(NotFound, match="no use case UC-99"):
        candidates(board, Wishes(MUCH, must_not=["UC-99"]))


# ---------------------------------------------------------------- the core index


def by_key(found: Candidates, index: np.ndarray) -> dict[str, float]:
    return {use_case.key: share for use_case, share in zip(found.use_cases, index, strict=True)}


def test_the_core_of_one_place_is_how_often_each_use_case_is_first(board: Board) -> None:
    """Selection and ranking look at the same draws from different ends."""
    wishes = Wishes(MUCH, Worth.SCORE, capacities={"Scientist": MUCH}, number=(1, 1))
    found = candidates(board, wishes)
    core = by_key(found, study_core(board, found, Worth.SCORE, draws=120, seed=5))
    study = study_robustness(board, draws=120, seed=5)
    first = {
        use_case.key: share
        for use_case, share in zip(study.use_cases, study.found.acceptability[:, 0], strict=True)
    }
    assert core == pytest.approx(first)
    assert len(set(first.values())) > 2, "use cases that cannot be told apart show nothing"


def test_the_core_above_break_even_is_how_often_each_use_case_is_above_it(board: Board) -> None:
    at = parameters(0.75)
    board = board.what_if(parameters=at)
    found = candidates(board, Wishes(MUCH, capacities={"Scientist": MUCH}))
    core = study_core(board, found, Worth.ABOVE_BREAK_EVEN, draws=80, seed=3)
    matrix = rows_of(board.matrix, CHOSEN)
    scores = drawn_scores(Question(matrix, at, kernel_of(board.method, matrix)), draws=80, seed=3)
    assert core == pytest.approx((scores > 50).mean(axis=0))
    assert any(0 < share < 1 for share in core)


@pytest.mark.parametrize("method_id", ["topsis", "promethee2"])
def test_the_core_scores_within_the_whole_list_as_the_ranking_does(
    board: Board, method_id: str
) -> None:
    """A use case that was decided against moves the scores of the others all the same."""
    against = {KEYS[CHOSEN[0]], KEYS[CHOSEN[3]]}
    decided = (
        replace(u, decision=Decision.NO_GO) if u.key in against else u for u in board.use_cases
    )
    changed = build_board(replace(board.portfolio, use_cases=tuple(decided)))
    changed = changed.what_if(method_id=method_id)
    wishes = Wishes(MUCH, Worth.SCORE, capacities={"Scientist": MUCH}, number=(1, 1))
    found = candidates(changed, wishes)
    core = by_key(found, study_core(changed, found, Worth.SCORE, draws=150, seed=4))
    matrix = rows_of(changed.matrix, CHOSEN)
    question = Question(matrix, changed.parameters, kernel_of(changed.method, matrix))
    left = [place for place, row in enumerate(CHOSEN) if KEYS[row] not in against]
    best = drawn_scores(question, draws=150, seed=4)[:, left].argmax(axis=1)
    assert core == pytest.approx(
        {KEYS[CHOSEN[place]]: (best == number).mean() for number, place in enumerate(left)}
    )
    assert len(set(core.values())) > 1


def test_the_core_is_refused_where_no_weights_are_used() -> None:
    board = board_of(METHODS["ice"])
    cost = Cost(uuid4(), "Licence", likely=5.0)
    priced = tuple(replace(u, costs=(cost,)) for u in board.use_cases)
    board = replace(board, portfolio=replace(board.portfolio, use_cases=priced))
    found = candidates(board, Wishes(MUCH, Worth.SCORE))
    with pytest.raises(InvalidInput, match="draws weights, and ICE uses none"):
        study_core(board, found, Worth.SCORE, draws=9, seed=1)


def test_the_core_cannot_be_asked_of_money_or_for_too_many_draws(board: Board) -> None:
    found = candidates(board, Wishes(MUCH, Worth.NPV))
    with pytest.raises(InvalidInput, match="value of money has none"):
        study_core(board, found, Worth.NPV, draws=9, seed=1)
    for draws in (0, 10_001):
        with pytest.raises(InvalidInput, match=f"{draws:,} draws are not possible"):
            study_core(board, found, Worth.SCORE, draws=draws, seed=1)


def test_nothing_to_select_says_what_is_missing() -> None:
    portfolio = skewed_portfolio()
    bare = tuple(replace(u, id=uuid4(), costs=(), efforts=()) for u in portfolio.use_cases)
    with pytest.raises(InvalidInput, match=r"No use case can be selected.*Rate at least one"):
        candidates(build_board(replace(portfolio, use_cases=bare)), Wishes(MUCH))
    weightless = skewed_board().what_if(weights=np.zeros(7))
    with pytest.raises(InvalidInput, match="No criterion of impact has a weight above 0"):
        candidates(weightless, Wishes(MUCH))
    with pytest.raises(InvalidInput, match="No criterion of impact has a weight above 0"):
        complete_rows(weightless)
