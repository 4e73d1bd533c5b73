"""The sections of a document with how far each has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from scoper.terms import SectionState
from scoper.text import plural
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme

if TYPE_CHECKING:
    from scoper.exchange.documents import Document, DraftedSection
    from scoper.exchange.documents.outline import PartSpec

_SECTION: Final = Qt.ItemDataRole.UserRole
_STALE, _EDITED, _DRAFTED, _REVIEW, _APPROVED = "↻", "✎", "○", "◐", "✓"
LEGEND: Final = (
    f"{_DRAFTED} drafted from the steps   {_EDITED} edited   {_REVIEW} in review   "
    f"{_APPROVED} approved   {_STALE} sources have changed"
)
"""What the marks stand for."""


def mark_of(section: DraftedSection) -> tuple[str, str]:
    """Return the mark of a section and what it means in words."""
    if section.is_stale:
        return _STALE, "sources have changed"
    if section.state is SectionState.APPROVED:
        return _APPROVED, "approved"
    if section.state is SectionState.IN_REVIEW:
        return _REVIEW, "in review"
    return (_EDITED, "edited") if section.is_edited else (_DRAFTED, "drafted from the steps")


class SectionList(QListWidget):
    """Sections below the headings of their parts.

    Signals: ``reached(section_id)`` when one becomes the current one by hand, and
    ``opened(section_id)`` when it is to be edited: Enter or a double click.
    """

    reached = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_loading = False
        self.setAccessibleName("Sections")
        set_tip(self, LEGEND)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setObjectName("sections")
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentItemChanged.connect(self._moved)
        self.itemDoubleClicked.connect(self._open)

    @property
    def current(self) -> str:
        """The id of the current section; empty when there is none."""
        item = self.currentItem()
        return str(item.data(_SECTION) or "") if item else ""

    def show_document(self, document: Document | None) -> None:
        """Show the sections of a document, the current one as before where it is there."""
        before, place = self.current, self.verticalScrollBar().value()
        self._is_loading = True
        self.clear()
        for part, sections in document.parts if document else ():
            if len(part.sections) > 1:
                self.addItem(self._heading(part, sections))
            for section in sections:
                self.addItem(self._line(section, inset=len(part.sections) > 1))
        self.select(before)
        self.verticalScrollBar().setValue(place)
        self._is_loading = False

    def select(self, section_id: str) -> None:
        """Make a section the current one, without saying so."""
        was, self._is_loading = self._is_loading, True
        for place in range(self.count()):
            if section_id and self.item(place).data(_SECTION) == section_id:
                self.setCurrentRow(place)
        self._is_loading = was

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current section with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.opened.emit(self.current)
            return
        super().keyPressEvent(event)

    def _heading(self, part: PartSpec, sections: tuple[DraftedSection, ...]) -> QListWidgetItem:
        words = sum(section.words for section in sections)
        length = f"{words:,} of about {part.words:,} words" if part.words else ""
        item = QListWidgetItem(f"{part.title}\n{length}" if length else part.title)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(self._theme.font(12, bold=True))
        colours = self._theme.colours
        too_long = part.words and words > 1.2 * part.words
        item.setForeground(QColor(colours.medium if too_long else colours.secondary))
        if too_long:
            item.setText(f"{part.title}\n{words:,} words, usually {part.words:,}")
        return item

    def _line(self, section: DraftedSection, *, inset: bool) -> QListWidgetItem:
        mark, meaning = mark_of(section)
        item = QListWidgetItem(f"{'  ' if inset else ''}{mark}  {section.spec.title}")
        item.setData(_SECTION, section.spec.id)
        gaps = f", {plural(section.gaps, 'place')} to be written" if section.gaps else ""
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{section.spec.title}: {meaning}{gaps}")
        set_tip(item, f"{meaning.capitalize()}{gaps}, {plural(section.words, 'word')}")
        colours = self._theme.colours
        colour = {_STALE: colours.medium, _APPROVED: colours.low}.get(mark, colours.text)
        item.setForeground(QColor(colour))
        return item

    def _moved(self) -> None:
        if not self._is_loading and self.current:
            self.reached.emit(self.current)

    def _open(self) -> None:
        if self.current:
            self.opened.emit(self.current)
