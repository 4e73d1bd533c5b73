"""Grading a data set, and putting the cost of labelling it into the costs."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from scoper.commands import datasets, items
from scoper.errors import InvalidInput, NotFound
from scoper.queries import load_board
from scoper.snapshot import Cost, Dataset
from scoper.store import Store
from scoper.terms import CostCategory
from tests.support import add_use_case, dump, only

FIGURES = {"label_items": 1_000, "label_votes": 3, "label_minutes": 2, "label_rate": 30}


def add(store: Store, **values: object) -> UUID:
    use_case_id, dataset_id = add_use_case(store), uuid4()
    items.add(
        store,
        use_case_id=use_case_id,
        items="datasets",
        values={"title": "Archive", **values},
        item_id=dataset_id,
    )
    return dataset_id


def the_dataset(store: Store) -> Dataset:
    (dataset,) = only(load_board(store)).datasets
    return dataset


def costs(store: Store) -> tuple[Cost, ...]:
    return only(load_board(store)).costs


def test_grades_are_given_changed_and_taken_back_one_by_one(store: Store) -> None:
    dataset_id = add(store)
    datasets.set_grade(store, dataset_id=dataset_id, check="access", grade=4)
    datasets.set_grade(store, dataset_id=dataset_id, check="accuracy", grade=2)
    changes = datasets.set_grade(store, dataset_id=dataset_id, check="access", grade=5)
    assert the_dataset(store).grades == {"accuracy": 2, "access": 5}
    assert changes.entities == {"datasets"}
    assert changes.use_cases == {only(load_board(store)).id}
    assert store.history().undo == "Grade availability and access of Archive"
    datasets.set_grade(store, dataset_id=dataset_id, check="access", grade=None)
    assert the_dataset(store).grades == {"accuracy": 2}
    store.undo()
    store.undo()
    assert the_dataset(store).grades == {"accuracy": 2, "access": 4}


@pytest.mark.parametrize(("check", "grade"), [("colour", 3), ("access", 0), ("access", 6)])
def test_a_grade_off_the_scale_or_of_no_check_is_refused(
    store: Store, check: str, grade: int
) -> None:
    dataset_id = add(store)
    before = dump(store)
    with pytest.raises(InvalidInput) as caught:
        datasets.set_grade(store, dataset_id=dataset_id, check=check, grade=grade)
    assert caught.value.field == "grades"
    assert dump(store) == before


def test_the_cost_of_labelling_is_added_once_and_then_kept_up_to_date(store: Store) -> None:
    dataset_id = add(store, **FIGURES, label_review=10)
    datasets.budget_labelling(store, dataset_id=dataset_id)
    (cost,) = costs(store)
    assert (cost.title, cost.category) == ("Labelling: Archive", CostCategory.LABELLING)
    assert cost.likely == 3_300
    items.set_field(store, items="costs", item_id=cost.id, field="high", value=5_000)
    items.set_field(store, items="datasets", item_id=dataset_id, field="label_votes", value=1)
    datasets.budget_labelling(store, dataset_id=dataset_id)
    (cost,) = costs(store)
    assert (cost.likely, cost.high) == (1_100, 5_000)
    store.undo()
    assert costs(store)[0].likely == 3_300


def test_a_cost_that_is_up_to_date_is_left_alone(store: Store) -> None:
    dataset_id = add(store, **FIGURES)
    datasets.budget_labelling(store, dataset_id=dataset_id)
    assert not datasets.budget_labelling(store, dataset_id=dataset_id)


def test_labelling_that_cannot_be_worked_out_is_refused(store: Store) -> None:
    dataset_id = add(store, label_items=10, label_minutes=1)
    with pytest.raises(InvalidInput, match="cannot be worked out") as caught:
        datasets.budget_labelling(store, dataset_id=dataset_id)
    assert "labels per item and cost of an hour" in str(caught.value.remedy)
    assert costs(store) == ()


def test_a_data_set_that_is_gone_is_said_to_be_gone(store: Store) -> None:
    dataset_id = add(store, **FIGURES)
    items.remove(store, items="datasets", item_ids=(dataset_id,))
    with pytest.raises(NotFound):
        datasets.set_grade(store, dataset_id=dataset_id, check="access", grade=3)
    with pytest.raises(NotFound):
        datasets.budget_labelling(store, dataset_id=dataset_id)
