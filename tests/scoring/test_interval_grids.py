"""Ends of intervals against the metric worked out point by point on a fine grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pytest

from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import METHODS
from scoper.scoring.parameters import Parameters, bounds
from scoper.scoring.sensitivity import (
    Interval,
    balanced_lines,
    parameter_intervals,
    weight_intervals,
)
from scoper.scoring.statistic import Undefined
from scoper.terms import Dimension
from tests.support import assumed, matrix

BALANCED = METHODS["balanced"]
POINTS = 2_001
RANDOM = 200
DISCONNECTED = 40
"""How many of each kind are compared; random ones are almost never disconnected."""


def net(m: Matrix, at: Mapping[str, float | Array], weights: Array) -> Array:
    """Return N by its definition, of weights and parameters of shape (points, …)."""

    def mean(dimension: Dimension) -> Array:
        columns = m.columns(dimension)
        share = weights[:, columns] / weights[:, columns].sum(axis=1, keepdims=True)
        found: Array = share @ m.values[:, columns].T
        return found

    impact, feasibility, risk = (mean(dimension) for dimension in Dimension)
    p = at["p_low"] + (at["p_high"] - at["p_low"]) * feasibility
    theta = np.asarray(at["enough_impact"])
    q = np.where(theta > 0, np.minimum(1, impact / np.where(theta > 0, theta, 1)), 1.0)
    cost = at["stake"] + (1 - at["stake"]) * risk
    found: Array = p * impact - at["risk_aversion"] * (1 - p * q) * cost
    return found


def moved_weights(m: Matrix, column: int, share: Array) -> Array:
    """Return weights in which a criterion has each ``share`` of its dimension."""
    weights = np.repeat(m.weights[None, :], len(share), axis=0)
    others = [c for c in m.columns(m.dimensions[column]) if c != column]
    total = m.weights[m.columns(m.dimensions[column])].sum()
    weights[:, others] *= (total * (1 - share) / m.weights[others].sum())[:, None]
    weights[:, column] = total * share
    return weights


def leads(m: Matrix, at: Parameters, what: int | str, points: Array, leader: int) -> Array:
    """Return by how much the leader is ahead of the best other at each point."""
    weights = np.repeat(m.weights[None, :], len(points), axis=0)
    if isinstance(what, int):
        values = net(m, at, moved_weights(m, what, points))
    else:
        values = net(m, {**at, what: points[:, None]}, weights)
    ahead: Array = values[:, leader] - np.delete(values, leader, axis=1).max(axis=1)
    return ahead


def check(
    found: Interval,
    now: float,
    ends: tuple[float, float],
    case: tuple[Matrix, Parameters, int | str, int],
) -> bool:
    """Compare with the run of points around ``now`` where it leads; return whether it has a gap."""
    m, at, what, leader = case
    points = np.linspace(*ends, POINTS)
    step = points[1] - points[0]
    ahead = leads(m, at, what, points, leader)
    high = min(ends[1], np.inf if found.high is None else found.high)
    assert ends[0] - 1e-12 <= found.low <= now <= high
    inside = (points >= found.low) & (points <= high)
    assert (ahead[inside] >= -1e-9).all()
    for end, limit, sign in ((found.low, ends[0], -1), (high, ends[1], 1)):
        if abs(end - limit) > 1e-9:
            reach = min(step, abs(limit - end))
            beyond = end + sign * reach * np.array([1e-4, 1e-3, 1e-2, 0.1, 1])
            assert (leads(m, at, what, beyond, leader) < 0).any()
    again = (ahead > 1e-6) & ~inside
    return bool(again.any())


def cases(
    m: Matrix, at: Parameters
) -> Iterator[tuple[Interval, float, tuple[float, float], int | str, int]]:
    """Yield the interval of the leader for each weight and parameter."""
    values = net(m, at, m.weights[None, :])[0]
    leader, order = int(np.argmax(values)), np.arange(len(values))
    for column, found in weight_intervals(balanced_lines(m, at), order, 1):
        if isinstance(found.leader, Interval):
            yield found.leader, found.current, (0.0, 1.0), column, leader
    for name, found in parameter_intervals(BALANCED, m, at, order, 1).items():
        if isinstance(found.leader, Undefined):
            assert (name, at[name]) == ("enough_impact", 0)
            continue
        low, high = bounds(BALANCED.parameters, name, at)
        low = max(low, 0.01) if name == "enough_impact" else low
        shown = replace(found.leader, low=max(low, found.leader.low))
        yield shown, found.current, (low, min(high, 20.0)), name, leader


def drawn(seed: int, rows: int) -> tuple[Matrix, Parameters]:
    """Return a random portfolio with random parameters; off is θ of every fifth."""
    random = np.random.default_rng(seed)
    low, high = np.sort(random.random(2))
    at = assumed(
        risk_aversion=3 * random.random(),
        p_low=low,
        p_high=high,
        enough_impact=0.0 if seed % 5 == 0 else random.uniform(0.1, 1),
        stake=random.random(),
    )
    return matrix(random.random((rows, 6)).tolist(), random.uniform(0.1, 1, 6).tolist()), at


@pytest.mark.parametrize("part", range(4))
def test_intervals_of_random_portfolios_end_where_a_fine_grid_says(part: int) -> None:
    for seed in range(part, RANDOM, 4):
        m, at = drawn(seed, 2 + seed % 7)
        for found, now, ends, what, leader in cases(m, at):
            check(found, now, ends, (m, at, what, leader))


def test_of_disconnected_weights_the_interval_is_the_run_around_the_current_one() -> None:
    """Pairs in which one leads, falls behind, and leads again as a share of impact moves."""
    gaps, share = 0, np.linspace(0, 1, 101)
    for seed in range(20_000):
        random = np.random.default_rng(seed)
        m = matrix(random.random((2, 6)).tolist())
        at = assumed(enough_impact=random.uniform(0.3, 0.7), stake=0.25, risk_aversion=2)
        values = net(m, at, moved_weights(m, 0, share))
        ahead = values[:, 0] - values[:, 1]
        if np.abs(ahead).min() > 0.2 or (np.diff(np.sign(ahead)) != 0).sum() < 2:
            continue
        for place in (1, 50, 99):
            here = m.with_weights(moved_weights(m, 0, share[[place]])[0])
            for found, now, ends, what, leader in cases(here, at):
                gap = check(found, now, ends, (here, at, what, leader))
                gaps += gap and isinstance(what, int)
        if gaps >= DISCONNECTED:
            return
    pytest.fail(f"only {gaps} disconnected sets were found")


def test_off_lies_outside_every_interval_of_enough_impact() -> None:
    for seed in range(1, RANDOM):
        m, at = drawn(seed, 4)
        stability = parameter_intervals(BALANCED, m, at, np.arange(4), 1)["enough_impact"]
        if at["enough_impact"] == 0:
            assert isinstance(stability.leader, Undefined)
        else:
            assert isinstance(stability.leader, Interval)
            assert stability.leader.low > 0
