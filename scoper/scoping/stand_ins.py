"""What a new entry of a list is called until somebody names it."""

from __future__ import annotations

from typing import Any, Final, Protocol

STAND_INS: Final = {
    "solutions": ("title", "New option"),
    "evidence": ("statement", "What was found"),
    "datasets": ("title", "New data set"),
    "risks": ("title", "New risk"),
    "kpis": ("title", "New KPI"),
    "acceptance": ("statement", "What must be true"),
    "milestones": ("title", "New milestone"),
    "costs": ("title", "New cost"),
}
"""By list: the field that names an entry, and what stands there at first."""


class Titled(Protocol):
    """An entry with a title."""

    @property
    def title(self) -> str:
        """What it is called."""
        ...


def first_values(items: str) -> dict[str, Any]:
    """Return what a new entry of a list holds; nothing for a list whose entries have no name."""
    field, words = STAND_INS.get(items, ("", ""))
    return {field: words} if field else {}


def is_named(items: str, entry: Titled) -> bool:
    """Return whether somebody has named an entry; until then it counts for nothing."""
    return entry.title.strip() != STAND_INS[items][1]
