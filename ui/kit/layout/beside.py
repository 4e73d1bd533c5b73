"""What helps beside the main thing, and folds away where room gets short."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui.kit.basics import button
from ui.kit.look.theme import Theme

_GAP = 14


class Beside(QSplitter):
    """A main part with a panel at its right. Lengths are in pixels, before zoom.

    The panel takes ``share`` of the width, or what was dragged, and ``wide`` at least. Where that
    would leave the main part less than ``least`` it folds away: ``toggle``, which the page
    places, then shows it in place of the main part. It folds also where the main part is ``whole``
    only without it.
    """

    def __init__(
        self,
        theme: Theme,
        main: QWidget,
        side: QWidget,
        *,
        name: str,
        least: int,
        wide: int,
        share: float = 0.0,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme, self._main, self._side = theme, main, side
        self._least, self._wide, self._share = least, wide, share
        self._whole = 0
        self.toggle = button(name, tip=f"{name}: shown here instead")
        self.toggle.setCheckable(True)
        self.toggle.setProperty("segment", True)
        self.toggle.toggled.connect(lambda _: self._arrange())
        self.toggle.hide()
        self.setChildrenCollapsible(False)
        self.setHandleWidth(_GAP)
        self.addWidget(main)
        self.addWidget(side)
        self.splitterMoved.connect(self._dragged)
        theme.changed.connect(self._arrange)

    @property
    def is_folded(self) -> bool:
        """Whether there is no room for both."""
        px, beside = self._theme.px, self._theme.px(self._wide) + _GAP
        if px(self._whole) <= self.width() < px(self._whole) + beside:
            return True
        return self.width() < px(self._least) + beside

    def set_whole(self, width: int) -> None:
        """Take note of the width that shows all of the main part."""
        if width != self._whole:
            self._whole = width
            self._arrange()

    def show_side(self, on: bool = True) -> None:
        """Have the panel in view, or the main part."""
        self.toggle.setChecked(on and self.is_folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Offer the panel where it is folded."""
        super().showEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        """Offer nothing while something else is shown."""
        super().hideEvent(event)
        self.toggle.hide()

    def _arrange(self) -> None:
        folded = self.is_folded
        self._main.setVisible(not (folded and self.toggle.isChecked()))
        self._side.setVisible(not folded or self.toggle.isChecked())
        if self.toggle.parentWidget():
            self.toggle.setVisible(folded and not self.isHidden())
        if not folded:
            px, most = self._theme.px, self.width() - _GAP - self._theme.px(self._least)
            side = max(px(self._wide), min(round(self.width() * self._share), most))
            self.setSizes([self.width() - _GAP - side, side])

    def _dragged(self, place: int, _: int) -> None:
        self._share = 1 - place / max(1, self.width())
