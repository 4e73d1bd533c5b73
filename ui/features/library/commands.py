"""What the command palette offers of this page, wherever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ui.bridge.page_command import PageCommand

if TYPE_CHECKING:
    from ui.features.library.page import LibraryPage


def _section(name: str, words: str) -> PageCommand[LibraryPage]:
    return PageCommand(
        f"Library: {name}", lambda page: page.show_section(name), words, needs_use_case=False
    )


COMMANDS: Final[tuple[PageCommand[LibraryPage], ...]] = (
    _section("Criteria", "weights anchors levels scale importance questions scheme"),
    _section("People", "team participants raters members colleagues stakeholders who judges"),
    _section("Roles", "rates capacity jobs staff skills salary hiring resources"),
    _section(
        "Method",
        "formula scoring algorithm calculation risk aversion topsis rice wsjf "
        "rename title name of the portfolio currency",
    ),
    _section(
        "Content", "ideas metrics risks eu ai act nist catalogue knowledge templates packs own"
    ),
    _section("History", "audit log trail changes who when versions past"),
    _section("This computer", "machine settings folder"),
)
