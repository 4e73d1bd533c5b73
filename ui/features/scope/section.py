"""One section of a step: a card with fields, a list or a checklist, and what belongs to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from scoper.board import Board
from scoper.scoping import Field, Kind, Section
from scoper.snapshot import Portfolio, UseCase
from scoper.text import plural
from ui.features.scope.checklist import ChecklistView
from ui.features.scope.delivery import DeliveryViews, benefit_in_words, budget_in_words
from ui.features.scope.details import Details
from ui.features.scope.edits import Edits
from ui.kit.basics import Card, clear, label
from ui.kit.fields import Editor, MoneyEditor, make_editor
from ui.kit.fields.place import Place
from ui.kit.layout.slices import Slices
from ui.kit.layout.tab_order import first_stop
from ui.kit.lists.forms import labelled, side_by_side
from ui.kit.lists.item_list import ItemList
from ui.kit.look.theme import Theme

if TYPE_CHECKING:
    from scoper.library.data_checks import DataCheck
    from scoper.scoping.checklists import Checklist

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
        self._delivery = DeliveryViews(theme)
        self._totals = label(secondary=True, wrap=True)
        self._expected = label(secondary=True, wrap=True)
        self._place = QVBoxLayout()
        self.is_built = False

    def build(self, details: Details | None) -> None:
        """Make fields, list and checklist; ``details`` shows what a list means, where it does."""
        section = self.section
        if section.checklist:
            self._place.addWidget(label("Reading the library…", secondary=True))
            self.body.addLayout(self._place)
        if section.items:
            self._add_list(details)
        else:
            self._add_fields()
        self.is_built = True

    def show_use_case(self, board: Board, use_case: UseCase) -> None:
        """Show what a use case says here."""
        portfolio = board.portfolio
        self._delivery.take_note(portfolio, use_case)
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
        self._show_sums(portfolio, use_case)
        self._delivery.show(portfolio, use_case)

    def hint(self, use_case: UseCase) -> Hint:
        """Return how far the section is; nothing where it is not known yet."""
        if self.section.items:
            count = len(getattr(use_case, self.section.items.name))
            return Hint(str(count), plural(count, "entry", "entries")) if count else Hint()
        if self.section.checklist:
            done, asked = self.checklist.progress if self.checklist else (0, 0)
            return Hint(f"{done}/{asked}", f"{done} of {asked} answered") if asked else Hint()
        values = [getattr(use_case, field.name) for field in self.section.fields]
        done = sum(value not in (None, "", ()) for value in values)
        return Hint(f"{done}/{len(values)}", f"{done} of {len(values)} filled in")

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
            yield (use_case_id, name), editor
        if self.items:
            yield from self.items.fields()
        if self.checklist:
            for *place, editor in self.checklist.fields():
                yield (use_case_id, self.section.checklist, *place), editor

    def take_focus(self) -> None:
        """Put the cursor into the first field."""
        stop = first_stop(self, self)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def waits_for_content(self) -> bool:
        """Whether the section has a checklist that is not shown yet."""
        return bool(self.section.checklist) and self.checklist is None

    def add_content(
        self,
        known: Mapping[str, Checklist],
        checks: Sequence[DataCheck],
        details: Details | None,
    ) -> None:
        """Ask what the library asks, once it has been read."""
        name = self.section.checklist
        if self.waits_for_content:
            clear(self._place)
            view = self.checklist = ChecklistView(known[name], self._theme)
            view.answered.connect(partial(self._edits.answer_question, name))
            view.rest_answered.connect(partial(self._edits.answer_rest, name))
            view.noted.connect(partial(self._edits.note, name))
            view.grown.connect(self.grown)
            self._place.addWidget(view)
            view.show()
        if details and self.items and self.items.spec.name == "datasets":
            details.attach_datasets(self.items, checks)

    # ------------------------------------------------------------ building

    def _add_list(self, details: Details | None) -> None:
        assert self.section.items
        name, edits = self.section.items.name, self._edits
        fixed = details is not None and name == "solutions"
        if details and fixed:
            self.body.addWidget(details.options)
        items = self.items = ItemList(
            self.section.items, self._theme, fixed=fixed, later=self._later
        )
        items.add_asked.connect(partial(edits.add_item, name))
        items.choose_asked.connect(partial(edits.choose_item, name))
        items.remove_asked.connect(partial(edits.remove_item, name))
        items.move_asked.connect(partial(edits.move_item, name))
        items.edited.connect(partial(edits.edit_item, name))
        items.grown.connect(self.grown)
        items.marked.connect(self.marked)
        self.body.addWidget(items)
        if name == "kpis":
            self._delivery.attach_kpis(items)
        if name == "costs":
            self.body.addWidget(self._totals)
        if details and fixed:
            details.attach_options(items)
        if details and name == "risks":
            self.body.addWidget(details.risks)
        self._delivery.place(name, self.body)

    def _add_fields(self) -> None:
        fields = self.section.fields
        short = [field for field in fields if field.kind in _SHORT and not field.wide]
        together = len(short) > 1
        for field in fields:
            if field not in short or not together:
                self.body.addLayout(labelled(self._editor(field)))
            elif field is short[0]:
                widths = [_SHORT[f.kind] for f in short]
                self.body.addWidget(side_by_side([self._editor(f) for f in short], widths))
                if field.name == "benefit_low":
                    self.body.addWidget(self._expected)

    def _editor(self, field: Field) -> Editor:
        editor = make_editor(field)
        editor.edited.connect(lambda value: self._edits.answer(editor, value))
        editor.marked.connect(self.marked)
        self.editors[field.name] = editor
        return editor

    def _show_sums(self, portfolio: Portfolio, use_case: UseCase) -> None:
        for sums, text in (
            (self._totals, budget_in_words(portfolio, use_case)),
            (self._expected, benefit_in_words(portfolio, use_case)),
        ):
            if sums.parent():
                sums.setText(text)
                sums.setVisible(bool(text))
