"""What every page can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.context import Context

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.errors import ScoperError
    from scoper.snapshot import Changes
    from ui.widgets.editors import Editor


class Page(QWidget):
    """A place in the navigation. A hidden page goes stale and refreshes when it is shown.

    ``entry`` is where the cursor goes when the page is called up. It is no focus proxy: Tab would
    then pass over everything above it.
    """

    HELP = ""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.session = context.session
        self.theme = context.theme
        self.entry: QWidget | None = None
        self._is_stale = True
        self.session.board_changed.connect(self._board_changed)
        self.theme.changed.connect(self._theme_changed)

    def show_board(self, board: Board, changes: Changes | None) -> None:
        """Draw ``board``; ``changes`` tells what is new, None that everything is."""

    def select(self, use_case_id: UUID) -> None:
        """Bring a use case into view."""

    def show_step(self, number: int) -> None:
        """Bring a step of the use case into view, where the page has steps."""

    def commands(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """Return what can be done on this page alone, by name, for the command palette."""
        return ()

    def flush(self) -> None:
        """Save what is still being typed."""

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while hidden."""
        super().showEvent(event)
        if self._is_stale and self.session.board:
            self._is_stale = False
            self.show_board(self.session.board, None)

    def _board_changed(self, board: Board, changes: Changes | None) -> None:
        if self.isVisible():
            self._is_stale = False
            self.show_board(board, changes)
        else:
            self._is_stale = True

    def _theme_changed(self) -> None:
        self._is_stale = True
        if self.isVisible() and self.session.board:
            self._is_stale = False
            self.show_board(self.session.board, None)


def outcome(editor: Editor) -> dict[str, Any]:
    """Return what ``Session.run`` needs so that ``editor`` learns how its edit ended.

    The editor may be gone by then, because its list or form was built anew.
    """

    def done(_: Any) -> None:
        if isValid(editor):
            editor.settle()

    def refused(error: ScoperError) -> None:
        if isValid(editor):
            editor.refuse(str(error))

    return {"done": done, "refused": refused}
