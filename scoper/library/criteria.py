"""Criteria schemes: what a group rates, with the written anchor of every level."""

from __future__ import annotations

from typing import Final, Self

from pydantic import Field, model_validator

from scoper.errors import InvalidInput
from scoper.library.packs import Entry, Pack, PackKind
from scoper.scoring.methods import METHODS
from scoper.terms import Dimension, RiskCategory

DEFAULT_SCHEME: Final = "balanced"
LEVELS: Final = range(1, 6)
"""The levels of a criterion unless it says otherwise."""


class CriterionSpec(Entry):
    """A criterion with the written anchor of every level.

    ``levels`` are what may be rated, from ``low`` to ``high``; empty for a number on a scale with
    these ends and a ``unit``, which needs no anchors.
    """

    key: str = Field(min_length=1, max_length=60)
    title: str = Field(min_length=1, max_length=120)
    question: str = Field(min_length=1)
    dimension: Dimension
    category: RiskCategory | None = None
    weight: float = Field(ge=0)
    levels: tuple[int, ...] = tuple(LEVELS)
    low: float = min(LEVELS)
    high: float = max(LEVELS)
    unit: str = Field(default="", max_length=40)
    anchors: dict[int, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.dimension is Dimension.RISK) != (self.category is not None):
            raise ValueError(f"“{self.key}”: a risk criterion, and only it, has a category")
        if not self.low < self.high:
            raise ValueError(f"“{self.key}”: the scale must rise from low to high")
        if sorted(self.anchors) != sorted(self.levels) or not all(self.anchors.values()):
            raise ValueError(f"“{self.key}”: there must be one anchor for each of its levels")
        if self.levels and (min(self.levels), max(self.levels)) != (self.low, self.high):
            raise ValueError(f"“{self.key}”: low and high must be the ends of its levels")
        if not (self.levels or self.unit):
            raise ValueError(f"“{self.key}”: a number needs a unit")
        return self


class CriteriaScheme(Pack):
    """A set of criteria to score with, and the method whose formula they are made for.

    ``parameters`` are those of the method that differ from its defaults.
    """

    method: str
    parameters: dict[str, float] = Field(default_factory=dict)
    criteria: tuple[CriterionSpec, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _unique(self) -> Self:
        keys = [criterion.key for criterion in self.criteria]
        if len(keys) != len(set(keys)):
            raise ValueError("two criteria have the same key")
        return self

    @model_validator(mode="after")
    def _fits_method(self) -> Self:
        if self.method not in METHODS:
            raise ValueError(f"there is no scoring method “{self.method}”")
        absent = set(METHODS[self.method].criteria) - {c.key for c in self.criteria}
        if absent:
            raise ValueError(f"the method needs a criterion “{min(absent)}”")
        try:
            METHODS[self.method].at(self.parameters)
        except InvalidInput as error:
            raise ValueError(error.message) from None
        return self


KIND: Final = PackKind(
    "criteria_schemes", "Criteria schemes", CriteriaScheme, "criteria", CriteriaScheme, whole=True
)
