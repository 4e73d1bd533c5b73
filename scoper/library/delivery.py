"""What delivery takes: the phases of a roadmap, the people and the costs."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from scoper.library.entries import Entry, distinct
from scoper.library.packs import Pack, PackKind, Text
from scoper.terms import CostCategory, Phase, Recurrence

Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
StepKey = Literal["problem", "solutions", "feasibility", "kpis", "resources"]


class Span(Entry):
    """An entry with a low, a likely and a high figure, rising."""

    low: float = Field(ge=0)
    likely: float = Field(ge=0)
    high: float = Field(ge=0)

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if not self.low <= self.likely <= self.high:
            raise ValueError(f"“{self.key}”: low, likely and high must rise")
        return self


class RoadmapPhase(Span):
    """A phase of the roadmap; low, likely and high are its usual weeks."""

    phase: Phase
    purpose: Text
    entry: Texts
    exit: Texts
    exposure: Text
    rollback: Text
    feedback: Text
    monitoring: Texts
    pitfall: Text


class RoadmapPack(Pack):
    """The phases of a roadmap, in order."""

    roadmap_phases: Annotated[
        tuple[RoadmapPhase, ...], Field(min_length=1), AfterValidator(distinct)
    ]

    @model_validator(mode="after")
    def _every_phase(self) -> Self:
        given = [entry.phase for entry in self.roadmap_phases]
        if given not in (list(Phase), [phase for phase in Phase if phase.is_asked]):
            raise ValueError("there must be one entry for each phase, in the order of the phases")
        return self


class RoleProfile(Entry):
    """A role: what it is good at, what it does, what it costs, when it takes part.

    ``day_rate`` is the full cost of a working day in euros, ``hiring_weeks`` the time from the
    approved vacancy to the first day. ``days`` are the usual person-days of one use case in
    each phase, as low, likely and high.
    """

    title: Text
    purpose: Text
    skills: Texts
    responsibilities: Texts
    tools: Texts
    day_rate: float = Field(gt=0)
    hiring_weeks: int = Field(ge=0, le=104)
    hiring_note: Text
    steps: Annotated[tuple[StepKey, ...], Field(min_length=1)]
    days: dict[Phase, tuple[float, float, float]]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not set(self.days) >= {phase for phase in Phase if phase.is_asked}:
            raise ValueError(f"“{self.key}”: there must be days for every phase")
        if any(not 0 <= low <= likely <= high for low, likely, high in self.days.values()):
            raise ValueError(f"“{self.key}”: low, likely and high days must rise from 0 or more")
        if len(self.steps) != len(set(self.steps)):
            raise ValueError(f"“{self.key}”: a step is named twice")
        return self

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases this role usually takes part in."""
        return tuple(phase for phase in Phase if phase in self.days and self.days[phase][1] > 0)


class RoleProfilePack(Pack):
    """The roles an AI use case needs."""

    role_profiles: Annotated[tuple[RoleProfile, ...], Field(min_length=1), AfterValidator(distinct)]


class CostItem(Span):
    """A cost that use cases have; low, likely and high are euros for a mid-sized use case."""

    title: Text
    category: CostCategory
    recurrence: Recurrence
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    driver: Text
    estimate: Text
    forgotten: Text


class CostPack(Pack):
    """Costs that use cases have, besides the people counted as effort."""

    cost_items: Annotated[tuple[CostItem, ...], Field(min_length=1), AfterValidator(distinct)]


ROADMAP: Final = PackKind(
    "roadmap_phases",
    "Roadmap",
    RoadmapPack,
    "roadmap",
    RoadmapPhase,
    "roadmap_phases",
    "key",
    whole=True,
)
ROLE_PROFILES: Final = PackKind(
    "role_profiles",
    "Role profiles",
    RoleProfilePack,
    "role_profiles",
    RoleProfile,
    "role_profiles",
    "key",
)
COSTS: Final = PackKind(
    "cost_items", "Costs", CostPack, "cost_catalogue", CostItem, "cost_items", "key"
)
