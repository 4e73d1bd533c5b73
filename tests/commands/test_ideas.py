"""Starting a use case from an idea of the library."""

from __future__ import annotations

import pytest

from scoper.board import Board
from scoper.commands.ideas import start_from_idea
from scoper.errors import NotFound
from scoper.library import ideas
from scoper.library.ideas import Idea
from scoper.library.registry import library
from scoper.queries import load_board
from scoper.scoping import StepState
from scoper.scoping.gates import technology_named
from scoper.snapshot import UseCase
from scoper.store import Store
from scoper.terms import KpiKind
from tests.support import count_steps, dump, only

IDEAS = library().entries(ideas.KIND)


def started(store: Store, idea: Idea) -> UseCase:
    start_from_idea(store, idea_id=idea.id)
    return only(load_board(store))


def check(use_case: UseCase, idea: Idea) -> None:
    """Check that a use case holds what the library knows about an idea."""
    assert use_case.title == idea.title
    assert use_case.problem
    assert technology_named(use_case.problem) is None, use_case.problem
    assert use_case.expected_output
    assert use_case.data_notes
    assert use_case.function == idea.function.label
    without, with_ai = use_case.solutions
    assert not without.approach.uses_ai
    assert with_ai.approach.uses_ai
    assert without.title
    assert (with_ai.input_data, with_ai.output) == (idea.input, idea.output)
    business, model = use_case.kpis
    assert (business.kind, model.kind) == (KpiKind.BUSINESS, KpiKind.MODEL)
    assert model.paired_with == business.title
    assert business.unit
    (risk,) = use_case.risks
    assert risk.title
    assert use_case.answers == ()


def test_every_idea_starts_a_use_case_in_one_step_and_can_be_undone(store: Store) -> None:
    assert len(IDEAS) >= 60
    before, steps = dump(store), count_steps(store)
    for idea in IDEAS:
        start_from_idea(store, idea_id=idea.id)
    board: Board = load_board(store)
    assert count_steps(store) == steps + len(IDEAS)
    assert len({use_case.key for use_case in board.use_cases}) == len(IDEAS)
    for use_case, idea in zip(board.use_cases, IDEAS, strict=True):
        check(use_case, idea)
    for _ in IDEAS:
        store.undo()
    assert dump(store) == before


def test_what_an_idea_cannot_know_stays_open(store: Store) -> None:
    use_case = started(store, IDEAS[0])
    assert use_case.owner == ""
    assert use_case.current_cost is None
    assert all(kpi.baseline is None and kpi.target is None for kpi in use_case.kpis)
    assert all(not solution.shortlisted for solution in use_case.solutions)
    (risk,) = use_case.risks
    assert (risk.likelihood, risk.severity) == (None, None)
    states = [report.state for report in load_board(store).steps[use_case.id]]
    assert StepState.PASSED not in states


def test_the_step_is_named_and_repeated_by_redo(store: Store) -> None:
    use_case = started(store, IDEAS[0])
    after = dump(store)
    assert store.history().undo == f"Start from {use_case.title}"
    store.undo()
    assert load_board(store).use_cases == ()
    store.redo()
    assert dump(store) == after


def test_an_idea_chosen_twice_makes_two_use_cases(store: Store) -> None:
    for _ in range(2):
        start_from_idea(store, idea_id=IDEAS[0].id)
    first, second = load_board(store).use_cases
    assert first.title == second.title
    assert first.key != second.key
    assert {s.id for s in first.solutions}.isdisjoint(s.id for s in second.solutions)


def test_an_unknown_idea_is_refused_and_leaves_nothing(store: Store) -> None:
    before, history = dump(store), store.history()
    with pytest.raises(NotFound, match="perpetual_motion"):
        start_from_idea(store, idea_id="perpetual_motion")
    assert dump(store) == before
    assert store.history() == history
