"""How work changes, who oversees it, and what speed, volume and cost a solution must manage."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns."""
    for name in ("work_change", "oversight"):
        _add(name, sa.Text())
    for name in ("response_time", "peak_load", "cost_per_case"):
        _add(name, sa.String(length=300))


def _add(name: str, kind: sa.types.TypeEngine[str]) -> None:
    empty = sa.text("''")
    op.add_column("use_case", sa.Column(name, kind, nullable=False, server_default=empty))
