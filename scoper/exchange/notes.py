"""What reading a table has to say about it, and how a long job reports on itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int], None]
"""Called with the rows done and the rows in all (0: not known); may raise ``Cancelled``."""

PROGRESS_STEP = 200
"""Rows between two calls of a ``Progress``."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about what was read; nothing was lost.

    ``row`` counts as a spreadsheet does (1 = first row of the file); ``column`` is a header.
    """

    text: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Return the note with its place in front."""
        place = [f"row {self.row:,}" if self.row else "", f"“{self.column}”" if self.column else ""]
        where = ", ".join(part for part in place if part)
        return f"{where[:1].upper()}{where[1:]}: {self.text}" if where else self.text


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that is not imported, with the column that is wrong and what is wrong with it."""

    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        """Return the problem with its place in front."""
        return f"Row {self.row:,}, “{self.column}”: {self.problem}"
