"""Roles a portfolio starts with."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from scoper.library.packs import Entry, Pack, PackKind


class RoleSpec(Entry):
    """A role a new portfolio starts with."""

    title: str = Field(min_length=1, max_length=120)
    day_rate: float | None = Field(default=None, ge=0)
    capacity_days: float | None = Field(default=None, ge=0)


class RolePack(Pack):
    """Roles with usual day rates."""

    roles: tuple[RoleSpec, ...] = Field(min_length=1)


KIND: Final = PackKind("roles", "Roles", RolePack, "roles", RoleSpec, "roles", key="title")
