"""The tables of the lists of a use case, with validated fields, as the lists themselves say.

``scoping`` says what is asked of an entry and within which bounds, ``snapshot`` of which type it
is and what it holds at first. Nothing of a list is said here: a field is kept and checked as its
kind wants it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from types import NoneType, new_class
from typing import Any, NamedTuple, get_args, get_type_hints
from uuid import UUID

import sqlalchemy as sa
from pydantic import FiniteFloat
from sqlmodel import Field as Stored
from sqlmodel import SQLModel

from scoper.model.columns import (
    Count,
    Day,
    GivenGrade,
    Key,
    Line,
    Number,
    Text,
    parent_column,
    within,
)
from scoper.model.rows import UseCaseItem
from scoper.scoping import LISTS, Field, Kind, UseCaseList
from scoper.snapshot import table_of
from scoper.text import LINE_LIMIT, TEXT_LIMIT

_MOST_MONEY = 1e13
_GRADES = (1, 5)
"""From poor to good, or from unlikely to expected."""


class _Column(NamedTuple):
    """The type a value is checked as, and the field it is kept in."""

    type: Any
    field: Any


class _Asked(NamedTuple):
    """A field of a list with what the class of its entries says of it."""

    field: Field
    hint: Any
    default: Any
    names: bool

    @property
    def may_be_open(self) -> bool:
        return NoneType in get_args(self.hint)

    @property
    def is_whole(self) -> bool:
        return int in (self.hint, *get_args(self.hint))

    @property
    def bounds(self) -> dict[str, float]:
        ends = {"ge": self.field.low, "le": self.field.high}
        return {name: end for name, end in ends.items() if end is not None}

    def stored(self, kind: Any, **more: Any) -> Any:
        """Return the field in a column of a kind; rows from before it take its default."""
        if self.field.later and not self.may_be_open:
            more["sa_column_kwargs"] = {"server_default": self._written_default()}
        return Stored(sa_type=kind, **more)

    def _written_default(self) -> Any:
        """Return the default as SQL."""
        if isinstance(self.default, bool):
            return sa.true() if self.default else sa.false()
        if self.field.kind is Kind.GRADES:
            return sa.text("'{}'")
        is_text = isinstance(self.default, str)
        return sa.text(f"'{self.default}'" if is_text else str(self.default))


def _text(asked: _Asked) -> dict[str, Any]:
    return {"min_length": 1} if asked.names else {"default": asked.default}


def _line(asked: _Asked) -> _Column:
    longest = asked.field.longest or LINE_LIMIT
    kept = asked.stored(sa.String(longest), max_length=longest, **_text(asked))
    return _Column(Line, kept)


def _paragraphs(asked: _Asked) -> _Column:
    longest = asked.field.longest or TEXT_LIMIT
    return _Column(Text, asked.stored(sa.Text, max_length=longest, **_text(asked)))


def _money(asked: _Asked) -> _Column:
    bounds = {"ge": 0.0, "le": _MOST_MONEY} | asked.bounds
    return _Column(Number, asked.stored(sa.Float, default=asked.default, **bounds))


def _number(asked: _Asked) -> _Column:
    whole = asked.is_whole
    checked = (Count if whole else Number) if asked.may_be_open else int if whole else FiniteFloat
    kind = sa.Integer if whole else sa.Float
    return _Column(checked, asked.stored(kind, default=asked.default, **asked.bounds))


def _choice(asked: _Asked) -> _Column:
    return _Column(asked.hint, asked.stored(sa.String(40), default=asked.default))


def _grade(asked: _Asked) -> _Column:
    low, high = _GRADES
    return _Column(Count, asked.stored(sa.Integer, default=asked.default, ge=low, le=high))


def _grades(asked: _Asked) -> _Column:
    limits = {"default_factory": dict, "max_length": 200, "nullable": False}
    return _Column(dict[Key, GivenGrade], asked.stored(sa.JSON, **limits))


def _reference(asked: _Asked) -> _Column:
    return _Column(UUID | None, None) if asked.may_be_open else _Column(UUID, ...)


_COLUMNS: dict[Kind, Callable[[_Asked], _Column]] = {
    Kind.LINE: _line,
    Kind.TEXT: _paragraphs,
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.DAY: lambda _: _Column(Day, None),
    Kind.CHOICE: _choice,
    Kind.YES_NO: lambda asked: _Column(bool, asked.stored(sa.Boolean, default=asked.default)),
    Kind.GRADE: _grade,
    Kind.ROLE: _reference,
    Kind.SOLUTION: _reference,
    Kind.GRADES: _grades,
}
"""How a field of each kind is checked and kept."""

_REFERRED = {Kind.ROLE: "role", Kind.SOLUTION: table_of(LISTS["solutions"].entry)}
"""The table that a field of a kind refers to."""


def _parents(items: UseCaseList) -> dict[str, _Column]:
    """Return the columns that refer to other rows, by name.

    An entry that needs what it refers to goes with it; another one stays and names nothing.
    """
    parents = {"use_case_id": _Column(UUID, parent_column("use_case"))}
    for field in items.fields:
        if table := _REFERRED.get(field.kind):
            if field.name in items.needs(field.kind):
                parents[field.name] = _Column(UUID, parent_column(table))
            else:
                refers = parent_column(table, nullable=True, deleted="SET NULL")
                parents[field.name] = _Column(UUID | None, refers)
    return parents


def _model(name: str, bases: tuple[type, ...], columns: dict[str, _Column], **more: Any) -> Any:
    """Return a model of that name with typed fields."""
    said = {
        "__module__": __name__,
        "__annotations__": {key: column.type for key, column in columns.items()},
        **{key: column.field for key, column in columns.items() if column.field is not ...},
        **more,
    }
    options = {"table": True} if "__tablename__" in more else {}
    return new_class(name, bases, options, lambda namespace: namespace.update(said))


def _fields_of(items: UseCaseList) -> type[SQLModel]:
    """Return the validated fields of a list, in the order of the class of its entries."""
    asked, hints = {field.name: field for field in items.fields}, get_type_hints(items.entry)
    columns = {}
    for held in dataclasses.fields(items.entry):
        if held.name != "id":
            field, is_name = asked[held.name], held.name == items.named_by
            known = _Asked(field, hints[held.name], held.default, is_name)
            columns[held.name] = _COLUMNS[field.kind](known)
    made: type[SQLModel] = _model(
        f"{items.entry.__name__}Fields", (SQLModel,), columns, __doc__=items.entry.__doc__
    )
    return made


def _row_of(items: UseCaseList) -> type[UseCaseItem]:
    """Return the table of a list; a grade is checked there too."""
    low, high = map(str, _GRADES)
    checks = [within(f.name, low, high) for f in items.fields if f.kind is Kind.GRADE]
    made: type[UseCaseItem] = _model(
        f"{items.entry.__name__}Row",
        (ITEM_FIELDS[items.name], UseCaseItem),
        _parents(items),
        __doc__=f"An entry of the list “{items.name}” of a use case.",
        __tablename__=table_of(items.entry),
        __table_args__=tuple(checks),
    )
    return made


ITEM_FIELDS: dict[str, type[SQLModel]] = {name: _fields_of(items) for name, items in LISTS.items()}
"""The validated fields of each list of a use case."""

ITEM_ROWS: dict[str, type[UseCaseItem]] = {name: _row_of(items) for name, items in LISTS.items()}
"""The table of each list, parents before what refers to them."""
