"""The relevance verdict as a table: what is answered, the verdict, the first reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.library.registry import library
from scoper.library.relevance import KIND, RelevanceQuestion
from scoper.scoping.relevance import RelevanceReport, relevance
from scoper.terms import Answer, Relevance

SUITED, RULES, NO_DATA, REFRAME, STOP, UNDECIDED = Relevance
YES, PARTLY, NO, UNKNOWN = Answer
QUESTIONS = library().entries(KIND)
IDS = [question.id for question in QUESTIONS]


def judge(others: dict[str, Answer], rest: Answer = YES) -> RelevanceReport:
    assert set(others) <= set(IDS)
    return relevance(QUESTIONS, {**dict.fromkeys(IDS, rest), **others})


def about(verdict: Relevance, answer: Answer) -> dict[str, Answer]:
    return {q.id: answer for q in QUESTIONS if q.no_means is verdict and not q.decisive}


@pytest.mark.parametrize(
    ("others", "rest", "verdict", "first_reason"),
    [
        ({}, YES, SUITED, "rules_tried"),
        ({"many_signals": NO, "users_want_it": PARTLY}, YES, SUITED, "rules_tried"),
        ({"rules_tried": NO}, YES, RULES, "rules_tried"),
        (about(RULES, NO), YES, RULES, "many_signals"),
        ({"data_exists": NO}, YES, NO_DATA, "data_exists"),
        (about(NO_DATA, NO), YES, NO_DATA, "outcomes_known"),
        ({"output_defined": NO}, YES, REFRAME, "output_defined"),
        ({"errors_bearable": NO}, YES, REFRAME, "errors_bearable"),
        (about(REFRAME, NO), YES, REFRAME, "owner_named"),
        ({"lawful_and_right": NO}, YES, STOP, "lawful_and_right"),
        ({"benefit_exceeds_cost": NO}, YES, STOP, "benefit_exceeds_cost"),
        ({"lawful_and_right": NO}, UNKNOWN, STOP, "lawful_and_right"),
        ({"output_defined": NO, "data_exists": NO}, YES, REFRAME, "output_defined"),
        ({"rules_tried": NO, "data_exists": NO}, YES, RULES, "rules_tried"),
        ({}, PARTLY, REFRAME, "output_defined"),
        ({}, NO, STOP, "lawful_and_right"),
        ({}, UNKNOWN, UNDECIDED, "rules_tried"),
        ({"data_exists": UNKNOWN}, YES, UNDECIDED, "data_exists"),
        ({"data_exists": NO}, UNKNOWN, UNDECIDED, "rules_tried"),
    ],
)
def test_verdicts(
    others: dict[str, Answer], rest: Answer, verdict: Relevance, first_reason: str
) -> None:
    report = judge(others, rest)
    assert report.verdict is verdict
    assert report.reasons[0].question.id == first_reason
    assert report.summary


def test_one_side_left_open_is_undecided() -> None:
    commercial = {q.id: UNKNOWN for q in QUESTIONS if q.side == "commercial" and not q.decisive}
    report = judge(commercial)
    assert report.verdict is UNDECIDED
    assert {reason.question.side for reason in report.reasons} == {"commercial"}
    assert report.answered == len(IDS) - len(commercial)


def test_a_suited_problem_keeps_its_weak_points_in_view() -> None:
    report = judge({"users_want_it": NO, "data_allowed": PARTLY})
    assert [r.question.id for r in report.open_points] == ["users_want_it", "data_allowed"]
    assert report.open_points[0].meaning.startswith("Spend a day with them")


def test_weak_worth_alone_is_a_reason_to_stop_and_never_one_to_reframe() -> None:
    few = [q for q in QUESTIONS if q.no_means is STOP or q.id in ("rules_tried", "volume_high")]
    answers = {q.id: PARTLY if q.no_means is STOP else YES for q in few}
    report = relevance(few, answers)
    assert report.verdict is STOP
    assert [r.answer for r in report.reasons] == [PARTLY] * 4


def test_without_questions_nothing_is_decided() -> None:
    assert relevance([], {}).verdict is UNDECIDED


ANSWERS = st.fixed_dictionaries({}, optional=dict.fromkeys(IDS, st.sampled_from(list(Answer))))


@given(ANSWERS)
def test_every_combination_has_one_verdict_with_reasons(answers: dict[str, Answer]) -> None:
    report = relevance(QUESTIONS, answers)
    assert report == relevance(list(QUESTIONS), dict(reversed(answers.items())))
    assert report.reasons
    assert all(answers.get(r.question.id, UNKNOWN) is r.answer for r in report.reasons)
    if report.verdict is not UNDECIDED and report.verdict is not SUITED:
        assert all(r.question.no_means is report.verdict for r in report.reasons)
        assert all(r.answer in (PARTLY, NO) for r in report.reasons)


@given(st.fixed_dictionaries({key: st.sampled_from([YES, YES, YES, PARTLY, NO]) for key in IDS}))
def test_a_better_answer_never_turns_a_suited_problem_away(answers: dict[str, Answer]) -> None:
    if relevance(QUESTIONS, answers).verdict is not SUITED:
        return
    for key in IDS:
        assert relevance(QUESTIONS, {**answers, key: YES}).verdict is SUITED


def test_each_decisive_question_speaks_for_another_verdict_than_suited() -> None:
    decisive: list[RelevanceQuestion] = [q for q in QUESTIONS if q.decisive]
    assert {q.no_means for q in decisive} == {RULES, NO_DATA, REFRAME, STOP}
    for question in decisive:
        assert judge({question.id: NO}).verdict is question.no_means
