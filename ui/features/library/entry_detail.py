"""Everything the library says about one entry, with where it comes from and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from scoper.text import plural
from ui.kit.basics import Card, LinkRow, ScrollColumn, button, clear, heading, label, row
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme

if TYPE_CHECKING:
    from uuid import UUID

    from scoper.scoping.shared_metrics import Use
    from scoper.scoping.shelves import Held, Origin

_USES: Final = 30
"""Most use cases listed below a metric."""

_START, _ADD = "Start from this idea", "Add to use case…"


class LibraryDetail(Card):
    """One entry of the library.

    Signals: ``start_asked()``, ``add_asked()``, ``copy_asked()``, ``file_asked()`` for the file
    of one's own entry, ``use_case_asked(use_case_id)``, ``clear_asked()`` where nothing was found.
    """

    start_asked = Signal()
    add_asked = Signal()
    copy_asked = Signal()
    file_asked = Signal()
    use_case_asked = Signal(object)
    clear_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._held: Held | None = None
        self.uses: list[LinkRow] = []
        self.column = ScrollColumn()
        self.column.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._facts, self._used = QVBoxLayout(), QVBoxLayout()
        self._origin = QVBoxLayout()
        self.column.body.setSpacing(4)
        for layout in (self._facts, self._used, self._origin):
            layout.setSpacing(4)
            self.column.body.addLayout(layout)
        self.clear_button = button("Clear search and filters", self.clear_asked.emit)
        self.column.body.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.body.addStretch(1)
        self.body.addWidget(self.column, 1)
        self.main_button = button(_START, self.act, kind="primary")
        self.copy_button = button("Copy to my library", self.copy_asked.emit)
        self.file_button = button("Open the file", self.file_asked.emit)
        self.body.addLayout(row(self.main_button, self.copy_button, self.file_button, None))

    def act(self) -> None:
        """Do what the entry is for: start from it, or add it."""
        if self._held is not None and not self.main_button.isHidden():
            (self.add_asked if self._held.shelf.items else self.start_asked).emit()

    def show_entry(self, held: Held | None, uses: Sequence[Use], nothing: str) -> None:
        """Show an entry and where it is used; ``nothing`` is said where there is none."""
        self._held = held
        for layout in (self._facts, self._origin):
            clear(layout)
        for tool in (self.main_button, self.copy_button, self.file_button):
            tool.setVisible(held is not None)
        self.clear_button.setVisible(held is None)
        self.column.verticalScrollBar().setValue(0)
        self.show_uses(uses)
        if held is None:
            self._facts.addWidget(_text(nothing, secondary=True))
            return
        self._say(held)
        self._say_origin(held.origin)
        self._offer(held)

    def show_uses(self, uses: Sequence[Use]) -> None:
        """Show which use cases of the portfolio count in the metric."""
        clear(self._used)
        self.uses = []
        if not uses:
            return
        count = len({use.use_case_id for use in uses})
        told = f"Used in {plural(count, 'use case')} of this portfolio"
        self._head(self._used, told)
        for use in uses[:_USES]:
            link = LinkRow(_worded(use), partial(self._go, use.use_case_id))
            self.uses.append(link)
            self._used.addWidget(link)
        if len(uses) > _USES:
            self._used.addWidget(label(f"and {len(uses) - _USES:,} more", secondary=True))

    def read_on(self, by: int) -> None:
        """Scroll by pages."""
        bar = self.column.verticalScrollBar()
        bar.setValue(bar.value() + by * bar.pageStep() * 9 // 10)

    # ------------------------------------------------------------ parts

    def _say(self, held: Held) -> None:
        title = heading(held.entry.title)
        title.setWordWrap(True)
        title.setMinimumWidth(1)
        self._facts.addWidget(title)
        shelf = held.shelf
        group = "" if held.entry.group == shelf.title else f", {held.entry.group}"
        self._facts.addWidget(_text(f"{shelf.title}{group}", secondary=True))
        for name, text in held.entry.facts:
            self._head(self._facts, name)
            self._facts.addWidget(_text(text))

    def _say_origin(self, origin: Origin) -> None:
        whose = "Our own" if origin.own else "Built in"
        if origin.replaces:
            whose += ", in place of the built-in one"
        elif origin.own:
            whose += ", added to what is built in"
        date = f"{origin.as_of.day} {origin.as_of:%B %Y}"
        self._head(self._origin, "Where this comes from")
        for text in (
            f"{whose}. {origin.pack}, version {origin.version}, as of {date}.",
            origin.source,
            str(origin.path) if origin.own else "",
        ):
            if text:
                self._origin.addWidget(_text(text, secondary=True))

    def _offer(self, held: Held) -> None:
        starts = held.shelf.kind.name == "use_case_ideas"
        self.main_button.setVisible(starts or bool(held.shelf.items))
        self.main_button.setText(_START if starts else _ADD)
        self.copy_button.setVisible(not held.origin.own)
        self.file_button.setVisible(held.origin.own)
        set_tip(
            self.copy_button,
            "Copies the whole pack: its entries belong together"
            if held.shelf.kind.whole
            else "Copies this entry into a pack of your own, which is then used in its place",
        )

    def _head(self, layout: QVBoxLayout, text: str) -> None:
        layout.addSpacing(self._theme.px(6))
        head = heading(text, "label")
        head.setWordWrap(True)
        head.setMinimumWidth(1)
        layout.addWidget(head)

    def _go(self, use_case_id: UUID) -> None:
        self.use_case_asked.emit(use_case_id)


def _text(text: str, *, secondary: bool = False) -> QLabel:
    """Return wrapped text; a word without end is cut and leaves the rest of the column alone."""
    words = label(text, secondary=secondary, wrap=True)
    words.setMinimumWidth(1)
    return words


def _worded(use: Use) -> str:
    kpi = use.kpi
    named = "" if not use.renamed else f", as “{kpi.title}”"
    said = f"{use.key}  {use.title} ({kpi.kind.label.lower()}{named})"
    return f"{said}. {use.difference}" if use.otherwise else said
