"""What commands share that work on entries of the lists of a use case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar
from uuid import UUID, uuid4

from scoper.commands.checks import valid_row
from scoper.model import ITEM_FIELDS, ITEM_ROWS, UseCaseItem
from scoper.snapshot import ENTRIES_OF
from scoper.store.unit import Unit

E = TypeVar("E")

_NAMES = {kind: name for name, kind in ENTRIES_OF.items()}


def entry(unit: Unit, kind: type[E], entry_id: UUID) -> tuple[E, UUID]:
    """Return an entry of a list as the snapshot has it, and the id of its use case.

    Raises:
        NotFound: it is gone.
    """
    row = unit.get(ITEM_ROWS[_NAMES[kind]], entry_id)
    return _as(kind, row), row.use_case_id


def entries(unit: Unit, kind: type[E], use_case_id: UUID) -> list[E]:
    """Return the entries of a list of a use case as the snapshot has them."""
    rows = unit.find(ITEM_ROWS[_NAMES[kind]], use_case_id=use_case_id)
    return [_as(kind, row) for row in rows]


def append(
    unit: Unit,
    items: str,
    use_case_id: UUID,
    checked: Sequence[dict[str, Any]],
    ids: Sequence[UUID] = (),
) -> None:
    """Add entries of ``checked`` values at the end of a list; ``ids`` are those of the first."""
    row_type = ITEM_ROWS[items]
    there = unit.find(row_type, use_case_id=use_case_id)
    position = max((other.position for other in there), default=-1) + 1
    unit.add(
        *(
            row_type(
                **values,
                id=ids[place] if place < len(ids) else uuid4(),
                use_case_id=use_case_id,
                position=position + place,
            )
            for place, values in enumerate(checked)
        )
    )


def valid_entry(items: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a new entry cleaned and converted, defaults filled in.

    Raises:
        InvalidInput: a field is unknown, missing or does not fit; names the field.
    """
    return valid_row(ITEM_FIELDS[items], values)


def _as(kind: type[E], row: UseCaseItem) -> E:
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)})  # type: ignore[arg-type]
