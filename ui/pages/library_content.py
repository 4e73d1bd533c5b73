"""What the library holds, where an organisation's own content goes, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QVBoxLayout
from shiboken6 import isValid

from scoper.board import Board
from scoper.settings import library_folder
from scoper.text import plural
from ui.context import Context
from ui.pages.library_section import Section
from ui.widgets.basics import Banner, Card, button, clear, heading, label, row
from ui.widgets.catalogue_dialog import read_library

if TYPE_CHECKING:
    from scoper.library.registry import Library


class ContentSection(Section):
    """The kinds of content with how many entries each has, built in and of one's own."""

    TITLE = "Content"
    ABOUT = (
        "What the steps teach and offer to choose from. Put packs of your own into the folder "
        "below: they add to what is built in, or replace it entry by entry."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.problems = Banner("warning")
        self._told = label(wrap=True)
        self.problems.body.addWidget(heading("Packs that were left out", "label"))
        self.problems.body.addWidget(self._told)
        self.problems.hide()
        self.column.body.addWidget(self.problems)
        self._kinds = QVBoxLayout()
        self._kinds.addWidget(label("Reading the library…", secondary=True))
        held = Card("In use")
        held.body.addLayout(self._kinds)
        self.column.body.addWidget(held)
        own = Card("Packs of your own")
        folder = label(str(library_folder()), wrap=True)
        own.body.addWidget(folder)
        self.open_button = button("Open the folder", self._open_folder)
        self.again_button = button("Read again", self._read)
        own.body.addLayout(row(self.open_button, self.again_button, None))
        self.column.body.addWidget(own)
        self.column.body.addStretch(1)
        self._read()

    def draw(self, board: Board) -> None:
        """Nothing of the portfolio is shown here."""

    def _read(self) -> None:
        self.session.ask(read_library, lambda found: isValid(self) and self._show(found))

    def _show(self, library: Library) -> None:
        from scoper.library.registry import KINDS

        clear(self._kinds)
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for place, kind in enumerate(KINDS):
            own = sum(
                len(kind.entries_of(f.pack)) for f in library.files if f.own and f.kind is kind
            )
            count = plural(len(library.entries(kind)), "entry", "entries")
            grid.addWidget(label(kind.title), place, 0)
            grid.addWidget(label(f"{count}, {own} of your own" if own else count), place, 1)
        self._kinds.addLayout(grid)
        self._told.setText("\n".join(str(problem) for problem in library.problems))
        self.problems.setVisible(bool(library.problems))

    def _open_folder(self) -> None:
        folder = library_folder()
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
