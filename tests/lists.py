"""Entries for any list of a use case, whatever it asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from scoper.commands import items, people
from scoper.queries import load_board
from scoper.scoping import LISTS, Field, Kind
from scoper.store import Store
from tests.support import only

DAY = dt.date(2027, 3, 1)

_FILLED: dict[Kind, Callable[[Field], Any]] = {
    Kind.LINE: lambda field: f"{field.label} of it",
    Kind.TEXT: lambda field: f"{field.label},\nin two lines",
    Kind.MONEY: lambda _: 1250.5,
    Kind.NUMBER: lambda _: 7,
    Kind.DAY: lambda _: DAY,
    Kind.CHOICE: lambda field: list(field.choices or ())[-1],
    Kind.YES_NO: lambda _: True,
    Kind.GRADE: lambda _: 4,
    Kind.GRADES: lambda _: {"access": 2},
}


def filled(store: Store, use_case_id: UUID, name: str) -> dict[str, Any]:
    """Return a value for every field of a list; what it refers to is added to the use case."""
    return {field.name: _value(store, use_case_id, field) for field in LISTS[name].fields}


def entries(store: Store, name: str) -> list[dict[str, Any]]:
    """Return the entries of a list of the only use case, field by field."""
    found = getattr(only(load_board(store)), name)
    return [{f.name: getattr(entry, f.name) for f in LISTS[name].fields} for entry in found]


def _value(store: Store, use_case_id: UUID, field: Field) -> Any:
    if field.kind is Kind.ROLE:
        people.add_role(store, title="Plumber", role_id=(role_id := uuid4()))
        return role_id
    if field.kind is Kind.SOLUTION:
        option, values = uuid4(), {"title": "Do without"}
        items.add(store, use_case_id=use_case_id, items="solutions", values=values, item_id=option)
        return option
    return _FILLED[field.kind](field)
