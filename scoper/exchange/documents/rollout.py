"""The milestones of a use case as plain data for documents: how each phase runs, and when."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from scoper.exchange.documents.phrasing import day, sentences
from scoper.snapshot import Milestone, UseCase
from scoper.terms import Phase
from scoper.text import clean_line, within

_PLANNED: Final = ("entry", "exposure", "rollback", "feedback", "monitoring")


def rollout_facts(use_case: UseCase) -> dict[str, Any]:
    """Return the milestones in the order of phases and dates, and the dates others ask for.

    ``key_dates`` holds the last dated milestone of each phase. ``launch`` and ``pilot`` are the
    last days of these phases; empty where they have none.
    """
    order = list(Phase)
    milestones = sorted(
        use_case.milestones, key=lambda m: (order.index(m.phase), m.due or dt.date.max)
    )
    ends = {m.phase: m for m in milestones if m.due}
    last = {phase: day(m.due) for phase, m in ends.items()}
    return {
        "milestones": [_milestone(item) for item in milestones],
        "key_dates": [_milestone(item) for item in ends.values()],
        "launch": last.get(Phase.ROLLOUT, ""),
        "pilot": last.get(Phase.PILOT, ""),
    }


def _milestone(item: Milestone) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": clean_line(item.title),
        "phase": item.phase.label,
        "phase_within": within(item.phase.label),
        "is_baseline": item.phase is Phase.BASELINE,
        "due": day(item.due) or "no date yet",
        "is_dated": item.due is not None,
        "exit": sentences(item.exit_criteria),
        "entry": sentences(item.entry_criteria),
        "exposure": sentences(item.exposure),
        "rollback": sentences(item.rollback),
        "feedback": sentences(item.feedback),
        "monitoring": sentences(item.monitoring),
    }
    return values | {"is_planned": any(values[name] for name in _PLANNED)}
