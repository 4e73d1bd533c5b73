"""Data readiness as a table of cases: grades in, state and reasons out."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.errors import InvalidInput
from scoper.library.data_checks import KIND
from scoper.library.registry import library
from scoper.scoping.readiness import DataReadiness, dataset_readiness, learns, readiness
from scoper.snapshot import Dataset, Solution, UseCase
from scoper.terms import Approach, DataScope, PersonalData, Readiness

CHECKS = library().entries(KIND)
NO, YES, UNKNOWN = PersonalData.NO, PersonalData.YES, PersonalData.UNKNOWN


def all_at(grade: int, **other: int | None) -> dict[str, int | None]:
    return {check.key: grade for check in CHECKS} | other


def of(
    grades: dict[str, Any], people: PersonalData = NO, basis: str = "", *, learns: bool = True
) -> DataReadiness:
    return readiness(CHECKS, grades, personal_data=people, legal_basis=basis, learns=learns)


@pytest.mark.parametrize(
    ("given_answers", "state", "blockers", "weak"),
    [
        (({}, NO, ""), Readiness.UNGRADED, [], []),
        ((all_at(5), NO, ""), Readiness.READY, [], []),
        ((all_at(4), YES, "Contract"), Readiness.READY, [], []),
        ((all_at(5), YES, "  "), Readiness.BLOCKED, ["legal_basis"], []),
        ((all_at(5), UNKNOWN, ""), Readiness.OPEN, [], []),
        ((all_at(3), NO, ""), Readiness.WORK, [], []),
        ((all_at(5, access=1), NO, ""), Readiness.BLOCKED, ["access"], []),
        ((all_at(5, relevance=1), NO, ""), Readiness.BLOCKED, ["relevance"], []),
        ((all_at(5, labels=1), NO, ""), Readiness.BLOCKED, ["labels"], []),
        ((all_at(5, lineage=1), NO, ""), Readiness.WORK, [], ["lineage"]),
        ((all_at(5, lineage=2, access=2), NO, ""), Readiness.WORK, [], ["access", "lineage"]),
        ((all_at(5, legal_basis=1), YES, ""), Readiness.BLOCKED, ["legal_basis"], []),
        ((all_at(5, legal_basis=1), NO, ""), Readiness.READY, [], []),
        ((all_at(5, localisation=1), YES, "Consent"), Readiness.BLOCKED, ["localisation"], []),
        (({"access": 5}, NO, ""), Readiness.OPEN, [], []),
        (({}, YES, ""), Readiness.BLOCKED, ["legal_basis"], []),
    ],
)
def test_states_and_reasons(
    given_answers: Any, state: Readiness, blockers: list[str], weak: list[str]
) -> None:
    found = of(*given_answers)
    assert found.state is state
    assert [point.key for point in found.blockers] == blockers
    assert [point.key for point in found.weak] == weak
    assert all(p.statement and p.remedy for p in (*found.blockers, *found.weak, *found.open))


@pytest.mark.parametrize(("grade", "percent"), [(1, 0), (2, 25), (3, 50), (5, 100)])
def test_equal_grades_give_that_score(grade: int, percent: float) -> None:
    found = of(all_at(grade))
    assert found.score == pytest.approx(grade)
    assert found.percent == pytest.approx(percent)
    assert found.covered == pytest.approx(1.0)


def test_the_score_is_weighted_and_only_over_what_was_graded() -> None:
    weights = {check.key: check.weight for check in CHECKS}
    found = of({"access": 5, "seasonality": 1})
    expected = (5 * weights["access"] + weights["seasonality"]) / (
        weights["access"] + weights["seasonality"]
    )
    assert found.score == pytest.approx(expected)
    assert of({}).percent is None


def test_labels_count_only_where_something_is_learned_or_tested() -> None:
    unlabelled = all_at(5, labels=1)
    assert of(unlabelled).state is Readiness.BLOCKED
    assert of(unlabelled, learns=False).state is Readiness.READY


def test_checks_on_people_are_asked_only_of_data_on_people() -> None:
    legal = {check.key for check in CHECKS if check.scope is DataScope.PERSONAL_DATA}
    assert not legal & {point.key for point in of({}).open}
    assert legal <= {point.key for point in of({}, YES, "Contract").open}
    assert of({}, UNKNOWN).open[0].key == "personal_data"


def test_grades_of_a_check_that_is_no_longer_asked_do_not_count() -> None:
    grades = {"access": 1, "gone": 5}
    found = dataset_readiness(CHECKS, Dataset(uuid4(), "I", grades=grades, personal_data=NO))
    assert [point.title for point in found.blockers] == ["Availability and access"]
    assert found.score == 1


RULES, MODEL = Approach.RULES, Approach.BUILD


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], True),
        ([(RULES, False)], False),
        ([(RULES, False), (MODEL, False)], True),
        ([(RULES, True), (MODEL, False)], False),
        ([(RULES, True), (MODEL, True)], True),
    ],
)
def test_labels_count_where_an_option_in_view_learns(
    options: list[tuple[Approach, bool]], expected: bool
) -> None:
    solutions = tuple(Solution(uuid4(), "S", a, shortlisted=listed) for a, listed in options)
    assert learns(UseCase(id=uuid4(), key="U", title="U", solutions=solutions)) is expected


@pytest.mark.parametrize("grade", [0, 6, 2.5, True, "3"])
def test_grades_outside_the_scale_are_refused(grade: object) -> None:
    with pytest.raises(InvalidInput, match="“access” must be a whole number") as caught:
        of({"access": grade})
    assert caught.value.field == "access"


def test_a_grade_of_no_check_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no data check “colour”"):
        of({"colour": 3})


@given(
    st.dictionaries(st.sampled_from([c.key for c in CHECKS]), st.integers(1, 4), min_size=1),
    st.data(),
)
def test_a_better_grade_never_lowers_the_score(grades: dict[str, int], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(grades)))
    before, after = of(dict(grades), YES, "x"), of(grades | {key: grades[key] + 1}, YES, "x")
    assert before.score is not None
    assert after.score is not None
    assert after.score >= before.score - 1e-12
    assert 1 <= before.score <= 5
    assert len(after.blockers) <= len(before.blockers)
