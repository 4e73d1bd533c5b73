"""Reads a portfolio into a board. SELECT only.

Columns are those of the snapshot, so that a portfolio can be read and shown before the tables,
with their validation, are imported: that halves the time to the first ranked table.

After a change only what changed is read again: use cases that stayed the same are the very
objects of the board before, so a large portfolio costs no more to edit than a small one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import numpy as np
import sqlalchemy as sa

from scoper import snapshot as snap
from scoper.board import Board, build_board
from scoper.errors import StorageError
from scoper.scoring.matrix import Array
from scoper.store import Store
from scoper.store.faults import legible

_PARTIAL_LIMIT = 400
_UNORDERED = frozenset({snap.Portfolio, snap.Answer, snap.Section})
_TYPES: dict[type, Callable[[], sa.types.TypeEngine[Any]]] = {
    UUID: sa.Uuid,
    dt.date: sa.Date,
    bool: sa.Boolean,
    int: sa.Integer,
    float: sa.Float,
    str: sa.String,
    Mapping: sa.JSON,
}
_ANCHOR = sa.table(
    "anchor", sa.column("criterion_id", sa.Uuid), sa.column("level"), sa.column("meaning")
)
_CAPACITY = sa.table(
    "capacity", sa.column("role_id", sa.Uuid), sa.column("quarter"), sa.column("days")
)
_RATING = sa.table(
    "rating",
    sa.column("use_case_id", sa.Uuid),
    sa.column("criterion_id", sa.Uuid),
    sa.column("participant_id", sa.Uuid),
    sa.column("value"),
    sa.column("abstained", sa.Boolean),
)
_IMAGE = sa.table(
    "change_image",
    sa.column("step_number"),
    sa.column("entity"),
    sa.column("row_id", sa.Uuid),
    sa.column("before", sa.JSON),
    sa.column("after", sa.JSON),
)
_NAMES = {"use_case": "title", "criterion": "title", "participant": "name", "portfolio": "title"}
"""The column that holds what people call a row."""
_LINKS = {
    "rating": (("use_case", "criterion", "participant"), "{}: {}, {}"),
    "exclusion": (("criterion", "participant"), "{}, {}"),
    "section": (("use_case",), "{}"),
}
"""Rows that stand between others, and how they are called after them."""
_CHUNK = 500
_EXCLUSION = sa.table(
    "exclusion", sa.column("criterion_id", sa.Uuid), sa.column("participant_id", sa.Uuid)
)
_AUDIT = sa.table(
    "audit",
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("who"),
    sa.column("action"),
    sa.column("entity"),
    sa.column("row_id", sa.Uuid),
    sa.column("field"),
    sa.column("old"),
    sa.column("new"),
    sa.column("id", sa.Uuid),
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who changed what, and when.

    ``at`` is in UTC. ``subject`` is the id of the row and ``about`` what people call it, also
    when it is gone since; empty when nobody knows any more.
    """

    at: Any
    who: str
    action: str
    entity: str
    subject: UUID
    field: str
    old: str | None
    new: str | None
    about: str = ""


def load_board(
    store: Store,
    previous: Board | None = None,
    changes: snap.Changes | None = None,
    *,
    in_full: bool = True,
) -> Board:
    """Read the portfolio and build its board.

    Args:
        store: the open file.
        previous: a board of the same portfolio to reuse unchanged parts of.
        changes: everything that changed since ``previous``; without it all is read again.
        in_full: whether to judge also what needs the content of the library.

    Raises:
        StorageError: the file holds no portfolio, or is damaged.
    """
    with store.read() as connection:
        reader = _Reader(connection, previous if changes is not None else None, changes)
        with legible(store.path.name):
            portfolio = reader.portfolio()
    return build_board(portfolio, previous, in_full=in_full)


def load_audit(store: Store, limit: int = 1_000) -> list[AuditEntry]:
    """Return the ``limit`` newest entries of the audit trail, newest first."""
    shown = [column for column in _AUDIT.c if column.name != "id"]
    statement = sa.select(*shown).order_by(_AUDIT.c.at.desc(), _AUDIT.c.id)
    with store.read() as connection, legible(store.path.name):
        rows = connection.execute(statement.limit(limit)).all()
        names = _names(connection, {(row.entity, row.row_id) for row in rows})
    return [replace(AuditEntry(*row), about=names.get(row.row_id, "")) for row in rows]


