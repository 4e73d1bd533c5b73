"""Reads a published decision table: a header, a row of weights, a row of directions, values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NoReturn

import numpy as np

from scoper.errors import ImportProblem
from scoper.exchange.item_ratings import LARGEST
from scoper.exchange.tables import Table, TableRow, read_table
from scoper.scoring.normalisation import Normalisation
from scoper.scoring.preferences import Preference
from scoper.scoring.table import DecisionTable

_FALLING: Final = {"max": False, "min": True}
_FRACTION: Final = re.compile(
    r"(\d{1,15}(?:\.\d{1,15})?)\s*/\s*(\d{1,15}(?:\.\d{1,15})?)", re.ASCII
)
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.I)
_LAYOUT: Final = (
    "Below the header comes a row “weight”, then a row “direction” (max or min), then one row "
    "for each alternative with its name in the first column."
)


def read_decision_table(
    path: Path,
    shapes: Iterable[tuple[str, Preference]] = (),
    normalisation: Normalisation | None = None,
) -> DecisionTable:
    """Read a decision table.

    Args:
        path: CSV or workbook. In a file with semicolons a comma is the decimal mark.
        shapes: criteria and their preference shapes for PROMETHEE II; "" stands for all of them,
            and a later one overrides an earlier one.
        normalisation: how columns are made comparable; None leaves that to the method.

    Raises:
        ImportProblem: the file has another layout, or a cell cannot be used (naming row and
            column).
        InvalidInput: weights or values cannot be used, or no criterion has a named shape.
    """
    table = read_table(path)
    criteria = headed(table)
    given = {row.text(0).casefold(): row for row in table.rows[:2]}
    if set(given) != {"weight", "direction"}:
        raise ImportProblem(
            f"{table.name} has no weights and directions below its header.", _LAYOUT, row=1
        )
    rows = table.rows[2:]
    reader = Cells(table)
    weights = [reader.weight(given["weight"], place + 1) for place in range(len(criteria))]
    falling = [reader.direction(given["direction"], place + 1) for place in range(len(criteria))]
    values = [[reader.number(row, place + 1) for place in range(len(criteria))] for row in rows]
    return DecisionTable(
        alternatives=named(table, rows, "alternative"),
        criteria=criteria,
        weights=np.array(weights, dtype=np.float64),
        falling=np.array(falling, dtype=np.bool_),
        values=np.array(values, dtype=np.float64).reshape(len(rows), len(criteria)),
        preferences=_preferences(criteria, shapes),
        normalisation=normalisation,
    )


class Cells:
    """Reads the cells of a table, and says where one cannot be used.

    In a file with semicolons a comma is the decimal mark. Every method raises ``ImportProblem``
    that names row and column.
    """

    def __init__(self, table: Table) -> None:
        self._table = table

    def number(self, row: TableRow, column: int) -> float:
        """Return a cell as a number whose squares can still be added up."""
        text, plain = row.text(column), self._plain(row, column)
        if not text:
            self._refuse(row, column, "is empty", "Enter a number.")
        if not _NUMBER.fullmatch(plain) or not math.isfinite(float(plain)):
            self._refuse(row, column, f"is not a number: “{text}”", "Enter a number such as 12.5.")
        if abs(float(plain)) > LARGEST:
            self._refuse(row, column, f"is too large: “{text}”", "Choose a larger unit.")
        return float(plain)

    def ratio(self, row: TableRow, column: int) -> float:
        """Return a cell as a number that may be written as a fraction, such as 1/3 or 1/2.5."""
        fraction = _FRACTION.fullmatch(self._plain(row, column))
        if fraction and float(fraction[2]):
            return float(fraction[1]) / float(fraction[2])
        return self.number(row, column)

    def place(self, row: TableRow, column: int) -> float:
        """Return a cell as a whole number."""
        number = self.number(row, column)
        if not number.is_integer():
            self._refuse(row, column, f"is not a place: {number:g}", "Enter 1, 2, 3 and so on.")
        return number

    def weight(self, row: TableRow, column: int) -> float:
        """Return a cell as a number from 0."""
        weight = self.number(row, column)
        if weight < 0:
            self._refuse(row, column, f"is a weight below 0: {weight:g}", "Enter 0 or more.")
        return weight

    def direction(self, row: TableRow, column: int) -> bool:
        """Return whether a cell says that less is better."""
        text = row.text(column)
        if text.casefold() not in _FALLING:
            self._refuse(row, column, f"is not a direction: “{text}”", "Enter max or min.")
        return _FALLING[text.casefold()]

    def _plain(self, row: TableRow, column: int) -> str:
        text = row.text(column)
        return text.replace(",", ".") if self._table.delimiter == ";" else text

    def _refuse(self, row: TableRow, column: int, what: str, remedy: str) -> NoReturn:
        header = self._table.headers[column]
        name = row.text(0) or "without a name"
        raise ImportProblem(
            f"{self._table.name}: row {row.number:,} ({name}), column “{header}” {what}.",
            remedy,
            row=row.number,
            column=header,
        )


def headed(table: Table) -> tuple[str, ...]:
    """Return the criteria that head the columns of a table beside the first.

    Raises:
        ImportProblem: there are none, or two are called alike.
    """
    if len(table.headers) < 2:
        raise ImportProblem(f"{table.name} has no criteria beside its first column.", _LAYOUT)
    first = table.rows[0].number
    for note in table.notes:
        if note.column and note.row is not None and note.row < first:
            raise ImportProblem(
                f"{table.name}: two columns are called “{note.column}”.",
                "Give every criterion a name of its own.",
                row=note.row,
                column=note.column,
            )
    return table.headers[1:]


def named(table: Table, rows: Iterable[TableRow], what: str) -> tuple[str, ...]:
    """Return the names in the first column.

    Raises:
        ImportProblem: there are none, one is empty, or two are alike.
    """
    seen: dict[str, int] = {}
    for row in rows:
        name = row.text(0)
        if not name or name in seen:
            wrong = f"“{name}” stands in row {seen[name]:,} already" if name else "has no name"
            raise ImportProblem(
                f"{table.name}: row {row.number:,}: {wrong}.",
                f"Give every {what} a name of its own.",
                row=row.number,
                column=table.headers[0],
            )
        seen[name] = row.number
    if not seen:
        raise ImportProblem(f"{table.name} has no {what}s.", _LAYOUT)
    return tuple(seen)


def _preferences(
    criteria: tuple[str, ...], shapes: Iterable[tuple[str, Preference]]
) -> tuple[Preference, ...]:
    chosen = [Preference()] * len(criteria)
    for name, shape in shapes:
        if name and name not in criteria:
            raise ImportProblem(
                f"There is no criterion “{name}” to give a preference shape.",
                f"The criteria are: {', '.join(criteria)}.",
                column=name,
            )
        chosen = [
            shape if name in ("", criterion) else given
            for criterion, given in zip(criteria, chosen, strict=True)
        ]
    return tuple(chosen)
