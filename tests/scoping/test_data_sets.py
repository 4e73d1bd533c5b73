"""What is asked of a data set, what its grades say, and what another use case can take over."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import numpy as np
import pytest

from scoper.board import Board
from scoper.library.registry import library
from scoper.scoping import data_sets
from scoper.scoping.checklists import Tone
from scoper.scoping.label_work import agreement, label_work, missing
from scoper.scoping.readiness import dataset_readiness, learns
from scoper.scoping.risks import inherent, left_over
from scoper.snapshot import Dataset
from scoper.terms import PersonalData, Readiness
from tests.support import portfolio_of

CHECKS = data_sets.checks_in_use()
FULL = {check.key: 5 for check in CHECKS}
LABELLED = Dataset(
    uuid4(), "D", label_items=1_000, label_votes=3, label_minutes=2, label_rate=30, label_review=10
)


def archive(grades: dict[str, int], **fields: object) -> Dataset:
    return replace(Dataset(uuid4(), "Archive", grades=grades), **fields)  # type: ignore[arg-type]


def finding(dataset: Dataset) -> data_sets.Finding:
    return data_sets.finding(CHECKS, dataset, learns=True)


@pytest.mark.parametrize(
    ("grades", "personal", "tone", "headline"),
    [
        ({}, PersonalData.NO, Tone.OPEN, "Not graded"),
        (FULL, PersonalData.NO, Tone.GOOD, "Ready to use: 5.0 of 5, 100 % of the checks graded"),
        (FULL | {"access": 1}, PersonalData.NO, Tone.STOP, "Blocked: 4.7 of 5"),
        (FULL | {"accuracy": 2}, PersonalData.NO, Tone.CARE, "Needs work first: 4.7 of 5"),
        (FULL, PersonalData.YES, Tone.STOP, "Blocked: 5.0 of 5"),
        (FULL, PersonalData.UNKNOWN, Tone.OPEN, "Questions open: 5.0 of 5"),
    ],
)
def test_the_grades_give_a_state_a_score_and_a_tone(
    grades: dict[str, int], personal: PersonalData, tone: Tone, headline: str
) -> None:
    found = finding(archive(grades, personal_data=personal))
    assert found.tone is tone
    assert found.headline.startswith(headline)


def test_a_blocker_comes_first_and_says_what_to_do() -> None:
    found = finding(archive({"access": 1, "accuracy": 2}, personal_data=PersonalData.NO))
    assert found.reasons[0].startswith("Availability and access: The team cannot get at the data.")
    assert "Ask the owner for a read-only copy" in found.reasons[0]
    assert found.reasons[1].startswith("Accuracy: ")


def test_every_check_shows_the_anchor_of_each_grade() -> None:
    groups = data_sets.groups(CHECKS, archive({}, personal_data=PersonalData.YES), learns=True)
    asked = {question.id: question for group in groups.values() for question in group}
    assert asked.keys() == {check.key for check in CHECKS}
    for check in CHECKS:
        meanings = [choice.meaning for choice in asked[check.key].choices]
        assert meanings == [f"{grade}: {check.anchors[grade]}" for grade in range(1, 6)]


def test_questions_about_people_and_labels_are_asked_where_they_apply() -> None:
    plain = data_sets.groups(CHECKS, archive({}, personal_data=PersonalData.NO), learns=False)
    assert list(plain) == ["Access and ownership", "Quality", "Change over time"]


def test_exposure_to_change_asks_for_a_plan_until_there_is_one() -> None:
    exposed = archive({"seasonality": 2, "stability": 4}, personal_data=PersonalData.NO)
    assert "no plan for it yet: Seasons and special days." in " ".join(finding(exposed).reasons)
    assert len(data_sets.prompts(CHECKS, exposed)) == 2
    planned = replace(exposed, retraining_plan="Retrain in October")
    assert "no plan" not in " ".join(finding(planned).reasons)
    assert data_sets.prompts(CHECKS, archive({"stability": 4})) == ()


def test_another_use_case_takes_over_what_does_not_depend_on_the_use() -> None:
    portfolio = portfolio_of(np.full((2, 3, 1), 3.0))
    here, there = portfolio.use_cases
    dataset = archive(
        FULL, owner="Jo", legal_basis="Contract", localisation="EU", personal_data=PersonalData.YES
    )
    portfolio = replace(portfolio, use_cases=(here, replace(there, datasets=(dataset,))))
    (entry,) = data_sets.described_elsewhere(portfolio, here.id).entries(library())
    assert (entry.title, entry.group) == ("Archive", "UC-01 Use case 1")
    assert entry.values["copied_from"] == "UC-01 Use case 1"
    assert (entry.values["owner"], entry.values["localisation"]) == ("Jo", "EU")
    assert "legal_basis" not in entry.values
    assert set(entry.values["grades"]) == set(FULL) - set(data_sets.OF_THE_USE)
    assert data_sets.described_elsewhere(portfolio, there.id).entries(library()) == ()


def test_the_checks_that_depend_on_the_use_are_checks_of_the_library() -> None:
    assert set(data_sets.OF_THE_USE) <= {check.key for check in CHECKS}


# ---------------------------------------------------------------- labelling


def test_labelling_is_worked_out_by_hand() -> None:
    work = label_work(LABELLED)
    assert work is not None
    assert (work.labels, work.labelling_hours, work.review_hours) == (3_000, 100, 10)
    assert work.cost == pytest.approx(3_300)


def test_labelling_says_which_figures_are_missing() -> None:
    assert label_work(Dataset(uuid4(), "D", label_items=5)) is None
    assert missing(Dataset(uuid4(), "D", label_items=5)) == (
        "labels per item", "minutes per label", "cost of an hour",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("votes", "accuracy", "words"),
    [
        (None, 80.0, ""),
        (3, None, ""),
        (3, 80.0, "the majority of 3 is right 89.6 % of the time at best"),
        (1, 80.0, "right 80.0 % of the time. Three would be right 89.6 %"),
    ],
)
def test_the_majority_is_said_in_words(
    votes: int | None, accuracy: float | None, words: str
) -> None:
    said = agreement(replace(LABELLED, label_votes=votes, label_accuracy=accuracy))
    assert words in said
    assert bool(said) is bool(words)


# ---------------------------------------------------------------- the sample


def test_the_sample_grades_every_check_that_applies_and_shows_every_state(
    sample_board: Board,
) -> None:
    states = set()
    for use_case in sample_board.use_cases:
        for dataset in use_case.datasets:
            report = dataset_readiness(CHECKS, dataset, learns=learns(use_case))
            assert set(dataset.grades) <= {check.key for check in CHECKS}, dataset.title
            assert report.covered > 0.9, dataset.title
            states.add(report.state)
    assert states == {Readiness.READY, Readiness.WORK, Readiness.BLOCKED}


def test_in_the_sample_evidence_has_a_strength_and_no_mitigation_makes_a_risk_worse(
    sample_board: Board,
) -> None:
    for use_case in sample_board.use_cases:
        assert all(item.strength for item in use_case.evidence), use_case.key
        for risk in use_case.risks:
            before, after = inherent(risk), left_over(risk)
            assert before is not None, risk.title
            assert after is not None, risk.title
            assert after[0] <= before[0], risk.title
            assert after[1] <= before[1], risk.title
