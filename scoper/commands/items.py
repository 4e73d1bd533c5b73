"""Commands on the lists of a use case: solutions, evidence, data sets, risks, KPIs …"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from scoper.commands.checks import seen_in, valid, valid_row
from scoper.commands.labels import ITEM_FIELDS, quoted
from scoper.errors import InvalidInput
from scoper.model import (
    ITEM_ROWS,
    UseCaseItem,
    UseCaseRow,
)
from scoper.scoping import ITEM_NOUNS
from scoper.snapshot import Changes
from scoper.store import Store
from scoper.store.unit import Seen, Unit
from scoper.text import shorten


def add(
    store: Store,
    *,
    use_case_id: UUID,
    items: str,
    values: dict[str, Any],
    item_id: UUID | None = None,
) -> Changes:
    """Append an entry to a list of a use case."""
    row_type = _row_type(items)
    checked = valid_row(ITEM_FIELDS[items], values)
    with store.write(f"Add {ITEM_NOUNS[items]}") as unit:
        use_case = unit.get(UseCaseRow, use_case_id)
        unit.label = f"Add {ITEM_NOUNS[items]} to {shorten(use_case.title, 40)}"
        others = unit.find(row_type, use_case_id=use_case_id)
        position = max((other.position for other in others), default=-1) + 1
        _check_solution(unit, use_case_id, checked)
        unit.add(
            row_type(**checked, id=item_id or uuid4(), use_case_id=use_case_id, position=position)
        )
        return unit.changes()


def add_all(
    store: Store,
    *,
    use_case_id: UUID,
    items: str,
    entries: Sequence[dict[str, Any]],
    item_ids: Sequence[UUID] = (),
) -> Changes:
    """Append entries to a list of a use case, as one step; ``item_ids`` are those of the first.

    An entry after the first is left out where one with its title is there already.

    Raises:
        InvalidInput: there is nothing to add, or a value does not fit.
        NotFound: there is no such use case.
    """
    row_type = _row_type(items)
    if not entries:
        raise InvalidInput("There is nothing to add.", "Choose at least one entry.")
    checked = [valid_row(ITEM_FIELDS[items], values) for values in entries]
    with store.write(f"Add {ITEM_NOUNS[items]}") as unit:
        use_case = unit.get(UseCaseRow, use_case_id)
        unit.label = f"Add {ITEM_NOUNS[items]} to {shorten(use_case.title, 40)}"
        there = unit.find(row_type, use_case_id=use_case_id)
        position = max((other.position for other in there), default=-1) + 1
        titles = {other.title.casefold() for other in there if hasattr(other, "title")}
        rows: list[UseCaseItem] = []
        for place, values in enumerate(checked):
            title = str(values.get("title", "")).casefold()
            if place and title in titles:
                continue
            titles.add(title)
            _check_solution(unit, use_case_id, values)
            values["id"] = item_ids[place] if place < len(item_ids) else uuid4()
            at = position + len(rows)
            rows.append(row_type(**values, use_case_id=use_case_id, position=at))
        unit.add(*rows)
        return unit.changes()


def set_field(
    store: Store, *, items: str, item_id: UUID, field: str, value: Any, seen: Seen = None
) -> Changes:
    """Change one field of an entry.

    Raises:
        InvalidInput: the value does not fit, or the option belongs to another use case.
        Overtaken: the field holds something else than what was ``seen`` in it.
    """
    row_type = _row_type(items)
    checked = valid(ITEM_FIELDS[items], field, value)
    with store.write(f"Edit {quoted(ITEM_FIELDS[items], field)} of {ITEM_NOUNS[items]}") as unit:
        if field == "solution_id":
            current = unit.get(row_type, item_id)
            _check_solution(unit, current.use_case_id, {field: checked})
        known = seen_in(ITEM_FIELDS[items], field, seen)
        unit.update(row_type, item_id, seen=known, **{field: checked})
        return unit.changes()


def remove(store: Store, *, items: str, item_ids: tuple[UUID, ...]) -> Changes:
    """Delete entries of a list."""
    row_type = _row_type(items)
    with store.write(f"Delete {ITEM_NOUNS[items]}") as unit:
        unit.remove(row_type, *item_ids)
        return unit.changes()


def move(store: Store, *, items: str, item_id: UUID, by: int) -> Changes:
    """Move an entry up (negative) or down its list by ``by`` places, as far as the ends."""
    row_type = _row_type(items)
    with store.write(f"Move {ITEM_NOUNS[items]}") as unit:
        current = unit.get(row_type, item_id)
        siblings = sorted(
            unit.find(row_type, use_case_id=current.use_case_id),
            key=lambda row: (row.position, str(row.id)),
        )
        order = [row.id for row in siblings]
        place = order.index(item_id)
        goal = max(0, min(len(order) - 1, place + by))
        if goal == place:
            return unit.changes()
        order.insert(goal, order.pop(place))
        for position, row_id in enumerate(order):
            unit.update(row_type, row_id, position=position)
        return unit.changes()


def _row_type(items: str) -> type[UseCaseItem]:
    try:
        return ITEM_ROWS[items]
    except KeyError:
        raise InvalidInput(
            f"There is no list “{items}”.", f"Choose one of: {', '.join(ITEM_ROWS)}."
        ) from None


def _check_solution(unit: Unit, use_case_id: UUID, values: dict[str, Any]) -> None:
    solution_id = values.get("solution_id")
    if solution_id and not unit.find(
        ITEM_ROWS["solutions"], id=solution_id, use_case_id=use_case_id
    ):
        raise InvalidInput(
            "This option belongs to another use case.",
            "Choose one of its own options.",
            field="solution_id",
        )
