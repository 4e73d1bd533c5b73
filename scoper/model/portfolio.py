"""A portfolio, its criteria with their anchors, its people and roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.orm
from pydantic import FiniteFloat, field_validator
from sqlmodel import Field, SQLModel

from scoper.model.columns import (
    Key,
    Line,
    Number,
    QuarterName,
    Text,
    line_column,
    money_column,
    parent_column,
    term_column,
    text_column,
)
from scoper.model.rows import Item, Row
from scoper.scoring.formula.stated import Stated
from scoper.scoring.methods import offered
from scoper.scoring.methods.own import own_method
from scoper.terms import (
    Aggregation,
    Dimension,
    RiskCategory,
)


class PortfolioFields(SQLModel):
    """A portfolio and how it is scored.

    What a method assumes is stated by the method: hence one column of values by method and name
    rather than a column for each. Where a value is missing, the default of the method holds.
    """

    title: Line = line_column("Untitled portfolio", least=1)
    organisation: Line = line_column()
    currency: Line = Field(default="EUR", min_length=3, max_length=3, sa_type=sa.String(3))
    method: Line = line_column("balanced", least=1, most=60)
    aggregation: Aggregation = term_column(Aggregation.MEAN)
    parameters: dict[Key, dict[Key, FiniteFloat]] = Field(
        default_factory=dict,
        max_length=200,
        sa_type=sa.JSON,
        nullable=False,
        sa_column_kwargs={"server_default": sa.text("'{}'")},
    )

    formula: dict[Key, Any] = Field(
        default_factory=dict,
        max_length=5,
        sa_type=sa.JSON,
        nullable=False,
        sa_column_kwargs={"server_default": sa.text("'{}'")},
    )

    @field_validator("parameters")
    @classmethod
    def _possible(cls, given: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
        check_parameters(given)
        return given

    @field_validator("formula")
    @classmethod
    def _stated(cls, given: dict[str, Any]) -> dict[str, Any]:
        return Stated.of(given).stored() if given else given


def check_parameters(
    given: Mapping[str, Mapping[str, float]], formula: Mapping[str, Any] | None = None
) -> None:
    """Make sure that the parameters of each method are what it states as possible.

    ``formula`` is what the portfolio states of a method of its own.

    Raises:
        InvalidInput: one is out of range, or two are in the wrong order.
    """
    own = own_method(Stated.of(formula), {}) if formula else None
    for method in offered(own).values():
        method.at(method.stored_in(given))


class PortfolioRow(PortfolioFields, Row, table=True):
    """One portfolio."""

    __tablename__: ClassVar[str] = "portfolio"


class CriterionFields(SQLModel):
    """What participants rate, on a scale with fixed ends."""

    key: Line = line_column(least=1, most=60)
    title: Line = line_column(least=1, most=120)
    question: Text = text_column()
    dimension: Dimension = term_column(Dimension.IMPACT)
    category: RiskCategory | None = Field(default=None, sa_type=sa.String(40))
    weight: FiniteFloat = Field(default=1.0, ge=0, le=1e6)
    low: FiniteFloat = 1.0
    high: FiniteFloat = 5.0
    unit: Line = line_column(most=40)


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
    portfolio_id: UUID = parent_column("portfolio")


class AnchorFields(SQLModel):
    """What one level of a criterion means, in words."""

    level: int = Field(ge=0, le=100)
    meaning: Text = Field(min_length=1, max_length=600, sa_type=sa.Text)


class AnchorRow(AnchorFields, Row, table=True):
    """The written anchor of one level."""

    __tablename__: ClassVar[str] = "anchor"
    __table_args__ = (sa.UniqueConstraint("criterion_id", "level"),)
    criterion_id: UUID = parent_column("criterion")


class ParticipantFields(SQLModel):
    """A person who rates."""

    name: Line = line_column(least=1, most=120)
    team: Line = line_column(most=120)
    weight: FiniteFloat = Field(default=1.0, ge=0, le=1e6)


class ParticipantRow(ParticipantFields, Item, table=True):
    """A participant of a portfolio."""

    __tablename__: ClassVar[str] = "participant"
    __table_args__ = (
        sa.UniqueConstraint("portfolio_id", "name"),
        sa.CheckConstraint("weight >= 0", name="weight_range"),
    )
    portfolio_id: UUID = parent_column("portfolio")


class RoleFields(SQLModel):
    """A role people play, with its rate and how much of it there is."""

    title: Line = line_column(least=1, most=120)
    day_rate: Number = money_column()
    capacity_days: Number = Field(default=None, ge=0, le=1e6, sa_type=sa.Float)
    hiring_weeks: Number = Field(default=None, ge=0, le=520, sa_type=sa.Float)
    skills: Text = text_column(later=True)


class RoleRow(RoleFields, Item, table=True):
    """A role available to a portfolio."""

    __tablename__: ClassVar[str] = "role"
    __table_args__ = (sa.UniqueConstraint("portfolio_id", "title"),)
    portfolio_id: UUID = parent_column("portfolio")


class CapacityFields(SQLModel):
    """The person-days there are of a role in a quarter, written as in 2027-Q2."""

    quarter: QuarterName = Field(sa_type=sa.String(7))
    days: FiniteFloat = Field(ge=0, le=1e6)


class CapacityRow(CapacityFields, Row, table=True):
    """The capacity of a role in a quarter."""

    __tablename__: ClassVar[str] = "capacity"
    __table_args__ = (sa.UniqueConstraint("role_id", "quarter"),)
    role_id: UUID = parent_column("role")
