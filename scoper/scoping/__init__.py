"""The five steps of scoping a use case, as data: what each asks, its gate, what is missing."""

from scoper.scoping.fields import Field, Kind, ListOf, Section, Step
from scoper.scoping.gates import (
    Requirement,
    StepReport,
    StepState,
    rests_on_content,
    review,
)
from scoper.scoping.steps import ABOUT, ITEM_NOUNS, STEPS

__all__ = [
    "ABOUT",
    "ITEM_NOUNS",
    "STEPS",
    "Field",
    "Kind",
    "ListOf",
    "Requirement",
    "Section",
    "Step",
    "StepReport",
    "StepState",
    "rests_on_content",
    "review",
]
