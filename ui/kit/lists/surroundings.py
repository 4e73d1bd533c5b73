"""What the entries of a list have in common, and where they are heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from scoper.scoping import Field, Kind, ListOf
from ui.kit.fields.chosen import Choices
from ui.kit.fields.editor import Editor
from ui.kit.look.theme import Theme


class Detail(Protocol):
    """What an open entry shows below its fields: a widget that follows the entry."""

    def show_item(self, item: Any) -> None:
        """Show what belongs to the entry."""


@runtime_checkable
class HasFields(Protocol):
    """A detail with fields of its own."""

    def fields(self) -> Iterator[tuple[str, Editor]]:
        """Yield the fields that are shown, by name."""
        ...


DetailMaker = Callable[[UUID, Callable[[Field], Editor]], Detail]
"""Makes the detail of an entry; the function it is given makes editors of the entry's fields."""


class Announces(QWidget):
    """What entries have to say, announced by their list.

    Signals: ``edited(item_id, editor, value)``, ``remove_asked(item_id)``,
    ``move_asked(item_id, by)``, ``grown()`` when fields were made that Tab has to reach in their
    turn, ``marked()`` when one was marked as wrong or is so no more.
    """

    edited = Signal(object, object, object)
    remove_asked = Signal(object)
    move_asked = Signal(object, int)
    grown = Signal()
    marked = Signal()


@dataclass(slots=True)
class Surroundings:
    """What the entries of a list have in common: ``news`` is where they are announced.

    ``choices`` are what fields of a kind choose from, ``detail`` makes what an open card shows
    below its fields, ``brief`` says what a folded one says first. ``note`` titles a column that
    is only read. Entries of a ``fixed`` list are neither moved nor deleted. Amounts are in
    ``currency``.
    """

    news: Announces
    spec: ListOf
    theme: Theme
    fixed: bool
    note: str
    choices: dict[Kind, Choices]
    currency: str = ""
    detail: DetailMaker | None = None
    brief: Callable[[Any], str] | None = None
