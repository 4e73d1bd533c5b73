"""Starting a use case from an idea of the library."""

from __future__ import annotations

from uuid import UUID, uuid4

from scoper.commands.checks import next_key, valid_row
from scoper.commands.entries import append, valid_entry
from scoper.commands.portfolios import the_portfolio
from scoper.library import ideas
from scoper.library.ideas import Idea
from scoper.library.metrics import METRICS, MODEL_METRICS
from scoper.library.registry import Library, library
from scoper.model import UseCaseFields, UseCaseRow
from scoper.snapshot import Changes
from scoper.store import Store
from scoper.terms import Approach, KpiKind, RiskCategory
from scoper.text import shorten

_TITLE = 120
_UNIT = 60


def start_from_idea(store: Store, *, idea_id: str, use_case_id: UUID | None = None) -> Changes:
    """Add a use case that holds what the library knows about an idea, as one step.

    It comes with the problem, an option without AI and one with, the business KPI paired with
    the model metric, what is known of the data, and the usual pitfall as a risk to look into.

    Raises:
        NotFound: the library has no such idea.
    """
    content = library()
    idea = content.entry(ideas.KIND, idea_id)
    with store.write(f"Start from {shorten(idea.title, 60)}") as unit:
        portfolio = the_portfolio(unit)
        others = unit.find(UseCaseRow, portfolio_id=portfolio.id)
        use_case = UseCaseRow(
            **valid_row(UseCaseFields, _answers(idea, {other.key for other in others})),
            id=use_case_id or uuid4(),
            portfolio_id=portfolio.id,
            position=max((other.position for other in others), default=-1) + 1,
        )
        unit.add(use_case)
        for name, entries in _lists(idea, content).items():
            append(unit, name, use_case.id, [valid_entry(name, values) for values in entries])
        return unit.changes()


def _answers(idea: Idea, keys: set[str]) -> dict[str, object]:
    return {
        "key": next_key(keys),
        "title": idea.title,
        "function": idea.function.label,
        "problem": idea.problem,
        "expected_output": idea.output,
        "data_notes": idea.data,
    }


def _lists(idea: Idea, content: Library) -> dict[str, list[dict[str, object]]]:
    metric = content.entry(METRICS, idea.business_kpi)
    model_metric = content.entry(MODEL_METRICS, idea.model_metric)
    return {
        "solutions": [
            {
                "title": shorten(idea.simplest_alternative, _TITLE),
                "approach": Approach.PROCESS,
                "output": idea.simplest_alternative,
            },
            {
                "title": idea.task,
                "approach": Approach.ADAPT,
                "input_data": idea.input,
                "output": idea.output,
                "task": idea.task,
            },
        ],
        "risks": [
            {
                "title": shorten(idea.pitfalls, _TITLE),
                "category": RiskCategory.DOMAIN,
            }
        ],
        "kpis": [
            {
                "title": metric.title,
                "kind": KpiKind.BUSINESS,
                "unit": shorten(metric.unit, _UNIT),
                "direction": metric.direction,
            },
            {
                "title": model_metric.title,
                "kind": KpiKind.MODEL,
                "unit": shorten(model_metric.range, _UNIT),
                "direction": model_metric.direction,
                "paired_with": metric.title,
            },
        ],
    }
