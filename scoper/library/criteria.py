"""Criteria schemes: what a group rates, with the written anchor of every level."""

from __future__ import annotations

from typing import Any, Final, Self

from pydantic import Field, FiniteFloat, model_validator

from scoper.errors import InvalidInput
from scoper.library.packs import Entry, Pack, PackKind
from scoper.scoring.formula.reading import MOST_LETTERS
from scoper.scoring.formula.stated import Stated
from scoper.scoring.methods import METHODS, OWN, Method
from scoper.scoring.methods.own import check_names, own_method
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


class ParameterSpec(Entry):
    """A parameter of a formula, from ``low`` on or up to ``high``."""

    name: str = Field(min_length=1, max_length=30)
    title: str = Field(min_length=1, max_length=60)
    meaning: str = Field(min_length=1, max_length=300)
    symbol: str = Field(default="", max_length=4)
    unit: str = Field(default="", max_length=40)
    default: FiniteFloat
    low: FiniteFloat = 0.0
    high: FiniteFloat | None = None


class FormulaSpec(Entry):
    """A formula over criteria and parameters; ``tiers`` as in “A from 3, B from 1.5, C”."""

    text: str = Field(min_length=1, max_length=MOST_LETTERS)
    parameters: tuple[ParameterSpec, ...] = ()
    tiers: str = Field(default="", max_length=300)


class CriteriaScheme(Pack):
    """A set of criteria to score with, and the method whose formula they are made for.

    ``parameters`` are those of the method that differ from its defaults. The method “formula”
    takes the ``formula`` that the scheme states itself.
    """

    method: str
    parameters: dict[str, float] = Field(default_factory=dict)
    formula: FormulaSpec | None = None
    criteria: tuple[CriterionSpec, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _unique(self) -> Self:
        keys = [criterion.key for criterion in self.criteria]
        if len(keys) != len(set(keys)):
            raise ValueError("two criteria have the same key")
        return self

    @model_validator(mode="after")
    def _fits_method(self) -> Self:
        if (self.method == OWN) != (self.formula is not None):
            raise ValueError("a formula is stated for the method “formula”, and only for it")
        if self.method not in (*METHODS, OWN):
            raise ValueError(f"there is no scoring method “{self.method}”")
        try:
            if self.formula:
                check_names(Stated.of(self.stated), [c.key for c in self.criteria])
            absent = set(self.scored_by.criteria) - {c.key for c in self.criteria}
            if absent:
                raise ValueError(f"the method needs a criterion “{min(absent)}”")
            self.scored_by.at(self.parameters)
        except InvalidInput as error:
            raise ValueError(error.message) from None
        return self

    @property
    def stated(self) -> dict[str, Any]:
        """The formula as a portfolio stores it; empty where the method has one already."""
        if not self.formula:
            return {}
        parameters = {
            each.name: each.model_dump(exclude={"name"}, exclude_none=True)
            for each in self.formula.parameters
        }
        return {
            "text": self.formula.text,
            "title": self.title,
            "source": self.source,
            "parameters": parameters,
            "tiers": self.formula.tiers,
        }

    @property
    def scored_by(self) -> Method:
        """The method that scores by these criteria."""
        if not self.formula:
            return METHODS[self.method]
        scales = {each.key: (each.low, each.high) for each in self.criteria}
        return own_method(Stated.of(self.stated), scales)


KIND: Final = PackKind(
    "criteria_schemes", "Criteria schemes", CriteriaScheme, "criteria", CriteriaScheme, whole=True
)
