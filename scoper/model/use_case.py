"""A use case, and what steps one to three hold: options, evidence, data sets and risks."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Field, SQLModel

from scoper.model.columns import (
    LATER,
    Count,
    Day,
    GivenGrade,
    Grade,
    Key,
    Line,
    Number,
    Text,
    count_column,
    grade_column,
    line_column,
    money_column,
    parent_column,
    percent_column,
    term_column,
    text_column,
    within,
)
from scoper.model.rows import Item, UseCaseItem
from scoper.terms import (
    Approach,
    Decision,
    Discipline,
    EvidenceKind,
    EvidenceStrength,
    Feasibility,
    Finding,
    PersonalData,
    RelevanceDecision,
    RiskCategory,
    Sophistication,
    Stage,
)
from scoper.text import TEXT_LIMIT


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


class SolutionFields(SQLModel):
    """One way to solve the problem, with or without AI."""

    title: Line = line_column(least=1)
    approach: Approach = term_column(Approach.PROCESS)
    input_data: Text = text_column()
    output: Text = text_column()
    task: Line = line_column()
    sophistication: Sophistication = term_column(Sophistication.UNSAID)
    proposed_by: Discipline = term_column(Discipline.UNSAID)
    shortlisted: bool = False
    reason: Text = text_column()
    feasibility: Feasibility = term_column(Feasibility.OPEN)
    feasibility_reason: Text = text_column()
    next_step: Text = text_column()


class SolutionRow(SolutionFields, UseCaseItem, table=True):
    """A candidate solution of a use case."""

    __tablename__: ClassVar[str] = "solution"
    use_case_id: UUID = parent_column("use_case")


class EvidenceFields(SQLModel):
    """Something that speaks for or against an option."""

    solution_id: UUID | None = None
    kind: EvidenceKind = term_column(EvidenceKind.PROTOTYPE)
    statement: Text = Field(min_length=1, max_length=TEXT_LIMIT, sa_type=sa.Text)
    finding: Finding = term_column(Finding.SUPPORTS)
    strength: EvidenceStrength | None = Field(default=None, sa_type=sa.String(40))
    source: Line = line_column(most=2_000)
    found_on: Day = None


class EvidenceRow(EvidenceFields, UseCaseItem, table=True):
    """A piece of evidence of a use case."""

    __tablename__: ClassVar[str] = "evidence"
    use_case_id: UUID = parent_column("use_case")
    solution_id: UUID | None = parent_column("solution", nullable=True, deleted="SET NULL")


class DatasetFields(SQLModel):
    """A data set the use case needs, graded 1 (poor) to 5 (good) on what makes it ready.

    What is graded is content, which an organisation can replace: hence one column of grades by
    key of the check rather than a column for each check.
    """

    title: Line = line_column(least=1)
    owner: Line = line_column()
    grades: dict[Key, GivenGrade] = Field(
        default_factory=dict,
        max_length=200,
        sa_type=sa.JSON,
        nullable=False,
        sa_column_kwargs={"server_default": sa.text("'{}'")},
    )
    personal_data: PersonalData = term_column(PersonalData.UNKNOWN)
    legal_basis: Line = line_column()
    localisation: Line = line_column(later=True)
    retraining_plan: Text = text_column(later=True)
    improvement: Text = text_column()
    copied_from: Line = line_column(later=True)
    label_items: Count = count_column(0, 10**9)
    label_votes: Count = count_column(1, 99)
    label_minutes: Number = Field(default=None, ge=0, le=1e6, sa_type=sa.Float)
    label_rate: Number = Field(default=None, ge=0, le=1e6, sa_type=sa.Float)
    label_review: Number = percent_column()
    label_accuracy: Number = percent_column()


class DatasetRow(DatasetFields, UseCaseItem, table=True):
    """A data set of a use case."""

    __tablename__: ClassVar[str] = "dataset"
    use_case_id: UUID = parent_column("use_case")


class RiskFields(SQLModel):
    """What could make the use case fail."""

    title: Line = line_column(least=1)
    category: RiskCategory = term_column(RiskCategory.ORGANISATIONAL)
    likelihood: Grade = grade_column()
    severity: Grade = grade_column()
    mitigation: Text = text_column()
    residual_likelihood: Grade = grade_column()
    residual_severity: Grade = grade_column()
    owner: Line = line_column()


class RiskRow(RiskFields, UseCaseItem, table=True):
    """A risk in the register of a use case."""

    __tablename__: ClassVar[str] = "risk"
    __table_args__ = tuple(
        within(name, "1", "5")
        for name in ("likelihood", "severity", "residual_likelihood", "residual_severity")
    )
    use_case_id: UUID = parent_column("use_case")
