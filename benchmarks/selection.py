"""Selecting from 1,000 use cases: time to a gap of 0.1 % and to the proof, beside greedy."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

ITEMS, ROLES, DEPENDENCIES, GROUPS = 1_000, 6, 100, 50
SEEDS = tuple(range(1, 11))
SHARES = (0.37, 0.25)
"""How much of the whole demand there is of each role: some roles are scarce, or nearly all are."""
LONGEST = 5.0


def main() -> None:
    """Print times and values, and the medians over the seeds."""
    print(
        f"\nSelection, {ITEMS:,} use cases, budget, {ROLES} capacities, {DEPENDENCIES} "
        f"dependencies, {GROUPS} exclusive groups"
    )
    for share in SHARES:
        print(f"  capacities of {share:.0%} of the demand")
        to_gap, to_end = zip(*(_measure(seed, share) for seed in SEEDS), strict=True)
        print(
            f"    gap ≤ 0.1 %: median {statistics.median(to_gap):.2f} s, longest "
            f"{max(to_gap):.2f} s; proof or stop: median {statistics.median(to_end):.2f} s"
        )


def _measure(seed: int, share: float) -> tuple[float, float]:
    from scoper.scoring.selection import greedy, select

    problem = make_problem(seed, share)
    near, to_gap = _timed(lambda: select(problem, gap=1e-3))
    best, to_end = _timed(lambda: select(problem, seconds=LONGEST))
    beside, quickly = _timed(lambda: greedy(problem))
    end = "proof" if best.optimal else f"stopped at {best.gap:.3%}"
    print(
        f"    gap ≤ 0.1 %: {to_gap:5.2f} s, {near.value:,.1f}   {end}: {to_end:5.2f} s, "
        f"{best.value:,.1f}   greedy: {quickly:5.2f} s, {beside.value:,.1f} "
        f"({beside.value / best.value:.2%})"
    )
    return to_gap, to_end


def make_problem(seed: int, share: float) -> Any:
    """Return a portfolio at random: scarce money, and ``share`` of the demand for each role."""
    from scoper.scoring.selection import Capacity, Problem

    rng = np.random.default_rng(seed)
    cost = rng.lognormal(11.5, 0.7, ITEMS).round(-2)
    order = rng.permutation(ITEMS)
    pairs = [sorted(rng.choice(ITEMS, 2, replace=False)) for _ in range(DEPENDENCIES)]
    groups = rng.permutation(ITEMS)[: GROUPS * 4].reshape(GROUPS, 4)
    capacities = []
    for role in range(ROLES):
        use = (rng.gamma(2.0, 12.0, ITEMS) * (rng.random(ITEMS) < 0.7)).round()
        capacities.append(Capacity(f"role {role}", use, float((use.sum() * share).round())))
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
