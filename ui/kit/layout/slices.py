"""Work in pieces, so that the window answers in between."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal


class Slices(QObject):
    """Jobs done in order, one in each turn of the event loop.

    ``done`` is emitted when the last one is through. What is asked of a widget that is still
    waiting for its turn calls ``finish`` first.
    """

    done = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._turn)

    @property
    def is_waiting(self) -> bool:
        """Whether a job is left."""
        return bool(self._jobs)

    def add(self, job: Callable[[], object]) -> None:
        """Do ``job`` in a later turn; it may add others."""
        self._jobs.append(job)
        if not self._timer.isActive():
            self._timer.start()

    def finish(self) -> None:
        """Do everything that is left now."""
        if not self._jobs:
            return
        while self._jobs:
            self._jobs.popleft()()
        self._timer.stop()
        self.done.emit()

    def _turn(self) -> None:
        self._jobs.popleft()()
        if self._jobs:
            self._timer.start()
        else:
            self.done.emit()
