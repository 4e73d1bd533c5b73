"""The tree from goals to KPIs to model metrics."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoper.scoping.kpi_tree import Node, kpi_tree, outline
from scoper.snapshot import Kpi
from scoper.terms import KpiKind

BUSINESS, MODEL, GUARDRAIL = KpiKind.BUSINESS, KpiKind.MODEL, KpiKind.GUARDRAIL


def kpi(title: str, kind: KpiKind = BUSINESS, goal: str = "", pair: str = "") -> Kpi:
    return Kpi(uuid4(), title, kind, goal=goal, paired_with=pair)


@pytest.mark.parametrize(
    ("kpis", "expected"),
    [
        ((), []),
        (
            (
                kpi("Paid late", goal="Pay on time"),
                kpi("Right match", MODEL, pair="paid LATE"),
                kpi("Duplicates", GUARDRAIL, pair="Paid late"),
                kpi("Found errors", GUARDRAIL, pair="Right match"),
            ),
            [
                "Pay on time",
                "  Paid late (business)",
                "    Right match (model)",
                "      Found errors (guardrail)",
                "    Duplicates (guardrail)",
            ],
        ),
        (
            (kpi("A"), kpi("B", goal="Grow"), kpi("C", goal="grow")),
            ["Grow", "  B (business)", "  C (business)", "No goal named yet", "  A (business)"],
        ),
        (
            (kpi("Recall", MODEL), kpi("Cost", GUARDRAIL, pair="Recall")),
            ["Goes with no KPI yet", "  Recall (model)", "    Cost (guardrail)"],
        ),
        (
            (kpi("A", MODEL, pair="B"), kpi("B", MODEL, pair="A")),
            ["Goes with no KPI yet", "  A (model)", "    B (model)"],
        ),
        ((kpi("A", MODEL, pair="A"),), ["Goes with no KPI yet", "  A (model)"]),
    ],
)
def test_metrics_hang_below_what_they_serve(kpis: tuple[Kpi, ...], expected: list[str]) -> None:
    assert list(outline(kpi_tree(kpis))) == expected


names = st.sampled_from(["a", "B", "b", "c"])
metrics = st.builds(kpi, names, st.sampled_from(KpiKind), st.sampled_from(["", "G"]), names)


@settings(max_examples=60, deadline=None)
@given(st.lists(metrics, max_size=8))
def test_every_metric_is_in_the_tree_once(kpis: list[Kpi]) -> None:
    def found(nodes: tuple[Node, ...]) -> list[Kpi]:
        return [k for n in nodes for k in ([n.kpi] if n.kpi else []) + found(n.children)]

    assert sorted(k.id for k in found(kpi_tree(kpis))) == sorted(k.id for k in kpis)
