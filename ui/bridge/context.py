"""What a page is given: no globals, nothing to look up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ui.bridge.latest import Latest
from ui.bridge.problems import Problems
from ui.bridge.session import Session
from ui.bridge.tasks import Tasks
from ui.kit.asking.notice import Notice
from ui.kit.look.theme import Theme


class Go(Protocol):
    """Shows a page."""

    def __call__(self, page_id: str, use_case_id: UUID | None = None, step: int = 0) -> None:
        """Show a page by id, with a use case in view when one is given, at a step if not 0."""


class Actions(Protocol):
    """What can be done from anywhere, as far as pages have buttons for it."""

    def import_use_cases(self) -> None:
        """Ask for a table and import use cases from it."""

    def import_ratings(self) -> None:
        """Ask for a table and import ratings from it."""

    def settings(self) -> None:
        """Show the settings of this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The services of the window.

    ``window`` is what dialogs belong to. ``go`` shows a page, ``flush`` saves what is still being
    typed on any.
    """

    window: QWidget
    session: Session
    tasks: Tasks
    latest: Latest
    theme: Theme
    problems: Problems
    notice: Notice
    go: Go
    flush: Callable[[], None]
    actions: Actions
