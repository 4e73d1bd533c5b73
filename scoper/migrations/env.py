"""How Alembic reaches the database: through the connection it is given."""

from alembic import context
from sqlmodel import SQLModel

import scoper.model  # noqa: F401 - registers the tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
