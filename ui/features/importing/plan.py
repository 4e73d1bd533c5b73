"""What an import would do: counts, the first rows as they would be, and every problem."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStackedWidget,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.kit.basics import heading, label, row
from ui.kit.look.theme import Theme
from ui.kit.tables.plain_table import PlainTable

PROBLEMS_SHOWN = 1_000
_PREVIEW_WIDTHS = (260, 92, 56)
Finding = tuple[str, str, str]
"""Row, column and what there is to say, as text."""


class ImportPlanView(QWidget):
    """Shows a plan; the tab of problems comes to the front when rows are rejected."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.headline = heading("Checking…")
        self.headline.setWordWrap(True)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Preview")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab("First rows")
        self.tabs.addTab("Problems")
        self.preview, self.problems = PlainTable(), PlainTable()
        self.preview_view = self._make_view(self.preview, "First rows")
        self.problems_view = self._make_view(self.problems, "Problems")
        self._nothing = label("Every row can be imported as it is.", secondary=True, wrap=True)
        self._nothing.setContentsMargins(12, 12, 12, 12)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget()
        for widget in (self.preview_view, self.problems_view, self._nothing):
            self._stack.addWidget(widget)
        self.tabs.currentChanged.connect(lambda _: self._show_tab())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        top = row(self.headline)
        top.setContentsMargins(16, 12, 16, 0)
        layout.addLayout(top)
        tabs = row(self.tabs)
        tabs.setContentsMargins(8, 0, 8, 0)
        layout.addLayout(tabs)
        layout.addWidget(self._stack, 1)
        self._shape_problems()

    def show_checking(self) -> None:
        """Say that the counts are on their way; the tables stay."""
        self.headline.setText("Checking…")

    def show_preview(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int] = _PREVIEW_WIDTHS,
    ) -> None:
        """Show the first rows as they would be imported; ``widths`` are of the first columns."""
        self.preview.show(headers, rows)
        view = self.preview_view.horizontalHeader()
        view.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column in range(len(headers)):
            wide = widths[column] if column < len(widths) else 150
            self.preview_view.setColumnWidth(column, self._theme.px(wide))

    def show_plan(
        self,
        headline: str,
        rejected: Sequence[Finding],
        notes: Sequence[Finding],
        *,
        prefix: str = "Not imported: ",
    ) -> None:
        """Show the counts and what there is to say about single rows, the rejected ones first."""
        self.headline.setText(headline)
        count = len(rejected) + len(notes)
        found = [(where, column, f"{prefix}{text}") for where, column, text in rejected]
        found += [(where, column, text[:1].upper() + text[1:]) for where, column, text in notes]
        found = found[:PROBLEMS_SHOWN]
        if count > PROBLEMS_SHOWN:
            found.append(("", "", f"… and {count - PROBLEMS_SHOWN:,} more"))
        self.problems.show(("Row", "Column", "What to know"), found)
        title = "Problems" if rejected or not count else "Notes"
        self.tabs.setTabText(1, f"{title} ({count:,})" if count else title)
        self._shape_problems()
        self._show_tab()

    def _show_tab(self) -> None:
        chosen = self.tabs.currentIndex()
        self._stack.setCurrentIndex(2 if chosen == 1 and not self.problems.rowCount() else chosen)

    def _shape_problems(self) -> None:
        px, header = self._theme.px, self.problems_view.horizontalHeader()
        if self.problems.columnCount() == 3:
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
            self.problems_view.setColumnWidth(0, px(64))
            self.problems_view.setColumnWidth(1, px(120))
        rows = self.problems_view.verticalHeader()
        rows.setMinimumSectionSize(px(34))
        self.problems_view.setStyleSheet(f"QTableView::item {{ padding: {px(5)}px {px(8)}px; }}")
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.problems_view.setWordWrap(True)

    def _make_view(self, model: PlainTable, name: str) -> QTableView:
        view = QTableView()
        view.setModel(model)
        view.setAccessibleName(name)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setStyleSheet("QAbstractScrollArea::corner { background: transparent; border: none; }")
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(self._theme.px(32))
        view.horizontalHeader().setHighlightSections(False)
        return view
