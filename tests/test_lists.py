"""Every list of a use case, through all that follows from its entry.

Nothing here names a list: one that is added to a step is tested from that moment on. Its form is
in ``tests/ui/test_lists.py``.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from scoper.commands import items, rescue, use_cases
from scoper.commands.samples import with_ids
from scoper.errors import InvalidInput
from scoper.exchange.documents.facts import facts
from scoper.library.samples import sample
from scoper.model import ITEM_FIELDS, ITEM_ROWS
from scoper.queries import load_board
from scoper.scoping import LISTS, STEP_OF, STEPS, Field, Kind, StepState, UseCaseList, review
from scoper.scoping.forms import label_of
from scoper.scoping.schedule import planned_with
from scoper.scoping.stand_ins import first_values, is_named
from scoper.snapshot import ENTRIES_OF, Effort, Staffing, UseCase, table_of
from scoper.store import Store
from scoper.terms import Term
from tests.lists import DAY, entries, filled
from tests.support import add_use_case, dump, only

ROOT = Path(__file__).resolve().parents[1]

every_list = pytest.mark.parametrize("name", LISTS)


def add(store: Store, name: str) -> tuple[UUID, UUID, dict[str, Any]]:
    """Add a use case with one entry that says everything; return both ids and what was said."""
    use_case_id, item_id = add_use_case(store), uuid4()
    values = filled(store, use_case_id, name)
    items.add(store, use_case_id=use_case_id, items=name, values=values, item_id=item_id)
    return use_case_id, item_id, values


# ---------------------------------------------------------------- what is registered


def test_the_lists_of_a_use_case_are_those_that_its_steps_ask() -> None:
    shown = {items.name for step in STEPS for items in step.lists}
    kept_by_place = {"answers", "sections"}
    held = {name for name in UseCase.__dataclass_fields__ if isinstance(_blank(name), tuple)}
    assert list(LISTS) == list(ITEM_ROWS) == list(ITEM_FIELDS) == list(STEP_OF)
    assert set(LISTS) == shown == held - kept_by_place


def _blank(name: str) -> Any:
    return getattr(UseCase(id=uuid4(), key="UC-01", title="U"), name)


@every_list
def test_every_field_is_asked_once_and_has_a_name_of_its_own(name: str) -> None:
    asked = [field.name for field in LISTS[name].fields]
    held = set(LISTS[name].entry.__dataclass_fields__) - {"id"}
    assert len(asked) == len(held)
    assert set(asked) == held == set(ITEM_FIELDS[name].model_fields)
    assert str(ITEM_ROWS[name].__tablename__) == table_of(LISTS[name].entry)
    labels = [label_of(name, field) for field in asked]
    assert len(set(labels)) == len(labels)


def test_entries_come_after_what_they_refer_to() -> None:
    """Files are written and imported in this order."""
    order = list(LISTS)
    for name, asked in LISTS.items():
        if asked.asks(Kind.SOLUTION):
            assert order.index("solutions") < order.index(name)


_OTHER_TYPES = """
from dataclasses import dataclass
from uuid import UUID, uuid4
from scoper.snapshot import ENTRIES_OF, Effort, Evidence

def kept(name, field):
    from scoper.model import ITEM_FIELDS, ITEM_ROWS
    column = ITEM_ROWS[name].__table__.c[field]
    (key,) = column.foreign_keys
    is_asked = ITEM_FIELDS[name].model_fields[field].is_required()
    print(column.nullable, key.ondelete, key.column.table.name, is_asked)

@dataclass(frozen=True, kw_only=True)
class Seat(Effort):
    role_id: UUID | None = None

@dataclass(frozen=True, kw_only=True)
class Proof(Evidence):
    solution_id: UUID

