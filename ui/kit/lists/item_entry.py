"""One entry of a list: a row of fields, or a card that opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from scoper.scoping import Field, Kind
from scoper.terms import Term
from scoper.text import shorten
from ui.kit.basics import ElidedButton, ElidedLabel, label, repolish, row, tool_button
from ui.kit.fields.chosen import ChoiceEditor, Choices
from ui.kit.fields.editor import Editor
from ui.kit.fields.making import make_editor
from ui.kit.fields.money import MoneyEditor
from ui.kit.layout.single_press import SinglePress
from ui.kit.layout.tab_order import first_stop
from ui.kit.lists.forms import NUMBERS, FieldGrid, align_with_numbers
from ui.kit.lists.surroundings import Detail, HasFields, Surroundings
from ui.kit.look.amounts import money
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme

_PARTS = 6
"""Parts of a line of fields in a card."""
_WIDTHS = {Kind.TEXT: 3, Kind.LINE: 3, Kind.ROLE: 4, Kind.NUMBER: 1}
_NOTE_WIDTH = 2
_GAP = 6


class ItemEntry(QFrame):
    """The editors of one entry."""

    def __init__(self, around: Surroundings, item_id: UUID) -> None:
        super().__init__()
        self.around = around
        self.item_id = item_id
        self.editors: dict[str, Editor] = {}
        self.delete: QWidget | None = None

    def show_item(self, item: Any) -> None:
        """Show the values of the entry."""
        for name, editor in self.editors.items():
            editor.set_value(getattr(item, name))

    def show_place(self, *, first: bool, last: bool) -> None:
        """Take note of where in the list the entry stands."""

    def offer(self, kind: Kind) -> None:
        """Offer other choices in fields of a kind."""
        for editor in self.editors.values():
            if editor.field.kind is kind and isinstance(editor, ChoiceEditor):
                editor.set_choices(self.around.choices[kind])

    def show_currency(self) -> None:
        """Show in which currency amounts are."""
        for editor in self.editors.values():
            if isinstance(editor, MoneyEditor):
                editor.set_currency(self.around.currency)

    def flush(self) -> None:
        """Announce what is still being typed."""
        for editor in self.editors.values():
            editor.flush()

    def fields(self) -> Iterator[tuple[str, Editor]]:
        """Yield the fields that are shown, by name."""
        yield from self.editors.items()

    def take_focus(self) -> None:
        """Put the cursor where Tab first stops in the entry."""
        stop = first_stop(self, self)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    def make_editor(self, field: Field) -> Editor:
        """Return an editor for a field of the entry, connected."""
        editor = make_editor(field, self.around.choices.get(field.kind, ()))
        news = self.around.news
        editor.edited.connect(partial(news.edited.emit, self.item_id, editor))
        editor.marked.connect(news.marked)
        if isinstance(editor, MoneyEditor):
            editor.set_currency(self.around.currency)
        self.editors[field.name] = editor
        return editor

    def _delete_tool(self) -> QWidget:
        name = f"Delete {self.around.spec.noun}"
        tool = tool_button(self.around.theme, "trash-2", name, self._remove)
        SinglePress(tool)
        self.delete = tool
        return tool

    def _remove(self) -> None:
        self.around.news.remove_asked.emit(self.item_id)


class RowHead(QWidget):
    """The titles of the columns of rows."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP)
        self._titles: dict[str, QLabel] = {}
        at = 0
        for field in around.spec.columns:
            title = self._titles[field.name] = _ColumnTitle(field, around.theme)
            width = _WIDTHS.get(field.kind, 2)
            grid.addWidget(title, 0, at, 1, width)
            at += width
        for column in range(at):
            grid.setColumnStretch(column, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addLayout(grid, at)
        if around.note:
            layout.addWidget(label(around.note, secondary=True), _NOTE_WIDTH)
        layout.addSpacing(_tool_width(around.theme))

    def stand_above(self, first: Row) -> None:
        """Take the room that the fields of a row need, so that each title is above its own."""
        for name, title in self._titles.items():
            words = title.fontMetrics().size(0, title.text()).width()
            title.setMinimumWidth(max(words, first.editors[name].minimumSizeHint().width()))


class _ColumnTitle(QLabel):
    """The title of a column; above numbers it ends where they do, if there is room for that."""

    def __init__(self, field: Field, theme: Theme) -> None:
        super().__init__(field.label)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("secondary", True)
        set_tip(self, field.help)
        self._inset = 0
        if field.kind in NUMBERS:
            align_with_numbers(self, theme)
            self._inset = self.indent()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up the inset where the title would be cut."""
        super().resizeEvent(event)
        if self._inset:
            room = self.width() - self.fontMetrics().size(0, self.text()).width()
            self.setIndent(max(0, min(self._inset, room)))


def _tool_width(theme: Theme) -> int:
    return theme.icon_size().width() + theme.px(10)


class Row(ItemEntry):
    """The fields of an entry on one line below the head, with a note and a button to delete."""

    def __init__(self, around: Surroundings, item_id: UUID) -> None:
        super().__init__(around, item_id)
        columns = around.spec.columns
        widths = [_WIDTHS.get(field.kind, 2) for field in columns]
        self.grid = FieldGrid(sum(widths), spacing=_GAP)
        for field, width in zip(columns, widths, strict=True):
            self.grid.add(self.make_editor(field), width)
        self.grid.arrange()
        self.grid.arranged.connect(self._set_apart)
        self._line = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addWidget(self.grid, sum(widths), Qt.AlignmentFlag.AlignTop)
        self.note: QLabel | None = None
        height, top = around.theme.px(34), Qt.AlignmentFlag.AlignTop
        if around.note:
            self.note = label(wrap=True)
            self.note.setMinimumHeight(height)
            layout.addWidget(self.note, _NOTE_WIDTH, top)
        delete = self._delete_tool()
        delete.setFixedSize(_tool_width(around.theme), height)
        layout.addWidget(delete, 0, top)

    def _set_apart(self) -> None:
        """Leave room below where the fields of an entry take several lines."""
        below = 0 if self.grid.is_whole else self.around.theme.px(12)
        self._line.setContentsMargins(0, 0, 0, below)

    def show_note(self, text: str, *, marked: bool) -> None:
        """Show what is to be read beside the entry."""
        if self.note is None:
            return
        self.note.setText(text)
        words = map(self.note.fontMetrics().horizontalAdvance, text.split())
        self.note.setMinimumWidth(max(words, default=0))
        if bool(self.note.property("error")) != marked:
            self.note.setProperty("error", marked)
            repolish(self.note)


class ItemCard(ItemEntry):
    """A line that says what the entry is about; opened, it shows the fields.

    ``opened(is_open)`` tells when it is opened or closed.
    """

    opened = Signal(bool)

    def __init__(self, around: Surroundings, item_id: UUID) -> None:
        super().__init__(around, item_id)
        self.setProperty("item", True)
        self.about = item_id
        self._item: Any = None
        self._fields: QWidget | None = None
        self.detail: Detail | None = None
        self._body = layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 8)
        layout.setSpacing(2)
        self.toggle = ElidedButton(lambda: self.set_open(not self.is_open), "entry")
        self.summary = ElidedLabel(secondary=True)
        self.summary.setIndent(around.theme.px(27))
        top = row(self.toggle, spacing=0)
        top.setStretch(0, 1)
        if not around.fixed:
            self._add_tools(top)
        layout.addLayout(top)
        layout.addWidget(self.summary)
        self._show_state()

    def _add_tools(self, top: QHBoxLayout) -> None:
        theme, noun = self.around.theme, self.around.spec.noun
        self._up = tool_button(theme, "arrow-up", f"Move {noun} up", lambda: self._move(-1))
        self._down = tool_button(theme, "arrow-down", f"Move {noun} down", lambda: self._move(1))
        for tool in (self._up, self._down, self._delete_tool()):
            top.addWidget(tool)
        self.toggle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Delete and move the entry from its line: Delete, Ctrl+Up, Ctrl+Down."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        action = {
            (Qt.Key.Key_Delete, False): self._remove,
            (Qt.Key.Key_Up, True): self._up.click,
            (Qt.Key.Key_Down, True): self._down.click,
        }.get((Qt.Key(event.key()), control))
        if action is not None:
            action()
        return action is not None

    @property
    def is_open(self) -> bool:
        """Whether the fields are shown."""
        return self._fields is not None and not self._fields.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the fields."""
        if is_open and self._fields is None:
            self._fields = self._make_fields()
            self._fields.hide()
            self._body.addWidget(self._fields)
            self.add_detail()
            if self._item is not None:
                self.show_item(self._item)
            self.around.news.grown.emit()
        if self._fields is not None:
            self._fields.setVisible(is_open)
        self._show_state()
        self.opened.emit(is_open)

    def show_place(self, *, first: bool, last: bool) -> None:
        """Offer the ways the entry can be moved, keeping the cursor on them."""
        if self.around.fixed:
            return
        if self._up.hasFocus() and first:
            self._down.setEnabled(True)
            self._down.setFocus()
        elif self._down.hasFocus() and last:
            self._up.setEnabled(True)
            self._up.setFocus()
        self._up.setEnabled(not first)
        self._down.setEnabled(not last)

    def show_item(self, item: Any) -> None:
        """Show the values of the entry."""
        self._item = item
        spec, choices = self.around.spec, self.around.choices
        first, *others = spec.columns
        said = getattr(item, first.name)
        if first.kind in (Kind.SOLUTION, Kind.ROLE):
            said = _worded(first, said, choices, "")
        self.toggle.show_text(shorten(str(said), 90) or first.label)
        code = self.around.currency
        words = [_worded(field, getattr(item, field.name), choices, code) for field in others]
        if self.around.brief:
            words.insert(0, self.around.brief(item))
        self.summary.setText(shorten("  ·  ".join(word for word in words if word), 240))
        self._show_state()
        super().show_item(item)
        if self.detail:
            self.detail.show_item(item)

    def add_detail(self) -> None:
        """Show what belongs to the entry besides its fields, once it is open and known."""
        if self.around.detail and self._fields is not None and self.detail is None:
            self.detail = self.around.detail(self.item_id, self.make_editor)
            inside = self._fields.layout()
            assert isinstance(self.detail, QWidget)
            assert inside is not None
            inside.addWidget(self.detail)
            self.detail.show()
        if self._item is not None:
            self.show_item(self._item)

    def fields(self) -> Iterator[tuple[str, Editor]]:
        """Yield the fields that are shown, and what the detail adds to them."""
        yield from super().fields()
        if isinstance(self.detail, HasFields):
            yield from self.detail.fields()

    def _move(self, by: int) -> None:
        self.around.news.move_asked.emit(self.item_id, by)

    def _show_state(self) -> None:
        self.summary.setVisible(not self.is_open and bool(self.summary.text()))
        set_tip(self.toggle, "Close" if self.is_open else "Open to edit")
        icon = "chevron-down" if self.is_open else "chevron-right"
        self.toggle.setIcon(self.around.theme.icon(icon))

    def _make_fields(self) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(8, 0, 8, 10)
        grid = FieldGrid(_PARTS)
        for place, field in enumerate(self.around.spec.columns):
            whole = place == 0 or field.kind is Kind.TEXT
            width = _PARTS if whole else _PARTS // 2 if field.wide else _PARTS // 3
            title = label("" if field.kind is Kind.YES_NO else field.label, secondary=True)
            set_tip(title, field.help)
            grid.add(self.make_editor(field), width, title)
        grid.arrange()
        layout.addWidget(grid)
        return holder


def _worded(field: Field, value: Any, choices: Mapping[Kind, Choices], currency: str) -> str:
    """Return the value of a field as a part of the summary of its entry."""
    if field.kind in (Kind.SOLUTION, Kind.ROLE):
        return next((text for text, chosen in choices.get(field.kind, ()) if chosen == value), "")
    if value is None or value is False or value == "":
        return ""
    if value is True:
        return "Shortlisted" if field.name == "shortlisted" else field.label
    if isinstance(value, Term):
        return value.label
    if isinstance(value, dt.date):
        return QLocale().toString(QDate(value.year, value.month, value.day), "d MMM yyyy")
    if field.kind is Kind.MONEY:
        return f"{field.label} {money(currency, value)}"
    if isinstance(value, int | float):
        return f"{field.label} {value:,g}"
    return str(value)
