"""What a step is made of: fields, lists and sections, with the words that explain them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

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


@dataclass(frozen=True, slots=True)
class Field:
    """One answer: ``name`` is its name in the snapshot and in the tables.

    A ``wide`` field takes a line of its own."""

    name: str
    label: str
    kind: Kind = Kind.LINE
    help: str = ""
    example: str = ""
    choices: type[Term] | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of a use case, edited as a table; ``name`` is its name in the snapshot.

    ``choose`` asks for the catalogue of the library to choose entries from, where there is one.
    """

    name: str
    noun: str
    columns: tuple[Field, ...]
    empty: str
    choose: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a step: fields, one list, or the checklist of that name."""

    title: str
    help: str = ""
    fields: tuple[Field, ...] = ()
    items: ListOf | None = None
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
    def lists(self) -> tuple[ListOf, ...]:
        """The lists of this step."""
        return tuple(section.items for section in self.sections if section.items)

    @property
    def checklists(self) -> tuple[str, ...]:
        """The names of the checklists of this step."""
        return tuple(section.checklist for section in self.sections if section.checklist)
