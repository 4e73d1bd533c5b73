"""Reads ratings of any items from a table with a row for each item and rater."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoper.errors import ImportProblem
from scoper.exchange.mapping import check_unambiguous, guess, listed
from scoper.exchange.notes import Rejection
from scoper.exchange.tables import Table, TableRow
from scoper.exchange.targets import Target
from scoper.scoring.matrix import Array
from scoper.text import clean_line, join, plural, shorten

ITEM_TARGETS: Final = (
    Target("item", "Item", synonyms=("item", "use case", "unit", "target", "subject")),
    Target("rater", "Rater", synonyms=("rater", "participant", "judge", "observer", "coder")),
    Target("value", "Value", synonyms=("value", "rating", "score", "vote")),
)
"""The columns such a table must have."""

LARGEST: Final = 1e15
"""Largest size of a rating: beyond it whole numbers are no longer told apart."""

MOST_CELLS: Final = 20_000_000
"""Most items times raters held in memory, 160 MB."""

_IN_FULL = {"abstain", "abstained", "abstains"}
_ABSTENTIONS = {"a", *_IN_FULL}
_SHOWN = 3


@dataclass(frozen=True, eq=False)
class ItemRatings:
    """Ratings of items by raters, both in the order in which they first appear.

    ``values`` has shape (items, raters), NaN where a rating is missing or was withheld;
    ``abstained`` counts the latter. Where ratings are words, ``words`` lists them and ``values``
    holds their places in it; it is empty where they are numbers.
    """

    items: tuple[str, ...]
    raters: tuple[str, ...]
    values: Array
    abstained: int
    words: tuple[str, ...] = ()


def item_ratings(table: Table) -> ItemRatings:
    """Return the ratings of a table with the columns item, rater and value.

    A value is a number, or a word in a table without any number; upper and lower case are one.
    An empty one is missing, and "abstain" or A an abstention; A is none among other single letters.

    Raises:
        ImportProblem: a column is missing, a name is empty, a value is not a number while others
            are, or an item has two rows of one rater; names the rows.
    """
    columns = _columns(table)
    said = {clean_line(row.raw(columns["value"][1])).casefold() for row in table.rows} - {""}
    wordy = bool(said - _ABSTENTIONS) and all(_number(text) is None for text in said)
    lettered = wordy and "a" in said and all(len(text) == 1 for text in said - _IN_FULL)
    reader = _Reader(columns, wordy, _IN_FULL if lettered else _ABSTENTIONS)
    for row in table.rows:
        reader.read(row)
    if reader.problems:
        raise _refusal(reader.problems)
    items, raters = reader.items, reader.raters
    if len(items) * len(raters) > MOST_CELLS:
        raise ImportProblem(
            f"{table.name} has too many items and raters: {len(items):,} by {len(raters):,}.",
            "Split it into smaller tables.",
        )
    values = np.full((len(items), len(raters)), np.nan)
    for (item, rater), value in reader.values.items():
        values[item, rater] = value
    words = tuple(word for _, word in reader.words.values())
    return ItemRatings(tuple(items), tuple(raters), values, reader.abstained, words)


def _columns(table: Table) -> dict[str, tuple[str, int]]:
    mapping = guess(table.headers, ITEM_TARGETS)
    missing = [t.field for t in ITEM_TARGETS if t.field not in mapping.headers]
    if missing:
        raise ImportProblem(
            f"{table.name} has no column {join(missing, 'or')}; there are {listed(table.headers)}.",
            "A table of ratings has the columns item, rater and value.",
            sheet=table.sheet,
        )
    check_unambiguous(mapping)
    return {name: (h, table.headers.index(h)) for name, h in mapping.headers.items()}


def _refusal(problems: list[Rejection]) -> ImportProblem:
    shown = " ".join(str(problem) for problem in problems[:_SHOWN])
    more = len(problems) - _SHOWN
    rest = f" … and {plural(more, 'more problem')}." if more > 0 else ""
    return ImportProblem(
        f"{shown}{rest}",
        "Put these cells right: nothing was computed.",
        row=problems[0].row,
        column=problems[0].column,
    )


def _number(text: str) -> float | None:
    if "_" in text:  # Python takes 1_0 for ten
        return None
    try:
        return float(text.replace(",", ".") if text.count(",") == 1 else text)
    except ValueError:
        return None


class _Reader:
    """Turns rows into values, collecting every problem."""

    def __init__(
        self, columns: dict[str, tuple[str, int]], wordy: bool, abstentions: set[str]
    ) -> None:
        self._columns = columns
        self._wordy = wordy
        self._abstentions = abstentions
        self._rows: dict[tuple[int, int], int] = {}
        self.items: dict[str, int] = {}
        self.raters: dict[str, int] = {}
        self.values: dict[tuple[int, int], float] = {}
        self.words: dict[str, tuple[int, str]] = {}
        self.abstained = 0
        self.problems: list[Rejection] = []

    def read(self, row: TableRow) -> None:
        item, rater, text = (self._text(row, name) for name in ("item", "rater", "value"))
        nameless = [n for n, given in (("item", item), ("rater", rater)) if not given]
        for name in nameless:
            self._reject(row, name, "nothing is entered.")
        value = self._value(row, text)
        if nameless:
            return
        place = (
            self.items.setdefault(item, len(self.items)),
            self.raters.setdefault(rater, len(self.raters)),
        )
        first = self._rows.setdefault(place, row.number)
        if first != row.number:
            who, what = shorten(rater, 40), shorten(item, 40)
            self._reject(row, "item", f"“{who}” rated “{what}” in row {first:,} already.")
        elif value is not None:
            self.values[place] = value

    def _value(self, row: TableRow, text: str) -> float | None:
        if text.casefold() in self._abstentions:
            self.abstained += 1
            return None
        if not text:
            return None
        if self._wordy:
            place, _ = self.words.setdefault(text.casefold(), (len(self.words), text))
            return float(place)
        value = _number(text)
        if value is None:
            self._reject(row, "value", f"“{shorten(text, 40)}” is not a number.")
        elif not abs(value) <= LARGEST:
            self._reject(row, "value", f"“{shorten(text, 40)}” is no number to compute with.")
            return None
        return value

    def _text(self, row: TableRow, name: str) -> str:
        return clean_line(row.raw(self._columns[name][1]))

    def _reject(self, row: TableRow, name: str, problem: str) -> None:
        self.problems.append(Rejection(row.number, self._columns[name][0], problem))
