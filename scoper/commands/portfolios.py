"""Commands on the portfolio itself: making one, and how it is scored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from scoper.commands.checks import valid, valid_row
from scoper.errors import InvalidInput
from scoper.library import CriteriaScheme, RolePack, criteria_scheme, default_roles
from scoper.model import (
    AnchorRow,
    CriterionFields,
    CriterionRow,
    PortfolioFields,
    PortfolioRow,
    RoleFields,
    RoleRow,
    Row,
)
from scoper.scoring.balanced import Parameters
from scoper.scoring.methods import method
from scoper.snapshot import Changes
from scoper.store import Store
from scoper.store.unit import Unit
from scoper.terms import Dimension


def create(store: Store, *, title: str, currency: str = "EUR", organisation: str = "") -> Changes:
    """Put an empty portfolio with the default criteria and roles into a new file."""
    values = valid_row(
        PortfolioFields, {"title": title, "currency": currency, "organisation": organisation}
    )
    with store.write(f"New portfolio {values['title']}", undoable=False) as unit:
        check_empty(unit)
        portfolio = PortfolioRow(**values)
        unit.add(portfolio, *scheme_rows(portfolio.id, criteria_scheme()))
        unit.add(*role_rows(portfolio.id, default_roles()))
        return unit.changes()


def set_field(store: Store, *, field: str, value: Any) -> Changes:
    """Change the title, the currency, how ratings are combined, or the method."""
    checked = valid(PortfolioFields, field, value)
    if field == "method":
        method(checked)
    label = f"Change {field.replace('_', ' ')}"
    with store.write(label) as unit:
        portfolio = the_portfolio(unit)
        if field in ("risk_aversion", "p_low", "p_high"):
            _check_parameters(portfolio, {field: checked})
        unit.update(PortfolioRow, portfolio.id, **{field: checked})
        return unit.changes()


def set_scoring(
    store: Store,
    *,
    risk_aversion: float | None = None,
    p_low: float | None = None,
    p_high: float | None = None,
    weights: Mapping[UUID, float] | None = None,
) -> Changes:
    """Change parameters and criterion weights together, as one step.

    Raises:
        InvalidInput: a value is out of range, or a dimension would be left without weight.
    """
    given = {"risk_aversion": risk_aversion, "p_low": p_low, "p_high": p_high}
    values = {
        name: valid(PortfolioFields, name, value)
        for name, value in given.items()
        if value is not None
    }
    with store.write("Change weights and parameters") as unit:
        portfolio = the_portfolio(unit)
        _check_parameters(portfolio, values)
        unit.update(PortfolioRow, portfolio.id, **values)
        for criterion_id, weight in (weights or {}).items():
            unit.update(CriterionRow, criterion_id, weight=valid(CriterionFields, "weight", weight))
        check_weights(unit, portfolio.id)
        return unit.changes()


def check_empty(unit: Unit) -> None:
    """Make sure that the file holds no portfolio yet.

    Raises:
        InvalidInput: it holds one; a file never holds two.
    """
    if unit.find(PortfolioRow):
        raise InvalidInput("The file holds a portfolio already.", "Create a new file for this one.")


def the_portfolio(unit: Unit) -> PortfolioRow:
    """Return the portfolio of the file.

    Raises:
        InvalidInput: the file holds none yet.
    """
    found = unit.find(PortfolioRow)
    if not found:
        raise InvalidInput("The file holds no portfolio yet.", "Create one first.")
    return found[0]


def check_weights(unit: Unit, portfolio_id: UUID) -> None:
    """Make sure that every dimension has a criterion that counts.

    Raises:
        InvalidInput: all weights of a dimension are 0.
    """
    criteria = unit.find(CriterionRow, portfolio_id=portfolio_id)
    for dimension in Dimension:
        if not any(c.weight > 0 for c in criteria if c.dimension == dimension):
            raise InvalidInput(
                f"All weights of {dimension.label.lower()} would be 0.",
                "Leave at least one of them above 0.",
                field="weight",
            )


def scheme_rows(portfolio_id: UUID, scheme: CriteriaScheme) -> list[Row]:
    """Return the rows of a criteria scheme, criteria before anchors."""
    criteria = [
        CriterionRow(
            **valid_row(CriterionFields, spec.model_dump(exclude={"anchors"})),
            portfolio_id=portfolio_id,
            position=position,
        )
        for position, spec in enumerate(scheme.criteria)
    ]
    anchors = [
        AnchorRow(criterion_id=criterion.id, level=level, meaning=meaning)
        for criterion, spec in zip(criteria, scheme.criteria, strict=True)
        for level, meaning in sorted(spec.anchors.items())
    ]
    return [*criteria, *anchors]


def role_rows(portfolio_id: UUID, pack: RolePack) -> list[RoleRow]:
    """Return the rows of a role pack."""
    return [
        RoleRow(
            **valid_row(RoleFields, spec.model_dump()),
            portfolio_id=portfolio_id,
            position=position,
        )
        for position, spec in enumerate(pack.roles)
    ]


def _check_parameters(portfolio: PortfolioRow, changed: Mapping[str, float]) -> None:
    current = {name: getattr(portfolio, name) for name in ("risk_aversion", "p_low", "p_high")}
    Parameters(**{**current, **changed})
