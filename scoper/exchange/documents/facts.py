"""A use case as plain data for a document: texts cleaned, numbers and dates in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from scoper.board import Board
from scoper.exchange.documents.advice import advice_facts
from scoper.exchange.documents.budget import budget_facts
from scoper.exchange.documents.listed import list_facts
from scoper.exchange.documents.metrics import metric_facts
from scoper.exchange.documents.phrasing import day, money, sentence
from scoper.exchange.documents.rollout import rollout_facts
from scoper.exchange.documents.standing import standing_facts
from scoper.scoping.risks import left_over, level, outlook
from scoper.snapshot import (
    Dataset,
    Evidence,
    Risk,
    Solution,
    UseCase,
)
from scoper.terms import (
    Decision,
    EvidenceKind,
    Feasibility,
    Finding,
    PersonalData,
    RiskCategory,
)
from scoper.text import clean, clean_line, join

if TYPE_CHECKING:
    from scoper.scoping.readiness import DataReadiness

NAMES: Final = ("organisation", "function", "owner")
"""The answers that name somebody; a full stop at their end would stop the sentence around them."""

TEXTS: Final = (
    "summary", "problem", "affected", "context", "current_volume",
    "problem_evidence", "if_nothing", "simpler_fix", "technical_relevance",
    "commercial_relevance", "expected_output", "work_change", "oversight", "data_notes", "benefits",
    "benefit_basis", "rollback_trigger", "partner_teams", "hiring", "capacity_note",
)  # fmt: skip
"""The answers that are handed on as they are."""


_WEAKEST: Final = 3
"""How many weak points of a data set a document names; the others are counted."""


def facts(board: Board, use_case_id: UUID, on: dt.date) -> dict[str, Any]:
    """Return everything a document may say about a use case: dicts, lists, texts and numbers.

    What is not known is an empty text or list, never None.

    Raises:
        NotFound: the use case is not in the portfolio.
    """
    board = board.completed()
    standing = standing_facts(board, use_case_id)
    portfolio = board.portfolio
    use_case = board.use_cases[portfolio.row_of[use_case_id]]
    currency = portfolio.currency
    return {
        "on": day(on),
        "portfolio": clean_line(portfolio.title),
        "house": clean_line(portfolio.organisation),
        **{name: clean(getattr(use_case, name)) for name in TEXTS},
        **{name: _name(getattr(use_case, name)) for name in NAMES},
        **_head(use_case, currency),
        **_options(use_case),
        "needs": _needs(use_case),
        "datasets": _datasets(use_case),
        "risks": [_risk(item) for item in sorted(use_case.risks, key=_weight)],
        "failures": [
            _risk(item)
            for item in sorted(use_case.risks, key=_weight)
            if item.category is RiskCategory.DOMAIN
        ],
        **metric_facts(use_case, currency),
        "acceptance": [
            {"statement": clean(item.statement), "check_by": _name(item.check_by)}
            for item in use_case.acceptance
        ],
        "lists": list_facts(portfolio, use_case),
        **rollout_facts(use_case),
        **advice_facts(use_case),
        "budget": budget_facts(portfolio, use_case, on),
        "standing": standing,
        "gates": board.progress(use_case_id),
        "gaps": [
            {
                "number": report.step.number,
                "step": report.step.title,
                "missing": [
                    sentence(clean_line(requirement.missing)) for requirement in report.missing
                ],
            }
            for report in board.steps[use_case_id]
            if report.missing
        ],
    }


def _name(words: str) -> str:
    return clean_line(words).removesuffix(".")


def _needs(use_case: UseCase) -> dict[str, Any]:
    """Return what a solution must manage, and in ``unsaid`` what nobody has said yet."""
    asked = [
        ("Speed", clean_line(use_case.response_time), "how fast it must answer"),
        ("Volume", clean_line(use_case.peak_load), "how many cases come at the peak"),
        ("Cost of one case", clean_line(use_case.cost_per_case), "what one case may cost"),
    ]
    return {
        "said": [{"title": title, "said": said} for title, said, _ in asked if said],
        "unsaid": join([words for _, said, words in asked if not said]),
    }


def _head(use_case: UseCase, currency: str) -> dict[str, Any]:
    low, likely, high = (
        "" if value is None else money(value, currency)
        for value in (use_case.benefit_low, use_case.benefit_likely, use_case.benefit_high)
    )
    sponsors = [_name(k.sponsor) for k in use_case.kpis if k.sponsor]
    return {
        "key": clean_line(use_case.key),
        "title": clean_line(use_case.title),
        "stage": use_case.stage.label,
        "area": _name(use_case.organisation or use_case.function),
        "current_cost": ""
        if use_case.current_cost is None
        else money(use_case.current_cost, currency),
        "benefit": {"low": low, "likely": likely, "high": high},
        "sponsor": sponsors[0] if sponsors else "",
        "decision": {
            "made": use_case.decision is not Decision.UNDECIDED,
            "label": use_case.decision.label,
            "reason": clean(use_case.decision_reason),
            "made_by": ", ".join(
                part for part in (_name(use_case.decided_by), day(use_case.decided_on)) if part
            ),
        },
    }


# ---------------------------------------------------------------- options and evidence


def _options(use_case: UseCase) -> dict[str, Any]:
    chosen = [
        s
        for s in use_case.solutions
        if s.shortlisted and s.feasibility is not Feasibility.RULED_OUT
    ]
    still_open = [s for s in chosen if s.feasibility is Feasibility.OPEN]
    return {
        "options": [_option(item) for item in use_case.solutions],
        "chosen": [_option(item) for item in chosen],
        "is_proven": not still_open,
        "open_options": [_option(item) for item in still_open],
        "dropped": [_option(item) for item in use_case.solutions if item not in chosen],
        "evidence": [_evidence(item, use_case.solutions) for item in use_case.evidence],
    }


def _option(item: Solution) -> dict[str, Any]:
    flow = [clean(part) for part in (item.input_data, item.task, item.output) if part]
    verdict = "Not shortlisted" if not item.shortlisted else item.feasibility.label
    if item.feasibility is Feasibility.RULED_OUT:
        verdict = item.feasibility.label
    return {
        "title": clean_line(item.title),
        "approach": item.approach.label,
        "input": clean(item.input_data),
        "task": clean(item.task),
        "output": clean(item.output),
        "flow": " → ".join(flow),
        "is_model": item.approach.uses_ai,
        "is_ruled_out": item.feasibility is Feasibility.RULED_OUT,
        "sophistication": item.sophistication.label if item.sophistication else "",
        "proposed_by": item.proposed_by.label if item.proposed_by else "",
        "is_open": item.feasibility is Feasibility.OPEN,
        "reason": clean(item.reason),
        "verdict": verdict,
        "because": clean(item.feasibility_reason),
        "next_step": clean(item.next_step),
    }


_SPEAKS: Final = {
    Finding.SUPPORTS: "for",
    Finding.MIXED: "for and against",
    Finding.CONTRADICTS: "against",
}


def _evidence(item: Evidence, options: tuple[Solution, ...]) -> dict[str, str]:
    about = next((clean_line(o.title) for o in options if o.id == item.solution_id), "")
    strength = f"{item.strength.label.lower()} " if item.strength else ""
    return {
        "kind": item.kind.label,
        "strength": item.strength.label.lower() if item.strength else "",
        "weight": f"{strength}evidence {_SPEAKS[item.finding]}",
        "about": f"“{about}”" if about else "the idea",
        "statement": clean(item.statement),
        "source": _source(item),
    }


def _source(item: Evidence) -> str:
    """Return where evidence comes from, with the day unless it is named or a publication's."""
    source, found = clean_line(item.source), day(item.found_on)
    named = clean_line(found) in source or item.kind is EvidenceKind.LITERATURE
    return source if source and named else ", ".join(part for part in (source, found) if part)


