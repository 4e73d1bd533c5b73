"""Data readiness: the grades of a data set become a score, a state and the reasons for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scoper.errors import InvalidInput
from scoper.library.data_checks import DataCheck
from scoper.snapshot import READINESS, Dataset
from scoper.terms import DataScope, PersonalData, Readiness

WEAK: Final = 2
"""A grade up to this one is named as something to mend before work starts."""

GOOD: Final = 3.5
"""The score from which a data set without weak points is ready."""

ENOUGH: Final = 0.8
"""The share of the checks, by weight, that must be graded before a data set is called ready."""


@dataclass(frozen=True, slots=True)
class Point:
    """One reason: what it is about, what is so, and what to do about it."""

    key: str
    title: str
    statement: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DataReadiness:
    """What the grades of a data set say.

    ``score`` is the weighted mean of the grades given, in [1, 5], None while there is none;
    ``covered`` the share of the applicable checks that are graded, by weight, in [0, 1].
    ``blockers`` stop all work, ``weak`` points come first to be mended, ``open`` ones are not
    answered yet.
    """

    state: Readiness
    score: float | None
    covered: float
    blockers: tuple[Point, ...]
    weak: tuple[Point, ...]
    open: tuple[Point, ...]

    @property
    def percent(self) -> float | None:
        """The score on a scale from 0 (every grade 1) to 100 (every grade 5)."""
        return None if self.score is None else 25 * (self.score - 1)


def readiness(
    checks: Sequence[DataCheck],
    grades: Mapping[str, int | None],
    *,
    personal_data: PersonalData,
    legal_basis: str = "",
    learns: bool = True,
) -> DataReadiness:
    """Return how ready a data set is, with the reasons.

    A higher grade never lowers the score. A blocker (no access, not relevant, personal data
    without a legal basis …) holds whatever the score.

    Args:
        checks: the checks of the content pack.
        grades: grade 1 (poor) to 5 (good) by key of the check; None or missing: not graded.
        personal_data: whether the data are about people; checks on them apply only then.
        legal_basis: the legal basis as stated, empty where there is none.
        learns: whether a model learns from the data or is tested on them, so labels count.

    Raises:
        InvalidInput: a grade is not a whole number from 1 to 5, or belongs to no check.
    """
    _validated(checks, grades)
    asked = [check for check in checks if _applies(check, personal_data, learns)]
    graded = [(check, grade) for check in asked if (grade := grades.get(check.key)) is not None]
    total = sum(check.weight for check in asked)
    weight = sum(check.weight for check, _ in graded)
    score = sum(check.weight * grade for check, grade in graded) / weight if graded else None
    blockers = tuple(
        Point(check.key, check.title, check.blocks, check.improve)
        for check, grade in graded
        if check.blocks and grade == 1
    )
    if "legal_basis" not in {point.key for point in blockers}:
        blockers += _unlawful(personal_data, legal_basis)
    weak = _weak(graded)
    unanswered = _open(asked, grades, personal_data)
    covered = weight / total if total else 0.0
    state = _state(score, covered, blockers, weak, personal_data)
    return DataReadiness(state, score, covered, blockers, weak, unanswered)


def dataset_readiness(
    checks: Sequence[DataCheck], dataset: Dataset, *, learns: bool = True
) -> DataReadiness:
    """Return how ready a data set of a use case is, by the grades it holds."""
    return readiness(
        checks,
        {name: getattr(dataset, name) for name in READINESS},
        personal_data=dataset.personal_data,
        legal_basis=dataset.legal_basis,
        learns=learns,
    )


def _applies(check: DataCheck, personal_data: PersonalData, learns: bool) -> bool:
    if check.scope is DataScope.LABELS:
        return learns
    return check.scope is DataScope.ALWAYS or personal_data is PersonalData.YES


def _unlawful(personal_data: PersonalData, legal_basis: str) -> tuple[Point, ...]:
    if personal_data is not PersonalData.YES or legal_basis.strip():
        return ()
    return (
        Point(
            "legal_basis",
            "Legal basis",
            "The data are about people and no legal basis is stated.",
            "Ask the data protection officer which basis applies, and record it.",
        ),
    )


def _weak(graded: Sequence[tuple[DataCheck, int]]) -> tuple[Point, ...]:
    """Return the weak points that do not block, the worst and weightiest first."""
    found = [(c, grade) for c, grade in graded if grade <= WEAK and not (c.blocks and grade == 1)]
    found.sort(key=lambda pair: (pair[1], -pair[0].weight))
    return tuple(Point(c.key, c.title, c.anchors[grade], c.improve) for c, grade in found)


def _open(
    asked: Sequence[DataCheck], grades: Mapping[str, int | None], personal_data: PersonalData
) -> tuple[Point, ...]:
    known = personal_data is not PersonalData.UNKNOWN
    unknown = Point(
        "personal_data",
        "Personal data",
        "It is not known whether the data are about people.",
        "Look for names, numbers, addresses, pictures, voices and free text, and say yes or no.",
    )
    points = tuple(
        Point(check.key, check.title, check.question, check.improve)
        for check in asked
        if grades.get(check.key) is None
    )
    return points if known else (unknown, *points)


def _state(
    score: float | None,
    covered: float,
    blockers: tuple[Point, ...],
    weak: tuple[Point, ...],
    personal_data: PersonalData,
) -> Readiness:
    if blockers:
        return Readiness.BLOCKED
    if score is None:
        return Readiness.UNGRADED
    if weak or score < GOOD - 1e-9:
        return Readiness.WORK
    if covered < ENOUGH - 1e-9 or personal_data is PersonalData.UNKNOWN:
        return Readiness.OPEN
    return Readiness.READY


def _validated(checks: Sequence[DataCheck], grades: Mapping[str, int | None]) -> None:
    known = {check.key for check in checks}
    for key, grade in grades.items():
        if key not in known:
            raise InvalidInput(f"There is no data check “{key}”.", field=key)
        whole = isinstance(grade, int) and not isinstance(grade, bool)
        if grade is not None and not (whole and 1 <= grade <= 5):
            raise InvalidInput(
                f"The grade of “{key}” must be a whole number from 1 to 5.",
                "Enter 1 to 5, or leave it empty.",
                field=key,
            )
