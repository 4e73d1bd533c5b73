"""Who rates, and which roles do the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QLocale
from shiboken6 import isValid

from scoper.board import Board
from scoper.commands import people
from scoper.errors import ScoperError
from scoper.scoping import ListOf
from scoper.scoping.forms import PEOPLE, ROLES
from scoper.scoping.schedule import plan, planned_with, staffing_of
from scoper.snapshot import Changes, Participant, Portfolio, Role
from scoper.text import plural
from ui.bridge.context import Context
from ui.bridge.edits import asked_by
from ui.features.library.capacity_table import CapacityTable
from ui.features.library.permissions import Permissions
from ui.features.library.quick_add import QuickAdd
from ui.features.library.section import LibrarySection
from ui.kit.basics import Card
from ui.kit.fields.editor import Editor
from ui.kit.fields.place import Place
from ui.kit.lists.item_list import ItemList

if TYPE_CHECKING:
    from scoper.scoping.catalogues import CatalogueEntry


class _ListSection(LibrarySection):
    """A line to add with, and the list below."""

    def __init__(self, context: Context, spec: ListOf, note: str) -> None:
        super().__init__(context)
        self.adder = QuickAdd(spec.noun)
        self.adder.asked.connect(self.add)
        self.items = ItemList(spec, self.theme, note=note)
        self.items.add_button.hide()
        self.items.when_empty = self.adder.text
        self.items.edited.connect(self.edit)
        self.items.remove_asked.connect(self.remove)
        card = Card()
        card.body.addWidget(self.adder)
        card.body.addSpacing(8)
        card.body.addWidget(self.items)
        self.column.body.addWidget(card)
        self.column.body.addStretch(1)

    def add(self, name: str) -> None:
        """Add an entry of that name."""

    def edit(self, item_id: UUID, editor: Editor, value: Any) -> None:
        """Change a field of an entry."""

    def remove(self, item_id: UUID) -> None:
        """Delete an entry."""

    def flush(self) -> None:
        """Save what is still being typed."""
        self.items.flush()

    def fields(self) -> Iterator[tuple[Place, Editor]]:
        """Yield the fields of the entries."""
        yield from self.items.fields()

    def _added(self, _: Changes) -> None:
        if isValid(self.adder):
            self.adder.settle()

    def _not_added(self, error: ScoperError) -> None:
        if isValid(self.adder):
            self.adder.refuse(error)


class PeopleSection(_ListSection):
    """The participants."""

    TITLE = "People"
    ABOUT = (
        "Everybody who rates. Ratings are combined by the weight of each voice; a weight of 0 "
        "keeps the ratings without counting them."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, PEOPLE, "Ratings given")
        self._ratings: dict[UUID, int] = {}
        self.permissions = Permissions(self.theme)
        self.permissions.asked.connect(self._permit)
        self.column.body.insertWidget(self.column.body.count() - 1, self.permissions)

    def draw(self, board: Board) -> None:
        """Show the participants of a board."""
        found = board.portfolio.participants
        given = board.portfolio.given.sum(axis=(0, 1))
        self._ratings = {p.id: int(count) for p, count in zip(found, given, strict=True)}
        self.items.show_items(found)
        closed = dict(zip((p.id for p in found), board.portfolio.excluded.sum(axis=0), strict=True))
        total = len(board.portfolio.criteria)
        self.items.show_notes(
            {p.id: _given(p, self._ratings[p.id]) + _judges(total, closed[p.id]) for p in found}
        )
        self.permissions.show_portfolio(board.portfolio)

    def add(self, name: str) -> None:
        """Add a person."""
        self.session.run(
            lambda store: people.add_participant(store, name=name),
            done=self._added,
            refused=self._not_added,
        )

    def edit(self, item_id: UUID, editor: Editor, value: Any) -> None:
        """Change name, team or weight."""
        field = editor.field.name
        self.session.edit(
            lambda store, seen: people.set_participant_field(
                store, participant_id=item_id, field=field, value=value, seen=seen
            ),
            asked_by(editor, value, Place.of(item_id, field=field)),
        )

    def remove(self, item_id: UUID) -> None:
        """Remove a person and that person's ratings."""
        count = self._ratings[item_id]
        taken = plural(count, "rating") if count else ""
        self.session.run(
            lambda store: people.remove_participant(store, participant_id=item_id),
            done=lambda changes: self.removed(changes, taken),
        )

    def _permit(self, participant_id: UUID, criterion_ids: tuple[UUID, ...], allowed: bool) -> None:
        self.session.run(
            lambda store: people.set_permission(
                store,
                participant_id=participant_id,
                criterion_ids=criterion_ids,
                allowed=allowed,
            )
        )


