"""What the entries of a list can be chosen from, and what of it a portfolio can take over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from scoper.scoping.catalogues import EURO, FOR_LISTS, ROLES, Catalogue
from scoper.scoping.data_sets import described_elsewhere
from scoper.scoping.fields import Kind
from scoper.scoping.forms import ROLES as ROLE_FORM
from scoper.scoping.steps import LISTS
from scoper.snapshot import Portfolio

_AMOUNTS: Final = frozenset(
    field.name
    for items in (ROLE_FORM, *LISTS.values())
    for field in items.fields
    if field.kind is Kind.MONEY
)

_MADE: Final[dict[str, Callable[[Portfolio, UUID], Catalogue]]] = {
    "datasets": described_elsewhere,
    "efforts": lambda *_: ROLES,
}
"""By list: catalogues whose entries are not those of a list, or that the portfolio itself holds."""


def catalogue_for(items: str, portfolio: Portfolio, use_case_id: UUID) -> Catalogue:
    """Return the catalogue to choose entries of a list of a use case from."""
    made = _MADE.get(items)
    return made(portfolio, use_case_id) if made else FOR_LISTS[items]


def in_currency(values: dict[str, Any], currency: str) -> dict[str, Any]:
    """Return values of the library, which counts in euros, without amounts in another currency."""
    if currency == EURO:
        return values
    return {name: value for name, value in values.items() if name not in _AMOUNTS}
