"""Each checklist as a table from empty to complete, and answers that outlive their question."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.scoping.asked import CHECKLISTS, act_triage
from scoper.scoping.checklists import Finding, Tone
from scoper.snapshot import Answer, Solution, UseCase
from scoper.terms import (
    ActTier,
    Approach,
    Decision,
    Feasibility,
    RelevanceDecision,
    RmfFunction,
)

Given = dict[str, str | tuple[str, str]]
"""Answers by question; one is a choice, or a choice and a note."""

EMPTY = UseCase(id=uuid4(), key="UC-01", title="Late invoices")
INSIDE: Given = {"scope_ai_system": "yes", "scope_eu": "yes"}


def option(approach: Approach, *, shortlisted: bool = True) -> Solution:
    return Solution(uuid4(), title=approach.label, approach=approach, shortlisted=shortlisted)


BUILD = (option(Approach.PROCESS), option(Approach.BUILD))


def ids(name: str, use_case: UseCase = EMPTY) -> list[str]:
    return [question.id for question in CHECKLISTS[name].questions(use_case)]


def case(
    name: str = "",
    answers: Given | None = None,
    options: tuple[Solution, ...] = (),
    overruled: RelevanceDecision = RelevanceDecision.FOLLOW,
) -> UseCase:
    given = tuple(
        Answer(uuid4(), name, question, *((said,) if isinstance(said, str) else said))
        for question, said in (answers or {}).items()
    )
    return UseCase(
        id=uuid4(),
        key="UC-01",
        title="Late invoices",
        solutions=options,
        answers=given,
        relevance_overruled=overruled,
    )


def found(name: str, answers: Given | None = None, **others: object) -> Finding:
    return CHECKLISTS[name].finding(case(name, answers, **others))  # type: ignore[arg-type]


def every(name: str, answer: str | tuple[str, str], use_case: UseCase = EMPTY) -> Given:
    return dict.fromkeys(ids(name, use_case), answer)


# ---------------------------------------------------------------- relevance


@pytest.mark.parametrize(
    ("answers", "tone", "headline"),
    [
        ({}, Tone.OPEN, "Undecided. Too little is answered for a verdict: 0 of 26 questions."),
        ({"rules_tried": "yes"}, Tone.OPEN, "Undecided. Too little is answered for a verdict: 1"),
        (every("relevance", "unknown"), Tone.OPEN, "Undecided."),
        (every("relevance", "yes"), Tone.GOOD, "Suited to AI. "),
        (every("relevance", "yes") | {"data_exists": "no"}, Tone.CARE, "Not enough data yet. "),
        (every("relevance", "yes") | {"rules_tried": "no"}, Tone.CARE, "Rules or analytics are "),
        (every("relevance", "yes") | {"output_defined": "no"}, Tone.CARE, "Reframe the problem. "),
        ({"lawful_and_right": "no"}, Tone.STOP, "Do not pursue. "),
        (every("relevance", "maybe"), Tone.OPEN, "Undecided."),
    ],
)
def test_relevance_from_nothing_to_every_verdict(answers: Given, tone: Tone, headline: str) -> None:
    finding = found("relevance", answers)
    assert finding.tone is tone
    assert finding.headline.startswith(headline)
    assert finding.reasons


def test_relevance_asks_both_sides_with_what_each_answer_means() -> None:
    groups = CHECKLISTS["relevance"].groups(EMPTY)
    assert list(groups) == ["Technical", "Commercial"]
    for questions in groups.values():
        assert len(questions) >= 12
        for question in questions:
            assert [choice.value for choice in question.choices] == [
                "yes", "partly", "no", "unknown"
            ]  # fmt: skip
            assert all(choice.meaning for choice in question.choices)


def test_an_overruled_verdict_says_who_overruled_it_and_keeps_the_checklist_in_view() -> None:
    finding = found(
        "relevance",
        every("relevance", "yes") | {"rules_tried": "no"},
        overruled=RelevanceDecision.SUITED,
    )
    assert finding.headline.startswith("Overruled by the team: suited to AI all the same. ")
    assert "The checklist: Rules or analytics are enough. " in finding.headline
    assert finding.tone is Tone.CARE


# ---------------------------------------------------------------- approach ladder

REASON = ("", "Tried for seven weeks without any effect")


@pytest.mark.parametrize(
    ("options", "answers", "asked", "tone", "said"),
    [
        ((), {}, 0, Tone.OPEN, "Add options first"),
        ((option(Approach.PROCESS),), {}, 0, Tone.GOOD, "is process fix, and each lower one"),
        (BUILD, {}, 5, Tone.CARE, "The highest rung is build a model."),
        (BUILD, dict.fromkeys(list(Approach)[:5], REASON), 5, Tone.GOOD, "is answered."),
        (BUILD, dict.fromkeys(list(Approach)[:5], ("", "Too weak")), 5, Tone.CARE, "build"),
        (BUILD, dict.fromkeys(list(Approach)[:5], "yes"), 5, Tone.CARE, "build"),
        (BUILD, {"wizardry": REASON}, 5, Tone.CARE, "build"),
        (
            (option(Approach.RULES), option(Approach.BUILD, shortlisted=False)),
            {"process": REASON},
            1,
            Tone.GOOD,
            "is rules, and each lower one",
        ),
        ((option(Approach.BUY, shortlisted=False),), {}, 3, Tone.CARE, "buy a product"),
    ],
)
def test_the_ladder_asks_about_each_rung_below_the_highest(
    options: tuple[Solution, ...], answers: Given, asked: int, tone: Tone, said: str
) -> None:
    use_case = case("ladder", answers, options)
    questions = CHECKLISTS["ladder"].questions(use_case)
    finding = CHECKLISTS["ladder"].finding(use_case)
    assert [question.id for question in questions] == [rung.value for rung in Approach][:asked]
    assert all(question.note and not question.choices for question in questions)
    assert finding.tone is tone
    assert said in finding.headline
    assert bool(finding.reasons) is (tone is Tone.CARE)


def test_a_rung_that_is_ruled_out_is_climbed_no_more_and_what_was_said_stays_in_view() -> None:
    out = replace(
        option(Approach.BUY), feasibility=Feasibility.RULED_OUT, feasibility_reason="Too slow"
    )
    use_case = case("ladder", {"analytics": REASON}, (option(Approach.RULES), out))
    asked = [question.id for question in CHECKLISTS["ladder"].questions(use_case)]
    assert asked == ["process", "analytics"]
    everything_out = case("ladder", {}, (out,))
    assert len(CHECKLISTS["ladder"].questions(everything_out)) == 3


def test_a_thin_reason_and_none_are_told_apart() -> None:
    finding = found("ladder", {"process": ("", "Too weak")}, options=(option(Approach.BUY),))
    assert finding.reasons == (
        "Say why this is not enough: rules and analytics or report. "
        "Say more about how it fell short: process fix.",
    )


# ---------------------------------------------------------------- pre-mortem

ALL = len(ids("premortem"))


@pytest.mark.parametrize(
    ("answers", "tone", "headline", "open_points"),
    [
        ({}, Tone.OPEN, f"{ALL} ways to fail, none looked at yet.", 0),
        ({"it_hype": ("", "only a note")}, Tone.OPEN, f"{ALL} ways to fail, none looked at", 0),
        ({"it_hype": "no"}, Tone.GOOD, f"1 of {ALL} looked at; everything that could", 0),
        ({"it_hype": "could"}, Tone.CARE, "1 failure could happen here and nothing is", 1),
        ({"it_hype": ("could", "Asked twice")}, Tone.GOOD, f"1 of {ALL} looked at; everything", 0),
        (
            {"it_hype": "could", "sy_peak": "could", "pe_jobs": ("could", "The council knows")},
            Tone.CARE,
            "2 failures could happen here and nothing is planned yet.",
            2,
        ),
        (every("premortem", "handled"), Tone.GOOD, f"{ALL} of {ALL} looked at; everything", 0),
        ({"gone": "could"}, Tone.OPEN, f"{ALL} ways to fail, none looked at yet.", 0),
    ],
)
def test_the_premortem_counts_what_could_happen_and_is_not_met(
    answers: Given, tone: Tone, headline: str, open_points: int
) -> None:
    finding = found("premortem", answers)
    assert finding.tone is tone
    assert finding.headline.startswith(headline)
    assert len(finding.reasons) == open_points


# ---------------------------------------------------------------- EU AI Act


@pytest.mark.parametrize(
    ("answers", "tone", "headline"),
    [
        ({}, Tone.OPEN, "EU AI Act: not settled yet, "),
        ({"scope_eu": "unsure"}, Tone.OPEN, "EU AI Act: not settled yet, "),
        ({"scope_ai_system": "no"}, Tone.GOOD, "EU AI Act: outside the Act."),
        ({"ban_manipulation": "yes"}, Tone.STOP, "Prohibited under the EU AI Act: a go cannot"),
        (
            {"listed_recruitment": "yes"},
            Tone.CARE,
            "EU AI Act: high risk so far; the open questions may make it prohibited.",
        ),
        (
            every("eu_ai_act", "no") | INSIDE | {"listed_recruitment": "yes"},
            Tone.CARE,
            "EU AI Act: high risk.",
        ),
        (
            every("eu_ai_act", "no") | INSIDE | {"tell_generated": "yes"},
            Tone.CARE,
            "EU AI Act: transparency duties.",
        ),
        (every("eu_ai_act", "no") | INSIDE, Tone.GOOD, "EU AI Act: minimal risk."),
        ({"long_gone": "yes"}, Tone.OPEN, "EU AI Act: not settled yet, "),
        ({"ban_manipulation": "perhaps"}, Tone.OPEN, "EU AI Act: not settled yet, "),
    ],
)
def test_the_act_from_open_to_every_class(answers: Given, tone: Tone, headline: str) -> None:
    finding = found("eu_ai_act", answers)
    assert finding.tone is tone
    assert finding.headline.startswith(headline)
    assert "not legal advice" in finding.reasons[-1]


@pytest.mark.parametrize(
    ("decision", "headline"),
    [
        (Decision.GO, "Prohibited under the EU AI Act: the go that was recorded does not hold."),
        (Decision.HOLD, "Prohibited under the EU AI Act: a go cannot be recorded."),
    ],
)
def test_a_go_from_before_a_prohibition_does_not_hold(decision: Decision, headline: str) -> None:
    use_case = replace(
        case(answers={"ban_manipulation": "yes"}, name="eu_ai_act"), decision=decision
    )
    finding = CHECKLISTS["eu_ai_act"].finding(use_case)
    assert (finding.tone, finding.headline) == (Tone.STOP, headline)


def test_what_is_answered_stays_in_view_and_what_no_longer_matters_is_not_asked() -> None:
    outside = case("eu_ai_act", {"scope_ai_system": "no", "listed_recruitment": "yes"})
    assert ids("eu_ai_act", outside) == ["scope_ai_system", "listed_recruitment"]
    listed = case("eu_ai_act", INSIDE | {"listed_recruitment": "yes"})
    assert "profiling" in ids("eu_ai_act", listed)
    assert "profiling" not in ids("eu_ai_act")


def test_answering_what_is_asked_settles_the_class() -> None:
    answers: dict[str, str] = {"scope_ai_system": "yes", "scope_eu": "yes"}
    while True:
        use_case = case("eu_ai_act", dict(answers))
        left = [key for key in ids("eu_ai_act", use_case) if key not in answers]
        if not left:
            break
        answers |= dict.fromkeys(left, "no")
    assert act_triage(answers.items()).tier is ActTier.MINIMAL
    assert not act_triage(answers.items()).open


# ---------------------------------------------------------------- NIST AI RMF


@pytest.mark.parametrize(
    ("answers", "tone", "headline", "missing"),
    [
        ({}, Tone.OPEN, "NIST AI RMF: 0 of 19 in place, 19 open.", 0),
        ({"map_context": "yes"}, Tone.OPEN, "NIST AI RMF: 1 of 19 in place, 18 open.", 0),
        (
            {"map_context": "yes", "map_impacts": "no"},
            Tone.CARE,
            "NIST AI RMF: 1 of 19 in place, 17 open.",
            1,
        ),
        (every("nist_ai_rmf", "unsure"), Tone.OPEN, "NIST AI RMF: 0 of 19 in place, 19 open.", 0),
        (every("nist_ai_rmf", "yes"), Tone.GOOD, "NIST AI RMF: 19 of 19 in place, 0 open.", 0),
        (every("nist_ai_rmf", "no"), Tone.CARE, "NIST AI RMF: 0 of 19 in place, 0 open.", 19),
        ({"gone": "no", "map_context": "?"}, Tone.OPEN, "NIST AI RMF: 0 of 19 in place", 0),
    ],
)
def test_the_framework_counts_what_is_in_place(
    answers: Given, tone: Tone, headline: str, missing: int
) -> None:
    finding = found("nist_ai_rmf", answers)
    assert finding.tone is tone
    assert finding.headline.startswith(headline)
    by_function, *said = finding.reasons
    assert len(said) == missing
    in_place = sum(int(n) for n in re.findall(r"(\d+) of \d+", by_function))
    assert f"RMF: {in_place} of 19" in finding.headline
    assert [by_function.index(f.label) for f in RmfFunction] == sorted(
        by_function.index(f.label) for f in RmfFunction
    )


# ---------------------------------------------------------------- any answers at all


_values = st.sampled_from(
    ["", "yes", "no", "partly", "unknown", "unsure", "could", "handled", "gone"]
)
_notes = st.sampled_from(["", "Too weak", "Tried for a year and it changed nothing"])


@st.composite
def answered(draw: st.DrawFn) -> UseCase:
    """Return a use case with any answers, also to questions and of values that do not exist."""
    everywhere = st.sampled_from([*CHECKLISTS, "a checklist of old"])
    questions = [q for name in CHECKLISTS for q in ids(name, case(options=BUILD))]
    places = draw(
        st.lists(
            st.tuples(everywhere, st.sampled_from([*questions, "no longer asked", "x" * 80])),
            unique=True,
            max_size=60,
        )
    )
    answers = tuple(
        Answer(uuid4(), name, question, draw(_values), draw(_notes)) for name, question in places
    )
    options = draw(st.lists(st.sampled_from(list(Approach)), max_size=3))
    return UseCase(
        id=uuid4(),
        key="UC-01",
        title="Late invoices",
        answers=answers,
        solutions=tuple(option(rung, shortlisted=draw(st.booleans())) for rung in options),
        relevance_overruled=draw(st.sampled_from(list(RelevanceDecision))),
    )


@given(answered())
def test_any_answers_give_a_finding_and_questions_to_answer(use_case: UseCase) -> None:
    for checklist in CHECKLISTS.values():
        finding = checklist.finding(use_case)
        assert finding.headline.strip()
        assert all(reason.strip() for reason in finding.reasons)
        groups = checklist.groups(use_case)
        questions = checklist.questions(use_case)
        assert sum(len(group) for group in groups.values()) == len(questions), "a group is torn"
        assert len({question.id for question in questions}) == len(questions)
        assert all(question.choices or question.note for question in questions)
