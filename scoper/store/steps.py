"""The steps in a portfolio's history, and which of them are a window's own to undo.

A step belongs to the window that made it. Once no window is open on the file, its steps belong to
the one that the same person opens next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from scoper.snapshot import Changes
from scoper.store.faults import legible
from scoper.store.windows import Window

KEEP_STEPS = 300
"""How many steps can be undone; older ones are forgotten."""

Image = dict[str, Any]

_STEPS = sa.table(
    "change_step",
    sa.column("number", sa.Integer),
    sa.column("label", sa.Text),
    sa.column("who", sa.Text),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("undone", sa.Boolean),
    sa.column("window", sa.Text),
    sa.column("dropped", sa.Boolean),
    sa.column("revision", sa.Integer),
)
_IMAGES = sa.table(
    "change_image",
    sa.column("step_number", sa.Integer),
    sa.column("place", sa.Integer),
    sa.column("entity", sa.Text),
    sa.column("row_id", sa.Uuid),
    sa.column("before", sa.JSON(none_as_null=True)),
    sa.column("after", sa.JSON(none_as_null=True)),
)
_NEWEST = sa.select(sa.func.coalesce(sa.func.max(_STEPS.c.revision), 0))


@dataclass(frozen=True, slots=True)
class Written:
    """One row before and after; an absent image means that it did not exist."""

    entity: str
    row_id: UUID
    before: Image | None
    after: Image | None

    def reversed(self) -> Written:
        """Return what takes this back."""
        return Written(self.entity, self.row_id, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """A recorded step: its number in the history, and what people call it."""

    number: int
    label: str


class Steps:
    """What one window makes, undoes and redoes.

    ``who`` works in it. What is recorded while ``burst`` is the same, and nothing else comes
    between, is one step: the pieces in which a text is saved while it is being typed.
    """

    def __init__(self, who: str, window: Window) -> None:
        self.who = who
        self.burst: object | None = None
        self._window = window
        self._closed: frozenset[str] = frozenset()
        self._passed: set[int] = set()
        self._last: tuple[object, int] | None = None

    def look_around(self, connection: sa.Connection) -> None:
        """Take over what was made in windows that are closed, unless another one is open."""
        if self._window.is_alone():
            found = connection.execute(sa.select(_STEPS.c.window).distinct()).scalars()
            self._closed = frozenset(found)

    def show(self) -> None:
        """Be seen as an open window, so that others leave these steps alone."""
        self._window.show()

    def close(self) -> None:
        """Leave the steps to whoever comes next."""
        self._window.close()

    # ------------------------------------------------------------ going back and forth

    def to_undo(self, connection: sa.Connection) -> Step | None:
        """Return the window's last step; None when there is none."""
        return self._first(connection, _STEPS.c.number.desc(), undone=False)

    def to_redo(self, connection: sa.Connection) -> Step | None:
        """Return the step that the window has undone last; None when there is none."""
        return self._first(connection, _STEPS.c.number, undone=True)

    def pass_over(self, step: Step) -> None:
        """Leave a step out from now on: others have changed what it did."""
        self._passed.add(step.number)

    def mark(self, connection: sa.Connection, step: Step, *, undone: bool) -> None:
        """Note that a step was undone or redone."""
        self._last = None
        connection.execute(
            sa.update(_STEPS)
            .where(_STEPS.c.number == step.number)
            .values(undone=undone, revision=_next(connection))
        )

    # ------------------------------------------------------------ recording

    def record(self, connection: sa.Connection, label: str, written: Sequence[Written]) -> None:
        """Store a step; those the window has undone before it cannot be redone any more."""
        self._window.show()
        revision = _next(connection)
        undone = _STEPS.c.undone & ~_STEPS.c.dropped & self._own()
        connection.execute(sa.update(_STEPS).where(undone).values(dropped=True))
        values = {
            "label": label,
            "who": self.who,
            "at": dt.datetime.now(dt.UTC),
            "undone": False,
            "dropped": False,
            "window": self._window.id,
            "revision": revision,
        }
        joined = self._joined(connection)
        if joined is None:
            adding = sa.insert(_STEPS).values(values).returning(_STEPS.c.number)
            number = int(connection.execute(adding).scalar_one())
        else:
            number = joined
            connection.execute(sa.update(_STEPS).where(_STEPS.c.number == number).values(values))
            written = _merged(written_by(connection, number), written)
            if not written:
                self._passed.add(number)
            connection.execute(sa.delete(_IMAGES).where(_IMAGES.c.step_number == number))
        _add_images(connection, number, written)
        forgotten = sa.delete(_STEPS).where(_STEPS.c.number <= number - KEEP_STEPS)
        connection.execute(forgotten)
        self._last = None if self.burst is None else (self.burst, number)

    # ------------------------------------------------------------ parts

    def _own(self) -> sa.ColumnElement[bool]:
        inherited = _STEPS.c.window.in_(self._closed) & (_STEPS.c.who == self.who)
        return (_STEPS.c.window == self._window.id) | inherited

    def _first(
        self, connection: sa.Connection, order: sa.ColumnElement[Any], *, undone: bool
    ) -> Step | None:
        statement = (
            sa.select(_STEPS.c.number, _STEPS.c.label)
            .where(_STEPS.c.undone.is_(undone), _STEPS.c.dropped.is_(False), self._own())
            .where(_STEPS.c.number.not_in(self._passed))
            .order_by(order)
            .limit(1)
        )
        found = connection.execute(statement).first()
        return None if found is None else Step(int(found.number), str(found.label))

    def _joined(self, connection: sa.Connection) -> int | None:
        """Return the step that the present piece of a burst belongs to."""
        if self.burst is None or self._last is None or self._last[0] is not self.burst:
            return None
        step = self.to_undo(connection)
        return step.number if step is not None and step.number == self._last[1] else None


