"""Row images: a row as plain values that survive a round trip through JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from scoper.errors import Conflict
from scoper.store.steps import Image


def table(entity: str) -> sa.Table:
    """Return the table of an entity."""
    return SQLModel.metadata.tables[entity]


def encode(row: Mapping[str, Any]) -> Image:
    """Return ``row`` with identifiers and dates as text."""
    return {
        name: str(value)
        if isinstance(value, UUID)
        else value.isoformat()
        if isinstance(value, dt.date)
        else value
        for name, value in row.items()
    }


def decode(entity: str, image: Image) -> dict[str, Any]:
    """Undo ``encode`` by the types of the entity's columns."""
    columns = table(entity).columns
    return {name: _decoded(columns[name].type, value) for name, value in image.items()}


def same(one: Image, other: Image) -> bool:
    """Return whether two images of a row agree in everything but the version."""
    return {**one, "version": None} == {**other, "version": None}


def changed(before: Image, after: Image) -> Image:
    """Return what ``after`` holds in the fields in which the images differ, but for the version."""
    return {
        name: value
        for name, value in after.items()
        if name != "version" and before.get(name) != value
    }


def carried(now: Any, before: Any, after: Any) -> Any:
    """Return what ``now`` becomes where ``before`` became ``after``; mappings value by value.

    Raises:
        Conflict: it is no longer as before where the change is.
    """
    sides = (now, before, after)
    if any(isinstance(side, dict) for side in sides) and all(
        side is None or isinstance(side, dict) for side in sides
    ):
        had, has = before or {}, after or {}
        differing = [key for key in {**had, **has} if had.get(key) != has.get(key)]
        moved = dict(now or {})
        for key in differing:
            value = carried(moved.get(key), had.get(key), has.get(key))
            if value is None:
                moved.pop(key, None)
            else:
                moved[key] = value
        return moved if moved or after is not None else None
    if now != before:
        raise changed_elsewhere()
    return after


def values_in(image: Image | None, name: str) -> dict[str, Any]:
    """Return a field of an image by its name; of a mapping each value, by its path."""
    value = image.get(name) if image else None
    if not isinstance(value, dict):
        return {name: value}
    parts = (values_in(value, key) for key in value)
    return {f"{name}.{path}": held for part in parts for path, held in part.items()}


def changed_elsewhere() -> Conflict:
    """Return the error that somebody else has changed a row meanwhile."""
    return Conflict(
        "This was changed elsewhere in the meantime.",
        "Nothing was overwritten: look at it again and repeat your change.",
    )


def _decoded(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, sa.Uuid):
        return UUID(value)
    if isinstance(kind, sa.Date):
        return dt.date.fromisoformat(value)
    return value
