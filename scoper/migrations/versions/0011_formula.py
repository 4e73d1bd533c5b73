"""A formula that a portfolio states itself."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_IMAGE = sa.table(
    "change_image",
    sa.column("step_number"),
    sa.column("place"),
    sa.column("entity"),
    sa.column("before", sa.JSON(none_as_null=True)),
    sa.column("after", sa.JSON(none_as_null=True)),
)


def upgrade() -> None:
    """Add the column, also to the remembered rows, so that old steps can be undone."""
    empty = sa.text("'{}'")
    op.add_column(
        "portfolio", sa.Column("formula", sa.JSON(), nullable=False, server_default=empty)
    )
    connection = op.get_bind()
    images = sa.select(_IMAGE).where(_IMAGE.c.entity == "portfolio")
    for row in connection.execute(images).all():
        sides: dict[str, Any] = {
            side: {**image, "formula": {}}
            for side in ("before", "after")
            if (image := getattr(row, side))
        }
        place = _IMAGE.c.step_number == row.step_number, _IMAGE.c.place == row.place
        connection.execute(sa.update(_IMAGE).where(*place).values(**sides))
