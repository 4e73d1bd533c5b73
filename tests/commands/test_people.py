"""Commands on participants and roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from scoper.commands import people
from scoper.errors import NotFound
from scoper.queries import load_board
from scoper.store import Store
from tests.commands.refusals import refused
from tests.support import add_person, add_use_case, dump, rate


def names(store: Store) -> list[str]:
    return [p.name for p in load_board(store).portfolio.participants]


def add_role(store: Store, title: str) -> None:
    people.add_role(store, title=title)


# ---------------------------------------------------------------- participants


def test_people_are_listed_in_the_order_they_joined(store: Store) -> None:
    people.add_participant(store, name=" Ada  Lovelace ", team="Finance")
    people.add_participant(store, name="Bo")
    first, second = load_board(store).portfolio.participants
    assert (first.name, first.team, first.weight) == ("Ada Lovelace", "Finance", 1.0)
    assert second.name == "Bo"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "\u200b "}),
        ("name", {"name": "x" * 121}),
        ("team", {"name": "Ada", "team": "x" * 121}),
    ],
)
def test_a_person_who_cannot_be_added_is_refused(
    store: Store, field: str, values: dict[str, Any]
) -> None:
    refused(store, lambda: people.add_participant(store, **values), field=field)


@pytest.mark.parametrize("name", ["Ada", "ADA", " ada\n"])
def test_a_name_is_taken_whatever_its_case(store: Store, name: str) -> None:
    add_person(store, "Ada")
    other = add_person(store, "Bo")
    refused(store, lambda: people.add_participant(store, name=name), field="name")
    refused(
        store,
        lambda: people.set_participant_field(store, participant_id=other, field="name", value=name),
        field="name",
    )


@pytest.mark.parametrize("name", ["Ada", "ADA", "Ada L."])
def test_a_person_can_change_the_writing_of_the_own_name(store: Store, name: str) -> None:
    person = add_person(store, "ada")
    people.set_participant_field(store, participant_id=person, field="name", value=name)
    assert names(store) == [name]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("weight", -1), ("weight", float("nan")), ("weight", "loud"), ("weight", 1e7)],
)
def test_a_value_that_does_not_fit_a_person_is_refused(
    store: Store, field: str, value: object
) -> None:
    person = add_person(store)
    refused(
        store,
        lambda: people.set_participant_field(
            store, participant_id=person, field=field, value=value
        ),
        field=field,
    )


def test_a_voice_of_weight_zero_no_longer_counts(store: Store) -> None:
    use_case_id = add_use_case(store)
    loud, silent = add_person(store, "Ada"), add_person(store, "Bo")
    rate(store, use_case_id, loud, 5.0)
    rate(store, use_case_id, silent, 1.0)
    people.set_participant_field(store, participant_id=silent, field="weight", value=0)
    assert load_board(store).standing(use_case_id).impact == 1.0
    people.set_participant_field(store, participant_id=loud, field="weight", value=0)
    assert load_board(store).standing(use_case_id).rank is None


def test_removing_a_person_removes_that_persons_ratings_only(store: Store) -> None:
    use_case_id = add_use_case(store)
    ada, bo = add_person(store, "Ada"), add_person(store, "Bo")
    rate(store, use_case_id, ada, 5.0)
    rate(store, use_case_id, bo, 1.0)
    changes = people.remove_participant(store, participant_id=ada)
    assert changes.label == "Remove participant Ada"
    assert changes.use_cases == {use_case_id}
    assert names(store) == ["Bo"]
    assert load_board(store).standing(use_case_id).impact == 0.0


# ---------------------------------------------------------------- roles


def test_a_role_is_added_with_its_rate_and_capacity(store: Store) -> None:
    people.add_role(store, title=" Buyer ", day_rate=500, capacity_days=20)
    role = load_board(store).portfolio.roles[-1]
    assert (role.title, role.day_rate, role.capacity_days) == ("Buyer", 500.0, 20.0)


def test_a_role_without_rate_and_capacity_is_fine(store: Store) -> None:
    add_role(store, "Buyer")
    role = load_board(store).portfolio.roles[-1]
    assert (role.day_rate, role.capacity_days) == (None, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("title", "data scientist"),
        ("day_rate", -1),
        ("day_rate", float("nan")),
        ("capacity_days", -1),
        ("capacity_days", 1e7),
    ],
)
def test_a_value_that_does_not_fit_a_role_is_refused(
    store: Store, field: str, value: object
) -> None:
    values = {"title": "Buyer", field: value}
    refused(store, lambda: people.add_role(store, **values), field=field)  # type: ignore[arg-type]
    add_role(store, "Buyer")
    role = load_board(store).portfolio.roles[-1]
    refused(
        store,
        lambda: people.set_role_field(store, role_id=role.id, field=field, value=value),
        field=field,
    )


def test_a_role_can_be_renamed_and_repriced(store: Store) -> None:
    role = load_board(store).portfolio.roles[0]
    people.set_role_field(store, role_id=role.id, field="title", value=role.title.upper())
    people.set_role_field(store, role_id=role.id, field="day_rate", value="")
    changed = load_board(store).portfolio.roles[0]
    assert (changed.title, changed.day_rate) == (role.title.upper(), None)


# ---------------------------------------------------------------- what is gone


def test_people_and_roles_that_are_gone_are_reported(store: Store) -> None:
    before, gone = dump(store), uuid4()
    commands: list[Callable[[], object]] = [
        lambda: people.set_participant_field(store, participant_id=gone, field="name", value="Cy"),
        lambda: people.remove_participant(store, participant_id=gone),
        lambda: people.set_role_field(store, role_id=gone, field="title", value="Buyer"),
        lambda: people.remove_role(store, role_id=gone),
    ]
    for command in commands:
        with pytest.raises(NotFound):
            command()
    assert dump(store) == before
