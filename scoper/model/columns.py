"""The types of validated fields, and the columns they are kept in."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import sqlalchemy as sa
import sqlalchemy.orm
from annotated_types import Ge, Le
from pydantic import BeforeValidator, FiniteFloat, StringConstraints
from pydantic_core import PydanticKnownError
from sqlmodel import Field

from scoper.terms import (
    Term,
)
from scoper.text import LINE_LIMIT, TEXT_LIMIT, clean, clean_line


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
Key = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Count = Annotated[int | None, BeforeValidator(_empty_is_none)]
GivenGrade = Annotated[int, Ge(1), Le(5)]


LATER = {"server_default": sa.text("''")}
"""Of a column added by a migration: rows and remembered images from before it have no value."""


def line_column(
    default: Any = "", *, least: int = 0, most: int = LINE_LIMIT, later: bool = False
) -> Any:
    """Return a line of text; one that must not be empty and has no default must be given."""
    given = {"default": default} if len(default) >= least else {}
    return Field(
        **given,
        min_length=least,
        max_length=most,
        sa_type=sa.String(most),
        sa_column_kwargs=LATER if later else {},
    )


def text_column(*, most: int = TEXT_LIMIT, later: bool = False) -> Any:
    """Return a text of several lines, empty unless given."""
    return Field(
        default="",
        max_length=most,
        sa_type=sa.Text,
        sa_column_kwargs=LATER if later else {},
    )


def money_column() -> Any:
    """Return an amount in the currency of the portfolio, from 0 to 1e13."""
    return Field(default=None, ge=0, le=1e13, sa_type=sa.Float)


def term_column(default: Term) -> Any:
    """Return one of a closed list of choices, kept by its word."""
    return Field(default=default, sa_type=sa.String(40))


def parent_column(table: str, *, nullable: bool = False, deleted: str = "CASCADE") -> Any:
    """Return the id of a row of another table, and what happens here when that one is deleted."""
    key = sa.ForeignKey(f"{table}.id", ondelete=deleted)
    extra: dict[str, Any] = {"default": None} if nullable else {}
    return Field(sa_type=sa.Uuid, sa_column_args=[key], nullable=nullable, index=True, **extra)


def within(name: str, low: str, high: str) -> sa.CheckConstraint:
    """Return what keeps a column between two bounds, each a number or another column."""
    return sa.CheckConstraint(
        f"{name} IS NULL OR ({name} >= {low} AND {name} <= {high})", name=f"{name}_range"
    )
