"""Selecting from 1,000 use cases: time to a gap of 0.1 % and to the proof, beside greedy."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

ITEMS, ROLES, DEPENDENCIES, GROUPS = 1_000, 6, 100, 50
SEEDS = (1, 2, 3)


def main() -> None:
    """Print times and values."""
    from scoper.scoring.selection import greedy, select

    print(
        f"\nSelection, {ITEMS:,} use cases, budget, {ROLES} capacities, {DEPENDENCIES} "
        f"dependencies, {GROUPS} exclusive groups"
    )
    for seed in SEEDS:
        problem = make_problem(seed)
        near, to_gap = _timed(lambda p=problem: select(p, gap=1e-3))
        best, to_proof = _timed(lambda p=problem: select(p, seconds=20))
        beside, quickly = _timed(lambda p=problem: greedy(p))
        print(
            f"  gap ≤ 0.1 %: {to_gap:5.2f} s, {near.value:,.1f}   "
            f"{'proof' if best.optimal else 'stopped'}: {to_proof:5.2f} s, {best.value:,.1f}   "
            f"greedy: {quickly:5.2f} s, {beside.value:,.1f} ({beside.value / best.value:.2%})"
        )


def make_problem(seed: int) -> Any:
    """Return a portfolio at random in which money is scarce and some roles are."""
    from scoper.scoring.selection import Capacity, Problem

    rng = np.random.default_rng(seed)
    cost = rng.lognormal(11.5, 0.7, ITEMS).round(-2)
    order = rng.permutation(ITEMS)
    pairs = [sorted(rng.choice(ITEMS, 2, replace=False)) for _ in range(DEPENDENCIES)]
    groups = rng.permutation(ITEMS)[: GROUPS * 4].reshape(GROUPS, 4)
    capacities = []
    for role in range(ROLES):
        use = (rng.gamma(2.0, 12.0, ITEMS) * (rng.random(ITEMS) < 0.7)).round()
        capacities.append(Capacity(f"role {role}", use, float((use.sum() * 0.37).round())))
    return Problem(
        names=tuple(f"UC-{number:04d}" for number in range(ITEMS)),
        value=(rng.random(ITEMS) * 50 + np.log(cost)).round(3),
        cost=cost,
        budget=float((cost.sum() * 0.2).round()),
        capacities=tuple(capacities),
        requires=tuple((int(order[a]), int(order[b])) for a, b in pairs),
        exclusive=tuple(tuple(int(item) for item in group) for group in groups),
    )


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began


if __name__ == "__main__":
    main()
