"""The navigation: the features with a page, in order. One is imported when it is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.bridge.context import Context
    from ui.bridge.page import Page
    from ui.bridge.page_command import PageCommand


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A feature with a page; ``words`` are others people have for it.

    ``id`` is the folder of the feature. Its ``page.py`` has the page as ``PAGE``; what the page
    does by name is in its ``commands.py``, where it has one.
    """

    id: str
    title: str
    icon: str
    words: str = ""

    @property
    def module(self) -> str:
        """The module of the page."""
        return f"ui.features.{self.id}.page"

    def make(self, context: Context) -> Page:
        """Return the page, new."""
        page: Page = import_module(self.module).PAGE(context)
        return page

    def commands(self) -> tuple[PageCommand[Any], ...]:
        """Return what the page does by name."""
        name = f"ui.features.{self.id}.commands"
        if find_spec(name) is None:
            return ()
        commands: tuple[PageCommand[Any], ...] = import_module(name).COMMANDS
        return commands


PAGES: tuple[NavigationEntry, ...] = (
    NavigationEntry(
        "portfolio",
        "Portfolio",
        "layout-list",
        "list overview home start all use cases ideas inventory filter",
    ),
    NavigationEntry("scope", "Scope", "route", "steps edit describe fill in gates"),
    NavigationEntry(
        "workshop", "Workshop", "users", "rate rating vote score group meeting participants"
    ),
    NavigationEntry(
        "ranking",
        "Ranking",
        "trophy",
        "rank results order priority best top compare chart decide leadership",
    ),
    NavigationEntry(
        "documents",
        "Documents",
        "file-text",
        "document word pdf print report press release brief prd export",
    ),
    NavigationEntry(
        "library", "Library", "library", "criteria weights people roles method content history"
    ),
)

MODULES = tuple(entry.module for entry in PAGES)
