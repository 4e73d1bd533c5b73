"""Small portfolios built in memory: nothing is stored, so that every state is a few lines away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import numpy as np

from scoper.board import Board, build_board
from scoper.scoping.asked import CHECKLISTS
from scoper.scoring.matrix import Array
from scoper.snapshot import (
    Acceptance,
    Answer,
    Cost,
    Criterion,
    Dataset,
    Effort,
    Evidence,
    Kpi,
    Milestone,
    Participant,
    Portfolio,
    Risk,
    Role,
    Solution,
    UseCase,
)
from scoper.terms import (
    Aggregation,
    Approach,
    CostCategory,
    Decision,
    Dimension,
    Direction,
    Feasibility,
    Finding,
    KpiKind,
    PersonalData,
    Phase,
    Recurrence,
    RiskCategory,
    Stage,
)

NASTY = (
    "=1+1",
    "# x",
    "![a](file:///etc/passwd)",
    "[link](https://example.org)",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "<b>bold</b> &amp; <script>",
    "a | b | c",
    "*star* _under_ `code` ~~gone~~",
    "1. one\n2. two\n\n- three\n\n    four",
    "> quote\n===\n---",
    "https://example.org",
    "@cmd, +1, -1",
    "back\\slash\\",
    "**[To be written: nothing]**",
    "[x]: https://example.org",
    "ends with #",
    "日本語, عربى, Ελληνικά, ✓",
)
"""Texts that mean something to a spreadsheet, a template or Markdown."""

ENGINEER = Role(UUID(int=1), "Engineer", 600.0, 20.0)
EXPERT = Role(UUID(int=2), "Expert", None, None)

ASKED = [phase for phase in Phase if phase.is_asked]


def criterion(key: str, dimension: Dimension, weight: float = 1.0, **more: Any) -> Criterion:
    """Return a criterion rated from 1 to 5, with anchors."""
    category = RiskCategory.DOMAIN if dimension is Dimension.RISK else None
    values: dict[str, Any] = {
        "title": key.capitalize(),
        "question": f"How much {key}?",
        "low": 1.0,
        "high": 5.0,
        "unit": "",
        "anchors": tuple((level, f"{key} level {level}") for level in range(1, 6)),
    } | more
    return Criterion(
        id=uuid4(), key=key, dimension=dimension, category=category, weight=weight, **values
    )


CRITERIA = (
    criterion("value", Dimension.IMPACT, 50),
    criterion("reach", Dimension.IMPACT, 25),
    criterion("data", Dimension.FEASIBILITY, 40),
    criterion("skill", Dimension.FEASIBILITY, 35),
    criterion("harm", Dimension.RISK, 3),
    criterion("speed", Dimension.RISK, 1, low=0.0, high=200.0, unit="ms", anchors=()),
    criterion("unused", Dimension.IMPACT, 0),
)


def board_of(
    *use_cases: UseCase,
    ratings: Array | None = None,
    criteria: Sequence[Criterion] = CRITERIA,
    people: int = 3,
    **portfolio: Any,
) -> Board:
    """Return the board of these use cases, rated at random (always alike) unless told."""
    shape = (len(use_cases), len(criteria), people)
    values: dict[str, Any] = {
        "title": "Test portfolio",
        "organisation": "Tavelund",
        "currency": "EUR",
        "method": "balanced",
        "aggregation": Aggregation.MEAN,
        "parameters": {"balanced": {"risk_aversion": 1.6, "p_low": 0.15, "p_high": 0.85}},
    } | portfolio
    return build_board(
        Portfolio(
            id=uuid4(),
            version=1,
            criteria=tuple(criteria),
            participants=tuple(
                Participant(uuid4(), f"Person {n}", "Team", weight=1.0 + n) for n in range(people)
            ),
            roles=(ENGINEER, EXPERT),
            use_cases=use_cases,
            ratings=rated(shape) if ratings is None else ratings,
            abstained=np.zeros(shape, dtype=np.bool_),
            **values,
        )
    )


def rated(shape: tuple[int, int, int], seed: int = 7) -> Array:
    """Return ratings from 1 to 5, some of them missing but never all of a cell."""
    draw = np.random.default_rng(seed)
    ratings: Array = draw.integers(1, 6, shape).astype(np.float64)
    gaps = draw.random(shape) < 0.2
    gaps[:, :, 0] = False
    ratings[gaps] = np.nan
    return ratings


def bare(title: str = "Bare idea", key: str = "UC-09", **fields: Any) -> UseCase:
    """Return a use case of which only the title is known, and what is given."""
    return UseCase(id=uuid4(), key=key, title=title, **fields)


def full(key: str = "UC-01", **fields: Any) -> UseCase:
    """Return a use case with everything the five steps ask."""
    rules, model = uuid4(), uuid4()
    values: dict[str, Any] = {
        "title": "Invoice matching",
        "summary": "Propose the order for every invoice.",
        "function": "Finance",
        "organisation": "Accounts payable",
        "stage": Stage.SCOPING,
        "problem": "One invoice in nine is paid late.\n\nSuppliers ring to ask.",
        "affected": "14 clerks and 2,300 suppliers",
        "context": "At month end",
        "current_cost": 620_000.0,
        "current_volume": "9,400 invoices a month",
        "problem_evidence": "Controlling, 2025 close",
        "if_nothing": "We hire two clerks.",
        "simpler_fix": "Partly; rules come first.",
        "technical_relevance": "The same judgement thousands of times.",
        "commercial_relevance": "The CFO asks for it.",
        "owner": "Jo Verhagen, head of accounts payable",
        "expected_output": "A proposed match in the queue",
        "work_change": "No more searching in three systems",
        "oversight": "A clerk accepts or corrects every match",
        "response_time": "Within five minutes",
        "peak_load": "450 a day, 1,300 on the first of a month",
        "cost_per_case": "€0.40",
        "data_notes": "Five years of cases.",
        "benefits": "Suppliers are paid on time.",
        "benefit_low": 100_000.0,
        "benefit_likely": 420_000.0,
        "benefit_high": 510_000.0,
        "benefit_basis": "Hours saved.",
        "rollback_trigger": "Any duplicate payment.",
        "partner_teams": "Buying cleans up orders.",
        "hiring": "Nobody new.",
        "capacity_note": "The report waits.",
        "decision": Decision.GO,
        "decision_reason": "Pays back in a year.",
        "decided_by": "Ann, COO",
        "decided_on": dt.date(2026, 10, 22),
        "solutions": (
            Solution(
                rules, "Match by rules", Approach.RULES, "Invoice", "Match", "Exact match",
                shortlisted=True, reason="Cheap.", feasibility=Feasibility.FEASIBLE,
                feasibility_reason="71 % matched.",
            ),
            Solution(
                model, "Buy a module", Approach.BUY, shortlisted=True,
                feasibility=Feasibility.RULED_OUT, feasibility_reason="Needs other data.",
            ),
            Solution(uuid4(), "Do it by phone", reason="Too slow."),
        ),
        "evidence": (
            Evidence(
                uuid4(), rules, statement="71 % of 1,200 released.", source="Test log",
                found_on=dt.date(2026, 9, 28),
            ),
            Evidence(uuid4(), None, statement="People look less.", finding=Finding.MIXED),
        ),
        "datasets": (
            Dataset(
                uuid4(), "Invoice archive", "Jo", {"access": 5, "lineage": 4, "labels": 2},
                PersonalData.YES, "Contract", "In the EU", "Retrain each quarter",
                improvement="Map old codes.",
            ),
        ),
        "risks": (
            Risk(uuid4(), "Nobody looks", RiskCategory.ORGANISATIONAL, 3, 4, "Plant errors.", "Jo"),
            Risk(uuid4(), "The vendor leaves", RiskCategory.EXTERNAL),
        ),
        "kpis": (
            Kpi(
                uuid4(), "Invoices paid late", KpiKind.BUSINESS, "% of invoices", Direction.DOWN,
                11.0, 4.0, dt.date(2027, 10, 31), "Jo", "Birgit, CFO",
            ),
            Kpi(uuid4(), "Right at first", KpiKind.MODEL, "%", Direction.UP, 93.0, 96.0),
            Kpi(uuid4(), "Duplicates", KpiKind.GUARDRAIL, "", Direction.DOWN, 0.0, 0.0),
        ),
        "acceptance": (Acceptance(uuid4(), "95 % of proposals are right", "Audit"),),
        "milestones": tuple(
            Milestone(uuid4(), f"{phase.label} done", phase, dt.date(2027, 1 + 3 * n, 1), "Works")
            for n, phase in enumerate(ASKED)
        ),
        "costs": (
            Cost(
                uuid4(), "Connection", CostCategory.SOFTWARE, Phase.MVP, Recurrence.ONE_OFF,
                14_000.0, 20_000.0, 32_000.0,
            ),
            Cost(
                uuid4(), "Computing", CostCategory.INFRASTRUCTURE, Phase.MVP, Recurrence.YEARLY,
                None, 9_000.0, None,
            ),
        ),
        "efforts": (
            *(Effort(uuid4(), ENGINEER.id, phase, 12.0, "Bartosz") for phase in ASKED),
            Effort(uuid4(), EXPERT.id, Phase.PILOT, 4.5),
        ),
        "answers": (Answer(uuid4(), "relevance", "volume", "yes", "14,000 a month"),),
    } | fields  # fmt: skip
    return UseCase(id=uuid4(), key=key, **values)


QUESTIONS = {
    name: [question.id for question in checklist.questions(full(answers=()))]
    for name, checklist in CHECKLISTS.items()
}
"""What each checklist asks of the full use case before anything is answered."""


def answers(**questionnaires: dict[str, str | tuple[str, str]]) -> tuple[Answer, ...]:
    """Return answers by checklist and question; one is a choice, or a choice and a note."""
    return tuple(
        Answer(uuid4(), name, question, *((said,) if isinstance(said, str) else said))
        for name, given in questionnaires.items()
        for question, said in given.items()
    )
