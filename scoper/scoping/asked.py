"""The checklists that the steps ask, by the name their answers are stored under.

Importing this reads no content yet; a checklist reads its packs when it is first asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final

from scoper.library.governance import ActQuestion, AiAct, RmfPack, ai_act, rmf
from scoper.scoping.checklists import Checklist, Choice, Finding, Question, Tone
from scoper.scoping.governance import Triage, framework_report, triage
from scoper.snapshot import UseCase
from scoper.terms import ActTier, YesNo
from scoper.text import plural

_YES_NO: Final = tuple(Choice(answer.value, answer.label) for answer in YesNo)
_TONES: Final = {
    ActTier.PROHIBITED: Tone.STOP,
    ActTier.HIGH: Tone.CARE,
    ActTier.OPEN: Tone.OPEN,
    ActTier.TRANSPARENCY: Tone.CARE,
    ActTier.MINIMAL: Tone.GOOD,
    ActTier.OUTSIDE: Tone.GOOD,
}


@lru_cache(maxsize=1)
def _act() -> AiAct:
    return ai_act()


@lru_cache(maxsize=1)
def _framework() -> RmfPack:
    return rmf()


def act_triage(answers: Iterable[tuple[str, str]]) -> Triage:
    """Return what answers, as pairs of question and answer, say under the EU AI Act."""
    return triage(_act(), _known(answers, _act().by_key))


def _known(answers: Iterable[tuple[str, str]], questions: Collection[str]) -> dict[str, YesNo]:
    """Return the answers to questions that are still asked."""
    choices = {choice.value: choice for choice in YesNo}
    return {
        question: choices[answer]
        for question, answer in answers
        if question in questions and answer in choices
    }


def _given(use_case: UseCase, questionnaire: str) -> list[tuple[str, str]]:
    return [(key, given.answer) for key, given in use_case.answers_to(questionnaire).items()]


def _act_questions(use_case: UseCase) -> tuple[Question, ...]:
    given = dict(_given(use_case, "eu_ai_act"))
    reading = act_triage(given.items())
    wanted = {question.key for question in reading.open} | set(given)
    return tuple(_act_question(q) for q in _act().questions if q.key in wanted)


def _act_question(question: ActQuestion) -> Question:
    why = f"{question.help} ({question.article})"
    return Question(question.key, question.gate.label, question.question, why, _YES_NO)


def _act_finding(use_case: UseCase) -> Finding:
    reading = act_triage(_given(use_case, "eu_ai_act"))
    reasons = [reason.sentence for reason in reading.reasons]
    reasons += [
        f"{duty.duty.title} ({duty.duty.article}), from {duty.applies_from:%d %B %Y}"
        for duty in reading.duties
    ]
    if reading.blocks_go:
        headline = "Prohibited under the EU AI Act: a go cannot be recorded."
    elif reading.tier is ActTier.OPEN:
        headline = (
            f"EU AI Act: not settled yet, {plural(len(reading.open), 'question')} open; at worst "
            f"{reading.may_become.label.lower()}."
        )
    elif not reading.settled:
        headline = (
            f"EU AI Act: {reading.tier.label.lower()} so far; the open questions may make it "
            f"{reading.may_become.label.lower()}."
        )
    else:
        headline = f"EU AI Act: {reading.tier.label.lower()}."
    notice = f"As of {_act().as_of:%d %B %Y}. {_act().notice}"
    return Finding(_TONES[reading.tier], headline, (*reasons, notice))


def _rmf_questions(_: UseCase) -> tuple[Question, ...]:
    return tuple(
        Question(
            q.key, q.function.label, q.question, f"{q.why} A yes can show: {q.evidence}", _YES_NO
        )
        for q in _framework().rmf_questions
    )


def _rmf_finding(use_case: UseCase) -> Finding:
    questions = _framework().rmf_questions
    known = {question.key for question in questions}
    reports = framework_report(questions, _known(_given(use_case, "nist_ai_rmf"), known))
    met, total = sum(len(r.met) for r in reports), len(questions)
    missing = [q.question for report in reports for q in report.missing]
    open_ = sum(len(report.open) for report in reports)
    tone = Tone.GOOD if met == total else Tone.CARE if missing else Tone.OPEN
    headline = f"NIST AI RMF: {met} of {total} in place, {open_} open."
    return Finding(tone, headline, tuple(f"Missing: {question}" for question in missing))


EU_AI_ACT: Final = Checklist("eu_ai_act", "EU AI Act", _act_questions, _act_finding)
NIST_AI_RMF: Final = Checklist("nist_ai_rmf", "NIST AI RMF", _rmf_questions, _rmf_finding)

CHECKLISTS: Final[dict[str, Checklist]] = {
    checklist.id: checklist for checklist in (EU_AI_ACT, NIST_AI_RMF)
}
"""Every checklist by the name its answers are stored under; a new one is a line here."""


def read_content() -> None:
    """Read what the checklists ask, so that showing one does not wait for it."""
    _act()
    _framework()
