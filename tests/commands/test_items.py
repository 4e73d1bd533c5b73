"""Commands on the lists of a use case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from scoper.commands import items
from scoper.errors import Conflict, InvalidInput, NotFound
from scoper.queries import load_board
from scoper.store import Store
from scoper.terms import Approach, EvidenceKind, KpiKind, Phase
from tests.commands.refusals import refused
from tests.support import add_use_case, dump, only

DAY = dt.date(2027, 3, 1)


def add(store: Store, use_case_id: UUID, name: str, **values: object) -> UUID:
    item_id = uuid4()
    items.add(store, use_case_id=use_case_id, items=name, values=values, item_id=item_id)
    return item_id


def titles(store: Store) -> list[str]:
    return [risk.title for risk in only(load_board(store)).risks]


# ---------------------------------------------------------------- adding and editing


@pytest.mark.parametrize(
    ("name", "values", "kept"),
    [
        ("solutions", {"title": " Buy  it ", "approach": "buy"}, {"approach": Approach.BUY}),
        ("evidence", {"statement": "It works", "kind": "expert"}, {"kind": EvidenceKind.EXPERT}),
        ("datasets", {"title": "Archive", "grades": {"access": "4"}}, {"grades": {"access": 4}}),
        ("risks", {"title": "R", "likelihood": 1, "severity": 5}, {"likelihood": 1, "severity": 5}),
        ("kpis", {"title": "K", "baseline": "-2.5", "due": "2027-03-01"},
         {"baseline": -2.5, "due": DAY, "kind": KpiKind.BUSINESS}),
        ("acceptance", {"statement": "A\r\nB"}, {"statement": "A\nB"}),
        ("milestones", {"title": "M", "phase": "mvp"}, {"phase": Phase.MVP}),
        ("costs", {"title": "C", "likely": ""}, {"likely": None}),
    ],
)  # fmt: skip
def test_an_entry_is_added_with_what_was_given(
    store: Store, name: str, values: dict[str, object], kept: dict[str, object]
) -> None:
    use_case_id = add_use_case(store)
    changes = items.add(store, use_case_id=use_case_id, items=name, values=values)
    (item,) = getattr(only(load_board(store)), name)
    assert {field: getattr(item, field) for field in kept} == kept
    assert changes.entities == {name}
    assert changes.use_cases == {use_case_id}


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("solutions", "title", ""),
        ("solutions", "title", "x" * 10_000),
        ("solutions", "approach", "magic"),
        ("solutions", "shortlisted", "maybe"),
        ("evidence", "statement", " "),
        ("evidence", "found_on", "yesterday"),
        ("evidence", "solution_id", "not an id"),
        ("datasets", "grades", {"access": 0}),
        ("datasets", "grades", {"access": 6}),
        ("datasets", "grades", {"access": 2.5}),
        ("datasets", "grades", {"access": "good"}),
        ("datasets", "grades", {"": 3}),
        ("datasets", "grades", {f"check {n}": 3 for n in range(201)}),
        ("datasets", "label_votes", 0),
        ("datasets", "label_items", 2.5),
        ("datasets", "label_review", 101),
        ("evidence", "strength", "certain"),
        ("risks", "residual_severity", 6),
        ("risks", "likelihood", 999),
        ("kpis", "baseline", float("nan")),
        ("kpis", "target", "high"),
        ("milestones", "due", "31.12.2027"),
        ("milestones", "phase", "later"),
        ("costs", "likely", -1),
        ("costs", "recurrence", "sometimes"),
        ("efforts", "days", -1),
        ("efforts", "days", None),
        ("efforts", "days", 1e6),
        ("efforts", "role_id", "nobody"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_when_adding_and_when_editing(
    store: Store, name: str, field: str, value: object
) -> None:
    use_case_id = add_use_case(store)
    needed: dict[str, dict[str, object]] = {
        "evidence": {"statement": "S"},
        "acceptance": {"statement": "S"},
        "efforts": {"role_id": load_board(store).portfolio.roles[0].id},
    }
    good = needed.get(name, {"title": "T"})
    item_id = add(store, use_case_id, name, **good)
    refused(
        store,
        lambda: items.set_field(store, items=name, item_id=item_id, field=field, value=value),
        field=field,
    )
    refused(
        store,
        lambda: items.add(
            store, use_case_id=use_case_id, items=name, values={**good, field: value}
        ),
        field=field,
    )


@pytest.mark.parametrize(
    ("name", "field"),
    [("solutions", "title"), ("evidence", "statement"), ("efforts", "role_id")],
)
def test_what_an_entry_cannot_do_without_is_asked_for(store: Store, name: str, field: str) -> None:
    use_case_id = add_use_case(store)
    refused(
        store,
        lambda: items.add(store, use_case_id=use_case_id, items=name, values={}),
        field=field,
    )


def test_an_edit_names_list_and_field(store: Store) -> None:
    item_id = add(store, add_use_case(store), "risks", title="Nobody checks")
    changes = items.set_field(
        store, items="risks", item_id=item_id, field="mitigation", value="Ask twice"
    )
    assert changes.label == "Edit “Mitigation” of risk"
    assert only(load_board(store)).risks[0].mitigation == "Ask twice"


# ---------------------------------------------------------------- what belongs together


def test_evidence_can_speak_for_an_option_of_its_own_use_case(store: Store) -> None:
    use_case_id = add_use_case(store)
    option = add(store, use_case_id, "solutions", title="Rules")
    evidence = add(store, use_case_id, "evidence", statement="It works", solution_id=option)
    assert only(load_board(store)).evidence[0].solution_id == option
    items.set_field(store, items="evidence", item_id=evidence, field="solution_id", value=None)
    assert only(load_board(store)).evidence[0].solution_id is None


def test_evidence_cannot_speak_for_an_option_of_another_use_case(store: Store) -> None:
    mine, other = add_use_case(store), add_use_case(store, "Churn alerts")
    foreign = add(store, other, "solutions", title="Elsewhere")
    evidence = add(store, mine, "evidence", statement="It works")
    values = {"statement": "S", "solution_id": foreign}
    refused(
        store,
        lambda: items.add(store, use_case_id=mine, items="evidence", values=values),
        field="solution_id",
    )
    refused(
        store,
        lambda: items.set_field(
            store, items="evidence", item_id=evidence, field="solution_id", value=foreign
        ),
        field="solution_id",
    )


def test_effort_needs_a_role_that_exists(store: Store) -> None:
    use_case_id = add_use_case(store)
    before = dump(store)
    with pytest.raises(Conflict):
        items.add(
            store, use_case_id=use_case_id, items="efforts", values={"role_id": uuid4(), "days": 3}
        )
    assert dump(store) == before


# ---------------------------------------------------------------- order


@pytest.mark.parametrize(
    ("at", "by", "order"),
    [
        (0, 1, "BAC"), (2, -1, "ACB"), (0, 2, "BCA"), (2, -9, "CAB"), (0, 9, "BCA"),
        (1, 0, "ABC"), (0, -1, "ABC"), (2, 1, "ABC"),
    ],
)  # fmt: skip
def test_an_entry_moves_as_far_as_the_ends(store: Store, at: int, by: int, order: str) -> None:
    use_case_id = add_use_case(store)
    ids = [add(store, use_case_id, "risks", title=title) for title in "ABC"]
    items.move(store, items="risks", item_id=ids[at], by=by)
    assert titles(store) == list(order)


def test_entries_keep_their_order_after_deletions_and_undo(store: Store) -> None:
    use_case_id = add_use_case(store)
    ids = [add(store, use_case_id, "risks", title=title) for title in "ABCD"]
    items.remove(store, items="risks", item_ids=(ids[1], ids[3]))
    add(store, use_case_id, "risks", title="E")
    assert titles(store) == ["A", "C", "E"]
    items.move(store, items="risks", item_id=ids[2], by=1)
    assert titles(store) == ["A", "E", "C"]
    for _ in range(3):
        store.undo()
    assert titles(store) == ["A", "B", "C", "D"]


def test_moving_touches_no_other_use_case(store: Store) -> None:
    mine, other = add_use_case(store), add_use_case(store, "Churn alerts")
    ids = [add(store, mine, "risks", title=title) for title in "AB"]
    add(store, other, "risks", title="X")
    changes = items.move(store, items="risks", item_id=ids[0], by=1)
    assert changes.use_cases == {mine}


# ---------------------------------------------------------------- what is gone


def test_an_entry_that_is_gone_is_reported(store: Store) -> None:
    use_case_id, gone = add_use_case(store), uuid4()
    kept = add(store, use_case_id, "evidence", statement="S")
    before = dump(store)
    commands: list[Callable[[], object]] = [
        lambda: items.add(store, use_case_id=gone, items="risks", values={"title": "R"}),
        lambda: items.set_field(store, items="risks", item_id=gone, field="title", value="R"),
        lambda: items.set_field(
            store, items="evidence", item_id=gone, field="solution_id", value=None
        ),
        lambda: items.move(store, items="risks", item_id=gone, by=1),
        lambda: items.remove(store, items="evidence", item_ids=(kept, gone)),
    ]
    for command in commands:
        with pytest.raises(NotFound, match="no longer in the portfolio"):
            command()
    assert dump(store) == before


def test_there_are_only_so_many_lists(store: Store) -> None:
    use_case_id = add_use_case(store)
    with pytest.raises(InvalidInput, match="wishes") as caught:
        items.add(store, use_case_id=use_case_id, items="wishes", values={})
    assert "milestones" in caught.value.remedy


@pytest.mark.parametrize("field", ["id", "position", "use_case_id", "colour"])
def test_what_is_no_column_cannot_be_set(store: Store, field: str) -> None:
    item_id = add(store, add_use_case(store), "risks", title="R")
    before = dump(store)
    with pytest.raises(InvalidInput, match=field):
        items.set_field(store, items="risks", item_id=item_id, field=field, value="x")
    assert dump(store) == before
