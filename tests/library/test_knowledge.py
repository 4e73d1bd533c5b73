"""The content that leads a team: complete, distinct, in its own words, and refused when broken."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scoper.errors import InvalidInput
from scoper.library import data_checks
from scoper.library.data_checks import DataCheckPack
from scoper.library.delivery import (
    COSTS,
    ROADMAP,
    ROLE_PROFILES,
    CostPack,
    RoadmapPack,
    RoleProfilePack,
)
from scoper.library.governance import (
    ActDatePack,
    ActDutyPack,
    ActQuestionPack,
    RmfPack,
)
from scoper.library.in_use import ai_act, default_roles
from scoper.library.packs import LIBRARY, Pack, load
from scoper.library.registry import library
from scoper.library.risks import PREMORTEM, RISKS, PremortemPack, RiskPack
from scoper.scoping import STEPS
from scoper.terms import (
    ActGate,
    ActPath,
    CostCategory,
    DataArea,
    FailureTheme,
    Phase,
    RiskCategory,
)

PACKS: list[tuple[type[Pack], str, str, int]] = [
    (DataCheckPack, "data_checks.toml", "data_checks", 18),
    (RiskPack, "risks.toml", "risks", 40),
    (PremortemPack, "premortem.toml", "premortem_prompts", 44),
    (RoadmapPack, "roadmap.toml", "roadmap_phases", 4),
    (RoleProfilePack, "role_profiles.toml", "role_profiles", 10),
    (CostPack, "cost_catalogue.toml", "cost_items", 20),
    (ActQuestionPack, "governance/eu_ai_act_questions.toml", "act_questions", 50),
    (ActDutyPack, "governance/eu_ai_act_duties.toml", "act_duties", 30),
    (ActDatePack, "governance/eu_ai_act_dates.toml", "act_dates", 6),
    (RmfPack, "governance/nist_ai_rmf.toml", "rmf_questions", 19),
]
SAYS_ONCE = {"question", "help", "why", "improve", "cause", "early_sign", "mitigation", "failure"}
SAYS_ONCE |= {"check", "duty", "purpose", "hiring_note", "estimate", "forgotten", "driver"}

ASKED = {phase for phase in Phase if phase.is_asked}


def content(name: str) -> dict[str, Any]:
    return tomllib.loads((LIBRARY / name).read_text(encoding="utf-8"))


def words(value: object) -> list[str]:
    """Return every text in a value, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in words(part)]
    return [text for part in value for text in words(part)] if isinstance(value, list) else []


# ---------------------------------------------------------------- every pack


@pytest.mark.parametrize(("kind", "name", "entries", "least"), PACKS)
def test_a_pack_is_valid_and_states_its_source(
    kind: type[Pack], name: str, entries: str, least: int
) -> None:
    pack = load(kind, LIBRARY / name)
    assert pack.id == Path(name).stem
    assert len(pack.source) > 40
    assert pack.as_of == dt.date(2026, 11, 25)
    assert len(getattr(pack, entries)) >= least


@pytest.mark.parametrize(("kind", "name", "entries", "least"), PACKS)
def test_a_pack_says_nothing_twice_and_nothing_unfinished(
    kind: type[Pack], name: str, entries: str, least: int
) -> None:
    listed = content(name)[entries]
    for field in SAYS_ONCE:
        counts = Counter(entry[field] for entry in listed if field in entry)
        assert [text for text, count in counts.items() if count > 1] == []
    titles = Counter(entry["title"] for entry in listed if "title" in entry)
    assert [title for title, count in titles.items() if count > 1] == []
    for text in words(listed):
        assert text == " ".join(text.split())
        assert "todo" not in text.casefold()


@pytest.mark.parametrize(("kind", "name", "entries", "least"), PACKS)
@pytest.mark.parametrize("damage", ["twice", "empty", "stranger", "no_source", "no_entries"])
def test_a_broken_pack_is_refused_by_name(
    kind: type[Pack], name: str, entries: str, least: int, damage: str
) -> None:
    pack = content(name)
    first = pack[entries][0]
    breaks: dict[str, Callable[[], object]] = {
        "twice": lambda: pack[entries].append(dict(first)),
        "empty": lambda: first.update({next(f for f in SAYS_ONCE | {"title"} if f in first): " "}),
        "stranger": lambda: first.update(colour="blue"),
        "no_source": lambda: pack.update(source=""),
        "no_entries": lambda: pack.update({entries: []}),
    }
    breaks[damage]()
    with pytest.raises(ValueError, match=r"."):
        kind.model_validate(pack)


def test_a_broken_file_names_itself_and_the_field(tmp_path: Path) -> None:
    text = (LIBRARY / "risks.toml").read_text(encoding="utf-8")
    broken = tmp_path / "risks.toml"
    broken.write_text(text.replace('category = "external"', 'category = "elsewhere"', 1), "utf-8")
    with pytest.raises(InvalidInput, match=r"risks\.toml, line \d+, risks\[\d+\]\.category"):
        load(RiskPack, broken)


# ---------------------------------------------------------------- data, risks, pre-mortem


