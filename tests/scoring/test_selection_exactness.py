"""Selection in the figures as they are written: sizes that solvers round away, published optima."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from scoper.errors import InvalidInput
from scoper.scoring.selection import Capacity, Problem, Quota, greedy, select


def written(number: float) -> Fraction:
    return Fraction(repr(float(number)))


def added(numbers: np.ndarray, chosen: list[int]) -> Fraction:  # type: ignore[type-arg]
    return sum((written(numbers[item]) for item in chosen), Fraction(0))


def posed(value: list[float], cost: list[float], budget: float, **more: object) -> Problem:
    names = tuple(f"i{n}" for n in range(len(value)))
    return Problem(names, np.array(value, float), np.array(cost, float), budget, **more)  # type: ignore[arg-type]


# ---------------------------------------------------------------- sizes


@pytest.mark.parametrize(
    ("problem", "chosen"),
    [
        # What is small beside the largest counts: values, and costs over the budget.
        (posed([1e11, 1, 2, 3], [10, 1, 1, 1], 11), (0, 3)),
        (posed([6e9, 1, 2], [1, 1, 1], 2, must=frozenset({0})), (0, 2)),
        (posed([100, 10], [1e8, 0.009], 1e8), (0,)),
        (posed([100, 10], [1e9, 0.09], 1e9), (0,)),
        (posed([100, 10], [1e9, 0.09], 1_000_000_000.09), (0, 1)),
        (posed([3, 2, 2], [0.009, 0.005, 0.0045], 0.0095), (1, 2)),
        # Doubles add up to a little more than what is written, or to a little less.
        (posed([1, 1], [0.1, 0.2], 0.3), (0, 1)),
        (posed([1, 1, 1], [0.1, 0.7, 0.2], 1.0), (0, 1, 2)),
        (posed([1, 2], [1, 1], 2, capacities=(Capacity("r", np.array([1.1, 2.2]), 3.3),)), (0, 1)),
        (posed([2, 1], [1, 1], 9, capacities=(Capacity("r", np.array([1e7, 1e-3]), 1e7),)), (0,)),
        (posed([1, 1], [0.1, 0.2], 1, quotas=(Quota("q", (0, 1), most_share=0.3),)), (0, 1)),
    ],
)
def test_figures_count_as_they_are_written(problem: Problem, chosen: tuple[int, ...]) -> None:
    found = select(problem)
    assert found.chosen == chosen
    assert (found.optimal, found.gap) == (True, 0.0)
    assert found.cost == float(added(problem.cost, list(chosen)))


def skewed_problem(seed: int) -> Problem:
    """Return few items whose figures differ by up to 13 orders of magnitude."""
    random = np.random.default_rng(seed)
    count = int(random.integers(3, 10))

    def figures(low: int, high: int) -> np.ndarray:  # type: ignore[type-arg]
        return np.array(
            [
                float(f"{random.integers(1, 1_000)}e{random.integers(low, high)}")
                for _ in range(count)
            ]
        )

    def part_of(amounts: np.ndarray) -> float:  # type: ignore[type-arg]
        return float(added(amounts, np.flatnonzero(random.random(count) < 0.5).tolist()))

    value = figures(-3, 10 if seed % 3 else 0)
    cost = figures(-4, 8 if seed % 2 else -1)
    use = figures(-3, 6)
    capacities = (Capacity("role", use, part_of(use)),) if seed % 4 == 0 else ()
    quotas = (Quota("even", tuple(range(0, count, 2)), least=1),) if seed % 7 == 0 else ()
    return Problem(
        tuple(f"i{n}" for n in range(count)),
        value,
        cost,
        part_of(cost),
        capacities=capacities,
        quotas=quotas,
        exclusive=((0, 1),) if seed % 6 == 0 else (),
        requires=((1, 2),) if seed % 9 == 0 else (),
    )


def best_of_all(problem: Problem) -> Fraction | None:
    count, best = len(problem.names), None
    for pattern in range(1 << count):
        chosen = [item for item in range(count) if pattern >> item & 1]
        fits = (
            added(problem.cost, chosen) <= written(problem.budget)
            and all(added(c.use, chosen) <= written(c.amount) for c in problem.capacities)
            and all(len(set(chosen) & set(q.members)) >= (q.least or 0) for q in problem.quotas)
            and all(len(set(chosen) & set(group)) <= 1 for group in problem.exclusive)
            and all(i not in chosen or j in chosen for i, j in problem.requires)
        )
        if fits and (best is None or added(problem.value, chosen) > best):
            best = added(problem.value, chosen)
    return best


def test_what_is_called_optimal_equals_brute_force_at_any_size() -> None:
    for seed in range(120):
        problem, best = skewed_problem(seed), best_of_all(skewed_problem(seed))
        if best is None:
            with pytest.raises(InvalidInput, match="do not go together"):
                select(problem)
            continue
        found = select(problem)
        chosen = list(found.chosen)
        assert added(problem.cost, chosen) <= written(problem.budget), seed
        assert found.optimal, seed
        assert added(problem.value, chosen) == best, seed


# ---------------------------------------------------------------- published optima

P07 = (
    [135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240],
    [70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120],
)
P08 = (
    [825594, 1677009, 1676628, 1523970, 943972, 97426, 69666, 1296457, 1679693, 1902996, 1844992,
     1049289, 1252836, 1319836, 953277, 2067538, 675367, 853655, 1826027, 65731, 901489, 577243,
     466257, 369261],
    [382745, 799601, 909247, 729069, 467902, 44328, 34610, 698150, 823460, 903959, 853665, 551830,
     610856, 670702, 488960, 951111, 323046, 446298, 931161, 31385, 496951, 264724, 224916, 169684],
)  # fmt: skip
"""Kreher & Stinson (1999), Combinatorial Algorithms, exercises on the knapsack."""

WEING1 = (
    [1898, 440, 22507, 270, 14148, 3100, 4650, 30800, 615, 4975, 1160, 4225, 510, 11880, 479, 440,
     490, 330, 110, 560, 24355, 2885, 11748, 4550, 750, 3720, 1950, 10500],
    [45, 0, 85, 150, 65, 95, 30, 0, 170, 0, 40, 25, 20, 0, 0, 25, 0, 0, 25, 0, 165, 0, 85, 0, 0, 0,
     0, 100],
    [30, 20, 125, 5, 80, 25, 35, 73, 12, 15, 15, 40, 5, 10, 10, 12, 10, 9, 0, 20, 60, 40, 50, 36,
     49, 40, 19, 150],
)  # fmt: skip
"""Weingartner & Ness (1967), Methods for the solution of the multidimensional 0/1 knapsack."""


@pytest.mark.parametrize(
    ("table", "budget", "optimum"), [(P07, 750, 1458), (P08, 6404180, 13549094)]
)
def test_published_knapsacks(
    table: tuple[list[float], list[float]], budget: float, optimum: float
) -> None:
    found = select(posed(*table, budget))
    assert (found.value, found.optimal) == (optimum, True)


def test_a_published_knapsack_of_two_dimensions() -> None:
    value, cost, use = WEING1
    found = select(posed(value, cost, 600, capacities=(Capacity("r", np.array(use, float), 600),)))
    assert (found.value, found.optimal) == (141278, True)


# ---------------------------------------------------------------- many items


def scarce(seed: int, items: int = 300) -> Problem:
    random = np.random.default_rng(seed)
    cost = random.lognormal(11.5, 0.7, items).round(-2)
    uses = [random.gamma(2.0, 12.0, items).round() for _ in range(4)]
    return posed(
        (random.random(items) * 50 + np.log(cost)).round(3).tolist(),
        cost.tolist(),
        float((cost.sum() * 0.2).round()),
        capacities=tuple(Capacity("r", use, float((use.sum() * 0.25).round())) for use in uses),
        requires=tuple((n, n + 100) for n in range(0, 60, 3)),
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_gap_is_kept_and_no_answer_is_worse_than_greedy(seed: int) -> None:
    problem = scarce(seed)
    found, beside = select(problem, gap=5e-3), greedy(problem)
    chosen = list(found.chosen)
    assert found.gap <= 5e-3
    assert beside is not None
    assert found.value >= beside.value
    assert added(problem.cost, chosen) <= written(problem.budget)
    assert all(added(c.use, chosen) <= written(c.amount) for c in problem.capacities)
    assert all(needed in chosen for item, needed in problem.requires if item in chosen)
    assert select(problem, gap=5e-3).chosen == found.chosen


def test_no_time_at_all_gives_what_greedy_gives_and_no_proof() -> None:
    problem = scarce(9)
    found, beside = select(problem, seconds=1e-9), greedy(problem)
    assert beside is not None
    assert found.chosen == beside.chosen
    assert not found.optimal
    assert 0 < found.gap <= 1
