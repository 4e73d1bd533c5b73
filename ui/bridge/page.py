"""What every page can do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.bridge.context import Context
from ui.bridge.kept import Kept
from ui.kit.fields.line import Line
from ui.kit.fields.place import Place
from ui.kit.fields.problem_line import ProblemLine
from ui.kit.layout.steady import steady

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.snapshot import Changes
    from ui.kit.fields.editor import Draft, Editor


class Page(QWidget):
    """A place in the navigation. A hidden page catches up with what it missed when it is shown.

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
        self._is_new, self._is_dressed = True, False
        self._unseen: Changes | None = None
        self.session.opened.connect(self._forget_typed)
        self._catches_up = False
        self.session.board_changed.connect(self._board_changed)
        self.session.saving_changed.connect(self.recall)
        self._drafts: dict[Place, Draft] = {}
        self._kept: Kept | None = None
        self.session.opened.connect(self._drafts.clear)
        self.theme.zoomed.connect(self._keep)
        self.session.saving_changed.connect(self._saved_again)
        self.session.saved.connect(self._saved_again)
        self.theme.changed.connect(self._theme_changed)

    def dress(self) -> None:
        """Take the sizes and colours that the theme has now; everything is drawn again after it."""

    def show_portfolio(self, board: Board) -> None:
        """Draw all of a portfolio, which may be another one than before."""
        from scoper.snapshot import EVERYTHING

        self.show_board(board, EVERYTHING)

    def show_board(self, board: Board, changes: Changes) -> None:
        """Draw what has changed in the portfolio that is shown."""

    def select(self, use_case_id: UUID) -> None:
        """Bring a use case into view."""

    def show_step(self, number: int) -> None:
        """Bring a step of the use case into view, where the page has steps."""

    @property
    def subject(self) -> UUID | None:
        """The use case in view, where there is one."""
        return None

    def flush(self) -> None:
        """Save what is still being typed."""

    def fields(self) -> Iterable[tuple[Place, Editor]]:
        """Return the fields that are shown, each with the place it edits."""
        return ()

    def recall(self) -> None:
        """Have the fields show what was entered into them and is not saved yet."""
        saving = self.session.saving
        for place, editor in self.fields():
            if place in self._drafts:
                editor.resume(self._drafts.pop(place))
            entered, refused = saving.typed(place), saving.refused_at(place)
            if entered is not None:
                editor.recall(entered.value, saving.why)
                continue
            editor.release()
            if refused is not None:
                editor.recall_refused(refused.asker.value, refused.reason)

    def keep_drafts(self, fields: Iterable[tuple[Place, Editor]]) -> None:
        """Keep what was typed and is not saved in fields that are about to be made anew."""
        for place, editor in fields:
            draft = editor.draft()
            if draft is not None:
                self._drafts[place] = draft

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while hidden."""
        super().showEvent(event)
        if self.session.board and (self._is_new or self._unseen is not None):
            self._catches_up = True
            self._catch_up(self.session.board)
            self._catches_up = False
            self.recall()

    def outdate(self) -> None:
        """Have everything drawn again when the page is shown next."""
        self._is_new = True

    def _saved_again(self) -> None:
        """Take back refusals for the reason that nothing could be saved."""
        saving = self.session.saving
        if not saving.unsaved and saving.lost is None:
            for line in self.findChildren(ProblemLine):
                line.saved_again()

    def _forget_typed(self) -> None:
        """Empty the lines of names to add and searches: they were for the portfolio before."""
        for line in self.findChildren(Line):
            line.clear()

    def _board_changed(self, board: Board, changes: Changes) -> None:
        self._unseen = changes if self._unseen is None else changes | self._unseen
        if self.isVisible():
            with steady(self):
                self._catch_up(board)
                self.recall()

    def _catch_up(self, board: Board) -> None:
        changes, self._unseen = self._unseen, None
        is_new, self._is_new = self._is_new, False
        if not self._is_dressed:
            self._is_dressed = True
            self.dress()
        if is_new or changes is None or changes.whole:
            self.show_portfolio(board)
        else:
            self.show_board(board, changes)

    def _keep(self) -> None:
        """Take note of what the page shows, before what it is made of is dropped."""
        self._kept = Kept(self) if self.isVisible() else None

    def _theme_changed(self) -> None:
        self._is_new, self._is_dressed = True, False
        if self.isVisible() and self.session.board:
            self._catch_up(self.session.board)
            if self._kept is not None:
                self._kept.bring_back()
        self._kept = None
