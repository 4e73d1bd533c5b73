"""The icons of the set, drawn in the colours of the moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_FOLDER: Final = Path(__file__).parents[2] / "resources" / "icons"
_DISABLED: Final = 0.45
"""How opaque the icon of something is that cannot be used now."""


class TintedIcon(QIconEngine):
    """Draws an icon in what ``colour`` returns then: another theme needs no other icon."""

    def __init__(self, name: str, colour: Callable[[], str]) -> None:
        super().__init__()
        self._name, self._colour = name, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into ``rect``."""
        scale = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size() * scale, mode, state, scale))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon in a size."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """Return the icon in a size in pixels of the screen."""
        opacity = _DISABLED if mode is QIcon.Mode.Disabled else 1.0
        return _drawn(self._name, self._colour(), size.width(), size.height(), opacity)

    def clone(self) -> QIconEngine:
        """Return another that draws the same."""
        return TintedIcon(self._name, self._colour)


def tinted(name: str, colour: str) -> bytes:
    """Return the file of an icon in a colour."""
    source = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return source.replace("currentColor", colour).encode()


@cache
def _drawn(name: str, colour: str, width: int, height: int, opacity: float) -> QPixmap:
    pixmap = QPixmap(max(1, width), max(1, height))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    QSvgRenderer(QByteArray(tinted(name, colour))).render(painter)
    painter.end()
    return pixmap
