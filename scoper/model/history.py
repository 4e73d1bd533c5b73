"""What was changed, by whom: the steps that can be undone, and the audit trail."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Field

from scoper.model.rows import Table


class StepRow(Table, table=True):
    """One undoable step: a command as people would name it."""

    __tablename__: ClassVar[str] = "change_step"
    number: int | None = Field(default=None, primary_key=True)
    label: str = Field(sa_type=sa.Text)
    who: str = Field(sa_type=sa.String(120))
    at: dt.datetime = Field(sa_type=sa.DateTime(timezone=True))
    undone: bool = False
    window: str = Field(
        default="", sa_type=sa.String(40), sa_column_kwargs={"server_default": sa.text("''")}
    )
    """The window that made it, see ``store.windows``."""
    dropped: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    """Whether it was undone and cannot be redone any more, because its window went on."""
    revision: int = Field(default=0, index=True, sa_column_kwargs={"server_default": "0"})
    """Counts on with every step made, undone or redone: what is new since a revision."""


class ImageRow(Table, table=True):
    """A row before and after a step; an absent image means the row did not exist."""

    __tablename__: ClassVar[str] = "change_image"
    step_number: int = Field(
        primary_key=True,
        sa_column_args=[sa.ForeignKey("change_step.number", ondelete="CASCADE")],
    )
    place: int = Field(primary_key=True)
    entity: str = Field(sa_type=sa.String(40))
    row_id: UUID = Field(sa_type=sa.Uuid)
    before: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    after: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))


class AuditRow(Table, table=True):
    """Who changed a rating, a weight, the method or a decision; never undone, never deleted."""

    __tablename__: ClassVar[str] = "audit"
    id: UUID = Field(default_factory=uuid4, primary_key=True, sa_type=sa.Uuid)
    at: dt.datetime = Field(sa_type=sa.DateTime(timezone=True), index=True)
    who: str = Field(sa_type=sa.String(120))
    action: str = Field(sa_type=sa.Text)
    entity: str = Field(sa_type=sa.String(40))
    row_id: UUID = Field(sa_type=sa.Uuid, index=True)
    field: str = Field(sa_type=sa.String(60))
    old: str | None = Field(default=None, sa_type=sa.Text)
    new: str | None = Field(default=None, sa_type=sa.Text)


AUDITED: dict[str, frozenset[str]] = {
    "rating": frozenset({"value", "abstained"}),
    "criterion": frozenset({"weight"}),
    "participant": frozenset({"weight"}),
    "exclusion": frozenset({"criterion_id", "participant_id"}),
    "portfolio": frozenset({"method", "aggregation", "parameters", "formula"}),
    "use_case": frozenset({"decision", "decision_reason", "relevance_overruled"}),
    "section": frozenset({"state"}),
}
"""Which fields of which tables leave an audit trail; of a mapping each of its values."""
