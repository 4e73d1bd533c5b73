"""Catalogues of the library to choose from: what each entry says, and what choosing it fills in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from scoper.library import ideas
from scoper.library.ideas import Idea
from scoper.library.metrics import METRICS, MODEL_METRICS, Metric, ModelMetric
from scoper.library.registry import Library
from scoper.library.risks import RISKS as RISK_LIBRARY
from scoper.library.risks import RiskSpec
from scoper.terms import KpiKind
from scoper.text import shorten

_UNIT: Final = 60


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One entry: its ``group`` to filter by, and ``facts`` as pairs of a name and a text.

    ``values`` are the fields it fills in where it is chosen for a list.
    """

    id: str
    title: str
    group: str
    facts: tuple[tuple[str, str], ...]
    values: dict[str, Any]

    @property
    def words(self) -> str:
        """What a search looks through."""
        return " ".join((self.title, self.group, *(text for _, text in self.facts))).casefold()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue; ``items`` is the list of a use case it fills, empty where it makes one."""

    title: str
    action: str
    noun: str
    every: str
    items: str
    entries: Callable[[Library], tuple[CatalogueEntry, ...]]


def _ideas(library: Library) -> tuple[CatalogueEntry, ...]:
    metrics = {metric.id: metric for metric in library.entries(METRICS)}
    model_metrics = {metric.id: metric for metric in library.entries(MODEL_METRICS)}
    return tuple(
        _idea(idea, metrics[idea.business_kpi], model_metrics[idea.model_metric])
        for idea in library.entries(ideas.KIND)
    )


def _idea(idea: Idea, metric: Metric, model_metric: ModelMetric) -> CatalogueEntry:
    facts = (
        ("The problem", idea.problem),
        ("What goes in", idea.input),
        ("What comes out", idea.output),
        ("The task", idea.task),
        ("The simplest alternative, without AI", idea.simplest_alternative),
        ("How the business sees that it works", f"{metric.title}: {metric.definition}"),
        ("How the model is measured", f"{model_metric.title}: {model_metric.meaning}"),
        ("Data", idea.data),
        ("What goes wrong", idea.pitfalls),
    )
    return CatalogueEntry(idea.id, idea.title, idea.function.label, facts, {})


def _kpis(library: Library) -> tuple[CatalogueEntry, ...]:
    titles = {metric.id: metric.title for metric in library.entries(METRICS)}
    titles |= {metric.id: metric.title for metric in library.entries(MODEL_METRICS)}
    business = (_metric(metric, titles) for metric in library.entries(METRICS))
    models = (_model_metric(metric) for metric in library.entries(MODEL_METRICS))
    return (*business, *models)


def _metric(metric: Metric, titles: dict[str, str]) -> CatalogueEntry:
    facts = (
        ("What it is", metric.definition),
        ("Formula", metric.formula),
        ("Unit", f"{metric.unit}; {metric.direction.label.lower()}"),
        ("Who reports it, who answers for it", f"{metric.owner}; {metric.sponsor}"),
        ("Must not get worse meanwhile", ", ".join(titles[key] for key in metric.guardrails)),
        ("Driven by a model's", ", ".join(titles[key] for key in metric.model_metrics)),
        ("How it is gamed", metric.gaming),
    )
    return CatalogueEntry(
        metric.id,
        metric.title,
        "Business metrics",
        tuple((name, text) for name, text in facts if text),
        {
            "title": metric.title,
            "kind": KpiKind.BUSINESS,
            "unit": shorten(metric.unit, _UNIT),
            "direction": metric.direction,
            "owner": metric.owner,
            "sponsor": metric.sponsor,
        },
    )


def _model_metric(metric: ModelMetric) -> CatalogueEntry:
    facts = (
        ("What it is", metric.definition),
        ("Range", f"{metric.range}; {metric.direction.label.lower()}"),
        ("What it means to the business", metric.meaning),
        ("When it misleads", metric.caution),
    )
    return CatalogueEntry(
        metric.id,
        metric.title,
        f"Model metrics: {metric.task.label.lower()}",
        facts,
        {
            "title": metric.title,
            "kind": KpiKind.MODEL,
            "unit": shorten(metric.range, _UNIT),
            "direction": metric.direction,
        },
    )


def _risks(library: Library) -> tuple[CatalogueEntry, ...]:
    return tuple(_risk(spec) for spec in library.entries(RISK_LIBRARY))


def _risk(spec: RiskSpec) -> CatalogueEntry:
    facts = (
        ("Why it happens", spec.cause),
        ("First sign", spec.early_sign),
        ("What to do about it", spec.mitigation),
        ("The mitigation makes smaller", spec.eases.label),
        ("Who usually owns it", spec.owner),
    )
    values = {
        "title": spec.title,
        "category": spec.category,
        "mitigation": spec.mitigation,
        "owner": spec.owner,
    }
    return CatalogueEntry(spec.key, spec.title, spec.category.label, facts, values)


IDEAS: Final = Catalogue(
    "Start from an idea", "Start from this idea", "idea", "All functions", "", _ideas
)
KPIS: Final = Catalogue(
    "Choose a metric", "Add this metric", "metric", "All metrics", "kpis", _kpis
)

RISKS: Final = Catalogue("Choose a risk", "Add this risk", "risk", "All kinds", "risks", _risks)

FOR_LISTS: Final[dict[str, Catalogue]] = {catalogue.items: catalogue for catalogue in (KPIS, RISKS)}
"""The catalogue that fills each list of a use case."""
