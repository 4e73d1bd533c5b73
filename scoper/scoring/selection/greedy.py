"""Taking items by value per cost: what anybody would do by hand, and where the search starts."""

from __future__ import annotations

import numpy as np

from scoper.scoring.selection.exact import Exact
from scoper.scoring.selection.problem import Problem


def take_greedily(exact: Exact) -> list[int] | None:
    """Return items taken by value per cost while everything still fits, each with what it needs.

    What must be selected comes first. None when the result breaks a constraint, which a greedy
    choice cannot rule out (what must be in, and minimum quotas).
    """
    problem = exact.problem
    needs = _needs(problem)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        rate = np.where(problem.cost > 0, problem.value / problem.cost, np.inf)
    order = np.lexsort((np.arange(len(rate)), -rate))
    chosen: set[int] = set()
    used = [0] * len(exact.rows)
    for item in (*sorted(problem.must), *order.tolist()):
        wanted = {item, *needs[item]} - chosen
        if item not in problem.must and exact.value(wanted) <= 0:
            continue
        after: dict[int, int] = {}
        for new in wanted:
            for place, amount in exact.columns[new]:
                after[place] = after.get(place, used[place]) + amount
        ends = ((exact.rows[place].high, amount) for place, amount in after.items())
        if all(high is None or amount <= high for high, amount in ends):
            chosen |= wanted
            for place, amount in after.items():
                used[place] = amount
    found = sorted(chosen)
    return None if exact.broken(found) else found


def _needs(problem: Problem) -> list[set[int]]:
    direct: dict[int, set[int]] = {}
    for item, needed in problem.requires:
        direct.setdefault(item, set()).add(needed)
    found = []
    for item in range(len(problem.names)):
        reached: set[int] = set()
        ahead = set(direct.get(item, ()))
        while ahead:
            reached |= ahead
            ahead = {n for i in ahead for n in direct.get(i, ())} - reached
        found.append(reached)
    return found
