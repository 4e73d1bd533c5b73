"""What a page is given: no globals, nothing to look up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ui.problems import Problems
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import Theme
from ui.widgets.notice import Notice


class Go(Protocol):
    """Shows a page."""

    def __call__(self, page_id: str, use_case_id: UUID | None = None, step: int = 0) -> None:
        """Show a page by id, with a use case in view when one is given, at a step if not 0."""


@dataclass(frozen=True, slots=True)
class Context:
    """The services of the window.

    ``go`` shows a page. ``start_import`` and
    ``start_ratings_import`` ask for a table and import it. ``open_settings`` shows the settings
    of this machine.
    """

    session: Session
    tasks: Tasks
    theme: Theme
    problems: Problems
    notice: Notice
    go: Go
    start_import: Callable[[], None]
    start_ratings_import: Callable[[], None]
    open_settings: Callable[[], None]
