"""What sections of the steps show and do besides their fields or their list, one by one."""

from __future__ import annotations

from typing import Final

from scoper.scoping import Section
from ui.features.scope.extras.delivery import Bookings, Budget, Roadmap, Tree
from ui.features.scope.extras.extra import Extra
from ui.features.scope.extras.feasibility import Benefit, DataSets, Register, Verdicts

EXTRAS: Final[dict[str, type[Extra]]] = {
    "datasets": DataSets,
    "risks": Register,
    "benefit_low": Benefit,
    "kpis": Tree,
    "milestones": Roadmap,
    "efforts": Bookings,
    "costs": Budget,
}
"""By list, or by the first field of a section with fields; a new one is an entry here."""

SHOWN_AGAIN: Final[dict[str, type[Extra]]] = {"solutions": Verdicts}
"""By list, where a step shows one that another step fills."""


def extra_of(section: Section) -> type[Extra]:
    """Return what a section shows and does besides its fields or its list."""
    if section.items:
        extras = SHOWN_AGAIN if section.items.fixed else EXTRAS
        return extras.get(section.items.name, Extra)
    return EXTRAS.get(section.fields[0].name, Extra) if section.fields else Extra
