"""Data checks: what makes a data set fit to build on, with the anchor of every grade."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, model_validator

from scoper.library.criteria import LEVELS
from scoper.library.entries import Entry, distinct
from scoper.library.packs import Pack, PackKind, Text
from scoper.terms import DataArea, DataScope


class DataCheck(Entry):
    """One check of a data set, graded 1 (poor) to 5 (good).

    ``blocks`` says why a grade of 1 stops all work; empty where it does not. ``plan`` holds
    prompts for the retraining plan.
    """

    title: Text
    area: DataArea
    scope: DataScope = DataScope.ALWAYS
    weight: float = Field(gt=0, le=10)
    question: Text
    why: Text
    anchors: dict[int, Text]
    improve: Text
    blocks: str = ""
    plan: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if sorted(self.anchors) != list(LEVELS):
            raise ValueError(f"“{self.key}”: there must be one anchor for each grade 1 to 5")
        return self


class DataCheckPack(Pack):
    """The checks of data readiness."""

    data_checks: Annotated[tuple[DataCheck, ...], Field(min_length=1), AfterValidator(distinct)]


KIND: Final = PackKind(
    "data_checks", "Data checks", DataCheckPack, "data_checks", DataCheck, "data_checks", "key"
)
