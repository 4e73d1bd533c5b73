"""The audit trail: when, who, what, and the value before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStackedWidget,
    QTableView,
)
from shiboken6 import isValid

from scoper.board import Board
from scoper.queries import AuditEntry, load_audit
from scoper.scoping.forms import label_of
from scoper.scoring.methods import METHODS, OWN
from scoper.terms import Aggregation, Decision, SectionState, Term
from scoper.text import fold
from ui.bridge.context import Context
from ui.features.library.section import LibrarySection
from ui.kit.basics import Card, button, label, row
from ui.kit.fields.search_line import SearchLine
from ui.kit.tables.plain_table import PlainTable

NEWEST = 5_000
"""How many entries are read and searched."""

_HEADERS = ("When", "Who", "What", "Before", "After", "Step")
_WIDTHS = (132, 90, 200, 70, 70, 130)
_WHAT_COLUMN, _BEFORE, _STEP_COLUMN = 2, 3, 5
_WHAT = {
    ("rating", "value"): "Rating of {}",
    ("rating", "abstained"): "Abstention from {}",
    ("criterion", "weight"): "Weight of {}",
    ("participant", "weight"): "Weight of {}",
    ("exclusion", "criterion_id"): "May not judge: {}",
    ("use_case", "decision"): "Decision on {}",
    ("use_case", "decision_reason"): "Reason for the decision on {}",
    ("use_case", "relevance_overruled"): "Verdict overruled on {}",
    ("section", "state"): "State of a section of {}",
}
_SHORTEST = QLocale.FloatingPointPrecisionOption.FloatingPointShortest.value
_TOLD_ONCE = ("exclusion", "participant_id")
"""Part of an exclusion, which is told as one line."""
_TERMS: dict[str, type[Term]] = {
    "aggregation": Aggregation,
    "decision": Decision,
    "state": SectionState,
}


class _Trail(QTableView):
    """A table whose third column takes the room the others leave, but never less than its own.

    The step an entry belongs to is left out where there is too little.
    """

    def __init__(self, widths: Sequence[int]) -> None:
        super().__init__()
        self._widths = widths

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the width."""
        super().resizeEvent(event)
        spare = self.viewport().width() - sum(self._widths)
        self.setColumnHidden(_STEP_COLUMN, spare < 0)
        if spare < 0:
            spare += self._widths[_STEP_COLUMN]
        for column, width in enumerate(self._widths):
            extra = max(0, spare) if column == _WHAT_COLUMN else 0
            self.setColumnWidth(column, width + extra)


class HistorySection(LibrarySection):
    """A table that is searched word by word."""

    TITLE = "History"
    ABOUT = (
        "Who changed a rating, a weight, the method or a decision, newest first. Nothing here can "
        "be changed or deleted; undoing a step leaves a line too."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.column.inner.setMaximumWidth(self.theme.px(4_000))
        self._rows: list[tuple[str, ...]] = []
        self._more = False
        self.search = SearchLine("Search (Ctrl+F)", "Search the history")
        self.search.setMaximumWidth(self.theme.px(300))
        self.search.textChanged.connect(self._filter)
        QShortcut("Ctrl+F", self, self.search.setFocus)
        self.found = label(secondary=True)
        self.table = PlainTable()
        self.view = self._make_view()
        self.stack = QStackedWidget()
        frame = Card()
        frame.body.setContentsMargins(4, 4, 4, 4)
        frame.body.addWidget(self.view)
        self.stack.addWidget(frame)
        self.stack.addWidget(self._message("Nothing yet", _NOTHING_YET))
        nothing = self._message("Nothing found", "No entry contains these words.")
        nothing.body.insertWidget(
            2, button("Clear the search", self.search.clear), 0, Qt.AlignmentFlag.AlignLeft
        )
        self.stack.addWidget(nothing)
        self.stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.column.body.setSpacing(10)
        self.column.body.addLayout(row(self.search, self.found, None, spacing=12))
        self.column.body.addWidget(self.stack, 1)

    def draw(self, board: Board) -> None:
        """Read the trail again; it is shown when it has come."""
        self.session.ask(self, lambda store: load_audit(store, limit=NEWEST + 1), self._show)

    # ------------------------------------------------------------ building

    def _make_view(self) -> QTableView:
        view = _Trail([self.theme.px(width) for width in _WIDTHS])
        self.table.show(_HEADERS, [])
        view.setModel(self.table)
        view.setAccessibleName("History")
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(self.theme.px(32))
        view.setMinimumHeight(self.theme.px(160))
        view.horizontalHeader().setHighlightSections(False)
        return view

    def _message(self, title: str, text: str) -> Card:
        card = Card(title, text)
        card.body.addStretch(1)
        return card

    # ------------------------------------------------------------ showing

    def _show(self, entries: Sequence[AuditEntry]) -> None:
        if not isValid(self):  # built anew in another theme while the trail was read
            return
        self._more = len(entries) > NEWEST
        worded = (_in_words(e) for e in entries[:NEWEST] if (e.entity, e.field) != _TOLD_ONCE)
        self._rows = [cells for cells in worded if cells[_BEFORE] != cells[_BEFORE + 1]]
        self._filter()

    def _filter(self) -> None:
        words = fold(self.search.text()).split()
        rows = [
            cells
            for cells in self._rows
            if not words or all(word in fold("\n".join(cells)) for word in words)
        ]
        self.table.show(_HEADERS, rows)
        self.stack.setCurrentIndex(0 if rows else 2 if self._rows else 1)
        self.found.setText(self._counted(len(rows)))

    def _counted(self, shown: int) -> str:
        total = len(self._rows)
        said = f"{shown:,} of {total:,}" if shown != total else f"{total:,}"
        return f"{said} newest entries" if self._more else f"{said} entries"


_NOTHING_YET = (
    "Rate a use case, change a weight or take a decision: each leaves a line here with the value "
    "before and after."
)


def _in_words(entry: AuditEntry) -> tuple[str, ...]:
    what = _WHAT.get((entry.entity, entry.field)) or label_of(entry.entity, entry.field)
    return (
        _when(entry.at),
        entry.who,
        what.format(entry.about or "something deleted long ago"),
        _value(entry.field, entry.old),
        _value(entry.field, entry.new),
        entry.action,
    )


def _when(at: dt.datetime) -> str:
    utc = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    moment = QDateTime.fromSecsSinceEpoch(int(utc.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def _default(path: str) -> str | None:
    """Return what a parameter is as long as nobody has set it, given by its path in the trail."""
    _, method_id, name = path.split(".", 2)
    stated = METHODS[method_id].parameters if method_id in METHODS else ()
    return next((str(each.if_absent) for each in stated if each.name == name), None)


def _value(field: str, stored: str | None) -> str:
    if stored is None and field.startswith("parameters."):
        stored = _default(field)
    if stored is None or stored == "":
        return "–"
    if stored == "True" or field == "criterion_id":
        return "yes"
    if field in _TERMS and stored in list(_TERMS[field]):
        return _TERMS[field](stored).label
    if field == "method" and stored == OWN:
        return "Formula of your own"
    if field == "method" and stored in METHODS:
        return METHODS[stored].title
    if field in ("decision_reason", "relevance_overruled"):
        return stored
    try:
        return QLocale().toString(float(stored), "f", _SHORTEST)
    except ValueError:
        return stored
