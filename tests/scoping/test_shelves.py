"""The library to browse: every kind is there, says all it holds and where it comes from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from uuid import uuid4

import numpy as np
import pytest
from pydantic import BaseModel

from scoper.library.metrics import METRICS
from scoper.library.registry import KINDS, library
from scoper.scoping.shared_metrics import uses_of
from scoper.scoping.shelves import SHELVES, Held, Shelf, holdings
from scoper.snapshot import Kpi, Portfolio, UseCase
from scoper.terms import Direction, KpiKind
from scoper.text import fold
from tests.support import portfolio_of

HELD = holdings(library())
UNSAID = {"model_metrics", "metrics", "kpis", "steps", "section_b", "method"}
"""Fields that hold ids, which are shown as the titles they stand for, or that nobody reads."""


def test_every_kind_stands_on_a_shelf_with_every_entry_once() -> None:
    assert {shelf.kind for shelf in SHELVES} == set(KINDS)
    counts = Counter((held.shelf.kind.name, held.entry.id) for held in HELD)
    assert set(counts.values()) == {1}
    for kind in KINDS:
        held = [h for h in HELD if h.shelf.kind is kind]
        assert len(held) == len(library().entries(kind))


def texts(value: object, name: str = "") -> list[str]:
    if isinstance(value, BaseModel):
        fields = {n: getattr(value, n) for n in type(value).model_fields}
        return [t for n, v in fields.items() if n not in UNSAID for t in texts(v, n)]
    if isinstance(value, tuple | list):
        return [t for v in value for t in texts(v, name)]
    if isinstance(value, dict):
        return [t for v in value.values() for t in texts(v, name)]
    return [value] if isinstance(value, str) and " " in value else []


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: shelf.kind.name)
def test_every_sentence_of_an_entry_is_shown_and_found(shelf: Shelf) -> None:
    for held in (h for h in HELD if h.shelf is shelf):
        entry = library().entry(shelf.kind, held.entry.id)
        said = " ".join((held.entry.title, *(" ".join(fact) for fact in held.entry.facts)))
        skipped = {"title", "source"} if not shelf.kind.entries else {"title"}
        for name in type(entry).model_fields.keys() - skipped - UNSAID:
            for text in texts(getattr(entry, name), name):
                assert text in said, (held.entry.id, name)
        assert all(name and text for name, text in held.entry.facts)
        assert fold(held.entry.title) in held.words
        assert held.entry.group


def test_an_entry_names_its_pack_with_source_and_date() -> None:
    files = {file.path: file.pack for file in library().files}
    for held in HELD:
        pack, origin = files[held.origin.path], held.origin
        assert (origin.pack, origin.source, origin.as_of, origin.version) == (
            pack.title,
            pack.source,
            pack.as_of,
            pack.version,
        )
        assert not origin.own
        assert not origin.replaces


# ---------------------------------------------------------------- shared metrics


def metric(key: str) -> Held:
    return next(h for h in HELD if h.shelf.kind is METRICS and h.entry.id == key)


def portfolio(*kpis: Kpi) -> Portfolio:
    empty = portfolio_of(np.zeros((len(kpis), 1, 1)))
    cases = tuple(
        UseCase(id=uuid4(), key=f"UC-{place:02}", title=f"Case {place}", kpis=(kpi,))
        for place, kpi in enumerate(kpis, start=1)
    )
    return replace(empty, use_cases=cases)


def chosen(**other: object) -> Kpi:
    values = metric("arr").entry.values | other
    return Kpi(id=uuid4(), **values)  # type: ignore[arg-type]


def test_use_cases_that_chose_a_metric_share_it_also_under_another_name() -> None:
    title = metric("arr").entry.title
    assert title == "Annual recurring revenue (ARR)"
    shared = portfolio(
        chosen(),
        chosen(title="What subscribers pay"),
        Kpi(uuid4(), title.upper()),
        Kpi(uuid4(), "Annual recurring  revenue"),
        Kpi(uuid4(), "ARR"),
        Kpi(uuid4(), title, KpiKind.MODEL),
        Kpi(uuid4(), "Something else", definition="Else"),
    )
    found = uses_of(shared, metric("arr").entry.values)
    assert [(use.key, use.renamed) for use in found] == [
        ("UC-01", False),
        ("UC-02", True),
        ("UC-03", False),
        ("UC-04", False),
        ("UC-05", False),
    ]
    assert not any(use.difference for use in found)


def test_a_use_case_that_defines_a_metric_otherwise_is_named_with_its_words() -> None:
    shared = portfolio(chosen(definition="Only new customers."), chosen(direction=Direction.DOWN))
    first, second = uses_of(shared, metric("arr").entry.values)
    assert first.difference == "UC-01 defines it otherwise: definition “Only new customers.”"
    assert second.difference == (f"UC-02 defines it otherwise: direction “{Direction.DOWN.label}”")
