"""The lists of a use case: short rows in a grid, or one card an entry for longer ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from scoper.scoping import Field, Kind, ListOf
from ui.theme import Theme
from ui.widgets.basics import button, clear, heading, label
from ui.widgets.editors import Choices, Editor, make_editor

_ROWS_UP_TO = 5
_STRETCH = {Kind.TEXT: 3, Kind.LINE: 3, Kind.DAY: 2, Kind.MONEY: 2, Kind.NUMBER: 1, Kind.ROLE: 3}
_WIDE = (Kind.TEXT, Kind.LINE)


class ItemList(QWidget):
    """Edits one list.

    Signals: ``add_asked()``, ``edited(item_id, editor, value)``, ``remove_asked(item_id)``,
    ``move_asked(item_id, by)``.
    """

    add_asked = Signal()
    edited = Signal(object, object, object)
    remove_asked = Signal(object)
    move_asked = Signal(object, int)

    def __init__(self, spec: ListOf, theme: Theme, *, fixed: bool = False) -> None:
        super().__init__()
        self.spec = spec
        self._theme = theme
        self._fixed = fixed
        self._choices: dict[Kind, Choices] = {}
        self._editors: dict[UUID, dict[str, Editor]] = {}
        self._order: tuple[UUID, ...] | None = None
        self._as_rows = len(spec.columns) <= _ROWS_UP_TO and not fixed
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        outer.addLayout(self._body)
        self.add_button = button(f"Add {spec.noun}", self.add_asked.emit, kind="link")
        self.add_button.setIcon(theme.icon("plus", theme.colours.accent))
        outer.addWidget(self.add_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.add_button.setVisible(not fixed)

    def set_choices(self, kind: Kind, choices: Choices) -> None:
        """Set what fields of a kind (roles, options) can choose from."""
        self._choices[kind] = choices
        for editors in self._editors.values():
            for editor in editors.values():
                if editor.field.kind is kind:
                    editor.set_choices(choices)  # type: ignore[attr-defined]

    def show_items(self, items: Sequence[Any]) -> None:
        """Show the entries; editors of entries that stay are kept, with what is being typed."""
        order = tuple(item.id for item in items)
        if order != self._order:
            self._rebuild(items)
            self._order = order
        for item in items:
            for name, editor in self._editors[item.id].items():
                editor.set_value(getattr(item, name))

    def flush(self) -> None:
        """Announce what is still being typed."""
        for editors in self._editors.values():
            for editor in editors.values():
                editor.flush()

    def editor(self, item_id: UUID, name: str) -> Editor:
        """Return the editor of one field of an entry."""
        return self._editors[item_id][name]

    def focus_last(self) -> None:
        """Put the cursor into the first field of the last entry."""
        if self._order:
            first = next(iter(self._editors[self._order[-1]].values()))
            first.setFocus()

    # ------------------------------------------------------------ building

    def _rebuild(self, items: Sequence[Any]) -> None:
        self.flush()
        clear(self._body)
        self._editors = {}
        if not items:
            self._body.addWidget(label(self.spec.empty, secondary=True, wrap=True))
        elif self._as_rows:
            self._body.addWidget(self._grid(items))
        else:
            for place, item in enumerate(items):
                self._body.addWidget(self._card(item, place, len(items)))

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
        for place, item in enumerate(items, start=1):
            editors = {field.name: self._make(item.id, field) for field in self.spec.columns}
            self._editors[item.id] = editors
            top = Qt.AlignmentFlag.AlignTop
            for column, editor in enumerate(editors.values()):
                grid.addWidget(editor, place, column, top)
            if not self._fixed:
                tools = self._tools(item, place - 1, len(items), moving=False)
                grid.addWidget(tools, place, len(self.spec.columns), top)
        return holder

    def _card(self, item: Any, place: int, count: int) -> QWidget:
        frame = QFrame()
        frame.setProperty("item", True)
        grid = QGridLayout(frame)
        grid.setContentsMargins(12, 10, 8, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        editors = {field.name: self._make(item.id, field) for field in self.spec.columns}
        self._editors[item.id] = editors
        first, *others = self.spec.columns
        top = QHBoxLayout()
        top.addWidget(heading(first.label, "label"))
        top.addStretch(1)
        top.addWidget(self._tools(item, place, count, moving=not self._fixed))
        grid.addLayout(top, 0, 0, 1, 6)
        grid.addWidget(editors[first.name], 1, 0, 1, 6)
        line, at = 2, 0
        for field in others:
            span = 6 if field.kind is Kind.TEXT else 2
            if at + span > 6:
                line, at = line + 2, 0
            title = label("" if field.kind is Kind.YES_NO else field.label, secondary=True)
            title.setToolTip(field.help)
            grid.addWidget(title, line, at, 1, span)
            grid.addWidget(editors[field.name], line + 1, at, 1, span, Qt.AlignmentFlag.AlignTop)
            at += span
        for index in range(6):
            grid.setColumnStretch(index, 1)
        return frame

    def _make(self, item_id: UUID, field: Field) -> Editor:
        editor = make_editor(field, self._choices.get(field.kind, ()))
        editor.edited.connect(lambda value, source=editor: self.edited.emit(item_id, source, value))
        return editor

    def _tools(self, item: Any, place: int, count: int, *, moving: bool) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        noun = self.spec.noun
        if moving:
            up = self._tool(
                "arrow-up", f"Move {noun} up", lambda: self.move_asked.emit(item.id, -1)
            )
            down = self._tool(
                "arrow-down", f"Move {noun} down", lambda: self.move_asked.emit(item.id, 1)
            )
            up.setEnabled(place > 0)
            down.setEnabled(place < count - 1)
            line.addWidget(up)
            line.addWidget(down)
        if not self._fixed:
            line.addWidget(
                self._tool("trash-2", f"Delete {noun}", lambda: self.remove_asked.emit(item.id))
            )
        return holder

    def _tool(self, icon: str, name: str, action: Callable[[], object]) -> QToolButton:
        tool = QToolButton()
        tool.setIcon(self._theme.icon(icon))
        tool.setIconSize(self._theme.icon_size())
        tool.setToolTip(name)
        tool.setAccessibleName(name)
        tool.clicked.connect(lambda: action())
        return tool
