"""What a new entry of a list holds, and what it is called until somebody names it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scoper.scoping.fields import Field, Kind
from scoper.scoping.steps import LISTS
from scoper.snapshot import Role, UseCase
from scoper.terms import Phase


def first_values(items: str, use_case: UseCase, roles: Sequence[Role]) -> dict[str, Any]:
    """Return what a new entry of a list holds: a stand-in for its name, the next phase, a role."""
    asked = LISTS[items]
    values: dict[str, Any] = {asked.named_by: asked.stand_in} if asked.stand_in else {}
    for field in asked.fields:
        if field.choices is Phase:
            values[field.name] = _next_phase(getattr(use_case, items), field)
        elif field.kind is Kind.ROLE and roles:
            values[field.name] = roles[0].id
    return values


def is_named(items: str, entry: Any) -> bool:
    """Return whether somebody has named an entry; until then it counts for nothing."""
    asked = LISTS[items]
    return str(getattr(entry, asked.named_by)).strip() != asked.stand_in


def _next_phase(entries: Sequence[Any], field: Field) -> Phase:
    """Return the first phase that is asked for and that no entry is in yet, else the last."""
    taken = {getattr(entry, field.name) for entry in entries}
    open_phases = (phase for phase in Phase if phase.is_asked and phase not in taken)
    return next(open_phases, Phase.ROLLOUT)
