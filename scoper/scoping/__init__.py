"""The five steps of scoping a use case, as data: what each asks, its gate, what is missing."""

from scoper.scoping.fields import Field, Kind, ListOf, Section, Step, UseCaseList
from scoper.scoping.gates import (
    Requirement,
    StepReport,
    StepState,
    rests_on_content,
    review,
)
from scoper.scoping.steps import ABOUT, LISTS, STEP_OF, STEPS

__all__ = [
    "ABOUT",
    "LISTS",
    "STEPS",
    "STEP_OF",
    "Field",
    "Kind",
    "ListOf",
    "Requirement",
    "Section",
    "Step",
    "StepReport",
    "StepState",
    "UseCaseList",
    "rests_on_content",
    "review",
]
