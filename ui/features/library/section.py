"""What every section of the library has in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scoper.text import as_done
from ui.bridge.context import Context
from ui.kit.basics import ScrollColumn, heading, label
from ui.kit.fields.place import Place
from ui.kit.layout.tab_order import chain_tabs

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.snapshot import Changes
    from ui.kit.fields.editor import Editor

_WIDTH = 960
"""Pixels at 100 % beyond which lines of fields are hard to read."""


class LibrarySection(QWidget):
    """A titled part of the library; add content to ``column.body``."""

    TITLE = ""
    ABOUT = ""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.session = context.session
        self.theme = context.theme
        self.setAccessibleName(self.TITLE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 8, 0)
        layout.setSpacing(10)
        layout.addWidget(heading(self.TITLE, "page"))
        self.column = ScrollColumn()
        self.column.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.column.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.column.inner.setMaximumWidth(self.theme.px(_WIDTH))
        self.column.body.setContentsMargins(0, 0, 12, 24)
        self.about = label(self.ABOUT, secondary=True, wrap=True)
        self.column.body.addWidget(self.about)
        layout.addWidget(self.column, 1)

    def show_board(self, board: Board) -> None:
        """Draw a board."""
        self.draw(board)
        chain_tabs(self)

    def draw(self, board: Board) -> None:
        """Show what the section is about."""

    def flush(self) -> None:
        """Save what is still being typed."""

    def fields(self) -> Iterable[tuple[Place, Editor]]:
        """Return the fields that are shown, each with the place it edits."""
        return ()

    def removed(self, changes: Changes, taken: str = "") -> None:
        """Tell what was deleted and what went with it, and offer to bring it back."""
        said = as_done(changes.label)
        self.context.notice.did(changes, text=f"{said}, with {taken}" if taken else said)
