"""Governance triage as tables: every path of the Act by its article, and what open answers mean."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.errors import InvalidInput
from scoper.library.governance import AiAct
from scoper.library.in_use import ai_act, rmf
from scoper.scoping.governance import Answers, Triage, framework_report, triage
from scoper.terms import ActGate, ActPath, ActTier, RmfFunction, YesNo

ACT: AiAct = ai_act()
YES, NO, UNSURE = YesNo
STRICTER = (ActGate.PROHIBITED, ActGate.PRODUCT, ActGate.LISTED, ActGate.TRANSPARENCY)


def all_no() -> dict[str, YesNo]:
    """YesNo every question with no, but stay inside the Act."""
    inside = {q.key: NO if q.leaves_on is YES else YES for q in ACT.of(ActGate.SCOPE)}
    return {q.key: NO for q in ACT.questions} | inside


def said(*yes: str, **other: YesNo) -> Triage:
    return triage(ACT, all_no() | dict.fromkeys(yes, YES) | other)


def duties(result: Triage) -> set[str]:
    return {due.duty.key for due in result.duties}


# ---------------------------------------------------------------- tiers, article by article


@pytest.mark.parametrize(
    ("yes", "tier", "article"),
    [
        ([], ActTier.MINIMAL, ""),
        (["ban_manipulation"], ActTier.PROHIBITED, "Art. 5(1)(a)"),
        (["ban_vulnerability"], ActTier.PROHIBITED, "Art. 5(1)(b)"),
        (["ban_social_scoring"], ActTier.PROHIBITED, "Art. 5(1)(c)"),
        (["ban_crime_prediction"], ActTier.PROHIBITED, "Art. 5(1)(d)"),
        (["ban_face_scraping"], ActTier.PROHIBITED, "Art. 5(1)(e)"),
        (["ban_emotion"], ActTier.PROHIBITED, "Art. 5(1)(f)"),
        (["ban_categorisation"], ActTier.PROHIBITED, "Art. 5(1)(g)"),
        (["ban_live_identification"], ActTier.PROHIBITED, "Art. 5(1)(h)"),
        (
            ["product_safety", "product_assessment"],
            ActTier.HIGH,
            "Art. 6(1)(a), 6(1a) and 6(1b), Annex I",
        ),
        (["product_safety"], ActTier.MINIMAL, ""),
        (["product_assessment"], ActTier.MINIMAL, ""),
        (["listed_identification"], ActTier.HIGH, "Annex III, 1(a)"),
        (["listed_categorisation"], ActTier.HIGH, "Annex III, 1(b)"),
        (["listed_emotion"], ActTier.HIGH, "Annex III, 1(c)"),
        (["listed_infrastructure"], ActTier.HIGH, "Annex III, 2"),
        (["listed_education"], ActTier.HIGH, "Annex III, 3(a) to (d)"),
        (["listed_recruitment"], ActTier.HIGH, "Annex III, 4(a)"),
        (["listed_workers"], ActTier.HIGH, "Annex III, 4(b)"),
        (["listed_benefits"], ActTier.HIGH, "Annex III, 5(a)"),
        (["listed_credit"], ActTier.HIGH, "Annex III, 5(b)"),
        (["listed_insurance"], ActTier.HIGH, "Annex III, 5(c)"),
        (["listed_emergency"], ActTier.HIGH, "Annex III, 5(d)"),
        (["listed_law_enforcement"], ActTier.HIGH, "Annex III, 6(a) to (e)"),
        (["listed_migration"], ActTier.HIGH, "Annex III, 7(a) to (d)"),
        (["listed_justice"], ActTier.HIGH, "Annex III, 8(a)"),
        (["listed_elections"], ActTier.HIGH, "Annex III, 8(b)"),
        (["tell_chat"], ActTier.TRANSPARENCY, "Art. 50(1)"),
        (["tell_generated"], ActTier.TRANSPARENCY, "Art. 50(2)"),
        (["tell_biometrics"], ActTier.TRANSPARENCY, "Art. 50(3)"),
        (["tell_deep_fake"], ActTier.TRANSPARENCY, "Art. 50(4), first subparagraph"),
        (["tell_public_text"], ActTier.TRANSPARENCY, "Art. 50(4), second subparagraph"),
        (["profiling", "exempt_narrow_task"], ActTier.MINIMAL, ""),
        (["model_provider"], ActTier.MINIMAL, "Art. 3(63) and 53"),
    ],
)
def test_each_article_leads_to_its_tier(yes: list[str], tier: ActTier, article: str) -> None:
    result = said(*yes)
    assert result.tier is tier
    assert result.settled
    assert result.blocks_go is (tier is ActTier.PROHIBITED)
    assert (result.reasons[0].question.article if result.reasons else "") == article


@pytest.mark.parametrize(
    ("banned", "way_out", "left"),
    [
        ("ban_crime_prediction", "ban_crime_prediction_exception", ActTier.MINIMAL),
        ("ban_emotion", "ban_emotion_exception", ActTier.HIGH),
        ("ban_categorisation", "ban_categorisation_exception", ActTier.HIGH),
        ("ban_live_identification", "ban_live_identification_exception", ActTier.HIGH),
        ("listed_credit", "listed_credit_exception", ActTier.MINIMAL),
        ("tell_chat", "tell_chat_exception", ActTier.MINIMAL),
        ("tell_generated", "tell_generated_exception", ActTier.MINIMAL),
        ("tell_public_text", "tell_public_text_exception", ActTier.MINIMAL),
    ],
)
def test_an_exception_counts_only_when_it_is_claimed(
    banned: str, way_out: str, left: ActTier
) -> None:
    strict = said(banned)
    for answer in (NO, UNSURE):
        assert said(banned, **{way_out: answer}).tier is strict.tier
    assert strict.tier is not left
    assert said(banned, way_out).tier is left


@pytest.mark.parametrize("exemption", [q.key for q in ACT.of(ActGate.EXEMPTION)])
@pytest.mark.parametrize(
    ("profiling", "tier"), [(NO, ActTier.MINIMAL), (YES, ActTier.HIGH), (UNSURE, ActTier.HIGH)]
)
def test_profiling_overrides_every_exemption(
    exemption: str, profiling: YesNo, tier: ActTier
) -> None:
    result = said("listed_recruitment", exemption, "role_provider", profiling=profiling)
    assert result.tier is tier
    record, full = "exemption_record", "risk_management"
    assert {record, full} & duties(result) == {record if tier is ActTier.MINIMAL else full}


def test_an_exempt_use_still_has_to_tell_people() -> None:
    result = said("listed_emotion", "exempt_narrow_task")
    assert result.tier is ActTier.TRANSPARENCY
    assert result.paths == (ActPath.ANY, ActPath.EXEMPT, ActPath.TRANSPARENCY)


def test_a_regulated_product_is_not_exempt_by_article_6_3() -> None:
    result = said("product_safety", "product_assessment", "listed_workers", "exempt_preparatory")
    assert result.tier is ActTier.HIGH
    assert ActPath.PRODUCT in result.paths
    assert ActPath.LISTED not in result.paths


@pytest.mark.parametrize(
    ("key", "answer", "article"),
    [
        ("scope_ai_system", NO, "Art. 3(1)"),
        ("scope_eu", NO, "Art. 2(1)"),
        ("scope_defence", YES, "Art. 2(3)"),
        ("scope_research", YES, "Art. 2(6)"),
    ],
)
def test_a_way_out_of_the_act_beats_everything(key: str, answer: YesNo, article: str) -> None:
    result = said("ban_manipulation", "listed_workers", **{key: answer})
    assert result.tier is result.may_become is ActTier.OUTSIDE
    assert not result.blocks_go
    assert not result.duties
    assert [reason.question.article for reason in result.reasons] == [article]


# ---------------------------------------------------------------- open questions


def test_nothing_answered_is_not_settled_and_asks_for_scope_first() -> None:
    result = triage(ACT, {})
    assert (result.tier, result.may_become) == (ActTier.OPEN, ActTier.PROHIBITED)
    assert not result.settled
    assert [q.gate for q in result.open[:4]] == [ActGate.SCOPE] * 4
    assert not any(q.lifts or q.gate is ActGate.EXEMPTION for q in result.open)


@pytest.mark.parametrize(
    ("yes", "left_open", "tier", "may_become"),
    [
        ([], "ban_emotion", ActTier.OPEN, ActTier.PROHIBITED),
        ([], "listed_credit", ActTier.OPEN, ActTier.HIGH),
        ([], "tell_chat", ActTier.OPEN, ActTier.TRANSPARENCY),
        ([], "product_safety", ActTier.MINIMAL, ActTier.MINIMAL),
        (["product_safety"], "product_assessment", ActTier.OPEN, ActTier.HIGH),
        (["tell_chat"], "listed_credit", ActTier.TRANSPARENCY, ActTier.HIGH),
        (["listed_workers"], "ban_emotion", ActTier.HIGH, ActTier.PROHIBITED),
        (["listed_workers"], "listed_credit", ActTier.HIGH, ActTier.HIGH),
        (["ban_emotion"], "listed_credit", ActTier.PROHIBITED, ActTier.PROHIBITED),
        (["exempt_improves"], "listed_credit", ActTier.MINIMAL, ActTier.MINIMAL),
        (["exempt_improves"], "listed_emotion", ActTier.OPEN, ActTier.TRANSPARENCY),
    ],
)
def test_one_open_question(
    yes: list[str], left_open: str, tier: ActTier, may_become: ActTier
) -> None:
    result = said(*yes, **{left_open: UNSURE})
    assert (result.tier, result.may_become) == (tier, may_become)


@pytest.mark.parametrize(
    ("yes", "left_open", "asked"),
    [
        (["ban_emotion"], "ban_emotion_exception", True),
        ([], "ban_emotion_exception", False),
        (["listed_workers"], "profiling", True),
        ([], "profiling", False),
        (["listed_workers"], "exempt_improves", True),
        (["listed_workers", "profiling"], "exempt_improves", False),
        (["listed_workers", "exempt_narrow_task"], "exempt_improves", False),
        (["listed_workers"], "context_workplace", True),
        ([], "context_workplace", False),
        (["ban_emotion"], "role_provider", False),
        ([], "role_provider", True),
        (["product_safety", "product_assessment"], "product_section_b", True),
    ],
)
def test_a_question_is_asked_only_when_its_answer_matters(
    yes: list[str], left_open: str, asked: bool
) -> None:
    result = said(*yes, **{left_open: UNSURE})
    assert (left_open in {q.key for q in result.open}) is asked


# ---------------------------------------------------------------- duties and dates


@pytest.mark.parametrize(
    ("yes", "there", "absent"),
    [
        (["role_provider", "listed_workers"], {"risk_management"}, {"use_as_instructed"}),
        (["role_deployer", "listed_workers"], {"use_as_instructed"}, {"risk_management"}),
        (["role_deployer", "listed_credit"], {"rights_assessment"}, {"explain", "tell_workers"}),
        (["role_deployer", "listed_workers", "context_workplace"], {"tell_workers"}, {"explain"}),
        (["role_deployer", "listed_education"], {"input_data"}, {"rights_assessment"}),
        (["role_deployer", "listed_education", "context_public"], {"rights_assessment"}, set()),
        (["role_provider", "tell_generated"], {"mark_content"}, {"say_it_is_ai"}),
        (
            ["role_provider", "product_safety", "product_assessment", "product_section_b"],
            {"sector_law"},
            {"risk_management", "conformity"},
        ),
        (["role_provider", "model_provider"], {"model_duties"}, {"model_systemic_duties"}),
        (["ban_manipulation"], {"stop"}, {"risk_management"}),
        ([], {"literacy"}, {"stop"}),
    ],
)
def test_duties_follow_role_path_and_context(
    yes: list[str], there: set[str], absent: set[str]
) -> None:
    found = duties(said(*yes))
    assert there <= found
    assert not absent & found


@pytest.mark.parametrize(
    ("yes", "duty", "date"),
    [
        (["ban_manipulation"], "stop", dt.date(2025, 2, 2)),
        ([], "literacy", dt.date(2025, 2, 2)),
        (["model_provider"], "model_duties", dt.date(2025, 8, 2)),
        (["tell_chat"], "say_it_is_ai", dt.date(2026, 8, 2)),
        (["listed_workers"], "data_governance", dt.date(2027, 12, 2)),
        (
            ["product_safety", "product_assessment"],
            "data_governance",
            dt.date(2028, 8, 2),
        ),
        (
            ["product_safety", "product_assessment", "listed_workers"],
            "data_governance",
            dt.date(2027, 12, 2),
        ),
    ],
)
def test_a_duty_applies_from_the_earliest_date_of_its_paths(
    yes: list[str], duty: str, date: dt.date
) -> None:
    (due,) = (d for d in said("role_provider", *yes).duties if d.duty.key == duty)
    assert due.applies_from == date
    assert due.check


def test_a_reason_names_question_answer_and_article() -> None:
    assert said("ban_face_scraping").reasons[0].sentence == "Collecting faces: yes (Art. 5(1)(e))."


# ---------------------------------------------------------------- every combination

ANSWER = st.sampled_from([YES, NO, UNSURE])
KEYS = [q.key for q in ACT.questions]
ANY_ANSWERS = st.dictionaries(st.sampled_from(KEYS), ANSWER)
INSIDE = ANY_ANSWERS.map(
    lambda given_answers: {
        key: answer for key, answer in given_answers.items() if not key.startswith("scope_")
    }
)


@given(ANY_ANSWERS)
def test_every_combination_has_a_tier_reasons_and_known_duties(answers: Answers) -> None:
    result = triage(ACT, answers)
    assert result.tier.severity <= result.may_become.severity
    assert result.blocks_go is (ActPath.PROHIBITED in result.paths)
    if result.tier.severity >= ActTier.TRANSPARENCY.severity or result.tier is ActTier.OUTSIDE:
        assert result.reasons
    assert all(answers.get(q.key) in (None, UNSURE) for q in result.open)
    assert all(set(due.duty.paths) & set(result.paths) for due in result.duties)


@given(INSIDE, st.data())
def test_answers_to_come_never_exceed_what_was_announced(
    answers: dict[str, YesNo], data: st.DataObject
) -> None:
    before = triage(ACT, answers)
    rest = [key for key in KEYS if answers.get(key) in (None, UNSURE)]
    more = {key: data.draw(st.sampled_from([YES, NO]), label=key) for key in rest}
    after = triage(ACT, answers | more)
    assert after.tier.severity <= before.may_become.severity
    assert after.tier is not ActTier.OPEN


@given(INSIDE, st.sampled_from([q.key for q in ACT.questions if q.gate in STRICTER]))
def test_a_yes_to_a_strict_question_never_makes_it_milder(
    answers: dict[str, YesNo], key: str
) -> None:
    question = ACT.by_key[key]
    milder = triage(ACT, answers | {key: NO}).tier.severity
    stricter = triage(ACT, answers | {key: YES}).tier.severity
    assert stricter <= milder if question.lifts else stricter >= milder


def test_an_answer_to_no_question_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no question “colour”"):
        triage(ACT, {"colour": YES})
    with pytest.raises(InvalidInput, match="no question “colour”"):
        framework_report(rmf(), {"colour": YES})


# ---------------------------------------------------------------- NIST AI RMF


def test_each_function_reports_what_is_met_missing_and_open() -> None:
    questions = rmf()
    answers = {"map_context": YES, "map_benefits": NO, "map_impacts": UNSURE}
    reports = {report.function: report for report in framework_report(questions, answers)}
    assert list(reports) == list(RmfFunction)
    found = reports[RmfFunction.MAP]
    assert [q.key for q in found.met] == ["map_context"]
    assert [q.key for q in found.missing] == ["map_benefits"]
    assert {q.key for q in found.open} == {"map_categorise", "map_components", "map_impacts"}
    assert found.share == 1 / 5
    assert reports[RmfFunction.GOVERN].share == 0


def test_the_framework_has_its_nineteen_categories() -> None:
    counts = {"GOVERN": 6, "MAP": 5, "MEASURE": 4, "MANAGE": 4}
    expected = [f"{name} {n}" for name, most in counts.items() for n in range(1, most + 1)]
    assert [q.category for q in rmf()] == expected
    assert all(q.category.startswith(q.function.upper()) for q in rmf())