def newest_revision(connection: sa.Connection) -> int:
    """Return how far the history has come."""
    return int(connection.execute(_NEWEST).scalar_one())


def changes_since(
    connection: sa.Connection, revision: int, nouns: dict[str, str]
) -> Changes | None:
    """Return what steps after ``revision`` have changed; None where that cannot be told.

    It cannot where so much happened that some of it may be forgotten already.

    Args:
        nouns: what the rows of some tables are called in ``Changes``.
    """
    later = sa.select(_STEPS.c.number).where(_STEPS.c.revision > revision)
    numbers = connection.execute(later).scalars().all()
    if len(numbers) >= KEEP_STEPS or newest_revision(connection) < revision:
        return None
    written = [row for number in numbers for row in written_by(connection, number)]
    return what_changed("", written, nouns)


def what_changed(label: str, written: Iterable[Written], nouns: dict[str, str]) -> Changes:
    """Return which kinds of rows were written, and in which use cases."""
    rows = list(written)
    owners = (
        str(row.row_id) if row.entity == "use_case" else image.get("use_case_id")
        for row in rows
        for image in (row.after or row.before or {},)
    )
    return Changes(
        label,
        frozenset(nouns.get(row.entity, row.entity) for row in rows),
        frozenset(UUID(owner) for owner in owners if owner),
    )


def written_by(connection: sa.Connection, step: int) -> list[Written]:
    """Return what a recorded step wrote, in order."""
    statement = sa.select(_IMAGES).where(_IMAGES.c.step_number == step).order_by(_IMAGES.c.place)
    with legible("The portfolio"):
        return [
            Written(row.entity, row.row_id, row.before, row.after)
            for row in connection.execute(statement)
        ]


def _next(connection: sa.Connection) -> int:
    return newest_revision(connection) + 1


def _merged(first: Sequence[Written], then: Sequence[Written]) -> list[Written]:
    """Return two runs of writes as one: each row from its first image to its last."""
    rows = {(row.entity, row.row_id): row for row in first}
    for row in then:
        known = rows.get((row.entity, row.row_id))
        before = known.before if known else row.before
        rows[row.entity, row.row_id] = Written(row.entity, row.row_id, before, row.after)
    return [row for row in rows.values() if _unlike(row.before, row.after)]


def _unlike(before: Image | None, after: Image | None) -> bool:
    if before is None or after is None:
        return before is not after
    return {**before, "version": None} != {**after, "version": None}


def _add_images(connection: sa.Connection, number: int, written: Sequence[Written]) -> None:
    rows = [
        {
            "step_number": number,
            "place": place,
            "entity": row.entity,
            "row_id": row.row_id,
            "before": row.before,
            "after": row.after,
        }
        for place, row in enumerate(written)
    ]
    if rows:
        connection.execute(sa.insert(_IMAGES), rows)
