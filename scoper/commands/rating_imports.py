"""Imports ratings from a table with a row for each participant, use case and criterion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

import sqlalchemy as sa

from scoper.commands.checks import valid_row
from scoper.commands.portfolios import the_portfolio
from scoper.commands.scores import Cell
from scoper.errors import ImportProblem, InvalidInput
from scoper.exchange.mapping import ColumnMapping, check_unambiguous, guess, listed
from scoper.exchange.notes import PROGRESS_STEP, Progress, Rejection
from scoper.exchange.tables import Table, TableRow
from scoper.exchange.targets import Target
from scoper.model import (
    CriterionRow,
    ExclusionRow,
    ParticipantFields,
    ParticipantRow,
    RatingRow,
    UseCaseRow,
)
from scoper.scoring.entries import ABSTAIN, read_entry
from scoper.snapshot import Done
from scoper.store import Store
from scoper.store.faults import legible
from scoper.store.unit import Unit
from scoper.text import clean_line, join, plural, shorten

RATING_TARGETS: Final = (
    Target("participant", "Participant", synonyms=("participant", "name", "person", "rater")),
    Target("use_case", "Use case", synonyms=("use case", "use case key", "key", "title")),
    Target("criterion", "Criterion", synonyms=("criterion", "criteria", "criterion key")),
    Target("rating", "Rating", synonyms=("rating", "value", "score", "vote")),
)
"""The columns a table of ratings must have."""

_SHOWN = 3
_NAMES_SHOWN = 12
_RATINGS: sa.Table = RatingRow.__table__  # type: ignore[attr-defined]
_Place = tuple[UUID, UUID, UUID]


class RatingProblems(ImportProblem):
    """Ratings that cannot be imported; ``problems`` names every row and column."""

    def __init__(self, problems: Sequence[Rejection], remedy: str) -> None:
        first = problems[0]
        shown = " ".join(str(problem) for problem in problems[:_SHOWN])
        more = len(problems) - _SHOWN
        rest = f" … and {plural(more, 'more problem')}." if more > 0 else ""
        super().__init__(
            f"Nothing was imported. {shown}{rest}", remedy, row=first.row, column=first.column
        )
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class RatingsReport:
    """What the rows of a table of ratings said.

    ``entered``, ``abstained`` and ``empty`` count rows; ``cleared`` those empty rows that took
    away a rating there was. ``added`` names participants that are new.
    """

    entered: int
    abstained: int
    empty: int
    cleared: int
    added: tuple[str, ...] = ()


def import_ratings(
    store: Store,
    *,
    table: Table,
    add_participants: bool = False,
    progress: Progress | None = None,
) -> Done[RatingsReport]:
    """Enter all ratings of a table as one step, or none if one of them does not fit.

    Use cases and criteria are named by key or title, participants by name, in any case. A
    rating is a number on the criterion's scale, "abstain" or A, or nothing, which takes away a
    rating that was there.

    Args:
        store: the open file.
        table: columns participant, use_case, criterion and rating.
        add_participants: whether people who are not known yet are added.
        progress: called with rows done and in all; may raise ``Cancelled``.

    Raises:
        RatingProblems: something is unknown, ambiguous or off its scale, or by a person who may
            not judge it; names every place.
        ImportProblem: a column is missing.
        Cancelled: ``progress`` raised it; nothing was written.
    """
    columns = _columns(table)
    with store.write("Import ratings") as unit:
        reader = _Reader(unit, columns, add_participants=add_participants)
        for place, row in enumerate(table.rows, start=1):
            if progress and (place % PROGRESS_STEP == 0 or place == len(table.rows)):
                progress(place, len(table.rows))
            reader.read(row)
        if reader.problems:
            raise RatingProblems(reader.problems, reader.remedy)
        unit.add(*reader.added)
        cells = list(reader.cells.values())
        cleared = _write(unit, cells)
        unit.label = f"Import {plural(len(cells), 'rating')}"
        report = RatingsReport(
            entered=sum(isinstance(cell.entry, float) for cell in cells),
            abstained=sum(cell.entry == ABSTAIN for cell in cells),
            empty=sum(cell.entry is None for cell in cells),
            cleared=cleared,
            added=tuple(row.name for row in reader.added),
        )
        return unit.changes().with_value(report)


def _columns(table: Table) -> dict[str, tuple[str, int]]:
    mapping: ColumnMapping = guess(table.headers, RATING_TARGETS)
    missing = [t.field for t in RATING_TARGETS if t.field not in mapping.headers]
    if missing:
        raise ImportProblem(
            f"{table.name} has no column {join(missing, 'or')}; there are {listed(table.headers)}.",
            "A table of ratings has the columns participant, use_case, criterion and rating.",
            sheet=table.sheet,
        )
    check_unambiguous(mapping, "Delete or rename all but one of them.")
    return {name: (h, table.headers.index(h)) for name, h in mapping.headers.items()}


# ---------------------------------------------------------------- reading


@dataclass(slots=True)
class _Names:
    """Finds things by key or title, in any case; keys go first."""

    noun: str
    keys: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    titles: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    shown: list[str] = field(default_factory=list)

    def find(self, name: str) -> UUID:
        """Return the id of what is called ``name``.

        Raises:
            ValueError: nothing is, or several things are.
        """
        for names in (self.keys, self.titles):
            found = names.get(name.casefold(), [])
            if len(found) == 1:
                return found[0]
            if found:
                raise ValueError(
                    f"“{shorten(name, 60)}” is the title of {len(found)} {self.noun}: "
                    "write the key instead."
                )
        shown = join(self.shown[:_NAMES_SHOWN]) or "none"
        more = ", …" if len(self.shown) > _NAMES_SHOWN else ""
        raise ValueError(
            f"“{shorten(name, 60)}” is not among the {self.noun} (there are: {shown}{more})."
        )


class _Reader:
    """Turns rows into cells, collecting every problem."""

    def __init__(
        self, unit: Unit, columns: dict[str, tuple[str, int]], *, add_participants: bool
    ) -> None:
        portfolio = the_portfolio(unit)
        self._portfolio_id = portfolio.id
        self._columns = columns
        self._add = add_participants
        self._criteria = {c.id: c for c in unit.find(CriterionRow)}
        self._excluded = {(e.criterion_id, e.participant_id) for e in unit.find(ExclusionRow)}
        people = unit.find(ParticipantRow)
        self._people = {p.name.casefold(): p.id for p in people}
        self._names = [p.name for p in sorted(people, key=lambda p: p.position)]
        self._position = max((p.position for p in people), default=-1) + 1
        self._rows: dict[_Place, int] = {}
        self._finders = {
            "use_case": _named("use cases", unit.find(UseCaseRow)),
            "criterion": _named("criteria", self._criteria.values()),
        }
        self.cells: dict[_Place, Cell] = {}
        self.added: list[ParticipantRow] = []
        self.problems: list[Rejection] = []
        self._strangers = False

    @property
    def remedy(self) -> str:
        """What to do about the problems."""
        remedy = "Put these cells right, then import again."
        if self._strangers:
            remedy += " To add people who are not known yet, import with --add-participants."
        return remedy

    def read(self, row: TableRow) -> None:
        """Take in a row: a cell to write, or problems."""
        before = len(self.problems)
        person = self._attempt(row, "participant", self._participant)
        use_case = self._attempt(row, "use_case", self._finders["use_case"].find)
        criterion = self._attempt(row, "criterion", self._finders["criterion"].find)
        scale = self._criteria.get(criterion) if criterion else None
        entry = self._attempt(row, "rating", lambda text: read_entry(text, scale), empty=None)
        if len(self.problems) > before or person is None or not (use_case and criterion):
            return
        if entry is not None and (criterion, person) in self._excluded:
            name, what = (
                clean_line(row.raw(self._columns[column][1]))
                for column in ("participant", "criterion")
            )
            self._reject(row, "criterion", f"{name} may not judge “{what}”: leave the row out.")
            return
        place = (use_case, criterion, person)
        other = self.cells.get(place)
        if other is not None and other.entry != entry:
            self._reject(row, "rating", f"row {self._rows[place]:,} says something else.")
            return
        self.cells[place] = Cell(use_case, criterion, person, entry)
        self._rows.setdefault(place, row.number)

    def _attempt(self, row: TableRow, name: str, convert: Any, **default: Any) -> Any:
        text = clean_line(row.raw(self._columns[name][1]))
        if not text:
            if not default:
                self._reject(row, name, "nothing is entered.")
            return default.get("empty")
        try:
            return convert(text)
        except (ValueError, InvalidInput) as error:
            self._reject(row, name, str(error))
        return None

    def _reject(self, row: TableRow, name: str, problem: str) -> None:
        self.problems.append(Rejection(row.number, self._columns[name][0], problem))

    def _participant(self, name: str) -> UUID:
        known = self._people.get(name.casefold())
        if known:
            return known
        if not self._add:
            self._strangers = True
            shown = join(self._names[:_NAMES_SHOWN]) or "nobody yet"
            more = ", …" if len(self._names) > _NAMES_SHOWN else ""
            raise ValueError(
                f"“{shorten(name, 60)}” is not among the participants ({shown}{more})."
            )
        try:
            values = valid_row(ParticipantFields, {"name": name})
        except InvalidInput as error:
            raise ValueError(str(error)) from None
        person = ParticipantRow(
            **values,
            id=uuid4(),
            portfolio_id=self._portfolio_id,
            position=self._position + len(self.added),
        )
        self.added.append(person)
        self._people[name.casefold()] = person.id
        return person.id


def _named(noun: str, rows: Iterable[UseCaseRow | CriterionRow]) -> _Names:
    names = _Names(noun)
    for row in sorted(rows, key=lambda row: row.position):
        names.keys[row.key.casefold()].append(row.id)
        names.titles[row.title.casefold()].append(row.id)
        names.shown.append(row.key)
    return names


# ---------------------------------------------------------------- writing


def _write(unit: Unit, cells: Sequence[Cell]) -> int:
    """Write the cells and return how many ratings were taken away."""
    places = [_RATINGS.c[name] for name in ("use_case_id", "criterion_id", "participant_id")]
    statement = sa.select(_RATINGS.c.id, _RATINGS.c.value, _RATINGS.c.abstained, *places)
    with legible("The portfolio"):
        current = {
            (row.use_case_id, row.criterion_id, row.participant_id): row
            for row in unit.connection.execute(statement)
        }
    added, removed = [], []
    for cell in cells:
        place = (cell.use_case_id, cell.criterion_id, cell.participant_id)
        there = current.get(place)
        abstained = cell.entry == ABSTAIN
        value = cell.entry if isinstance(cell.entry, float) else None
        if cell.entry is None:
            removed += [there.id] if there else []
        elif there is None:
            names = dict(zip(("use_case_id", "criterion_id", "participant_id"), place, strict=True))
            added.append({**names, "value": value, "abstained": abstained})
        elif (there.value, there.abstained) != (value, abstained):
            unit.update(RatingRow, there.id, value=value, abstained=abstained)
    unit.add_values(RatingRow, added)
    unit.remove(RatingRow, *removed)
    return len(removed)
