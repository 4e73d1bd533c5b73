"""Which use cases count in the same metric, and where they mean something else by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from scoper.snapshot import Kpi, Portfolio
from scoper.terms import KpiKind
from scoper.text import join

_COMPARED: Final = ("definition", "formula", "unit", "direction")


@dataclass(frozen=True, slots=True)
class Use:
    """A KPI of a use case that is this metric; ``otherwise`` names the fields it states otherwise.

    A field that the use case leaves empty says nothing else than the library.
    """

    use_case_id: UUID
    key: str
    title: str
    kpi: Kpi
    otherwise: tuple[str, ...]

    @property
    def difference(self) -> str:
        """That the use case defines the metric otherwise, in words; empty where it does not."""
        return f"{self.key} states another {join(list(self.otherwise))}" if self.otherwise else ""


def uses_of(portfolio: Portfolio, values: dict[str, Any]) -> tuple[Use, ...]:
    """Return where a portfolio counts in a metric of the library.

    A KPI keeps no reference to the library: it is the metric if it has its title, or, where it
    was given another one, its definition, and is a model's metric if that is one.

    Args:
        portfolio: the portfolio.
        values: what the library fills in where the metric is chosen for a KPI.
    """
    return tuple(
        Use(use_case.id, use_case.key, use_case.title, kpi, _otherwise(kpi, values))
        for use_case in portfolio.use_cases
        for kpi in use_case.kpis
        if _is(kpi, values)
    )


def _is(kpi: Kpi, values: dict[str, Any]) -> bool:
    if (kpi.kind is KpiKind.MODEL) != (values["kind"] is KpiKind.MODEL):
        return False
    same_title = kpi.title.casefold() == str(values["title"]).casefold()
    return same_title or (bool(kpi.definition) and kpi.definition == values["definition"])


def _otherwise(kpi: Kpi, values: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        name
        for name in _COMPARED
        if getattr(kpi, name)
        and name in values
        and _plain(getattr(kpi, name)) != _plain(values[name])
    )


def _plain(value: object) -> str:
    return " ".join(str(value).casefold().split())
