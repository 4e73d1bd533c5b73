"""What the checklists say about a use case, as plain data for documents."""

from __future__ import annotations

from typing import Any, Final

from scoper.exchange.documents.phrasing import day
from scoper.scoping.ladder import highest_rung, lower_rungs, reasons_given
from scoper.scoping.options import is_ruled_out
from scoper.snapshot import UseCase
from scoper.terms import (
    ActTier,
    Decision,
    Exposure,
    Relevance,
    RelevanceDecision,
)
from scoper.text import clean, join, within

_POINTS: Final = 3
"""How many weak points behind a verdict a document states."""

_TOLD: Final = "It is a year from now and it failed because "
"""How the prompts of the library begin; a list of failures does not repeat it."""


def advice_facts(use_case: UseCase) -> dict[str, Any]:
    """Return what the checklists say: relevance, rungs ruled out, failures, AI Act, NIST AI RMF.

    Answers to questions that are no longer asked are left out. What has not been answered is an
    empty text or list, and ``is_answered`` is then false.
    """
    return {
        "relevance": _relevance(use_case),
        "lower_rungs": _lower_rungs(use_case),
        "premortem": _premortem(use_case),
        "governance": _governance(use_case),
        "framework": _framework(use_case),
    }


def _relevance(use_case: UseCase) -> dict[str, Any]:
    from scoper.scoping.asked import relevance_of  # noqa: PLC0415 - reads the library

    report = relevance_of(use_case)
    overruled = use_case.relevance_overruled
    points = report.open_points if report.verdict is Relevance.SUITED else report.reasons
    is_overruled = overruled is not RelevanceDecision.FOLLOW
    return {
        "is_answered": bool(report.answered) or is_overruled,
        "is_settled": report.verdict is not Relevance.UNDECIDED,
        "is_suited": report.verdict is Relevance.SUITED,
        "verdict": within(report.verdict.label),
        "summary": report.summary,
        "points": [
            {
                "question": point.question.question,
                "answer": point.answer.label,
                "meaning": point.meaning,
            }
            for point in points[:_POINTS]
        ],
        "overruled": within(overruled.label) if is_overruled else "",
        "why_overruled": clean(use_case.relevance_reason),
    }


def _lower_rungs(use_case: UseCase) -> list[dict[str, str]]:
    """Return the reasons against each rung below the highest one that is still in the race."""
    in_race = any(s.shortlisted and not is_ruled_out(s) for s in use_case.solutions)
    chosen = highest_rung(use_case) if in_race else None
    given = reasons_given(use_case)
    return [
        {"title": rung.label, "title_within": within(rung.label), "why": clean(given[rung])}
        for rung in (lower_rungs(chosen) if chosen else ())
        if given.get(rung)
    ]


def _premortem(use_case: UseCase) -> list[dict[str, str]]:
    from scoper.scoping.asked import PRE_MORTEM  # noqa: PLC0415 - reads the library

    given = use_case.answers_to("premortem")
    return [
        {
            "failure": question.text.removeprefix(_TOLD),
            "plan": clean(given[question.id].note),
        }
        for question in PRE_MORTEM.questions(use_case)
        if question.id in given and given[question.id].answer == Exposure.COULD
    ]


def _governance(use_case: UseCase) -> dict[str, Any]:
    from scoper.scoping.asked import (  # noqa: PLC0415 - reads the library
        EU_AI_ACT,
        act_notice,
        act_triage,
    )

    given = use_case.answers_to("eu_ai_act")
    reading = act_triage((key, answer.answer) for key, answer in given.items())
    is_open = not reading.settled or reading.tier is ActTier.OPEN
    return {
        "is_answered": any(
            question.id in given and given[question.id].answer
            for question in EU_AI_ACT.questions(use_case)
        ),
        "tier": within(reading.tier.label),
        "may_become": within(reading.may_become.label) if is_open else "",
        "blocks_go": reading.blocks_go,
        "voids_go": reading.blocks_go and use_case.decision is Decision.GO,
        "open": len(reading.open),
        "reasons": [reason.sentence for reason in reading.reasons],
        "duties": [
            {
                "title": duty.duty.title,
                "article": duty.duty.article,
                "from": day(duty.applies_from),
            }
            for duty in reading.duties
        ],
        "notice": act_notice(),
    }


def _framework(use_case: UseCase) -> dict[str, Any]:
    from scoper.scoping.asked import rmf_reading  # noqa: PLC0415 - reads the library

    reports = rmf_reading(use_case)
    return {
        "is_answered": any(report.met or report.missing for report in reports),
        "met": sum(len(report.met) for report in reports),
        "total": sum(report.total for report in reports),
        "open": sum(len(report.open) for report in reports),
        "functions": join([f"{r.function.label} {len(r.met)} of {r.total}" for r in reports]),
        "missing": [
            {"question": question.question, "category": question.category}
            for report in reports
            for question in report.missing
        ],
    }
