"""One portfolio file, opened."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa

from scoper.errors import InvalidInput, StorageError
from scoper.files import keep_mode, write_atomically
from scoper.snapshot import Changes
from scoper.store.engine import SCHEMA, WRITE, check_identity, make_engine
from scoper.store.faults import storage_error, translated

if TYPE_CHECKING:
    from scoper.store.unit import Unit, Written

_STEPS = sa.table(
    "change_step",
    sa.column("number", sa.Integer),
    sa.column("label", sa.Text),
    sa.column("undone", sa.Boolean),
)


@dataclass(frozen=True, slots=True)
class History:
    """The names of the steps that can be undone and redone; None when there is none."""

    undo: str | None
    redo: str | None


class Store:
    """An open portfolio file. Use it from one thread at a time."""

    def __init__(self, path: Path, who: str) -> None:
        self.path = path
        self.who = who
        self._engine = make_engine(path)

    @classmethod
    def create(cls, path: Path, who: str) -> Store:
        """Make a new, empty portfolio file and open it.

        It is built beside its place and swapped in, so no half-made file is ever seen.

        Raises:
            StorageError: something stands there already, or the folder cannot be written.
        """
        if os.path.lexists(path):
            raise StorageError(
                f"{path.name} exists already.", "Choose another name, or open that file."
            )
        from scoper.store.schema import upgrade  # noqa: PLC0415 - slow to import

        handle, name = _beside(path)
        os.close(handle)
        beside = Path(name)
        try:
            with translated(path):
                upgrade(beside)
            keep_mode(path, beside)
            os.replace(beside, path)
        except OSError as error:
            raise _not_made(path, error) from error
        finally:
            beside.unlink(missing_ok=True)
        return cls(path, who)

    @classmethod
    def open(cls, path: Path, who: str) -> Store:
        """Open a portfolio file, bringing an older schema up to date after a backup.

        Raises:
            StorageError: it is not a portfolio, comes from a newer version, or cannot be read.
        """
        schema = check_identity(path)
        if schema < SCHEMA:
            from scoper.store.schema import upgrade  # noqa: PLC0415 - slow to import

            backup = path.with_name(f"{path.stem}.before-upgrade-{schema}{path.suffix}")
            _copy(path, backup)
            with translated(path):
                upgrade(path)
        store = cls(path, who)
        try:
            with store.read():
                return store
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Read within one transaction: everything is from the same moment."""
        with translated(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, label: str, *, undoable: bool = True) -> Iterator[Unit]:
        """Write within one transaction that becomes one undoable step named ``label``.

        An exception inside leaves the file untouched. Making the portfolio itself is not
        ``undoable``: there would be nothing left to stand on.
        """
        from scoper.store.unit import Unit  # noqa: PLC0415 - the tables are slow to import

        with self._writing() as connection:
            unit = Unit(connection, label, self.who)
            yield unit
            if undoable:
                unit.record()
            else:
                unit.audit()

    def history(self) -> History:
        """Return what can be undone and redone now."""
        with self.read() as connection:
            return History(_label(_last(connection)), _label(_first_undone(connection)))

    def undo(self) -> Changes:
        """Take back the last step; an empty ``Changes`` when there is none.

        Raises:
            Conflict: a row of the step was changed since by someone else.
        """
        from scoper.store.unit import Written, written_by  # noqa: PLC0415

        with self._writing() as connection:
            step = _last(connection)
            if step is None:
                return Changes("Nothing to undo")
            backwards = [
                Written(row.entity, row.row_id, row.after, row.before)
                for row in reversed(written_by(connection, step.number))
            ]
            return self._replay(connection, step, backwards, undone=True)

    def redo(self) -> Changes:
        """Repeat the step that was undone last; an empty ``Changes`` when there is none.

        Raises:
            Conflict: a row of the step was changed since by someone else.
        """
        from scoper.store.unit import written_by  # noqa: PLC0415

        with self._writing() as connection:
            step = _first_undone(connection)
            if step is None:
                return Changes("Nothing to redo")
            return self._replay(connection, step, written_by(connection, step.number), undone=False)

    def backup(self, target: Path) -> Path:
        """Copy the portfolio as it is now to ``target``, all of it or nothing.

        Raises:
            InvalidInput: ``target`` is the open file itself.
            StorageError: the portfolio cannot be read.
            ExportError: the copy cannot be written.
        """
        if target.resolve() == self.path.resolve():
            raise InvalidInput(
                f"{target.name} is the open portfolio itself.",
                "Choose another name or folder for the copy.",
                field="target",
            )
        return _copy(self.path, target)

    def problems(self) -> list[str]:
        """Return what is wrong with the file: structure, ties, and entries that cannot be read."""
        from scoper.store.unit import unreadable  # noqa: PLC0415 - the tables are slow to import

        with self.read() as connection:
            said = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            found = [f"The file is damaged: {line}" for line in said if line != "ok"]
            found += [f"A row of {row[0]} belongs to nothing" for row in orphans]
            return found or [
                f"An entry of {name} cannot be read" for name in unreadable(connection)
            ]

    def stamp(self) -> int:
        """Return a number that moves when another program writes to the file."""
        with translated(self.path), self._engine.connect() as connection:
            value = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
            return int(value)

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        begun = False
        try:
            with (
                translated(self.path),
                self._engine.connect().execution_options(**WRITE) as connection,
                connection.begin(),
            ):
                begun = True
                yield connection
        except StorageError:
            if begun:
                self._settle()
            raise

    def _settle(self) -> None:
        """Have a write that failed half-way undone in the file at once, not by the next reader."""
        with suppress(sa.exc.SQLAlchemyError), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA schema_version")

    def _replay(
        self,
        connection: sa.Connection,
        step: sa.Row[Any, Any],
        rows: list[Written],
        *,
        undone: bool,
    ) -> Changes:
        from scoper.store.unit import Unit  # noqa: PLC0415

        unit = Unit(connection, f"{'Undo' if undone else 'Redo'}: {step.label}", self.who)
        unit.replay(rows)
        unit.audit()
        connection.execute(
            sa.update(_STEPS).where(_STEPS.c.number == step.number).values(undone=undone)
        )
        return unit.changes()


