"""Imports use cases from a table: choose what is what, see what would happen, then do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QScrollArea,
    QSplitter,
)

from scoper.errors import Cancelled, ScoperError
from scoper.files import free_path, safe_name
from scoper.settings import portfolio_folder
from scoper.text import clean_line, join, plural, shorten
from ui.bridge.context import Context
from ui.bridge.latest import Check
from ui.features.importing.columns import FileColumn, ImportColumns
from ui.features.importing.foot import ImportFoot
from ui.features.importing.plan import Finding, ImportPlanView
from ui.kit.asking.dialog import Dialog
from ui.kit.asking.file_choice import file_to_read
from ui.kit.basics import Card, heading, label, row
from ui.kit.fields.picker import Picker

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.commands import imports
    from scoper.exchange.mapping import ColumnMapping
    from scoper.exchange.tables import Table
    from scoper.snapshot import Changes, Done, UseCase

FILTER: Final = "Tables (*.csv *.tsv *.txt *.xlsx *.xlsm);;All files (*)"
_EXAMPLES: Final = 3
_PREVIEW_ROWS: Final = 50
_WIDE: Final = 900
_MOMENT: Final = 120
"""Milliseconds to wait after a choice, so that quick changes cost one plan."""
_ACTIONS: Final = {
    "create": "New",
    "update": "Updated",
    "skip": "Unchanged",
    "reject": "Not imported",
}


def start_import(context: Context) -> None:
    """Ask for a table, read it, and show what could be imported."""
    _read_table(context, "Import use cases", lambda path, table: ImportDialog(context, path, table))


def start_ratings_import(context: Context) -> None:
    """Ask for a table of ratings, read it, and offer to import it."""
    from ui.features.importing.ratings_dialog import RatingsDialog

    _read_table(context, "Import ratings", lambda _, table: RatingsDialog(context, table))


def _read_table(context: Context, title: str, dialog: Callable[[Path, Table], Dialog]) -> None:
    from scoper.exchange.tables import read_table

    path = file_to_read(context.window, title, Path.home(), FILTER)
    if path is not None:
        context.flush()
        context.tasks.run(
            context.window,
            f"Reading {path.name}",
            lambda progress: read_table(path, progress=progress),
            lambda table: dialog(path, table).open(),
        )


class ImportDialog(Dialog):
    """The columns at the left, what would come of them at the right."""

    def __init__(self, context: Context, path: Path, table: Table) -> None:
        super().__init__(context.window, context.theme, "Import use cases", (1400, 860))
        self._context, self._path = context, path
        self._table = table
        self._plan: imports.ImportPlan | None = None
        self._said = ""
        context.session.board_changed.connect(self._board_changed)
        self._build()
        self._turn()
        self._show_table(table)
        self.columns.setFocus()

    # ------------------------------------------------------------ building

    def _build(self) -> None:
        layout = self.body
        self._title = heading("Import use cases", "page")
        self._about = label(secondary=True, wrap=True)
        self._sheet_label = label("Sheet", secondary=True)
        self.sheets = Picker("Sheet", letters=16)
        self.sheets.chosen.connect(lambda _: self._read_sheet())
        top = row(self._title, 8, self._about, self._sheet_label, self.sheets, spacing=8)
        top.setStretch(2, 1)
        layout.addLayout(top)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(14)
        self.columns = ImportColumns(self._theme)
        self.columns.changed.connect(self._mapped)
        self.plan = ImportPlanView(self._theme)
        for part, share in ((self.columns, 11), (self.plan, 9)):
            card = Card()
            card.body.setContentsMargins(4, 4, 4, 4)
            card.body.addWidget(part)
            self._split.addWidget(card)
            self._split.setStretchFactor(self._split.count() - 1, share)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._split)
        layout.addWidget(scroll, 1)
        self.foot = ImportFoot()
        self.foot.asked.connect(self._import)
        self.foot.left.connect(self._leave)
        layout.addWidget(self.foot)

    def _turn(self) -> None:
        """Put the plan below the columns where there is no room beside them."""
        px, width = self._theme.px, self.width()
        wide = width >= px(_WIDE)
        self._split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        self._split.setSizes([width * 11 // 20, width * 9 // 20] if wide else [1, 1])
        self._split.setMinimumHeight(0 if wide else px(480))

    # ------------------------------------------------------------ the table

    def _show_table(self, table: Table) -> None:
        from scoper.exchange.mapping import guess
        from scoper.exchange.targets import TARGETS

        self._table = table
        guessed = guess(table.headers)
        self._about.setText(
            f"{table.name}: {plural(len(table.rows), 'row')}, "
            f"{plural(len(table.headers), 'column')}"
        )
        several = len(table.sheets) > 1
        self._sheet_label.setVisible(several)
        self.sheets.setVisible(several)
        self.sheets.offer([(sheet, sheet) for sheet in table.sheets])
        self.sheets.choose(table.sheet)
        labels = {target.field: target.label for target in TARGETS}
        self._said = " ".join(
            f"{labels[field]} could be {join([f'“{shorten(r, 40)}”' for r in rivals], 'or')}: "
            "choose one."
            for field, rivals in guessed.ambiguous.items()
        )
        places = {header: place for place, header in enumerate(table.headers)}
        self.columns.show_columns(
            [FileColumn(header, _examples(table, place)) for header, place in places.items()],
            [(target.field, target.label) for target in TARGETS],
            {
                field: places[header]
                for field, header in guessed.headers.items()
                if field not in guessed.ambiguous
            },
        )
        self._replan()

    def _read_sheet(self) -> None:
        from scoper.exchange.tables import read_table

        path, sheet = self._path, self.sheets.value
        if sheet == self._table.sheet:
            return
        self._plan = None
        self.plan.headline.setText(f"Reading {sheet}…")
        self._say("")
        self._context.latest.ask(
            self,
            lambda check: read_table(path, sheet=sheet, progress=lambda *_: check()),
            self._show_table,
            failed=self._failed,
            delay=_MOMENT,
        )

    # ------------------------------------------------------------ the plan

    def _mapping(self) -> ColumnMapping:
        from scoper.exchange.mapping import ColumnMapping
        from scoper.exchange.targets import TARGETS

        chosen, headers = self.columns.mapping(), self._table.headers
        return ColumnMapping(
            {t.field: headers[chosen[t.field]] for t in TARGETS if t.field in chosen}
        )

    def _mapped(self) -> None:
        self._said = ""
        self._replan()

    def _replan(self) -> None:
        self._plan = None
        table, mapping = self._table, self._mapping()
        if "title" not in mapping.headers:
            self._context.latest.forget(self)
            self.plan.headline.setText("Nothing to import yet")
            self.plan.show_preview((), ())
            self._say(self._said or "Choose the column that holds the title of each use case.")
            return
        self.plan.show_checking()
        self._say(self._said)
        board = self._context.session.board
        use_cases = board.use_cases if board else ()
        self._context.latest.ask(
            self,
            partial(_planned, use_cases, table, mapping),
            self._show_plan,
            failed=self._failed,
            delay=_MOMENT,
        )

    def _board_changed(self, _: Board, changes: Changes) -> None:
        """Plan again for what is in the portfolio now, unless it is this import that changes it."""
        has_table = self.sheets.value == self._table.sheet
        if has_table and self._split.isEnabled() and changes:
            self._replan()

    def _failed(self, error: Exception) -> None:
        self.plan.headline.setText("This cannot be imported as it is")
        self._say(str(error) if isinstance(error, ScoperError) else "")

    def _show_plan(self, plan: imports.ImportPlan) -> None:
        report = plan.report
        parts = [f"{report.created:,} new", f"{report.updated:,} updated"]
        if report.skipped:
            parts.append(f"{report.skipped:,} unchanged or empty")
        parts.append(f"{len(report.rejected):,} rejected")
        self._plan = plan
        self.plan.show_plan(
            ", ".join(parts),
            [(f"{found.row:,}", found.column, found.problem) for found in report.rejected],
            [_finding(note) for note in report.notes],
        )
        self.plan.show_preview(*_preview(self._table, plan, self._mapping()))
        self._say(self._said or _obstacle(plan))

    def _say(self, text: str) -> None:
        """Show what to do; the import is possible once there is a plan that changes something."""
        report = self._plan.report if self._plan else None
        changed = report.changed if report else 0
        name = f"Import {plural(changed, 'use case')}" if changed else "Import"
        self.foot.say(text, possible=changed > 0, name=name)

    # ------------------------------------------------------------ importing

    def _import(self) -> None:
        from scoper.commands import imports

        session = self._context.session
        self.foot.start()
        self._split.setEnabled(False)
        self.sheets.setEnabled(False)
        if session.path is None:
            name = safe_name(self._path.stem, "AI use cases")
            path = free_path(portfolio_folder(), name, ".scoper")
            session.create(path, title=clean_line(self._path.stem))
        table, mapping, report = self._table, self._mapping(), self.foot.report
        session.run(
            lambda store: imports.import_use_cases(
                store, table=table, mapping=mapping, progress=report
            ),
            done=self._imported,
            refused=self._refused,
        )

    def _imported(self, changes: Done[imports.ImportReport]) -> None:
        context, report = self._context, changes.value
        self.foot.end()
        said = f"Imported {plural(report.changed, 'use case')}"
        if report.rejected:
            said += f", left out {plural(len(report.rejected), 'row')}"
        self.accept()
        context.go("portfolio")
        context.notice.did(changes, text=said)

    def _refused(self, error: ScoperError) -> None:
        self.foot.end()
        self._split.setEnabled(True)
        self.sheets.setEnabled(True)
        self._say("" if isinstance(error, Cancelled) else str(error))

    def reject(self) -> None:
        """Stop the import that runs; close otherwise."""
        self.foot.cancel()

    def _leave(self) -> None:
        super().reject()

    def done(self, result: int) -> None:
        """Stop planning."""
        self._context.latest.forget(self)
        super().done(result)


def _planned(
    use_cases: Sequence[UseCase], table: Table, mapping: ColumnMapping, check: Check
) -> imports.ImportPlan:
    """Return what the import would do to these use cases."""
    from scoper.commands import imports

    return imports.plan_for(use_cases, table=table, mapping=mapping, progress=lambda *_: check())


def _examples(table: Table, place: int) -> tuple[str, ...]:
    """Return the first distinct values of a column, short enough to show beside one another."""
    found: list[str] = []
    for line in table.rows:
        text = shorten(line.raw(place)[:200], 40)
        if text and text not in found:
            found.append(text)
            if len(found) == _EXAMPLES:
                break
    return tuple(found)


def _preview(
    table: Table, plan: imports.ImportPlan, mapping: ColumnMapping
) -> tuple[list[str], list[list[str]]]:
    from scoper.exchange.targets import TARGETS

    labels = {target.field: target.label for target in TARGETS}
    places = {header: place for place, header in enumerate(table.headers)}
    lines = {line.number: line for line in table.rows[:_PREVIEW_ROWS]}
    others = [(f, places[h]) for f, h in mapping.headers.items() if f != "title"]
    rows = [
        [planned.title, _ACTIONS[planned.action.value], f"{planned.row:,}"]
        + [_shown(planned.values.get(f), lines[planned.row].text(place)) for f, place in others]
        for planned in plan.rows[:_PREVIEW_ROWS]
        if planned.row in lines
    ]
    return ["Title", "Import", "Row", *(labels[field] for field, _ in others)], rows


def _shown(value: Any, written: str) -> str:
    if value is None:
        return written
    if isinstance(value, float):
        return f"{value:,.10g}"
    return str(getattr(value, "label", value))


def _finding(note: Any) -> Finding:
    return (f"{note.row:,}" if note.row else "", note.column or "", note.text)


def _obstacle(plan: imports.ImportPlan) -> str:
    report = plan.report
    if report.changed:
        return ""
    if report.rejected:
        return "No row can be imported. The problems say why."
    return "Every row is in the portfolio already."