class RolesSection(_ListSection):
    """The roles, with how much of each is booked."""

    TITLE = "Roles"

    def __init__(self, context: Context) -> None:
        super().__init__(context, ROLES, "Booked")
        self._portfolio: Portfolio
        self.items.choose_asked.connect(self._choose)
        self.capacity = CapacityTable(self.theme)
        self.capacity.edited.connect(self._set_capacity)
        card = Card(
            "Capacity by quarter",
            "Days there are. Where a quarter is empty, only the capacity above counts.",
        )
        card.body.addWidget(self.capacity)
        self.column.body.insertWidget(self.column.body.count() - 1, card)

    def draw(self, board: Board) -> None:
        """Show the roles of a board."""
        portfolio = board.portfolio
        self._portfolio = portfolio
        self.capacity.show_plan(portfolio.roles, plan(portfolio), dt.date.today())
        self.about.setText(
            f"Who does the work. Rates are in {portfolio.currency} a day, capacity in days. Booked "
            "is what step 5 plans in every use case that was not decided against."
        )
        over = staffing_of(portfolio).overbooked
        booked = portfolio.booked_days
        self.items.set_currency(portfolio.currency)
        self.items.show_items(portfolio.roles)
        self.items.show_notes(
            {r.id: _booked(r, booked[r.id], over=r.id in over) for r in portfolio.roles}, over
        )

    def _choose(self) -> None:
        from scoper.scoping.catalogues import ROLES
        from ui.shared.catalogue_dialog import CatalogueDialog

        dialog = CatalogueDialog(self.window(), self.theme, ROLES)
        dialog.chosen.connect(self._take)
        dialog.ask(self.context.latest)

    def _take(self, entry: CatalogueEntry) -> None:
        from scoper.scoping.offers import in_currency

        values = in_currency(entry.values, self._portfolio.currency)
        self.session.run(
            lambda store: people.add_role(store, **values),
            done=self._added,
            refused=self._not_added,
        )

    def _set_capacity(self, role_id: UUID, quarter: str, editor: Editor, value: Any) -> None:
        self.session.edit(
            lambda store, seen: people.set_capacity(
                store, role_id=role_id, quarter=quarter, days=value, seen=seen
            ),
            asked_by(editor, value, Place.of(role_id, field=quarter)),
        )

    def flush(self) -> None:
        """Save what is still being typed."""
        super().flush()
        self.capacity.flush()

    def fields(self) -> Iterator[tuple[Place, Editor]]:
        """Yield the fields of the roles and of their capacity."""
        yield from super().fields()
        for (role_id, quarter), editor in self.capacity.editors.items():
            yield Place.of(role_id, field=quarter), editor

    def add(self, name: str) -> None:
        """Add a role."""
        self.session.run(
            lambda store: people.add_role(store, title=name),
            done=self._added,
            refused=self._not_added,
        )

    def edit(self, item_id: UUID, editor: Editor, value: Any) -> None:
        """Change a field of a role."""
        field = editor.field.name
        self.session.edit(
            lambda store, seen: people.set_role_field(
                store, role_id=item_id, field=field, value=value, seen=seen
            ),
            asked_by(editor, value, Place.of(item_id, field=field)),
        )

    def remove(self, item_id: UUID) -> None:
        """Remove a role and what is planned with it."""
        taken = planned_with(self._portfolio.use_cases, item_id)
        self.session.run(
            lambda store: people.remove_role(store, role_id=item_id),
            done=lambda changes: self.removed(changes, taken),
        )


def _given(person: Participant, count: int) -> str:
    said = plural(count, "rating") if count else "none yet"
    return said if person.weight else f"{said}, not counted"


def _judges(total: int, closed: int) -> str:
    return f"; judges {total - closed} of {total} criteria" if closed else ""


def _booked(role: Role, days: float, *, over: bool) -> str:
    if role.capacity_days is None:
        if over:
            return f"▲ Over-booked in a quarter: {_days(days)} days in all"
        return f"{_days(days)} days" if days else "nothing"
    said = f"{_days(days)} of {_days(role.capacity_days)} days"
    if over and days > role.capacity_days:
        return f"▲ Over-booked: {said}, {_days(days - role.capacity_days)} too many"
    return f"▲ Over-booked in a quarter: {said} in all" if over else said


def _days(days: float) -> str:
    rounded = round(days, 1)
    return QLocale().toString(rounded, "f", 0 if rounded.is_integer() else 1)
