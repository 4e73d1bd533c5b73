"""Schema migrations, the same for SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config


def migrate(connection: sa.Connection) -> None:
    """Run every migration that the database behind ``connection`` has not had yet."""
    command.upgrade(configuration(connection), "head")


def configuration(connection: sa.Connection) -> Config:
    """Return what Alembic needs to know to work on the database behind ``connection``."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