ENTRIES_OF["efforts"], ENTRIES_OF["evidence"] = Seat, Proof
kept("efforts", "role_id")
kept("evidence", "solution_id")
"""


def test_whether_an_entry_needs_what_it_refers_to_follows_from_its_class() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _OTHER_TYPES], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert not ran.stderr
    assert ran.stdout.splitlines() == ["True SET NULL role False", "False CASCADE solution True"]


@dataclass(frozen=True)
class Deputy:
    """An entry that needs a role and may name another one."""

    id: UUID
    stands_in_id: UUID
    asked_id: UUID | None = None


@pytest.fixture
def deputies(monkeypatch: pytest.MonkeyPatch) -> UseCaseList:
    """Return a list of deputies, in the place of costs."""
    asked = (Field("stands_in_id", "Who", Kind.ROLE), Field("asked_id", "Asked", Kind.ROLE))
    listed = UseCaseList("costs", "deputy", asked, "None.")
    monkeypatch.setitem(LISTS, "costs", listed)
    monkeypatch.setitem(cast("dict[str, type]", ENTRIES_OF), "costs", Deputy)
    return listed


def test_what_goes_with_a_role_is_counted_over_all_lists_that_need_one(
    deputies: UseCaseList,
) -> None:
    role, other = uuid4(), uuid4()
    costs: Any = (Deputy(uuid4(), role, role), Deputy(uuid4(), other, role))
    efforts = (Effort(uuid4(), role), Effort(uuid4(), role), Effort(uuid4(), other))
    use_case = UseCase(id=uuid4(), key="UC-01", title="U", costs=costs, efforts=efforts)
    assert planned_with((use_case,), uuid4()) == ""
    assert set(planned_with((use_case,), role).split(" and ")) == {
        "2 planned efforts",
        f"1 planned {deputies.noun}",
    }


def test_a_sample_says_titles_wherever_an_entry_refers_to_something(
    deputies: UseCaseList,
) -> None:
    baker, role = uuid4(), {"stands_in": "Baker"}
    known = {Kind.ROLE: {"Baker": baker}, Kind.SOLUTION: {}}
    assert with_ids(deputies.name, role, known) == {"stands_in_id": baker}


# ---------------------------------------------------------------- saving, reading and undo


@every_list
def test_what_is_given_is_kept_checked_and_read_again(store: Store, name: str) -> None:
    use_case_id, _, values = add(store, name)
    assert entries(store, name)[-1] == values
    changed = load_board(store, load_board(store), items.add(
        store, use_case_id=use_case_id, items=name, values=values
    ))  # fmt: skip
    assert getattr(only(changed), name) == getattr(only(load_board(store)), name)


@every_list
def test_a_new_entry_holds_what_an_entry_holds_at_first(store: Store, name: str) -> None:
    use_case_id = add_use_case(store)
    needed = filled(store, use_case_id, name)
    asked = LISTS[name]
    given = {asked.named_by: needed[asked.named_by]}
    items.add(store, use_case_id=use_case_id, items=name, values=given)
    at_first = asked.entry(id=uuid4(), **given)
    assert entries(store, name)[-1] == {f.name: getattr(at_first, f.name) for f in asked.fields}


@every_list
def test_every_field_can_be_edited_and_every_step_taken_back(store: Store, name: str) -> None:
    use_case_id = add_use_case(store)
    values = filled(store, use_case_id, name)
    given = {LISTS[name].named_by: values[LISTS[name].named_by]}
    before, item_id = dump(store), uuid4()
    items.add(store, use_case_id=use_case_id, items=name, values=given, item_id=item_id)
    steps = 1
    for field, value in values.items():
        steps += bool(items.set_field(store, items=name, item_id=item_id, field=field, value=value))
    assert entries(store, name)[-1] == values
    items.add(store, use_case_id=use_case_id, items=name, values=values)
    items.move(store, items=name, item_id=item_id, by=1)
    items.remove(store, items=name, item_ids=(item_id,))
    after = dump(store)
    for _ in range(steps + 3):
        assert store.undo()
    assert dump(store) == before
    for _ in range(steps + 3):
        assert store.redo()
    assert dump(store) == after


@every_list
def test_entries_go_with_their_use_case_and_come_back_with_it(store: Store, name: str) -> None:
    use_case_id, _, values = add(store, name)
    use_cases.remove(store, use_case_ids=(use_case_id,))
    assert load_board(store).use_cases == ()
    store.undo()
    assert entries(store, name)[-1] == values


@every_list
def test_an_entry_must_have_what_people_call_it_by(store: Store, name: str) -> None:
    use_case_id = add_use_case(store)
    with pytest.raises(InvalidInput) as caught:
        items.add(store, use_case_id=use_case_id, items=name, values={})
    assert caught.value.field == LISTS[name].named_by
    assert label_of(name, LISTS[name].named_by) in str(caught.value)


@every_list
def test_numbers_and_texts_are_kept_within_bounds(store: Store, name: str) -> None:
    _, item_id, values = add(store, name)
    bounded = {Kind.MONEY: -1.0, Kind.GRADE: 6, Kind.LINE: "x" * 2_001, Kind.TEXT: "x" * 20_001}
    for field in LISTS[name].fields:
        wrong = bounded.get(field.kind)
        if field.kind is Kind.NUMBER and field.high is not None:
            wrong = field.high + 1
        if wrong is not None:
            with pytest.raises(InvalidInput):
                items.set_field(store, items=name, item_id=item_id, field=field.name, value=wrong)
    assert entries(store, name)[-1] == values


# ---------------------------------------------------------------- gates


@every_list
def test_an_entry_begins_its_step_and_one_without_a_name_counts_for_nothing(
    store: Store, name: str
) -> None:
    use_case_id, place = add_use_case(store), STEP_OF[name] - 1
    needed = filled(store, use_case_id, name)
    board = load_board(store)
    blank = UseCase(id=uuid4(), key="UC-09", title="Blank")
    entry = LISTS[name].entry(
        id=uuid4(),
        **{LISTS[name].named_by: needed[LISTS[name].named_by]},
        **first_but_name(name, blank, board.portfolio.roles),
    )
    held = UseCase(id=uuid4(), key="UC-09", title="Blank", **{name: (entry,)})
    assert review(blank, Staffing())[place].state is StepState.UNTOUCHED
    assert review(held, Staffing())[place].state is not StepState.UNTOUCHED
    if LISTS[name].stand_in:
        assert is_named(name, entry)
        new = LISTS[name].entry(id=uuid4(), **first_values(name, blank, ()))
        assert not is_named(name, new)


def first_but_name(name: str, use_case: UseCase, roles: Any) -> dict[str, Any]:
    """Return what a new entry holds besides its name."""
    values = first_values(name, use_case, roles)
    return {field: value for field, value in values.items() if field != LISTS[name].named_by}


@every_list
def test_a_new_entry_of_a_phase_is_of_the_next_one(store: Store, name: str) -> None:
    use_case_id = add_use_case(store)
    filled(store, use_case_id, name)
    phases = []
    for _ in range(2):
        board = load_board(store)
        values = first_values(name, only(board), board.portfolio.roles)
        items.add(store, use_case_id=use_case_id, items=name, values=values)
        phases.append(values.get("phase"))
    asked = any(field.name == "phase" for field in LISTS[name].fields)
    assert len(set(phases) - {None}) == (2 if asked else 0)


# ---------------------------------------------------------------- import, rescue and documents


@every_list
def test_the_sample_comes_in_with_all_entries_of_the_list(sample_store: Store, name: str) -> None:
    _, written = sample()
    read = {use_case.key: use_case for use_case in load_board(sample_store).use_cases}
    named = LISTS[name].named_by
    for content in written:
        found = getattr(read[content["key"]], name)
        assert len(found) == len(content.get(name, []))
        for entry, values in zip(found, content.get(name, []), strict=True):
            assert getattr(entry, named) == values.get(named, getattr(entry, named))
    assert any(content.get(name) for content in written)


@every_list
def test_what_is_rescued_into_a_new_file_is_all_there(
    store: Store, tmp_path: Path, name: str
) -> None:
    add(store, name)
    portfolio = load_board(store).portfolio
    rescue.rescue(portfolio, tmp_path / "rescued.scoper", "Tester")
    with Store.open(tmp_path / "rescued.scoper", "Tester") as opened:
        assert load_board(opened).portfolio.use_cases == portfolio.use_cases


@every_list
def test_documents_know_every_field_in_words(store: Store, name: str) -> None:
    use_case_id, _, values = add(store, name)
    known = facts(load_board(store), use_case_id, DAY)
    said = known["lists"][name][-1]
    assert set(said) == set(values)
    assert all(said.values())
    for field in LISTS[name].fields:
        if isinstance(values[field.name], Term):
            assert said[field.name] == values[field.name].label
        elif isinstance(values[field.name], str):
            assert said[field.name] == values[field.name]
    assert None not in list(_parts(known))


@every_list
def test_documents_know_nothing_of_what_nobody_said(store: Store, name: str) -> None:
    use_case_id = add_use_case(store)
    values = filled(store, use_case_id, name)
    given = {LISTS[name].named_by: values[LISTS[name].named_by]}
    items.add(store, use_case_id=use_case_id, items=name, values=given)
    known = facts(load_board(store), use_case_id, DAY)["lists"][name][-1]
    assert None not in list(_parts(known))


def _parts(found: Any) -> Iterator[Any]:
    if isinstance(found, dict):
        found = found.values()
    elif not isinstance(found, list | tuple):
        yield found
        return
    for part in found:
        yield from _parts(part)
