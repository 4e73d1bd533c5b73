"""Participants may be limited to the criteria they can judge."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table of who may not judge what."""
    op.create_table(
        "exclusion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criterion.id"],
            name=op.f("fk_exclusion_criterion_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_exclusion_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
        sa.UniqueConstraint(
            "criterion_id",
            "participant_id",
            name=op.f("uq_exclusion_criterion_id_participant_id"),
        ),
    )
    op.create_index(op.f("ix_exclusion_criterion_id"), "exclusion", ["criterion_id"], unique=False)
    op.create_index(
        op.f("ix_exclusion_participant_id"), "exclusion", ["participant_id"], unique=False
    )
