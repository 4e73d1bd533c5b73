"""Which use cases count in the same metric, and where they mean something else by it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from scoper.snapshot import Kpi, Portfolio, UseCase
from scoper.terms import Direction, KpiKind
from scoper.text import shorten

_COMPARED: Final = ("definition", "formula", "unit", "direction")
_BRACKETS: Final = re.compile(r"(.+) \(([^()]+)\)")
_SHOWN: Final = 160
"""Most characters shown of what a use case states otherwise."""


@dataclass(frozen=True, slots=True)
class Use:
    """A KPI of a use case that is this metric.

    ``renamed`` if it has another title there; ``otherwise`` names what it states otherwise, with
    its words. A field that the use case leaves empty says nothing else than the library.
    """

    use_case_id: UUID
    key: str
    title: str
    kpi: Kpi
    renamed: bool
    otherwise: tuple[tuple[str, str], ...]

    @property
    def difference(self) -> str:
        """How the use case defines the metric otherwise, in words; empty where it does not."""
        said = "; ".join(f"{name} “{shorten(words, _SHOWN)}”" for name, words in self.otherwise)
        return f"{self.key} defines it otherwise: {said}" if said else ""


def uses_of(portfolio: Portfolio, values: Mapping[str, Any]) -> tuple[Use, ...]:
    """Return where a portfolio counts in a metric of the library.

    A KPI keeps no reference to the library. It is the metric if it has its title, with or without
    what stands there in brackets, or its abbreviation, or, where it was given another name, its
    definition; and if both are metrics of a model, or neither is.

    Args:
        portfolio: the portfolio.
        values: what the library fills in where the metric is chosen for a KPI.
    """
    names = _names(str(values["title"]))
    return tuple(
        Use(
            use_case.id,
            use_case.key,
            use_case.title,
            kpi,
            _plain(kpi.title) not in names,
            _otherwise(kpi, values),
        )
        for use_case in portfolio.use_cases
        for kpi in use_case.kpis
        if _is(kpi, names, values)
    )


def also_in(portfolio: Portfolio, use_case: UseCase, kpi: Kpi) -> tuple[Use, ...]:
    """Return the other use cases that count in the metric of a KPI, each once."""
    values = {name: getattr(kpi, name) for name in ("title", "kind", *_COMPARED)}
    found = {u.use_case_id: u for u in uses_of(portfolio, values) if u.use_case_id != use_case.id}
    return tuple(found.values())


def _names(title: str) -> set[str]:
    found = _BRACKETS.fullmatch(title)
    if found is None:
        return {_plain(title)}
    name, inside = found.groups()
    return {_plain(title), _plain(name), *([_plain(inside)] if inside.isupper() else ())}


def _is(kpi: Kpi, names: set[str], values: Mapping[str, Any]) -> bool:
    if (kpi.kind is KpiKind.MODEL) != (values["kind"] is KpiKind.MODEL):
        return False
    copied = bool(kpi.definition) and kpi.definition == values["definition"]
    return copied or _plain(kpi.title) in names


def _otherwise(kpi: Kpi, values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    said = ((name, getattr(kpi, name)) for name in _COMPARED if values.get(name))
    return tuple(
        (name, value.label if isinstance(value, Direction) else value)
        for name, value in said
        if value and _plain(value) != _plain(values[name])
    )


def _plain(value: object) -> str:
    return " ".join(str(value).casefold().split())