# ---------------------------------------------------------------- data and risks


def _datasets(use_case: UseCase) -> list[dict[str, Any]]:
    if not use_case.datasets:
        return []
    from scoper.scoping.data_sets import checks_in_use  # noqa: PLC0415
    from scoper.scoping.readiness import dataset_readiness, learns  # noqa: PLC0415

    checks = checks_in_use()
    titles = {check.key: check.title for check in checks}
    labelled = learns(use_case)
    return [
        _dataset(item, dataset_readiness(checks, item, learns=labelled), titles)
        for item in use_case.datasets
    ]


def _dataset(item: Dataset, report: DataReadiness, titles: dict[str, str]) -> dict[str, Any]:
    unfit = {point.key for point in (*report.blockers, *report.weak)}
    weak = [
        f"{titles[key]} {grade}"
        for key, grade in sorted(item.grades.items(), key=lambda pair: pair[1])
        if key in unfit & set(titles)
    ]
    more = len(weak) - _WEAKEST
    score = "" if report.score is None else f"{report.score:.1f} of 5, "
    return {
        "title": clean_line(item.title),
        "owner": _name(item.owner),
        "readiness": score + report.state.label.lower(),
        "weak": f"{', '.join(weak[:_WEAKEST])} and {more} more" if more > 1 else ", ".join(weak),
        "blockers": [clean_line(point.statement) for point in report.blockers],
        "is_personal": item.personal_data is PersonalData.YES,
        "is_unclear": item.personal_data is PersonalData.UNKNOWN,
        "legal_basis": clean_line(item.legal_basis),
        "localisation": clean_line(item.localisation),
        "retraining_plan": clean(item.retraining_plan),
        "improvement": clean(item.improvement),
    }


def _weight(item: Risk) -> int:
    return -(item.likelihood or 0) * (item.severity or 0)


def _risk(item: Risk) -> dict[str, Any]:
    return {
        "title": clean_line(item.title),
        "category": item.category.label,
        "is_organisational": item.category is RiskCategory.ORGANISATIONAL,
        "is_external": item.category is RiskCategory.EXTERNAL,
        "likelihood": str(item.likelihood or "–"),
        "severity": str(item.severity or "–"),
        "outlook": outlook(item),
        "left": "–" if (left := left_over(item)) is None else level(*left).label,
        "mitigation": clean(item.mitigation),
        "owner": _name(item.owner),
    }
