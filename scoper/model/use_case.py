"""A use case: the single answers of the five steps. Its lists are made in ``lists``."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Field, SQLModel

from scoper.model.columns import (
    LATER,
    Day,
    Line,
    Number,
    Text,
    line_column,
    money_column,
    parent_column,
    term_column,
    text_column,
)
from scoper.model.rows import Item
from scoper.terms import Decision, RelevanceDecision, Stage


class UseCaseFields(SQLModel):
    """A candidate use case (an *alternative*) and the answers of the five steps."""

    key: Line = line_column(least=1, most=60)
    title: Line = line_column(least=1)
    summary: Text = text_column()
    organisation: Line = line_column()
    function: Line = line_column()
    stage: Stage = term_column(Stage.IDEA)
    tags: Line = line_column()
    source_id: Line = line_column()
    # Problem
    problem: Text = text_column()
    affected: Text = text_column()
    context: Text = text_column()
    current_cost: Number = money_column()
    current_volume: Line = line_column()
    problem_evidence: Text = text_column()
    if_nothing: Text = text_column()
    simpler_fix: Text = text_column()
    technical_relevance: Text = text_column()
    commercial_relevance: Text = text_column()
    relevance_overruled: RelevanceDecision = Field(
        default=RelevanceDecision.FOLLOW, sa_type=sa.String(40), sa_column_kwargs=LATER
    )
    relevance_reason: Text = text_column(later=True)
    owner: Line = line_column()
    # Solutions
    expected_output: Text = text_column()
    work_change: Text = text_column(later=True)
    oversight: Text = text_column(later=True)
    response_time: Text = text_column(later=True)
    peak_load: Text = text_column(later=True)
    cost_per_case: Text = text_column(later=True)
    # Feasibility and value
    data_notes: Text = text_column()
    benefits: Text = text_column()
    benefit_low: Number = money_column()
    benefit_likely: Number = money_column()
    benefit_high: Number = money_column()
    benefit_basis: Text = text_column()
    # KPIs and milestones
    start_on: Day = None
    rollback_trigger: Text = text_column()
    # People, time and budget
    partner_teams: Text = text_column()
    hiring: Text = text_column()
    capacity_note: Text = text_column()
    # Decision
    decision: Decision = term_column(Decision.UNDECIDED)
    decision_reason: Text = text_column()
    decided_by: Line = line_column()
    decided_on: Day = None


class UseCaseRow(UseCaseFields, Item, table=True):
    """A use case of a portfolio."""

    __tablename__: ClassVar[str] = "use_case"
    __table_args__ = (
        sa.UniqueConstraint("portfolio_id", "key"),
        sa.CheckConstraint("title <> ''", name="title_given"),
    )
    portfolio_id: UUID = parent_column("portfolio")
