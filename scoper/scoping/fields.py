"""What a step is made of: fields, lists and sections, with the words that explain them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from types import NoneType
from typing import get_args, get_type_hints

from scoper.snapshot import ENTRIES_OF
from scoper.terms import Term


class Kind(Enum):
    """How a field is entered."""

    LINE = auto()
    TEXT = auto()
    MONEY = auto()
    NUMBER = auto()
    DAY = auto()
    CHOICE = auto()
    YES_NO = auto()
    GRADE = auto()
    ROLE = auto()
    SOLUTION = auto()
    GRADES = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One answer: ``name`` is its name in the snapshot and in the tables.

    A ``wide`` field takes a line of its own, in an entry of a list half a line. ``low`` and
    ``high`` bound a number, ``longest`` a text, where its kind does not. ``later`` is true of a
    field of a list that a migration added to entries there were.
    """

    name: str
    label: str
    kind: Kind = Kind.LINE
    help: str = ""
    example: str = ""
    choices: type[Term] | None = None
    wide: bool = False
    low: float | None = None
    high: float | None = None
    longest: int | None = None
    later: bool = False

    def is_filled(self, record: object) -> bool:
        """Return whether a use case, or whatever holds the answer, has one."""
        return getattr(record, self.name) not in (None, "", ())


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list, edited as a table; ``name`` is its name in the snapshot.

    The first of its ``columns`` is what people call an entry by. ``choose`` asks for the catalogue
    to choose entries from, where there is one. ``apart`` are fields that an open entry shows in a
    part of their own, or that another step asks.
    """

    name: str
    noun: str
    columns: tuple[Field, ...]
    empty: str
    choose: str = ""
    apart: tuple[Field, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Everything that is asked of an entry."""
        return self.columns + self.apart

    def asks(self, kind: Kind) -> bool:
        """Return whether a field of that kind is asked of an entry."""
        return any(field.kind is kind for field in self.fields)

    @property
    def named_by(self) -> str:
        """The field that people call an entry by."""
        return self.columns[0].name


@dataclass(frozen=True, slots=True)
class UseCaseList(ListOf):
    """A list of a use case: all that is said of it, but for the class of its entries.

    That is the type of the attribute ``name`` of a ``UseCase``. From these two follow the table
    with its validated fields, reading, saving, undo, the form, and the facts of documents.

    ``stand_in`` is what a new entry is called until somebody names it. A ``fixed`` list shows what
    another step fills: there no entry is added or deleted.
    """

    stand_in: str = ""
    fixed: bool = False

    @property
    def entry(self) -> type:
        """The class of an entry."""
        return ENTRIES_OF[self.name]

    def needs(self, kind: Kind) -> tuple[str, ...]:
        """Return the fields of a kind that may not be None: an entry goes with what they name."""
        hints = get_type_hints(self.entry)
        asked = (field.name for field in self.fields if field.kind is kind)
        return tuple(name for name in asked if NoneType not in get_args(hints[name]))


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a step: fields, one list, or the checklist of that name."""

    title: str
    help: str = ""
    fields: tuple[Field, ...] = ()
    items: UseCaseList | None = None
    checklist: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps."""

    number: int
    key: str
    title: str
    question: str
    guidance: str
    example: str
    sections: tuple[Section, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The single answers of this step."""
        return tuple(field for section in self.sections for field in section.fields)

    @property
    def lists(self) -> tuple[UseCaseList, ...]:
        """The lists of this step."""
        return tuple(section.items for section in self.sections if section.items)

    @property
    def checklists(self) -> tuple[str, ...]:
        """The names of the checklists of this step."""
        return tuple(section.checklist for section in self.sections if section.checklist)
