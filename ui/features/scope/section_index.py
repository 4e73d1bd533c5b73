"""The sections of a step, to be seen and gone to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.kit.basics import PressButton
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme

_HEIGHT, _LEFT, _RIGHT, _GAP = 26, 34, 8, 6
_SHORT_FROM = 180
"""Width in pixels, before zoom, from which there is room to say how far a section is."""


class SectionIndex(QWidget):
    """A line for each section; ``chosen`` carries the place of one, counted from 0."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.links: list[SectionLink] = []
        self.place = 0
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 6)
        self._layout.setSpacing(0)

    def show_sections(self, sections: Sequence[tuple[str, str, str]]) -> None:
        """Show title, and how far each is, short and in full."""
        while len(self.links) < len(sections):
            link = SectionLink(self._theme)
            place = len(self.links)
            link.clicked.connect(lambda _=False, place=place: self._choose(place))
            self.links.append(link)
            self._layout.addWidget(link)
        for place, link in enumerate(self.links):
            link.setVisible(place < len(sections))
        for link, (title, short, words) in zip(self.links, sections, strict=False):
            link.show_section(title, short, words)

    def mark(self, place: int) -> None:
        """Mark the section that is in view."""
        self.place = place
        for at, link in enumerate(self.links):
            link.setChecked(at == place)

    def _choose(self, place: int) -> None:
        self.mark(place)
        self.chosen.emit(place)


class SectionLink(PressButton):
    """The title of a section, cut where it must be, and at the right how far the section is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = self._short = ""
        self.setCheckable(True)
        self.setProperty("section", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_section(self, title: str, short: str, words: str) -> None:
        """Show title and hint."""
        said = f"{title}, {words}" if words else title
        if (title, short, said) == (self._title, self._short, self.accessibleName()):
            return
        self._title, self._short = title, short
        self.setAccessibleName(said)
        set_tip(self, said)
        self.update()

    def sizeHint(self) -> QSize:
        """Be one line high."""
        return QSize(self._theme.px(120), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Be one line high, however narrow."""
        return QSize(0, self._theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, then the words that fit."""
        super().paintEvent(event)
        px, colours = self._theme.px, self._theme.colours
        painter = QPainter(self)
        room = self.rect().adjusted(px(_LEFT), 0, -px(_RIGHT), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        if self._short and self.width() >= px(_SHORT_FROM):
            painter.setFont(self._theme.font(11))
            painter.setPen(QColor(colours.secondary))
            painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, self._short)
            taken = painter.fontMetrics().horizontalAdvance(self._short)
            room.setRight(room.right() - taken - px(_GAP))
        painter.setFont(self._theme.font(12, bold=self.isChecked()))
        painter.setPen(QColor(colours.accent if self.isChecked() else colours.text))
        title = painter.fontMetrics().elidedText(
            self._title, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, middle, title)
        if self.isChecked():
            mark = QRect(px(20), px(5), px(3), self.height() - px(10))
            painter.fillRect(mark, QColor(colours.accent))
