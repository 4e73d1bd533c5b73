"""What is chosen from a catalogue comes into a list of a use case."""

from __future__ import annotations

from uuid import uuid4

import pytest

from scoper.commands import chosen, items
from scoper.errors import InvalidInput
from scoper.library.registry import library
from scoper.queries import load_board
from scoper.scoping import LISTS, Kind
from scoper.scoping.catalogues import FOR_LISTS, ROLES
from scoper.scoping.offers import catalogue_for, in_currency
from scoper.store import Store
from tests.support import add_use_case, only


@pytest.mark.parametrize("name", FOR_LISTS)
def test_an_entry_is_added_under_the_id_it_was_given(store: Store, name: str) -> None:
    use_case_id, added = add_use_case(store), uuid4()
    catalogue = catalogue_for(name, load_board(store).portfolio, use_case_id)
    entry = catalogue.entries(library())[0]
    changes = chosen.add_chosen(
        store, use_case_id=use_case_id, items=name, entry=entry, currency="EUR", item_id=added
    )
    first, *_ = getattr(only(load_board(store)), name)
    assert first.id == added
    assert {field: getattr(first, field) for field in entry.values} == entry.values
    assert changes.entities == {name}
    store.undo()
    assert getattr(only(load_board(store)), name) == ()


@pytest.mark.parametrize(("currency", "known"), [("EUR", True), ("SEK", False)])
def test_amounts_come_over_only_in_the_currency_of_the_library(
    store: Store, currency: str, known: bool
) -> None:
    use_case_id = add_use_case(store)
    priced = next(e for e in FOR_LISTS["costs"].entries(library()) if e.values.get("likely"))
    chosen.add_chosen(
        store, use_case_id=use_case_id, items="costs", entry=priced, currency=currency
    )
    (cost,) = only(load_board(store)).costs
    assert cost.title == priced.title
    assert (cost.likely is not None) is known


def test_no_amount_of_any_list_crosses_currencies() -> None:
    asked = [field for items in LISTS.values() for field in items.fields]
    amounts = {field.name: 1.0 for field in asked if field.kind is Kind.MONEY}
    others = {field.name: 1.0 for field in asked if field.kind is Kind.NUMBER}
    assert amounts
    assert in_currency({**amounts, **others, "day_rate": 1.0}, "USD") == others


@pytest.mark.parametrize(("currency", "rate"), [("EUR", True), ("USD", False)])
def test_a_role_that_is_chosen_brings_its_usual_days(
    store: Store, currency: str, rate: bool
) -> None:
    use_case_id = add_use_case(store)
    known = {role.title.casefold() for role in load_board(store).portfolio.roles}
    profile = next(e for e in ROLES.entries(library()) if e.title.casefold() not in known)
    assert catalogue_for("efforts", load_board(store).portfolio, use_case_id) is ROLES
    given = {"use_case_id": use_case_id, "items": "efforts", "entry": profile}
    chosen.add_chosen(store, **given, currency=currency)
    board = load_board(store)
    role = next(role for role in board.portfolio.roles if role.title == profile.title)
    assert (role.day_rate is not None) is rate
    assert [e.phase for e in only(board).efforts] == [c["phase"] for c in profile.companions]
    with pytest.raises(InvalidInput, match="planned already"):
        chosen.add_chosen(store, **given, currency=currency)


def test_a_data_set_of_another_use_case_can_be_chosen(store: Store) -> None:
    there = add_use_case(store, "There")
    values = {"title": "Archive", "owner": "Kim", "legal_basis": "Contract"}
    items.add(store, use_case_id=there, items="datasets", values=values)
    here = add_use_case(store, "Here")
    portfolio = load_board(store).portfolio
    (entry,) = catalogue_for("datasets", portfolio, here).entries(library())
    assert catalogue_for("datasets", portfolio, there).entries(library()) == ()
    chosen.add_chosen(store, use_case_id=here, items="datasets", entry=entry, currency="EUR")
    (dataset,) = load_board(store).use_cases[-1].datasets
    assert (dataset.title, dataset.owner, dataset.legal_basis) == ("Archive", "Kim", "")
