"""The sample portfolio shows everything: no field and no choice stays unused without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any, get_args, get_type_hints

import pytest

from scoper.board import Board
from scoper.library.metrics import METRICS
from scoper.library.registry import library
from scoper.scoping.asked import CHECKLISTS
from scoper.scoping.shared_metrics import uses_of
from scoper.scoping.shelves import holdings
from scoper.snapshot import (
    Acceptance,
    Cost,
    Dataset,
    Effort,
    Evidence,
    Kpi,
    Milestone,
    Risk,
    Role,
    Section,
    Solution,
    UseCase,
)
from scoper.terms import RelevanceDecision, Sophistication, Stage, Term

LISTS = {
    Solution: "solutions",
    Evidence: "evidence",
    Dataset: "datasets",
    Risk: "risks",
    Kpi: "kpis",
    Acceptance: "acceptance",
    Milestone: "milestones",
    Cost: "costs",
    Effort: "efforts",
    Section: "sections",
}
KINDS = (UseCase, *LISTS, Role)
UNUSED = {
    "UseCase.source_id": "only imports from a list have one",
    "UseCase.version": "counts edits",
}
UNCHOSEN: dict[Term, str] = {
    Sophistication.UNSAID: "every option of the sample is judged",
    Stage.LIVE: "nothing of the invented retailer is live yet",
    **dict.fromkeys(
        set(RelevanceDecision) - {RelevanceDecision.FOLLOW, RelevanceDecision.SUITED},
        "the one verdict that is overruled is overruled in favour of AI",
    ),
}


def entries(board: Board, kind: type) -> Iterator[Any]:
    if kind is UseCase:
        yield from board.use_cases
    elif kind is Role:
        yield from board.portfolio.roles
    else:
        for use_case in board.use_cases:
            yield from getattr(use_case, LISTS[kind])


def is_used(entry: Any, field: Any) -> bool:
    value = getattr(entry, field.name)
    default = field.default if field.default is not MISSING else None
    return bool(value not in (default, "", None, (), {}))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_is_used(sample_board: Board, kind: type) -> None:
    found = list(entries(sample_board, kind))
    unused = {
        f"{kind.__name__}.{field.name}"
        for field in fields(kind)
        if field.name not in ("id", "position") and not any(is_used(e, field) for e in found)
    }
    assert unused == {name for name in UNUSED if name.startswith(f"{kind.__name__}.")}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_choice_is_made(sample_board: Board, kind: type) -> None:
    found = list(entries(sample_board, kind))
    hints = get_type_hints(kind)
    for field in fields(kind):
        for term in (hints[field.name], *get_args(hints[field.name])):
            if isinstance(term, type) and issubclass(term, Term):
                chosen = {getattr(entry, field.name) for entry in found}
                assert set(term) - chosen <= set(UNCHOSEN), f"{kind.__name__}.{field.name}"


@pytest.mark.parametrize("name", CHECKLISTS)
def test_every_checklist_is_answered_in_several_use_cases(sample_board: Board, name: str) -> None:
    answered = [u.key for u in sample_board.use_cases if u.answers_to(name)]
    assert len(answered) >= 3, answered


def test_use_cases_share_a_metric_of_the_catalogue(sample_board: Board) -> None:
    shared = {
        held.entry.id: keys
        for held in holdings(library())
        if held.shelf.kind is METRICS
        and len(keys := {u.key for u in uses_of(sample_board.portfolio, held.entry.values)}) > 1
    }
    assert shared == {"stockout_rate": {"UC-04", "UC-06"}}
