"""What documents say of metrics, phases and vacancies: all of it where known, no hole where not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from scoper.board import build_board
from scoper.exchange.documents import MARK, Kind, render_markdown
from scoper.exchange.documents.metrics import metric_facts
from scoper.snapshot import Dataset, Effort, Kpi, Milestone, Solution, UseCase
from scoper.terms import (
    Approach,
    Direction,
    Discipline,
    KpiKind,
    Phase,
    SignOff,
    Sophistication,
)
from tests.exchange.boards import ENGINEER, EXPERT, answers, bare, board_of, full

ON = dt.date(2026, 11, 24)


def rendered(use_case: UseCase, kind: Kind, **portfolio: Any) -> str:
    """Return a document about one use case, with plain spaces."""
    board = board_of(use_case, **portfolio)
    return render_markdown(board, use_case.id, kind, on=ON).replace("\u00a0", " ")


# ---------------------------------------------------------------- metrics


def kpi(title: str, sign_off: SignOff = SignOff.DRAFT, **fields: Any) -> Kpi:
    return Kpi(uuid4(), title, sign_off=sign_off, **fields)


SIGNED = {"signed_by": "Birgit", "signed_on": dt.date(2026, 10, 22)}


@pytest.mark.parametrize(
    ("kpis", "said"),
    [
        ((), []),
        ((kpi("A"), kpi("B")), ["No target is signed off yet."]),
        ((kpi("M", SignOff.SIGNED, kind=KpiKind.MODEL),), []),
        ((kpi("A", SignOff.SIGNED),), ["Signed off: “A”."]),
        (
            (kpi("A", SignOff.SIGNED, **SIGNED), kpi("B"), kpi("C", SignOff.SIGNED, **SIGNED)),
            [
                "Signed off: “A” and “C” (Birgit, 22 October 2026).",
                "Not proposed to a sponsor yet: “B”.",
            ],
        ),
        ((kpi("A", SignOff.PROPOSED),), ["Proposed to the sponsor, not signed yet: “A”."]),
    ],
)
def test_it_is_told_who_agreed_to_which_target(kpis: tuple[Kpi, ...], said: list[str]) -> None:
    found = metric_facts(bare(kpis=kpis), "EUR")["agreed"]
    assert [words.replace("\u00a0", " ") for words in found] == said


def test_metrics_are_defined_below_their_table() -> None:
    late, right, twice = full().kpis
    late = replace(late, definition="Paid after the agreed day", formula="late ÷ all", goal="Pay.")
    text = rendered(full(kpis=(late, right, twice)), "prd")
    assert "| 11 % of invoices | at most 4 % of invoices |" in text
    assert "- **Invoices paid late.** Paid after the agreed day. *Late ÷ all.*" in text
    assert "Towards the goal “Pay”:\n\n- Invoices paid late: from 11 to 4 %" in text
    assert "| Duplicates | 0 | 0 |" in text
    assert f"{MARK}: which business outcome “Right at first” drives]" in text


def test_a_model_metric_of_the_library_says_what_it_means_to_the_business() -> None:
    recall = Kpi(uuid4(), "recall", KpiKind.MODEL, "0 to 1", Direction.UP, 0.6, 0.8)
    text = rendered(full(kpis=(recall,)), "prd")
    assert "- **recall.** To the business: how much of the damage or the chance is caught" in text
    assert "which business outcome" not in text


# ---------------------------------------------------------------- phases


def test_each_phase_says_how_it_runs_as_far_as_that_is_known() -> None:
    pilot = Milestone(
        uuid4(), "Two sites", Phase.PILOT, dt.date(2027, 6, 1), "It helps",
        entry_criteria="users are trained\nroll-back is rehearsed", exposure="Half of the cases",
        rollback="Any wrong payment", feedback="", monitoring="Errors by week",
    )  # fmt: skip
    later = Milestone(uuid4(), "Everywhere", Phase.ROLLOUT)
    use_case = full(milestones=(pilot, later))
    text = rendered(use_case, "prd")
    assert (
        "**Pilot: Two sites**\n\n"
        "- Before it starts: Users are trained. Roll-back is rehearsed.\n"
        "- Who gets it: Half of the cases.\n"
        "- What is watched: Errors by week.\n"
        "- What makes us roll back: Any wrong payment.\n"
    ) in text
    assert "**Roll-out: Everywhere**" not in text
    assert "for each phase what must be true" not in text
    assert f"{MARK}: for each phase what must be true" in rendered(full(), "prd")
    assert "**1 June 2027 (pilot):** Two sites. Half of the cases." in rendered(use_case, "prfaq")
    assert "- 1 June 2027: Two sites (pilot)\n" in rendered(use_case, "brief")


def test_the_brief_gives_the_last_date_of_each_phase() -> None:
    early = Milestone(uuid4(), "First site", Phase.PILOT, dt.date(2027, 6, 15))
    text = rendered(full(milestones=(early, *full().milestones)), "brief")
    dates = [line for line in text.split("\n") if line.startswith("- 1 ")]
    assert dates == [
        "- 1 January 2027: Baseline done (baseline)",
        "- 1 April 2027: MVP done (MVP)",
        "- 1 July 2027: Pilot done (pilot)",
        "- 1 October 2027: Roll-out done (roll-out)",
    ]


# ---------------------------------------------------------------- people


def test_a_vacancy_is_dated_where_nobody_is_named() -> None:
    roles = (replace(ENGINEER, hiring_weeks=8.0), replace(EXPERT, hiring_weeks=4.0))
    use_case = full()
    board = board_of(use_case)
    staffed = replace(board.portfolio, roles=roles)
    text = render_markdown(build_board(staffed), use_case.id, "prd", on=ON)
    text = text.replace("\u00a0", " ")
    assert (
        "- **Expert:** open it by 5 March 2027, to have somebody from 2 April 2027 (pilot)" in text
    )
    assert "**Engineer:**" not in text
    release = render_markdown(build_board(staffed), use_case.id, "prfaq", on=ON)
    said = "named yet for: Expert. The vacancy has to be open by 5 March 2027 (Expert)."
    assert said in release.replace("\u00a0", " ")
    assert "vacancy" not in rendered(use_case, "prd")


def test_who_is_named_with_others_is_not_named_again() -> None:
    names = ("Petra and one clerk", "Petra", "Three pilot clerks")
    efforts = tuple(Effort(uuid4(), ENGINEER.id, Phase.MVP, 1.0, name) for name in names)
    text = rendered(full(efforts=efforts), "prd")
    assert "- Engineer: Petra and one clerk; three pilot clerks\n" in text


# ---------------------------------------------------------------- the brief in a line each


def test_the_brief_says_what_the_checklists_came_to() -> None:
    given = answers(
        ladder={"process": ("", "Tried in 2023 and faded")},
        eu_ai_act={"scope_eu": "no"},
    )
    text = rendered(full(answers=given), "brief")
    assert "Not enough alone: process fix." in text
    assert "**EU AI Act:** Outside the Act." in text
    assert "Is it a problem for AI?" not in text
    assert "Data sets: Invoice archive (" in text


def test_what_is_missing_before_a_decision_reads_as_sentences() -> None:
    text = rendered(bare(), "brief")
    assert "- **Missing in step 1:** State the business problem. And 3 more.\n" in text


def test_many_weak_points_of_a_data_set_are_counted_not_listed() -> None:
    grades = dict.fromkeys(("access", "lineage", "accuracy", "completeness", "timeliness"), 2)
    use_case = full(datasets=(Dataset(uuid4(), "Archive", "Jo", {**grades, "access": 1}),))
    text = rendered(use_case, "prd")
    assert "Availability and access 1, Lineage 2, Accuracy 2 and 2 more" in text


def test_options_that_are_still_in_the_race_are_no_non_goals() -> None:
    rules, module, phone = full().solutions
    text = rendered(full(solutions=(replace(rules, shortlisted=False), module, phone)), "prd")
    non_goals = text.split("### Non-goals")[1].split("##")[0]
    assert "Buy a module (ruled out)" in non_goals
    assert "Match by rules" not in non_goals


def test_the_prd_states_of_an_option_only_what_somebody_said() -> None:
    options = (
        Solution(uuid4(), "Sort by rules", Approach.RULES),
        Solution(
            uuid4(), "Learn", Approach.BUILD,
            sophistication=Sophistication.HIGH, proposed_by=Discipline.AI,
        ),
    )  # fmt: skip
    text = rendered(replace(bare(), solutions=options), "prd")
    assert "| Sort by rules | Rules | open |" in text
    assert "| Learn | Build a model, high demand | AI |" in text
