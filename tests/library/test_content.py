"""The built-in packs: sound, complete, and written for each case rather than copied."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from scoper.library import approaches, ideas, metrics, relevance
from scoper.library.registry import KINDS, Library, library
from scoper.scoping.gates import technology_named
from scoper.terms import BusinessFunction, DataType, ModelTask
from scoper.text import clean


@pytest.fixture(scope="module")
def built_in() -> Library:
    return library()


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


def test_every_pack_is_sound(built_in: Library) -> None:
    assert [str(problem) for problem in built_in.problems] == []
    assert all(not file.own for file in built_in.files)
    assert all(built_in.entries(kind) for kind in KINDS)


def test_every_text_is_clean(built_in: Library) -> None:
    """Only texts that may be left out are empty: the others are refused when they are read."""
    found = [text for file in built_in.files for text in texts(file.pack)]
    assert len(found) > 2_000
    assert [text for text in found if text != clean(text)] == []


def test_no_sentence_is_repeated_in_more_than_two_entries(built_in: Library) -> None:
    where: dict[str, set[str]] = defaultdict(set)
    for kind in KINDS:
        for entry in built_in.entries(kind):
            for text in texts(entry):
                for sentence in re.split(r"(?<=[.!?])\s+", text):
                    if len(sentence.split()) > 4:
                        where[sentence].add(f"{kind.name} {kind.id_of(entry)}")
    assert {s: places for s, places in where.items() if len(places) > 2} == {}


def test_there_are_enough_ideas_for_every_function(built_in: Library) -> None:
    found = built_in.entries(ideas.KIND)
    counts = Counter(idea.function for idea in found)
    assert len(found) >= 64
    assert {
        function: counts[function] for function in BusinessFunction if counts[function] < 4
    } == {}


def test_no_problem_of_an_idea_names_a_technology(built_in: Library) -> None:
    named = {idea.id: technology_named(idea.problem) for idea in built_in.entries(ideas.KIND)}
    assert {key: word for key, word in named.items() if word} == {}


def test_the_catalogues_are_as_large_as_promised(built_in: Library) -> None:
    questions = Counter(q.side for q in built_in.entries(relevance.KIND))
    assert min(questions["technical"], questions["commercial"]) >= 12
    assert len(built_in.entries(metrics.METRICS)) >= 45
    models = built_in.entries(metrics.MODEL_METRICS)
    assert len(models) >= 35
    assert {metric.task for metric in models} == set(ModelTask)


def test_every_type_of_data_has_two_approaches(built_in: Library) -> None:
    counts = Counter(a.data_type for a in built_in.entries(approaches.MODELLING))
    assert {kind: counts[kind] for kind in DataType if counts[kind] < 2} == {}


def test_every_business_metric_hangs_below_a_goal_or_guards_one_that_does(
    built_in: Library,
) -> None:
    catalogue = {metric.id: metric for metric in built_in.entries(metrics.METRICS)}
    reached = {kpi for goal in built_in.entries(metrics.GOALS) for kpi in goal.kpis}
    for _ in catalogue:
        reached |= {guard for kpi in reached for guard in catalogue[kpi].guardrails}
    reached |= {idea.business_kpi for idea in built_in.entries(ideas.KIND)}
    assert set(catalogue) - reached == set()


def test_no_metric_guards_itself(built_in: Library) -> None:
    for metric in built_in.entries(metrics.METRICS):
        assert metric.id not in metric.guardrails
