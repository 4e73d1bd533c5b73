"""What the command palette offers of this page, wherever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.bridge.page_command import PageCommand

if TYPE_CHECKING:
    from ui.features.workshop.page import WorkshopPage


COMMANDS: Final[tuple[PageCommand[WorkshopPage], ...]] = (
    PageCommand(
        "Rate as one person",
        lambda page: page.rate_as_person(),
        "vote score ratings my own anchors",
    ),
    PageCommand(
        "Rate one use case as a group",
        lambda page: page.rate_as_group(),
        "vote score ratings together facilitate agree agreement disagree consensus reveal "
        "hide spread anchors",
    ),
    PageCommand(
        "Add a person who rates",
        lambda page: page.start_adding_person(),
        "participant rater colleague team member people invite name",
    ),
)