def _last(connection: sa.Connection) -> sa.Row[Any, Any] | None:
    return _step(connection, undone=False, newest=True)


def _first_undone(connection: sa.Connection) -> sa.Row[Any, Any] | None:
    return _step(connection, undone=True, newest=False)


def _step(connection: sa.Connection, *, undone: bool, newest: bool) -> sa.Row[Any, Any] | None:
    order = _STEPS.c.number.desc() if newest else _STEPS.c.number
    statement = sa.select(_STEPS.c.number, _STEPS.c.label).where(_STEPS.c.undone.is_(undone))
    return connection.execute(statement.order_by(order).limit(1)).first()


def _label(step: sa.Row[Any, Any] | None) -> str | None:
    return None if step is None else str(step.label)


def _beside(path: Path) -> tuple[int, str]:
    try:
        return tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise _not_made(path, error) from error


def _not_made(path: Path, error: OSError) -> StorageError:
    return StorageError(
        f"{path.name} cannot be made: {(error.strerror or str(error)).lower()}.",
        f"Choose a folder that exists and that you may write in. ({path.parent})",
    )


def _copy(source: Path, target: Path) -> Path:
    def copy(beside: Path) -> None:
        uri = f"{source.resolve().as_uri()}?mode=ro"
        try:
            with (
                closing(sqlite3.connect(uri, uri=True)) as old,
                closing(sqlite3.connect(beside)) as new,
            ):
                old.backup(new)
        except sqlite3.Error as error:
            raise storage_error(source, str(error)) from error

    return write_atomically(target, copy)
