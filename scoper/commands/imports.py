"""Imports use cases from a table: as a preview that writes nothing, or as one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from scoper.commands.checks import next_key, valid_row
from scoper.commands.portfolios import the_portfolio
from scoper.errors import InvalidInput
from scoper.exchange.mapping import ColumnMapping, listed
from scoper.exchange.matching import Known, match
from scoper.exchange.notes import PROGRESS_STEP, Note, Progress, Rejection
from scoper.exchange.records import Record, RecordReader
from scoper.exchange.tables import Table
from scoper.model import UseCaseFields, UseCaseRow
from scoper.snapshot import Done, UseCase
from scoper.store import Store
from scoper.store.faults import legible
from scoper.terms import Term
from scoper.text import plural, shorten

_KEY_LENGTH = 60
_USE_CASES: sa.Table = UseCaseRow.__table__  # type: ignore[attr-defined]


class Action(Term):
    """What becomes of a row."""

    CREATE = "create", "Create"
    UPDATE = "update", "Update"
    SKIP = "skip", "Skip"
    REJECT = "reject", "Reject"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What will become of one row.

    ``values`` are the fields to write: all that are given for a new use case, only those that
    differ for one that exists.
    """

    row: int
    action: Action
    key: str
    title: str
    values: Mapping[str, Any]
    use_case_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many rows were created, updated, skipped as equal or empty, and rejected, and why.

    ``mapping`` is field → header as it was used.
    """

    created: int
    updated: int
    skipped: int
    rejected: tuple[Rejection, ...] = ()
    notes: tuple[Note, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """How many use cases differ afterwards: those created and those updated."""
        return self.created + self.updated

    def as_dict(self) -> dict[str, Any]:
        """Return what became of the rows as plain values, without the notes for people."""
        return {
            "created": self.created,
            "updated": self.updated,
            "skipped": self.skipped,
            "rejected": [asdict(rejection) for rejection in self.rejected],
            "mapping": dict(self.mapping),
        }


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import would do: each row of the table with content, and the report."""

    rows: tuple[PlannedRow, ...]
    report: ImportReport


def plan_import(
    store: Store, *, table: Table, mapping: ColumnMapping, progress: Progress | None = None
) -> ImportPlan:
    """Return what ``import_use_cases`` would do now; nothing is written.

    Raises:
        ImportProblem: no column holds the title, or a header in use is ambiguous.
        Cancelled: ``progress`` raised it.
    """
    with store.read() as connection:
        return _plan(_existing(connection, mapping), table, mapping, progress)


def plan_for(
    use_cases: Iterable[UseCase],
    *,
    table: Table,
    mapping: ColumnMapping,
    progress: Progress | None = None,
) -> ImportPlan:
    """Return what ``import_use_cases`` would do in a portfolio with these use cases.

    Raises:
        ImportProblem: no column holds the title, or a header in use is ambiguous.
        Cancelled: ``progress`` raised it.
    """
    names = _names(mapping)
    existing = [Known({name: getattr(u, name) for name in names}) for u in use_cases]
    return _plan(existing, table, mapping, progress)


def import_use_cases(
    store: Store, *, table: Table, mapping: ColumnMapping, progress: Progress | None = None
) -> Done[ImportReport]:
    """Create or update a use case for every row with content, as one step.

    A row is known again by its identifier and title, by its identifier alone where that is
    unambiguous, or without one by title and organisation. Known rows change only what the
    table says differently: an empty cell never erases. A row that does not fit is left out and
    reported; the others are imported.

    Raises:
        ImportProblem: no column holds the title, or a header in use is ambiguous.
        Cancelled: ``progress`` raised it; nothing was written.
    """
    with store.write("Import use cases") as unit:
        portfolio = the_portfolio(unit)
        plan = _plan(_existing(unit.connection, mapping), table, mapping, progress)
        last = sa.select(sa.func.coalesce(sa.func.max(_USE_CASES.c.position), -1))
        position = int(unit.connection.execute(last).scalar_one()) + 1
        created = [row for row in plan.rows if row.action is Action.CREATE]
        unit.add_values(
            UseCaseRow,
            [
                {
                    **_DEFAULTS,
                    **row.values,
                    "id": uuid4(),
                    "portfolio_id": portfolio.id,
                    "position": position + place,
                }
                for place, row in enumerate(created)
            ],
        )
        for row in plan.rows:
            if row.action is Action.UPDATE and row.use_case_id:
                unit.update(UseCaseRow, row.use_case_id, **row.values)
        if progress:
            progress(len(table.rows), len(table.rows))
        unit.label = f"Import {plural(plan.report.changed, 'use case')}"
        return unit.changes().with_value(plan.report)


