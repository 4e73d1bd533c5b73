"""What a selection under a budget must respect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array


@dataclass(frozen=True, slots=True, eq=False)
class Capacity:
    """How much there is of a role, in a period or overall, and what each item takes of it.

    ``use`` ≥ 0, shape (items,); ``amount`` ≥ 0, in the same unit.
    """

    name: str
    use: Array
    amount: float


@dataclass(frozen=True, slots=True)
class Quota:
    """Bounds on the items of a category: their number, and their share of the budget.

    ``least`` and ``most`` are numbers of items, ``least_share`` and ``most_share`` lie in
    [0, 1]; None sets no bound.
    """

    name: str
    members: tuple[int, ...]
    least: int | None = None
    most: int | None = None
    least_share: float | None = None
    most_share: float | None = None


@dataclass(frozen=True, eq=False)
class Problem:
    """Items to choose from, and every constraint.

    ``value`` may be negative, ``cost`` ≥ 0; both of shape (items,). ``requires`` holds pairs
    (item, needed): the first may only be chosen with the second. Of each group in ``exclusive``
    at most one is chosen. Selections whose values differ by less than ``resolution`` are as good
    as each other; 0 takes values to be exact as they are written.
    """

    names: tuple[str, ...]
    value: Array
    cost: Array
    budget: float
    capacities: tuple[Capacity, ...] = ()
    requires: tuple[tuple[int, int], ...] = ()
    exclusive: tuple[tuple[int, ...], ...] = ()
    must: frozenset[int] = frozenset()
    must_not: frozenset[int] = frozenset()
    quotas: tuple[Quota, ...] = ()
    resolution: float = 0.0

    def __post_init__(self) -> None:
        """Check every number and that the rules do not contradict themselves.

        Raises:
            InvalidInput: names the item, capacity or rule that is wrong.
        """
        _check_amounts(self)
        both = sorted(self.must & self.must_not)
        if both:
            raise InvalidInput(
                f"{self.names[both[0]]} must be selected and must not be selected.",
                "Take one of the two back.",
                field="must",
            )
        cycle = find_cycle(self.requires)
        if cycle:
            path = " → ".join(self.names[item] for item in (*cycle, cycle[0]))
            raise InvalidInput(
                f"The dependencies run in a circle: {path}.",
                "Remove one of them.",
                field="requires",
            )


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One linear constraint, low ≤ Σ amounts·chosen ≤ high, with what it says in words."""

    says: str
    items: tuple[int, ...]
    amounts: tuple[float, ...]
    low: float
    high: float


def rows(problem: Problem) -> list[Row]:
    """Return every constraint of the problem; the budget first."""
    names, everything = problem.names, tuple(range(len(problem.names)))
    found = [
        Row(
            f"the budget of {problem.budget:,.10g}",
            everything,
            tuple(problem.cost.tolist()),
            -np.inf,
            problem.budget,
        )
    ]
    found += [
        Row(f"{c.name}: {c.amount:,.10g}", everything, tuple(c.use.tolist()), -np.inf, c.amount)
        for c in problem.capacities
    ]
    found += [
        Row(f"{names[item]} needs {names[needed]}", (item, needed), (1.0, -1.0), -np.inf, 0.0)
        for item, needed in problem.requires
    ]
    found += [
        Row(
            f"at most one of {', '.join(names[item] for item in group)}",
            group,
            (1.0,) * len(group),
            -np.inf,
            1.0,
        )
        for group in problem.exclusive
    ]
    found += [Row(f"{names[i]} must be selected", (i,), (1.0,), 1.0, 1.0) for i in problem.must]
    found += [
        Row(f"{names[i]} must not be selected", (i,), (1.0,), 0.0, 0.0) for i in problem.must_not
    ]
    for quota in problem.quotas:
        found += _quota_rows(problem, quota)
    return found


