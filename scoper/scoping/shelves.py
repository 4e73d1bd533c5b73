"""The whole library to browse: each kind of content as entries with their origin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from scoper.library import data_checks, governance, ideas, relevance, risks, roles
from scoper.library.approaches import LADDER, MODELLING
from scoper.library.criteria import KIND as SCHEMES
from scoper.library.delivery import COSTS, ROADMAP, ROLE_PROFILES
from scoper.library.metrics import GOALS, METRICS, MODEL_METRICS
from scoper.library.packs import PackKind
from scoper.library.registry import Library, PackFile
from scoper.scoping import catalogues, entry_facts
from scoper.scoping.catalogues import CatalogueEntry
from scoper.scoping.shared_metrics import Use, uses_of
from scoper.snapshot import Portfolio
from scoper.text import fold

_NO_GOAL: Final = "Other goals"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A kind of content as people browse it.

    ``about`` says where it is used; ``every`` names all of its groups together. ``items`` is the
    list of a use case that an entry can be added to, empty where there is none; where it comes
    ``with_companions``, people choose which are added too. ``used_in`` finds who uses an entry by
    the values it fills in.
    """

    kind: PackKind[Any]
    title: str
    about: str
    every: str
    entries: Callable[[Library], tuple[CatalogueEntry, ...]]
    items: str = ""
    with_companions: bool = False
    used_in: Callable[[Portfolio, Mapping[str, Any]], tuple[Use, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry comes from; ``replaces`` if it stands in the place of a built-in one."""

    pack: str
    source: str
    as_of: dt.date
    version: int
    path: Path
    own: bool
    replaces: bool


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """An entry on its shelf; ``words`` is what a search looks through, folded."""

    shelf: Shelf
    entry: CatalogueEntry
    origin: Origin
    words: str


def holdings(library: Library) -> tuple[Held, ...]:
    """Return everything the library holds, shelf by shelf."""
    return tuple(held for shelf in SHELVES for held in _held(shelf, library))


def _held(shelf: Shelf, library: Library) -> list[Held]:
    files = library.origins(shelf.kind)
    return [_one(shelf, entry, files[entry.id], library) for entry in shelf.entries(library)]


def _one(shelf: Shelf, entry: CatalogueEntry, file: PackFile, library: Library) -> Held:
    pack = file.pack
    replaces = file.own and (shelf.kind.name, entry.id) in library.built_in
    origin = Origin(
        pack.title, pack.source, pack.as_of, pack.version, file.path, file.own, replaces
    )
    names = " ".join(name for name, _ in entry.facts)
    words = f"{entry.words} {fold(f'{names} {shelf.title} {entry.id}')}"
    return Held(shelf, entry, origin, words)


def _metrics(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the business metrics by the goal they serve, with the ideas that count in them."""
    counted: dict[str, list[str]] = {}
    for idea in library.entries(ideas.KIND):
        counted.setdefault(idea.business_kpi, []).append(idea.title)
    return tuple(
        replace(
            entry,
            group=entry.values["goal"] or _NO_GOAL,
            facts=(*entry.facts, *_of_ideas(counted.get(entry.id, ()))),
        )
        for entry in catalogues.business_metrics(library)
    )


def _of_ideas(titles: list[str] | tuple[()]) -> tuple[tuple[str, str], ...]:
    return (("Ideas that are counted in it", "; ".join(titles)),) if titles else ()


def _model_metrics(library: Library) -> tuple[CatalogueEntry, ...]:
    tasks = {metric.id: metric.task.label for metric in library.entries(MODEL_METRICS)}
    return tuple(replace(e, group=tasks[e.id]) for e in catalogues.model_metrics(library))


SHELVES: Final = (
    Shelf(
        ideas.KIND,
        "Use-case ideas",
        "To start a use case from.",
        catalogues.IDEAS.every,
        catalogues.IDEAS.entries,
    ),
    Shelf(
        relevance.KIND,
        "Relevance questions",
        "Asked in step 1.",
        "Both sides",
        entry_facts.relevance_questions,
    ),
    Shelf(LADDER, "Approach ladder", "Asked in step 2.", "All rungs", entry_facts.rungs),
    Shelf(
        MODELLING,
        "Modelling approaches",
        "Options of step 2.",
        catalogues.APPROACHES.every,
        catalogues.APPROACHES.entries,
        "solutions",
    ),
    Shelf(data_checks.KIND, "Data checks", "Graded in step 3.", "All areas", entry_facts.checks),
    Shelf(
        risks.RISKS,
        "Risks",
        "For the register of step 3.",
        "All families",
        catalogues.RISKS.entries,
        "risks",
    ),
    Shelf(
        risks.PREMORTEM, "Pre-mortem prompts", "Asked in step 3.", "All themes", entry_facts.prompts
    ),
    Shelf(
        governance.ACT_QUESTIONS,
        "EU AI Act: questions",
        "Asked in step 3. Not legal advice.",
        "All gates",
        entry_facts.act_questions,
    ),
    Shelf(
        governance.ACT_DUTIES,
        "EU AI Act: duties",
        "What follows from the answers. Not legal advice.",
        "Everybody",
        entry_facts.act_duties,
    ),
    Shelf(
        governance.ACT_DATES,
        "EU AI Act: dates",
        "From when what applies. Not legal advice.",
        "All years",
        entry_facts.act_dates,
    ),
    Shelf(
        governance.RMF,
        "NIST AI RMF: questions",
        "Asked in step 3.",
        "All functions",
        entry_facts.rmf_questions,
    ),
    Shelf(GOALS, "Business goals", "The roots of KPI trees.", "All goals", entry_facts.goals),
    Shelf(
        METRICS,
        "Business metrics",
        "KPIs of step 4.",
        "All goals",
        _metrics,
        catalogues.KPIS.items,
        with_companions=True,
        used_in=uses_of,
    ),
    Shelf(
        MODEL_METRICS,
        "Model metrics",
        "KPIs of step 4.",
        "All tasks",
        _model_metrics,
        catalogues.KPIS.items,
        with_companions=True,
        used_in=uses_of,
    ),
    Shelf(ROADMAP, "Roadmap phases", "Planned in step 4.", "All phases", entry_facts.phases),
    Shelf(
        ROLE_PROFILES,
        "Role profiles",
        "For the team of step 5.",
        catalogues.ROLES.every,
        catalogues.ROLES.entries,
        "efforts",
    ),
    Shelf(
        COSTS,
        "Costs",
        "For the budget of step 5.",
        catalogues.COSTS.every,
        catalogues.COSTS.entries,
        "costs",
    ),
    Shelf(
        SCHEMES,
        "Criteria schemes",
        "Chosen under Method.",
        "All schemes",
        entry_facts.schemes,
    ),
    Shelf(
        roles.KIND,
        "Usual roles",
        "What a new portfolio starts with.",
        "All",
        entry_facts.usual_roles,
    ),
)
"""Every kind of content, in the order people meet it; a new kind is an entry here."""
