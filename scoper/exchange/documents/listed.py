"""The entries of every list of a use case as they stand, for templates that want them all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from scoper.exchange.documents.phrasing import day, money, number
from scoper.scoping import LISTS, Kind
from scoper.snapshot import Portfolio, UseCase
from scoper.terms import Term
from scoper.text import clean


def list_facts(portfolio: Portfolio, use_case: UseCase) -> dict[str, list[dict[str, Any]]]:
    """Return the entries of each list by its name, with their fields in words."""
    named = {role.id: clean(role.title) for role in portfolio.roles}
    named |= {option.id: clean(option.title) for option in use_case.solutions}

    def worded(value: Any, kind: Kind) -> Any:
        if kind is Kind.MONEY and value is not None:
            return money(value, portfolio.currency)
        return _in_words(value, named)

    return {
        name: [
            {field.name: worded(getattr(entry, field.name), field.kind) for field in items.fields}
            for entry in getattr(use_case, name)
        ]
        for name, items in LISTS.items()
    }


def _in_words(value: Any, named: Mapping[UUID, str]) -> Any:
    """Return a value as a document writes it; what is not known is an empty text."""
    for kind, wording in _WORDINGS.items():
        if isinstance(value, kind):
            return wording(value)
    return named.get(value, "") if isinstance(value, UUID) else ""


_WORDINGS: Mapping[type, Callable[[Any], Any]] = {
    Term: lambda term: term.label if term else "",
    bool: lambda given: given,
    str: clean,
    int: number,
    float: number,
    dt.date: day,
    Mapping: lambda grades: {key: str(grade) for key, grade in grades.items()},
}
"""How a value of each type is written; the first that fits counts."""
