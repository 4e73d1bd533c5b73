"""Low and high days of effort."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns."""
    for name in ("days_low", "days_high"):
        op.add_column("effort", sa.Column(name, sa.Float(), nullable=True))
