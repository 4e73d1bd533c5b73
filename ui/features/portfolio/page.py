"""The list of use cases."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from scoper.errors import ScoperError
from ui.bridge.context import Context
from ui.bridge.page import Page
from ui.kit.basics import Card, button, heading, label, row
from ui.kit.fields.line import Line
from ui.kit.fields.problem_line import ProblemLine
from ui.kit.fields.search_line import SearchLine
from ui.kit.layout.flow import Flow, flow
from ui.kit.layout.single_press import SinglePress
from ui.kit.tables.use_case_columns import PORTFOLIO_COLUMNS
from ui.kit.tables.use_case_view import UseCaseView

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.snapshot import Changes

_SEARCH = 220
"""Width of the search in pixels, before zoom."""


class PortfolioPage(Page):
    """Search, add, import, open and delete use cases."""

    HELP = (
        "Every use case of the portfolio. Type a title into “Add a use case” and press Enter. "
        "Double-click a row, or press Enter on it, to scope it. Click a column title to sort, "
        "click it again to turn the order around, and a third time for the order of entry.\n\n"
        "The five marks show the gates: empty is not started, half is open, a tick is passed. "
        "Click a score, or press Space, to see how it comes about. Delete removes the selected "
        "rows; Undo brings them back.\n\n"
        "Ctrl+F searches title, key, function, organisation, stage, tags, owner and decision."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._wanted: UUID | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 0)
        layout.setSpacing(12)
        layout.addLayout(self._make_top())
        layout.addWidget(self._make_add_line())
        self.view = UseCaseView(PORTFOLIO_COLUMNS, self.theme, ranked=False)
        self.view.setAccessibleName("Use cases")
        self.view.opened.connect(lambda use_case_id: context.go("scope", use_case_id))
        self.view.score_clicked.connect(self._explain)
        self.view.delete_asked.connect(self.delete_selected)
        frame = Card()
        frame.body.setContentsMargins(8, 4, 8, 8)
        frame.body.addWidget(self.view)
        self._stack = QStackedWidget()
        self._stack.addWidget(frame)
        self._stack.addWidget(self._make_empty())
        self.nothing_found = self._make_nothing_found()
        self._stack.addWidget(self.nothing_found)
        layout.addWidget(self._stack, 1)

    # ------------------------------------------------------------ building

    def _make_top(self) -> Flow:
        self.search = SearchLine("Search (Ctrl+F)", "Search use cases")
        self.search.textChanged.connect(self._search)
        self.found = label(secondary=True)
        self.found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.ideas_button = button("Ideas…", self.browse_ideas)
        self.import_button = button("Import…", self.context.actions.import_use_cases)
        self.scope_button = button("Scope", self._open_current)
        self.delete_button = button("Delete", self.delete_selected)
        SinglePress(self.delete_button)
        QShortcut("Ctrl+F", self, self.search.setFocus)
        return flow(
            heading("Portfolio", "page"),
            None,
            self.found,
            self.search,
            self.delete_button,
            self.scope_button,
            self.ideas_button,
            self.import_button,
        )

    def _make_add_line(self) -> QWidget:
        holder = QWidget()
        self.new_title = Line(
            "Add a use case: type a title and press Enter (Ctrl+N)", "Title of a new use case"
        )
        self.new_title.returnPressed.connect(self._add)
        self.add_button = button("Add", self._add, kind="primary")
        holder.setLayout(row(self.new_title, self.add_button))
        self.problem = ProblemLine()
        self.new_title.textChanged.connect(lambda _: self.problem.say(""))
        outer = QWidget()
        layout = QVBoxLayout(outer)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(holder)
        layout.addWidget(self.problem)
        return outer

    def _make_empty(self) -> QWidget:
        card = Card(
            "No use cases yet",
            "Add the first one above, start from an idea of the library, or import a list from "
            "Excel or CSV. You choose which column is what before anything is stored.",
        )
        card.body.addLayout(
            row(
                button("Browse ideas", self.browse_ideas),
                button("Import from Excel", self.context.actions.import_use_cases),
                None,
            )
        )
        card.body.addStretch(1)
        return card

    def _make_nothing_found(self) -> QWidget:
        card = Card("Nothing found", "No use case contains these words.")
        card.body.addWidget(
            button("Clear the search", self.search.clear), alignment=Qt.AlignmentFlag.AlignLeft
        )
        card.body.addStretch(1)
        return card

    # ------------------------------------------------------------ showing

    def dress(self) -> None:
        """Take the present zoom."""
        self.view.scale()
        self.search.setFixedWidth(self.theme.px(_SEARCH))

    def show_board(self, board: Board, changes: Changes) -> None:
        """Show the use cases of a board."""
        has_focus = self.view.hasFocus()
        self.view.show_board(board)
        self._show_state()
        if has_focus and not self.view.isVisible() and self.entry:
            self.entry.setFocus()
        if self._wanted:
            self.view.select(self._wanted)
            self._wanted = None
        elif self.view.current is None:
            self.view.selectRow(0)

    def select(self, use_case_id: UUID) -> None:
        """Bring a use case into view."""
        self.view.select(use_case_id)

    @property
    def subject(self) -> UUID | None:
        """The use case that is selected."""
        return self.view.current

    def start_adding(self) -> None:
        """Put the cursor where a new title is typed."""
        self.new_title.setFocus()

    def _show_state(self) -> None:
        board = self.view.table.board
        total = len(board.use_cases) if board else 0
        shown = self.view.table.rowCount()
        self._stack.setCurrentIndex(0 if shown else 2 if total else 1)
        self.entry = self.view if total else self.new_title
        longest = "".join("0" if c.isdigit() else c for c in f"{total:,} of {total:,}")
        letters = self.found.fontMetrics().horizontalAdvance(longest)
        self.found.setFixedWidth(letters + self.theme.px(4))
        self.found.setText(f"{shown:,} of {total:,}" if shown != total else "")
        for widget in (self.scope_button, self.delete_button):
            widget.setEnabled(bool(shown))

    def _search(self, text: str) -> None:
        current = self.view.current
        self.view.table.set_filter(text)
        self._show_state()
        if current is not None and self.view.table.row_of(current) is not None:
            self.view.select(current)
        elif self.view.table.rowCount():
            self.view.selectRow(0)

    def _explain(self, use_case_id: UUID) -> None:
        from ui.shared.explanation import Explanation

        if self.session.board:
            Explanation(self, self.context, self.session.board, use_case_id).open()

    # ------------------------------------------------------------ changing

    def _add(self) -> None:
        from scoper.commands import use_cases

        title = self.new_title.text().strip()
        if not title:
            self.new_title.setFocus()
            return
        self._wanted = added = uuid4()
        self.search.clear()
        self.session.run(
            lambda store: use_cases.create(store, title=title, use_case_id=added),
            done=lambda _: self.new_title.clear(),
            refused=self._refused,
        )

    def browse_ideas(self) -> None:
        """Show the ideas of the library; the one chosen becomes a use case."""
        from scoper.scoping.catalogues import IDEAS
        from ui.shared.catalogue_dialog import CatalogueDialog

        dialog = CatalogueDialog(self.window(), self.theme, IDEAS)
        dialog.chosen.connect(lambda idea: self._start_from(idea.id))
        dialog.ask(self.context.latest)

    def _start_from(self, idea_id: str) -> None:
        from scoper.commands import ideas

        self._wanted = added = uuid4()
        self.search.clear()
        self.session.run(
            lambda store: ideas.start_from_idea(store, idea_id=idea_id, use_case_id=added),
            done=self.context.notice.did,
        )

    def _refused(self, error: ScoperError) -> None:
        self._wanted = None
        self.problem.refuse(error)

    def _open_current(self) -> None:
        if self.view.current:
            self.context.go("scope", self.view.current)

    def delete_selected(self) -> None:
        """Delete the selected use cases; the notice offers to bring them back."""
        from scoper.commands import use_cases

        if self.view.selected:
            self.view.setFocus()
            chosen = self.view.selected
            self.session.run(
                lambda store: use_cases.remove(store, use_case_ids=chosen),
                done=self.context.notice.did,
            )


PAGE = PortfolioPage
