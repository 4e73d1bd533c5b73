"""The places of the navigation, in order. A page is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.context import Context
    from ui.pages.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    id: str
    title: str
    icon: str
    make: Callable[[Context], Page]


def _from(module: str, name: str) -> Callable[[Context], Page]:
    def make(context: Context) -> Page:
        page: Page = getattr(import_module(f"ui.pages.{module}"), name)(context)
        return page

    return make


PAGES: tuple[Place, ...] = (
    Place("portfolio", "Portfolio", "layout-list", _from("portfolio", "PortfolioPage")),
    Place("scope", "Scope", "route", _from("scope", "ScopePage")),
    Place("workshop", "Workshop", "users", _from("workshop", "WorkshopPage")),
    Place("ranking", "Ranking", "trophy", _from("ranking", "RankingPage")),
    Place("documents", "Documents", "file-text", _from("documents", "DocumentsPage")),
    Place("library", "Library", "library", _from("library", "LibraryPage")),
)

MODULES = tuple(f"ui.pages.{place.id}" for place in PAGES)
