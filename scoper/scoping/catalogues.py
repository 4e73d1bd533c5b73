"""Catalogues of the library to choose from: what each entry says, and what choosing it fills in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from scoper.library import ideas
from scoper.library.approaches import MODELLING, ModellingApproach
from scoper.library.delivery import COSTS as COST_ITEMS
from scoper.library.delivery import ROLE_PROFILES, CostItem, RoleProfile
from scoper.library.ideas import Idea
from scoper.library.metrics import GOALS, METRICS, MODEL_METRICS, Metric, ModelMetric
from scoper.library.registry import Library
from scoper.library.risks import RISKS as RISK_LIBRARY
from scoper.library.risks import RiskSpec
from scoper.terms import Approach, KpiKind, Phase
from scoper.text import fold, join, shorten

_UNIT: Final = 60

EURO: Final = "EUR"
"""The currency of the amounts in the library."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One entry: its ``group`` to filter by, and ``facts`` as pairs of a name and a text.

    ``values`` are the fields it fills in where it is chosen for a list; ``companions`` those of
    entries that usually go with it.
    """

    id: str
    title: str
    group: str
    facts: tuple[tuple[str, str], ...]
    values: dict[str, Any]
    companions: tuple[dict[str, Any], ...] = ()

    @property
    def words(self) -> str:
        """What a search looks through, folded."""
        return fold(" ".join((self.title, self.group, *(text for _, text in self.facts))))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue; ``items`` is the list of a use case it fills, empty where it makes one.

    ``with_companions`` tells that people choose which companions of an entry are added too.
    """

    title: str
    action: str
    noun: str
    every: str
    items: str
    entries: Callable[[Library], tuple[CatalogueEntry, ...]]
    with_companions: bool = False


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