_DEFAULTS = valid_row(UseCaseFields, {"key": "-", "title": "-"})


# ---------------------------------------------------------------- planning


def _plan(
    existing: Sequence[Known], table: Table, mapping: ColumnMapping, progress: Progress | None
) -> ImportPlan:
    reader = RecordReader(table, mapping)
    accepted: list[Record] = []
    rejected: list[Rejection] = []
    planned: list[PlannedRow] = []
    for place, row in enumerate(table.rows, start=1):
        if progress and (place % PROGRESS_STEP == 0 or place == len(table.rows)):
            progress(place, len(table.rows))
        record = _validated(reader.read(row), mapping)
        if record.problems:
            rejected.append(_one(record.problems))
            planned.append(PlannedRow(record.row, Action.REJECT, "", record.title, {}))
        else:
            accepted.append(record)
    keys = _Keys({known.key for known in existing})
    matches = match(accepted, existing, "organisation" in mapping.headers)
    notes = [*table.notes, *_unused(table, mapping), *reader.notes]
    for record, known in zip(accepted, matches, strict=True):
        planned.append(_planned(record, known, keys))
        if known and known.title != record.title and record.titled:
            said = f"known by its identifier; the title was “{shorten(known.title, 80)}”."
            notes.append(Note(said, record.row, mapping.headers["title"]))
    planned.sort(key=lambda row: row.row)
    counts = {action: sum(row.action is action for row in planned) for action in Action}
    report = ImportReport(
        created=counts[Action.CREATE],
        updated=counts[Action.UPDATE],
        skipped=counts[Action.SKIP] + table.blank_rows,
        rejected=tuple(rejected),
        notes=tuple(notes),
        mapping=dict(mapping.headers),
    )
    return ImportPlan(tuple(planned), report)


def _planned(record: Record, known: Known | None, keys: _Keys) -> PlannedRow:
    if known is None:
        key = keys.take(record.source_id)
        values = {**record.values, "key": key}
        return PlannedRow(record.row, Action.CREATE, key, record.title, values)
    differing = {
        name: value
        for name, value in record.values.items()
        if value != known.values[name]
        and not (name == "title" and not record.titled)
        and not (name == "source_id" and value == known.key)
    }
    action = Action.UPDATE if differing else Action.SKIP
    title = record.title if record.titled else known.title
    return PlannedRow(record.row, action, known.key, title, differing, known.id)


def _validated(record: Record, mapping: ColumnMapping) -> Record:
    """Return the record with values as the fields want them; what does not fit is a problem."""
    if record.problems:
        return record
    try:
        checked = valid_row(UseCaseFields, {"key": "-", **record.values})
    except InvalidInput as error:
        header = mapping.headers.get(error.field, mapping.headers["title"])
        problem = Rejection(record.row, header, str(error))
        return Record(record.row, record.values, record.titled, (problem,))
    values = {name: checked[name] for name in record.values}
    return Record(record.row, values, record.titled)


def _one(problems: Sequence[Rejection]) -> Rejection:
    """Return the problems of a row as one, placed at the first."""
    first, *others = problems
    also = "".join(f" Also “{other.column}”: {other.problem}" for other in others)
    return Rejection(first.row, first.column, first.problem + also)


def _existing(connection: sa.Connection, mapping: ColumnMapping) -> list[Known]:
    columns = [_USE_CASES.c[name] for name in _names(mapping)]
    statement = sa.select(*columns).order_by(_USE_CASES.c.position, _USE_CASES.c.id)
    with legible("The portfolio"):
        return [Known(dict(row)) for row in connection.execute(statement).mappings()]


def _names(mapping: ColumnMapping) -> list[str]:
    """Return the fields by which a use case is known again and compared."""
    return sorted({"id", "key", "title", "source_id", "organisation", *mapping.headers})


def _unused(table: Table, mapping: ColumnMapping) -> list[Note]:
    unused = mapping.unused(table.headers)
    return [Note(f"Columns that are not imported: {listed(unused)}.")] if unused else []


class _Keys:
    """Hands out keys that are not taken yet."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._counts: dict[str, int] = {}
        first = next_key(taken)
        self._prefix, _, number = first.rpartition("-")
        self._number = int(number)

    def take(self, wanted: str) -> str:
        """Return ``wanted``, with a number behind it if it is taken, or the next free key."""
        key = wanted
        if not wanted or len(wanted) > _KEY_LENGTH - 6:
            key = f"{self._prefix}-{self._number:02d}"
            while key in self._taken:
                self._number += 1
                key = f"{self._prefix}-{self._number:02d}"
        while key in self._taken:
            self._counts[wanted] = self._counts.get(wanted, 1) + 1
            key = f"{wanted}-{self._counts[wanted]}"
        self._taken.add(key)
        return key
