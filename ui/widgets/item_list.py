"""The lists of a use case: short entries as rows of fields, longer ones as cards that open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from scoper.scoping import Field, Kind, ListOf
from scoper.terms import Term
from scoper.text import shorten
from ui.theme import Theme
from ui.widgets.basics import ElidedLabel, button, clear, label, repolish, row, tool_button
from ui.widgets.editors import ChoiceEditor, Choices, Editor, make_editor

_ROWS_UP_TO = 5
_STRETCH = {Kind.TEXT: 3, Kind.LINE: 3, Kind.ROLE: 3, Kind.NUMBER: 1}
_COLUMNS = 6


class ItemList(QWidget):
    """Edits one list. A ``fixed`` list is filled elsewhere: nothing is added or deleted.

    ``note`` titles a column that is only read, in lists short enough to be shown as rows.

    Signals: ``add_asked()``, ``choose_asked()`` from a catalogue,
    ``edited(item_id, editor, value)``, ``remove_asked(item_id)``, ``move_asked(item_id, by)``,
    ``grown()`` when fields were made that Tab has to reach in their turn.
    """

    add_asked = Signal()
    choose_asked = Signal()
    edited = Signal(object, object, object)
    remove_asked = Signal(object)
    move_asked = Signal(object, int)
    grown = Signal()

    def __init__(self, spec: ListOf, theme: Theme, *, fixed: bool = False, note: str = "") -> None:
        super().__init__()
        self.spec = spec
        self._note = note
        self.theme = theme
        self.fixed = fixed
        self.choices: dict[Kind, Choices] = {}
        self._rows: dict[UUID, _Entry] = {}
        self._open: set[UUID] = set()
        self._order: tuple[UUID, ...] | None = None
        self._as_rows = len(spec.columns) <= _ROWS_UP_TO and not fixed
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self._body = QVBoxLayout()
        self._body.setSpacing(6)
        outer.addLayout(self._body)
        self.add_button = button(f"Add {spec.noun}", self.add_asked.emit, kind="link")
        self.add_button.setIcon(theme.icon("plus", theme.colours.accent))
        self.choose_button = button(spec.choose, self.choose_asked.emit, kind="link")
        self.choose_button.setIcon(theme.icon("library", theme.colours.accent))
        outer.addLayout(row(self.add_button, self.choose_button, None, spacing=16))
        self.choose_button.setVisible(bool(spec.choose) and not fixed)
        self.add_button.setVisible(not fixed)

    def set_choices(self, kind: Kind, choices: Choices) -> None:
        """Set what fields of a kind (roles, options) can choose from."""
        self.choices[kind] = choices
        for entry in self._rows.values():
            for editor in entry.editors.values():
                if editor.field.kind is kind and isinstance(editor, ChoiceEditor):
                    editor.set_choices(choices)

    def show_items(self, items: Sequence[Any]) -> None:
        """Show the entries; editors of entries that stay are kept, with what is being typed."""
        order = tuple(item.id for item in items)
        if order != self._order:
            self._rebuild(items)
            self._order = order
            self.grown.emit()
        for item in items:
            self._rows[item.id].show_item(item)

    def show_notes(self, notes: Mapping[UUID, str], marked: Collection[UUID] = ()) -> None:
        """Show what is to be read beside the entries; ``marked`` are those that need a look."""
        for item_id, text in notes.items():
            note = self._rows[item_id].note
            if note is None:
                continue
            note.setText(text)
            if note.property("error") != (item_id in marked):
                note.setProperty("error", item_id in marked)
                repolish(note)

    def flush(self) -> None:
        """Announce what is still being typed."""
        for entry in self._rows.values():
            for editor in entry.editors.values():
                editor.flush()

    def open(self, item_id: UUID) -> None:
        """Open the card of an entry."""
        entry = self._rows.get(item_id)
        if isinstance(entry, _Card):
            entry.set_open(True)

    def editor(self, item_id: UUID, name: str) -> Editor:
        """Return the editor of one field of an entry, opening its card."""
        self.open(item_id)
        return self._rows[item_id].editors[name]

    def focus_item(self, item_id: UUID) -> None:
        """Open an entry and select its first field, so that typing replaces a stand-in title."""
        first = self.editor(item_id, self.spec.columns[0].name)
        first.setFocus()
        first.select_all()

    def make_editor(self, item_id: UUID, field: Field) -> Editor:
        """Return an editor for a field of an entry, connected."""
        editor = make_editor(field, self.choices.get(field.kind, ()))
        editor.edited.connect(lambda value, source=editor: self.edited.emit(item_id, source, value))
        return editor

    def tool(self, icon: str, name: str, action: Callable[[], object]) -> QToolButton:
        """Return a small button with an icon."""
        return tool_button(self.theme, icon, name, action)

    def remember_open(self, item_id: UUID, is_open: bool) -> None:
        """Keep a card open or closed when the list is built again."""
        (self._open.add if is_open else self._open.discard)(item_id)

    def _rebuild(self, items: Sequence[Any]) -> None:
        self.flush()
        clear(self._body)
        self._rows = {}
        if not items:
            self._body.addWidget(label(self.spec.empty, secondary=True, wrap=True))
        elif self._as_rows:
            self._body.addWidget(self._grid(items))
        else:
            for place, item in enumerate(items):
                card = _Card(self, item.id, first=place == 0, last=place == len(items) - 1)
                self._rows[item.id] = card
                card.set_open(item.id in self._open)
                self._body.addWidget(card)

    def _grid(self, items: Sequence[Any]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(6)
        for column, field in enumerate(self.spec.columns):
            title = label(field.label, secondary=True)
            title.setToolTip(field.help)
            grid.addWidget(title, 0, column)
            grid.setColumnStretch(column, _STRETCH.get(field.kind, 2))
        at = len(self.spec.columns)
        if self._note:
            grid.addWidget(label(self._note, secondary=True), 0, at)
            grid.setColumnStretch(at, 2)
        top = Qt.AlignmentFlag.AlignTop
        for place, item in enumerate(items, start=1):
            entry = _Entry()
            self._rows[item.id] = entry
            for column, field in enumerate(self.spec.columns):
                editor = self.make_editor(item.id, field)
                entry.editors[field.name] = editor
                grid.addWidget(editor, place, column, top)
            delete = self.tool(
                "trash-2",
                f"Delete {self.spec.noun}",
                lambda item_id=item.id: self.remove_asked.emit(item_id),
            )
            delete.setMinimumHeight(self.theme.px(34))
            if self._note:
                entry.note = label(wrap=True)
                entry.note.setMinimumHeight(self.theme.px(34))
                grid.addWidget(entry.note, place, at, top)
            grid.addWidget(delete, place, at + 1, top)
        return holder


class _Entry:
    """The editors of one entry."""

    def __init__(self) -> None:
        self.editors: dict[str, Editor] = {}
        self.note: QLabel | None = None

    def show_item(self, item: Any) -> None:
        """Show the values of the entry."""
        for name, editor in self.editors.items():
            editor.set_value(getattr(item, name))


class _Card(QFrame, _Entry):
    """A line that says what the entry is about; opened, it shows the fields."""

    def __init__(self, owner: ItemList, item_id: UUID, *, first: bool, last: bool) -> None:
        QFrame.__init__(self)
        _Entry.__init__(self)
        self.setProperty("item", True)
        self._owner = owner
        self._id = item_id
        self._item: Any = None
        self._fields: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 8)
        layout.setSpacing(2)
        self.toggle = button("", lambda: self.set_open(not self.is_open), kind="entry")
        self.toggle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._summary = ElidedLabel(secondary=True)
        self._summary.setIndent(owner.theme.px(27))
        top = row(self.toggle, spacing=0)
        top.setStretch(0, 1)
        for tool in self._tools(first, last):
            top.addWidget(tool)
        layout.addLayout(top)
        layout.addWidget(self._summary)

    @property
    def is_open(self) -> bool:
        """Whether the fields are shown."""
        return self._fields is not None and not self._fields.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the fields."""
        if is_open and self._fields is None:
            self._fields = self._make_fields()
            self.layout().addWidget(self._fields)
            if self._item is not None:
                self.show_item(self._item)
            self._owner.grown.emit()
        if self._fields is not None:
            self._fields.setVisible(is_open)
        self._summary.setVisible(not is_open and bool(self._summary.text()))
        self._owner.remember_open(self._id, is_open)
        icon = "chevron-down" if is_open else "chevron-right"
        self.toggle.setIcon(self._owner.theme.icon(icon))

    def show_item(self, item: Any) -> None:
        """Show the values of the entry."""
        self._item = item
        first, *others = self._owner.spec.columns
        self.toggle.setText(shorten(str(getattr(item, first.name)), 90) or first.label)
        if first.kind in (Kind.SOLUTION, Kind.ROLE):
            self.toggle.setText(self._worded(first, getattr(item, first.name)))
        self.toggle.setToolTip("Close" if self.is_open else "Open to edit")
        words = [self._worded(field, getattr(item, field.name)) for field in others]
        self._summary.setText(shorten("  ·  ".join(word for word in words if word), 240))
        self._summary.setVisible(not self.is_open and bool(self._summary.text()))
        super().show_item(item)

    def _worded(self, field: Field, value: Any) -> str:
        if field.kind in (Kind.SOLUTION, Kind.ROLE):
            choices = self._owner.choices.get(field.kind, ())
            return next((text for text, chosen in choices if chosen == value), "")
        if value is None or value is False or value == "":
            return ""
        if value is True:
            return "Shortlisted" if field.name == "shortlisted" else field.label
        if isinstance(value, Term):
            return value.label
        if isinstance(value, dt.date):
            return QLocale().toString(QDate(value.year, value.month, value.day), "d MMM yyyy")
        if isinstance(value, int | float):
            return f"{field.label} {value:,g}"
        return str(value)

    def _tools(self, first: bool, last: bool) -> list[QToolButton]:
        owner, noun = self._owner, self._owner.spec.noun
        if owner.fixed:
            return []
        up = owner.tool("arrow-up", f"Move {noun} up", lambda: owner.move_asked.emit(self._id, -1))
        down = owner.tool(
            "arrow-down", f"Move {noun} down", lambda: owner.move_asked.emit(self._id, 1)
        )
        up.setEnabled(not first)
        down.setEnabled(not last)
        delete = owner.tool("trash-2", f"Delete {noun}", lambda: owner.remove_asked.emit(self._id))
        return [up, down, delete]

    def _make_fields(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(8, 0, 8, 10)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        line, at = 0, 0
        for place, field in enumerate(self._owner.spec.columns):
            span = _COLUMNS if place == 0 or field.kind is Kind.TEXT else 2
            if at + span > _COLUMNS:
                line, at = line + 2, 0
            title = label("" if field.kind is Kind.YES_NO else field.label, secondary=True)
            title.setToolTip(field.help)
            editor = self._owner.make_editor(self._id, field)
            self.editors[field.name] = editor
            grid.addWidget(title, line, at, 1, span)
            grid.addWidget(editor, line + 1, at, 1, span, Qt.AlignmentFlag.AlignTop)
            at += span
        for index in range(_COLUMNS):
            grid.setColumnStretch(index, 1)
        return holder
