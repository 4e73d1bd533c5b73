"""Keeps what is shown as it is while a mouse button is pressed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

_LOOK_AGAIN = 15
"""Milliseconds after which to look whether the button is still pressed."""


class Calm(QObject):
    """Passes news on in their order, but none between the press and the release of a click.

    A press takes the cursor out of the field that was typed into, which saves it. What is shown
    of that would otherwise replace or move what is being clicked before the button is released.
    """

    _posted = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self, singleShot=True, interval=_LOOK_AGAIN)
        self._timer.timeout.connect(self._pass_on)
        self._posted.connect(self.pass_on, Qt.ConnectionType.QueuedConnection)

    def post(self, news: Callable[[], object]) -> None:
        """Have ``news`` passed on by the UI thread; to be called from any thread."""
        self._posted.emit(news)

    def pass_on(self, news: Callable[[], object]) -> None:
        """Call ``news`` as soon as no button is pressed."""
        self._waiting.append(news)
        if not self._timer.isActive():
            self._pass_on()

    def _pass_on(self) -> None:
        while self._waiting:
            if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
                self._timer.start()
                return
            self._waiting.popleft()()
