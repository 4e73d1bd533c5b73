"""What is said of the entries that are asked or planned with, not chosen from a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scoper.library import data_checks, governance, relevance, risks, roles
from scoper.library.approaches import LADDER
from scoper.library.criteria import KIND as SCHEMES
from scoper.library.criteria import CriteriaScheme, CriterionSpec
from scoper.library.delivery import ROADMAP
from scoper.library.metrics import GOALS, METRICS
from scoper.library.registry import Library
from scoper.scoping.catalogues import EURO, CatalogueEntry
from scoper.terms import Answer, Relevance
from scoper.text import join, long_date, shorten

_TITLE = 110

Facts = Iterable[tuple[str, str]]


def _entry(key: str, title: str, group: str, facts: Facts) -> CatalogueEntry:
    said = tuple((name, text) for name, text in facts if text)
    return CatalogueEntry(key, shorten(title, _TITLE), group, said, {})


def _points(texts: Iterable[str]) -> str:
    return "\n".join(f"•  {text}" for text in texts)


def relevance_questions(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the relevance checklist by side."""
    return tuple(
        _entry(
            q.id,
            q.question,
            "Technical" if q.side == "technical" else "Commercial",
            (
                ("The question", q.question),
                ("Why it is asked", q.why),
                *((f"{a.label} means", getattr(q.means, a.value)) for a in Answer),
                ("A no speaks for", Relevance(q.no_means).label),
                ("Weight", f"{q.weight} of 3" + ("; settles the verdict" if q.decisive else "")),
            ),
        )
        for q in library.entries(relevance.KIND)
    )


