"""Sections of documents that a team keeps as it edited them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table of sections."""
    op.create_table(
        "section",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=40), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafted_from", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("contributors", sa.String(length=300), nullable=False),
        sa.Column("reviewer", sa.String(length=300), nullable=False),
        sa.Column("approved_by", sa.String(length=300), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("use_case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["use_case_id"],
            ["use_case.id"],
            name=op.f("fk_section_use_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
        sa.UniqueConstraint(
            "use_case_id",
            "document",
            "section",
            name=op.f("uq_section_use_case_id_document_section"),
        ),
    )
    op.create_index(op.f("ix_section_use_case_id"), "section", ["use_case_id"], unique=False)
