"""Ratings, and who may not judge what."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Field, SQLModel

from scoper.model.columns import Number, parent_column
from scoper.model.rows import Row


class RatingFields(SQLModel):
    """One participant's rating of one use case on one criterion; a value or an abstention."""

    value: Number = Field(default=None, sa_type=sa.Float)
    abstained: bool = False


class RatingRow(RatingFields, Row, table=True):
    """A rating."""

    __tablename__: ClassVar[str] = "rating"
    __table_args__ = (
        sa.UniqueConstraint("use_case_id", "criterion_id", "participant_id"),
        sa.CheckConstraint("abstained = (value IS NULL)", name="value_or_abstained"),
    )
    use_case_id: UUID = parent_column("use_case")
    criterion_id: UUID = parent_column("criterion")
    participant_id: UUID = parent_column("participant")


class ExclusionRow(Row, table=True):
    """A participant may not judge a criterion: what that person entered there does not count."""

    __tablename__: ClassVar[str] = "exclusion"
    __table_args__ = (sa.UniqueConstraint("criterion_id", "participant_id"),)
    criterion_id: UUID = parent_column("criterion")
    participant_id: UUID = parent_column("participant")
