"""The form of one step: its sections below each other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from scoper.board import Board
from scoper.scoping import ABOUT, Step
from scoper.snapshot import UseCase
from ui.features.scope.checklist import ChecklistView
from ui.features.scope.edits import Edits
from ui.features.scope.extras.extra import Extra
from ui.features.scope.gates import Marked
from ui.features.scope.section import Hint, SectionForm
from ui.kit.basics import ScrollColumn
from ui.kit.fields.editor import Editor
from ui.kit.fields.place import Place
from ui.kit.layout.slices import Slices
from ui.kit.layout.steady import bring_into_view
from ui.kit.layout.tab_order import first_stop
from ui.kit.lists.item_list import ItemList
from ui.kit.look.theme import Theme

if TYPE_CHECKING:
    from ui.features.scope.content import Content

E = TypeVar("E", bound=Extra)

_AT_ONCE = 1
"""How many sections are made before the form is shown; those below follow by turns."""
_READ_FROM = 0.3
"""The part of the view, from its top, into which a section comes to be the one being read.

It is less near the top of the step and more near its end, so that each section has its turn.
"""


class Spot(NamedTuple):
    """Where a use case was left: the step, and how far down it."""

    step: int
    down: int = 0


class StepForm(ScrollColumn):
    """Fields and lists of one step.

    Signals: ``grown()`` when fields were made that Tab has to reach in their turn,
    ``progressed()`` when hints may have changed, ``section_reached(place)``,
    ``content_wanted()`` once all is made that needs nothing of the library, ``marked()`` when a
    field was marked as wrong or is so no more.
    """

    grown = Signal()
    marked = Signal()
    content_wanted = Signal()
    progressed = Signal()
    section_reached = Signal(int)

    def __init__(self, step: Step, theme: Theme, edits: Edits) -> None:
        super().__init__()
        self._shown: tuple[Board, UseCase] | None = None
        self._content: Content | None = None
        self._later = Slices(self)
        self._later.done.connect(self._built)
        self._place = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setContentsMargins(0, 0, 4, 24)
        sections = (ABOUT, *step.sections) if step.number == 1 else step.sections
        self.sections = [SectionForm(section, theme, edits, self._later) for section in sections]
        for section in self.sections:
            section.grown.connect(self.grown)
            section.marked.connect(self.marked)
            self.body.addWidget(section)
        self.body.addStretch(1)
        for section in self.sections[_AT_ONCE:]:
            section.hide()
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._follow_view)
        bar.rangeChanged.connect(self._follow_growth)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_cursor)

    # ------------------------------------------------------------ showing

    def show_use_case(self, board: Board, use_case: UseCase) -> None:
        """Show the answers of a use case."""
        is_other = self._shown is None or self._shown[1].id != use_case.id
        fresh = self._shown is None
        self._shown = board, use_case
        for place, section in enumerate(self.sections):
            if section.is_built:
                if is_other:
                    section.forget()
                section.show_use_case(board, use_case)
            elif fresh and place < _AT_ONCE:
                self._make(section)
            elif fresh:
                self._later.add(partial(self._make, section))
        if fresh and self.has_checklists:
            self._later.add(self.content_wanted.emit)

    def hints(self) -> list[Hint]:
        """Return how far each section is."""
        if self._shown is None:
            return [Hint()] * len(self.sections)
        return [section.hint(self._shown[1]) for section in self.sections]

    def add_content(self, content: Content) -> None:
        """Ask what the library asks, once it has been read."""
        self._content = content
        for section in self.sections:
            if section.is_built and section.waits_for_content:
                self._later.add(partial(self._fill, section))
            elif section.is_built:
                self._fill(section)

    def marked_fields(self, use_case_id: UUID) -> list[Marked]:
        """Return the fields of a use case that are marked as wrong."""
        if self._shown is None or self._shown[1].id != use_case_id:
            return []
        return [
            Marked(repr(place), section.section.title, editor)
            for section in self.sections
            for place, editor in section.fields(use_case_id)
            if editor.problem
        ]

    def fields(self) -> Iterator[tuple[Place, Editor]]:
        """Yield the fields that are shown, each with the place it edits."""
        if self._shown:
            for section in self.sections:
                yield from section.fields(self._shown[1].id)

    @property
    def has_checklists(self) -> bool:
        """Whether the step asks checklists that are not shown yet."""
        return any(section.waits_for_content for section in self.sections)

    def flush(self) -> None:
        """Announce what is still being typed."""
        for section in self.sections:
            section.flush()

    def silence(self, silent: bool) -> None:
        """Say whether fields are to announce nothing: what the form is about is gone."""
        for _, editor in self.fields():
            editor.blockSignals(silent)

    # ------------------------------------------------------------ parts, made where needed

    @property
    def editors(self) -> dict[str, Editor]:
        """The single fields by name."""
        self._later.finish()
        return {name: e for section in self.sections for name, e in section.editors.items()}

    @property
    def lists(self) -> list[ItemList]:
        """The lists in order."""
        self._later.finish()
        return [section.items for section in self.sections if section.items]

    def extra(self, kind: type[E]) -> E:
        """Return what a section has besides its fields or its list, by its kind."""
        self._later.finish()
        return next(s.extra for s in self.sections if isinstance(s.extra, kind))

    @property
    def checklists(self) -> dict[str, ChecklistView]:
        """The checklists by name; none before the library has been read."""
        self._later.finish()
        return {s.section.checklist: s.checklist for s in self.sections if s.checklist}

    def _make(self, section: SectionForm) -> None:
        section.build()
        if self._content:
            section.add_content(self._content)
        if self._shown:
            section.show_use_case(*self._shown)
        section.show()

    def _fill(self, section: SectionForm) -> None:
        assert self._content
        section.add_content(self._content)
        if self._shown:
            section.show_use_case(*self._shown)
        self.progressed.emit()

    def _built(self) -> None:
        self.grown.emit()
        self.progressed.emit()

    # ------------------------------------------------------------ moving

    @property
    def place(self) -> int:
        """The section in view, counted from 0."""
        return self._place

    def scroll_to(self, down: int) -> None:
        """Scroll to a height of the step."""
        if down:
            self._later.finish()
            self._settle_layout()
        self.verticalScrollBar().setValue(down)
        self._follow_view()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Follow the cursor, also where it had to be scrolled into view."""
        moved = super().focusNextPrevChild(next)
        self._follow_cursor()
        return moved

    def go_by_sections(self, by: int) -> None:
        """Go on or back by sections from the one the cursor is in, else from the one in view."""
        held = self._holding(self.window().focusWidget())
        at = self._place if held is None else held
        if 0 <= at + by < len(self.sections):
            self.go_to_section(at + by)

    def go_to_section(self, place: int) -> None:
        """Scroll to a section and put the cursor into its first field."""
        self._later.finish()
        self._settle_layout()
        section = self.sections[place]
        self.verticalScrollBar().setValue(section.y())
        section.take_focus()
        self._reach(place)

    def focus_first(self) -> None:
        """Put the cursor into the first field of the step, seen from its top."""
        self.verticalScrollBar().setValue(0)
        stop = first_stop(self.inner, self)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field, or onto the list or checklist of that name."""
        checklists = [section.section.checklist for section in self.sections]
        if name in checklists:
            self.go_to_section(checklists.index(name))
            return
        target: QWidget | None = self._marked(name) or self.editors.get(name)
        if target is None:
            target = next((items for items in self.lists if items.spec.name == name), None)
            if target is not None:
                target.add_button.setFocus()
        else:
            target.setFocus()
        if target is not None:
            self._settle_layout()
            self.ensureWidgetVisible(target, 0, 80)
            self._follow_cursor()

    def _marked(self, key: str) -> Editor | None:
        """Return a marked field by its key, its entry opened."""
        marked = self.marked_fields(self._shown[1].id) if self._shown else []
        editor = next((field.editor for field in marked if field.key == key), None)
        for items in self.lists if editor else ():
            for place, field in items.fields():
                if field is editor:
                    (item_id,) = place.about
                    items.open(item_id)
                    return editor
        return editor

    def focus_item(self, name: str, item_id: UUID) -> None:
        """Put the cursor into an entry of a list."""
        items = next(items for items in self.lists if items.spec.name == name)
        first = items.focus_item(item_id)
        bring_into_view(self, first, items.add_button)
        self._follow_cursor()

    def _settle_layout(self) -> None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _follow_view(self) -> None:
        self._reach(self._being_read())

    def _follow_growth(self) -> None:
        if self._holding(self.window().focusWidget()) is None:
            self._follow_view()

    def _follow_cursor(self) -> None:
        held = self._holding(self.window().focusWidget())
        if held is not None:
            self._reach(held)

    def _being_read(self) -> int:
        bar, seen = self.verticalScrollBar(), self.viewport().height()
        near = max(1.0, min(seen, bar.maximum() / 2))
        part = _READ_FROM * min(1.0, bar.value() / near)
        part += (1 - _READ_FROM) * max(0.0, 1 - (bar.maximum() - bar.value()) / near)
        return self._at(round(bar.value() + seen * part)) if bar.maximum() else 0

    def _holding(self, widget: QWidget | None) -> int | None:
        """Return the section that holds a widget, if one does."""
        if widget is None:
            return None
        return next((p for p, s in enumerate(self.sections) if s.isAncestorOf(widget)), None)

    def _at(self, y: int) -> int:
        """Return the section at a height of the form, or the last one above it."""
        above = [p for p, s in enumerate(self.sections) if not s.isHidden() and s.y() <= y]
        return above[-1] if above else 0

    def _reach(self, place: int) -> None:
        self._place = place
        self.section_reached.emit(place)
