"""One mapping of parameters by method, in place of a column for each of one method."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_NAMES = ("risk_aversion", "p_low", "p_high")
_METHOD = "balanced"
_PORTFOLIO = sa.table(
    "portfolio",
    sa.column("id", sa.Uuid),
    sa.column("parameters", sa.JSON),
    *(sa.column(name, sa.Float) for name in _NAMES),
)
_IMAGE = sa.table(
    "change_image",
    sa.column("step_number"),
    sa.column("place"),
    sa.column("entity"),
    sa.column("before", sa.JSON(none_as_null=True)),
    sa.column("after", sa.JSON(none_as_null=True)),
)
_AUDIT = sa.table("audit", sa.column("entity"), sa.column("field"))


def upgrade() -> None:
    """Move the three columns into the mapping, also in the history and the audit trail."""
    op.add_column(
        "portfolio",
        sa.Column("parameters", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(_PORTFOLIO)).mappings().all():
        moved = sa.update(_PORTFOLIO).where(_PORTFOLIO.c.id == row["id"])
        connection.execute(moved.values(parameters=_mapping(row)))
    with op.batch_alter_table("portfolio") as portfolio:
        portfolio.drop_constraint(op.f("ck_portfolio_p_range"), type_="check")
        portfolio.drop_constraint(op.f("ck_portfolio_risk_aversion_range"), type_="check")
        for name in _NAMES:
            portfolio.drop_column(name)
    _renew_history(connection)
    for name in _NAMES:
        renamed = sa.update(_AUDIT).where(_AUDIT.c.entity == "portfolio", _AUDIT.c.field == name)
        connection.execute(renamed.values(field=f"parameters.{_METHOD}.{name}"))


def _mapping(row: Any) -> dict[str, dict[str, float]]:
    return {_METHOD: {name: row[name] for name in _NAMES}}


def _renew_history(connection: sa.Connection) -> None:
    """Give the remembered rows the shape of the new one, so that old steps can be undone."""
    images = sa.select(_IMAGE).where(_IMAGE.c.entity == "portfolio")
    for row in connection.execute(images).all():
        renewed = {
            side: _renewed(image) for side in ("before", "after") if (image := getattr(row, side))
        }
        connection.execute(
            sa.update(_IMAGE)
            .where(_IMAGE.c.step_number == row.step_number, _IMAGE.c.place == row.place)
            .values(**renewed)
        )


def _renewed(image: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in image.items() if name not in _NAMES}
    return {**kept, "parameters": _mapping(image)}
