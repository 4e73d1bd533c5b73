"""Definition and sign-off of KPIs, the plan of each phase, hiring and capacity by quarter."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TEXTS = {
    "kpi": ("definition", "formula"),
    "milestone": ("entry_criteria", "exposure", "rollback", "feedback", "monitoring"),
    "role": ("skills",),
}


def upgrade() -> None:
    """Add the columns, and the table of capacity by role and quarter."""
    for table, names in _TEXTS.items():
        for name in names:
            _add(table, name, sa.Text(), "")
    _add("kpi", "goal", sa.String(length=300), "")
    _add("kpi", "sign_off", sa.String(length=40), "draft")
    _add("kpi", "signed_by", sa.String(length=300), "")
    op.add_column("kpi", sa.Column("signed_on", sa.Date(), nullable=True))
    op.add_column("role", sa.Column("hiring_weeks", sa.Float(), nullable=True))
    op.add_column("use_case", sa.Column("start_on", sa.Date(), nullable=True))
    op.create_table(
        "capacity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("days", sa.Float(), nullable=False),
        sa.Column("role_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["role_id"], ["role.id"], name=op.f("fk_capacity_role_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity")),
        sa.UniqueConstraint("role_id", "quarter", name=op.f("uq_capacity_role_id_quarter")),
    )
    op.create_index(op.f("ix_capacity_role_id"), "capacity", ["role_id"], unique=False)


def _add(table: str, name: str, kind: sa.types.TypeEngine[str], default: str) -> None:
    op.add_column(
        table, sa.Column(name, kind, nullable=False, server_default=sa.text(f"'{default}'"))
    )
