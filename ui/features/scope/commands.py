"""What the command palette offers of this page, wherever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.bridge.page_command import PageCommand

if TYPE_CHECKING:
    from ui.features.scope.page import ScopePage


def _step(number: int, title: str, words: str) -> PageCommand[ScopePage]:
    return PageCommand(
        f"Step {number}: {title}", lambda page: page.show_step(number), f"scope gate {words}"
    )


COMMANDS: Final[tuple[PageCommand[ScopePage], ...]] = (
    _step(1, "Problem", "pain why whose cost today evidence owner relevance nothing done"),
    _step(2, "Solutions", "options alternatives approach ladder buy build adapt shortlist rules"),
    _step(
        3,
        "Feasibility and value",
        "risk risks data dataset labelling benefit value proof prototype legal law compliance "
        "eu ai act nist privacy pre-mortem readiness",
    ),
    _step(
        4,
        "KPIs and milestones",
        "metrics targets baseline goals timeline roadmap plan phases pilot dates gantt calendar",
    ),
    _step(
        5,
        "People, time and budget",
        "cost costs money price euro effort days team staff hiring vacancies capacity roles",
    ),
)
