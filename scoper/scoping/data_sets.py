"""Data sets on the page: what is asked of each, what its grades say, and what others describe."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from scoper.library.data_checks import KIND, DataCheck
from scoper.library.registry import library
from scoper.scoping.catalogues import Catalogue, CatalogueEntry
from scoper.scoping.checklists import Choice, Finding, Question, Tone
from scoper.scoping.readiness import DataReadiness, applies, dataset_readiness
from scoper.snapshot import Answer, Dataset, Portfolio
from scoper.terms import DataArea, Readiness
from scoper.text import clean_line, plural, shorten

EXPOSED: Final = 3
"""A grade on change over time up to this one asks for a plan."""

OF_THE_USE: Final = ("relevance", "timeliness", "labels", "agreement", "legal_basis")
"""Checks whose grade depends on what the data are used for: never taken from another use case."""

_TONES: Final = {
    Readiness.BLOCKED: Tone.STOP,
    Readiness.WORK: Tone.CARE,
    Readiness.READY: Tone.GOOD,
    Readiness.OPEN: Tone.OPEN,
    Readiness.UNGRADED: Tone.OPEN,
}
_SHARED: Final = ("title", "owner", "personal_data", "localisation", "retraining_plan")


def checks_in_use() -> tuple[DataCheck, ...]:
    """Return the data checks of the library, the user's own packs included."""
    return library().entries(KIND)


def groups(
    checks: Sequence[DataCheck], dataset: Dataset, *, learns: bool
) -> dict[str, tuple[Question, ...]]:
    """Return the questions asked of a data set by their area, each grade with its anchor."""
    areas = list(DataArea)
    asked = [check for check in checks if applies(check, dataset, learns=learns)]
    asked.sort(key=lambda check: areas.index(check.area))
    return {
        area.label: tuple(_question(check) for check in found)
        for area, found in groupby(asked, key=lambda check: check.area)
    }


def answers(dataset: Dataset) -> dict[str, Answer]:
    """Return the grades of a data set as answers to its questions."""
    return {
        key: Answer(dataset.id, "data_checks", key, str(grade))
        for key, grade in dataset.grades.items()
    }


def finding(checks: Sequence[DataCheck], dataset: Dataset, *, learns: bool) -> Finding:
    """Return what the grades of a data set say, with blockers first and then the weak points."""
    report = dataset_readiness(checks, dataset, learns=learns)
    reasons = [f"{p.title}: {p.statement} {p.remedy}" for p in report.blockers + report.weak]
    exposed = exposure(checks, dataset)
    if exposed and not dataset.retraining_plan:
        names = ", ".join(check.title for check in exposed)
        reasons.append(f"Exposed to change, and no plan for it yet: {names}.")
    if report.open and report.state is not Readiness.UNGRADED:
        reasons.append(f"{plural(len(report.open), 'question')} not answered yet.")
    return Finding(_TONES[report.state], headline(report), tuple(reasons))


def headline(report: DataReadiness) -> str:
    """Return the state of a data set with its score and the share graded, by weight."""
    if report.score is None:
        return report.state.label
    return (
        f"{report.state.label}: {report.score:.1f} of 5, "
        f"{100 * report.covered:.0f} % of the checks graded"
    )


def exposure(checks: Sequence[DataCheck], dataset: Dataset) -> tuple[DataCheck, ...]:
    """Return the checks on change over time that say the data are exposed to it."""
    return tuple(
        check
        for check in checks
        if check.area is DataArea.DRIFT and dataset.grades.get(check.key, 5) <= EXPOSED
    )


def prompts(checks: Sequence[DataCheck], dataset: Dataset) -> tuple[str, ...]:
    """Return what a retraining plan should answer, for what the data are exposed to."""
    return tuple(text for check in exposure(checks, dataset) for text in check.plan)


def described_elsewhere(portfolio: Portfolio, use_case_id: UUID) -> Catalogue:
    """Return the data sets that other use cases describe, to start from.

    Taken over are description and grades. What depends on the use is left to be judged anew:
    the legal basis and the grades of ``OF_THE_USE``.
    """
    return Catalogue(
        "Choose a data set",
        "Use this data set",
        "data set",
        "All use cases",
        "datasets",
        lambda library: _elsewhere(library.entries(KIND), portfolio, use_case_id),
    )


def _elsewhere(
    checks: Sequence[DataCheck], portfolio: Portfolio, use_case_id: UUID
) -> tuple[CatalogueEntry, ...]:
    return tuple(
        _shared(checks, dataset, f"{use_case.key} {use_case.title}")
        for use_case in portfolio.use_cases
        if use_case.id != use_case_id
        for dataset in use_case.datasets
    )


def _shared(checks: Sequence[DataCheck], dataset: Dataset, origin: str) -> CatalogueEntry:
    report = dataset_readiness(checks, dataset)
    grades = {key: grade for key, grade in dataset.grades.items() if key not in OF_THE_USE}
    titles = {check.key: check.title for check in checks}
    taken = ", ".join(f"{titles[key]} {grade}" for key, grade in grades.items() if key in titles)
    again = ", ".join(titles[key] for key in OF_THE_USE if key in titles)
    facts = (
        ("Owner", dataset.owner),
        ("Readiness there", headline(report)),
        ("Data about people", dataset.personal_data.label),
        ("Where it is kept", dataset.localisation),
        ("How the model keeps up with change", dataset.retraining_plan),
        ("Grades that are taken over", taken),
        ("To be judged for this use case", f"Legal basis, and the grades of: {again}"),
    )
    values: dict[str, Any] = {name: getattr(dataset, name) for name in _SHARED}
    values |= {"grades": grades, "copied_from": shorten(clean_line(origin), 200)}
    return CatalogueEntry(
        str(dataset.id),
        dataset.title,
        origin,
        tuple((name, text) for name, text in facts if text),
        values,
    )


def _question(check: DataCheck) -> Question:
    choices = tuple(
        Choice(str(grade), str(grade), f"{grade}: {meaning}")
        for grade, meaning in sorted(check.anchors.items())
    )
    return Question(
        check.key, check.area.label, f"{check.title}. {check.question}", check.why, choices
    )
