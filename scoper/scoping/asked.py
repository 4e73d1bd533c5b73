"""The checklists that the steps ask, by the name their answers are stored under.

Importing this reads no content yet; a checklist reads its packs when it is first asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final

from scoper.library import relevance as relevance_pack
from scoper.library.approaches import LADDER
from scoper.library.governance import ActQuestion, AiAct
from scoper.library.in_use import ai_act, rmf
from scoper.library.registry import library
from scoper.library.risks import PREMORTEM
from scoper.scoping.checklists import Checklist, Choice, Finding, Question, Tone
from scoper.scoping.governance import FunctionReport, Triage, framework_report, triage
from scoper.scoping.ladder import (
    ANSWERED_UNDER,
    climb,
    highest_rung,
    lower_rungs,
    reasons_given,
)
from scoper.scoping.relevance import RelevanceReport, relevance
from scoper.snapshot import UseCase
from scoper.terms import (
    ActGate,
    ActTier,
    Answer,
    Decision,
    Exposure,
    Relevance,
    RelevanceDecision,
    YesNo,
)
from scoper.text import join, plural, within

_YES_NO: Final = tuple(Choice(answer.value, answer.label) for answer in YesNo)
_TONES: Final = {
    ActTier.PROHIBITED: Tone.STOP,
    ActTier.HIGH: Tone.CARE,
    ActTier.OPEN: Tone.OPEN,
    ActTier.TRANSPARENCY: Tone.CARE,
    ActTier.MINIMAL: Tone.GOOD,
    ActTier.OUTSIDE: Tone.GOOD,
}
_LISTS_OF_USES: Final = (
    ActGate.PROHIBITED,
    ActGate.PRODUCT,
    ActGate.LISTED,
    ActGate.TRANSPARENCY,
    ActGate.MODEL,
)
"""Gates whose questions each describe a kind of use; most systems are none of them."""


def act_triage(answers: Iterable[tuple[str, str]], act: AiAct | None = None) -> Triage:
    """Return what answers, as pairs of question and answer, say under the EU AI Act.

    Without ``act`` it is taken from the library in use.
    """
    act = act or ai_act()
    return triage(act, _known(answers, act.by_key))


def act_reading(use_case: UseCase, act: AiAct | None = None) -> Triage:
    """Return what the answers of a use case say under the EU AI Act."""
    return act_triage(_given(use_case, "eu_ai_act"), act)


def is_prohibited(use_case: UseCase) -> bool:
    """Return whether the answers make the use a practice that the EU AI Act prohibits."""
    return bool(use_case.answers_to("eu_ai_act")) and act_reading(use_case).blocks_go


def act_notice() -> str:
    """Return how far the reading of the EU AI Act can be relied on, with its date."""
    act = ai_act()
    return f"As of {_date(act.as_of)}. {act.notice}"


def _date(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"


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
    return tuple(_act_question(q) for q in ai_act().questions if q.key in wanted)


def _act_question(question: ActQuestion) -> Question:
    why = f"{question.help} ({question.article})"
    return Question(question.key, question.gate.label, question.question, why, _YES_NO)


def _act_finding(use_case: UseCase) -> Finding:
    reading = act_reading(use_case)
    reasons = [reason.sentence for reason in reading.reasons]
    reasons += [
        f"{duty.duty.title} ({duty.duty.article}), from {_date(duty.applies_from)}"
        for duty in reading.duties
    ]
    if reading.blocks_go and use_case.decision is Decision.GO:
        headline = "Prohibited under the EU AI Act: the go that was recorded does not hold."
    elif reading.blocks_go:
        headline = "Prohibited under the EU AI Act: a go cannot be recorded."
    elif reading.tier is ActTier.OPEN:
        headline = (
            f"EU AI Act: not settled yet, {plural(len(reading.open), 'question')} open; at worst "
            f"{within(reading.may_become.label)}."
        )
    elif not reading.settled:
        headline = (
            f"EU AI Act: {within(reading.tier.label)} so far; the open questions may make it "
            f"{within(reading.may_become.label)}."
        )
    else:
        headline = f"EU AI Act: {within(reading.tier.label)}."
    return Finding(_TONES[reading.tier], headline, (*reasons, act_notice()))


def _rmf_questions(_: UseCase) -> tuple[Question, ...]:
    return tuple(
        Question(
            q.key, q.function.label, q.question, f"{q.why} A yes can show: {q.evidence}", _YES_NO
        )
        for q in rmf()
    )


def rmf_reading(use_case: UseCase) -> tuple[FunctionReport, ...]:
    """Return where the answers of a use case put each function of the NIST AI RMF."""
    questions = rmf()
    known = {question.key for question in questions}
    return framework_report(questions, _known(_given(use_case, "nist_ai_rmf"), known))


def _rmf_finding(use_case: UseCase) -> Finding:
    reports = rmf_reading(use_case)
    met, total = sum(len(r.met) for r in reports), sum(r.total for r in reports)
    missing = [q.question for report in reports for q in report.missing]
    open_ = sum(len(report.open) for report in reports)
    tone = Tone.GOOD if met == total else Tone.CARE if missing else Tone.OPEN
    headline = f"NIST AI RMF: {met} of {total} in place, {open_} open."
    by_function = join([f"{r.function.label} {len(r.met)} of {r.total}" for r in reports])
    return Finding(
        tone, headline, (f"{by_function}.", *(f"Missing: {question}" for question in missing))
    )


def _relevance_questions(_: UseCase) -> tuple[Question, ...]:
    return tuple(
        Question(
            q.id,
            "Technical" if q.side == "technical" else "Commercial",
            q.question,
            q.why,
            tuple(Choice(a.value, a.label, getattr(q.means, a.value)) for a in Answer),
        )
        for q in library().entries(relevance_pack.KIND)
    )


def relevance_of(use_case: UseCase) -> RelevanceReport:
    """Return what the answers of a use case say about its relevance to AI."""
    questions = library().entries(relevance_pack.KIND)
    asked, choices = {q.id for q in questions}, {choice.value: choice for choice in Answer}
    return relevance(
        questions,
        {
            key: choices[answer]
            for key, answer in _given(use_case, "relevance")
            if key in asked and answer in choices
        },
    )


def _relevance_finding(use_case: UseCase) -> Finding:
    report = relevance_of(use_case)
    overruled = use_case.relevance_overruled
    headline = f"{report.verdict.label}. {report.summary}"
    if overruled is not RelevanceDecision.FOLLOW:
        headline = f"Overruled by the team: {within(overruled.label)}. The checklist: {headline}"
    reasons = [f"{reason.question.question} {reason.meaning}" for reason in report.reasons]
    return Finding(_VERDICT_TONES[report.verdict], headline, tuple(reasons))


_VERDICT_TONES: Final = {
    Relevance.SUITED: Tone.GOOD,
    Relevance.RULES: Tone.CARE,
    Relevance.NO_DATA: Tone.CARE,
    Relevance.REFRAME: Tone.CARE,
    Relevance.DO_NOT_PURSUE: Tone.STOP,
    Relevance.UNDECIDED: Tone.OPEN,
}


def _ladder_questions(use_case: UseCase) -> tuple[Question, ...]:
    chosen = highest_rung(use_case)
    wanted = {*(lower_rungs(chosen) if chosen else ()), *reasons_given(use_case)}
    return tuple(
        Question(
            rung.id.value,
            "Why not a lower rung?",
            f"{rung.title}: {rung.why_not}",
            f"For example: {rung.good_reasons[0]}",
            note=f"Why {within(rung.id.label)} is not enough",
        )
        for rung in library().entries(LADDER)
        if rung.id in wanted
    )


def _ladder_finding(use_case: UseCase) -> Finding:
    chosen = highest_rung(use_case)
    if chosen is None:
        return Finding(Tone.OPEN, "Add options first: the questions follow from the highest rung.")
    report = climb(chosen, reasons_given(use_case))
    name = within(chosen.label)
    if report.earned:
        return Finding(Tone.GOOD, f"The highest rung is {name}, and each lower one is answered.")
    return Finding(Tone.CARE, f"The highest rung is {name}.", (report.summary,))


def _premortem_questions(_: UseCase) -> tuple[Question, ...]:
    choices = tuple(Choice(exposure.value, exposure.label) for exposure in Exposure)
    return tuple(
        Question(p.key, p.theme.label, p.failure, p.check, choices, "What to do about it")
        for p in library().entries(PREMORTEM)
    )


def _premortem_finding(use_case: UseCase) -> Finding:
    prompts = {p.key: p for p in library().entries(PREMORTEM)}
    given = use_case.answers_to("premortem")
    could = [key for key in prompts if key in given and given[key].answer == Exposure.COULD]
    open_ = [key for key in could if not given[key].note]
    seen = sum(bool(given[key].answer) for key in prompts if key in given)
    if not seen:
        return Finding(Tone.OPEN, f"{plural(len(prompts), 'way')} to fail, none looked at yet.")
    if not open_:
        headline = f"{seen} of {len(prompts)} looked at; everything that could happen is met."
        return Finding(Tone.GOOD, headline)
    headline = f"{plural(len(open_), 'failure')} could happen here and nothing is planned yet."
    return Finding(Tone.CARE, headline, tuple(prompts[key].failure for key in open_))


RELEVANCE: Final = Checklist("relevance", "Relevance", _relevance_questions, _relevance_finding)
APPROACH_LADDER: Final = Checklist(
    ANSWERED_UNDER, "Approach ladder", _ladder_questions, _ladder_finding
)
PRE_MORTEM: Final = Checklist("premortem", "Pre-mortem", _premortem_questions, _premortem_finding)
EU_AI_ACT: Final = Checklist(
    "eu_ai_act",
    "EU AI Act",
    _act_questions,
    _act_finding,
    {gate.label: YesNo.NO.value for gate in _LISTS_OF_USES},
)
NIST_AI_RMF: Final = Checklist("nist_ai_rmf", "NIST AI RMF", _rmf_questions, _rmf_finding)

CHECKLISTS: Final[dict[str, Checklist]] = {
    checklist.id: checklist
    for checklist in (RELEVANCE, APPROACH_LADDER, PRE_MORTEM, EU_AI_ACT, NIST_AI_RMF)
}
"""Every checklist by the name its answers are stored under; a new one is a line here."""


def read_content() -> None:
    """Read what the checklists ask, so that showing one does not wait for it."""
    ai_act()
    rmf()
