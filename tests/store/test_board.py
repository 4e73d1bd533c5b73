"""Reading a board again after a change: only what changed is new, and nothing is missed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest

from scoper.board import Board, build_board
from scoper.commands import answers, items, people, use_cases
from scoper.library import governance
from scoper.library.copying import copy_to_own
from scoper.library.registry import library, read_again
from scoper.queries import load_board
from scoper.scoping import StepReport, StepState
from scoper.store import Store
from scoper.terms import Decision, Phase
from tests.support import add_person, add_use_case, rate


def resources(board: Board, use_case_id: UUID) -> StepReport:
    return board.steps[use_case_id][4]


def test_use_cases_that_did_not_change_are_the_very_same(store: Store) -> None:
    first, second = add_use_case(store), add_use_case(store, "Churn alerts")
    before = load_board(store)
    changes = use_cases.set_field(store, use_case_id=first, field="owner", value="Bo")
    after = load_board(store, before, changes)
    assert after.use_cases[0].owner == "Bo"
    assert after.use_cases[1] is before.use_cases[1]
    assert after.steps[second] is before.steps[second]


def test_ratings_stay_with_their_use_case_when_another_one_goes(store: Store) -> None:
    ids = [add_use_case(store, title) for title in "ABC"]
    person = add_person(store)
    for value, use_case_id in enumerate(ids, start=2):
        rate(store, use_case_id, person, float(value))
    before = load_board(store)
    after = load_board(store, before, use_cases.remove(store, use_case_ids=(ids[0],)))
    assert [float(r[0, 0]) for r in after.portfolio.ratings] == [3.0, 4.0]
    restored = load_board(store, after, store.undo())
    assert [float(r[0, 0]) for r in restored.portfolio.ratings] == [2.0, 3.0, 4.0]


def test_a_role_that_becomes_scarce_reopens_the_plans_that_ask_for_it(store: Store) -> None:
    busy, other = add_use_case(store), add_use_case(store, "Churn alerts")
    role = load_board(store).portfolio.roles[0]
    for use_case_id, days in ((busy, 5.0), (other, 1.0)):
        for phase in (phase for phase in Phase if phase.is_asked):
            values = {"role_id": role.id, "phase": phase, "days": days}
            items.add(store, use_case_id=use_case_id, items="efforts", values=values)
    board = load_board(store)
    assert resources(board, busy).state is StepState.PASSED

    def limit(days: float | None) -> None:
        nonlocal board
        changes = people.set_role_field(store, role_id=role.id, field="capacity_days", value=days)
        board = load_board(store, board, changes)

    limit(23.9)
    assert [r.field for r in resources(board, busy).missing] == ["capacity_note"]
    assert resources(board, other).state is StepState.OPEN
    limit(24.0)
    assert resources(board, busy).state is StepState.PASSED
    limit(10.0)
    decided = use_cases.decide(store, use_case_id=busy, decision=Decision.NO_GO)
    board = load_board(store, board, decided)
    assert resources(board, other).state is StepState.PASSED


def test_two_programs_that_write_at_once_both_get_through(store: Store) -> None:
    def work(name: str) -> int:
        with Store.open(Path(store.path), name) as own:
            for number in range(20):
                add_use_case(own, f"{name} {number}")
            return len(load_board(own).use_cases)

    with ThreadPoolExecutor(2) as pool:
        seen = list(pool.map(work, ["Ada", "Bo"]))
    assert max(seen) == 40
    assert sorted(u.key for u in load_board(store).use_cases) == [
        f"UC-{number:02d}" for number in range(1, 41)
    ]


def test_parts_of_days_that_add_up_to_the_capacity_are_not_over_it(store: Store) -> None:
    use_case_id, role = add_use_case(store), load_board(store).portfolio.roles[0]
    for days in (0.1, 0.2):
        values = {"role_id": role.id, "days": days}
        items.add(store, use_case_id=use_case_id, items="efforts", values=values)
    people.set_role_field(store, role_id=role.id, field="capacity_days", value=0.3)
    assert load_board(store).portfolio.staffing.overbooked == frozenset()


def test_a_board_judged_in_part_is_completed_where_the_library_has_a_say(store: Store) -> None:
    banned, other = add_use_case(store), add_use_case(store, "Churn alerts")
    use_cases.decide(store, use_case_id=banned, decision=Decision.GO)
    answers.set_answer(
        store, use_case_id=banned, questionnaire="eu_ai_act", question="ban_emotion", answer="yes"
    )
    first = load_board(store, in_full=False)
    assert not first.blocks_go(banned)
    board = build_board(first.portfolio, first)
    assert board.in_full
    assert board.steps[other] is first.steps[other]
    assert board.blocks_go(banned)
    assert not board.blocks_go(other)
    words = [board.decision_words(use_case) for use_case in board.use_cases]
    assert words == ["Go (prohibited)", "Undecided"]
    assert load_board(store).steps == board.steps
    completed = first.completed()
    assert completed.in_full
    assert completed.steps == board.steps
    assert completed.completed() is completed


def test_a_board_is_judged_by_one_library_and_again_where_another_is_in_use(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged, other = add_use_case(store), add_use_case(store, "Churn alerts")
    answers.set_answer(
        store, use_case_id=judged, questionnaire="eu_ai_act", question="ban_emotion", answer="yes"
    )
    monkeypatch.setenv("SCOPER_HOME", str(tmp_path))
    before = load_board(store)
    assert before.library is library()
    assert before.blocks_go(judged)
    path = copy_to_own(library(), governance.ACT_QUESTIONS, "ban_emotion").path
    above, asked = path.read_text(encoding="utf-8").split('key = "ban_emotion"')
    asked = asked.replace('gate = "prohibited"', 'gate = "transparency"', 1)
    path.write_text(f'{above}key = "ban_emotion"{asked}', encoding="utf-8")
    changes = use_cases.set_field(store, use_case_id=other, field="owner", value="Bo")
    assert load_board(store, before, changes).steps[judged] is before.steps[judged]
    assert read_again() is not before.library
    after = load_board(store, before, changes)
    assert after.library is library()
    assert not after.blocks_go(judged)


def test_a_practice_that_is_prohibited_no_longer_frees_the_go(store: Store) -> None:
    use_case_id = add_use_case(store)
    use_cases.decide(store, use_case_id=use_case_id, decision=Decision.GO)
    board = load_board(store)
    for answer, words in (("yes", "Go (prohibited)"), ("no", "Go")):
        changes = answers.set_answer(
            store, use_case_id=use_case_id, questionnaire="eu_ai_act", question="ban_emotion",
            answer=answer,
        )  # fmt: skip
        board = load_board(store, board, changes)
        assert board.decision_words(board.use_cases[0]) == words
