"""The KPIs of a use case as plain data for documents: what they mean, and who agreed to them."""

from __future__ import annotations

from typing import Any, Final

from scoper.exchange.documents.phrasing import aim, change, day, measure
from scoper.snapshot import Kpi, UseCase
from scoper.terms import KpiKind, SignOff
from scoper.text import clean, clean_line, join

_WAITING: Final = {
    SignOff.PROPOSED: "Proposed to the sponsor, not signed yet",
    SignOff.DRAFT: "Not proposed to a sponsor yet",
}


def metric_facts(use_case: UseCase, currency: str) -> dict[str, Any]:
    """Return the KPIs of each kind, the goals they serve, and how far targets are agreed.

    ``goals`` groups the business KPIs, in their order, by the goal each names; ``agreed`` holds
    sentences about business KPIs and is empty without any.
    """
    meanings = _meanings() if any(k.kind is KpiKind.MODEL for k in use_case.kpis) else {}
    known: dict[str, Any] = {
        kind.value: [_kpi(item, currency, meanings) for item in use_case.kpis if item.kind is kind]
        for kind in KpiKind
    }
    business = known[KpiKind.BUSINESS.value]
    goals = dict.fromkeys(kpi["goal"] for kpi in business)
    return known | {
        "goals": [
            {"goal": goal, "kpis": [kpi for kpi in business if kpi["goal"] == goal]}
            for goal in sorted(goals, key=bool)
        ],
        "agreed": _agreed([k for k in use_case.kpis if k.kind is KpiKind.BUSINESS]),
    }


def _kpi(item: Kpi, currency: str, meanings: dict[str, str]) -> dict[str, str]:
    unit = clean_line(item.unit)
    title = clean_line(item.title)
    return {
        "title": title,
        "change": change(item, currency),
        "baseline": "open" if item.baseline is None else measure(item.baseline, unit, currency),
        "target": "open" if item.target is None else aim(item, currency),
        "due": day(item.due) or "open",
        "owner": _name(item.owner),
        "sponsor": _name(item.sponsor),
        "paired_with": clean_line(item.paired_with),
        "goal": _name(item.goal),
        "definition": clean(item.definition),
        "formula": clean_line(item.formula),
        "meaning": meanings.get(title.casefold(), "") if item.kind is KpiKind.MODEL else "",
    }


def _meanings() -> dict[str, str]:
    """Return what the model metrics of the library mean to the business, by title."""
    from scoper.library.metrics import MODEL_METRICS  # noqa: PLC0415
    from scoper.library.registry import library  # noqa: PLC0415 - reads the library

    return {metric.title.casefold(): metric.meaning for metric in library().entries(MODEL_METRICS)}


def _agreed(kpis: list[Kpi]) -> list[str]:
    """Return who signed which targets off, and which still wait."""
    if kpis and all(kpi.sign_off is SignOff.DRAFT for kpi in kpis):
        return ["No target is signed off yet."]
    signed: dict[str, list[Kpi]] = {}
    for kpi in kpis:
        if kpi.sign_off is SignOff.SIGNED:
            by = ", ".join(part for part in (_name(kpi.signed_by), day(kpi.signed_on)) if part)
            signed.setdefault(by, []).append(kpi)
    said = [
        f"Signed off: {_titles(found)}{f' ({by})' if by else ''}." for by, found in signed.items()
    ]
    for state, words in _WAITING.items():
        if found := [kpi for kpi in kpis if kpi.sign_off is state]:
            said.append(f"{words}: {_titles(found)}.")
    return said


def _titles(kpis: list[Kpi]) -> str:
    return join([f"“{clean_line(kpi.title)}”" for kpi in kpis])


def _name(words: str) -> str:
    return clean_line(words).removesuffix(".")
