"""What the sample portfolio answers to the checklists, and that it fits the story of each."""

from __future__ import annotations

import pytest

from scoper.board import Board
from scoper.scoping.asked import CHECKLISTS, act_triage, relevance_of
from scoper.scoping.checklists import Tone
from scoper.snapshot import UseCase
from scoper.terms import ActTier, Decision, Relevance, RelevanceDecision

SUITED, RULES, NO_DATA, REFRAME, STOP, UNDECIDED = Relevance
OUTSIDE, MINIMAL, OPEN, TRANSPARENCY, HIGH, PROHIBITED = ActTier
GOOD, CARE = Tone.GOOD, Tone.CARE

OUTCOMES = {
    # key: relevance, EU AI Act, what it may become, approach ladder
    "UC-01": (SUITED, MINIMAL, MINIMAL, GOOD),
    "UC-02": (NO_DATA, MINIMAL, MINIMAL, GOOD),
    "UC-03": (SUITED, MINIMAL, MINIMAL, GOOD),
    "UC-04": (SUITED, MINIMAL, MINIMAL, GOOD),
    "UC-05": (NO_DATA, TRANSPARENCY, TRANSPARENCY, GOOD),
    "UC-06": (RULES, OPEN, PROHIBITED, CARE),
    "UC-07": (STOP, HIGH, HIGH, GOOD),
    "UC-08": (UNDECIDED, OPEN, PROHIBITED, Tone.OPEN),
    "UC-09": (REFRAME, TRANSPARENCY, PROHIBITED, Tone.OPEN),
    "UC-10": (SUITED, MINIMAL, MINIMAL, GOOD),
    "UC-11": (RULES, OUTSIDE, OUTSIDE, GOOD),
    "UC-12": (UNDECIDED, OPEN, PROHIBITED, Tone.OPEN),
}
WELL_SCOPED = ("UC-01", "UC-02", "UC-03", "UC-04", "UC-05", "UC-10", "UC-11")


def of(board: Board, key: str) -> UseCase:
    return next(use_case for use_case in board.use_cases if use_case.key == key)


@pytest.mark.parametrize("key", OUTCOMES)
def test_the_outcomes_fit_the_story(sample_board: Board, key: str) -> None:
    use_case = of(sample_board, key)
    act = act_triage((k, a.answer) for k, a in use_case.answers_to("eu_ai_act").items())
    ladder = CHECKLISTS["ladder"].finding(use_case).tone
    outcome = (relevance_of(use_case).verdict, act.tier, act.may_become, ladder)
    assert outcome == OUTCOMES[key]


@pytest.mark.parametrize("key", WELL_SCOPED)
def test_what_is_scoped_well_is_answered_well(sample_board: Board, key: str) -> None:
    use_case = of(sample_board, key)
    for name in ("relevance", "ladder", "eu_ai_act"):
        asked = {question.id for question in CHECKLISTS[name].questions(use_case)}
        assert set(use_case.answers_to(name)) == asked, name
    premortem = use_case.answers_to("premortem")
    assert 6 <= len(premortem) <= 10
    assert all(answer.note for answer in premortem.values())
    framework = CHECKLISTS["nist_ai_rmf"]
    answered = use_case.answers_to("nist_ai_rmf")
    assert 0 < len(answered) < len(framework.questions(use_case))


def test_every_answer_belongs_to_a_question_and_is_one_of_its_choices(sample_board: Board) -> None:
    for use_case in sample_board.use_cases:
        for answer in use_case.answers:
            questions = {q.id: q for q in CHECKLISTS[answer.questionnaire].questions(use_case)}
            choices = {choice.value for choice in questions[answer.question].choices}
            assert answer.answer in choices | {""}, (use_case.key, answer.question)
            assert answer.answer or answer.note
            assert not answer.note or questions[answer.question].note, "a note nobody can see"


def test_one_verdict_is_overruled_with_a_reason(sample_board: Board) -> None:
    overruled = {
        use_case.key: (use_case.relevance_overruled, bool(use_case.relevance_reason))
        for use_case in sample_board.use_cases
        if use_case.relevance_overruled is not RelevanceDecision.FOLLOW
    }
    assert overruled == {"UC-05": (RelevanceDecision.SUITED, True)}


def test_screening_applicants_is_high_risk_by_annex_iii_and_was_declined(
    sample_board: Board,
) -> None:
    use_case = of(sample_board, "UC-07")
    finding = CHECKLISTS["eu_ai_act"].finding(use_case)
    assert finding.headline == "EU AI Act: high risk."
    assert "Recruitment: yes (Annex III, 4(a))." in finding.reasons
    assert use_case.decision is Decision.NO_GO
