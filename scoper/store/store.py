"""One portfolio file, opened."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import sqlalchemy as sa

from scoper.errors import Conflict, FileGone, InvalidInput, StorageError
from scoper.files import keep_mode, write_atomically
from scoper.snapshot import Changes
from scoper.store.engine import (
    LOCK_WAIT,
    SCHEMA,
    WRITE,
    WRITE_WAIT,
    check_identity,
    driver,
    make_engine,
    set_wait,
)
from scoper.store.faults import locked, storage_error, translated
from scoper.store.steps import (
    Step,
    Steps,
    Written,
    changes_since,
    newest_revision,
    written_by,
)
from scoper.store.windows import Window
from scoper.text import cited

if TYPE_CHECKING:
    from scoper.store.unit import Unit

Patience = Callable[[float], bool]
"""Whether to go on waiting for another program, told the seconds waited so far."""

_PATIENCE = 60.0
"""Seconds to wait for another program where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class History:
    """The names of the steps that can be undone and redone; None when there is none."""

    undo: str | None
    redo: str | None


class Store:
    """An open portfolio file. Use it from one thread at a time.

    ``patience`` is asked every now and then while another program writes.
    """

    def __init__(self, path: Path, who: str) -> None:
        self.path = path
        self.patience: Patience = lambda waited: waited < _PATIENCE
        self._engine = make_engine(path)
        self._identity = _identity(path)
        self._steps = Steps(who, Window("-".join(f"{part:x}" for part in self._identity or ())))
        self.upgraded_from: int | None = None
        """The schema that the file had before it was brought up to date; None where it was new."""
        self._portfolio: str | None = None
        self._newest = 0

    @property
    def who(self) -> str:
        """Who works on the portfolio."""
        return self._steps.who

    @who.setter
    def who(self, name: str) -> None:
        self._steps.who = name

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
        store.upgraded_from = schema if schema < SCHEMA else None
        try:
            store.take_over()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()
        self._steps.close()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Read within one transaction: everything is from the same moment."""
        with self._translated(), self._engine.connect() as connection, connection.begin():
            self._check_portfolio(connection)
            yield connection

    @contextmanager
    def burst(self, token: object | None) -> Iterator[None]:
        """Have what is written within be one step with what was written with the same token."""
        self._steps.burst = token
        try:
            yield
        finally:
            self._steps.burst = None

    @contextmanager
    def write(self, label: str, *, undoable: bool = True) -> Iterator[Unit]:
        """Write within one transaction that becomes one undoable step named ``label``.

        An exception inside leaves the file untouched. Making the portfolio itself is not
        ``undoable``: there would be nothing left to stand on.
        """
        from scoper.store.unit import Unit  # noqa: PLC0415 - the tables are slow to import

        with self._writing() as connection:
            unit = Unit(connection, label, self._steps)
            yield unit
            if undoable:
                unit.record()
            else:
                unit.audit()

    def take_over(self) -> None:
        """Count as its own what the same person made before, unless another window is open."""
        with self.read() as connection:
            self._steps.look_around(connection)

    def show(self) -> None:
        """Be seen as an open window by others on the same file."""
        self._steps.show()

    def history(self) -> History:
        """Return what can be undone and redone now: only what this window made."""
        with self.read() as connection:
            undo, redo = self._steps.to_undo(connection), self._steps.to_redo(connection)
            return History(undo.label if undo else None, redo.label if redo else None)

    def undo(self) -> Changes:
        """Take back the last step of this window; an empty ``Changes`` when there is none.

        Only the fields that the step changed are looked at and brought back.

        Raises:
            Conflict: what the step did was changed since by someone else. The step is passed
                over from then on.
        """
        with self._writing() as connection:
            step = self._steps.to_undo(connection)
            if step is None:
                return Changes("Nothing to undo")
            backwards = [row.reversed() for row in reversed(written_by(connection, step.number))]
            return self._replay(connection, step, backwards, undone=True)

    def redo(self) -> Changes:
        """Repeat the step that was undone last; an empty ``Changes`` when there is none.

        Raises:
            Conflict: what the step did was changed since by someone else. The step is passed
                over from then on.
        """
        with self._writing() as connection:
            step = self._steps.to_redo(connection)
            if step is None:
                return Changes("Nothing to redo")
            return self._replay(connection, step, written_by(connection, step.number), undone=False)

    def revision(self) -> int:
        """Return how far the history has come: it moves with every step, undo and redo."""
        with self.read() as connection:
            return newest_revision(connection)

    def changes_since(self, revision: int) -> Changes | None:
        """Return what was changed after ``revision``, by anybody; None if that cannot be told."""
        from scoper.store.unit import NOUNS  # noqa: PLC0415 - the tables are slow to import

        with self.read() as connection:
            return changes_since(connection, revision, NOUNS)

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
        with self._translated(), self._engine.connect() as connection:
            self._check_portfolio(connection)
            return _write_copy(driver(connection), self.path, target)

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
        """Return a number that moves when another program writes to the file.

        Raises:
            FileGone: the file is not at its place any more.
        """
        self.check_place()
        with self._translated(), self._engine.connect() as connection:
            value = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
            return int(value)

    def check_place(self) -> None:
        """Make sure that the file that was opened still stands at its place.

        Raises:
            FileGone: it was moved, renamed, deleted or replaced.
        """
        now = _identity(self.path)
        if now == self._identity:
            return
        name = self.path.name
        raise _gone(
            f"{name} is not at its place any more: it was moved, renamed or deleted."
            if now is None
            else f"{name} was replaced by another file."
        )

    def _check_portfolio(self, connection: sa.Connection) -> None:
        """Make sure that the file still holds the portfolio that was read first, and no older one.

        Raises:
            FileGone: another one, or an older copy, was written over it.
        """
        found = connection.exec_driver_sql("SELECT id FROM portfolio").scalar()
        if self._portfolio is None:
            self._portfolio = found
        elif found not in (None, self._portfolio):
            raise _gone(f"{self.path.name} was replaced by another portfolio.")
        newest = newest_revision(connection)
        if newest < self._newest:
            raise _gone(f"{self.path.name} was replaced by an older copy.")
        self._newest = newest

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn database errors into storage errors; a file that is gone is told as that."""
        try:
            with translated(self.path):
                yield
        except StorageError:
            self.check_place()
            raise

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        self.check_place()
        begun = False
        try:
            with (
                self._translated(),
                self._engine.connect().execution_options(**WRITE) as connection,
                self._begin(connection),
            ):
                begun = True
                self._check_portfolio(connection)
                yield connection
        except StorageError:
            if begun:
                self._settle()
            raise

    def _begin(self, connection: sa.Connection) -> sa.RootTransaction:
        """Begin to write as soon as no other program does."""
        started = time.monotonic()
        set_wait(connection, WRITE_WAIT)
        try:
            while True:
                try:
                    return connection.begin()
                except sa.exc.OperationalError as error:
                    if not locked(error) or not self.patience(time.monotonic() - started):
                        raise
        finally:
            set_wait(connection, LOCK_WAIT)

    def _settle(self) -> None:
        """Have a write that failed half-way undone in the file at once, not by the next reader."""
        with suppress(sa.exc.SQLAlchemyError), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA schema_version")

    def _replay(
        self,
        connection: sa.Connection,
        step: Step,
        rows: list[Written],
        *,
        undone: bool,
    ) -> Changes:
        from scoper.store.unit import Unit  # noqa: PLC0415

        word = "Undo" if undone else "Redo"
        unit = Unit(connection, f"{word}: {step.label}", self._steps)
        try:
            unit.replay(rows)
        except Conflict as error:
            self._steps.pass_over(step)
            raise Conflict(
                f"{cited(step.label)} cannot be {word.lower()}ne: it was changed elsewhere since.",
                "Nothing was overwritten.",
            ) from error
        unit.audit()
        self._steps.mark(connection, step, undone=undone)
        return unit.changes()


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
    uri = f"{source.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as old:
            return _write_copy(old, source, target)
    except sqlite3.Error as error:
        raise storage_error(source, str(error)) from error


def _write_copy(old: sqlite3.Connection, source: Path, target: Path) -> Path:
    def copy(beside: Path) -> None:
        try:
            with closing(sqlite3.connect(beside)) as new:
                old.backup(new)
        except sqlite3.Error as error:
            raise storage_error(source, str(error)) from error

    return write_atomically(target, copy)


def _gone(problem: str) -> FileGone:
    return FileGone(
        problem, "What you see is kept: save it under another name, or put the file back."
    )


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one at its place; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
