"""A catalogue of the library to browse, search and choose from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from scoper.text import fold, plural
from ui.bridge.latest import Check, Latest
from ui.kit.asking.dialog import Dialog
from ui.kit.basics import Card, ScrollColumn, button, clear, heading, label, row, tick_box
from ui.kit.fields.picker import Picker
from ui.kit.fields.search_line import SearchLine
from ui.kit.look.theme import Theme

if TYPE_CHECKING:
    from scoper.library.registry import Library
    from scoper.scoping.catalogues import Catalogue, CatalogueEntry

_KEY = Qt.ItemDataRole.UserRole


class CatalogueDialog(Dialog):
    """A list of entries with everything the library says about the one in view.

    Signal: ``chosen(entry)``, with only those companions that were ticked.
    """

    chosen = Signal(object)

    def __init__(self, window: QWidget, theme: Theme, catalogue: Catalogue) -> None:
        super().__init__(window, theme, catalogue.title, (980, 680))
        self._catalogue = catalogue
        self._entries: dict[str, CatalogueEntry] = {}
        self.ticks: list[QCheckBox] = []
        layout = self.body
        layout.addWidget(heading(catalogue.title, "page"))
        layout.addLayout(self._make_search())
        body = row(spacing=14)
        body.addWidget(self._make_list(), 2)
        body.addWidget(self._make_detail(), 3)
        layout.addLayout(body, 1)
        self.choose_button = button(catalogue.action, self._choose, kind="primary")
        self.choose_button.setEnabled(False)
        self._found = label("Reading the library…", secondary=True)
        layout.addLayout(row(self._found, None, button("Close", self.reject), self.choose_button))
        self.search.setFocus()

    def ask(self, latest: Latest) -> None:
        """Open the dialog and have the library read off the UI thread."""
        self.open()
        latest.ask(self, read_library, self._take)

    def show_entries(self, entries: tuple[CatalogueEntry, ...]) -> None:
        """Offer entries."""
        self._entries = {entry.id: entry for entry in entries}
        groups = dict.fromkeys(entry.group for entry in entries)
        self.groups.offer([(self._catalogue.every, None), *((group, group) for group in groups)])
        self._filter()

    @property
    def current(self) -> CatalogueEntry | None:
        """The entry in view."""
        item = self.list.currentItem()
        return self._entries.get(item.data(_KEY)) if item else None

    # ------------------------------------------------------------ building

    def _make_search(self) -> QHBoxLayout:
        self.search = SearchLine("Search", f"Search: {self._catalogue.title}")
        self.search.textChanged.connect(lambda _: self._filter())
        self.search.returnPressed.connect(self._choose)
        self.groups = Picker("Group", letters=20)
        self.groups.offer([(self._catalogue.every, None)])
        self.groups.chosen.connect(lambda _: self._filter())
        line = row(self.search, self.groups)
        line.setStretch(0, 1)
        return line

    def _make_list(self) -> QWidget:
        self.list = QListWidget()
        self.list.setAccessibleName(self._catalogue.title)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda *_: self._show_current())
        self.search.steer(self.list)
        self.list.itemActivated.connect(lambda _: self._choose())
        card = Card()
        card.body.setContentsMargins(4, 4, 4, 4)
        card.body.addWidget(self.list)
        return card

    def _make_detail(self) -> QWidget:
        card = Card()
        scroll = ScrollColumn()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._detail = QVBoxLayout()
        self._detail.setSpacing(4)
        scroll.body.addLayout(self._detail)
        scroll.body.addStretch(1)
        card.body.addWidget(scroll)
        return card

    # ------------------------------------------------------------ showing

    def _take(self, library: Library) -> None:
        self.show_entries(self._catalogue.entries(library))

    def _filter(self) -> None:
        words = fold(self.search.text()).split()
        group = self.groups.value
        kept = self.current
        self.list.clear()
        for entry in self._entries.values():
            if group in (None, entry.group) and all(word in entry.words for word in words):
                item = QListWidgetItem(entry.title)
                item.setData(_KEY, entry.id)
                item.setSizeHint(QSize(0, self._theme.px(30)))
                self.list.addItem(item)
                if entry is kept:
                    self.list.setCurrentItem(item)
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)
        self._found.setText(plural(self.list.count(), self._catalogue.noun))
        self.choose_button.setEnabled(bool(self.list.count()))
        self._show_current()

    def _show_current(self) -> None:
        clear(self._detail)
        self.ticks = []
        entry = self.current
        if entry is None:
            nothing = f"No {self._catalogue.noun} has these words."
            self._detail.addWidget(label(nothing, secondary=True, wrap=True))
            return
        title = heading(entry.title)
        title.setWordWrap(True)
        self._detail.addWidget(title)
        self._detail.addWidget(label(entry.group, secondary=True))
        for name, text in entry.facts:
            self._detail.addSpacing(self._theme.px(6))
            self._detail.addWidget(heading(name, "label"))
            self._detail.addWidget(label(text, wrap=True))
        if self._catalogue.with_companions:
            self._offer(entry)

    def _offer(self, entry: CatalogueEntry) -> None:
        """Show what usually goes with an entry, to be ticked."""
        if entry.companions:
            self._detail.addSpacing(self._theme.px(6))
            self._detail.addWidget(heading("Add with it", "label"))
        for values in entry.companions:
            tick = tick_box(f"{values['title']} ({values['kind'].label.lower()})")
            self.ticks.append(tick)
            self._detail.addWidget(tick)

    def _choose(self) -> None:
        entry = self.current
        if entry:
            if self._catalogue.with_companions:
                kept = zip(entry.companions, self.ticks, strict=True)
                ticked = tuple(values for values, tick in kept if tick.isChecked())
                entry = replace(entry, companions=ticked)
            self.accept()
            self.chosen.emit(entry)


def read_library(_: Check) -> Library:
    """Return the library in use; for ``Latest``."""
    from scoper.library.registry import library

    return library()
