"""What the command palette offers of this page, wherever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.bridge.page_command import PageCommand

if TYPE_CHECKING:
    from ui.features.ranking.page import RankingPage


def _try_new_terms(page: RankingPage) -> None:
    from scoper.scoring.methods import BALANCED, METHODS
    from scoper.scoring.parameters import later

    page.try_values(later(METHODS[BALANCED].parameters))


TRY_NEW_TERMS: Final[PageCommand[RankingPage]] = PageCommand("Try the new terms", _try_new_terms)
"""Offered once, where a file of an earlier version was opened."""

COMMANDS: Final[tuple[PageCommand[RankingPage], ...]] = (
    PageCommand(
        "Why this score?",
        lambda page: page.explain(),
        "explain reason sure certain trust formula decide decision go no-go approve hold",
    ),
    PageCommand(
        "What if…",
        lambda page: page.try_what_if(),
        "weights risk aversion sliders sensitivity robust sure certain try simulate change",
    ),
    PageCommand(
        "Export chart",
        lambda page: page.export_chart(),
        "picture image png svg graph figure diagram save share slide powerpoint presentation",
    ),
)
