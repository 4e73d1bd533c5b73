"""Criteria schemes: what a group rates, with the written anchor of every level."""

from __future__ import annotations

from typing import Final, Self

from pydantic import Field, model_validator

from scoper.library.packs import LIBRARY, Entry, Pack, PackKind, load
from scoper.terms import Dimension, RiskCategory

DEFAULT_SCHEME: Final = "balanced"
LEVELS: Final = range(1, 6)


class CriterionSpec(Entry):
    """A criterion with the written anchor of every level."""

    key: str = Field(min_length=1, max_length=60)
    title: str = Field(min_length=1, max_length=120)
    question: str = Field(min_length=1)
    dimension: Dimension
    category: RiskCategory | None = None
    weight: float = Field(ge=0)
    anchors: dict[int, str]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.dimension is Dimension.RISK) != (self.category is not None):
            raise ValueError(f"“{self.key}”: a risk criterion, and only it, has a category")
        if sorted(self.anchors) != list(LEVELS) or not all(self.anchors.values()):
            raise ValueError(f"“{self.key}”: there must be one anchor for each level 1 to 5")
        return self


class CriteriaScheme(Pack):
    """A set of criteria to score with."""

    criteria: tuple[CriterionSpec, ...] = Field(min_length=3)

    @model_validator(mode="after")
    def _unique(self) -> Self:
        keys = [criterion.key for criterion in self.criteria]
        if len(keys) != len(set(keys)):
            raise ValueError("two criteria have the same key")
        return self


KIND: Final = PackKind(
    "criteria_schemes", "Criteria schemes", CriteriaScheme, "criteria", CriteriaScheme
)


def criteria_scheme(scheme_id: str = DEFAULT_SCHEME) -> CriteriaScheme:
    """Return the criteria scheme of that id.

    Raises:
        InvalidInput: there is none, or the pack is broken (naming file and field).
    """
    return load(CriteriaScheme, LIBRARY / "criteria" / f"{scheme_id}.toml")