def business_metrics(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the business metrics, each with the guardrails and model metrics that go with it."""
    business = {metric.id: metric for metric in library.entries(METRICS)}
    models = {metric.id: metric for metric in library.entries(MODEL_METRICS)}
    goals: dict[str, str] = {}
    for goal in library.entries(GOALS):
        for key in goal.kpis:
            goals.setdefault(key, goal.title)
    return tuple(_metric(metric, business, models, goals) for metric in business.values())


def model_metrics(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the measures of models, by task."""
    return tuple(_model_metric(metric) for metric in library.entries(MODEL_METRICS))


def _kpis(library: Library) -> tuple[CatalogueEntry, ...]:
    return (*business_metrics(library), *model_metrics(library))


def _metric(
    metric: Metric,
    business: Mapping[str, Metric],
    models: Mapping[str, ModelMetric],
    goals: Mapping[str, str],
) -> CatalogueEntry:
    guardrails = [business[key] for key in metric.guardrails]
    driven_by = [models[key] for key in metric.model_metrics]
    pair = {"paired_with": metric.title}
    facts = (
        ("Also called", ", ".join(metric.also)),
        ("What it is", metric.definition),
        ("Formula", metric.formula),
        ("Unit", f"{metric.unit}; {metric.direction.label.lower()}"),
        ("Who reports it, who answers for it", f"{metric.owner}; {metric.sponsor}"),
        ("Must not get worse meanwhile", ", ".join(other.title for other in guardrails)),
        ("Driven by a model's", ", ".join(other.title for other in driven_by)),
        ("How it is gamed", metric.gaming),
    )
    return CatalogueEntry(
        metric.id,
        metric.title,
        "Business metrics",
        tuple((name, text) for name, text in facts if text),
        _business_values(metric) | {"goal": goals.get(metric.id, "")},
        (
            *(_business_values(m) | {"kind": KpiKind.GUARDRAIL} | pair for m in guardrails),
            *(_model_values(m) | pair for m in driven_by),
        ),
    )


def _business_values(metric: Metric) -> dict[str, Any]:
    return {
        "title": metric.title,
        "kind": KpiKind.BUSINESS,
        "definition": metric.definition,
        "formula": metric.formula,
        "unit": shorten(metric.unit, _UNIT),
        "direction": metric.direction,
        "owner": metric.owner,
        "sponsor": metric.sponsor,
    }


def _model_metric(metric: ModelMetric) -> CatalogueEntry:
    facts = (
        ("Also called", ", ".join(metric.also)),
        ("What it is", metric.definition),
        ("Range", f"{metric.range}; {metric.direction.label.lower()}"),
        ("What it means to the business", metric.meaning),
        ("When it misleads", metric.caution),
    )
    return CatalogueEntry(
        metric.id,
        metric.title,
        f"Model metrics: {metric.task.label.lower()}",
        tuple((name, text) for name, text in facts if text),
        _model_values(metric),
    )


def _model_values(metric: ModelMetric) -> dict[str, Any]:
    return {
        "title": metric.title,
        "kind": KpiKind.MODEL,
        "definition": metric.definition,
        "unit": shorten(metric.range, _UNIT),
        "direction": metric.direction,
    }


def _costs(library: Library) -> tuple[CatalogueEntry, ...]:
    return tuple(_cost(cost) for cost in library.entries(COST_ITEMS))


def _cost(cost: CostItem) -> CatalogueEntry:
    facts = (
        ("What drives it", cost.driver),
        ("How to estimate it", cost.estimate),
        ("What is often forgotten", cost.forgotten),
        (
            f"Order of magnitude, {cost.recurrence.label.lower()}",
            f"{EURO} {cost.likely:,.0f} ({cost.low:,.0f} to {cost.high:,.0f})",
        ),
        ("Phases", join([phase.label for phase in cost.phases])),
    )
    values = {
        "title": cost.title,
        "category": cost.category,
        "phase": cost.phases[0],
        "recurrence": cost.recurrence,
        "low": cost.low,
        "likely": cost.likely,
        "high": cost.high,
    }
    return CatalogueEntry(cost.key, cost.title, cost.category.label, facts, values)


def _roles(library: Library) -> tuple[CatalogueEntry, ...]:
    order = [phase.label for phase in Phase]
    found = [_role(profile) for profile in library.entries(ROLE_PROFILES)]
    return tuple(sorted(found, key=lambda entry: order.index(entry.group)))


def _role(profile: RoleProfile) -> CatalogueEntry:
    days = ", ".join(
        f"{phase.label} {low:g} to {high:g}"
        for phase in profile.phases
        for low, _, high in (profile.days[phase],)
    )
    facts = (
        ("Purpose", profile.purpose),
        ("Skills", "; ".join(profile.skills)),
        ("Responsibilities", "; ".join(profile.responsibilities)),
        ("Tools", "; ".join(profile.tools)),
        ("Rate and hiring", f"{EURO} {profile.day_rate:,.0f} a day; {profile.hiring_weeks} weeks"),
        ("On hiring", profile.hiring_note),
        ("Usual days", days),
    )
    values = {
        "title": profile.title,
        "day_rate": profile.day_rate,
        "hiring_weeks": profile.hiring_weeks,
        "skills": "; ".join(profile.skills),
    }
    efforts = tuple(
        {"phase": phase, "days_low": low, "days": likely, "days_high": high}
        for phase in profile.phases
        for low, likely, high in (profile.days[phase],)
    )
    shown = tuple((name, text) for name, text in facts if text)
    return CatalogueEntry(
        profile.key, profile.title, profile.phases[0].label, shown, values, efforts
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


def _approaches(library: Library) -> tuple[CatalogueEntry, ...]:
    titles = {metric.id: metric.title for metric in library.entries(MODEL_METRICS)}
    return tuple(_approach(entry, titles) for entry in library.entries(MODELLING))


def _approach(entry: ModellingApproach, titles: dict[str, str]) -> CatalogueEntry:
    facts = (
        ("How it works", entry.method),
        ("The baseline it has to beat", entry.baseline),
        ("Measured by", join([titles[key] for key in entry.metrics])),
        ("How much data", entry.data_volume),
        ("Labelling", entry.labelling),
        ("Cost of running it, and how fast", f"{entry.serving_cost.label}; {entry.latency.label}"),
        ("What goes wrong", entry.pitfalls),
    )
    values = {
        "title": entry.title,
        "approach": Approach.ADAPT,
        "input_data": entry.data_type.label,
        "task": entry.task.label,
        "sophistication": entry.serving_cost,
    }
    return CatalogueEntry(entry.id, entry.title, entry.data_type.label, facts, values)


IDEAS: Final = Catalogue(
    "Start from an idea", "Start from this idea", "idea", "All functions", "", _ideas
)
KPIS: Final = Catalogue(
    "Choose a metric",
    "Add this metric",
    "metric",
    "All metrics",
    "kpis",
    _kpis,
    with_companions=True,
)
COSTS: Final = Catalogue("Choose a cost", "Add this cost", "cost", "All kinds", "costs", _costs)
ROLES: Final = Catalogue(
    "Choose a role", "Add this role", "role profile", "From any phase", "", _roles
)

RISKS: Final = Catalogue("Choose a risk", "Add this risk", "risk", "All kinds", "risks", _risks)

APPROACHES: Final = Catalogue(
    "Choose a modelling approach",
    "Add this option",
    "method",
    "All kinds of data",
    "solutions",
    _approaches,
)

FOR_LISTS: Final[dict[str, Catalogue]] = {
    catalogue.items: catalogue for catalogue in (APPROACHES, KPIS, RISKS, COSTS)
}
"""The catalogue that fills each list of a use case."""
