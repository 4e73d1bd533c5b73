"""The form of one step, built from what the step asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scoper.board import Board
from scoper.scoping import ABOUT, Field, Kind, Section, Step
from scoper.scoping.checklists import Checklist
from scoper.snapshot import Portfolio, UseCase
from ui.pages.scope_delivery import DeliveryViews
from ui.pages.scope_details import Details
from ui.theme import Theme
from ui.widgets.basics import Card, ScrollColumn, clear, label
from ui.widgets.checklist import ChecklistView
from ui.widgets.editors import Editor, make_editor
from ui.widgets.forms import labelled, side_by_side
from ui.widgets.item_list import ItemList

if TYPE_CHECKING:
    from scoper.library.data_checks import DataCheck

_SHORT = (Kind.MONEY, Kind.LINE, Kind.NUMBER, Kind.CHOICE)


class StepForm(ScrollColumn):
    """Fields and lists of one step.

    Signals: ``answered(editor, value)``, ``item_edited(list, item_id, editor, value)``,
    ``item_added(list)``, ``item_wanted(list)`` from a catalogue, ``item_removed(list, item_id)``,
    ``item_moved(list, item_id, by)``, ``question_answered(checklist, question, answer)``,
    ``question_noted(checklist, question, editor, text)``, ``grown()`` when a list got fields.
    """

    answered = Signal(object, object)
    item_edited = Signal(str, object, object, object)
    item_added = Signal(str)
    item_wanted = Signal(str)
    item_removed = Signal(str, object)
    item_moved = Signal(str, object, int)
    question_answered = Signal(str, str, str)
    question_noted = Signal(str, str, object, str)
    grown = Signal()

    def __init__(self, step: Step, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: UUID | None = None
        self.editors: dict[str, Editor] = {}
        self.lists: list[ItemList] = []
        self.checklists: dict[str, ChecklistView] = {}
        self._waiting: dict[str, QVBoxLayout] = {}
        self.details = Details(theme) if step.key == "feasibility" else None
        self._totals = label(secondary=True, wrap=True)
        self._expected = label(secondary=True, wrap=True)
        self._delivery = DeliveryViews(theme)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setContentsMargins(0, 0, 4, 24)
        sections = (ABOUT, *step.sections) if step.number == 1 else step.sections
        for section in sections:
            card = Card(section.title, section.help)
            self._fill(card, step, section)
            self.body.addWidget(card)
        self.body.addStretch(1)

    def show_use_case(self, board: Board, use_case: UseCase) -> None:
        """Show the answers of a use case."""
        portfolio = board.portfolio
        self._delivery.take_note(portfolio, use_case)
        if self.details:
            self.details.show(board, use_case)
        if use_case.id != self._shown:
            self._shown = use_case.id
            for editor in self.editors.values():
                editor.forget()
            for checklist in self.checklists.values():
                checklist.forget()
        roles = [(role.title, role.id) for role in portfolio.roles]
        options = [("Any option", None), *((s.title, s.id) for s in use_case.solutions)]
        for name, editor in self.editors.items():
            editor.set_value(getattr(use_case, name))
        for checklist in self.checklists.values():
            checklist.show_use_case(use_case)
        for items in self.lists:
            items.set_choices(Kind.ROLE, roles)
            items.set_choices(Kind.SOLUTION, options)
            items.show_items(getattr(use_case, items.spec.name))
        self._totals.setText(_budget(portfolio, use_case))
        self._expected.setText(_benefit(portfolio, use_case))
        self._delivery.show(portfolio, use_case)

    @property
    def has_checklists(self) -> bool:
        """Whether the step asks checklists that are not shown yet."""
        return bool(self._waiting)

    def flush(self) -> None:
        """Announce what is still being typed."""
        for editor in self.editors.values():
            editor.flush()
        for items in self.lists:
            items.flush()
        for checklist in self.checklists.values():
            checklist.flush()

    def add_checklists(self, known: Mapping[str, Checklist]) -> None:
        """Ask the checklists of the step, once the library has been read."""
        for name, place in self._waiting.items():
            clear(place)
            view = ChecklistView(known[name], self._theme)
            view.answered.connect(partial(self.question_answered.emit, name))
            view.noted.connect(partial(self.question_noted.emit, name))
            self.checklists[name] = view
            place.addWidget(view)
        self._waiting = {}

    def add_checks(self, checks: Sequence[DataCheck]) -> None:
        """Ask the checks of data sets, once the library has been read."""
        if self.details:
            for items in self.lists:
                if items.spec.name == "datasets":
                    self.details.attach_datasets(items, checks)

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field, or onto the list of that name, and scroll to it."""
        target: QWidget | None = self.editors.get(name)
        if target is None:
            target = next((items for items in self.lists if items.spec.name == name), None)
            if target is not None:
                target.add_button.setFocus()
        else:
            target.setFocus()
        if target is not None:
            self.ensureWidgetVisible(target, 0, 80)

    def focus_item(self, name: str, item_id: UUID) -> None:
        """Put the cursor into an entry of a list."""
        items = next(items for items in self.lists if items.spec.name == name)
        items.focus_item(item_id)
        QTimer.singleShot(0, items, lambda: self._scroll_to_end_of(items))

    def _scroll_to_end_of(self, items: ItemList) -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.ensureWidgetVisible(items.add_button, 0, 60)

    # ------------------------------------------------------------ building

    def _fill(self, card: Card, step: Step, section: Section) -> None:
        if section.checklist:
            place = QVBoxLayout()
            place.addWidget(label("Reading the library…", secondary=True))
            self._waiting[section.checklist] = place
            card.body.addLayout(place)
        if section.items:
            fixed = step.key == "feasibility" and section.items.name == "solutions"
            if self.details and fixed:
                card.body.addWidget(self.details.options)
            items = ItemList(section.items, self._theme, fixed=fixed)
            name = section.items.name
            items.add_asked.connect(lambda: self.item_added.emit(name))
            items.choose_asked.connect(lambda: self.item_wanted.emit(name))
            items.remove_asked.connect(lambda item_id: self.item_removed.emit(name, item_id))
            items.move_asked.connect(lambda item_id, by: self.item_moved.emit(name, item_id, by))
            items.edited.connect(
                lambda item_id, editor, value: self.item_edited.emit(name, item_id, editor, value)
            )
            items.grown.connect(self.grown)
            self.lists.append(items)
            card.body.addWidget(items)
            if name == "kpis":
                self._delivery.attach_kpis(items)
            if name == "costs":
                card.body.addWidget(self._totals)
            if self.details and fixed:
                self.details.attach_options(items)
            if self.details and name == "risks":
                card.body.addWidget(self.details.risks)
            self._delivery.place(name, card.body)
            return
        short = [field for field in section.fields if field.kind in _SHORT and not field.wide]
        together = len(short) > 1
        for field in section.fields:
            if field not in short or not together:
                card.body.addLayout(labelled(self._editor(field)))
            elif field is short[0]:
                card.body.addLayout(side_by_side([self._editor(f) for f in short]))
                if field.name == "benefit_low":
                    card.body.addWidget(self._expected)

    def _editor(self, field: Field) -> Editor:
        editor = make_editor(field)
        editor.edited.connect(lambda value: self.answered.emit(editor, value))
        self.editors[field.name] = editor
        return editor


