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


@pytest.mark.parametrize("unit", [1e-4, 1e3, 1e9])
def test_the_units_of_value_cost_and_days_do_not_matter(unit: float) -> None:
    for seed in range(30):
        problem = random_problem(seed)
        best = brute_force(problem)
        scaled = replace(
            problem,
            value=problem.value / unit,
            cost=problem.cost * unit,
            budget=problem.budget * unit,
            capacities=tuple(
                replace(c, use=c.use * unit, amount=c.amount * unit) for c in problem.capacities
            ),
        )
        found = solved(scaled)
        assert (best is None) == (found is None), seed
        if found is not None and best is not None:
            assert found.value == pytest.approx(best / unit, rel=1e-9), seed
            assert found.cost == pytest.approx(sum(scaled.cost[i] for i in found.chosen))


def test_greedy_takes_what_brings_most_for_its_cost_until_nothing_fits() -> None:
    """It is beaten by looking ahead; what is free comes first, then equals in their order."""
    value, cost = np.array([10.0, 10.0, 60.0, 50.0, 1.0]), np.array([10.0, 10.0, 40.0, 60.0, 0.0])
    problem = Problem(("a", "b", "c", "d", "free"), value, cost, 100.0)
    found = greedy(problem)
    assert found is not None
    assert (found.chosen, found.value, found.cost) == ((0, 1, 2, 4), 81.0, 60.0)
    assert (found.optimal, found.gap) == (False, np.inf)
    assert select(problem).chosen == (2, 3, 4)
    short = greedy(replace(problem, budget=55.0))
    assert short is not None
    assert short.chosen == (0, 2, 4)


def test_greedy_takes_an_item_with_all_it_needs_or_not_at_all() -> None:
    value, cost = np.array([30.0, -2.0, -40.0, 5.0]), np.array([1.0, 5.0, 1.0, 3.0])
    problem = Problem(("a", "base", "deep", "b"), value, cost, 9.0, requires=((0, 1),))
    for requires, budget, chosen in (
        (((0, 1),), 9.0, (0, 1, 3)),
        (((0, 1),), 6.0, (0, 1)),
        (((0, 1),), 5.5, (3,)),
        (((0, 1), (1, 2)), 9.0, (3,)),
    ):
        found = greedy(replace(problem, requires=requires, budget=budget))
        assert found is not None
        assert found.chosen == chosen, (requires, budget)
    forced = greedy(replace(problem, requires=((2, 3),), must=frozenset({2})))
    assert forced is not None
    assert forced.chosen == (0, 2, 3)
    two = (Quota("all", (0, 1, 2, 3), least=2),)
    assert greedy(replace(problem, budget=2.0, requires=(), quotas=two)) is None


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
        ({"quotas": (Quota("kind", (0,), least_share=2.0),)}, "share of kind"),
        ({"quotas": (Quota("kind", (0,), most_share=-0.01),)}, "share of kind"),
        ({"quotas": (Quota("kind", (0,), least=-1),)}, "number of kind"),
        ({"quotas": (Quota("kind", (0,), most=-1),)}, "number of kind"),
        ({"capacities": (Capacity("role", np.array([1.0, -1.0, 1.0]), 1.0),)}, "role of b"),
        ({"capacities": (Capacity("role", np.ones(3), np.inf),)}, "capacity of role"),
        ({"cost": np.ones(2)}, "one cost per item"),
        ({"names": (), "value": np.ones(0), "cost": np.ones(0)}, "nothing to select"),
    ],
)
def test_bad_input_is_named(change: dict[str, object], says: str) -> None:
    problem = Problem(("a", "b", "c"), np.ones(3), np.ones(3), 1.0)
    with pytest.raises(InvalidInput, match=says):
        replace(problem, **change)


def test_the_ends_of_what_is_possible_are_possible() -> None:
    problem = Problem(
        ("a", "b"),
        np.array([2.0, -1.0]),
        np.zeros(2),
        0.0,
        capacities=(Capacity("role", np.zeros(2), 0.0),),
        quotas=(
            Quota("none", (0,), least=0, most_share=1.0),
            Quota("all", (0, 1), most=2, least_share=0.0),
        ),
    )
    assert select(problem).chosen == (0,)


def test_a_frontier_has_a_step_for_each_twentieth_of_all_costs() -> None:
    problem = Problem(("a", "b"), np.array([1.0, 5.0]), np.array([3.0, 7.0]), 0.0)
    seen: list[tuple[int, int]] = []
    points = frontier(problem, progress=lambda done, total: seen.append((done, total)))
    assert [(p.budget, p.selection.chosen) for p in points] == [
        (0.0, ()),
        (3.0, (0,)),
        (7.0, (1,)),
        (10.0, (0, 1)),
    ]
    assert seen == [(done, 21) for done in range(1, 22)]


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
