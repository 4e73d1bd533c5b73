"""What is edited in a step, as commands on the portfolio."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from PySide6.QtCore import QObject

from scoper.commands import items, use_cases
from scoper.scoping import LISTS, Kind
from scoper.scoping.stand_ins import first_values
from ui.bridge.context import Context
from ui.bridge.edits import asked_by
from ui.bridge.page import Page
from ui.kit.fields.editor import Editor
from ui.kit.fields.place import Place

if TYPE_CHECKING:
    from scoper.scoping.catalogues import CatalogueEntry
    from scoper.snapshot import Changes, UseCase


class Edits(QObject):
    """Changes the use case that is shown.

    ``new_item`` is the entry that was added last, until the page has put the cursor into it.
    """

    def __init__(self, page: Page, context: Context, costs: Callable[[], object]) -> None:
        super().__init__(page)
        self.use_case_id: UUID | None = None
        self.new_item: UUID | None = None
        self._page = page
        self._context = context
        self._session = context.session
        self._show_costs = costs

    @property
    def _shown(self) -> UUID:
        """The use case that is shown: there is one wherever something can be edited."""
        assert self.use_case_id is not None
        return self.use_case_id

    def answer(self, editor: Editor, value: Any) -> None:
        """Set a field of the use case."""
        use_case_id, field = self._shown, editor.field.name
        self._session.edit(
            lambda store, seen: use_cases.set_field(
                store, use_case_id=use_case_id, field=field, value=value, seen=seen
            ),
            asked_by(editor, value, Place.of(use_case_id, field=field)),
        )

    def answer_question(self, checklist: str, question: str, editor: Editor, answer: str) -> None:
        """Answer a question of a checklist; an empty answer takes it back."""
        from scoper.commands import answers

        use_case_id = self._shown
        self._session.edit(
            lambda store, seen: answers.set_answer(
                store,
                use_case_id=use_case_id,
                questionnaire=checklist,
                question=question,
                answer=answer,
                seen=seen,
            ),
            asked_by(editor, answer, Place.of(use_case_id, field=(checklist, question, "answer"))),
        )

    def answer_rest(self, checklist: str, answers: Mapping[str, str]) -> None:
        """Give questions of a checklist an answer in one step."""
        from scoper.commands import answers as commands

        use_case_id = self._shown
        self._session.run(
            lambda store: commands.set_answers(
                store, use_case_id=use_case_id, questionnaire=checklist, answers=answers
            )
        )

    def note(self, checklist: str, question: str, editor: Editor, text: str) -> None:
        """Say something on a question of a checklist."""
        from scoper.commands import answers

        use_case_id = self._shown
        self._session.edit(
            lambda store, seen: answers.set_answer(
                store,
                use_case_id=use_case_id,
                questionnaire=checklist,
                question=question,
                note=text,
                seen=seen,
            ),
            asked_by(editor, text, Place.of(use_case_id, field=(checklist, question, "note"))),
        )

    def grade(self, dataset_id: UUID, check: str, editor: Editor, grade: str) -> None:
        """Grade a data set by a check; an empty grade takes it back."""
        from scoper.commands import datasets

        self._session.edit(
            lambda store, seen: datasets.set_grade(
                store, dataset_id=dataset_id, check=check, grade=grade, seen=seen
            ),
            asked_by(editor, grade, Place.of(dataset_id, field=check)),
        )

    def budget_labelling(self, dataset_id: UUID) -> None:
        """Put what labelling takes into the costs."""
        from scoper.commands import datasets

        self._page.flush()
        self._session.run(
            lambda store: datasets.budget_labelling(store, dataset_id=dataset_id),
            done=lambda changes: self._context.notice.did(
                changes,
                ("Show the costs", self._show_costs),
                text="" if changes else "The costs hold this already",
            ),
        )

    def _use_case(self) -> UseCase | None:
        board = self._session.board
        if board is None or self.use_case_id not in board.portfolio.row_of:
            return None
        return board.use_cases[board.portfolio.row_of[self.use_case_id]]

    # ------------------------------------------------------------ entries of lists

    def edit_item(self, name: str, item_id: UUID, editor: Editor, value: Any) -> None:
        """Set a field of an entry."""
        field = editor.field.name
        self._session.edit(
            lambda store, seen: items.set_field(
                store, items=name, item_id=item_id, field=field, value=value, seen=seen
            ),
            asked_by(editor, value, Place.of(item_id, field=field)),
        )

    def add_item(self, name: str) -> None:
        """Add an entry with a stand-in title."""
        board, use_case = self._session.board, self._use_case()
        if board is None or use_case is None:
            return
        roles = board.portfolio.roles
        if LISTS[name].asks(Kind.ROLE) and not roles:
            self._context.notice.say(
                "There is no role yet that could do it",
                ("Open the library", partial(self._context.go, "library", None)),
            )
            return
        self.new_item = added = uuid4()
        use_case_id, values = use_case.id, first_values(name, use_case, roles)
        self._session.run(
            lambda store: items.add(
                store, use_case_id=use_case_id, items=name, values=values, item_id=added
            )
        )

    def remove_item(self, name: str, item_id: UUID) -> None:
        """Delete an entry; the notice offers to take that back."""
        self._session.run(
            lambda store: items.remove(store, items=name, item_ids=(item_id,)),
            done=self._say_done,
        )

    def move_item(self, name: str, item_id: UUID, by: int) -> None:
        """Move an entry up or down."""
        self._session.run(lambda store: items.move(store, items=name, item_id=item_id, by=by))

    def choose_item(self, name: str, *, is_one_entry: bool = True) -> None:
        """Offer the catalogue of a list; the cursor goes into what ``is_one_entry`` of it."""
        from scoper.scoping.offers import catalogue_for
        from ui.shared.catalogue_dialog import CatalogueDialog

        use_case_id, board = self.use_case_id, self._session.board
        if use_case_id is None or board is None:
            return
        catalogue = catalogue_for(name, board.portfolio, use_case_id)
        dialog = CatalogueDialog(self._page.window(), self._context.theme, catalogue)
        dialog.chosen.connect(
            lambda entry: self._take(name, use_case_id, entry, is_one_entry=is_one_entry)
        )
        dialog.ask(self._context.latest)

    def _take(
        self, name: str, use_case_id: UUID, entry: CatalogueEntry, *, is_one_entry: bool
    ) -> None:
        from scoper.commands import chosen

        board, added = self._session.board, uuid4() if is_one_entry else None
        self.new_item = added
        if board is not None:
            currency = board.portfolio.currency
            self._session.run(
                lambda store: chosen.add_chosen(
                    store,
                    use_case_id=use_case_id,
                    items=name,
                    entry=entry,
                    currency=currency,
                    item_id=added,
                ),
                done=None if is_one_entry else self._say_done,
            )

    def plan_roadmap(self) -> None:
        """Plan the phases of the roadmap that are missing."""
        from scoper.commands import delivery

        self._page.flush()
        use_case_id, start = self._shown, dt.date.today()
        self._session.run(
            lambda store: delivery.plan_roadmap(store, use_case_id=use_case_id, start=start),
            done=self._say_done,
        )

    def _say_done(self, changes: Changes) -> None:
        self._context.notice.did(changes)
