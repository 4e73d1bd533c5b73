"""Frozen values read from a portfolio: what every screen, chart and file is drawn from.

Field names are those of the tables in ``scoper.model``; a test keeps the two in step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.ratings import Ratings, without_excluded
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
)


@dataclass(frozen=True, slots=True)
class Solution:
    """One way to solve the problem, with or without AI."""

    id: UUID
    title: str
    approach: Approach = Approach.PROCESS
    input_data: str = ""
    output: str = ""
    task: str = ""
    sophistication: Sophistication = Sophistication.MEDIUM
    proposed_by: Discipline = Discipline.PRODUCT
    shortlisted: bool = False
    reason: str = ""
    feasibility: Feasibility = Feasibility.OPEN
    feasibility_reason: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that speaks for or against an option; ``strength`` is None until judged."""

    id: UUID
    solution_id: UUID | None = None
    kind: EvidenceKind = EvidenceKind.PROTOTYPE
    statement: str = ""
    finding: Finding = Finding.SUPPORTS
    strength: EvidenceStrength | None = None
    source: str = ""
    found_on: dt.date | None = None


MOST_LEVELS: Final = 21
"""Most levels people can tell apart: a scale of whole numbers with more is a number."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set the use case needs.

    ``grades`` holds a grade from 1 (poor) to 5 (good) by key of the data check, for the checks
    that are graded. ``copied_from`` says which use case the description came from.
    ``label_review`` and ``label_accuracy`` are percentages.
    """

    id: UUID
    title: str
    owner: str = ""
    grades: Mapping[str, int] = field(default_factory=dict)
    personal_data: PersonalData = PersonalData.UNKNOWN
    legal_basis: str = ""
    localisation: str = ""
    retraining_plan: str = ""
    improvement: str = ""
    copied_from: str = ""
    label_items: int | None = None
    label_votes: int | None = None
    label_minutes: float | None = None
    label_rate: float | None = None
    label_review: float | None = None
    label_accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """What could make the use case fail."""

    id: UUID
    title: str
    category: RiskCategory = RiskCategory.ORGANISATIONAL
    likelihood: int | None = None
    severity: int | None = None
    mitigation: str = ""
    owner: str = ""
    residual_likelihood: int | None = None
    residual_severity: int | None = None