def as_written(number: float) -> Fraction:
    """Return a number as people write it: 0.1 is a tenth, not the double closest to it.

    That is its first 15 digits, all that a double carries through; the rest is noise of computing.
    """
    return Fraction(f"{number:.15g}")


def times(one: float, other: float) -> float:
    """Return the product of two numbers as they are written, without noise in its last digits."""
    return float(as_written(one) * as_written(other))


def total(numbers: Iterable[float]) -> float:
    """Return the sum of numbers as they are written, without noise in its last digits."""
    return float(sum((as_written(number) for number in numbers), Fraction(0)))


def find_cycle(requires: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """Return the items of one circle of dependencies, or () when there is none."""
    needs: dict[int, list[int]] = {}
    for item, needed in requires:
        needs.setdefault(item, []).append(needed)
    for start in needs:
        came_from = {start: start}
        ahead = [start]
        while ahead:
            item = ahead.pop()
            for needed in needs.get(item, ()):
                if needed == start:
                    return _path(came_from, start, item)
                if needed not in came_from:
                    came_from[needed] = item
                    ahead.append(needed)
    return ()


def _path(came_from: dict[int, int], start: int, end: int) -> tuple[int, ...]:
    path = [end]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return tuple(reversed(path))


def _check_amounts(problem: Problem) -> None:
    count = len(problem.names)
    if not count:
        raise InvalidInput("There is nothing to select from.", "Add items with value and cost.")
    if not (np.isfinite(problem.budget) and problem.budget >= 0):
        raise InvalidInput(
            "The budget is below 0 or not a number.", "Enter 0 or more.", field="budget"
        )
    _check_column(problem.names, problem.value, "value", negative=True)
    _check_column(problem.names, problem.cost, "cost")
    for capacity in problem.capacities:
        if not (np.isfinite(capacity.amount) and capacity.amount >= 0):
            raise InvalidInput(
                f"The capacity of {capacity.name} is below 0 or not a number.",
                "Enter 0 or more.",
                field="capacity",
            )
        _check_column(problem.names, capacity.use, capacity.name)
    for quota in problem.quotas:
        if any(number is not None and number < 0 for number in (quota.least, quota.most)):
            raise InvalidInput(
                f"The number of {quota.name} to select is below 0.",
                "Enter 0 or more.",
                field="quota",
            )
        shares = (quota.least_share, quota.most_share)
        if any(share is not None and not 0 <= share <= 1 for share in shares):
            raise InvalidInput(
                f"The budget share of {quota.name} is not between 0 and 1.",
                "Enter for example 0.2 for a fifth.",
                field="quota",
            )


def _check_column(names: Sequence[str], column: Array, what: str, negative: bool = False) -> None:
    if column.shape != (len(names),):
        raise InvalidInput(f"There must be one {what} per item.", field=what)
    wrong = np.flatnonzero(~np.isfinite(column) | ((column < 0) & (not negative)))
    if wrong.size:
        raise InvalidInput(
            f"The {what} of {names[wrong[0]]} is {'' if negative else 'below 0 or '}not a number.",
            "Correct it.",
            field=what,
        )


def _quota_rows(problem: Problem, quota: Quota) -> list[Row]:
    ones = (1.0,) * len(quota.members)
    costs = tuple(float(problem.cost[item]) for item in quota.members)
    given = (
        (quota.least, "at least {} of {}", ones, 1.0, True),
        (quota.most, "at most {} of {}", ones, 1.0, False),
        (quota.least_share, "at least {:.4%} of the budget for {}", costs, problem.budget, True),
        (quota.most_share, "at most {:.4%} of the budget for {}", costs, problem.budget, False),
    )
    return [
        Row(
            says.format(bound, quota.name),
            quota.members,
            amounts,
            times(bound, unit) if is_least else -np.inf,
            np.inf if is_least else times(bound, unit),
        )
        for bound, says, amounts, unit, is_least in given
        if bound is not None
    ]
