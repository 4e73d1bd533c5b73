"""Commands on the lists of a use case: solutions, evidence, data sets, risks, KPIs …"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from scoper.commands.checks import seen_in, valid
from scoper.commands.entries import append, valid_entry
from scoper.commands.labels import quoted
from scoper.errors import InvalidInput
from scoper.model import ITEM_FIELDS, ITEM_ROWS, UseCaseRow
from scoper.scoping import LISTS, Kind, UseCaseList
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
    noun = _asked(items).noun
    checked = valid_entry(items, values)
    with store.write(f"Add {noun}") as unit:
        use_case = unit.get(UseCaseRow, use_case_id)
        unit.label = f"Add {noun} to {shorten(use_case.title, 40)}"
        _check_options(unit, items, use_case_id, checked)
        append(unit, items, use_case_id, [checked], (item_id,) if item_id else ())
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
    asked = _asked(items)
    if not entries:
        raise InvalidInput("There is nothing to add.", "Choose at least one entry.")
    first, *companions = [valid_entry(items, values) for values in entries]
    with store.write(f"Add {asked.noun}") as unit:
        use_case = unit.get(UseCaseRow, use_case_id)
        unit.label = f"Add {asked.noun} to {shorten(use_case.title, 40)}"
        there = unit.find(ITEM_ROWS[items], use_case_id=use_case_id)
        names = {_name(asked, vars(row)) for row in there} | {_name(asked, first)}
        added = [first]
        for values in companions:
            if not asked.stand_in or _name(asked, values) not in names:
                names.add(_name(asked, values))
                added.append(values)
        for values in added:
            _check_options(unit, items, use_case_id, values)
        append(unit, items, use_case_id, added, item_ids)
        return unit.changes()


def set_field(
    store: Store, *, items: str, item_id: UUID, field: str, value: Any, seen: Seen = None
) -> Changes:
    """Change one field of an entry.

    Raises:
        InvalidInput: the value does not fit, or the option belongs to another use case.
        Overtaken: the field holds something else than what was ``seen`` in it.
    """
    noun, row_type = _asked(items).noun, ITEM_ROWS[items]
    checked = valid(ITEM_FIELDS[items], field, value)
    with store.write(f"Edit {quoted(ITEM_FIELDS[items], field)} of {noun}") as unit:
        current = unit.get(row_type, item_id)
        _check_options(unit, items, current.use_case_id, {field: checked})
        known = seen_in(ITEM_FIELDS[items], field, seen)
        unit.update(row_type, item_id, seen=known, **{field: checked})
        return unit.changes()


def remove(store: Store, *, items: str, item_ids: tuple[UUID, ...]) -> Changes:
    """Delete entries of a list."""
    with store.write(f"Delete {_asked(items).noun}") as unit:
        unit.remove(ITEM_ROWS[items], *item_ids)
        return unit.changes()


def move(store: Store, *, items: str, item_id: UUID, by: int) -> Changes:
    """Move an entry up (negative) or down its list by ``by`` places, as far as the ends."""
    noun, row_type = _asked(items).noun, ITEM_ROWS[items]
    with store.write(f"Move {noun}") as unit:
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


def _asked(items: str) -> UseCaseList:
    try:
        return LISTS[items]
    except KeyError:
        raise InvalidInput(
            f"There is no list “{items}”.", f"Choose one of: {', '.join(LISTS)}."
        ) from None


def _name(asked: UseCaseList, values: Mapping[str, Any]) -> str:
    return str(values[asked.named_by]).casefold()


def _check_options(unit: Unit, items: str, use_case_id: UUID, values: Mapping[str, Any]) -> None:
    """Make sure that options an entry refers to are those of its own use case."""
    for field in LISTS[items].fields:
        option = values.get(field.name) if field.kind is Kind.SOLUTION else None
        if option and not unit.find(ITEM_ROWS["solutions"], id=option, use_case_id=use_case_id):
            raise InvalidInput(
                "This option belongs to another use case.",
                "Choose one of its own options.",
                field=field.name,
            )
