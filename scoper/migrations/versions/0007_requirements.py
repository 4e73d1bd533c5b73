"""How work changes, who oversees it, and what speed, volume and cost a solution must manage."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns."""
    empty = sa.text("''")
    for name in ("work_change", "oversight", "response_time", "peak_load", "cost_per_case"):
        column = sa.Column(name, sa.Text(), nullable=False, server_default=empty)
        op.add_column("use_case", column)
