"""Choosing the use case that an entry of the library is added to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui.kit.asking.dialog import Dialog
from ui.kit.basics import Card, button, heading, label, row, tick_box
from ui.kit.fields.search_line import SearchLine
from ui.kit.look.theme import Theme
from ui.kit.tables.use_case_chooser import UseCaseChooser

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.scoping.catalogues import CatalogueEntry


class UseCaseChoice(Dialog):
    """The use cases to search and choose from, and what usually goes with the entry.

    Signal: ``chosen(use_case_id, entry)``, the entry with those companions that were ticked.
    """

    chosen = Signal(object, object)

    def __init__(
        self, window: QWidget, theme: Theme, board: Board, entry: CatalogueEntry, *, tick: bool
    ) -> None:
        super().__init__(window, theme, "Add to use case", (520, 560))
        self._entry = entry
        self._tick = tick
        layout = self.body
        layout.setSpacing(10)
        title = heading(f"Add “{entry.title}” to")
        title.setWordWrap(True)
        layout.addWidget(title)
        self.search = SearchLine("Search use cases", "Search use cases")
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._choose)
        layout.addWidget(self.search)
        self.list = UseCaseChooser(theme)
        self.list.setAccessibleName("Use cases")
        self.list.table.show_board(board)
        self.search.steer(self.list)
        self.list.activated.connect(lambda _: self._choose())
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 4)
        card.body.addWidget(self.list)
        layout.addWidget(card, 1)
        self._nothing = label("No use case has these words.", secondary=True)
        layout.addWidget(self._nothing)
        self.ticks = self._make_ticks(layout) if tick else []
        self.add_button = button("Add", self._choose, kind="primary")
        layout.addLayout(row(None, button("Cancel", self.reject), self.add_button))
        self._filter("")
        self.search.setFocus()

    def _make_ticks(self, layout: QVBoxLayout) -> list[QCheckBox]:
        if self._entry.companions:
            layout.addWidget(heading("Add with it", "label"))
        ticks = []
        for values in self._entry.companions:
            box = tick_box(f"{values['title']} ({values['kind'].label.lower()})")
            layout.addWidget(box)
            ticks.append(box)
        return ticks

    def _filter(self, text: str) -> None:
        self.list.table.set_filter(text)
        found = self.list.table.rowCount()
        if found:
            self.list.setCurrentIndex(self.list.table.index(0, 0))
        self._nothing.setVisible(not found)
        self.add_button.setEnabled(bool(found))

    def _choose(self) -> None:
        use_case_id = self.list.current
        if use_case_id is None:
            return
        entry = self._entry
        if self._tick:
            pairs = zip(entry.companions, self.ticks, strict=True)
            entry = replace(entry, companions=tuple(v for v, box in pairs if box.isChecked()))
        self.accept()
        self.chosen.emit(use_case_id, entry)
