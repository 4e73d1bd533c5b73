"""One use case through the five steps."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from scoper.scoping import STEP_OF, STEPS
from ui.bridge.context import Context
from ui.bridge.kept import Kept
from ui.bridge.page import Page
from ui.features.scope.content import Content, read_content
from ui.features.scope.edits import Edits
from ui.features.scope.empty import no_use_case
from ui.features.scope.gates import but_for
from ui.features.scope.help import HELP
from ui.features.scope.side import SidePanel
from ui.features.scope.step import Spot, StepForm
from ui.features.scope.stepper import Stepper
from ui.kit.basics import (
    ScrollColumn,
    button,
    column,
    heading,
    label,
    row,
)
from ui.kit.fields.picker import Picker
from ui.kit.fields.place import Place
from ui.kit.layout.beside import Beside
from ui.kit.layout.flow import flow
from ui.kit.layout.tab_order import chain_tabs
from ui.kit.lists.gone_card import GoneCard
from ui.kit.look.plain import set_tip

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.snapshot import Changes, UseCase
    from ui.kit.fields.editor import Editor

_ROOMY, _LEAST = 800, 1_000
"""Widths in pixels, before zoom, from which the stepper is wide and Next says where it leads."""
_FORM_LEAST, _SIDE_LEAST, _SIDE_SHARE = 500, 240, 0.24
"""Widths in pixels, before zoom, of the form and what helps beside it, and the share of that."""


class ScopePage(Page):
    """The stepper at the left, the step in the middle, what helps at the right."""

    HELP = HELP

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.use_case_id: UUID | None = None
        self._shown: UseCase | None = None
        self._gone: UseCase | None = None
        self._missed: Kept | None = None
        self.step = 1
        self._places: dict[UUID, Spot] = {}
        self._forms: dict[int, StepForm] = {}
        self.edits = Edits(self, context, lambda: self.go_to_step(STEP_OF["costs"]))
        self._known: Content | None = None
        self.session.content_changed.connect(lambda: self._drop_forms(known=None))
        self.theme.zoomed.connect(lambda: self._drop_forms(known=self._known))
        self.session.opened.connect(self._forget_places)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_left())
        self._content = QStackedWidget()
        self.empty_card = no_use_case(context)
        self._content.addWidget(self.empty_card)
        self._content.addWidget(self._make_step())
        self.gone_card = GoneCard(
            ("Go to the portfolio", lambda: context.go("portfolio", None)),
            ("Choose another", self.chooser.showPopup),
        )
        self._content.addWidget(self.gone_card)
        layout.addWidget(self._content, 1)
        for keys, action in (
            ("Alt+Left", lambda: self._walk(-1)),
            ("Alt+Right", lambda: self._walk(1)),
            ("Alt+Up", lambda: self._go_by_sections(-1)),
            ("Alt+Down", lambda: self._go_by_sections(1)),
        ):
            QShortcut(keys, self, action)

    # ------------------------------------------------------------ building

    def _make_left(self) -> QWidget:
        self._left = QFrame()
        self._left.setObjectName("stepper")
        layout = QVBoxLayout(self._left)
        layout.setContentsMargins(10, 16, 0, 8)
        layout.setSpacing(10)
        self.chooser = Picker("Use case")
        self.chooser.chosen.connect(self.select)
        self.stepper = Stepper(self.theme)
        self.stepper.chosen.connect(self.go_to_step)
        self.stepper.section_chosen.connect(self._go_to_section)
        steps = self._steps_column = ScrollColumn()
        steps.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        steps.body.setContentsMargins(0, 0, 10, 8)
        steps.body.addWidget(self.stepper)
        steps.body.addStretch(1)
        above = row(self.chooser)
        above.setContentsMargins(0, 0, 10, 0)
        layout.addLayout(above)
        layout.addWidget(steps, 1)
        return self._left

    def _make_step(self) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(24, 16, 24, 0)
        layout.setSpacing(12)
        self.heading = heading("", "page")
        self.heading.setWordWrap(True)
        self.question = label(secondary=True, wrap=True)
        self.back_button = button("Back", lambda: self._walk(-1))
        self.next_button = button("", self._next, kind="primary")
        self._steps = QStackedWidget()
        self.side = SidePanel(self.theme)
        self.side.field_asked.connect(self._answer)
        self._body = Beside(
            self.theme,
            self._steps,
            self.side,
            name="Gate and help",
            least=_FORM_LEAST,
            wide=_SIDE_LEAST,
            share=_SIDE_SHARE,
        )
        titles = QWidget()
        titles.setLayout(column(self.heading, self.question, spacing=2))
        titles.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout.addLayout(flow(titles, self._body.toggle, self.back_button, self.next_button))
        layout.addWidget(self._body, 1)
        return holder

    def form(self, number: int) -> StepForm:
        """Return the form of a step, made when it is first asked for."""
        if number not in self._forms:
            form = StepForm(STEPS[number - 1], self.theme, self.edits)
            form.grown.connect(partial(self._chain, form))
            form.marked.connect(self._show_gates)
            form.progressed.connect(partial(self._show_sections, form))
            form.section_reached.connect(partial(self._mark_section, form))
            form.content_wanted.connect(partial(self._ask_content, form))
            if self._known is not None:
                form.add_content(self._known)
            self._forms[number] = form
            self._steps.addWidget(form)
        return self._forms[number]

    def _ask_content(self, form: StepForm) -> None:
        self.context.latest.ask(form, read_content, partial(self._add_content, form))

    def _add_content(self, form: StepForm, known: Content) -> None:
        self._known = known
        form.add_content(known)

    # ------------------------------------------------------------ showing

    def show_board(self, board: Board, changes: Changes) -> None:
        """Show the chosen use case, or the first one; one that goes while in view is missed."""
        known = board.portfolio.row_of
        if self._gone is not None and self._gone.id in known:
            self.use_case_id, self._gone = self._gone.id, None
        elif self._shown and self.use_case_id not in known and not self._catches_up:
            self._miss(self._shown)
        elif self.use_case_id not in known and self._gone is None:
            self._turn_to(board, board.use_cases[0].id if board.use_cases else None)
        self._content.setCurrentIndex(2 if self._gone else 1 if self.use_case_id else 0)
        self._left.setVisible(bool(board.use_cases))
        self.stepper.setVisible(self._gone is None)
        self._fit()
        if changes.touches("use_case"):
            self._fill_chooser(board)
        if self._gone:
            self.chooser.setCurrentIndex(-1)
        if self.use_case_id:
            self._show_use_case(board, self.use_case_id)
            if self._missed is not None:
                self._missed.bring_back()
        self._missed = self._missed if self._gone else None

    def _miss(self, use_case: UseCase) -> None:
        """Say in place of the form that the use case is gone; what was typed is kept."""
        self._missed = Kept(self)
        self._gone, self._shown, self.use_case_id = use_case, None, None
        self._drop_forms(known=self._known, silent=True)
        self.edits.use_case_id = None
        self._content.setCurrentIndex(2)
        said = f"“{use_case.title}” was deleted meanwhile."
        self.gone_card.show_gone(said, [(d.label, d.text) for d in self._drafts.values()])

    def hideEvent(self, event: QHideEvent) -> None:
        """Miss nothing that goes while the page is out of view."""
        super().hideEvent(event)
        if not event.spontaneous():
            if self._gone is not None:
                self.outdate()
            self._gone = self._missed = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the form first, then for what helps beside it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_roomy = self.width() >= self.theme.px(_ROOMY)
        self._left.setFixedWidth(self.theme.px(248 if is_roomy else 176))
        self._name_next()

    def _name_next(self) -> None:
        """Say where Next leads, in short where there is little room."""
        if self.step == len(STEPS):
            text = said = "Rate it"
        else:
            said = f"Next: {STEPS[self.step].title}"
            text = said if self.width() >= self.theme.px(_LEAST) else "Next"
        self.next_button.setText(text)
        self.next_button.setAccessibleName(said)
        set_tip(self.next_button, said)

    def select(self, use_case_id: UUID) -> None:
        """Show a use case: where it was left, else at its first open gate."""
        if use_case_id == self.use_case_id or not self.session.board:
            return
        self.flush()
        self._turn_to(self.session.board, use_case_id)
        if self.isVisible():
            self.show_portfolio(self.session.board)
            self.form(self.step).scroll_to(self._places[use_case_id].down)

    def _turn_to(self, board: Board, use_case_id: UUID | None) -> None:
        if self.use_case_id and self.step in self._forms:
            down = self._forms[self.step].verticalScrollBar().value()
            self._places[self.use_case_id] = Spot(self.step, down)
        self.use_case_id = use_case_id
        self._shown = self._gone = self._missed = None
        self._drafts.clear()
        if use_case_id:
            first = Spot(board.first_open_step(use_case_id))
            self.step = self._places.setdefault(use_case_id, first).step

    def _forget_places(self) -> None:
        self.use_case_id = None
        self._places = {}

    @property
    def subject(self) -> UUID | None:
        """The use case that is shown."""
        return self.use_case_id

    def go_to_step(self, number: int) -> None:
        """Show a step, or the first or last one where there is none of that number."""
        self.flush()
        self._body.show_side(False)
        self.step = max(1, min(len(STEPS), number))
        if self.session.board and self.use_case_id:
            self._show_use_case(self.session.board, self.use_case_id)

    def flush(self) -> None:
        """Save what is still being typed."""
        for form in self._forms.values():
            form.flush()

    def fields(self) -> Iterator[tuple[Place, Editor]]:
        """Yield the fields of the step that is shown."""
        form = self._forms.get(self.step)
        if form is not None:
            yield from form.fields()

    def _drop_forms(self, *, known: Content | None, silent: bool = False) -> None:
        """Have the forms made anew when they are shown next; ``silent`` ones save nothing."""
        self._known = known
        for form in self._forms.values():
            form.silence(silent)
            form.flush()
            self.keep_drafts(form.fields())
            self._steps.removeWidget(form)
            form.setParent(None)
            form.deleteLater()
        self._forms = {}

    def _fill_chooser(self, board: Board) -> None:
        self.chooser.offer([(f"{u.key}  {u.title}", u.id) for u in board.use_cases])

    def _show_use_case(self, board: Board, use_case_id: UUID) -> None:
        place = board.portfolio.row_of[use_case_id]
        use_case = board.use_cases[place]
        self.edits.use_case_id = use_case_id
        self._shown = use_case
        self.chooser.setCurrentIndex(place)
        set_tip(self.chooser, f"{use_case.key}  {use_case.title}")
        step = STEPS[self.step - 1]
        self.heading.setText(step.title)
        self.question.setText(step.question)
        self.back_button.setVisible(self.step > 1)
        self._name_next()
        form = self.form(self.step)
        form.show_use_case(board, use_case)
        self._steps.setCurrentWidget(form)
        self._show_gates()
        self._show_sections(form)
        self._chain(form)
        self._focus_new(use_case)
        self.recall()

    def _show_gates(self) -> None:
        """Show where the steps stand; none has passed while a field of it is marked as wrong."""
        board, use_case_id = self.session.board, self.edits.use_case_id
        if board is None or use_case_id is None or use_case_id not in board.portfolio.row_of:
            return
        reports = list(board.steps[use_case_id])
        for number, form in self._forms.items():
            marked = form.marked_fields(use_case_id)
            reports[number - 1] = but_for(reports[number - 1], marked)
        self.stepper.show_reports(tuple(reports), self.step)
        use_case = board.use_cases[board.portfolio.row_of[use_case_id]]
        self.side.show_report(board, use_case, reports[self.step - 1])

    def _show_sections(self, form: StepForm) -> None:
        if form is not self._forms.get(self.step):
            return
        titles = (section.section.title for section in form.sections)
        hints = form.hints()
        self.stepper.show_sections([(t, *hint) for t, hint in zip(titles, hints, strict=True)])
        self._mark_section(form, form.place)

    def _mark_section(self, form: StepForm, place: int) -> None:
        if form is self._forms.get(self.step):
            self.stepper.index.mark(place)
            links = self.stepper.index.links
            if place < len(links):
                self._steps_column.ensureWidgetVisible(links[place], 0, 40)

    def _chain(self, form: StepForm) -> None:
        """Let Tab go from the stepper through the step to Next, and then to what helps."""
        if form is self._forms.get(self.step):
            self.recall()
            chain_tabs(self._left, form, self.next_button, self.back_button, self.side)

    def _focus_new(self, use_case: UseCase) -> None:
        new = self.edits.new_item
        if new is None:
            return
        for spec in STEPS[self.step - 1].lists:
            if any(item.id == new for item in getattr(use_case, spec.name)):
                self.form(self.step).focus_item(spec.name, new)
                self.edits.new_item = None
                return

    # ------------------------------------------------------------ moving

    def _answer(self, field: str) -> None:
        """Go to a field that a gate asks for."""
        self._body.show_side(False)
        self.form(self.step).focus_field(field)

    def _go_to_section(self, place: int) -> None:
        self._body.show_side(False)
        self.form(self.step).go_to_section(place)

    def _go_by_sections(self, by: int) -> None:
        if self.use_case_id:
            self.form(self.step).go_by_sections(by)

    show_step = go_to_step

    def _walk(self, by: int) -> None:
        """Go to the step before or after, to its first field."""
        there = self.step + by
        if self.use_case_id and 1 <= there <= len(STEPS):
            self.go_to_step(there)
            self.form(there).focus_first()

    def _next(self) -> None:
        if self.step < len(STEPS):
            self._walk(1)
        elif self.use_case_id:
            self.context.go("workshop", self.use_case_id)


PAGE = ScopePage
