"""Which window made a step, and in which order steps were made, undone and redone."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns; steps from before belong to no window that is still open."""
    for column in (
        sa.Column("window", sa.String(40), nullable=False, server_default=sa.text("''")),
        sa.Column("dropped", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("change_step", column)
    op.execute("UPDATE change_step SET revision = number")
    op.create_index("ix_change_step_revision", "change_step", ["revision"])
