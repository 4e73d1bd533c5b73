"""Answers to checklists, and a verdict on relevance that the team overruled."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the table of answers and what overrules the verdict they give."""
    op.create_table(
        "answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.String(length=40), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("use_case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["use_case_id"], ["use_case.id"], name=op.f("fk_answer_use_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "use_case_id",
            "questionnaire",
            "question",
            name=op.f("uq_answer_use_case_id_questionnaire_question"),
        ),
    )
    op.create_index(op.f("ix_answer_use_case_id"), "answer", ["use_case_id"], unique=False)
    for name, kind in (
        ("relevance_overruled", sa.String(length=40)),
        ("relevance_reason", sa.Text()),
    ):
        op.add_column(
            "use_case", sa.Column(name, kind, nullable=False, server_default=sa.text("''"))
        )
