"""Roles a portfolio starts with."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from scoper.library.packs import LIBRARY, Pack, load


class RoleSpec(BaseModel):
    """A role a new portfolio starts with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1, max_length=120)
    day_rate: float | None = Field(default=None, ge=0)
    capacity_days: float | None = Field(default=None, ge=0)


class RolePack(Pack):
    """Roles with usual day rates."""

    roles: tuple[RoleSpec, ...] = Field(min_length=1)


def default_roles() -> RolePack:
    """Return the roles a new portfolio starts with."""
    return load(RolePack, LIBRARY / "roles.toml")
