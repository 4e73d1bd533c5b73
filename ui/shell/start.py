"""What is shown while no portfolio is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.kit.basics import Card, button, clear, heading, label
from ui.kit.look.theme import Theme
from ui.shell.preferences import Preferences

_WIDEST, _ABREAST = 920, 760
"""Widths in pixels, before zoom: the most it takes, and what three ways abreast need."""


class StartPage(QWidget):
    """Three ways to begin, of equal weight, and the portfolios used last."""

    sample_asked = Signal()
    empty_asked = Signal()
    import_asked = Signal()
    open_asked = Signal()
    recent_asked = Signal(Path)

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self._theme = theme
        self._preferences = preferences
        self._last: QPushButton | None = None
        self._shown: list[Path] | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 24, 32, 24)
        outer.addStretch(2)
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        holder = QWidget()
        self._holder = holder
        holder.setLayout(self._column)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(holder, 20)
        line.addStretch(1)
        outer.addLayout(line)
        outer.addStretch(3)
        self._column.addWidget(heading("Which use cases are worth doing?", "page"))
        self._column.addWidget(
            label(
                "Scope each idea in five steps, rate them together, and see which ones pay off "
                "for their risk. Everything stays in one file on this computer.",
                secondary=True,
                wrap=True,
            )
        )
        self._column.addLayout(self._ways())
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._column.addLayout(self._recent)
        preferences.changed.connect(self._show_recent)
        theme.changed.connect(self._fit)
        self._show_recent()

    def take_focus(self) -> None:
        """Put the cursor on what is likely wanted: the portfolio used last, or the sample."""
        (self._last or self.sample_button).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the ways below one another where there is no room beside one another."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px, direction = self._theme.px, QBoxLayout.Direction
        self._holder.setMaximumWidth(px(_WIDEST))
        wide = self.width() >= px(_ABREAST)
        self._line.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    def _ways(self) -> QHBoxLayout:
        line = self._line = QHBoxLayout()
        line.setSpacing(16)
        self.sample_button = button("Try the sample portfolio", self.sample_asked.emit)
        self.empty_button = button("Start empty", self.empty_asked.emit)
        self.import_button = button("Import from Excel", self.import_asked.emit)
        for title, text, action in (
            (
                "Look around",
                "Twelve use cases of a fictional retailer, at every stage, rated by six people "
                "who do not agree.",
                self.sample_button,
            ),
            (
                "Start your own",
                "An empty portfolio with criteria, written anchors and roles ready to use.",
                self.empty_button,
            ),
            (
                "Bring a list",
                "Use cases from an Excel or CSV file. You choose which column is what before "
                "anything is stored.",
                self.import_button,
            ),
        ):
            card = Card(title, text)
            card.body.addStretch(1)
            card.body.addWidget(action)
            line.addWidget(card, 1)
        return line

    def _show_recent(self) -> None:
        found = [Path(name) for name in self._preferences.settings.recent]
        if found == self._shown:
            return
        self._shown = found
        clear(self._recent)
        self._last = None
        self._recent.addWidget(heading("Recent portfolios" if found else "Or", "label"))
        for path in found[:5]:
            entry = button(path.stem, kind="link", tip=str(path))
            entry.clicked.connect(lambda _=False, p=path: self.recent_asked.emit(p))
            self._recent.addWidget(entry, alignment=Qt.AlignmentFlag.AlignLeft)
            self._last = self._last or entry
        opener = button("Open another portfolio…", self.open_asked.emit, kind="link")
        self._recent.addWidget(opener, alignment=Qt.AlignmentFlag.AlignLeft)