def test_data_checks_cover_every_area_and_only_change_has_a_retraining_plan() -> None:
    checks = library().entries(data_checks.KIND)
    assert {check.area for check in checks} == set(DataArea)
    for check in checks:
        assert bool(check.plan) is (check.area is DataArea.DRIFT)
        assert len(set(check.anchors.values())) == 5
        assert check.question.endswith("?")


def test_risks_come_from_every_category_and_name_known_owners() -> None:
    risks = library().entries(RISKS)
    counts = Counter(risk.category for risk in risks)
    assert set(counts) == set(RiskCategory)
    assert min(counts.values()) >= 12
    titles = {profile.title for profile in library().entries(ROLE_PROFILES)}
    assert {risk.owner for risk in risks} <= titles


def test_the_premortem_has_eleven_or_more_failures_of_each_theme() -> None:
    prompts = library().entries(PREMORTEM)
    counts = Counter(prompt.theme for prompt in prompts)
    assert set(counts) == set(FailureTheme)
    assert min(counts.values()) >= 11
    for prompt in prompts:
        assert prompt.failure.startswith("It is a year from now and it failed because ")
        assert prompt.check.endswith("?")


# ---------------------------------------------------------------- delivery


def test_the_roadmap_asks_how_each_phase_is_entered_and_left() -> None:
    phases = library().entries(ROADMAP)
    assert [entry.phase for entry in phases] == list(Phase)
    assert all(ask.endswith("?") for entry in phases for ask in (*entry.entry, *entry.exit))


def test_role_profiles_cost_what_the_usual_roles_cost_and_name_real_steps() -> None:
    usual = {role.title: role.day_rate for role in default_roles()}
    steps = {step.key for step in STEPS}
    for profile in library().entries(ROLE_PROFILES):
        assert usual.get(profile.title, profile.day_rate) == profile.day_rate
        assert set(profile.steps) <= steps
        assert profile.phases


def test_every_phase_has_people_and_every_step_too() -> None:
    profiles = library().entries(ROLE_PROFILES)
    assert {phase for profile in profiles for phase in profile.phases} == ASKED
    assert {step for profile in profiles for step in profile.steps} == {s.key for s in STEPS}


@pytest.mark.parametrize("days", [[3, 2, 1], [-1, 0, 1]])
def test_days_that_do_not_rise_are_refused(days: list[float]) -> None:
    pack = content("role_profiles.toml")
    pack["role_profiles"][0]["days"]["mvp"] = days
    with pytest.raises(ValueError, match="must rise"):
        RoleProfilePack.model_validate(pack)


def test_costs_come_from_every_category_and_phase() -> None:
    items = library().entries(COSTS)
    assert {item.category for item in items} == set(CostCategory)
    assert {phase for item in items for phase in item.phases} >= ASKED


# ---------------------------------------------------------------- governance


def test_the_dates_of_the_act_are_those_in_force_since_the_amendment_of_2026() -> None:
    """Art. 113 as amended by Regulation (EU) 2026/1744; ``published`` is the date of 2024."""
    date_of = {path: entry.date for path, entry in ai_act().date_of.items()}
    assert date_of == {
        ActPath.ANY: dt.date(2025, 2, 2),
        ActPath.PROHIBITED: dt.date(2025, 2, 2),
        ActPath.MODEL: dt.date(2025, 8, 2),
        ActPath.TRANSPARENCY: dt.date(2026, 8, 2),
        ActPath.LISTED: dt.date(2027, 12, 2),
        ActPath.EXEMPT: dt.date(2027, 12, 2),
        ActPath.PRODUCT: dt.date(2028, 8, 2),
        ActPath.VEHICLE: dt.date(2028, 8, 2),
    }
    assert "not legal advice" in ai_act().notice
    moved = {entry.key: entry.published for entry in ai_act().dates if entry.published}
    assert moved == {
        "listed_uses": dt.date(2026, 8, 2),
        "regulated_products": dt.date(2027, 8, 2),
    }
    assert all(entry.check for entry in ai_act().dates if entry.paths)


def test_every_gate_asks_and_every_path_has_duties() -> None:
    act = ai_act()
    assert {question.gate for question in act.questions} == set(ActGate)
    assert all(question.question.endswith("?") for question in act.questions)
    assert {path for duty in act.duties for path in duty.paths} == set(ActPath)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("lifts", ["nobody"], "no question “nobody”"),
        ("implies", ["scope_ai_system"], "only questions that come after it"),
        ("leaves_on", "yes", "question of scope"),
    ],
)
def test_a_question_that_refers_wrongly_is_refused(field: str, value: object, reason: str) -> None:
    pack = content("governance/eu_ai_act_questions.toml")
    pack["act_questions"][-1][field] = value
    with pytest.raises(ValueError, match=reason):
        ActQuestionPack.model_validate(pack)


def test_a_path_with_two_dates_is_refused() -> None:
    pack = content("governance/eu_ai_act_dates.toml")
    pack["act_dates"][-1]["paths"] = ["any"]
    with pytest.raises(ValueError, match="exactly one date"):
        ActDatePack.model_validate(pack)
