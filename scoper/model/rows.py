"""What every stored row has."""

from __future__ import annotations

from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """What every table derives from, so that its constraints are named as above."""


class Row(Table):
    """Identity and revision every stored row has."""

    id: UUID = Field(default_factory=uuid4, primary_key=True, sa_type=sa.Uuid)
    version: int = Field(default=1, ge=1)


class Item(Row):
    """A row in a list, in the order people gave it."""

    position: int = Field(default=0, ge=0)


class UseCaseItem(Item):
    """A row in one of the lists of a use case."""

    use_case_id: UUID
