"""What the command palette offers of this page, wherever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.bridge.page_command import PageCommand

if TYPE_CHECKING:
    from ui.features.ranking.page import RankingPage


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
