"""Writes a portfolio that is only in memory any more into a new file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from scoper.commands.portfolios import check_empty
from scoper.model import (
    ITEM_ROWS,
    AnchorRow,
    AnswerRow,
    CapacityRow,
    CriterionRow,
    ExclusionRow,
    ParticipantRow,
    PortfolioRow,
    RatingRow,
    RoleRow,
    Row,
    SectionRow,
    UseCaseRow,
)
from scoper.snapshot import Changes, Portfolio
from scoper.store import Store

Values = dict[str, Any]


def rescue(portfolio: Portfolio, path: Path, who: str) -> None:
    """Write a portfolio into a new file at ``path``, as it was read last.

    What went before it, its history and audit trail, is not in memory and stays behind.

    Raises:
        StorageError: something stands there already, or the file cannot be written.
    """
    with Store.create(path, who) as store:
        write(store, portfolio)


def write(store: Store, portfolio: Portfolio) -> Changes:
    """Write a portfolio into an empty file.

    Raises:
        InvalidInput: the file holds a portfolio already.
    """
    with store.write(f"Save {portfolio.title}", undoable=False) as unit:
        check_empty(unit)
        for kind, rows in _rows(portfolio):
            unit.add_values(kind, rows)
        return unit.changes()


def _rows(portfolio: Portfolio) -> Iterator[tuple[type[Row], list[Values]]]:
    """Yield the rows of each table, parents before children."""
    of_portfolio = {"portfolio_id": portfolio.id}
    yield PortfolioRow, [_values(PortfolioRow, portfolio)]
    yield CriterionRow, _listed(CriterionRow, portfolio.criteria, of_portfolio)
    yield (
        AnchorRow,
        [
            {"criterion_id": criterion.id, "level": level, "meaning": meaning}
            for criterion in portfolio.criteria
            for level, meaning in criterion.anchors
        ],
    )
    yield ParticipantRow, _listed(ParticipantRow, portfolio.participants, of_portfolio)
    yield (
        ExclusionRow,
        [
            {"criterion_id": criterion, "participant_id": person}
            for criterion, person in portfolio.exclusions
        ],
    )
    yield RoleRow, _listed(RoleRow, portfolio.roles, of_portfolio)
    yield (
        CapacityRow,
        [
            {"role_id": role.id, "quarter": quarter, "days": days}
            for role in portfolio.roles
            for quarter, days in role.capacities
        ],
    )
    yield UseCaseRow, _listed(UseCaseRow, portfolio.use_cases, of_portfolio)
    for name, kind in ITEM_ROWS.items():
        yield kind, _of_use_cases(portfolio, name, kind)
    yield AnswerRow, _of_use_cases(portfolio, "answers", AnswerRow)
    yield SectionRow, _of_use_cases(portfolio, "sections", SectionRow)
    yield RatingRow, list(_ratings(portfolio))


def _ratings(portfolio: Portfolio) -> Iterator[Values]:
    use_cases = [use_case.id for use_case in portfolio.use_cases]
    criteria = [criterion.id for criterion in portfolio.criteria]
    people = [person.id for person in portfolio.participants]
    for row, column, person in np.argwhere(portfolio.given):
        abstained = bool(portfolio.abstained[row, column, person])
        yield {
            "use_case_id": use_cases[row],
            "criterion_id": criteria[column],
            "participant_id": people[person],
            "value": None if abstained else float(portfolio.ratings[row, column, person]),
            "abstained": abstained,
        }


def _of_use_cases(portfolio: Portfolio, name: str, kind: type[Row]) -> list[Values]:
    return [
        row
        for use_case in portfolio.use_cases
        for row in _listed(kind, getattr(use_case, name), {"use_case_id": use_case.id})
    ]


def _listed(kind: type[Row], found: Iterable[Any], owner: Mapping[str, UUID]) -> list[Values]:
    rows = [{**_values(kind, each), **owner} for each in found]
    if "position" in kind.model_fields:
        return [{**row, "position": place} for place, row in enumerate(rows)]
    return rows


def _values(kind: type[Row], found: Any) -> Values:
    values = {name: getattr(found, name) for name in kind.model_fields if hasattr(found, name)}
    return {
        name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()
    }
