"""What an editor would send back: near copies, foreign spelling, sales talk, gaps, wrong units."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations

import pytest
from pydantic import BaseModel

from scoper.library import approaches, governance, ideas, in_use, metrics
from scoper.library.delivery import ROLE_PROFILES
from scoper.library.registry import KINDS, library
from scoper.terms import BusinessFunction, DataType, ModelTask
from tests.library.test_content import texts

NEAR = 0.5
NEAR_WORDS = 8
PREMORTEM = "It is a year from now and it failed because "
SCALES = {
    "per hundred": "× 100",
    "per thousand": "× 1,000",
    "per million": "× 1,000,000",
    "basis points": "× 10,000",
}
AMERICAN = (
    r"\b(behavior|color|center|labeled|labeling|modeling|fulfill|catalog|defense|gray|favorite"
    r"|[a-z]+iz(?:e|es|ed|ing|ation))\b"
)
BRITISH_Z = {"size", "sizes", "sized", "prize", "seize", "horizon"}
SALES_TALK = (
    r"\b(cutting[- ]edge|state[- ]of[- ]the[- ]art|seamless\w*|leverag\w+|revolution\w+"
    r"|game[- ]chang\w+|world[- ]class|best[- ]in[- ]class|empower\w*|holistic\w*"
    r"|synerg\w+|supercharge\w*|next[- ]generation|turnkey)\b"
)


def entries() -> list[tuple[str, BaseModel]]:
    return [
        (f"{kind.name} {kind.id_of(entry)}", entry)
        for kind in KINDS
        for entry in library().entries(kind)
    ]


def sentences() -> list[tuple[str, str]]:
    return [(place, text) for place, entry in entries() for text in texts(entry)]


def threes(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.removeprefix(PREMORTEM).casefold())
    return frozenset(tuple(words[at : at + 3]) for at in range(len(words) - 2))


# ---------------------------------------------------------------- wording


def test_no_text_is_nearly_another_entrys() -> None:
    """Schemes of criteria are alternatives to each other and may share a scale."""
    shingled = [
        (place, text, threes(text))
        for place, text in sentences()
        if len(text.removeprefix(PREMORTEM).split()) >= NEAR_WORDS
        and not place.startswith("criteria_schemes")
    ]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, (_, _, grams) in enumerate(shingled):
        for gram in grams:
            holders[gram].append(number)
    shared = Counter(pair for held in holders.values() for pair in combinations(held, 2))
    near = [
        (shingled[a][:2], shingled[b][:2])
        for (a, b), count in shared.items()
        if shingled[a][0] != shingled[b][0] and count / len(shingled[a][2] | shingled[b][2]) >= NEAR
    ]
    assert near == []


@pytest.mark.parametrize("pattern", [AMERICAN, SALES_TALK], ids=["american", "sales talk"])
def test_the_words_are_british_and_plain(pattern: str) -> None:
    """Titles of works, in quotation marks, keep the spelling of their authors."""
    found = {
        (place, match[0])
        for place, text in sentences()
        for match in re.finditer(pattern, re.sub("“[^”]*”", "", text), re.IGNORECASE)
        if match[0].casefold() not in BRITISH_Z
    }
    assert found == set()


def test_one_word_is_spelt_one_way() -> None:
    everything = " ".join(text for _, text in sentences()).casefold()
    for one, other in [
        ("learnt", "learned"),
        ("pretrained", "pre-trained"),
        ("roadmap", "road map"),
        ("roll-out", "roll out"),
        ("e-mail", "email"),
    ]:
        assert not re.search(rf"\b{other}\b", everything), f"“{other}” beside “{one}”"


def test_titles_fit_one_line_of_the_library() -> None:
    long = {
        place: title
        for place, entry in entries()
        if (title := getattr(entry, "title", "")) and len(title) > 90
    }
    assert long == {}


def test_every_source_is_a_work_or_says_that_it_is_editorial() -> None:
    for file in library().files:
        source = file.pack.source
        editorial = source.startswith("Scoper editorial")
        assert editorial or re.search(r"\b(19|20)\d\d\b", source), source


# ---------------------------------------------------------------- completeness


def test_every_function_has_six_ideas_and_no_two_share_task_and_kpi() -> None:
    found = library().entries(ideas.KIND)
    counts = Counter(idea.function for idea in found)
    assert len(found) >= 100
    assert {f: counts[f] for f in BusinessFunction if counts[f] < 6} == {}
    same = Counter((i.function, i.task, i.business_kpi, i.model_metric) for i in found)
    assert [key for key, count in same.items() if count > 1] == []


def test_ideas_use_most_tasks_and_both_old_and_new_kinds_of_work() -> None:
    models = {metric.id: metric.task for metric in library().entries(metrics.MODEL_METRICS)}
    used = {models[idea.model_metric] for idea in library().entries(ideas.KIND)}
    assert set(ModelTask) - used == {ModelTask.SERVING}
    tasks = " ".join(idea.task.casefold() for idea in library().entries(ideas.KIND))
    for word in ("retrieval", "extraction", "code generation", "summarising", "translation"):
        assert word in tasks
    for word in ("forecasting", "optimisation", "scheduling", "anomaly", "ranking"):
        assert word in tasks


def test_every_task_has_two_metrics_and_every_type_of_data_three_approaches() -> None:
    tasks = Counter(metric.task for metric in library().entries(metrics.MODEL_METRICS))
    assert {task: tasks[task] for task in ModelTask if tasks[task] < 2} == {}
    types = Counter(a.data_type for a in library().entries(approaches.MODELLING))
    assert {kind: types[kind] for kind in DataType if types[kind] < 3} == {}


def test_the_ten_roles_of_a_use_case_have_profiles_that_say_what_they_do() -> None:
    profiles = {profile.title: profile for profile in library().entries(ROLE_PROFILES)}
    assert set(profiles) == {
        "Data engineer",
        "Data scientist",
        "Machine learning engineer",
        "Research scientist",
        "Product manager",
        "Business lead",
        "ML manager",
        "Domain expert",
        "Annotator",
        "Partner-team engineer",
    }
    for profile in profiles.values():
        assert profile.skills
        assert profile.responsibilities
        assert profile.tools


# ---------------------------------------------------------------- facts


def test_a_formula_gives_the_unit_beside_it() -> None:
    wrong = {}
    for metric in library().entries(metrics.METRICS):
        for unit, factor in SCALES.items():
            if unit in metric.unit and factor not in metric.formula:
                wrong[metric.id] = (metric.unit, metric.formula)
    assert wrong == {}


def test_every_ban_and_every_listed_use_of_the_ai_act_is_asked() -> None:
    articles = " ".join(question.article for question in in_use.ai_act().questions)
    for letter in ("a", "b", "c", "d", "e", "f", "g", "h", "ba"):
        assert f"Art. 5(1)({letter})" in articles
    for point in ("1(a)", "1(b)", "1(c)", "2", "3(a)", "4(a)", "4(b)", "5(a)", "5(b)", "5(c)"):
        assert f"Annex III, {point}" in articles
    for point in ("5(d)", "6(a)", "7(a)", "8(a)", "8(b)"):
        assert f"Annex III, {point}" in articles
    for letter in "abcd":
        assert f"Art. 6(3)({letter})" in articles


def test_every_article_with_duties_for_high_risk_is_covered() -> None:
    articles = " ".join(duty.article for duty in in_use.ai_act().duties)
    named = {int(number) for number in re.findall(r"\b(\d+)", articles)}
    provider = {9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 22, 25, 43, 47, 48, 49, 72, 73}
    assert provider | {4, 21, 26, 27, 50, 53, 55, 86} <= named
    for paragraph in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12):
        assert f"26({paragraph})" in articles


def test_every_category_of_the_nist_framework_has_its_question() -> None:
    found = [question.category for question in library().entries(governance.RMF)]
    counts = {"GOVERN": 6, "MAP": 5, "MEASURE": 4, "MANAGE": 4}
    wanted = [f"{name} {at}" for name, count in counts.items() for at in range(1, count + 1)]
    assert found == wanted