@dataclass(frozen=True, slots=True)
class Kpi:
    """A metric with where it stands and where it should go."""

    id: UUID
    title: str
    kind: KpiKind = KpiKind.BUSINESS
    unit: str = ""
    direction: Direction = Direction.UP
    baseline: float | None = None
    target: float | None = None
    due: dt.date | None = None
    owner: str = ""
    sponsor: str = ""
    paired_with: str = ""
    goal: str = ""
    definition: str = ""
    formula: str = ""
    sign_off: SignOff = SignOff.DRAFT
    signed_by: str = ""
    signed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A condition the delivered thing must meet."""

    id: UUID
    statement: str
    check_by: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """The end of a phase."""

    id: UUID
    title: str
    phase: Phase = Phase.BASELINE
    due: dt.date | None = None
    exit_criteria: str = ""
    entry_criteria: str = ""
    exposure: str = ""
    rollback: str = ""
    feedback: str = ""
    monitoring: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """Money spent in a phase, besides effort."""

    id: UUID
    title: str
    category: CostCategory = CostCategory.OTHER
    phase: Phase = Phase.BASELINE
    recurrence: Recurrence = Recurrence.ONE_OFF
    low: float | None = None
    likely: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Effort:
    """Days of a role in a phase."""

    id: UUID
    role_id: UUID
    phase: Phase = Phase.BASELINE
    days: float = 0.0
    who: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the team answered to one question of a checklist, by the ids of the library."""

    id: UUID
    questionnaire: str
    question: str
    answer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What a team keeps of one section of a document, by the ids of its template.

    ``text`` is Markdown and ``drafted_from`` the draft it came from; both are empty while the
    section follows its draft.
    """

    id: UUID
    document: str
    section: str
    text: str = ""
    drafted_from: str = ""
    state: SectionState = SectionState.DRAFTING
    contributors: str = ""
    reviewer: str = ""
    approved_by: str = ""
    approved_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCase:
    """A candidate use case with everything the five steps hold."""

    id: UUID
    version: int = 1
    position: int = 0
    key: str
    title: str
    summary: str = ""
    organisation: str = ""
    function: str = ""
    stage: Stage = Stage.IDEA
    tags: str = ""
    source_id: str = ""
    problem: str = ""
    affected: str = ""
    context: str = ""
    current_cost: float | None = None
    current_volume: str = ""
    problem_evidence: str = ""
    if_nothing: str = ""
    simpler_fix: str = ""
    technical_relevance: str = ""
    commercial_relevance: str = ""
    relevance_overruled: RelevanceDecision = RelevanceDecision.FOLLOW
    relevance_reason: str = ""
    owner: str = ""
    expected_output: str = ""
    data_notes: str = ""
    benefits: str = ""
    benefit_low: float | None = None
    benefit_likely: float | None = None
    benefit_high: float | None = None
    benefit_basis: str = ""
    start_on: dt.date | None = None
    rollback_trigger: str = ""
    partner_teams: str = ""
    hiring: str = ""
    capacity_note: str = ""
    decision: Decision = Decision.UNDECIDED
    decision_reason: str = ""
    decided_by: str = ""
    decided_on: dt.date | None = None
    solutions: tuple[Solution, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    risks: tuple[Risk, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    acceptance: tuple[Acceptance, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    costs: tuple[Cost, ...] = ()
    efforts: tuple[Effort, ...] = ()
    answers: tuple[Answer, ...] = ()
    sections: tuple[Section, ...] = ()

    def answers_to(self, questionnaire: str) -> dict[str, Answer]:
        """Return the answers to one checklist, by id of the question."""
        return {a.question: a for a in self.answers if a.questionnaire == questionnaire}

    def sections_of(self, document: str) -> dict[str, Section]:
        """Return what is kept of one document, by id of the section."""
        return {s.section: s for s in self.sections if s.document == document}


@dataclass(frozen=True, slots=True)
class Criterion:
    """What participants rate, with the written anchor of every level."""

    id: UUID
    key: str
    title: str
    question: str
    dimension: Dimension
    category: RiskCategory | None
    weight: float
    low: float
    high: float
    unit: str
    anchors: tuple[tuple[int, str], ...] = ()
    version: int = 1

    @property
    def levels(self) -> int:
        """How many levels the scale has; 0 where it is a number instead.

        A number has a unit, an end that is not whole, or more than ``MOST_LEVELS`` steps.
        """
        whole = self.low.is_integer() and self.high.is_integer()
        levels = int(self.high - self.low) + 1 if whole and not self.unit else 0
        return levels if levels <= MOST_LEVELS else 0


@dataclass(frozen=True, slots=True)
class Participant:
    """A person who rates."""

    id: UUID
    name: str
    team: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Role:
    """A role with its day rate and the person-days there are of it.

    ``capacities`` are the days there are in single quarters, as in ("2027-Q2", 40.0), in order.
    ``hiring_weeks`` is the time from the approved vacancy to the first day.
    """

    id: UUID
    title: str
    day_rate: float | None = None
    capacity_days: float | None = None
    hiring_weeks: float | None = None
    skills: str = ""
    capacities: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Staffing:
    """What the roles of a portfolio mean for a use case that asks for them.

    ``overbooked`` are roles of which more is asked than there is, ``priced`` those with a rate.
    ``shortages`` says of a role in which quarters more is asked than there is, and by how much.
    """

    overbooked: frozenset[UUID] = frozenset()
    priced: frozenset[UUID] = frozenset()
    shortages: tuple[tuple[UUID, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Portfolio:
    """Everything a portfolio holds, at one moment.

    ``ratings`` and ``abstained`` have shape (use cases, criteria, participants), in the order
    of the tuples. A rating is on the criterion's own scale; NaN where none was entered or the
    participant abstained. ``exclusions`` names who may not judge what, as pairs of criterion
    and participant; their ratings stay stored and do not count.
    """

    id: UUID
    title: str
    organisation: str
    currency: str
    method: str
    aggregation: Aggregation
    risk_aversion: float
    p_low: float
    p_high: float
    version: int
    criteria: tuple[Criterion, ...]
    participants: tuple[Participant, ...]
    roles: tuple[Role, ...]
    use_cases: tuple[UseCase, ...]
    ratings: NDArray[np.float64]
    abstained: NDArray[np.bool_]
    exclusions: frozenset[tuple[UUID, UUID]] = frozenset()

    @cached_property
    def excluded(self) -> NDArray[np.bool_]:
        """Who may not judge what; shape (criteria, participants)."""
        excluded = np.zeros((len(self.criteria), len(self.participants)), dtype=np.bool_)
        if self.exclusions:
            for row, criterion in enumerate(self.criteria):
                for column, person in enumerate(self.participants):
                    excluded[row, column] = (criterion.id, person.id) in self.exclusions
        return excluded

    @cached_property
    def counted(self) -> NDArray[np.float64]:
        """The ratings of those who may judge the criterion; otherwise as ``ratings``."""
        return without_excluded(self.ratings, self.excluded)

    @cached_property
    def judged(self) -> Ratings:
        """The ratings that say how far the group agrees: of those with a voice and permission."""
        voices = np.array([p.weight > 0 for p in self.participants], dtype=np.bool_)
        return Ratings(
            values=self.counted[:, :, voices],
            low=np.array([c.low for c in self.criteria], dtype=np.float64),
            high=np.array([c.high for c in self.criteria], dtype=np.float64),
            levels=np.array([c.levels for c in self.criteria], dtype=np.int64),
        )

    @cached_property
    def row_of(self) -> dict[UUID, int]:
        """The row of each use case, by id."""
        return {use_case.id: row for row, use_case in enumerate(self.use_cases)}

    @cached_property
    def key_order(self) -> NDArray[np.intp]:
        """The position of each use case in the order of keys, which settles ties."""
        order = sorted(range(len(self.use_cases)), key=lambda row: self.use_cases[row].key)
        positions = np.empty(len(order), dtype=np.intp)
        positions[order] = np.arange(len(order))
        return positions

    @cached_property
    def likely_benefits(self) -> NDArray[np.float64]:
        """The likely annual benefit of each use case; 0 where none is estimated."""
        return np.array([use_case.benefit_likely or 0.0 for use_case in self.use_cases])

    @cached_property
    def booked_days(self) -> dict[UUID, float]:
        """Person-days asked of each role by the use cases that were not decided against."""
        days = {role.id: 0.0 for role in self.roles}
        for use_case in self.use_cases:
            if use_case.decision is not Decision.NO_GO:
                for effort in use_case.efforts:
                    days[effort.role_id] += effort.days
        return days

    @cached_property
    def staffing(self) -> Staffing:
        """Which roles are overbooked and which have a rate."""
        return Staffing(
            overbooked=frozenset(
                role.id
                for role in self.roles
                if role.capacity_days is not None
                and self.booked_days[role.id] > role.capacity_days + 1e-9
            ),
            priced=frozenset(role.id for role in self.roles if role.day_rate is not None),
        )


@dataclass(frozen=True, slots=True)
class Changes:
    """What a command changed: kinds of rows, and the use cases they belong to.

    ``label`` names the step, as in "Undo: Rate Churn alerts".
    """

    label: str
    entities: frozenset[str] = frozenset()
    use_cases: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.entities)
