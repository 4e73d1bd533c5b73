"""What steps four and five hold: KPIs, acceptance criteria, milestones, costs and effort."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.orm
from pydantic import FiniteFloat
from sqlmodel import Field, SQLModel

from scoper.model.columns import (
    Day,
    Line,
    Number,
    Text,
    days_column,
    line_column,
    money_column,
    parent_column,
    term_column,
    text_column,
)
from scoper.model.rows import UseCaseItem
from scoper.terms import (
    CostCategory,
    Direction,
    KpiKind,
    Phase,
    Recurrence,
    SignOff,
)
from scoper.text import TEXT_LIMIT


class KpiFields(SQLModel):
    """A metric with where it stands and where it should go."""

    title: Line = line_column(least=1)
    kind: KpiKind = term_column(KpiKind.BUSINESS)
    goal: Line = line_column(later=True)
    definition: Text = text_column(later=True)
    formula: Text = text_column(later=True)
    unit: Line = line_column(most=60)
    direction: Direction = term_column(Direction.UP)
    baseline: Number = Field(default=None, sa_type=sa.Float)
    target: Number = Field(default=None, sa_type=sa.Float)
    due: Day = None
    owner: Line = line_column()
    sponsor: Line = line_column()
    sign_off: SignOff = Field(
        default=SignOff.DRAFT,
        sa_type=sa.String(40),
        sa_column_kwargs={"server_default": sa.text("'draft'")},
    )
    signed_by: Line = line_column(later=True)
    signed_on: Day = None
    paired_with: Line = line_column()


class KpiRow(KpiFields, UseCaseItem, table=True):
    """A KPI of a use case."""

    __tablename__: ClassVar[str] = "kpi"
    use_case_id: UUID = parent_column("use_case")


class AcceptanceFields(SQLModel):
    """A condition the delivered thing must meet, with how it is checked."""

    statement: Text = Field(min_length=1, max_length=TEXT_LIMIT, sa_type=sa.Text)
    check_by: Line = line_column()


class AcceptanceRow(AcceptanceFields, UseCaseItem, table=True):
    """An acceptance criterion of a use case."""

    __tablename__: ClassVar[str] = "acceptance"
    use_case_id: UUID = parent_column("use_case")


class MilestoneFields(SQLModel):
    """The end of a phase: when, and what must be true by then."""

    title: Line = line_column(least=1)
    phase: Phase = term_column(Phase.BASELINE)
    due: Day = None
    entry_criteria: Text = text_column(later=True)
    exit_criteria: Text = text_column()
    exposure: Text = text_column(later=True)
    rollback: Text = text_column(later=True)
    feedback: Text = text_column(later=True)
    monitoring: Text = text_column(later=True)


class MilestoneRow(MilestoneFields, UseCaseItem, table=True):
    """A milestone of a use case."""

    __tablename__: ClassVar[str] = "milestone"
    use_case_id: UUID = parent_column("use_case")


class CostFields(SQLModel):
    """Money spent in a phase, besides effort."""

    title: Line = line_column(least=1)
    category: CostCategory = term_column(CostCategory.OTHER)
    phase: Phase = term_column(Phase.BASELINE)
    recurrence: Recurrence = term_column(Recurrence.ONE_OFF)
    low: Number = money_column()
    likely: Number = money_column()
    high: Number = money_column()


class CostRow(CostFields, UseCaseItem, table=True):
    """A cost of a use case."""

    __tablename__: ClassVar[str] = "cost"
    use_case_id: UUID = parent_column("use_case")


class EffortFields(SQLModel):
    """Days of a role in a phase; ``days`` are the likely ones."""

    role_id: UUID
    phase: Phase = term_column(Phase.BASELINE)
    days_low: Number = days_column()
    days: FiniteFloat = Field(default=0.0, ge=0, le=1e5)
    days_high: Number = days_column()
    who: Line = line_column()


class EffortRow(EffortFields, UseCaseItem, table=True):
    """Effort of a use case."""

    __tablename__: ClassVar[str] = "effort"
    use_case_id: UUID = parent_column("use_case")
    role_id: UUID = parent_column("role")
