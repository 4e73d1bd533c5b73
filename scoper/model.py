"""Tables of a portfolio.

Each noun has a model of its validated fields (``…Fields``) and a table (``…Row``) that adds
identity, parent and order: SQLModel validates only models that are not tables, so commands
check values against the fields before they write rows. Types are portable to PostgreSQL.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, ClassVar
from uuid import UUID, uuid4

import sqlalchemy as sa
import sqlalchemy.orm
from annotated_types import Ge, Le
from pydantic import BeforeValidator, FiniteFloat, StringConstraints
from pydantic_core import PydanticKnownError
from sqlmodel import Field, SQLModel

from scoper.terms import (
    Aggregation,
    Approach,
    CostCategory,
    Decision,
    Dimension,
    Direction,
    Discipline,
    EvidenceKind,
    EvidenceStrength,
    Feasibility,
    Finding,
    KpiKind,
    PersonalData,
    Phase,
    Recurrence,
    RelevanceDecision,
    RiskCategory,
    SectionState,
    SignOff,
    Sophistication,
    Stage,
    Term,
)
from scoper.text import LINE_LIMIT, SECTION_LIMIT, TEXT_LIMIT, clean, clean_line

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def _cleaned(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _cleaned_line(value: Any) -> Any:
    return clean_line(value) if isinstance(value, str) else value


def _empty_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _written_date(value: Any) -> Any:
    """Return None for an empty entry, and keep numbers from being read as seconds since 1970."""
    if isinstance(value, (int, float)):
        raise PydanticKnownError("date_type")
    if not isinstance(value, str):
        return value
    try:
        return dt.datetime.fromisoformat(value.strip()).date() if value.strip() else None
    except ValueError as error:
        raise PydanticKnownError("date_parsing", {"error": str(error)}) from None


Line = Annotated[str, BeforeValidator(_cleaned_line)]
Text = Annotated[str, BeforeValidator(_cleaned)]
QuarterName = Annotated[Line, StringConstraints(pattern=r"^[1-9]\d{3}-Q[1-4]$")]
Number = Annotated[FiniteFloat | None, BeforeValidator(_empty_is_none)]
Day = Annotated[dt.date | None, BeforeValidator(_written_date)]
Grade = Annotated[int | None, BeforeValidator(_empty_is_none)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Count = Annotated[int | None, BeforeValidator(_empty_is_none)]
GivenGrade = Annotated[int, Ge(1), Le(5)]


_LATER = {"server_default": sa.text("''")}
"""Of a column added by a migration: rows and remembered images from before it have no value."""


def _line(default: Any = "", *, least: int = 0, most: int = LINE_LIMIT, later: bool = False) -> Any:
    """Return a line of text; one that must not be empty and has no default must be given."""
    given = {"default": default} if len(default) >= least else {}
    return Field(
        **given,
        min_length=least,
        max_length=most,
        sa_type=sa.String(most),
        sa_column_kwargs=_LATER if later else {},
    )


def _text(*, most: int = TEXT_LIMIT, later: bool = False) -> Any:
    return Field(
        default="",
        max_length=most,
        sa_type=sa.Text,
        sa_column_kwargs=_LATER if later else {},
    )


def _money() -> Any:
    return Field(default=None, ge=0, le=1e13, sa_type=sa.Float)


def _grade() -> Any:
    return _count(1, 5)


def _count(least: int, most: int) -> Any:
    return Field(default=None, ge=least, le=most, sa_type=sa.Integer)


def _percent() -> Any:
    return Field(default=None, ge=0, le=100, sa_type=sa.Float)


def _term(default: Term) -> Any:
    return Field(default=default, sa_type=sa.String(40))


def _parent(table: str, *, nullable: bool = False, deleted: str = "CASCADE") -> Any:
    key = sa.ForeignKey(f"{table}.id", ondelete=deleted)
    extra: dict[str, Any] = {"default": None} if nullable else {}
    return Field(sa_type=sa.Uuid, sa_column_args=[key], nullable=nullable, index=True, **extra)


def _within(name: str, low: str, high: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(
        f"{name} IS NULL OR ({name} >= {low} AND {name} <= {high})", name=f"{name}_range"
    )


class Row(SQLModel):
    """Identity and revision every stored row has."""

    id: UUID = Field(default_factory=uuid4, primary_key=True, sa_type=sa.Uuid)
    version: int = Field(default=1, ge=1)


class Item(Row):
    """A row in a list, in the order people gave it."""

    position: int = Field(default=0, ge=0)


class UseCaseItem(Item):
    """A row in one of the lists of a use case."""

    use_case_id: UUID


# ---------------------------------------------------------------- portfolio


class PortfolioFields(SQLModel):
    """A portfolio and how it is scored."""

    title: Line = _line("Untitled portfolio", least=1)
    organisation: Line = _line()
    currency: Line = Field(default="EUR", min_length=3, max_length=3, sa_type=sa.String(3))
    method: Line = _line("balanced", least=1, most=60)
    aggregation: Aggregation = _term(Aggregation.MEAN)
    risk_aversion: FiniteFloat = Field(default=1.0, ge=0, le=100)
    p_low: FiniteFloat = Field(default=0.10, ge=0, le=1)
    p_high: FiniteFloat = Field(default=0.90, ge=0, le=1)


class PortfolioRow(PortfolioFields, Row, table=True):
    """One portfolio."""

    __tablename__: ClassVar[str] = "portfolio"
    __table_args__ = (
        sa.CheckConstraint("risk_aversion >= 0", name="risk_aversion_range"),
        sa.CheckConstraint("p_low >= 0 AND p_low <= p_high AND p_high <= 1", name="p_range"),
    )


class CriterionFields(SQLModel):
    """What participants rate, on a scale with fixed ends."""

    key: Line = _line(least=1, most=60)
    title: Line = _line(least=1, most=120)
    question: Text = _text()
    dimension: Dimension = _term(Dimension.IMPACT)
    category: RiskCategory | None = Field(default=None, sa_type=sa.String(40))
    weight: FiniteFloat = Field(default=1.0, ge=0, le=1e6)
    low: FiniteFloat = 1.0
    high: FiniteFloat = 5.0
    unit: Line = _line(most=40)


class CriterionRow(CriterionFields, Item, table=True):
    """A criterion of a portfolio."""

    __tablename__: ClassVar[str] = "criterion"
    __table_args__ = (
        sa.UniqueConstraint("portfolio_id", "key"),
        sa.CheckConstraint("weight >= 0", name="weight_range"),
        sa.CheckConstraint("low < high", name="scale_order"),
        sa.CheckConstraint(
            "(dimension = 'risk') = (category IS NOT NULL)", name="risk_has_category"
        ),
    )
    portfolio_id: UUID = _parent("portfolio")


class AnchorFields(SQLModel):
    """What one level of a criterion means, in words."""

    level: int = Field(ge=0, le=100)
    meaning: Text = Field(min_length=1, max_length=600, sa_type=sa.Text)


class AnchorRow(AnchorFields, Row, table=True):
    """The written anchor of one level."""

    __tablename__: ClassVar[str] = "anchor"
    __table_args__ = (sa.UniqueConstraint("criterion_id", "level"),)
    criterion_id: UUID = _parent("criterion")


class ParticipantFields(SQLModel):
    """A person who rates."""

    name: Line = _line(least=1, most=120)
    team: Line = _line(most=120)
    weight: FiniteFloat = Field(default=1.0, ge=0, le=1e6)


class ParticipantRow(ParticipantFields, Item, table=True):
    """A participant of a portfolio."""

    __tablename__: ClassVar[str] = "participant"
    __table_args__ = (
        sa.UniqueConstraint("portfolio_id", "name"),
        sa.CheckConstraint("weight >= 0", name="weight_range"),
    )
    portfolio_id: UUID = _parent("portfolio")


class RoleFields(SQLModel):
    """A role people play, with its rate and how much of it there is."""

    title: Line = _line(least=1, most=120)
    day_rate: Number = _money()
    capacity_days: Number = Field(default=None, ge=0, le=1e6, sa_type=sa.Float)
    hiring_weeks: Number = Field(default=None, ge=0, le=520, sa_type=sa.Float)
    skills: Text = _text(later=True)


class RoleRow(RoleFields, Item, table=True):
    """A role available to a portfolio."""

    __tablename__: ClassVar[str] = "role"
    __table_args__ = (sa.UniqueConstraint("portfolio_id", "title"),)
    portfolio_id: UUID = _parent("portfolio")


class CapacityFields(SQLModel):
    """The person-days there are of a role in a quarter, written as in 2027-Q2."""

    quarter: QuarterName = Field(sa_type=sa.String(7))
    days: FiniteFloat = Field(ge=0, le=1e6)


class CapacityRow(CapacityFields, Row, table=True):
    """The capacity of a role in a quarter."""

    __tablename__: ClassVar[str] = "capacity"
    __table_args__ = (sa.UniqueConstraint("role_id", "quarter"),)
    role_id: UUID = _parent("role")


# ---------------------------------------------------------------- use case


class UseCaseFields(SQLModel):
    """A candidate use case (an *alternative*) and the answers of the five steps."""

    key: Line = _line(least=1, most=60)
    title: Line = _line(least=1)
    summary: Text = _text()
    organisation: Line = _line()
    function: Line = _line()
    stage: Stage = _term(Stage.IDEA)
    tags: Line = _line()
    source_id: Line = _line()
    # Problem
    problem: Text = _text()
    affected: Text = _text()
    context: Text = _text()
    current_cost: Number = _money()
    current_volume: Line = _line()
    problem_evidence: Text = _text()
    if_nothing: Text = _text()
    simpler_fix: Text = _text()
    technical_relevance: Text = _text()
    commercial_relevance: Text = _text()
    relevance_overruled: RelevanceDecision = Field(
        default=RelevanceDecision.FOLLOW, sa_type=sa.String(40), sa_column_kwargs=_LATER
    )
    relevance_reason: Text = _text(later=True)
    owner: Line = _line()
    # Solutions
    expected_output: Text = _text()
    # Feasibility and value
    data_notes: Text = _text()
    benefits: Text = _text()
    benefit_low: Number = _money()
    benefit_likely: Number = _money()
    benefit_high: Number = _money()
    benefit_basis: Text = _text()
    # KPIs and milestones
    start_on: Day = None
    rollback_trigger: Text = _text()
    # People, time and budget
    partner_teams: Text = _text()
    hiring: Text = _text()
    capacity_note: Text = _text()
    # Decision
    decision: Decision = _term(Decision.UNDECIDED)
    decision_reason: Text = _text()
    decided_by: Line = _line()
    decided_on: Day = None


class UseCaseRow(UseCaseFields, Item, table=True):
    """A use case of a portfolio."""

    __tablename__: ClassVar[str] = "use_case"
    __table_args__ = (
        sa.UniqueConstraint("portfolio_id", "key"),
        sa.CheckConstraint("title <> ''", name="title_given"),
    )
    portfolio_id: UUID = _parent("portfolio")


class SolutionFields(SQLModel):
    """One way to solve the problem, with or without AI."""

    title: Line = _line(least=1)
    approach: Approach = _term(Approach.PROCESS)
    input_data: Text = _text()
    output: Text = _text()
    task: Line = _line()
    sophistication: Sophistication = _term(Sophistication.MEDIUM)
    proposed_by: Discipline = _term(Discipline.PRODUCT)
    shortlisted: bool = False
    reason: Text = _text()
    feasibility: Feasibility = _term(Feasibility.OPEN)
    feasibility_reason: Text = _text()
    next_step: Text = _text()


class SolutionRow(SolutionFields, UseCaseItem, table=True):
    """A candidate solution of a use case."""

    __tablename__: ClassVar[str] = "solution"
    use_case_id: UUID = _parent("use_case")


class EvidenceFields(SQLModel):
    """Something that speaks for or against an option."""

    solution_id: UUID | None = None
    kind: EvidenceKind = _term(EvidenceKind.PROTOTYPE)
    statement: Text = Field(min_length=1, max_length=TEXT_LIMIT, sa_type=sa.Text)
    finding: Finding = _term(Finding.SUPPORTS)
    strength: EvidenceStrength | None = Field(default=None, sa_type=sa.String(40))
    source: Line = _line(most=2_000)
    found_on: Day = None


class EvidenceRow(EvidenceFields, UseCaseItem, table=True):
    """A piece of evidence of a use case."""

    __tablename__: ClassVar[str] = "evidence"
    use_case_id: UUID = _parent("use_case")
    solution_id: UUID | None = _parent("solution", nullable=True, deleted="SET NULL")


class DatasetFields(SQLModel):
    """A data set the use case needs, graded 1 (poor) to 5 (good) on what makes it ready.

    What is graded is content, which an organisation can replace: hence one column of grades by
    key of the check rather than a column for each check.
    """

    title: Line = _line(least=1)
    owner: Line = _line()
    grades: dict[Key, GivenGrade] = Field(
        default_factory=dict,
        max_length=200,
        sa_type=sa.JSON,
        nullable=False,
        sa_column_kwargs={"server_default": sa.text("'{}'")},
    )
    personal_data: PersonalData = _term(PersonalData.UNKNOWN)
    legal_basis: Line = _line()
    localisation: Line = _line(later=True)
    retraining_plan: Text = _text(later=True)
    improvement: Text = _text()
    copied_from: Line = _line(later=True)
    label_items: Count = _count(0, 10**9)
    label_votes: Count = _count(1, 99)
    label_minutes: Number = Field(default=None, ge=0, le=1e6, sa_type=sa.Float)
    label_rate: Number = Field(default=None, ge=0, le=1e6, sa_type=sa.Float)
    label_review: Number = _percent()
    label_accuracy: Number = _percent()


class DatasetRow(DatasetFields, UseCaseItem, table=True):
    """A data set of a use case."""

    __tablename__: ClassVar[str] = "dataset"
    use_case_id: UUID = _parent("use_case")


class RiskFields(SQLModel):
    """What could make the use case fail."""

    title: Line = _line(least=1)
    category: RiskCategory = _term(RiskCategory.ORGANISATIONAL)
    likelihood: Grade = _grade()
    severity: Grade = _grade()
    mitigation: Text = _text()
    residual_likelihood: Grade = _grade()
    residual_severity: Grade = _grade()
    owner: Line = _line()


class RiskRow(RiskFields, UseCaseItem, table=True):
    """A risk in the register of a use case."""

    __tablename__: ClassVar[str] = "risk"
    __table_args__ = tuple(
        _within(name, "1", "5")
        for name in ("likelihood", "severity", "residual_likelihood", "residual_severity")
    )
    use_case_id: UUID = _parent("use_case")


class KpiFields(SQLModel):
    """A metric with where it stands and where it should go."""

    title: Line = _line(least=1)
    kind: KpiKind = _term(KpiKind.BUSINESS)
    goal: Line = _line(later=True)
    definition: Text = _text(later=True)
    formula: Text = _text(later=True)
    unit: Line = _line(most=60)
    direction: Direction = _term(Direction.UP)
    baseline: Number = Field(default=None, sa_type=sa.Float)
    target: Number = Field(default=None, sa_type=sa.Float)
    due: Day = None
    owner: Line = _line()
    sponsor: Line = _line()
    sign_off: SignOff = Field(
        default=SignOff.DRAFT,
        sa_type=sa.String(40),
        sa_column_kwargs={"server_default": sa.text("'draft'")},
    )
    signed_by: Line = _line(later=True)
    signed_on: Day = None
    paired_with: Line = _line()


class KpiRow(KpiFields, UseCaseItem, table=True):
    """A KPI of a use case."""

    __tablename__: ClassVar[str] = "kpi"
    use_case_id: UUID = _parent("use_case")


class AcceptanceFields(SQLModel):
    """A condition the delivered thing must meet, with how it is checked."""

    statement: Text = Field(min_length=1, max_length=TEXT_LIMIT, sa_type=sa.Text)
    check_by: Line = _line()


class AcceptanceRow(AcceptanceFields, UseCaseItem, table=True):
    """An acceptance criterion of a use case."""

    __tablename__: ClassVar[str] = "acceptance"
    use_case_id: UUID = _parent("use_case")


class MilestoneFields(SQLModel):
    """The end of a phase: when, and what must be true by then."""

    title: Line = _line(least=1)
    phase: Phase = _term(Phase.BASELINE)
    due: Day = None
    entry_criteria: Text = _text(later=True)
    exit_criteria: Text = _text()
    exposure: Text = _text(later=True)
    rollback: Text = _text(later=True)
    feedback: Text = _text(later=True)
    monitoring: Text = _text(later=True)


class MilestoneRow(MilestoneFields, UseCaseItem, table=True):
    """A milestone of a use case."""

    __tablename__: ClassVar[str] = "milestone"
    use_case_id: UUID = _parent("use_case")


class CostFields(SQLModel):
    """Money spent in a phase, besides effort."""

    title: Line = _line(least=1)
    category: CostCategory = _term(CostCategory.OTHER)
    phase: Phase = _term(Phase.BASELINE)
    recurrence: Recurrence = _term(Recurrence.ONE_OFF)
    low: Number = _money()
    likely: Number = _money()
    high: Number = _money()


class CostRow(CostFields, UseCaseItem, table=True):
    """A cost of a use case."""

    __tablename__: ClassVar[str] = "cost"
    use_case_id: UUID = _parent("use_case")


class EffortFields(SQLModel):
    """Days of a role in a phase."""

    role_id: UUID
    phase: Phase = _term(Phase.BASELINE)
    days: FiniteFloat = Field(default=0.0, ge=0, le=1e5)
    who: Line = _line()


class EffortRow(EffortFields, UseCaseItem, table=True):
    """Effort of a use case."""

    __tablename__: ClassVar[str] = "effort"
    use_case_id: UUID = _parent("use_case")
    role_id: UUID = _parent("role")


class AnswerFields(SQLModel):
    """What a team answered to one question of a checklist in the library.

    ``questionnaire`` names the checklist and ``question`` the entry by its id, so that answers
    outlive a question that is no longer asked.
    """

    questionnaire: Line = _line(least=1, most=40)
    question: Line = _line(least=1, most=80)
    answer: Line = _line(most=40)
    note: Text = _text()


class AnswerRow(AnswerFields, Row, table=True):
    """An answer of a use case."""

    __tablename__: ClassVar[str] = "answer"
    __table_args__ = (sa.UniqueConstraint("use_case_id", "questionnaire", "question"),)
    use_case_id: UUID = _parent("use_case")


class SectionFields(SQLModel):
    """What a team keeps of one section of a document.

    ``document`` and ``section`` are ids of its template. ``text`` is Markdown that is kept as it
    is, and ``drafted_from`` the draft it came from; both are empty while the section follows its
    draft.
    """

    document: Line = _line(least=1, most=40)
    section: Line = _line(least=1, most=60)
    text: Text = _text(most=SECTION_LIMIT)
    drafted_from: Text = _text(most=SECTION_LIMIT)
    state: SectionState = _term(SectionState.DRAFTING)
    contributors: Line = _line()
    reviewer: Line = _line()
    approved_by: Line = _line()
    approved_on: Day = Field(default=None, sa_type=sa.Date)


class SectionRow(SectionFields, Row, table=True):
    """A section of a document about a use case."""

    __tablename__: ClassVar[str] = "section"
    __table_args__ = (sa.UniqueConstraint("use_case_id", "document", "section"),)
    use_case_id: UUID = _parent("use_case")


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
    use_case_id: UUID = _parent("use_case")
    criterion_id: UUID = _parent("criterion")
    participant_id: UUID = _parent("participant")


class ExclusionRow(Row, table=True):
    """A participant may not judge a criterion: what that person entered there does not count."""

    __tablename__: ClassVar[str] = "exclusion"
    __table_args__ = (sa.UniqueConstraint("criterion_id", "participant_id"),)
    criterion_id: UUID = _parent("criterion")
    participant_id: UUID = _parent("participant")


# ---------------------------------------------------------------- history


class StepRow(SQLModel, table=True):
    """One undoable step: a command as people would name it."""

    __tablename__: ClassVar[str] = "change_step"
    number: int | None = Field(default=None, primary_key=True)
    label: str = Field(sa_type=sa.Text)
    who: str = Field(sa_type=sa.String(120))
    at: dt.datetime = Field(sa_type=sa.DateTime(timezone=True))
    undone: bool = False


class ImageRow(SQLModel, table=True):
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


class AuditRow(SQLModel, table=True):
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
    "portfolio": frozenset({"method", "aggregation", "risk_aversion", "p_low", "p_high"}),
    "use_case": frozenset({"decision", "decision_reason", "relevance_overruled"}),
    "section": frozenset({"state"}),
}
"""Which fields of which tables leave an audit trail."""

ITEM_ROWS: dict[str, type[UseCaseItem]] = {
    "solutions": SolutionRow,
    "evidence": EvidenceRow,
    "datasets": DatasetRow,
    "risks": RiskRow,
    "kpis": KpiRow,
    "acceptance": AcceptanceRow,
    "milestones": MilestoneRow,
    "costs": CostRow,
    "efforts": EffortRow,
}
"""The lists of a use case by the name they have in its snapshot."""

# Rows read from a file are put together without __init__, which would otherwise do this first.
sqlalchemy.orm.configure_mappers()
