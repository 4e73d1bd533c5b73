"""The gates of the five steps as tables: what was entered, the state, what is still missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from scoper.library.in_use import ai_act
from scoper.scoping import STEPS, StepReport, StepState, rests_on_content, review
from scoper.snapshot import (
    Acceptance,
    Answer,
    Cost,
    Dataset,
    Effort,
    Evidence,
    Kpi,
    Milestone,
    Risk,
    Solution,
    Staffing,
    UseCase,
)
from scoper.terms import ActGate, Approach, Decision, Direction, Feasibility, KpiKind, Phase

UNTOUCHED, STARTED, OPEN, PASSED = StepState

ROLE = uuid4()
DAY = dt.date(2027, 3, 1)
Answers = dict[str, Any]


def option(title: str, approach: Approach = Approach.PROCESS, **answers: Any) -> Solution:
    return Solution(uuid4(), title, approach, **answers)


def climbed(*rungs: str) -> tuple[Answer, ...]:
    """Return reasons why rungs are not enough."""
    return tuple(Answer(uuid4(), "ladder", rung, note="Tried it for a quarter") for rung in rungs)


def act(**answers: str) -> tuple[Answer, ...]:
    """Return answers to questions on the EU AI Act."""
    return tuple(Answer(uuid4(), "eu_ai_act", key, answer) for key, answer in answers.items())


def kpi(title: str, kind: KpiKind = KpiKind.BUSINESS, **answers: Any) -> Kpi:
    return Kpi(uuid4(), title, kind, **answers)


def report(step: str, answers: Answers, staffing: Staffing | None = None) -> StepReport:
    use_case = UseCase(id=uuid4(), key="UC-01", title="Late invoices", **answers)
    (found,) = (r for r in review(use_case, staffing or Staffing()) if r.step.key == step)
    return found


def check(
    step: str,
    answers: Answers,
    state: StepState,
    missing: list[str],
    staffing: Staffing | None = None,
) -> None:
    found = report(step, answers, staffing)
    assert [r.missing for r in found.missing] == missing
    assert found.state is state


# ---------------------------------------------------------------- 1 Problem

PROBLEM: Answers = {
    "problem": "One in nine invoices is paid late",
    "owner": "Head of accounts payable",
    "current_cost": 310_000.0,
    "problem_evidence": "Finance controlling",
}
ASK_PROBLEM = [
    "State the business problem",
    "Name an owner",
    "Say what it costs today, or how often it happens",
    "Name a source of evidence",
]


@pytest.mark.parametrize(
    ("answers", "state", "missing"),
    [
        ({}, UNTOUCHED, ASK_PROBLEM),
        ({"affected": "14 clerks"}, STARTED, ASK_PROBLEM),
        ({"problem": "Invoices are late"}, OPEN, ASK_PROBLEM[1:]),
        ({**PROBLEM, "problem": ""}, OPEN, ASK_PROBLEM[:1]),
        (
            {**PROBLEM, "problem": "We need a chatbot"},
            OPEN,
            ["State the problem without naming a technology (“chatbot”)"],
        ),
        ({**PROBLEM, "owner": ""}, OPEN, ASK_PROBLEM[1:2]),
        ({**PROBLEM, "current_cost": None}, OPEN, ASK_PROBLEM[2:3]),
        ({**PROBLEM, "problem_evidence": ""}, OPEN, ASK_PROBLEM[3:]),
        (PROBLEM, PASSED, []),
        ({**PROBLEM, "current_cost": 0.0}, PASSED, []),
        ({**PROBLEM, "current_cost": None, "current_volume": "14,000 a month"}, PASSED, []),
    ],
)
def test_problem_gate(answers: Answers, state: StepState, missing: list[str]) -> None:
    check("problem", answers, state, missing)


# ---------------------------------------------------------------- 2 Solutions

ASK_OPTIONS = [
    "Add at least two options",
    "Add an option without AI",
    "Shortlist at least one option",
]


@pytest.mark.parametrize(
    ("answers", "state", "missing"),
    [
        ({}, UNTOUCHED, ASK_OPTIONS),
        ({"expected_output": "A proposed match"}, STARTED, ASK_OPTIONS),
        (
            {"solutions": (option("Learn it", Approach.BUILD),)},
            STARTED,
            ["Add a second option", *ASK_OPTIONS[1:]],
        ),
        (
            {"solutions": (option("Match"),)},
            OPEN,
            ["Add a second option", ASK_OPTIONS[2]],
        ),
        (
            {
                "solutions": (
                    option("A", Approach.BUY, shortlisted=True, reason="Cheap"),
                    option("B", Approach.ADAPT),
                ),
                "answers": climbed("process", "rules", "analytics"),
            },
            OPEN,
            ASK_OPTIONS[1:2],
        ),
        ({"solutions": (option("A"), option("B", Approach.BUILD))}, OPEN, ASK_OPTIONS[2:]),
        (
            {"solutions": (option("A", shortlisted=True), option("B"))},
            OPEN,
            ["Say why you shortlisted “A”"],
        ),
        (
            {
                "solutions": (
                    option("A", shortlisted=True, reason="Cheap"),
                    option("New option"),
                )
            },
            OPEN,
            ["Add a second option", "Say what “New option” is, or delete it"],
        ),
        (
            {"solutions": tuple(option(name, shortlisted=True) for name in "ABCD")},
            OPEN,
            ["Say why you shortlisted “A”, “B” and 2 more"],
        ),
        (
            {
                "solutions": (
                    option("A", shortlisted=True, reason="Cheap"),
                    option("B", Approach.BUILD),
                )
            },
            PASSED,
            [],
        ),
    ],
)
def test_solutions_gate(answers: Answers, state: StepState, missing: list[str]) -> None:
    check("solutions", answers, state, missing)


@pytest.mark.parametrize(
    ("chosen", "reasons", "missing"),
    [
        (Approach.PROCESS, {}, []),
        (Approach.RULES, {}, ["Say why this is not enough: process fix"]),
        (Approach.RULES, {"process": "No"}, ["Say more about how it fell short: process fix"]),
        (Approach.RULES, {"process": "Suppliers ignore the portal"}, []),
        (
            Approach.BUILD,
            {"process": "Suppliers ignore the portal", "analytics": "No", "build": "It learns"},
            [
                "Say why this is not enough: rules, buy a product and adapt a model. "
                "Say more about how it fell short: analytics or report"
            ],
        ),
        (
            Approach.BUY,
            dict.fromkeys(("process", "rules", "analytics"), "Tried it for a quarter"),
            [],
        ),
    ],
)
def test_a_higher_rung_is_asked_why_each_lower_one_fails(
    chosen: Approach, reasons: dict[str, str], missing: list[str]
) -> None:
    answers: Answers = {
        "solutions": (
            option("A", chosen, shortlisted=True, reason="Best"),
            option("B", Approach.PROCESS),
        ),
        "answers": tuple(
            Answer(uuid4(), "ladder", rung, note=note) for rung, note in reasons.items()
        ),
    }
    check("solutions", answers, OPEN if missing else PASSED, missing)
    for requirement in report("solutions", answers).missing:
        assert requirement.field == "ladder"


def test_a_rung_that_is_ruled_out_needs_no_reason() -> None:
    answers: Answers = {
        "solutions": (
            option(
                "A",
                Approach.BUILD,
                shortlisted=True,
                reason="Best",
                feasibility=Feasibility.RULED_OUT,
                feasibility_reason="Too slow",
            ),
            option("B", Approach.BUY),
            option("C"),
        )
    }
    check("solutions", answers, PASSED, [])


def test_rungs_above_the_shortlist_need_no_reason() -> None:
    answers: Answers = {
        "solutions": (
            option("A", shortlisted=True, reason="Cheap"),
            option("B", Approach.BUILD),
        )
    }
    check("solutions", answers, PASSED, [])


@pytest.mark.parametrize(
    ("approach", "without_ai"),
    [
        (Approach.PROCESS, True),
        (Approach.RULES, True),
        (Approach.ANALYTICS, True),
        (Approach.BUY, False),
        (Approach.ADAPT, False),
        (Approach.BUILD, False),
    ],
)
def test_which_rungs_of_the_ladder_count_as_without_ai(
    approach: Approach, without_ai: bool
) -> None:
    found = report("solutions", {"solutions": (option("A", approach),)})
    assert ("Add an option without AI" not in [r.missing for r in found.missing]) is without_ai


# ---------------------------------------------------------------- 3 Feasibility and value


def shortlisted(title: str, feasibility: Feasibility, **answers: Any) -> Solution:
    return option(title, shortlisted=True, feasibility=feasibility, **answers)


def graded(likelihood: int, severity: int, likelihood_left: int, severity_left: int) -> Risk:
    return Risk(
        uuid4(),
        "Nobody checks",
        likelihood=likelihood,
        severity=severity,
        residual_likelihood=likelihood_left,
        residual_severity=severity_left,
    )


FEASIBLE = shortlisted("A", Feasibility.FEASIBLE)
RULED_OUT = shortlisted("A", Feasibility.RULED_OUT, feasibility_reason="Too slow")
ASK_BENEFIT = "Estimate the annual benefit"
VALUE: Answers = {"benefit_likely": 100_000.0}


@pytest.mark.parametrize(
    ("answers", "state", "missing"),
    [
        ({}, UNTOUCHED, ["Shortlist an option in step 2 first", ASK_BENEFIT]),
        (
            {"solutions": (option("A"),)},
            UNTOUCHED,
            ["Shortlist an option in step 2 first", ASK_BENEFIT],
        ),
        (
            {"solutions": (option("A", shortlisted=True),)},
            UNTOUCHED,
            ["“A” is still open: decide, or plan the next step", ASK_BENEFIT],
        ),
        ({"solutions": (FEASIBLE,)}, OPEN, [ASK_BENEFIT]),
        (
            {"solutions": (shortlisted("A", Feasibility.OPEN, next_step="Test in March"),)},
            OPEN,
            [ASK_BENEFIT],
        ),
        (
            {"solutions": (shortlisted("A", Feasibility.RULED_OUT), option("B"))},
            STARTED,
            [
                "Say why “A” is ruled out",
                ASK_BENEFIT,
            ],
        ),
        (
            {"solutions": (RULED_OUT, option("B")), **VALUE},
            OPEN,
            ["Every shortlisted option is ruled out: “B” is next"],
        ),
        (
            {"solutions": (RULED_OUT, option("B", feasibility=Feasibility.RULED_OUT)), **VALUE},
            OPEN,
            ["Say why “B” is ruled out"],
        ),
        (
            {"solutions": (RULED_OUT, replace(RULED_OUT, title="B", shortlisted=False)), **VALUE},
            OPEN,
            ["Every option is ruled out: add another, or decide against the use case"],
        ),
        (
            {
                "solutions": (RULED_OUT, replace(RULED_OUT, title="B", shortlisted=False)),
                "decision": Decision.NO_GO,
                **VALUE,
            },
            PASSED,
            [],
        ),
        (
            {"solutions": (RULED_OUT, option("B")), "decision": Decision.NO_GO, **VALUE},
            OPEN,
            ["Every shortlisted option is ruled out: “B” is next"],
        ),
        (
            {"solutions": (RULED_OUT, shortlisted("B", Feasibility.OPEN)), **VALUE},
            OPEN,
            ["“B” is still open: decide, or plan the next step"],
        ),
        (VALUE, OPEN, ["Shortlist an option in step 2 first"]),
        ({"solutions": (FEASIBLE,), **VALUE}, PASSED, []),
        ({"solutions": (FEASIBLE,), "benefit_likely": 0.0}, PASSED, []),
        (
            {"solutions": (FEASIBLE,), **VALUE, "benefit_low": 100_001.0},
            OPEN,
            ["Put the low, likely and high benefit into rising order"],
        ),
        (
            {"solutions": (FEASIBLE,), **VALUE, "benefit_high": 1.0},
            OPEN,
            ["Put the low, likely and high benefit into rising order"],
        ),
        (
            {"solutions": (FEASIBLE,), **VALUE, "benefit_low": 1e5, "benefit_high": 1e5},
            PASSED,
            [],
        ),
        (
            {"solutions": (FEASIBLE,), **VALUE, "risks": (graded(2, 4, 2, 3), graded(2, 4, 3, 1))},
            OPEN,
            ["Grade what is left of “Nobody checks” no higher than the risk itself"],
        ),
        ({"solutions": (FEASIBLE,), **VALUE, "risks": (graded(2, 4, 2, 4),)}, PASSED, []),
        ({"solutions": (RULED_OUT, replace(FEASIBLE, title="B")), **VALUE}, PASSED, []),
        (
            {"solutions": (shortlisted("A", Feasibility.OPEN, next_step="Test"),), **VALUE},
            PASSED,
            [],
        ),
    ],
)
def test_feasibility_gate(answers: Answers, state: StepState, missing: list[str]) -> None:
    check("feasibility", answers, state, missing)


LEARNS = replace(FEASIBLE, approach=Approach.BUILD)
LEARNS_RULED_OUT = replace(RULED_OUT, approach=Approach.BUILD)
ASK_ACT = "Answer the questions on the EU AI Act: it may still be “{}”"
ASK_CHANGE = "Change what the EU AI Act prohibits, or decide against the use case"
NOT_LISTED = act(
    **{
        question.key: "no"
        for gate in (ActGate.PROHIBITED, ActGate.PRODUCT, ActGate.LISTED, ActGate.TRANSPARENCY)
        for question in ai_act().of(gate)
    }
)


@pytest.mark.parametrize(
    ("options", "answers", "missing"),
    [
        ((FEASIBLE,), (), []),
        ((LEARNS,), (), [ASK_ACT.format("prohibited")]),
        ((LEARNS,), act(scope_ai_system="unsure"), [ASK_ACT.format("prohibited")]),
        ((LEARNS,), act(scope_eu="no"), []),
        ((LEARNS,), NOT_LISTED, []),
        (
            (LEARNS,),
            tuple(a for a in NOT_LISTED if not a.question.startswith("listed")),
            [ASK_ACT.format("high risk")],
        ),
        ((FEASIBLE, replace(LEARNS, shortlisted=False)), (), []),
        ((FEASIBLE, LEARNS_RULED_OUT), (), []),
        ((LEARNS,), act(ban_emotion="yes"), [ASK_CHANGE]),
        ((FEASIBLE,), act(ban_emotion="yes"), [ASK_CHANGE]),
        ((LEARNS,), act(ban_emotion="yes", scope_eu="no"), []),
    ],
)
def test_governance_is_part_of_the_gate(
    options: tuple[Solution, ...], answers: tuple[Answer, ...], missing: list[str]
) -> None:
    given: Answers = {**VALUE, "solutions": options, "answers": answers}
    check("feasibility", given, OPEN if missing else PASSED, missing)
    found = report("feasibility", given).missing
    assert [r.blocks_go for r in found] == [words == ASK_CHANGE for words in missing]
    assert {r.field for r in found} <= {"eu_ai_act"}


def test_who_decides_against_a_prohibited_use_has_done_what_the_gate_asks() -> None:
    prohibited: Answers = {**VALUE, "solutions": (LEARNS,), "answers": act(ban_emotion="yes")}
    check("feasibility", prohibited | {"decision": Decision.HOLD}, OPEN, [ASK_CHANGE])
    check("feasibility", prohibited | {"decision": Decision.NO_GO}, PASSED, [])


def test_without_the_library_governance_is_left_for_later() -> None:
    use_case = UseCase(
        id=uuid4(), key="UC-01", title="T", solutions=(LEARNS,), answers=act(ban_emotion="yes"),
        **VALUE,
    )  # fmt: skip
    assert rests_on_content(use_case)
    assert review(use_case, Staffing(), in_full=False)[2].state is PASSED
    assert review(use_case, Staffing())[2].state is OPEN
    assert not rests_on_content(replace(use_case, solutions=(FEASIBLE,), answers=()))


# ---------------------------------------------------------------- 4 KPIs and milestones

FULL_KPI = kpi("Paid late", direction=Direction.DOWN, baseline=11.0, target=4.0)
DATED = Milestone(uuid4(), "Live", Phase.ROLLOUT, DAY)
UNDATED = Milestone(uuid4(), "Pilot ends", Phase.PILOT)


@pytest.mark.parametrize(
    ("answers", "state", "missing"),
    [
        ({}, UNTOUCHED, ["Add a business KPI", "Plan milestones"]),
        ({"rollback_trigger": "1 % wrong"}, STARTED, ["Add a business KPI", "Plan milestones"]),
        (
            {"kpis": (kpi("Recall", KpiKind.MODEL, baseline=0.5, target=0.9),)},
            STARTED,
            ["Add a business KPI: a model metric alone does not pass", "Plan milestones"],
        ),
        (
            {
                "kpis": (kpi("Duplicates", KpiKind.GUARDRAIL, baseline=0.0, target=0.0),),
                "milestones": (DATED,),
            },
            OPEN,
            ["Add a business KPI"],
        ),
        (
            {"kpis": (kpi("Paid late", baseline=11.0),), "milestones": (DATED,)},
            OPEN,
            ["Give “Paid late” a baseline and a target"],
        ),
        ({"kpis": (FULL_KPI,)}, OPEN, ["Plan milestones"]),
        ({"kpis": (FULL_KPI,), "milestones": (DATED, UNDATED)}, OPEN, ["Date “Pilot ends”"]),
        (
            {"kpis": (FULL_KPI,), "milestones": (replace(DATED, phase=Phase.BASELINE),)},
            OPEN,
            ["Plan a milestone after the baseline"],
        ),
        (
            {"kpis": (FULL_KPI, kpi("New KPI")), "milestones": (DATED,)},
            OPEN,
            ["Say what “New KPI” is, or delete it"],
        ),
        (
            {
                "kpis": (kpi("New KPI", baseline=1.0, target=2.0),),
                "milestones": (replace(DATED, title="New milestone"),),
            },
            STARTED,
            [
                "Add a business KPI",
                "Say what “New KPI” is, or delete it",
                "Plan milestones",
                "Say what “New milestone” is, or delete it",
            ],
        ),
        (
            {
                "kpis": (replace(FULL_KPI, direction=Direction.UP),),
                "milestones": (DATED,),
            },
            OPEN,
            [
                "“Paid late”: higher is better, yet the target lies below the baseline; "
                "change the direction or the target"
            ],
        ),
        (
            {
                "kpis": (FULL_KPI, replace(FULL_KPI, title="Recall", target=12.0)),
                "milestones": (DATED,),
            },
            OPEN,
            [
                "“Recall”: lower is better, yet the target lies above the baseline; "
                "change the direction or the target"
            ],
        ),
        (
            {
                "kpis": (
                    FULL_KPI,
                    replace(FULL_KPI, title="Calls", kind=KpiKind.GUARDRAIL, target=12.0),
                ),
                "milestones": (DATED,),
            },
            PASSED,
            [],
        ),
        ({"kpis": (FULL_KPI, kpi("Other")), "milestones": (DATED,)}, PASSED, []),
        (
            {"kpis": (kpi("Errors", baseline=0.0, target=0.0),), "milestones": (DATED,)},
            PASSED,
            [],
        ),
    ],
)
def test_kpi_gate(answers: Answers, state: StepState, missing: list[str]) -> None:
    check("kpis", answers, state, missing)


# ---------------------------------------------------------------- 5 People, time and budget


def effort(phase: Phase, days: float = 10.0, role: UUID = ROLE) -> Effort:
    return Effort(uuid4(), role, phase, days)


def cost(phase: Phase, likely: float | None = 5_000.0) -> Cost:
    return Cost(uuid4(), "Licences", phase=phase, likely=likely)


ASKED = [phase for phase in Phase if phase.is_asked]
EFFORTS = tuple(effort(phase) for phase in ASKED)
COSTS = tuple(cost(phase) for phase in ASKED)
EVERY_PHASE = "Baseline, MVP, Pilot and Roll-out"
PRICED = Staffing(priced=frozenset({ROLE}))
OVERBOOKED = Staffing(overbooked=frozenset({ROLE}))
SHORT = Staffing(
    overbooked=frozenset({ROLE}),
    shortages=(
        (ROLE, "Engineer, 2027 Q2: 34 days asked for, 20 left"),
        (uuid4(), "Expert, 2027 Q2: 9 days asked for, 2 available"),
    ),
)


@pytest.mark.parametrize(
    ("answers", "staffing", "state", "missing"),
    [
        (
            {},
            Staffing(),
            UNTOUCHED,
            [f"Add effort for {EVERY_PHASE}", f"Add costs for {EVERY_PHASE}"],
        ),
        (
            {"hiring": "One engineer"},
            Staffing(),
            STARTED,
            [f"Add effort for {EVERY_PHASE}", f"Add costs for {EVERY_PHASE}"],
        ),
        ({"efforts": EFFORTS}, Staffing(), OPEN, [f"Add costs for {EVERY_PHASE}"]),
        (
            {"efforts": EFFORTS[:3], "costs": COSTS},
            Staffing(),
            OPEN,
            ["Add effort for Roll-out"],
        ),
        (
            {"efforts": (*EFFORTS[:3], effort(Phase.ROLLOUT, days=0)), "costs": COSTS},
            PRICED,
            OPEN,
            ["Add effort for Roll-out"],
        ),
        (
            {"efforts": EFFORTS, "costs": (*COSTS[1:], cost(Phase.BASELINE, likely=None))},
            Staffing(),
            OPEN,
            ["Add costs for Baseline"],
        ),
        ({"efforts": EFFORTS, "costs": COSTS}, Staffing(), PASSED, []),
        ({"efforts": EFFORTS}, PRICED, PASSED, []),
        (
            {"efforts": EFFORTS, "costs": COSTS},
            OVERBOOKED,
            OPEN,
            ["A role is over capacity: say what gives way"],
        ),
        (
            {"efforts": EFFORTS, "costs": COSTS, "capacity_note": "Reporting waits"},
            OVERBOOKED,
            PASSED,
            [],
        ),
        (
            {"efforts": EFFORTS, "costs": COSTS},
            SHORT,
            OPEN,
            ["Over-booked (Engineer, 2027 Q2: 34 days asked for, 20 left): say what gives way"],
        ),
        (
            {"efforts": EFFORTS, "costs": COSTS},
            Staffing(overbooked=frozenset({uuid4()})),
            PASSED,
            [],
        ),
        (
            {
                "efforts": (
                    replace(EFFORTS[0], days_low=11.0),
                    replace(EFFORTS[1], days_low=8.0, days_high=12.0),
                    replace(EFFORTS[2], days_high=9.0),
                    EFFORTS[3],
                ),
                "costs": (*COSTS[:3], replace(COSTS[3], low=7_000.0)),
            },
            Staffing(),
            OPEN,
            [
                "Put the low, likely and high days of Baseline and Pilot into rising order",
                "Put the low, likely and high cost of “Licences” into rising order",
            ],
        ),
    ],
)
def test_resources_gate(
    answers: Answers, staffing: Staffing, state: StepState, missing: list[str]
) -> None:
    check("resources", answers, state, missing, staffing)


# ---------------------------------------------------------------- all five

EVERYTHING: Answers = {
    **PROBLEM,
    **VALUE,
    "solutions": (shortlisted("A", Feasibility.FEASIBLE, reason="Cheap"), option("B")),
    "kpis": (FULL_KPI,),
    "milestones": (DATED,),
    "efforts": EFFORTS,
    "costs": COSTS,
}


def test_a_new_use_case_has_touched_no_step() -> None:
    reports = review(UseCase(id=uuid4(), key="UC-01", title="T"), Staffing())
    assert [r.step for r in reports] == list(STEPS)
    assert [r.state for r in reports] == [UNTOUCHED] * 5


def test_a_fully_scoped_use_case_passes_all_five_gates() -> None:
    reports = review(UseCase(id=uuid4(), key="UC-01", title="T", **EVERYTHING), Staffing())
    assert [(r.state, r.missing) for r in reports] == [(PASSED, ())] * 5


@pytest.mark.parametrize(
    ("step", "answers"),
    [
        ("feasibility", {"evidence": (Evidence(uuid4()),)}),
        ("feasibility", {"datasets": (Dataset(uuid4(), "Archive"),)}),
        ("feasibility", {"risks": (Risk(uuid4(), "Nobody checks"),)}),
        ("feasibility", {"solutions": (option("A", feasibility_reason="Too slow"),)}),
        ("kpis", {"acceptance": (Acceptance(uuid4(), "95 % right"),)}),
        ("resources", {"costs": (cost(Phase.MVP, likely=None),)}),
    ],
)
def test_anything_entered_starts_its_step_and_no_other(step: str, answers: Answers) -> None:
    touched = {s.key for s in STEPS if report(s.key, answers).state is not UNTOUCHED}
    expected = {step, "solutions"} if "solutions" in answers else {step}
    assert touched == expected


@pytest.mark.parametrize(("step", "name"), [(s.key, f.name) for s in STEPS for f in s.fields])
def test_every_answer_of_a_form_starts_its_step(step: str, name: str) -> None:
    value = 1.0 if "cost" in name or name.startswith("benefit_l") or name == "benefit_high" else "x"
    assert report(step, {name: value}).state is not UNTOUCHED


def test_what_is_missing_names_a_field_of_its_form() -> None:
    for answers in (
        {},
        {"solutions": (RULED_OUT,), "kpis": (kpi("A"),), "milestones": (UNDATED,)},
        {"solutions": (LEARNS,)},
    ):
        for step in STEPS:
            places = {f.name for f in step.fields} | {items.name for items in step.lists}
            places |= {section.checklist for section in step.sections}
            for requirement in report(step.key, answers, OVERBOOKED).missing:
                assert requirement.missing
                assert requirement.field in places
