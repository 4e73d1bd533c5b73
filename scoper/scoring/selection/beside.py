"""What stands beside the best selection: greedy's answer, the frontier, the core index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scoper.scoring.matrix import Array
from scoper.scoring.selection.exact import Exact
from scoper.scoring.selection.greedy import take_greedily
from scoper.scoring.selection.problem import Problem, total
from scoper.scoring.selection.solver import Check, Selection, Solver, selection_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """The best selection for a budget."""

    budget: float
    selection: Selection


def greedy(problem: Problem) -> Selection | None:
    """Take items by value per cost while everything still fits, each with what it needs.

    What must be selected comes first. Returns None when the result breaks a constraint, which a
    greedy choice cannot rule out (what must be in, and minimum quotas). Never proven optimal;
    ``gap`` is not known and given as infinity.
    """
    exact = Exact(problem)
    found = take_greedily(exact)
    if found is None:
        return None
    return selection_of(exact, found, optimal=False, gap=np.inf)


def frontier(
    problem: Problem,
    budgets: Sequence[float] | None = None,
    *,
    gap: float = 0.0,
    progress: Progress | None = None,
) -> tuple[FrontierPoint, ...]:
    """Return the best selection for each budget that improves on every smaller one.

    ``budgets`` default to 20 steps from 0 to the cost of everything. Budgets for which nothing
    respects every constraint are left out.
    """
    if budgets is None:
        budgets = np.linspace(0.0, total(problem.cost), 21).tolist()
    points: list[FrontierPoint] = []
    ordered = sorted(budgets)
    for done, budget in enumerate(ordered, start=1):
        found = Solver(replace(problem, budget=budget)).solve(gap=gap)
        if found and (not points or found.value > points[-1].selection.value):
            points.append(FrontierPoint(budget, found))
        if progress:
            progress(done, len(ordered))
    return tuple(points)


def core_index(
    problem: Problem,
    values: Array,
    *,
    gap: float = 0.0,
    progress: Progress | None = None,
    check: Check | None = None,
) -> Array:
    """Return the share of draws under which each item is selected, in [0, 1].

    1 is core (always in), 0 exterior, between is borderline (Liesiö, Mild & Salo 2007, there over
    the non-dominated portfolios). ``values`` has shape (draws, items).
    """
    solver = Solver(problem)
    times = np.zeros(len(problem.names))
    for done, value in enumerate(values, start=1):
        solver.worth(value)
        found = solver.solve(gap=gap, check=check)
        if found:
            times[list(found.chosen)] += 1
        if progress:
            progress(done, len(values))
    share: Array = times / max(1, len(values))
    return share
