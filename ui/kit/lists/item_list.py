"""The lists of a use case: short entries as rows of fields, longer ones as cards that open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from scoper.scoping import Kind, ListOf
from ui.kit.basics import ButtonRow, at_one_go, button, label
from ui.kit.fields.chosen import Choices
from ui.kit.fields.editor import Editor
from ui.kit.fields.place import Place
from ui.kit.layout.slices import Slices
from ui.kit.lists.item_entry import ItemCard, ItemEntry, Row, RowHead
from ui.kit.lists.surroundings import Announces, DetailMaker, Surroundings
from ui.kit.look.theme import Theme

_ROWS_UP_TO = 6
_AT_ONCE = 4
"""How many entries are made in one go: more would be felt as a stutter."""


class ItemList(Announces):
    """Edits one list. A ``fixed`` list is filled elsewhere: nothing is added or deleted.

    ``note`` titles a column that is only read, in lists short enough to be shown as rows. Entries
    that come into being are made a few at a time, by turns of ``later``.

    Signals: those of ``Announces``, ``add_asked()``, ``choose_asked()`` from a catalogue.
    """

    add_asked = Signal()
    choose_asked = Signal()

    def __init__(
        self,
        spec: ListOf,
        theme: Theme,
        *,
        fixed: bool = False,
        note: str = "",
        later: Slices | None = None,
    ) -> None:
        super().__init__()
        self.spec = spec
        self._around = Surroundings(self, spec, theme, fixed, note, {})
        self._later = later or Slices(self)
        self._items: Sequence[Any] = ()
        self.rows: dict[UUID, ItemEntry] = {}
        self._open: set[UUID] = set()
        self._notes: tuple[Mapping[UUID, str], Collection[UUID]] = ({}, ())
        self._make = Row if len(spec.columns) <= _ROWS_UP_TO and not fixed else ItemCard
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self._empty = label(spec.empty, secondary=True, wrap=True)
        self.head = RowHead(self._around) if self._make is Row else None
        self._body = QVBoxLayout()
        self._body.setSpacing(0 if self._make is Row else 6)
        outer.addWidget(self._empty)
        if self.head:
            outer.addWidget(self.head)
        outer.addLayout(self._body)
        self.add_button = button(f"Add {spec.noun}", self.add_asked.emit, kind="link")
        self.add_button.setIcon(theme.icon("plus", "accent"))
        self.when_empty: QWidget = self.add_button
        self.choose_button = button(spec.choose, self.choose_asked.emit, kind="link")
        self.choose_button.setIcon(theme.icon("library", "accent"))
        outer.addWidget(ButtonRow(self.add_button, self.choose_button, spacing=16))
        self.choose_button.setVisible(bool(spec.choose) and not fixed)
        self.add_button.setVisible(not fixed)
        self._show_head()

    def set_choices(self, kind: Kind, choices: Choices) -> None:
        """Set what fields of a kind (roles, options) can choose from."""
        self._around.choices[kind] = choices
        for entry in self.rows.values():
            entry.offer(kind)

    def set_currency(self, currency: str) -> None:
        """Show amounts in a currency from now on."""
        if currency != self._around.currency:
            self._around.currency = currency
            for entry in self.rows.values():
                entry.show_currency()

    def show_items(self, items: Sequence[Any]) -> None:
        """Show the entries; editors of entries that stay are kept, with what is being typed."""
        order = [item.id for item in items]
        changed = order != [item.id for item in self._items]
        self._items = items
        with at_one_go(self):
            if changed:
                self._drop_others(order)
            for item in items:
                if item.id in self.rows:
                    self.rows[item.id].show_item(item)
            if changed:
                self._order()
                self._grow()
            self._show_head()
        if changed:
            self.grown.emit()

    def set_detail(self, make: DetailMaker, brief: Callable[[Any], str]) -> None:
        """Show more in open entries, and ``brief`` first in the line of a folded one."""
        self._around.detail, self._around.brief = make, brief
        for entry in self.rows.values():
            if isinstance(entry, ItemCard):
                entry.add_detail()

    def show_notes(self, notes: Mapping[UUID, str], marked: Collection[UUID] = ()) -> None:
        """Show what is to be read beside the entries; ``marked`` are those that need a look."""
        self._notes = notes, marked
        for entry in self.rows.values():
            self._show_note(entry)

    def flush(self) -> None:
        """Announce what is still being typed."""
        for entry in self.rows.values():
            entry.flush()

    def fields(self) -> Iterator[tuple[Place, Editor]]:
        """Yield the fields that are shown, each with the place it edits."""
        for item_id, entry in self.rows.items():
            for name, editor in entry.fields():
                yield Place.of(item_id, field=name), editor

    def entry(self, item_id: UUID) -> ItemEntry:
        """Return the widget of an entry."""
        if item_id not in self.rows:
            self._later.finish()
        return self.rows[item_id]

    def open(self, item_id: UUID) -> None:
        """Open the card of an entry."""
        entry = self.entry(item_id)
        if isinstance(entry, ItemCard):
            entry.set_open(True)

    def editor(self, item_id: UUID, name: str) -> Editor:
        """Return the editor of one field of an entry, opening its card."""
        self.open(item_id)
        return self.rows[item_id].editors[name]

    def focus_item(self, item_id: UUID) -> Editor:
        """Open an entry and return its first field, selected: typing replaces a stand-in title."""
        first = self.editor(item_id, self.spec.columns[0].name)
        first.setFocus()
        first.select_all()
        return first

    # ------------------------------------------------------------ entries come and go

    def _drop_others(self, order: Sequence[UUID]) -> None:
        """Drop entries that are gone; what is being typed into one of them goes into no other."""
        for place, (item_id, entry) in enumerate(list(self.rows.items())):
            if item_id in order:
                continue
            focus = self.window().focusWidget()
            held = entry.isAncestorOf(focus or self)
            entry.flush()
            del self.rows[item_id]
            if held and isinstance(focus, QLineEdit | QPlainTextEdit):
                self.setFocus()
            elif held:
                self._focus_place(place, on_delete=focus is entry.delete)
            self._body.removeWidget(entry)
            entry.hide()
            entry.deleteLater()

    def _focus_place(self, place: int, *, on_delete: bool) -> None:
        """Put the cursor on the entry that now stands where one was deleted.

        From its button to delete it goes to the next one: keys that follow name nothing anew.
        """
        left = list(self.rows.values())
        entry = left[min(place, len(left) - 1)] if left else None
        if entry is None:
            self.when_empty.setFocus()
        elif on_delete and entry.delete:
            entry.delete.setFocus()
        else:
            entry.take_focus()

    def _order(self) -> None:
        shown = [item.id for item in self._items if item.id in self.rows]
        self.rows = {item_id: self.rows[item_id] for item_id in shown}
        for place, (item_id, entry) in enumerate(self.rows.items()):
            if self._body.indexOf(entry) != place:
                self._body.insertWidget(place, entry)
            entry.show_place(first=item_id == self._items[0].id, last=item_id == self._items[-1].id)

    def _grow(self) -> None:
        """Make some of the entries that are missing, and the others later."""
        missing = [item for item in self._items if item.id not in self.rows]
        for item in missing[:_AT_ONCE]:
            entry = self.rows[item.id] = self._new_entry(item.id)
            entry.show_item(item)
            self._show_note(entry)
        if missing:
            self._order()
        for item in missing[:_AT_ONCE]:
            self.rows[item.id].show()
        if len(missing) > _AT_ONCE:
            self._later.add(self._grow_on)

    def _grow_on(self) -> None:
        before = len(self.rows)
        with at_one_go(self):
            self._grow()
        if len(self.rows) > before:
            self.grown.emit()

    def _new_entry(self, item_id: UUID) -> ItemEntry:
        entry = self._make(self._around, item_id)
        if isinstance(entry, Row):
            entry.grid.arranged.connect(self._show_head)
        if isinstance(entry, ItemCard):
            if item_id in self._open:
                entry.set_open(True)
            entry.opened.connect(partial(self._remember_open, item_id))
        return entry

    def _remember_open(self, item_id: UUID, is_open: bool) -> None:
        (self._open.add if is_open else self._open.discard)(item_id)

    def _show_note(self, entry: ItemEntry) -> None:
        notes, marked = self._notes
        if isinstance(entry, Row) and entry.item_id in notes:
            entry.show_note(notes[entry.item_id], marked=entry.item_id in marked)

    def _show_head(self) -> None:
        self._empty.setVisible(not self._items)
        if self.head:
            first = next(iter(self.rows.values()), None)
            if isinstance(first, Row):
                self.head.stand_above(first)
            whole = not isinstance(first, Row) or first.grid.is_whole
            self.head.setVisible(bool(self._items) and whole)