def _budget(portfolio: Portfolio, use_case: UseCase) -> str:
    rates = {role.id: role.day_rate for role in portfolio.roles}
    days = sum(effort.days for effort in use_case.efforts)
    people = sum(effort.days * (rates[effort.role_id] or 0) for effort in use_case.efforts)
    costs = [sum(_amount(cost, end) for cost in use_case.costs) for end in _ENDS]
    if not days and not any(costs):
        return ""
    money = [_money(portfolio, people + cost) for cost in costs]
    return (
        f"First year: {QLocale().toString(float(days), 'f', 0)} days of effort "
        f"({_money(portfolio, people)}) and costs of {_money(portfolio, costs[1])}: "
        f"together {money[1]} likely, {money[0]} low, {money[2]} high."
    )


_ENDS = ("low", "likely", "high")


def _amount(cost: Any, end: str) -> float:
    value = getattr(cost, end)
    return float(value if value is not None else cost.likely or 0)


def _benefit(portfolio: Portfolio, use_case: UseCase) -> str:
    low, likely, high = (getattr(use_case, f"benefit_{end}") for end in _ENDS)
    if low is None or likely is None or high is None:
        return ""
    expected = (low + 4 * likely + high) / 6
    return (
        f"Expected {_money(portfolio, expected)} a year (PERT mean: (low + 4 × likely + high) ÷ 6)."
    )


def _money(portfolio: Portfolio, amount: float) -> str:
    return f"{portfolio.currency} {QLocale().toString(float(amount), 'f', 0)}"
