"""Reads what people said about the importance of criteria, and returns the weights it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from scoper.errors import ImportProblem, InvalidInput
from scoper.exchange.decision_tables import Cells, headed, named
from scoper.exchange.tables import Table, read_table
from scoper.scoring.matrix import Array
from scoper.scoring.weights import (
    Comparison,
    direct,
    pairwise,
    pairwise_group,
    rank_order_centroid,
    swing,
)
from scoper.text import cited, join, plural

PAIRWISE: Final = "pairwise"
_BY_COLUMN: Final[dict[str, Callable[[Sequence[float], Sequence[str]], Array]]] = {
    "direct": direct,
    "swing": swing,
    "rank": lambda places, names: rank_order_centroid([int(p) for p in places], names),
}
WAYS: Final = (*_BY_COLUMN, PAIRWISE)
"""The ways to find weights."""


_SHOWN: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """What one person compared; called as their file is, without its ending."""

    name: str
    comparison: Comparison


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Criteria with weights that add up to 1.

    Of pairwise ones ``comparison`` tells how the judgements fit, of several ``judges`` those of
    their geometric mean.
    """

    criteria: tuple[str, ...]
    weights: Array
    comparison: Comparison | None = None
    judges: tuple[Judge, ...] = ()


def read_weights(paths: Sequence[Path], way: str) -> Weights:
    """Read tables of importance: one, or for ``pairwise`` one of each judge.

    Args:
        paths: for ``pairwise`` square tables, the criteria in the first column and, in the same
            order, in the header; a cell says how many times more its row counts than its column,
            fractions such as 1/3 allowed. Otherwise criterion and number, one a row: points,
            swings, or places from 1.
        way: one of ``WAYS``.

    Raises:
        ImportProblem: a cell cannot be used (naming row and column), judgements are missing or
            do not fit (naming the pair), or a table has another layout.
        InvalidInput: the numbers give no weights, or there is no such way.
    """
    if way not in WAYS:
        raise InvalidInput(
            f"There is no way “{way}” to find weights.",
            f"Choose one of: {', '.join(WAYS)}.",
            field="way",
        )
    if way == PAIRWISE:
        return _judged(paths)
    if len(paths) > 1:
        raise InvalidInput(
            "Only pairwise comparisons of several judges are taken together.",
            "Give one table, or choose --by pairwise.",
            field="way",
        )
    table = read_table(paths[0])
    cells, criteria = Cells(table), named(table, table.rows, "criterion")
    headed(table)
    read = cells.place if way == "rank" else cells.number
    return Weights(criteria, _BY_COLUMN[way]([read(row, 1) for row in table.rows], criteria))


def _judged(paths: Sequence[Path]) -> Weights:
    first: tuple[str, ...] = ()
    judges, tables = [], []
    for path in paths:
        table = read_table(path)
        criteria = _compared(table)
        first = first or criteria
        if set(first) != set(criteria):
            raise ImportProblem(
                f"{table.name} compares other criteria than {paths[0].name}: "
                f"{_differing(criteria, first)}.",
                "Every judge compares the same criteria, in any order.",
                row=1,
            )
        order = [criteria.index(name) for name in first]
        judgements = _judgements(table, criteria)[np.ix_(order, order)]
        try:
            judges.append(Judge(path.stem, pairwise(judgements, first)))
        except InvalidInput as error:
            raise ImportProblem(f"{table.name}: {error.message}", error.remedy) from error
        tables.append(judgements)
    found = pairwise_group(tables, first)
    return Weights(first, found.weights, found, tuple(judges))


def _compared(table: Table) -> tuple[str, ...]:
    """Return the criteria of a square table.

    Raises:
        ImportProblem: rows and columns do not name the same ones in the same order.
    """
    heads, criteria = headed(table), named(table, table.rows, "criterion")
    layout = f"The header should be: {table.headers[0]}, {', '.join(criteria)}."
    if set(heads) != set(criteria):
        rowless = [name for name in heads if name not in criteria]
        columnless = [name for name in criteria if name not in heads]
        missing = [f"no row for {_listed(rowless)}"] if rowless else []
        missing += [f"no column for {_listed(columnless)}"] if columnless else []
        raise ImportProblem(
            f"{table.name} is incomplete: it has {join(missing)}.",
            "Every criterion needs a row and a column." if rowless else layout,
            row=1,
        )
    if heads != criteria:
        raise ImportProblem(
            f"{table.name}: the header does not name the criteria of the first column in the "
            "same order.",
            layout,
            row=1,
        )
    return criteria


def _judgements(table: Table, criteria: tuple[str, ...]) -> Array:
    """Return the judgements of a square table; a criterion against itself may be left empty.

    Raises:
        ImportProblem: some are missing; names them.
    """
    missing = [
        f"{cited(row.text(0))} against {cited(name)}"
        for place, row in enumerate(table.rows)
        for column, name in enumerate(criteria)
        if column != place and not row.text(column + 1)
    ]
    if missing:
        more = len(missing) - _SHOWN
        shown = [*missing[:_SHOWN], plural(more, "more pair")] if more > 0 else missing
        raise ImportProblem(
            f"{table.name} is incomplete: nothing is entered for {join(shown)}.",
            "Enter how many times more the first counts than the second, such as 3 or 1/3.",
        )
    cells, size = Cells(table), len(criteria)
    return np.array(
        [
            [
                1.0
                if column == place and not row.text(column + 1)
                else cells.ratio(row, column + 1)
                for column in range(size)
            ]
            for place, row in enumerate(table.rows)
        ]
    )


def _differing(criteria: Sequence[str], first: Sequence[str]) -> str:
    missing = [name for name in first if name not in criteria]
    extra = [name for name in criteria if name not in first]
    said = [f"{_listed(missing)} missing"] if missing else []
    said += [f"{_listed(extra)} added"] if extra else []
    return ", ".join(said)


def _listed(names: Sequence[str]) -> str:
    return join([cited(name) for name in names])
