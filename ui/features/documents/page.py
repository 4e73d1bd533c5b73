"""Documents drawn from the portfolio: read them here, export them from here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from scoper.errors import ScoperError
from scoper.exchange.exporters import DOCUMENTS
from scoper.text import plural
from ui.bridge.context import Context
from ui.bridge.exports import export
from ui.bridge.page import Page
from ui.features.documents.document_view import DocumentView
from ui.features.documents.sections import Sections
from ui.kit.basics import Banner, Card, button, column, heading, label, row
from ui.kit.fields.place import Place
from ui.kit.fields.search_line import SearchLine
from ui.kit.layout.beside import Beside
from ui.kit.layout.flow import Flow, flow
from ui.kit.tables.use_case_chooser import UseCaseChooser

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.exchange.documents import Document
    from scoper.exchange.documents.outline import Kind
    from scoper.snapshot import Changes
    from ui.bridge.latest import Check
    from ui.kit.fields.editor import Editor

_WIDE: Final = 600
"""Below this width, at 100 %, the document stands below the list."""
_MAIN_LEAST: Final = 690
_SIDE_LEAST: Final = 236
"""Widths in pixels, before zoom, of list and document, and of what stands beside them."""
_ANY: Final = 16_777_215
"""No limit: the largest size Qt knows."""
_WORKBOOK: Final = "The whole portfolio for Excel. Its formulas recompute when a number is changed."


class DocumentsPage(Page):
    """The list at the left, the document in the middle, what to do with it at the right."""

    HELP = (
        "Choose a use case and read its PR-FAQ, PRD or brief. It is drafted from the five "
        "steps: change them and it follows.\n\n"
        "Edit a section where the draft is not good enough yet: from then on it stays as you "
        "wrote it. When the steps change later it is marked ↻, and you keep yours, take the new "
        "draft or keep both. Send sections to review and approve them there.\n\n"
        "What is not known yet is marked “to be written”. “Go to Scope” leads to the steps that "
        "fill the gaps.\n\n"
        "Export writes exactly what the preview shows. The ranked workbook holds the whole "
        "portfolio for Excel."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._wanted: UUID | None = None
        self.shown: tuple[UUID, str] | None = None
        self._asked: tuple[Board, UUID, Kind] | None = None
        self.document: Document | None = None
        self._suffix = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 0)
        layout.setSpacing(12)
        body = self._make_body()
        layout.addLayout(self._make_top())
        self._pages = QStackedWidget()
        self._pages.addWidget(body)
        self._pages.addWidget(self._make_empty())
        layout.addWidget(self._pages, 1)
        self._share_room()

    # ------------------------------------------------------------ building

    def _make_top(self) -> Flow:
        self.markdown_button = button("Markdown", lambda: self._export(".md"))
        self.pdf_button = button("PDF", lambda: self._export(".pdf"))
        self.docx_button = button("Export DOCX", lambda: self._export(".docx"), kind="primary")
        self.markdown_button.setAccessibleName("Export Markdown")
        self.pdf_button.setAccessibleName("Export PDF")
        buttons = (self.markdown_button, self.pdf_button, self.docx_button)
        return flow(heading("Documents", "page"), None, self._beside.toggle, *buttons)

    def _make_body(self) -> QWidget:
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(16)
        self._list_card, self._paper, self._side = (
            self._make_list(),
            self._make_paper(),
            self._make_side(),
        )
        self._body.addWidget(self._list_card)
        self._body.addWidget(self._paper, 1)
        main = QWidget()
        main.setLayout(self._body)
        self._beside = Beside(
            self.theme,
            main,
            self._side,
            name="Sections and gaps",
            least=_MAIN_LEAST,
            wide=_SIDE_LEAST,
        )
        return self._beside

    def _make_list(self) -> QWidget:
        self.search = SearchLine("Search (Ctrl+F)", "Search use cases")
        self.search.textChanged.connect(self._search)
        find = button("", self.search.setFocus)
        find.setShortcut("Ctrl+F")
        find.setFixedSize(0, 0)
        find.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = UseCaseChooser(self.theme)
        self.list.setAccessibleName("Use cases")
        self.search.steer(self.list)
        self.list.chosen.connect(lambda _: self._write())
        self.entry = self.list
        self._nothing = label("No use case contains these words.", secondary=True, wrap=True)
        self._nothing.setContentsMargins(8, 0, 8, 0)
        card = Card()
        card.body.setContentsMargins(4, 8, 4, 4)
        top = row(self.search, find, spacing=0)
        top.setContentsMargins(6, 0, 6, 0)
        card.body.addLayout(top)
        card.body.addWidget(self._nothing)
        card.body.addWidget(self.list, 1)
        return card

    def _make_paper(self) -> QWidget:
        self.kinds = QTabBar()
        self.kinds.setAccessibleName("Document")
        self.kinds.setDrawBase(False)
        self.kinds.setExpanding(False)
        for document in DOCUMENTS:
            self.kinds.addTab(document.title)
        self.kinds.currentChanged.connect(lambda _: self._write())
        self.view = DocumentView(self.theme)
        self.view.setAccessibleName("Preview")
        card = Card()
        card.body.setContentsMargins(8, 4, 8, 8)
        self.sections = Sections(self.context, self)
        self.sections.reached.connect(self._reach)
        self.sections.shown.connect(self.recall)
        self.sections.editing.connect(self._show_editor)
        self._sheets = QStackedWidget()
        self._sheets.addWidget(self.view)
        self._sheets.addWidget(self.sections.editor)
        self._fault_banner = Banner("warning")
        self._fault_banner.hide()
        self.fault = label(wrap=True)
        self._fault_banner.body.addWidget(self.fault)
        card.body.addWidget(self.kinds)
        card.body.addWidget(self._fault_banner)
        card.body.addWidget(self._sheets, 1)
        return card

    def _make_side(self) -> QWidget:
        gaps = Card()
        self.gaps = heading("")
        self.gaps.setWordWrap(True)
        self.gaps_help = label(secondary=True, wrap=True)
        self.scope_button = button("Go to Scope", self._go_to_scope)
        for widget in (self.gaps, self.gaps_help):
            gaps.body.addWidget(widget)
        gaps.body.addWidget(self.scope_button, alignment=Qt.AlignmentFlag.AlignLeft)
        workbook = Card("Ranked workbook", _WORKBOOK)
        self.workbook_button = button("Export workbook", self._export_workbook)
        workbook.body.addWidget(self.workbook_button, alignment=Qt.AlignmentFlag.AlignLeft)
        side = QWidget()
        layout = column(self.sections.card, gaps, workbook, spacing=14)
        layout.setStretch(0, 1)
        side.setLayout(layout)
        return side

    def _make_empty(self) -> QWidget:
        card = Card(
            "No use case yet",
            "Every use case has a PR-FAQ and a PRD as soon as it exists. Add the first one on "
            "the portfolio page.",
        )
        self.portfolio_button = button(
            "Go to the portfolio", lambda: self.context.go("portfolio", None)
        )
        card.body.addWidget(self.portfolio_button, alignment=Qt.AlignmentFlag.AlignLeft)
        card.body.addStretch(1)
        return card

    # ------------------------------------------------------------ showing

    def dress(self) -> None:
        """Take the sizes of the present zoom."""
        self._share_room()

    def show_portfolio(self, board: Board) -> None:
        """Show the list and write the document anew, also where only its looks are others."""
        self._asked = None
        super().show_portfolio(board)

    def show_board(self, board: Board, changes: Changes) -> None:
        """Show the list in its present order and write the document anew."""
        before = self._wanted or self.list.current
        self._wanted = None
        self.list.table.show_board(board)
        self._show_state()
        if not self.list.select(before):
            self.list.select(self.list.table.use_case_at(0))
        self._write()

    def select(self, use_case_id: UUID) -> None:
        """Show the document of a use case."""
        if self.list.table.row_of(use_case_id) is None:
            self.search.clear()
        if not self.list.select(use_case_id):
            self._wanted = use_case_id

    @property
    def kind(self) -> Kind:
        """The kind of document that is shown."""
        return DOCUMENTS[max(0, self.kinds.currentIndex())].id

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts below one another where there is no room beside one another."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        px = self.theme.px
        wide = self.width() >= px(_WIDE)
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        card = self._list_card
        card.setMinimumSize(px(256) if wide else 0, px(200))
        card.setMaximumSize(*((px(256), _ANY) if wide else (_ANY, px(200))))
        self._paper.setMinimumHeight(px(200 if wide else 300))
        self.sections.list.setMinimumHeight(px(140))

    def _show_state(self) -> None:
        board = self.list.table.board
        self._pages.setCurrentIndex(0 if board and board.use_cases else 1)
        found = bool(self.list.table.rowCount())
        self._nothing.setVisible(not found)
        self.list.setVisible(found)
        chosen = self.list.current is not None
        for widget in (self.markdown_button, self.pdf_button, self.docx_button):
            widget.setEnabled(chosen)

    def _search(self, text: str) -> None:
        before = self.list.current
        self.list.table.set_filter(text)
        self._show_state()
        if not self.list.select(before):
            self.list.select(self.list.table.use_case_at(0))
        self._write()

    # ------------------------------------------------------------ writing

    def _write(self) -> None:
        """Have the document written off the UI thread; only the newest one asked for is shown."""
        board, use_case_id = self.list.table.board, self.list.current
        self._show_state()
        if board is None or use_case_id is None:
            self._asked = None
            self.context.latest.forget(self)
            return
        wanted = (board, use_case_id, self.kind)
        if wanted == self._asked:
            return
        self._asked = wanted
        self.context.latest.ask(
            self,
            partial(_drafted, *wanted),
            partial(self._show, use_case_id, self.kind),
            failed=partial(self._show_failure, use_case_id, self.kind),
        )

    def _show_failure(self, use_case_id: UUID, kind: Kind, error: Exception) -> None:
        from scoper.exchange.documents import MARK

        self.shown, self.document = (use_case_id, kind), None
        self.sections.show_document(use_case_id, kind, None, MARK)
        is_known = isinstance(error, ScoperError)
        self.view.setPlainText(str(error) if is_known else "This document could not be drafted.")
        self.gaps.setText("Not written")
        self.gaps_help.clear()

    def _show(self, use_case_id: UUID, kind: Kind, document: Document) -> None:
        from scoper.exchange.documents import MARK

        same = self.shown == (use_case_id, kind)
        self.shown, self.document = (use_case_id, kind), document
        self.sections.show_document(use_case_id, kind, document, MARK)
        self.view.show_markdown(document.markdown, MARK, keep_place=same)
        self._show_gaps(document.gaps)
        self._show_fault(document.fault)
        if self._suffix:
            suffix, self._suffix = self._suffix, ""
            self._export(suffix)

    def _reach(self, section_id: str) -> None:
        self._beside.show_side(False)
        if self.document:
            self.view.show_heading(self.document.headings.get(section_id, 0))

    def _show_editor(self, is_open: bool) -> None:
        self._beside.show_side(False)
        self._sheets.setCurrentIndex(int(is_open))

    def flush(self) -> None:
        """Save what is still being typed in a section."""
        self.sections.flush()

    def fields(self) -> Iterator[tuple[Place, Editor]]:
        """Yield the fields of the section that is edited."""
        return self.sections.fields()

    def _show_fault(self, fault: str) -> None:
        self.fault.setText(fault)
        self._fault_banner.setVisible(bool(fault))

    def _show_gaps(self, gaps: int) -> None:
        self.gaps.setText(f"{plural(gaps, 'place')} to be written" if gaps else "Complete")
        self.gaps_help.setText(
            "The five steps ask for what is missing."
            if gaps
            else "Every part of this document has its content."
        )

    # ------------------------------------------------------------ acting

    def _export(self, suffix: str) -> None:
        board, use_case_id = self.list.table.board, self.list.current
        if self.sections.editor.pending:
            self._suffix = suffix
            self.flush()
        elif board and use_case_id:
            export(self.context, board, self.kind, use_case_id, suffix=suffix)

    @property
    def subject(self) -> UUID | None:
        """The use case whose document is shown."""
        return self.list.current

    def show_kind(self, kind: Kind) -> None:
        """Show another kind of document."""
        self.kinds.setCurrentIndex([document.id for document in DOCUMENTS].index(kind))

    def export_as(self, kind: Kind, suffix: str) -> None:
        """Export a kind of document of the use case in view."""
        self.show_kind(kind)
        self._export(suffix)

    def _export_workbook(self) -> None:
        if self.session.board:
            export(self.context, self.session.board, "workbook")

    def _go_to_scope(self) -> None:
        self.context.go("scope", self.list.current)


PAGE = DocumentsPage


def _drafted(board: Board, use_case_id: UUID, kind: Kind, _check: Check) -> Document:
    """Draft a document and have everything of it worked out here, off the UI thread."""
    from scoper.exchange.documents import compose

    document = compose(board, use_case_id, kind)
    for section in document.sections:
        _ = section.words, section.gaps
    _ = document.markdown, document.headings
    return document
