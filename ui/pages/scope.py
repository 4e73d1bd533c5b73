"""One use case through the five steps."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from scoper.commands import items, use_cases
from scoper.scoping import STEPS
from scoper.terms import Approach, Phase
from ui.context import Context
from ui.pages.adding import add_entry
from ui.pages.page import Page, outcome
from ui.pages.scope_details import Content, catalogue_for, read_content
from ui.pages.scope_side import SidePanel
from ui.pages.scope_step import StepForm
from ui.widgets.basics import (
    ElidedCombo,
    WheelGuard,
    button,
    chain_tabs,
    column,
    heading,
    label,
    row,
)
from ui.widgets.editors import Editor
from ui.widgets.stepper import Stepper

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.scoping.catalogues import CatalogueEntry
    from scoper.snapshot import Changes, UseCase
_NEW_ITEM: dict[str, dict[str, Any]] = {
    "solutions": {"title": "New option", "approach": Approach.PROCESS},
    "evidence": {"statement": "What was found"},
    "datasets": {"title": "New data set"},
    "risks": {"title": "New risk"},
    "kpis": {"title": "New KPI"},
    "acceptance": {"statement": "What must be true"},
    "milestones": {"title": "New milestone"},
    "costs": {"title": "New cost"},
    "efforts": {},
}

_ROOMY, _LEAST = 940, 760
"""Widths in pixels, before zoom, from which stepper and help are wide, and help is shown."""


class ScopePage(Page):
    """The stepper at the left, the step in the middle, what helps at the right."""

    HELP = (
        "Walk through the five steps in any order. Everything you type is saved at once.\n\n"
        "Each step has a gate. A gate never stops you: it says what is still missing and counts "
        "when the portfolio is reviewed. Click an entry under “Before this gate passes” to go to "
        "the field it is about.\n\n"
        "Alt+Left and Alt+Right go to the step before and after."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.use_case_id: UUID | None = None
        self.step = 1
        self._forms: dict[int, StepForm] = {}
        self._new_item: UUID | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_left())
        self._content = QStackedWidget()
        self._content.addWidget(self._make_empty())
        self._content.addWidget(self._make_step())
        layout.addWidget(self._content, 1)

    # ------------------------------------------------------------ building

    def _make_left(self) -> QWidget:
        self._left = QFrame()
        self._left.setObjectName("stepper")
        layout = QVBoxLayout(self._left)
        layout.setContentsMargins(10, 16, 10, 16)
        layout.setSpacing(10)
        self.chooser = ElidedCombo()
        self.chooser.setAccessibleName("Use case")
        self.chooser.setMinimumContentsLength(10)
        self.chooser.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.chooser.installEventFilter(WheelGuard(self))
        self.chooser.activated.connect(lambda place: self.select(self.chooser.itemData(place)))
        self.stepper = Stepper(self.theme)
        self.stepper.chosen.connect(self.go_to_step)
        layout.addWidget(self.chooser)
        layout.addWidget(self.stepper)
        layout.addStretch(1)
        return self._left

    def _make_empty(self) -> QWidget:
        holder = QWidget()
        add = button("Add a use case", lambda: self.context.go("portfolio", None), kind="primary")
        layout = column(
            None,
            heading("No use case yet", "page"),
            label(
                "Add one on the portfolio page, then walk it through the five steps.",
                secondary=True,
            ),
            None,
            spacing=12,
        )
        layout.insertWidget(3, add, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.setContentsMargins(32, 24, 32, 24)
        holder.setLayout(layout)
        return holder

    def _make_step(self) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(24, 16, 24, 0)
        layout.setSpacing(12)
        self.heading = heading("", "page")
        self.question = label(secondary=True, wrap=True)
        self.back_button = button("Back", lambda: self.go_to_step(self.step - 1))
        self.next_button = button("", self._next, kind="primary")
        QShortcut("Alt+Left", self, lambda: self.go_to_step(self.step - 1))
        QShortcut("Alt+Right", self, lambda: self.go_to_step(self.step + 1))
        words = column(self.heading, self.question, spacing=2)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addLayout(words, 1)
        top.addLayout(row(self.back_button, self.next_button), 0)
        layout.addLayout(top)
        body = QHBoxLayout()
        body.setSpacing(16)
        self._steps = QStackedWidget()
        self.side = SidePanel(self.theme)
        self.side.field_asked.connect(self._focus)
        body.addWidget(self._steps, 1)
        body.addWidget(self.side)
        layout.addLayout(body, 1)
        return holder

    def _form(self, number: int) -> StepForm:
        if number not in self._forms:
            form = StepForm(STEPS[number - 1], self.theme)
            form.answered.connect(self._answer)
            form.item_edited.connect(self._edit_item)
            form.item_added.connect(self._add_item)
            form.item_wanted.connect(self._choose_item)
            form.item_removed.connect(self._remove_item)
            form.item_moved.connect(self._move_item)
            form.grown.connect(lambda: chain_tabs(self))
            form.question_answered.connect(self._answer_question)
            form.question_noted.connect(self._note)
            if form.details:
                form.details.graded.connect(self._grade)
                form.details.budget_asked.connect(self._budget_labelling)
            if form.has_checklists:
                self.session.ask(read_content, lambda known: self._add_content(form, known))
            self._forms[number] = form
            self._steps.addWidget(form)
        return self._forms[number]

    def _add_content(self, form: StepForm, known: Content) -> None:
        if not isValid(form):
            return
        checklists, checks = known
        form.add_checklists(checklists)
        form.add_checks(checks)
        if self.session.board and self.use_case_id and form is self._forms.get(self.step):
            self._show_use_case(self.session.board, self.use_case_id)

    # ------------------------------------------------------------ showing

    def show_board(self, board: Board, changes: Changes | None) -> None:
        """Show the chosen use case, or the first one."""
        portfolio = board.portfolio
        if self.use_case_id not in portfolio.row_of:
            self.use_case_id = board.use_cases[0].id if board.use_cases else None
        self._content.setCurrentIndex(1 if self.use_case_id else 0)
        self._left.setVisible(bool(board.use_cases))
        self._fit()
        if changes is None or "use_case" in changes.entities:
            self._fill_chooser(board)
        if self.use_case_id:
            self._show_use_case(board, self.use_case_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the form first, then for what helps beside it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self.theme.px
        roomy = self.width() >= px(_ROOMY)
        self._left.setFixedWidth(px(232 if roomy else 168))
        self.side.setFixedWidth(px(300 if roomy else 220))
        self.side.setVisible(self.width() >= px(_LEAST))

    def select(self, use_case_id: UUID) -> None:
        """Show a use case."""
        if use_case_id == self.use_case_id:
            return
        self.flush()
        self.use_case_id = use_case_id
        if self.session.board and self.isVisible():
            self.show_board(self.session.board, None)

    def show_step(self, number: int) -> None:
        """Show a step."""
        self.go_to_step(number)

    def go_to_step(self, number: int) -> None:
        """Show a step, or the first or last one where there is none of that number."""
        self.flush()
        self.step = max(1, min(len(STEPS), number))
        if self.session.board and self.use_case_id:
            self._show_use_case(self.session.board, self.use_case_id)

    def flush(self) -> None:
        """Save what is still being typed."""
        for form in self._forms.values():
            form.flush()

    def _theme_changed(self) -> None:
        self.flush()
        self._drop_forms()
        super()._theme_changed()

    def _drop_forms(self) -> None:
        for form in self._forms.values():
            self._steps.removeWidget(form)
            form.deleteLater()
        self._forms = {}

    def _fill_chooser(self, board: Board) -> None:
        self.chooser.clear()
        for use_case in board.use_cases:
            self.chooser.addItem(f"{use_case.key}  {use_case.title}", use_case.id)

    def _show_use_case(self, board: Board, use_case_id: UUID) -> None:
        place = board.portfolio.row_of[use_case_id]
        use_case = board.use_cases[place]
        self.chooser.setCurrentIndex(place)
        self.chooser.setToolTip(f"{use_case.key}  {use_case.title}")
        reports = board.steps[use_case_id]
        step = STEPS[self.step - 1]
        self.stepper.show_reports(reports, self.step)
        self.heading.setText(step.title)
        self.question.setText(step.question)
        self.back_button.setVisible(self.step > 1)
        self.next_button.setText(
            f"Next: {STEPS[self.step].title}" if self.step < len(STEPS) else "Rate it"
        )
        form = self._form(self.step)
        form.show_use_case(board, use_case)
        self._steps.setCurrentWidget(form)
        self.side.show_report(board, use_case, reports[self.step - 1])
        chain_tabs(self)
        self._focus_new(use_case)

    def _focus_new(self, use_case: UseCase) -> None:
        if self._new_item is None:
            return
        for spec in STEPS[self.step - 1].lists:
            if any(item.id == self._new_item for item in getattr(use_case, spec.name)):
                self._form(self.step).focus_item(spec.name, self._new_item)
                self._new_item = None
                return

    def _focus(self, field: str) -> None:
        self._form(self.step).focus_field(field)

    def _next(self) -> None:
        if self.step < len(STEPS):
            self.go_to_step(self.step + 1)
        elif self.use_case_id:
            self.context.go("workshop", self.use_case_id)

    # ------------------------------------------------------------ changing

    def _answer(self, editor: Editor, value: Any) -> None:
        self.session.run(
            use_cases.set_field,
            use_case_id=self.use_case_id,
            field=editor.field.name,
            value=value,
            **outcome(editor),
        )

    def _edit_item(self, name: str, item_id: UUID, editor: Editor, value: Any) -> None:
        self.session.run(
            items.set_field,
            items=name,
            item_id=item_id,
            field=editor.field.name,
            value=value,
            **outcome(editor),
        )

    def _answer_question(self, checklist: str, question: str, answer: str) -> None:
        from scoper.commands import answers

        self.session.run(
            answers.set_answer,
            use_case_id=self.use_case_id,
            questionnaire=checklist,
            question=question,
            answer=answer,
        )

    def _note(self, checklist: str, question: str, editor: Editor, text: str) -> None:
        from scoper.commands import answers

        self.session.run(
            answers.set_answer,
            use_case_id=self.use_case_id,
            questionnaire=checklist,
            question=question,
            note=text,
            **outcome(editor),
        )

    def _grade(self, dataset_id: UUID, check: str, grade: int | None) -> None:
        from scoper.commands import datasets

        self.session.run(datasets.set_grade, dataset_id=dataset_id, check=check, grade=grade)

    def _budget_labelling(self, dataset_id: UUID) -> None:
        from scoper.commands import datasets

        self.flush()
        self.session.run(
            datasets.budget_labelling,
            dataset_id=dataset_id,
            done=lambda changes: self.context.notice.say(
                changes.label if changes else "The costs hold this already",
                "Show the costs",
                lambda: self.go_to_step(5),
            ),
        )

    def _add_item(self, name: str) -> None:
        board = self.session.board
        if board is None or self.use_case_id is None:
            return
        values = dict(_NEW_ITEM[name])
        use_case = board.use_cases[board.portfolio.row_of[self.use_case_id]]
        if name == "efforts":
            if not board.portfolio.roles:
                self.context.notice.say(
                    "Add a role first",
                    "Open the library",
                    partial(self.context.go, "library", None),
                )
                return
            values["role_id"] = board.portfolio.roles[0].id
        if name in ("milestones", "costs", "efforts"):
            values["phase"] = _next_phase(use_case, name)
        self._append(name, self.use_case_id, values)

    def _choose_item(self, name: str) -> None:
        if name == "milestones":
            self._plan_roadmap()
            return
        from ui.widgets.catalogue_dialog import CatalogueDialog

        use_case_id, board = self.use_case_id, self.session.board
        if use_case_id is None or board is None:
            return
        catalogue = catalogue_for(name, board.portfolio, use_case_id)
        dialog = CatalogueDialog(self.window(), self.theme, catalogue)
        dialog.chosen.connect(lambda entry: self._take(name, use_case_id, entry))
        dialog.ask(self.session)

    def _take(self, name: str, use_case_id: UUID, entry: CatalogueEntry) -> None:
        added = uuid4()
        plans = name == "efforts"
        self._new_item = None if plans else added
        done = self._say_done if plans else None
        add_entry(self.session, name, use_case_id, entry, item_id=added, done=done)

    def _plan_roadmap(self) -> None:
        from scoper.commands import delivery

        self.flush()
        self.session.run(
            delivery.plan_roadmap,
            use_case_id=self.use_case_id,
            start=dt.date.today(),
            done=self._say_done,
        )

    def _say_done(self, changes: Changes) -> None:
        self.context.notice.say(changes.label, "Undo", self.session.undo)

    def _append(self, name: str, use_case_id: UUID, values: dict[str, Any]) -> None:
        self._new_item = uuid4()
        self.session.run(
            items.add,
            use_case_id=use_case_id,
            items=name,
            values=values,
            item_id=self._new_item,
        )

    def _remove_item(self, name: str, item_id: UUID) -> None:
        self.session.run(
            items.remove,
            items=name,
            item_ids=(item_id,),
            done=self._say_done,
        )

    def _move_item(self, name: str, item_id: UUID, by: int) -> None:
        self.session.run(items.move, items=name, item_id=item_id, by=by)


def _next_phase(use_case: UseCase, name: str) -> Phase:
    taken = {item.phase for item in getattr(use_case, name)}
    return next((phase for phase in Phase if phase not in taken), Phase.ROLLOUT)
