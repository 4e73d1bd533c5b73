"""Where participants rate: a grid, and what each level means beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from scoper.errors import Overtaken, ScoperError
from scoper.text import shorten
from ui.bridge.context import Context
from ui.bridge.edits import Asker
from ui.bridge.page import Page
from ui.features.workshop.anchor_panel import AnchorPanel, empty_panel
from ui.features.workshop.choice import WorkshopChoice
from ui.features.workshop.rating_grid import Cell, Entered, entry_in_words
from ui.features.workshop.rating_view import RatingView
from ui.kit.basics import Card, button, heading, label, row
from ui.kit.fields.line import Line
from ui.kit.fields.place import Place
from ui.kit.fields.problem_line import ProblemLine
from ui.kit.layout.beside import Beside
from ui.kit.layout.flow import Flow, flow
from ui.kit.lists.gone_card import GoneCard
from ui.kit.look.plain import set_tip

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.scoring.entries import Entry
    from scoper.snapshot import Changes

_LONGEST_SUBJECT = 90
_GRID_LEAST, _SIDE = 400, 300
"""Widths in pixels, before zoom, that the grid and the anchors beside it need."""


class WorkshopPage(Page):
    """One person's ratings of all use cases, or everybody's of one use case."""

    HELP = (
        "Everybody rates each use case on each criterion, against the same written anchors. "
        "“One person” shows only that person's ratings. “One use case” is for one facilitator who "
        "enters what everybody says; ratings stay hidden until you show them.\n\n"
        "The grid has the keys of a spreadsheet: type and press Enter to go down or Tab to go "
        "right, Delete clears, Ctrl+Enter enters the same in every selected cell, Ctrl+D fills "
        "down, Ctrl+C and Ctrl+V work with Excel. A is an abstention, which counts neither as 0 "
        "nor as the middle. F6 moves between the grid and the anchors; a click on an anchor "
        "enters it and goes on. Escape leads from the names of new people, and from the search "
        "(Ctrl+F), back to the grid.\n\n"
        "Every rating is saved at once and can be undone."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._cursor = (0, 0)
        self._added: UUID | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 0)
        layout.setSpacing(12)
        rating = self._make_rating()
        layout.addLayout(self._make_top())
        layout.addWidget(self._make_new_person())
        self._stack = QStackedWidget()
        self._stack.addWidget(rating)
        self._stack.addWidget(self._make_no_use_case())
        self._stack.addWidget(self._make_no_people())
        layout.addWidget(self._stack, 1)
        QShortcut(QKeySequence("F6"), self, self._other_side)
        QShortcut(QKeySequence("Ctrl+F"), self, self.choice.search.setFocus)
        for field, leave in (
            (self.name, self._leave_people),
            (self.team, self._leave_people),
            (self.choice.search, self._leave_search),
        ):
            shortcut = QShortcut(QKeySequence("Escape"), field, leave)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.choice.search.returnPressed.connect(self.view.setFocus)

    # ------------------------------------------------------------ building

    def _make_top(self) -> Flow:
        self.import_button = button("Import ratings", self.context.actions.import_ratings)
        self.person_button = button("Add person", self._toggle_new_person)
        tools = (self._body.toggle, self.import_button, self.person_button)
        return flow(heading("Workshop", "page"), None, *tools)

    def _make_new_person(self) -> QWidget:
        self.person_problem = ProblemLine()
        self.name = Line("Name", "Name of a new participant")
        self.team = Line("Team (optional)", "Team (optional) of a new participant")
        for field in (self.name, self.team):
            set_tip(field, "Enter adds the person, Escape leads to the ratings")
            field.returnPressed.connect(self._add_person)
            field.textChanged.connect(lambda _: self.person_problem.say(""))
        self.add_button = button("Add", self._add_person, kind="primary")
        self.new_person = QWidget()
        column = QVBoxLayout(self.new_person)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row(self.name, self.team, self.add_button))
        column.addWidget(self.person_problem)
        self.new_person.hide()
        return self.new_person

    def _make_rating(self) -> QWidget:
        self.choice = WorkshopChoice(self.theme)
        self.choice.person_chosen.connect(self._show_person)
        self.choice.use_case_chosen.connect(self._show_use_case)
        self.choice.filtered.connect(self._filter)
        self.choice.hide_box.toggled.connect(self._hide)
        self.view = RatingView(self.theme)
        self.view.setAccessibleName("Ratings")
        self.entry = self.view
        self.view.moved.connect(self._moved)
        self.view.said.connect(self._say)
        self.view.grid.entered.connect(self._enter)
        self.view.grid.refused.connect(self._say)
        self.view.grid.marked.connect(self._mark)
        self.view.grid.modelReset.connect(self._restore_cursor)
        self.problem = ProblemLine()
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 8)
        self.nothing_left = label("No use case is left: clear the search or show all.", wrap=True)
        self.nothing_left.setContentsMargins(10, 4, 10, 4)
        self.nothing_left.hide()
        card.body.addWidget(self.nothing_left)
        card.body.addWidget(self.view, 1)
        card.body.addWidget(self.problem)
        self.anchors = AnchorPanel(self.theme)
        self.anchors.chosen.connect(self.view.enter)
        self._side = QStackedWidget()
        self._side.addWidget(self.anchors)
        self._side.addWidget(empty_panel())
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(self.choice)
        self._body = Beside(
            self.theme, card, self._side, name="Anchors", least=_GRID_LEAST, wide=_SIDE
        )
        outer.addWidget(self._body, 1)
        self.gone_card = GoneCard()
        self.gone_card.hide()
        outer.addWidget(self.gone_card, 1)
        return holder

    def _make_no_use_case(self) -> QWidget:
        card = Card("No use case to rate yet", "Add use cases on the portfolio page first.")
        go = button("Go to the portfolio", lambda: self.context.go("portfolio", None))
        card.body.addWidget(go, alignment=Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        return card

    def _make_no_people(self) -> QWidget:
        card = Card(
            "Who rates?",
            "Add everybody who takes part, each with a name and, if you like, a team. People who "
            "know the business, the data and the risks see different things: invite all three.",
        )
        card.body.addStretch(1)
        return card

    # ------------------------------------------------------------ showing

    def dress(self) -> None:
        """Take the present zoom and colours."""
        self.view.scale()
        self.choice.dress()

    def show_board(self, board: Board, changes: Changes) -> None:
        """Show the ratings of a board."""
        portfolio = board.portfolio
        self.view.grid.show_board(board)
        self._body.set_whole(self.view.whole_width)
        self._show_missed(self.choice.show_board(board, misses=not self._catches_up))
        if self._added in {person.id for person in portfolio.participants}:
            self.choice.choose_person(self._added)
            self._added = None
        blank = not portfolio.use_cases or not portfolio.participants
        self.entry = self.view if portfolio.participants else self.name
        self._stack.setCurrentIndex(
            1 if not portfolio.use_cases else 2 if not portfolio.participants else 0
        )
        if portfolio.use_cases and not portfolio.participants:
            self.new_person.show()
        self.import_button.setVisible(bool(portfolio.use_cases))
        self.person_button.setVisible(bool(portfolio.participants))
        if not blank:
            self._show_progress(board)
            self._show_cell()

    def select(self, use_case_id: UUID) -> None:
        """Bring a use case into view."""
        if self.choice.person is None:
            self.choice.choose_use_case(use_case_id)
            return
        found = self.view.grid.row_of(use_case_id)
        if found is not None:
            self.view.put_cursor(found)

    def _show_person(self, participant_id: UUID) -> None:
        self._show_missed("")
        self.choice.hide_box.setChecked(False)
        self.view.grid.show_person(participant_id)
        self._show_progress(self.session.board)

    def _show_use_case(self, use_case_id: UUID) -> None:
        self._show_missed("")
        self.choice.hide_box.setChecked(True)
        self.view.grid.show_use_case(use_case_id)
        self._show_progress(self.session.board)

    def _show_missed(self, name: str) -> None:
        """Say in place of the grid who was removed; without a name, show the grid again."""
        if bool(name) == self._body.isHidden():
            return
        self._body.setHidden(bool(name))
        self.gone_card.setVisible(bool(name))
        if name:
            one = self.choice.person_button.isChecked()
            asked = "choose who rates" if one else "choose a use case"
            self.choice.progress.clear()
            self.gone_card.show_gone(f"{name} was removed meanwhile: {asked}.")

    def _filter(self, words: str, only_open: bool) -> None:
        self.view.grid.set_filter(words, only_open=only_open)
        self.nothing_left.setVisible(not self.view.grid.rowCount())

    def _leave_people(self) -> None:
        self.name.clear()
        self.team.clear()
        if self.view.grid.rowCount():
            self.new_person.hide()
        self.view.setFocus()

    def _leave_search(self) -> None:
        self.choice.search.clear()
        self.view.setFocus()

    def _hide(self, hidden: bool) -> None:
        self.view.grid.set_hidden(hidden)

    def _show_progress(self, board: Board | None) -> None:
        if board is None:
            return
        portfolio = board.portfolio
        if self.choice.person is not None:
            ids = [person.id for person in portfolio.participants]
            column = ids.index(self.choice.person)
            asked = ~portfolio.excluded[:, column]
            mine = portfolio.given[:, asked, column]
            self.choice.progress.setText(f"{int(mine.sum()):,} of {mine.size:,} ratings entered")
        elif self.choice.use_case is not None:
            theirs = portfolio.settled[portfolio.row_of[self.choice.use_case]]
            done = int(theirs.all(axis=0).sum())
            self.choice.progress.setText(
                f"{done} of {theirs.shape[1]} people have rated every criterion"
            )

    def _restore_cursor(self) -> None:
        row, column = self._cursor
        last = self.view.grid.rowCount() - 1
        if last >= 0:
            self.view.put_cursor(min(row, last), column)
        self._show_cell()

    def _moved(self, index: QModelIndex) -> None:
        if index.isValid():
            self._cursor = index.row(), index.column()
        self._show_cell()
        self._say(self.view.grid.refusal(index))

    def _show_cell(self) -> None:
        index, grid = self.view.currentIndex(), self.view.grid
        place = grid.place(index)
        self._side.setCurrentIndex(0 if place else 1)
        self.anchors.setEnabled(grid.is_open(index))
        if place is None:
            return
        subject = str(grid.headerData(index.row(), Qt.Orientation.Vertical))
        self.anchors.show_cell(
            shorten(subject, _LONGEST_SUBJECT),
            grid.criteria[index.column()],
            grid.entry(index),
            hidden=grid.hidden,
            closed=grid.closed(index),
        )

    def _other_side(self) -> None:
        focused = QApplication.focusWidget()
        if focused and self.anchors.isAncestorOf(focused):
            self._body.show_side(False)
            self.view.setFocus()
        else:
            self._body.show_side()
            self.anchors.focus_first()

    def _say(self, text: str) -> None:
        self.problem.say(text)

    # ------------------------------------------------------------ changing

    def flush(self) -> None:
        """Enter what is being typed into a cell."""
        self.view.flush()

    def recall(self) -> None:
        """Show what was entered and is not saved yet."""
        super().recall()
        saving = self.session.saving
        askers = (edit.asker for edit in saving.unsaved)
        entered = [a.value for a in askers if a and isinstance(a.place.field, _Cells)]
        unsaved = {each.place: each.entry for cells in entered for each in cells}
        self.view.grid.show_unsaved(unsaved, saving.why)

    def _enter(self, entered: Sequence[Entered]) -> None:
        from scoper.commands import scores

        if not entered:
            return
        cells = [scores.Cell(*each.place, each.entry, each.seen) for each in entered]
        self.session.edit(
            lambda store, _: scores.set_ratings(store, cells=cells),
            Asker(
                _at(*(each.place for each in entered)),
                entered,
                self._name(entered),
                self._in_words,
                settled=lambda: self.view.grid.settle(each.place for each in entered),
                chosen=partial(self._choose, entered),
            ),
            refused=lambda error: self._refuse(entered, error),
        )

    def _mark(self, place: Cell, text: str, reason: str) -> None:
        """Have leaving ask about what stands in a cell and is no rating."""
        asker = Asker(_at(place), text, self._name([Entered(place, None, ())]), str)
        self.session.mark(asker, reason)

    def _refuse(self, entered: Sequence[Entered], error: ScoperError) -> None:
        self.view.grid.forget(each.place for each in entered)
        self._say(str(error))

    def _name(self, entered: Sequence[Entered]) -> str:
        """Return what a person would call what was entered."""
        board = self.session.board
        if len(entered) > 1 or board is None:
            return f"One of {len(entered)} ratings"
        use_case, criterion, person = entered[0].place
        portfolio = board.portfolio
        titles = {c.id: c.title for c in portfolio.criteria}
        names = {p.id: p.name for p in portfolio.participants}
        subject = portfolio.use_cases[portfolio.row_of[use_case]].title
        return f"{titles[criterion]} of {shorten(subject, 60)}, rated by {names[person]}"

    def _in_words(self, entry: Entry) -> str:
        return "A hidden rating" if self.view.grid.hidden else entry_in_words(entry)

    def _choose(self, entered: Sequence[Entered], error: Overtaken, mine: bool) -> None:
        """Enter again what was in conflict, with the cell at issue seen or left to the others."""
        at = next(place for place, each in enumerate(entered) if each.place == error.where)
        known = entered[at]._replace(seen=(*entered[at].seen, error.theirs))
        self.view.grid.forget((error.where,))
        self._enter([*entered[:at], *((known,) if mine else ()), *entered[at + 1 :]])

    def rate_as_person(self) -> None:
        """Rate everything as one person."""
        self.choice.person_button.click()

    def rate_as_group(self) -> None:
        """Rate one use case with everybody."""
        self.choice.use_case_button.click()

    def start_adding_person(self) -> None:
        """Ask for the name of somebody new."""
        self.new_person.show()
        self.name.setFocus()

    def _toggle_new_person(self) -> None:
        if self.new_person.isVisible():
            self.new_person.hide()
        else:
            self.start_adding_person()

    def _add_person(self) -> None:
        from scoper.commands import people

        if not self.name.text().strip():
            self.name.setFocus()
            return
        name, team, added = self.name.text(), self.team.text(), uuid4()
        self.session.run(
            lambda store: people.add_participant(store, name=name, team=team, participant_id=added),
            done=lambda _: self._person_added(added),
            refused=self._person_refused,
        )

    def _person_added(self, participant_id: UUID) -> None:
        self.name.clear()
        self.team.clear()
        self.name.setFocus()
        self._added = participant_id

    def _person_refused(self, error: ScoperError) -> None:
        self.person_problem.refuse(error)
        self.name.setFocus()


class _Cells(NamedTuple):
    """The cells of the grid in which ratings are entered together."""

    cells: tuple[Cell, ...]


def _at(*cells: Cell) -> Place:
    return Place.of(*(about for cell in cells for about in cell), field=_Cells(cells))


PAGE = WorkshopPage
