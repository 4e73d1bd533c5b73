"""A portfolio with its criteria, people, roles and ratings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.formula.stated import Stated
from scoper.scoring.methods import Method
from scoper.scoring.methods.own import own_method
from scoper.scoring.ratings import Ratings, without_excluded
from scoper.snapshot.use_case import ENTRIES_OF, MOST_LEVELS, UseCase
from scoper.terms import (
    Aggregation,
    Decision,
    Dimension,
    RiskCategory,
)


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

    def rating(self, value: float) -> float:
        """Return a value in [0, 1] on the criterion's own scale."""
        return self.low + value * (self.high - self.low)


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


def ids(portfolio: Portfolio) -> set[UUID]:
    """Return the ids of everything in a portfolio that people edit by its fields."""
    found: set[UUID] = {portfolio.id}
    parts = (portfolio.criteria, portfolio.participants, portfolio.roles, portfolio.use_cases)
    for part in (*parts, *(_entries(use_case) for use_case in portfolio.use_cases)):
        found.update(each.id for each in part)
    return found


def _entries(use_case: UseCase) -> Iterator[Any]:
    for name in ENTRIES_OF:
        yield from getattr(use_case, name)


@dataclass(frozen=True, eq=False)
class Portfolio:
    """Everything a portfolio holds, at one moment.

    ``parameters`` are those that were set for each method, by its id and their names; ``formula``
    is the statement of a method of its own, empty where there is none.

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
    parameters: Mapping[str, Mapping[str, float]]
    version: int
    criteria: tuple[Criterion, ...]
    participants: tuple[Participant, ...]
    roles: tuple[Role, ...]
    use_cases: tuple[UseCase, ...]
    ratings: NDArray[np.float64]
    abstained: NDArray[np.bool_]
    exclusions: frozenset[tuple[UUID, UUID]] = frozenset()
    formula: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def own_method(self) -> Method | None:
        """The method that the portfolio states itself."""
        scales = {criterion.key: (criterion.low, criterion.high) for criterion in self.criteria}
        return own_method(Stated.of(self.formula), scales) if self.formula else None

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
    def given(self) -> NDArray[np.bool_]:
        """Where somebody rated or abstained, whether or not it counts; shaped as ``ratings``."""
        given: NDArray[np.bool_] = ~np.isnan(self.ratings) | self.abstained
        return given

    @cached_property
    def settled(self) -> NDArray[np.bool_]:
        """Where nothing is open: somebody rated, abstained or may not judge; as ``ratings``."""
        settled: NDArray[np.bool_] = self.given | self.excluded
        return settled

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
