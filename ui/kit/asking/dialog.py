"""What every dialog is: as large as it likes to be, never larger than the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.kit.layout.reach import Reach
from ui.kit.look.theme import Theme

_MARGIN = 16
"""Pixels of the window that stay in view around a dialog, at each side."""


class Dialog(QDialog):
    """Add content to ``body``: where it does not fit, it scrolls.

    ``size`` is what the dialog likes to have, in pixels before zoom.
    """

    def __init__(self, window: QWidget, theme: Theme, title: str, size: tuple[int, int]) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._theme, self._likes, self._above = theme, size, window
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(20, 16, 20, 16)
        self.body.setSpacing(12)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Reach(inner))
        self.fit()

    def fit(self) -> None:
        """Take the size it likes at the present zoom, as far as the window has room."""
        px, window = self._theme.px, self._above.window()
        width, height = self._likes
        self.resize(
            min(px(width), window.width() - 2 * _MARGIN),
            min(px(height), window.height() - 2 * _MARGIN),
        )
