"""Connections to a portfolio file, and the check that it is one."""

from __future__ import annotations

import sqlite3
import struct
from pathlib import Path
from typing import Any, Final, cast

import sqlalchemy as sa

from scoper.errors import StorageError

APPLICATION_ID: Final = 0x53434F50
"""“SCOP”: marks a SQLite file as ours."""

SCHEMA: Final = 11
"""The newest schema this program knows; equals the number of the last migration."""

LOCK_WAIT: Final = 1.0
"""Seconds to wait for another program where a read or the end of a write has to."""

WRITE_WAIT: Final = 0.3
"""Seconds to wait at a time before a write, between two looks at whether to go on waiting."""

WRITE: Final = {"scoper_write": True}
"""Execution option of a connection that will write."""


def check_identity(path: Path) -> int:
    """Return the schema number of the portfolio at ``path``.

    Raises:
        StorageError: there is no file, it is empty or something else, or it comes from a newer
            version of Scoper.
    """
    header = _header(path)
    if not header:
        raise StorageError(f"{path.name} is empty.", "Restore it from a backup.")
    if len(header) < 100 or not header.startswith(b"SQLite format 3\x00"):
        raise StorageError(
            f"{path.name} is not a Scoper portfolio.",
            "Open a file that ends in .scoper, or import a table into a new portfolio.",
        )
    schema, application = _marks(header)
    if application != APPLICATION_ID or schema < 1:
        raise StorageError(
            f"{path.name} is a database of another program.",
            "Open a file that was made by Scoper.",
        )
    if schema > SCHEMA:
        raise StorageError(
            f"{path.name} was made by a newer version of Scoper.",
            "Install the newest version to open it.",
        )
    if _is_cut_short(path, header):
        raise StorageError(f"{path.name} is cut short.", "Restore it from a backup.")
    return schema


def make_engine(path: Path) -> sa.Engine:
    """Return an engine on an existing file: durable writes, foreign keys on, no hidden values.

    Writers take the lock at once (``BEGIN IMMEDIATE``), so two programs never deadlock.
    """
    location = f"file:{_quote(path)}?mode=rw"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            location, uri=True, timeout=LOCK_WAIT, isolation_level=None, check_same_thread=False
        )

    engine = sa.create_engine(
        "sqlite://", creator=connect, hide_parameters=True, poolclass=sa.pool.StaticPool
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        for pragma in (
            "foreign_keys = ON",
            "journal_mode = DELETE",
            "synchronous = FULL",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("scoper_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def driver(connection: sa.Connection) -> sqlite3.Connection:
    """Return the connection as SQLite knows it."""
    return cast(sqlite3.Connection, connection.connection.driver_connection)


def set_wait(connection: sa.Connection, seconds: float) -> None:
    """Set how long the next statements wait for another program."""
    driver(connection).execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(100)
    except FileNotFoundError:
        raise StorageError(f"There is no file {path.name}.", "Check the name.") from None
    except OSError as error:
        raise StorageError(
            f"{path.name} cannot be read: {(error.strerror or str(error)).lower()}.",
            "Check that it is a file you may read.",
        ) from error


def _marks(header: bytes) -> tuple[int, int]:
    (schema,) = struct.unpack(">I", header[60:64])
    (application,) = struct.unpack(">I", header[68:72])
    return schema, application


def _is_cut_short(path: Path, header: bytes) -> bool:
    """Return whether pages are missing at the end; unknown while a write waits to be undone."""
    (page_size,) = struct.unpack(">H", header[16:18])
    (pages,) = struct.unpack(">I", header[28:32])
    unfinished = path.with_name(f"{path.name}-journal").exists()
    return not unfinished and path.stat().st_size < pages * (page_size if page_size > 1 else 65536)


def _quote(path: Path) -> str:
    text = path.resolve().as_posix()
    return text.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
