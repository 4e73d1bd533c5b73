"""Selection against brute force, and what must hold beside it."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from scoper.errors import Cancelled, InvalidInput
from scoper.scoring.selection import (
    Capacity,
    Problem,
    Quota,
    Selection,
    conflict,
    core_index,
    frontier,
    greedy,
    select,
)


def random_problem(seed: int) -> Problem:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(3, 9))
    items = rng.permutation(count)
    requires = [(int(items[i]), int(items[j])) for i, j in itertools.combinations(range(count), 2)]
    rng.shuffle(requires)
    quotas = []
    if seed % 3 == 0:
        members = tuple(range(0, count, 2))
        quotas.append(Quota("even", members, least=int(rng.integers(0, 3)), most=2))
        quotas.append(Quota("odd", tuple(range(1, count, 2)), least_share=0.1, most_share=0.6))
    return Problem(
        names=tuple(f"i{n}" for n in range(count)),
        value=rng.integers(-3, 30, count).astype(float),
        cost=rng.integers(0, 20, count).astype(float),
        budget=float(rng.integers(5, 60)),
        capacities=tuple(
            Capacity(
                f"role {n}", rng.integers(0, 9, count).astype(float), float(rng.integers(5, 30))
            )
            for n in range(2)
        ),
        requires=tuple(requires[: int(rng.integers(0, 4))]),
        exclusive=((0, 1), (1, 2)) if seed % 2 else (),
        must=frozenset({0}) if seed % 5 == 0 else frozenset(),
        must_not=frozenset({2}) if seed % 7 == 0 else frozenset(),
        quotas=tuple(quotas),
    )


def allowed(problem: Problem, chosen: set[int]) -> bool:
    cost = sum(problem.cost[i] for i in chosen)
    if cost > problem.budget or not problem.must <= chosen or problem.must_not & chosen:
        return False
    if any(sum(c.use[i] for i in chosen) > c.amount for c in problem.capacities):
        return False
    if any(i in chosen and j not in chosen for i, j in problem.requires):
        return False
    if any(len(chosen & set(group)) > 1 for group in problem.exclusive):
        return False
    for quota in problem.quotas:
        inside = chosen & set(quota.members)
        spent = sum(problem.cost[i] for i in inside)
        if quota.least is not None and len(inside) < quota.least:
            return False
        if quota.most is not None and len(inside) > quota.most:
            return False
        if quota.least_share is not None and spent < quota.least_share * problem.budget - 1e-9:
            return False
        if quota.most_share is not None and spent > quota.most_share * problem.budget + 1e-9:
            return False
    return True


def brute_force(problem: Problem) -> float | None:
    values = [
        float(sum(problem.value[i] for i in chosen))
        for size in range(len(problem.names) + 1)
        for chosen in map(set, itertools.combinations(range(len(problem.names)), size))
        if allowed(problem, chosen)
    ]
    return max(values, default=None)


def solved(problem: Problem) -> Selection | None:
    try:
        return select(problem)
    except InvalidInput:
        return None


def test_selection_equals_brute_force_and_greedy_is_never_better() -> None:
    infeasible = 0
    for seed in range(300):
        problem = random_problem(seed)
        best, found = brute_force(problem), solved(problem)
        infeasible += best is None
        assert (best is None) == (found is None), seed
        if found is None or best is None:
            continue
        assert found.optimal
        assert found.gap == 0
        assert allowed(problem, set(found.chosen)), seed
        assert found.value == pytest.approx(best, abs=1e-9), seed
        beside = greedy(problem)
        if beside:
            assert allowed(problem, set(beside.chosen)), seed
            assert beside.value <= found.value + 1e-9
    assert 0 < infeasible < 150


def test_a_clash_is_smallest_and_named() -> None:
    problem = Problem(
        ("a", "b", "c"),
        np.ones(3),
        np.array([5.0, 6.0, 1.0]),
        10.0,
        exclusive=((1, 2),),
        must=frozenset({0, 1}),
    )
    assert set(conflict(problem)) == {
        "the budget of 10",
        "a must be selected",
        "b must be selected",
    }
    with pytest.raises(InvalidInput, match="do not go together"):
        select(problem)
    assert conflict(replace(problem, budget=11.0)) == ()


def test_frontier_equals_repeated_selection() -> None:
    problem = random_problem(4)
    budgets = [0.0, 10.0, 20.0, 30.0, 40.0, 60.0]
    points = {p.budget: p.selection.value for p in frontier(problem, budgets)}
    best = -np.inf
    for budget in budgets:
        alone = solved(replace(problem, budget=budget))
        if alone and alone.value > best + 1e-9:
            best = alone.value
            assert points.pop(budget) == pytest.approx(best)
    assert not points


def test_core_index_is_the_share_of_draws_that_select() -> None:
    problem = Problem(("a", "b"), np.ones(2), np.ones(2), 1.0)
    values = np.array([[2.0, 1.0], [2.0, 1.0], [1.0, 2.0], [3.0, 0.5]])
    assert core_index(problem, values).tolist() == [0.75, 0.25]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"budget": -1.0}, "budget"),
        ({"budget": float("nan")}, "budget"),
        ({"cost": np.array([1.0, -1.0, 1.0])}, "cost of b"),
        ({"value": np.array([1.0, np.nan, 1.0])}, "value of b"),
        ({"must": frozenset({1}), "must_not": frozenset({1})}, "b must be selected and"),
        ({"requires": ((0, 1), (1, 2), (2, 0))}, "circle: a → b → c → a"),
        ({"requires": ((0, 0),)}, "circle: a → a"),
        ({"capacities": (Capacity("role", np.ones(3), -1.0),)}, "role"),
        ({"quotas": (Quota("kind", (0,), least_share=2.0),)}, "kind"),
    ],
)
def test_bad_input_is_named(change: dict[str, object], says: str) -> None:
    problem = Problem(("a", "b", "c"), np.ones(3), np.ones(3), 1.0)
    with pytest.raises(InvalidInput, match=says):
        replace(problem, **change)


def test_solving_can_be_cancelled_and_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(1)
    count = 200
    problem = Problem(
        tuple(map(str, range(count))),
        rng.integers(50, 100, count).astype(float),
        rng.integers(50, 100, count).astype(float),
        3_000.0,
        capacities=tuple(
            Capacity(f"r{n}", rng.integers(20, 90, count).astype(float), 2_000.0) for n in range(5)
        ),
    )

    def stop() -> None:
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        select(problem, check=stop)
    assert select(problem, gap=0.05).gap <= 0.05
    assert capfd.readouterr().out == ""
