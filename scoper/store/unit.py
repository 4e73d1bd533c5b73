"""The unit of work: every row a command writes, recorded before and after.

Rows are written with plain statements rather than through ORM objects. That makes imports of
thousands of rows cheap, and the images exact: what is recorded is what was written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import SQLModel

from scoper.errors import InvalidInput, NotFound, Overtaken
from scoper.model import AUDITED, ITEM_ROWS, AuditRow, Row, check_parameters
from scoper.snapshot import Changes
from scoper.store.faults import legible
from scoper.store.images import (
    carried,
    changed,
    changed_elsewhere,
    decode,
    encode,
    same,
    table,
    values_in,
)
from scoper.store.steps import Steps, Written, what_changed

_CHUNK = 500
_FILE = "The portfolio"
NOUNS = {str(row.__tablename__): name for name, row in ITEM_ROWS.items()}
"""What the rows of lists are called in ``Changes``."""

R = TypeVar("R", bound=Row)

Seen = Collection[Any] | None
"""What an edit has seen in its field: what it started from, then what it said itself; None where
that does not matter, as in a script."""


class Unit:
    """One transaction: add, update and remove rows; all of it is kept or none."""

    def __init__(self, connection: sa.Connection, label: str, steps: Steps) -> None:
        self.connection = connection
        self.label = label
        self._steps = steps
        self._written: list[Written] = []

    # ------------------------------------------------------------ writing

    def add(self, *rows: Row) -> None:
        """Insert rows, parents before children."""
        for entity, batch in groupby(rows, key=lambda row: str(row.__tablename__)):
            self._insert(entity, [row.model_dump() for row in batch])

    def add_values(self, kind: type[Row], rows: Iterable[dict[str, Any]]) -> None:
        """Insert rows given as plain values: for thousands of them, where objects cost seconds.

        The values must be checked already; ``id`` and ``version`` are filled in.
        """
        complete = [{"id": uuid4(), "version": 1, **row} for row in rows]
        if complete:
            self._insert(str(kind.__tablename__), complete)

    def update(self, kind: type[Row], row_id: UUID, /, *, seen: Seen = None, **values: Any) -> bool:
        """Change fields of a row and return whether anything differed.

        Raises:
            NotFound: the row is gone.
            Overtaken: a field holds something else than what was ``seen`` in it.
        """
        entity = str(kind.__tablename__)
        current = self._current(entity, row_id)
        for name, value in values.items():
            check_seen(current[name], seen, value)
        return self._change(entity, row_id, current, values)

    def remove(self, kind: type[Row], *row_ids: UUID) -> None:
        """Delete rows with everything that belongs to them, children first.

        Raises:
            NotFound: one of the rows is gone.
        """
        self._delete(str(kind.__tablename__), row_ids)

    def require(self, kind: type[Row], row_ids: Collection[UUID]) -> None:
        """Make sure that rows exist.

        Raises:
            NotFound: one of them is gone.
        """
        columns = table(str(kind.__tablename__)).c
        ids = list(set(row_ids))
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            counted = sa.select(sa.func.count()).where(columns.id.in_(chunk))
            if self.connection.execute(counted).scalar_one() != len(chunk):
                raise _gone()

    # ------------------------------------------------------------ reading

    def get(self, kind: type[R], row_id: UUID) -> R:
        """Return one row, detached.

        Raises:
            NotFound: there is none with that id.
        """
        return kind.model_construct(**self._current(str(kind.__tablename__), row_id))

    def find(self, kind: type[R], /, **equals: Any) -> list[R]:
        """Return the rows whose columns equal the given values, detached."""
        columns = table(str(kind.__tablename__))
        statement = sa.select(columns).where(*(columns.c[k] == v for k, v in equals.items()))
        with legible(_FILE):
            rows = self.connection.execute(statement).mappings().all()
        return [kind.model_construct(**row) for row in rows]

    # ------------------------------------------------------------ history

    def changes(self) -> Changes:
        """Return what was written so far."""
        return what_changed(self.label, self._written, NOUNS)

    def record(self) -> None:
        """Store the step with its images and audit trail."""
        if self._written:
            self._steps.record(self.connection, self.label, self._written)
            self.audit()

    def audit(self) -> None:
        """Store who changed which audited field, with its old and new value."""
        now = dt.datetime.now(dt.UTC)
        self._insert_plain(
            AuditRow,
            [
                {
                    "id": uuid4(),
                    "at": now,
                    "who": self._steps.who,
                    "action": self.label,
                    "entity": row.entity,
                    "row_id": row.row_id,
                    "field": name,
                    "old": old,
                    "new": new,
                }
                for row in self._written
                for name, old, new in _audited(row)
            ],
        )

    def replay(self, written: Iterable[Written]) -> None:
        """Bring rows from their ``before`` to their ``after`` image, as far as these differ.

        Raises:
            Conflict: a field that the images change has been changed since, a row to be deleted
                is no longer as its image has it, or something else belongs to it by now.
        """
        for (entity, deleted), rows in groupby(
            written, lambda row: (row.entity, row.after is None)
        ):
            if deleted:
                gone = list(rows)
                for row in gone:
                    current = self._find(row.entity, row.row_id)
                    if current is None or not same(encode(current), row.before or {}):
                        raise changed_elsewhere()
                self._delete(entity, [row.row_id for row in gone], alone=True)
            else:
                for row in rows:
                    self._put(row)

    # ------------------------------------------------------------ parts

    def _put(self, row: Written) -> None:
        """Bring a row back, or those of its fields that the images change."""
        current = self._find(row.entity, row.row_id)
        if (current is None) != (row.before is None):
            raise changed_elsewhere()
        after = row.after or {}
        if current is None or row.before is None:
            values = decode(row.entity, after)
            self._insert(row.entity, [{**values, "version": values["version"] + 1}])
            return
        now, before = encode(current), row.before
        values = {
            name: carried(now[name], before[name], value)
            for name, value in changed(before, after).items()
        }
        _check_possible(row.entity, {**now, **values})
        self._change(row.entity, row.row_id, current, decode(row.entity, values))

    def _insert(self, entity: str, rows: list[dict[str, Any]]) -> None:
        self.connection.execute(sa.insert(table(entity)), rows)
        self._written += [Written(entity, row["id"], None, encode(row)) for row in rows]

    def _change(
        self, entity: str, row_id: UUID, current: dict[str, Any], values: dict[str, Any]
    ) -> bool:
        differing = {
            name: value
            for name, value in values.items()
            if name != "version" and current[name] != value
        }
        if not differing:
            return False
        differing["version"] = current["version"] + 1
        columns = table(entity)
        result = self.connection.execute(
            sa.update(columns)
            .where(columns.c.id == row_id, columns.c.version == current["version"])
            .values(differing)
        )
        if result.rowcount != 1:
            raise changed_elsewhere()
        self._written.append(
            Written(entity, row_id, encode(current), encode({**current, **differing}))
        )
        return True

    def _delete(self, entity: str, row_ids: Collection[UUID], *, alone: bool = False) -> None:
        """Delete rows with what belongs to them; ``alone`` refuses where something does."""
        columns = table(entity)
        ids = list(row_ids)
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            self._release(entity, chunk, refuse=alone)
            rows = self._select(columns, columns.c.id.in_(chunk))
            if len(rows) != len(set(chunk)):
                raise _gone()
            self.connection.execute(sa.delete(columns).where(columns.c.id.in_(chunk)))
            self._written += [Written(entity, row["id"], encode(row), None) for row in rows]

    def _release(self, entity: str, row_ids: list[UUID], *, refuse: bool) -> None:
        for child in SQLModel.metadata.sorted_tables:
            for key in child.foreign_keys:
                if key.column.table.name != entity or "id" not in child.columns:
                    continue
                rows = self._select(child, key.parent.in_(row_ids))
                if rows and refuse:
                    raise changed_elsewhere()
                if key.ondelete == "SET NULL":
                    for row in rows:
                        self._change(child.name, row["id"], row, {key.parent.name: None})
                elif rows:
                    self._delete(child.name, [row["id"] for row in rows])

    def _select(self, source: sa.Table, where: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
        with legible(_FILE):
            found = self.connection.execute(sa.select(source).where(where)).mappings()
            return [dict(row) for row in found]

    def _find(self, entity: str, row_id: UUID) -> dict[str, Any] | None:
        columns = table(entity)
        rows = self._select(columns, columns.c.id == row_id)
        return rows[0] if rows else None

    def _current(self, entity: str, row_id: UUID) -> dict[str, Any]:
        row = self._find(entity, row_id)
        if row is None:
            raise _gone()
        return row

    def _insert_plain(self, kind: type[SQLModel], rows: list[dict[str, Any]]) -> None:
        if rows:
            self.connection.execute(sa.insert(table(str(kind.__tablename__))), rows)


def check_seen(current: Any, seen: Seen, value: Any, *, where: Any = None) -> None:
    """Make sure that a field still holds what an edit has seen in it, or ``value`` already.

    Raises:
        Overtaken: somebody has changed the field meanwhile.
    """
    if seen is None or _plain(current) in {_plain(known) for known in (*seen, value)}:
        return
    raise Overtaken(
        "This was changed elsewhere in the meantime.",
        "Nothing was overwritten: choose which of the two is to stay.",
        yours=value,
        theirs=current,
        where=where,
    )


def unreadable(connection: sa.Connection) -> Iterator[str]:
    """Yield the tables with a value that is not of its column's type."""
    for entity, rows in SQLModel.metadata.tables.items():
        try:
            for _ in connection.execute(sa.select(rows)):
                pass
        except (ValueError, sa.exc.OperationalError):
            yield entity


def _audited(row: Written) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield the audited values that differ, by name, as texts before and after."""
    for field in sorted(AUDITED.get(row.entity, ())):
        before, after = values_in(row.before, field), values_in(row.after, field)
        for name in sorted({**before, **after}):
            old, new = _as_text(before.get(name)), _as_text(after.get(name))
            if old != new:
                yield name, old, new


def _as_text(value: Any) -> str | None:
    return None if value is None or value is False else str(value)


def _plain(value: Any) -> str:
    """Return ``value`` so that equal entries are equal: "" is None, 3 is 3.0."""
    if value is None or value == "":
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(float(value))
    return str(list(value) if isinstance(value, tuple) else value)


def _check_possible(entity: str, values: dict[str, Any]) -> None:
    """Refuse to bring back a parameter that what others have set since makes impossible."""
    if entity == "portfolio" and "parameters" in values:
        try:
            check_parameters(values["parameters"], values.get("formula"))
        except InvalidInput as error:
            raise changed_elsewhere() from error


def _gone() -> NotFound:
    return NotFound(
        "This entry is no longer in the portfolio.",
        "It may have been deleted: undo brings it back.",
    )
