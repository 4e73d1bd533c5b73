"""Answering the checklists of the library."""

from __future__ import annotations

from typing import Any

import pytest

from scoper.commands import answers
from scoper.errors import InvalidInput, NotFound
from scoper.queries import load_board
from scoper.snapshot import Answer
from scoper.store import Store
from tests.support import add_use_case, dump


def given(store: Store) -> dict[str, Answer]:
    return load_board(store).use_cases[0].answers_to("relevance")


def test_an_answer_and_its_note_are_kept_apart(store: Store) -> None:
    use_case_id = add_use_case(store)
    place: Any = {"use_case_id": use_case_id, "questionnaire": "relevance", "question": "volume"}
    answers.set_answer(store, **place, answer="yes")
    answers.set_answer(store, **place, note="14,000 invoices a month")
    assert given(store)["volume"].answer == "yes"
    assert given(store)["volume"].note == "14,000 invoices a month"
    assert store.history().undo == "Answer Relevance for Late invoices"


def test_the_same_question_of_another_checklist_is_another_one(store: Store) -> None:
    use_case_id = add_use_case(store)
    for name in ("relevance", "governance"):
        answers.set_answer(
            store, use_case_id=use_case_id, questionnaire=name, question="people", answer=name
        )
    assert given(store)["people"].answer == "relevance"


def test_an_answer_taken_back_leaves_nothing_and_undo_brings_it_back(store: Store) -> None:
    use_case_id = add_use_case(store)
    empty = dump(store)
    place: Any = {"use_case_id": use_case_id, "questionnaire": "relevance", "question": "volume"}
    answers.set_answer(store, **place, answer="no")
    full = dump(store)
    answers.set_answer(store, **place, answer="")
    assert dump(store)["answer"] == empty["answer"]
    store.undo()
    assert dump(store) == full


def test_nothing_answered_is_no_step(store: Store) -> None:
    use_case_id = add_use_case(store)
    before = store.history()
    changes = answers.set_answer(
        store, use_case_id=use_case_id, questionnaire="relevance", question="volume", answer=""
    )
    assert not changes
    assert store.history() == before


def test_a_bad_place_is_refused(store: Store) -> None:
    use_case_id = add_use_case(store)
    before = dump(store)
    with pytest.raises(InvalidInput, match="must not be empty"):
        answers.set_answer(
            store, use_case_id=use_case_id, questionnaire="relevance", question="", answer="yes"
        )
    with pytest.raises(NotFound):
        answers.set_answer(
            store,
            use_case_id=load_board(store).portfolio.id,
            questionnaire="relevance",
            question="volume",
            answer="yes",
        )
    assert dump(store) == before


def test_several_questions_are_answered_in_one_step(store: Store) -> None:
    use_case_id = add_use_case(store)
    place: Any = {"use_case_id": use_case_id, "questionnaire": "relevance"}
    answers.set_answer(store, **place, question="volume", note="14,000 a month")
    before = dump(store)
    answers.set_answers(store, **place, answers={"volume": "yes", "baseline": "no"})
    assert given(store)["volume"].answer == "yes"
    assert given(store)["volume"].note == "14,000 a month"
    assert given(store)["baseline"].answer == "no"
    assert store.history().undo == "Answer 2 questions of Relevance for Late invoices"
    store.undo()
    assert dump(store) == before


def test_one_bad_answer_of_several_leaves_all_as_they_were(store: Store) -> None:
    use_case_id = add_use_case(store)
    before = dump(store)
    with pytest.raises(InvalidInput):
        answers.set_answers(
            store,
            use_case_id=use_case_id,
            questionnaire="relevance",
            answers={"volume": "yes", "": "no"},
        )
    assert dump(store) == before
