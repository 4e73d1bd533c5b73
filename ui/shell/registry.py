"""The places of the navigation, in order. A page is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.bridge.context import Context
    from ui.bridge.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation; ``words`` are others people have for it."""

    id: str
    title: str
    icon: str
    make: Callable[[Context], Page]
    words: str = ""


def _from(feature: str, name: str) -> Callable[[Context], Page]:
    def make(context: Context) -> Page:
        page: Page = getattr(import_module(f"ui.features.{feature}.page"), name)(context)
        return page

    return make


PAGES: tuple[Place, ...] = (
    Place(
        "portfolio",
        "Portfolio",
        "layout-list",
        _from("portfolio", "PortfolioPage"),
        "list overview home start all use cases ideas inventory filter",
    ),
    Place(
        "scope", "Scope", "route", _from("scope", "ScopePage"), "steps edit describe fill in gates"
    ),
    Place(
        "workshop",
        "Workshop",
        "users",
        _from("workshop", "WorkshopPage"),
        "rate rating vote score group meeting participants",
    ),
    Place(
        "ranking",
        "Ranking",
        "trophy",
        _from("ranking", "RankingPage"),
        "rank results order priority best top compare chart decide leadership",
    ),
    Place(
        "documents",
        "Documents",
        "file-text",
        _from("documents", "DocumentsPage"),
        "document word pdf print report press release brief prd export",
    ),
    Place(
        "library",
        "Library",
        "library",
        _from("library", "LibraryPage"),
        "criteria weights people roles method content history",
    ),
)

MODULES = tuple(f"ui.features.{place.id}.page" for place in PAGES)
