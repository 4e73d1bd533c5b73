"""Strength of evidence, every grade of a data set, labelling, and what is left of a risk."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_GRADES = ("access", "lineage", "completeness", "timeliness", "labels", "stability")
_TEXTS = {
    "localisation": sa.String(length=300),
    "retraining_plan": sa.Text(),
    "copied_from": sa.String(length=300),
}
_LABELLING: dict[str, Any] = {
    "label_items": sa.Integer(),
    "label_votes": sa.Integer(),
    "label_minutes": sa.Float(),
    "label_rate": sa.Float(),
    "label_review": sa.Float(),
    "label_accuracy": sa.Float(),
}
_RESIDUAL = ("residual_likelihood", "residual_severity")
_DATASET = sa.table(
    "dataset",
    sa.column("id", sa.Uuid),
    sa.column("grades", sa.JSON),
    *(sa.column(name, sa.Integer) for name in _GRADES),
)
_IMAGE = sa.table(
    "change_image",
    sa.column("step_number"),
    sa.column("place"),
    sa.column("entity"),
    sa.column("before", sa.JSON),
    sa.column("after", sa.JSON),
)


def upgrade() -> None:
    """Add the columns, move the six grades of a data set into one, and do so in the history."""
    op.add_column("evidence", sa.Column("strength", sa.String(length=40), nullable=True))
    with op.batch_alter_table("risk") as risk:
        for name in _RESIDUAL:
            risk.add_column(sa.Column(name, sa.Integer(), nullable=True))
            risk.create_check_constraint(
                op.f(f"ck_risk_{name}_range"),
                f"{name} IS NULL OR ({name} >= 1 AND {name} <= 5)",
            )
    op.add_column(
        "dataset",
        sa.Column("grades", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
    )
    for name, text in _TEXTS.items():
        op.add_column(
            "dataset", sa.Column(name, text, nullable=False, server_default=sa.text("''"))
        )
    for name, number in _LABELLING.items():
        op.add_column("dataset", sa.Column(name, number, nullable=True))
    _move_grades()
    with op.batch_alter_table("dataset") as dataset:
        for name in _GRADES:
            dataset.drop_constraint(op.f(f"ck_dataset_{name}_range"), type_="check")
            dataset.drop_column(name)
    _renew_history()


def _move_grades() -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.select(_DATASET)).mappings().all():
        connection.execute(
            sa.update(_DATASET).where(_DATASET.c.id == row["id"]).values(grades=_given(row))
        )


def _given(row: Any) -> dict[str, int]:
    return {name: row[name] for name in _GRADES if row.get(name) is not None}


def _renew_history() -> None:
    """Give the remembered rows the shape of the new ones, so that old steps can be undone."""
    connection = op.get_bind()
    images = sa.select(_IMAGE).where(_IMAGE.c.entity.in_(("dataset", "risk", "evidence")))
    for row in connection.execute(images).all():
        renewed = {
            side: _renewed(row.entity, image)
            for side in ("before", "after")
            if (image := getattr(row, side))
        }
        connection.execute(
            sa.update(_IMAGE)
            .where(_IMAGE.c.step_number == row.step_number, _IMAGE.c.place == row.place)
            .values(**renewed)
        )


def _renewed(entity: str, image: dict[str, Any]) -> dict[str, Any]:
    if entity == "evidence":
        return {**image, "strength": None}
    if entity == "risk":
        return {**image, **dict.fromkeys(_RESIDUAL)}
    kept = {name: value for name, value in image.items() if name not in _GRADES}
    return {
        **kept,
        "grades": _given(image),
        **dict.fromkeys(_TEXTS, ""),
        **dict.fromkeys(_LABELLING),
    }
