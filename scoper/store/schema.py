"""Brings the schema of a portfolio file up to date. Imported only when that is needed."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from scoper.errors import StorageError
from scoper.migrations import migrate
from scoper.store.engine import APPLICATION_ID, SCHEMA, driver, make_engine

_FREE_TO_CHANGE = {"alembic_version", "change_step", "change_image"}


def upgrade(path: Path) -> None:
    """Migrate the file at ``path`` to the newest schema, in one transaction.

    Foreign keys are off meanwhile (a rebuilt table would otherwise delete its children) and
    checked afterwards; no table may have lost a row.

    Raises:
        StorageError: a check failed; the file is as it was.
    """
    engine = make_engine(path)
    try:
        with engine.connect() as connection:
            # Through the driver: within a transaction, which SQLAlchemy begins, it does nothing.
            driver(connection).execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                before = _row_counts(connection)
                migrate(connection)
                _check(connection, before)
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
    finally:
        engine.dispose()


def _check(connection: sa.Connection, before: dict[str, int]) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    after = _row_counts(connection)
    lost = [name for name, count in before.items() if after.get(name, 0) < count]
    if orphans or lost:
        raise StorageError(
            "The portfolio could not be brought up to date without losing entries.",
            "It was left as it is: open it with the version that made it.",
        )


def _row_counts(connection: sa.Connection) -> dict[str, int]:
    names = sa.inspect(connection).get_table_names()
    return {
        name: connection.execute(
            sa.select(sa.func.count()).select_from(sa.table(name))
        ).scalar_one()
        for name in names
        if name not in _FREE_TO_CHANGE
    }
