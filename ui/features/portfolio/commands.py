"""What the command palette offers of this page, wherever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.bridge.page_command import PageCommand

if TYPE_CHECKING:
    from ui.features.portfolio.page import PortfolioPage

NEW: Final[PageCommand[PortfolioPage]] = PageCommand(
    "New use case", lambda page: page.start_adding(), needs_use_case=False
)
"""Asked for by an action of the window, which is in the palette itself."""

COMMANDS: Final[tuple[PageCommand[PortfolioPage], ...]] = (
    PageCommand(
        "Start from an idea…",
        lambda page: page.browse_ideas(),
        "ideas library browse template inspiration example suggest add use case",
        needs_use_case=False,
    ),
    PageCommand(
        "Delete the use case in view",
        lambda page: page.delete_selected(),
        "remove trash bin discard drop get rid erase",
        needs_subject=True,
    ),
)
