"""The pages of the open portfolio, one of them in view; the start page while there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.kit.layout.reach import Reach
from ui.shell.registry import PAGES, NavigationEntry

if TYPE_CHECKING:
    from ui.bridge.page import Page
    from ui.bridge.session import Session


class Pages(QStackedWidget):
    """Makes a page when it is first asked for, and shows one of them.

    Signal: ``shown(page_id)``.
    """

    shown = Signal(str)

    def __init__(
        self, session: Session, start: QWidget, make: Callable[[NavigationEntry], Page]
    ) -> None:
        super().__init__()
        self._session, self._make = session, make
        self._pages: dict[str, Page] = {}
        self._reaches: dict[str, Reach] = {}
        self.addWidget(Reach(start))

    def go(self, page_id: str, use_case_id: UUID | None = None, step: int = 0) -> None:
        """Show a page, with a use case in view when one is given, at a step of it if not 0."""
        if self._session.board is None:
            return
        self.flush()
        page = self.page(page_id)
        self.setCurrentWidget(self._reaches[page_id])
        self.shown.emit(page_id)
        if page.entry:
            page.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        if use_case_id:
            page.select(use_case_id)
        if step:
            page.show_step(step)

    def page(self, page_id: str) -> Page:
        """Return a page, made when it is first asked for."""
        if page_id not in self._pages:
            shown = next(entry for entry in PAGES if entry.id == page_id)
            page = self._make(shown)
            page.setAccessibleName(shown.title)
            self._pages[page_id] = page
            self._reaches[page_id] = Reach(page)
            self.addWidget(self._reaches[page_id])
        return self._pages[page_id]

    @property
    def current(self) -> Page | None:
        """The page in view; None while no portfolio is open."""
        shown = self.currentWidget()
        return next((p for name, p in self._pages.items() if self._reaches[name] is shown), None)

    def leave(self) -> None:
        """Leave the page the portfolio before was open on: the new one opens on Portfolio."""
        self.setCurrentIndex(0)

    def flush(self) -> None:
        """Save what is still being typed."""
        for page in self._pages.values():
            page.flush()
