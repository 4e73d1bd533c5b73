"""Row images: a row as plain values that survive a round trip through JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

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


def _decoded(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, sa.Uuid):
        return UUID(value)
    if isinstance(kind, sa.Date):
        return dt.date.fromisoformat(value)
    return value
