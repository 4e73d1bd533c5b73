"""One section of a step: a card with fields, a list or a checklist, and what belongs to them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from scoper.board import Board
from scoper.scoping import Field, Kind, Section, UseCaseList
from scoper.snapshot import UseCase
from scoper.text import plural
from ui.features.scope.checklist import ChecklistView
from ui.features.scope.edits import Edits
from ui.features.scope.extras import extra_of
from ui.features.scope.extras.extra import Extra
from ui.kit.basics import Card, clear, label
from ui.kit.fields.editor import Editor
from ui.kit.fields.making import make_editor
from ui.kit.fields.money import MoneyEditor
from ui.kit.fields.place import Place
from ui.kit.layout.slices import Slices
from ui.kit.layout.tab_order import first_stop
from ui.kit.lists.forms import labelled, side_by_side
from ui.kit.lists.item_list import ItemList
from ui.kit.look.theme import Theme

if TYPE_CHECKING:
    from ui.features.scope.content import Content

_SHORT = {Kind.MONEY: 1, Kind.NUMBER: 1, Kind.LINE: 2, Kind.CHOICE: 2}
"""Kinds of fields that share a line, with the parts of it they take."""


class Hint(NamedTuple):
    """How far a section is: short for the eye, and in full."""

    short: str = ""
    words: str = ""


class SectionForm(Card):
    """Shows one section; its parts are made by ``build``.

    Signals: ``grown()`` when it got fields, ``marked()`` when one was marked as wrong or is so no
    more.
    """

    grown = Signal()
    marked = Signal()

    def __init__(self, section: Section, theme: Theme, edits: Edits, later: Slices) -> None:
        super().__init__(section.title, section.help)
        self.section = section
        self.editors: dict[str, Editor] = {}
        self.items: ItemList | None = None
        self.checklist: ChecklistView | None = None
        self._theme, self._edits, self._later = theme, edits, later
        self.extra = Extra(theme, edits)
        self._place = QVBoxLayout()
        self.is_built = False

    def build(self) -> None:
        """Make fields, list and checklist, and what the section has besides."""
        section = self.section
        self.extra = extra_of(section)(self._theme, self._edits)
        if section.checklist:
            self._place.addWidget(label("Reading the library…", secondary=True))
            self.body.addLayout(self._place)
        self.extra.stand_above(self.body)
        if section.items:
            self._add_list(section.items)
        else:
            self._add_fields()
        self.extra.stand_below(self.body)
        self.is_built = True

    def show_use_case(self, board: Board, use_case: UseCase) -> None:
        """Show what a use case says here."""
        portfolio = board.portfolio
        self.extra.take_note(board, use_case)
        for name, editor in self.editors.items():
            if isinstance(editor, MoneyEditor):
                editor.set_currency(portfolio.currency)
            editor.set_value(getattr(use_case, name))
        if self.checklist:
            self.checklist.show_use_case(use_case)
        if self.items:
            self.items.set_currency(portfolio.currency)
            self.items.set_choices(Kind.ROLE, [(role.title, role.id) for role in portfolio.roles])
            options = [(option.title, option.id) for option in use_case.solutions]
            self.items.set_choices(Kind.SOLUTION, [("Any option", None), *options])
            self.items.show_items(getattr(use_case, self.items.spec.name))
        self.extra.show(board, use_case)

    def hint(self, use_case: UseCase) -> Hint:
        """Return how far the section is; nothing where it is not known yet."""
        if self.section.items:
            count = len(getattr(use_case, self.section.items.name))
            return Hint(str(count), plural(count, "entry", "entries")) if count else Hint()
        if self.section.checklist:
            done, asked = self.checklist.progress if self.checklist else (0, 0)
            return Hint(f"{done}/{asked}", f"{done} of {asked} answered") if asked else Hint()
        fields = self.section.fields
        done = sum(field.is_filled(use_case) for field in fields)
        return Hint(f"{done}/{len(fields)}", f"{done} of {len(fields)} filled in")

    def forget(self) -> None:
        """Drop what was typed or refused: the section is about another use case from now on."""
        for editor in self.editors.values():
            editor.forget()
        if self.checklist:
            self.checklist.forget()

    def flush(self) -> None:
        """Announce what is still being typed."""
        for editor in self.editors.values():
            editor.flush()
        if self.items:
            self.items.flush()
        if self.checklist:
            self.checklist.flush()

    def fields(self, use_case_id: UUID) -> Iterator[tuple[Place, Editor]]:
        """Yield the fields that are shown, each with the place it edits."""
        for name, editor in self.editors.items():
            yield Place.of(use_case_id, field=name), editor
        if self.items:
            yield from self.items.fields()
        if self.checklist:
            name = self.section.checklist
            for question, part, editor in self.checklist.fields():
                yield Place.of(use_case_id, field=(name, question, part)), editor

    def take_focus(self) -> None:
        """Put the cursor into the first field."""
        stop = first_stop(self, self)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def waits_for_content(self) -> bool:
        """Whether the section has a checklist that is not shown yet."""
        return bool(self.section.checklist) and self.checklist is None

    def add_content(self, content: Content) -> None:
        """Ask what the library asks, once it has been read."""
        name = self.section.checklist
        if self.waits_for_content:
            clear(self._place)
            view = self.checklist = ChecklistView(content.checklists[name], self._theme)
            view.answered.connect(partial(self._edits.answer_question, name))
            view.rest_answered.connect(partial(self._edits.answer_rest, name))
            view.noted.connect(partial(self._edits.note, name))
            view.grown.connect(self.grown)
            self._place.addWidget(view)
            view.show()
        if self.items:
            self.extra.add_content(self.items, content)

    # ------------------------------------------------------------ building

    def _add_list(self, spec: UseCaseList) -> None:
        name, edits, extra = spec.name, self._edits, self.extra
        items = self.items = ItemList(spec, self._theme, fixed=spec.fixed, later=self._later)
        items.add_asked.connect(partial(edits.add_item, name))
        items.choose_asked.connect(partial(extra.choose, name))
        items.remove_asked.connect(partial(edits.remove_item, name))
        items.move_asked.connect(partial(edits.move_item, name))
        items.edited.connect(partial(edits.edit_item, name))
        items.grown.connect(self.grown)
        items.marked.connect(self.marked)
        self.body.addWidget(items)
        extra.attach(items)

    def _add_fields(self) -> None:
        fields = self.section.fields
        short = [field for field in fields if field.kind in _SHORT and not field.wide]
        together = len(short) > 1
        for field in fields:
            if field not in short or not together:
                self.body.addLayout(labelled(self._editor(field)))
                self.extra.stand_below_field(field.name, self.body)
            elif field is short[0]:
                widths = [_SHORT[f.kind] for f in short]
                self.body.addWidget(side_by_side([self._editor(f) for f in short], widths))
                for beside in short:
                    self.extra.stand_below_field(beside.name, self.body)

    def _editor(self, field: Field) -> Editor:
        editor = make_editor(field)
        editor.edited.connect(partial(self._edits.answer, editor))
        editor.marked.connect(self.marked)
        self.editors[field.name] = editor
        return editor
