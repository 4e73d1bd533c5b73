"""Small builders that tests share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import sqlalchemy as sa

from scoper.board import Board
from scoper.commands import people, scores, use_cases
from scoper.commands.scores import Cell
from scoper.queries import load_board
from scoper.scoring.balanced import PARAMETERS
from scoper.scoring.entries import Entry
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.parameters import Parameters, checked
from scoper.snapshot import Criterion, Participant, Portfolio, UseCase
from scoper.store import Store
from scoper.terms import Aggregation, Dimension, RiskCategory

Dump = dict[str, dict[UUID, dict[str, object]]]
"""All rows of a file by table and id, without their versions."""

ONE_OF_EACH = (Dimension.IMPACT, Dimension.FEASIBILITY, Dimension.RISK)
_HISTORY = {"alembic_version", "change_step", "change_image", "audit"}


def matrix(rows: Sequence[Sequence[float]], weights: Sequence[float] | None = None) -> Matrix:
    """Return a matrix whose columns cycle through impact, feasibility and risk."""
    values: Array = np.array(rows, dtype=np.float64)
    columns = values.shape[1]
    return Matrix(
        values,
        np.ones(columns) if weights is None else np.array(weights, dtype=np.float64),
        tuple(ONE_OF_EACH[column % 3] for column in range(columns)),
    )


OFF = {"enough_impact": 0.0, "stake": 0.0}
"""The terms of the balanced metric, switched off as in older files."""
ON = {"enough_impact": 0.5, "stake": 0.25}
"""The terms as new portfolios have them."""


def assumed(**values: float) -> Parameters:
    """Return parameters of the balanced metric: ``values``, else ``OFF``, else the defaults."""
    return checked(PARAMETERS, OFF | values)


def criterion(key: str, dimension: Dimension, *, weight: float = 1.0) -> Criterion:
    """Return a criterion on the usual scale from 1 to 5."""
    category = RiskCategory.DOMAIN if dimension is Dimension.RISK else None
    return Criterion(uuid4(), key, key.title(), "", dimension, category, weight, 1.0, 5.0, "")


def portfolio_of(
    ratings: Array,
    *,
    voices: Sequence[float] | None = None,
    how: Aggregation = Aggregation.MEAN,
    weights: Sequence[float] | None = None,
) -> Portfolio:
    """Return a portfolio with ratings of shape (use cases, criteria, participants)."""
    rows, columns, people_count = ratings.shape
    return Portfolio(
        id=uuid4(),
        title="P",
        organisation="",
        currency="EUR",
        method="balanced",
        aggregation=how,
        parameters={},
        version=1,
        criteria=tuple(
            criterion(
                f"c{place}", ONE_OF_EACH[place % 3], weight=weights[place] if weights else 1.0
            )
            for place in range(columns)
        ),
        participants=tuple(
            Participant(uuid4(), f"P{place}", weight=voices[place] if voices else 1.0)
            for place in range(people_count)
        ),
        roles=(),
        use_cases=tuple(
            UseCase(id=uuid4(), key=f"UC-{row:02d}", title=f"Use case {row}") for row in range(rows)
        ),
        ratings=ratings,
        abstained=np.zeros(ratings.shape, dtype=np.bool_),
    )


# ---------------------------------------------------------------- files


def add_use_case(store: Store, title: str = "Late invoices", **fields: Any) -> UUID:
    """Add a use case and return its id."""
    use_case_id = uuid4()
    use_cases.create(store, title=title, use_case_id=use_case_id, **fields)
    return use_case_id


def add_person(store: Store, name: str = "Ada") -> UUID:
    """Add a participant and return its id."""
    person_id = uuid4()
    people.add_participant(store, name=name, participant_id=person_id)
    return person_id


def rate(
    store: Store,
    use_case_id: UUID,
    person_id: UUID,
    entry: Entry,
    *,
    criterion_key: str | None = None,
) -> None:
    """Rate a use case on one criterion, or on all of them."""
    criteria = load_board(store).portfolio.criteria
    scores.set_ratings(
        store,
        cells=[
            Cell(use_case_id, c.id, person_id, entry)
            for c in criteria
            if criterion_key in (None, c.key)
        ],
    )


def only(board: Board) -> UseCase:
    """Return the one use case of a board."""
    (use_case,) = board.use_cases
    return use_case


def dump(store: Store) -> Dump:
    """Return every row a person can see, leaving out versions and the history."""
    with store.read() as connection:
        return _dump(connection)


def dump_file(path: Path) -> Dump:
    """Return what ``dump`` returns for a file that is not open."""
    engine = sa.create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            return _dump(connection)
    finally:
        engine.dispose()


def count_steps(store: Store) -> int:
    """Return how many steps the history holds."""
    with store.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM change_step").scalar_one())


def _dump(connection: sa.Connection) -> Dump:
    names = set(sa.inspect(connection).get_table_names()) - _HISTORY
    found: Dump = {}
    for name in sorted(names):
        rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings()
        found[name] = {row["id"]: {k: v for k, v in row.items() if k != "version"} for row in rows}
    return found
