"""The library: criteria, people, roles, method and history of the portfolio."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
)

from ui.bridge.context import Context
from ui.bridge.page import Page
from ui.features.library.computer import ComputerSection
from ui.features.library.content import ContentSection
from ui.features.library.criteria import CriteriaSection
from ui.features.library.history import HistorySection
from ui.features.library.method import MethodSection
from ui.features.library.people import PeopleSection, RolesSection
from ui.features.library.section import LibrarySection
from ui.kit.basics import button, heading
from ui.kit.fields.place import Place

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.snapshot import Changes
    from ui.kit.fields.editor import Editor

SECTIONS: dict[str, Callable[[Context], LibrarySection]] = {
    "Criteria": CriteriaSection,
    "People": PeopleSection,
    "Roles": RolesSection,
    "Method": MethodSection,
    "Content": ContentSection,
    "History": HistorySection,
    "This computer": ComputerSection,
}
"""The sections by the title they have in the list, in order; each is made when first shown."""


class LibraryPage(Page):
    """A list of sections at the left, the chosen one at the right."""

    HELP = (
        "What the portfolio rests on. Criteria say what is rated, with the meaning of every "
        "level; people are those who rate, and who judges what; roles are who does the work; "
        "method says how ratings become a ranking. Everything is saved as you type and can be "
        "undone.\n\n"
        "History lists who changed a rating, a weight, the method or a decision, with the value "
        "before and after; Ctrl+F searches it.\n\n"
        "Content is everything the library knows. Letters search it, the arrow keys move, Space "
        "reads on, Enter starts from an idea or adds the entry to a use case. Copy an entry into "
        "your own library to adapt it.\n\n"
        "Alt+Left and Alt+Right go to the section before and after. In the list at the left, the "
        "arrow keys move and Space opens."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.current = next(iter(SECTIONS))
        self.sections: dict[str, LibrarySection] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._left = self._make_left()
        self._stack = QStackedWidget()
        layout.addWidget(self._left)
        layout.addWidget(self._stack, 1)
        self.theme.zoomed.connect(self._drop_sections)
        QShortcut("Alt+Left", self, lambda: self._step(-1))
        QShortcut("Alt+Right", self, lambda: self._step(1))

    def _make_left(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("stepper")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(10, 16, 10, 16)
        layout.setSpacing(2)
        title = heading("Library", "section")
        title.setContentsMargins(10, 0, 0, 6)
        layout.addWidget(title)
        group = QButtonGroup(self)
        self.entries: dict[str, QPushButton] = {}
        for name in SECTIONS:
            entry = button(name, kind="nav")
            entry.setCheckable(True)
            entry.clicked.connect(lambda _=False, chosen=name: self.show_section(chosen))
            group.addButton(entry)
            self.entries[name] = entry
            layout.addWidget(entry)
        layout.addStretch(1)
        return frame

    # ------------------------------------------------------------ showing

    def show_board(self, board: Board, changes: Changes) -> None:
        """Show the chosen section; the others catch up when they are chosen."""
        self._share_width()
        section = self._section(self.current)
        self.entries[self.current].setChecked(True)
        section.show_board(board)
        self._stack.setCurrentWidget(section)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the section as much room as can be."""
        super().resizeEvent(event)
        self._share_width()

    def show_section(self, name: str) -> None:
        """Show a section."""
        self.flush()
        self.current = name
        if self.session.board:
            self.show_portfolio(self.session.board)
            self.recall()

    def flush(self) -> None:
        """Save what is still being typed."""
        for section in self.sections.values():
            section.flush()

    def fields(self) -> Iterable[tuple[Place, Editor]]:
        """Return the fields of the section that is shown."""
        section = self.sections.get(self.current)
        return section.fields() if section else ()

    def _share_width(self) -> None:
        px = self.theme.px
        self._left.setFixedWidth(max(px(116), min(px(180), self.width() // 4)))

    def _step(self, by: int) -> None:
        names = list(SECTIONS)
        place = max(0, min(len(names) - 1, names.index(self.current) + by))
        self.show_section(names[place])
        self.entries[self.current].setFocus()

    def _section(self, name: str) -> LibrarySection:
        if name not in self.sections:
            self.sections[name] = SECTIONS[name](self.context)
            self._stack.addWidget(self.sections[name])
        return self.sections[name]

    def _drop_sections(self) -> None:
        """Have the sections made anew when they are shown next."""
        self.flush()
        for section in self.sections.values():
            self.keep_drafts(section.fields())
            self._stack.removeWidget(section)
            section.setParent(None)
            section.deleteLater()
        self.sections = {}


PAGE = LibraryPage
