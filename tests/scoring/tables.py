"""Decision tables as books print them, and at random."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scoper.scoring.matrix import Array
from scoper.scoring.methods import METHODS
from scoper.scoring.preferences import Preference
from scoper.scoring.table import DecisionTable


def table(
    values: Array,
    weights: Array | None = None,
    falling: Array | None = None,
    preferences: tuple[Preference, ...] = (),
) -> DecisionTable:
    """Return a table of these values; weights are equal and more is better unless told."""
    rows, columns = values.shape
    return DecisionTable(
        tuple(f"A{row}" for row in range(rows)),
        tuple(f"C{column}" for column in range(columns)),
        np.ones(columns) if weights is None else weights,
        np.zeros(columns, dtype=np.bool_) if falling is None else falling,
        values,
        preferences,
    )


def raw(method_id: str, decisions: DecisionTable) -> Array:
    """Score a table by a method."""
    score = METHODS[method_id].raw
    assert score is not None
    return score(decisions)


def random_tables(count: int = 200) -> Iterator[DecisionTable]:
    """Yield random positive tables; every second one has whole numbers, and so many ties."""
    random = np.random.default_rng(1981)
    for number in range(count):
        rows, columns = int(random.integers(2, 30)), int(random.integers(1, 9))
        if number % 2:
            values = random.integers(1, 6, (rows, columns)).astype(np.float64)
        else:
            values = random.uniform(0.01, 1_000, (rows, columns))
        if number % 5 == 0:
            values[-1] = values[0]
        yield table(values, random.uniform(0.05, 1, columns), random.random(columns) < 0.4)
