"""Imports ratings from a table: all of them, or none and every reason why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scoper.errors import Cancelled, ScoperError, StorageError
from scoper.text import plural
from ui.bridge.context import Context
from ui.features.importing.foot import ImportFoot
from ui.features.importing.plan import ImportPlanView
from ui.kit.asking.dialog import Dialog
from ui.kit.basics import Card, heading, label, tick_box

if TYPE_CHECKING:
    from scoper.commands.rating_imports import RatingsReport
    from scoper.exchange.tables import Table
    from scoper.snapshot import Done

_PREVIEW_ROWS = 50
_WIDTHS = (170, 220, 190, 80)


class RatingsDialog(Dialog):
    """The first rows of the table, and whether new people are welcome."""

    def __init__(self, context: Context, table: Table) -> None:
        super().__init__(context.window, context.theme, "Import ratings", (820, 640))
        self._session, self._notice, self._table = context.session, context.notice, table
        self._people = _column_of_people(table)
        layout = self.body
        layout.addWidget(heading("Import ratings", "page"))
        layout.addWidget(
            label(
                "One row for each participant, use case and criterion. A rating is a number on "
                "the scale, A to abstain, or empty to take a rating away. Use cases and criteria "
                "are named by key or title.",
                secondary=True,
                wrap=True,
            )
        )
        self.plan, self.foot = ImportPlanView(context.theme), ImportFoot()
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 4)
        card.body.addWidget(self.plan)
        layout.addWidget(card, 1)
        self.add_people = tick_box("Add people who are not in the portfolio yet")
        self.add_people.toggled.connect(lambda _: self.foot.say("", possible=True))
        layout.addWidget(self.add_people)
        self.foot.asked.connect(self._import)
        self.foot.left.connect(self._leave)
        layout.addWidget(self.foot)
        self._waits = False
        self._session.saving_changed.connect(self._saved_again)
        self._session.saved.connect(self._saved_again)
        self._show_table()
        self.foot.import_button.setFocus()

    def reject(self) -> None:
        """Stop the import that runs; close otherwise."""
        self.foot.cancel()

    def _saved_again(self) -> None:
        """Take back that nothing could be saved."""
        saving = self._session.saving
        if self._waits and not saving.unsaved and saving.lost is None:
            self._waits = False
            self.foot.say("", possible=True)

    def _leave(self) -> None:
        super().reject()

    def _show_table(self) -> None:
        table = self._table
        rows = [
            [line.raw(place) for place in range(len(table.headers))]
            for line in table.rows[:_PREVIEW_ROWS]
        ]
        self.plan.show_plan(f"{table.name}: {plural(len(table.rows), 'row')}", (), ())
        self.plan.show_preview(table.headers, rows, _WIDTHS)
        self.foot.say("", possible=True)

    def _import(self) -> None:
        from scoper.commands.rating_imports import import_ratings

        self.foot.start()
        table, add, report = self._table, self.add_people.isChecked(), self.foot.report
        self._session.run(
            lambda store: import_ratings(store, table=table, add_participants=add, progress=report),
            done=self._imported,
            refused=self._refused,
        )

    def _imported(self, changes: Done[RatingsReport]) -> None:
        report = changes.value
        self.foot.end()
        said = [f"Imported {plural(report.entered, 'rating')}"]
        if report.abstained:
            said.append(plural(report.abstained, "abstention"))
        if report.cleared:
            said.append(f"{report.cleared:,} taken away")
        if report.added:
            said.append(plural(len(report.added), "new participant"))
        self.accept()
        self._notice.did(changes, text=", ".join(said))

    def _refused(self, error: ScoperError) -> None:
        self.foot.end()
        if isinstance(error, Cancelled):
            return
        problems = getattr(error, "problems", ())
        if not problems:
            self._waits = isinstance(error, StorageError)
            self.foot.say(str(error), possible=self._waits)
            return
        self.plan.show_plan(
            f"Nothing was imported: {plural(len(problems), 'problem')}",
            [(f"{found.row:,}", found.column, found.problem) for found in problems],
            (),
            prefix="",
        )
        self.plan.tabs.setCurrentIndex(1)
        said = "Put the rows right in the file and choose it again."
        if not self.add_people.isChecked() and any(f.column == self._people for f in problems):
            said = f"If the people are right, tick the box above. Otherwise: {said.lower()}"
        self.foot.say(said, possible=False)


def _column_of_people(table: Table) -> str:
    from scoper.commands.rating_imports import RATING_TARGETS
    from scoper.exchange.mapping import guess

    return guess(table.headers, RATING_TARGETS).headers.get("participant", "")
