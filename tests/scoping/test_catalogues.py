"""The catalogues: everything in them says something, and what is chosen fits the fields."""

from __future__ import annotations

import pytest

from scoper.commands.checks import valid_row
from scoper.library.registry import library
from scoper.model import ITEM_FIELDS, RoleFields
from scoper.scoping.catalogues import (
    FOR_LISTS,
    IDEAS,
    KPIS,
    ROLES,
    Catalogue,
    CatalogueEntry,
    business_metrics,
    model_metrics,
)
from scoper.snapshot import Kpi
from scoper.terms import KpiKind
from scoper.text import fold

CATALOGUES = [IDEAS, ROLES, *FOR_LISTS.values()]


def entries(catalogue: Catalogue) -> tuple[CatalogueEntry, ...]:
    return catalogue.entries(library())


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda catalogue: catalogue.noun)
def test_every_entry_says_something_and_can_be_found(catalogue: Catalogue) -> None:
    listed = entries(catalogue)
    assert len({entry.id for entry in listed}) == len(listed)
    for entry in listed:
        assert entry.title
        assert entry.group
        assert len(entry.facts) >= 2
        assert all(name and text for name, text in entry.facts), entry.id
        assert fold(entry.title) in entry.words
        assert fold(entry.facts[0][1]) in entry.words


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda catalogue: catalogue.noun)
def test_a_group_is_listed_in_one_piece(catalogue: Catalogue) -> None:
    groups = [entry.group for entry in entries(catalogue)]
    runs = [group for place, group in enumerate(groups) if groups[place - 1 : place] != [group]]
    assert len(set(groups)) > 1
    if catalogue is not IDEAS:
        assert len(runs) == len(set(runs))


@pytest.mark.parametrize("items", FOR_LISTS)
def test_what_is_chosen_is_accepted_as_it_is(items: str) -> None:
    for entry in entries(FOR_LISTS[items]):
        checked = valid_row(ITEM_FIELDS[items], entry.values)
        assert {name: checked[name] for name in entry.values} == entry.values, entry.id
        assert entry.values["title"] == entry.title


def test_an_idea_fills_no_list_but_makes_a_use_case() -> None:
    assert IDEAS.items == ""
    assert all(entry.values == {} for entry in entries(IDEAS))


def test_business_metrics_come_with_who_answers_for_them_and_model_metrics_stand_apart() -> None:
    known = set(Kpi.__dataclass_fields__)
    for entry in entries(KPIS):
        assert set(entry.values) <= known
        is_business = entry.values["kind"] is KpiKind.BUSINESS
        assert entry.group.startswith("Business" if is_business else "Model metrics: ")
        assert bool(entry.values.get("owner")) is is_business
        assert bool(entry.values.get("sponsor")) is is_business


def test_a_role_comes_with_its_rate_and_its_days_in_each_phase() -> None:
    for entry in entries(ROLES):
        assert valid_row(RoleFields, entry.values)["day_rate"] > 0
        assert entry.companions
        assert entry.companions[0]["phase"].label == entry.group


def test_what_goes_with_a_metric_can_be_added_and_names_it() -> None:
    offered = [entry for entry in entries(KPIS) if entry.companions]
    assert offered
    for entry in offered:
        for values in entry.companions:
            checked = valid_row(ITEM_FIELDS["kpis"], values)
            assert checked["paired_with"] == entry.title
            assert checked["kind"] is not KpiKind.BUSINESS


@pytest.mark.parametrize(
    "said",
    [
        "ARR", "GMV", "CAC", "LTV", "NPS", "CSAT", "AHT", "FCR", "churn", "conversion", "DSO",
        "fraud loss", "forecast error cost", "time to hire", "downtime", "call abandonment",
        "OEE", "MTTR", "OTIF", "ROAS", "attrition", "cycle time", "backlog", "uptime",
        "AUC", "MAPE", "NDCG", "WER", "IoU", "hallucination", "toxicity", "latency",
    ],
)  # fmt: skip
def test_a_metric_is_found_by_the_name_people_use(said: str) -> None:
    entries = (*business_metrics(library()), *model_metrics(library()))
    sought = fold(said).split()
    assert [entry for entry in entries if all(word in entry.words for word in sought)]
