"""What documents say of the checklists: told where it helps, left out where nothing is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from scoper.exchange.documents import MARK, Kind, render_markdown
from scoper.snapshot import UseCase
from scoper.terms import Approach, Decision, Feasibility, RelevanceDecision
from tests.exchange.boards import QUESTIONS, answers, bare, board_of, full

ON = dt.date(2026, 11, 24)
KINDS: tuple[Kind, ...] = ("prfaq", "prd")


def rendered(use_case: UseCase, kind: Kind) -> str:
    """Return a document about one use case."""
    return render_markdown(board_of(use_case), use_case.id, kind, on=ON)


def test_the_rungs_below_and_why_they_are_not_enough_are_told() -> None:
    notes = {"process": ("", "Tried in 2023 and faded"), "rules": ("", ""), "wizardry": ("", "x")}
    options = (replace(full().solutions[0], approach=Approach.BUY, shortlisted=True),)
    use_case = full(solutions=options, answers=answers(ladder=notes))
    for kind in KINDS:
        text = rendered(use_case, kind)
        assert (
            "Why nothing simpler is enough:\n\n- **Process fix.** Tried in 2023 and faded." in text
        )
        assert "wizardry" not in text
        assert "nothing simpler" not in rendered(full(), kind)
        given_up = replace(use_case.solutions[0], feasibility=Feasibility.RULED_OUT)
        lower = replace(given_up, approach=Approach.PROCESS, feasibility=Feasibility.FEASIBLE)
        settled = replace(use_case, solutions=(given_up, lower))
        assert "nothing simpler" not in rendered(settled, kind)


def test_the_verdict_on_relevance_is_told_with_its_weak_points_and_what_overruled_it() -> None:
    no_data = dict.fromkeys(QUESTIONS["relevance"], "yes") | {"data_exists": "no"}
    use_case = full(answers=answers(relevance=no_data))
    overruled = replace(
        use_case,
        relevance_overruled=RelevanceDecision.SUITED,
        relevance_reason="the archive opens in March",
    )
    unexplained = replace(overruled, relevance_reason="")
    for kind in KINDS:
        text = rendered(use_case, kind)
        assert (
            "**Is it a problem for AI?** The questions of step 1 say: not enough data yet." in text
        )
        assert "from before the decision is made? No. *" in text
        assert "overruled" not in text
        said = "The team overruled this: suited to AI all the same."
        assert f"{said} The archive opens in March." in rendered(overruled, kind)
        assert f"{said} **{MARK}: why the verdict" in rendered(unexplained, kind)
        assert "Is it a problem for AI?" not in rendered(bare(), kind)


def test_failures_that_could_happen_are_told_and_those_covered_are_not() -> None:
    given: dict[str, str | tuple[str, str]] = {
        "sy_peak": ("could", "Load test in September"),
        "it_hype": "could",
        "pe_jobs": ("handled", "The works council knows"),
    }
    use_case = full(answers=answers(premortem=given))
    for kind in KINDS:
        text = rendered(use_case, kind)
        assert "It failed in the busiest week of the year. *Load test in September.*" in text
        assert f"announced something similar. **{MARK}: what we do about it" in text
        assert "works council" not in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, f"{MARK}: its class under the EU AI Act"),
        ({"long_gone": "yes"}, f"{MARK}: its class under the EU AI Act"),
        ({"scope_eu": "no"}, "Outside the Act."),
        ({"ban_social_scoring": "yes"}, "Prohibited. A go cannot be recorded, whatever the score."),
        (
            {"listed_recruitment": "yes"},
            "the strictest class that could come of them is “prohibited”.",
        ),
        (
            dict.fromkeys(QUESTIONS["eu_ai_act"], "no")
            | {"scope_ai_system": "yes", "scope_eu": "yes"},
            "Minimal risk.",
        ),
    ],
)
def test_the_class_under_the_ai_act_is_told_as_far_as_it_is_known(
    given: dict[str, str | tuple[str, str]], said: str
) -> None:
    use_case = full(answers=answers(eu_ai_act=given))
    text = rendered(use_case, "prd")
    assert said in text
    assert ("not legal advice" in text) is not said.startswith(MARK)
    brief = rendered(use_case, "prfaq")
    assert (said in brief) is not said.startswith(MARK)


@pytest.mark.parametrize("kind", [*KINDS, "brief"])
def test_a_go_from_before_a_prohibition_is_said_not_to_hold(kind: Kind) -> None:
    prohibited = answers(eu_ai_act={"ban_social_scoring": "yes"})
    said = "does not hold"
    assert said in rendered(full(answers=prohibited, decision=Decision.GO), kind)
    assert said not in rendered(full(answers=prohibited, decision=Decision.NO_GO), kind)
    assert said not in rendered(full(decision=Decision.GO), kind)


@pytest.mark.parametrize(
    ("given", "said", "unsaid"),
    [
        ({}, f"{MARK}: what of the NIST AI RMF is in place", "outcomes in place"),
        (
            {"map_context": "yes"},
            "1 of 19 outcomes in place (Govern 0 of 6, Map 1 of 5, Measure 0 of 4 and Manage 0 of "
            "4); 18 questions are still open.",
            "Answered with no",
        ),
        (
            {"manage_benefit": "no"},
            "switched off, and was this tried? (MANAGE 2)",
            MARK + ": what of",
        ),
        (
            {"map_context": "unsure"},
            f"{MARK}: what of the NIST AI RMF is in place",
            "outcomes in place",
        ),
    ],
)
def test_a_requirements_document_says_what_of_the_framework_is_in_place(
    given: dict[str, str | tuple[str, str]], said: str, unsaid: str
) -> None:
    learned = tuple(replace(s, approach=Approach.BUILD) for s in full().solutions)
    text = rendered(full(answers=answers(nist_ai_rmf=given), solutions=learned), "prd")
    assert said in text
    assert unsaid not in text


def test_the_framework_is_not_asked_for_where_no_model_is_chosen() -> None:
    assert "NIST" not in rendered(full(), "prd")


def test_a_class_comes_with_its_reasons_and_dated_duties() -> None:
    given: dict[str, str | tuple[str, str]] = {"role_deployer": "yes", "listed_recruitment": "yes"}
    text = rendered(full(answers=answers(eu_ai_act=given)), "prd")
    assert "Recruitment: yes (Annex III, 4(a))." in text
    assert "Feed it suitable data (Art. 26(4)); applies from 2\u00a0December 2027." in text
