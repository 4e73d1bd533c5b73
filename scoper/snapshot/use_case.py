"""A use case with everything the five steps hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple, get_args, get_origin, get_type_hints
from uuid import UUID

from scoper.terms import (
    Approach,
    CostCategory,
    Decision,
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
    sophistication: Sophistication = Sophistication.UNSAID
    proposed_by: Discipline = Discipline.UNSAID
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
    """Days of a role in a phase; ``days`` are the likely ones."""

    id: UUID
    role_id: UUID
    phase: Phase = Phase.BASELINE
    days: float = 0.0
    who: str = ""
    days_low: float | None = None
    days_high: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the team answered to one question of a checklist, by the ids of the library."""

    id: UUID
    questionnaire: str
    question: str
    answer: str = ""
    note: str = ""


class SectionPlace(NamedTuple):
    """Which section, of which document of a use case."""

    use_case_id: UUID
    document: str
    section: str


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
    work_change: str = ""
    oversight: str = ""
    response_time: str = ""
    peak_load: str = ""
    cost_per_case: str = ""
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


ENTRIES_OF: Final[Mapping[str, type]] = {
    name: get_args(hint)[0]
    for name, hint in get_type_hints(UseCase).items()
    if get_origin(hint) is tuple
}
"""What a use case has several of: the class of an entry by the attribute that holds them."""


def table_of(kind: type) -> str:
    """Return the name of the table that keeps values of a class of the snapshot."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