def rungs(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the approach ladder, lowest rung first."""
    return tuple(
        _entry(
            rung.id.value,
            rung.title,
            f"Rung {place}",
            (
                ("When it fits", rung.fits),
                ("What it costs", rung.costs),
                ("How it fails", rung.fails),
                ("Asked when a higher rung is chosen", rung.why_not),
                ("Answers that hold", _points(rung.good_reasons)),
                ("Answers that do not", _points(rung.poor_reasons)),
            ),
        )
        for place, rung in enumerate(library.entries(LADDER), start=1)
    )


def goals(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the business goals with the metrics that show them."""
    titles = {metric.id: metric.title for metric in library.entries(METRICS)}
    return tuple(
        _entry(
            goal.id,
            goal.title,
            "Business goals",
            (
                ("The question behind it", goal.question),
                ("Seen in", _points(titles[key] for key in goal.kpis)),
            ),
        )
        for goal in library.entries(GOALS)
    )


def checks(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the checks of data readiness by area."""
    return tuple(
        _entry(
            check.key,
            check.title,
            check.area.label,
            (
                ("The question", check.question),
                ("Why it is asked", check.why),
                ("Asked of", check.scope.label),
                *((f"Grade {level}", check.anchors[level]) for level in sorted(check.anchors)),
                ("How to get better", check.improve),
                ("A grade of 1 stops the work because", check.blocks),
                ("For the retraining plan", _points(check.plan)),
                ("Weight", f"{check.weight:g}"),
            ),
        )
        for check in library.entries(data_checks.KIND)
    )


def prompts(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the pre-mortem by failure theme."""
    return tuple(
        _entry(
            prompt.key,
            prompt.failure,
            prompt.theme.label,
            (("What happened", prompt.failure), ("What to check now", prompt.check)),
        )
        for prompt in library.entries(risks.PREMORTEM)
    )


def act_questions(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the triage of the EU AI Act by gate."""
    found = library.entries(governance.ACT_QUESTIONS)
    titles = {question.key: question.title for question in found}
    return tuple(
        _entry(
            q.key,
            q.title,
            q.gate.label,
            (
                ("The question", q.question),
                ("How to answer it", q.help),
                ("Where it is written", q.article),
                ("Takes the system out of the Act", q.leaves_on.label if q.leaves_on else ""),
                ("A yes lifts", join([titles[key] for key in q.lifts])),
                ("A yes also answers", join([titles[key] for key in q.implies])),
            ),
        )
        for q in found
    )


def act_duties(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the duties of the EU AI Act by whom they fall on."""
    titles = {q.key: q.title for q in library.entries(governance.ACT_QUESTIONS)}
    return tuple(
        _entry(
            duty.key,
            duty.title,
            duty.party.label,
            (
                ("The duty", duty.duty),
                ("Where it is written", duty.article),
                ("Applies to", _points(path.label for path in duty.paths)),
                ("Only if yes to", join([titles[key] for key in duty.needs], "or")),
            ),
        )
        for duty in library.entries(governance.ACT_DUTIES)
    )


def act_dates(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the dates of the EU AI Act by year."""
    return tuple(
        _entry(
            entry.key,
            f"{long_date(entry.date)}: {entry.title}",
            str(entry.date.year),
            (
                ("From", long_date(entry.date)),
                ("What applies", entry.title),
                ("Where it is written", entry.article),
                ("Concerns", _points(path.label for path in entry.paths)),
                ("In the Act of 2024", long_date(entry.published) if entry.published else ""),
                ("To be checked", entry.check),
            ),
        )
        for entry in library.entries(governance.ACT_DATES)
    )


def rmf_questions(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the NIST AI RMF by function."""
    return tuple(
        _entry(
            q.key,
            f"{q.category}: {q.question}",
            q.function.label,
            (
                ("The question", q.question),
                ("Category", q.category),
                ("Why it is asked", q.why),
                ("What a yes can show", q.evidence),
            ),
        )
        for q in library.entries(governance.RMF)
    )


def phases(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the phases of the roadmap in order."""
    return tuple(
        _entry(
            phase.key,
            phase.phase.label,
            "Roadmap",
            (
                ("What it is for", phase.purpose),
                ("Before it starts", _points(phase.entry)),
                ("Before it ends", _points(phase.exit)),
                ("Who is exposed to it", phase.exposure),
                ("When to roll back", phase.rollback),
                ("Whom to listen to", phase.feedback),
                ("What to watch", _points(phase.monitoring)),
                ("What goes wrong", phase.pitfall),
                ("Weeks", f"{phase.likely:g} ({phase.low:g} to {phase.high:g})"),
            ),
        )
        for phase in library.entries(ROADMAP)
    )


def schemes(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the criteria schemes with every criterion."""
    return tuple(
        _entry(
            scheme.id,
            scheme.title,
            "Criteria schemes",
            (
                ("Scored by", scheme.scored_by.title),
                ("Formula", scheme.scored_by.formula),
                *_parameters(scheme),
                *(_criterion(criterion) for criterion in scheme.criteria),
            ),
        )
        for scheme in library.entries(SCHEMES)
    )


def _parameters(scheme: CriteriaScheme) -> Iterator[tuple[str, str]]:
    values = scheme.parameters
    for each in scheme.scored_by.parameters:
        if scheme.formula:
            now = each.text(values.get(each.name, each.default))
            yield each.label, f"{now} ({each.range}). {each.meaning}"
        elif each.name in values:
            yield each.label, each.text(values[each.name])
    if scheme.formula and scheme.formula.tiers:
        yield "Tiers", scheme.formula.tiers


def _criterion(spec: CriterionSpec) -> tuple[str, str]:
    scale = f"{spec.low:g} to {spec.high:g} {spec.unit}".rstrip()
    anchors = [f"{level}: {spec.anchors[level]}" for level in sorted(spec.levels)]
    name = f"{spec.title} ({spec.dimension.label.lower()}, weight {spec.weight:g})"
    return name, "\n".join((spec.question, *(anchors or [scale])))


def usual_roles(library: Library) -> tuple[CatalogueEntry, ...]:
    """Return the roles that a new portfolio starts with."""
    return tuple(
        _entry(
            role.title,
            role.title,
            "Roles",
            (
                ("Day rate", f"{EURO} {role.day_rate:,.0f}" if role.day_rate else "not stated"),
                ("Capacity", f"{role.capacity_days:g} days" if role.capacity_days else "no limit"),
            ),
        )
        for role in library.entries(roles.KIND)
    )
