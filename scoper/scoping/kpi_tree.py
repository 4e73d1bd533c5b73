"""The tree from business goals to KPIs to what drives and guards them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scoper.snapshot import Kpi
from scoper.terms import KpiKind

NO_GOAL = "No goal named yet"
UNPAIRED = "Goes with no KPI yet"


@dataclass(frozen=True, slots=True)
class Node:
    """A goal (without ``kpi``) or a metric, with what hangs below it."""

    title: str
    kpi: Kpi | None
    children: tuple[Node, ...] = ()


def kpi_tree(kpis: Sequence[Kpi]) -> tuple[Node, ...]:
    """Return the goals in the order they are first named, each with its KPIs.

    A model metric or guardrail hangs below the metric whose title it goes with, without regard
    to case; every metric is in the tree exactly once, also where metrics go with each other in
    a circle. Business KPIs without a goal and metrics without a KPI come last.
    """
    below: dict[str, list[Kpi]] = {}
    for kpi in kpis:
        if kpi.kind is not KpiKind.BUSINESS:
            below.setdefault(kpi.paired_with.casefold(), []).append(kpi)
    placed: set[int] = set()
    goals: dict[str, list[Node]] = {}
    names: dict[str, str] = {}
    for kpi in kpis:
        if kpi.kind is KpiKind.BUSINESS:
            names.setdefault(kpi.goal.casefold(), kpi.goal or NO_GOAL)
            goals.setdefault(kpi.goal.casefold(), []).append(_grown(kpi, below, placed))
    loose = [_grown(k, below, placed) for k in kpis if id(k) not in placed and not _has(k, kpis)]
    loose += [_grown(k, below, placed) for k in kpis if id(k) not in placed]
    ordered = sorted(goals, key=lambda goal: goal == "")
    tree = [Node(names[goal], None, tuple(goals[goal])) for goal in ordered]
    return (*tree, *([Node(UNPAIRED, None, tuple(loose))] if loose else []))


def outline(tree: Sequence[Node], depth: int = 0) -> Iterator[str]:
    """Yield the tree line by line, each level two spaces further in."""
    for node in tree:
        kind = f" ({node.kpi.kind.label.lower()})" if node.kpi else ""
        yield f"{'  ' * depth}{node.title}{kind}"
        yield from outline(node.children, depth + 1)


def _has(kpi: Kpi, kpis: Sequence[Kpi]) -> bool:
    return any(other.title.casefold() == kpi.paired_with.casefold() for other in kpis)


def _grown(kpi: Kpi, below: dict[str, list[Kpi]], placed: set[int]) -> Node:
    placed.add(id(kpi))
    children = []
    for other in below.get(kpi.title.casefold(), ()):
        if id(other) not in placed:
            children.append(_grown(other, below, placed))
    return Node(kpi.title, kpi, tuple(children))
