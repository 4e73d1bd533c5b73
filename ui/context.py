"""What a page is given: no globals, nothing to look up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from ui.problems import Problems
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import Theme
from ui.widgets.notice import Notice


@dataclass(frozen=True, slots=True)
class Context:
    """The services of the window.

    ``go`` shows a page by id, with a use case selected when one is given. ``start_import`` and
    ``start_ratings_import`` ask for a table and import it. ``open_settings`` shows the settings
    of this machine.
    """

    session: Session
    tasks: Tasks
    theme: Theme
    problems: Problems
    notice: Notice
    go: Callable[[str, UUID | None], None]
    start_import: Callable[[], None]
    start_ratings_import: Callable[[], None]
    open_settings: Callable[[], None]
