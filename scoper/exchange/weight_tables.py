"""Reads what people said about the importance of criteria, and returns the weights it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from scoper.errors import ImportProblem, InvalidInput
from scoper.exchange.decision_tables import Cells, headed, named
from scoper.exchange.tables import read_table
from scoper.scoring.matrix import Array
from scoper.scoring.weights import Comparison, direct, pairwise, rank_order_centroid, swing

PAIRWISE: Final = "pairwise"
_BY_COLUMN: Final[dict[str, Callable[[Sequence[float], Sequence[str]], Array]]] = {
    "direct": direct,
    "swing": swing,
    "rank": lambda places, names: rank_order_centroid([int(p) for p in places], names),
}
WAYS: Final = (*_BY_COLUMN, PAIRWISE)
"""The ways to find weights."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Criteria with weights that add up to 1; ``comparison`` tells how pairwise ones fit."""

    criteria: tuple[str, ...]
    weights: Array
    comparison: Comparison | None = None


def read_weights(path: Path, way: str) -> Weights:
    """Read a table of importance.

    Args:
        path: for ``pairwise`` a square table, the criteria in the first column and, in the same
            order, in the header; a cell says how many times more its row counts than its column,
            fractions such as 1/3 allowed. Otherwise criterion and number, one a row: points,
            swings, or places from 1.
        way: one of ``WAYS``.

    Raises:
        ImportProblem: a cell cannot be used (naming row and column), or the table has another
            layout.
        InvalidInput: the numbers give no weights, or there is no such way.
    """
    if way not in WAYS:
        raise InvalidInput(
            f"There is no way “{way}” to find weights.",
            f"Choose one of: {', '.join(WAYS)}.",
            field="way",
        )
    table = read_table(path)
    cells, heads = Cells(table), headed(table)
    criteria = named(table, table.rows, "criterion")
    if way == PAIRWISE:
        if heads != criteria:
            raise ImportProblem(
                f"{table.name}: the header does not name the criteria of the first column in the "
                "same order.",
                f"The header should be: {table.headers[0]}, {', '.join(criteria)}.",
                row=1,
            )
        places = range(1, len(heads) + 1)
        judged = np.array([[cells.ratio(row, place) for place in places] for row in table.rows])
        found = pairwise(judged, criteria)
        return Weights(criteria, found.weights, found)
    read = cells.place if way == "rank" else cells.number
    return Weights(criteria, _BY_COLUMN[way]([read(row, 1) for row in table.rows], criteria))