def _names(connection: sa.Connection, rows: Iterable[tuple[str, UUID]]) -> dict[UUID, str]:
    """Return what people call each row; a row between others by the names of those."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for entity, row_id in rows:
        wanted[entity].add(row_id)
    links: dict[UUID, tuple[str, list[UUID]]] = {}
    for entity, (parts, wording) in _LINKS.items():
        columns = tuple(f"{part}_id" for part in parts)
        for row_id, values in _values(connection, entity, columns, wanted[entity]).items():
            ends = [UUID(str(value)) for value in values]
            links[row_id] = wording, ends
            for part, end in zip(parts, ends, strict=True):
                wanted[part].add(end)
    names = {
        row_id: str(name)
        for entity, column in _NAMES.items()
        for row_id, (name,) in _values(connection, entity, (column,), wanted[entity]).items()
    }
    for row_id, (wording, ends) in links.items():
        names[row_id] = wording.format(*(names.get(end, "?") for end in ends))
    return names


def _values(
    connection: sa.Connection, entity: str, columns: tuple[str, ...], ids: Collection[UUID]
) -> dict[UUID, tuple[Any, ...]]:
    """Return columns of rows by id; of rows that are gone, as the history last had them."""
    source = sa.table(
        entity,
        sa.column("id", sa.Uuid),
        *(sa.column(name, sa.Uuid if name.endswith("_id") else sa.String) for name in columns),
    )
    found: dict[UUID, tuple[Any, ...]] = {}
    for chunk in _chunks(ids):
        for row_id, *values in connection.execute(sa.select(source).where(source.c.id.in_(chunk))):
            found[row_id] = tuple(values)
    for chunk in _chunks(set(ids) - set(found)):
        images = sa.select(_IMAGE).where(_IMAGE.c.entity == entity, _IMAGE.c.row_id.in_(chunk))
        for image in connection.execute(images.order_by(_IMAGE.c.step_number)):
            last = image.before or image.after or {}
            found[image.row_id] = tuple(last.get(name) for name in columns)
    return found


def _chunks(ids: Collection[UUID]) -> Iterable[list[UUID]]:
    listed = list(ids)
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))


class _Reader:
    def __init__(
        self, connection: sa.Connection, previous: Board | None, changes: snap.Changes | None
    ) -> None:
        self._connection = connection
        self._previous = previous.portfolio if previous else None
        self._changed = changes.use_cases if changes else frozenset()
        self._entities = changes.entities if changes else frozenset()
        if len(self._changed) > _PARTIAL_LIMIT:
            self._previous = None

    def portfolio(self) -> snap.Portfolio:
        head = self._rows(snap.Portfolio)
        if not head:
            raise StorageError("The file holds no portfolio.", "Restore it from a backup.")
        criteria = self._criteria()
        participants = self._all(snap.Participant)
        use_cases = self._use_cases()
        ratings, abstained = self._ratings(use_cases, criteria, participants)
        built: snap.Portfolio = _builder(snap.Portfolio)(
            {
                **head[0],
                "criteria": criteria,
                "participants": participants,
                "roles": self._roles(),
                "use_cases": use_cases,
                "ratings": ratings,
                "abstained": abstained,
                "exclusions": frozenset(
                    (row.criterion_id, row.participant_id)
                    for row in self._connection.execute(sa.select(_EXCLUSION))
                ),
            }
        )
        return built

    def _all(self, kind: type) -> tuple[Any, ...]:
        return tuple(map(_builder(kind), self._rows(kind, by="position")))

    def _roles(self) -> tuple[snap.Role, ...]:
        capacities: dict[UUID, list[tuple[str, float]]] = defaultdict(list)
        for row in self._connection.execute(sa.select(_CAPACITY).order_by(_CAPACITY.c.quarter)):
            capacities[row.role_id].append((row.quarter, row.days))
        build = _builder(snap.Role)
        return tuple(
            build({**row, "capacities": tuple(capacities[row["id"]])})
            for row in self._rows(snap.Role, by="position")
        )

    def _criteria(self) -> tuple[snap.Criterion, ...]:
        anchors: dict[UUID, list[tuple[int, str]]] = defaultdict(list)
        for row in self._connection.execute(sa.select(_ANCHOR).order_by(_ANCHOR.c.level)):
            anchors[row.criterion_id].append((row.level, row.meaning))
        build = _builder(snap.Criterion)
        return tuple(
            build({**row, "anchors": tuple(anchors[row["id"]])})
            for row in self._rows(snap.Criterion, by="position")
        )

    def _use_cases(self) -> tuple[snap.UseCase, ...]:
        if self._previous is None:
            return tuple(self._read_use_cases(None))
        kept = {u.id: u for u in self._previous.use_cases if u.id not in self._changed}
        if self._changed:
            kept |= {u.id: u for u in self._read_use_cases(self._changed)}
        columns = _source(snap.UseCase).c
        order = self._connection.execute(
            sa.select(columns.id).order_by(columns.position, columns.id)
        ).scalars()
        return tuple(kept[use_case_id] for use_case_id in order)

    def _read_use_cases(self, ids: Collection[UUID] | None) -> Iterable[snap.UseCase]:
        items: dict[UUID, dict[str, tuple[Any, ...]]] = defaultdict(dict)
        for name, kind in snap.ENTRIES_OF.items():
            groups: dict[UUID, list[Any]] = defaultdict(list)
            build = _builder(kind)
            for row in self._rows(kind, by=_order(kind), use_cases=ids):
                groups[row["use_case_id"]].append(build(row))
            for use_case_id, group in groups.items():
                items[use_case_id][name] = tuple(group)
        build_use_case = _builder(snap.UseCase)
        for row in self._rows(snap.UseCase, by="position", use_cases=ids):
            yield build_use_case({**row, **items.get(row["id"], {})})

    def _ratings(
        self,
        use_cases: tuple[snap.UseCase, ...],
        criteria: tuple[snap.Criterion, ...],
        participants: tuple[snap.Participant, ...],
    ) -> tuple[Array, np.ndarray[Any, np.dtype[np.bool_]]]:
        shape = (len(use_cases), len(criteria), len(participants))
        ratings = np.full(shape, np.nan)
        abstained = np.zeros(shape, dtype=np.bool_)
        only = self._carry_over(use_cases, ratings, abstained)
        if only is not None and not only:
            return ratings, abstained
        rows = {u.id: place for place, u in enumerate(use_cases)}
        columns = {c.id: place for place, c in enumerate(criteria)}
        voices = {p.id: place for place, p in enumerate(participants)}
        source = _RATING.c
        statement = sa.select(_RATING)
        if only is not None:
            statement = statement.where(source.use_case_id.in_(only))
        for use_case, criterion, participant, value, abstains in self._connection.execute(
            statement
        ):
            place = rows[use_case], columns[criterion], voices[participant]
            abstained[place] = abstains
            if value is not None:
                ratings[place] = value
        return ratings, abstained

    def _carry_over(
        self,
        use_cases: tuple[snap.UseCase, ...],
        ratings: Array,
        abstained: np.ndarray[Any, np.dtype[np.bool_]],
    ) -> list[UUID] | None:
        """Fill in ratings known from before; return the use cases to read, None for all."""
        if self._previous is None or self._entities & {"criterion", "participant"}:
            return None
        known = self._previous.row_of
        kept = [
            (row, known[u.id])
            for row, u in enumerate(use_cases)
            if u.id in known and u.id not in self._changed
        ]
        if kept:
            new, old = (list(side) for side in zip(*kept, strict=True))
            ratings[new] = self._previous.ratings[old]
            abstained[new] = self._previous.abstained[old]
        return [u.id for u in use_cases if u.id in self._changed or u.id not in known]

    def _rows(
        self, kind: type, *, by: str | None = None, use_cases: Collection[UUID] | None = None
    ) -> list[Mapping[Any, Any]]:
        source = _source(kind)
        statement = sa.select(source)
        if use_cases is not None:
            owner = source.c.id if kind is snap.UseCase else source.c.use_case_id
            statement = statement.where(owner.in_(use_cases))
        if by:
            statement = statement.order_by(source.c[by], source.c.id)
        return list(self._connection.execute(statement).mappings())


def _order(kind: type) -> str | None:
    return None if kind in _UNORDERED else "position"


@cache
def _stored(kind: type) -> dict[str, Any]:
    """Return the fields of a snapshot class that are columns, with their types."""
    stored = {}
    for name, hint in get_type_hints(kind).items():
        plain = next((part for part in get_args(hint) if part is not NoneType), hint)
        if get_origin(hint) is Mapping:
            plain = Mapping
        if plain in _TYPES or (isinstance(plain, type) and issubclass(plain, Enum)):
            stored[name] = plain
    return stored


@cache
def _source(kind: type) -> sa.TableClause:
    """Return the table of a snapshot class with the columns it needs."""
    columns = {
        name: sa.column(name, _TYPES[plain]() if plain in _TYPES else sa.String())
        for name, plain in _stored(kind).items()
    }
    if kind in snap.ENTRIES_OF.values():
        columns["use_case_id"] = sa.column("use_case_id", sa.Uuid())
    if kind not in _UNORDERED:
        columns["position"] = sa.column("position", sa.Integer())
    return sa.table(snap.table_of(kind), *columns.values())


@cache
def _builder(kind: type) -> Callable[[Mapping[Any, Any]], Any]:
    """Return a function that makes a ``kind`` from a row, turning stored words into terms."""
    terms: dict[str, dict[Any, Any]] = {
        name: {member.value: member for member in plain} | {None: None}
        for name, plain in _stored(kind).items()
        if issubclass(plain, Enum)
    }
    names = [f.name for f in fields(kind)]

    def build(row: Mapping[Any, Any]) -> Any:
        return kind(
            **{
                name: terms[name][row[name]] if name in terms else row[name]
                for name in names
                if name in row
            }
        )

    return build
