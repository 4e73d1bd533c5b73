"""Long work on frozen values, off the UI thread, with progress and Cancel."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from scoper.errors import Cancelled, ScoperError
from ui.bridge.owner import T, while_there
from ui.kit.basics import label

Progress = Callable[[int, int], None]
SHOW_AFTER = 300
"""Milliseconds before progress is shown."""


class Tasks(QObject):
    """The work lane. ``failed`` and ``crashed`` announce errors nobody else takes."""

    failed = Signal(object)
    crashed = Signal(object)
    _ended = Signal(object, object, object)
    _progressed = Signal(int, int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._stop = Event()
        self._dialog: QProgressDialog | None = None
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, singleShot=True, interval=SHOW_AFTER)
        self._timer.timeout.connect(self._show)
        self._label = ""
        self._running = 0

    @property
    def busy(self) -> bool:
        """Whether something is not done yet."""
        return self._running > 0

    def run(
        self,
        owner: QObject,
        label: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
    ) -> None:
        """Run ``work`` and hand its result to ``done``, unless its owner has gone by then.

        Without a label no progress is shown: for what is short and cannot be cancelled.

        ``work`` gets a function to report (done, total) with; it raises ``Cancelled`` once the
        person has cancelled.
        """
        self._stop.clear()
        self._label = label or self._label
        if label:
            self._timer.start()
        self._running += 1
        self._lane.submit(self._work, work, while_there(owner, done))

    def close(self) -> None:
        """Cancel what runs and stop the lane."""
        self._stop.set()
        self._timer.stop()
        self._lane.shutdown(wait=True)

    def _work(self, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        def report(count: int, total: int) -> None:
            if self._stop.is_set():
                raise Cancelled("Cancelled")
            self._progressed.emit(count, total)

        try:
            self._ended.emit(work(report), None, done)
        except Exception as error:  # noqa: BLE001 - handed to the UI thread
            self._ended.emit(None, error, done)

    def _show(self) -> None:
        self._dialog = QProgressDialog("", "Cancel", 0, 0, self._window)
        self._dialog.setLabel(label(self._label))
        self._dialog.setWindowTitle("Scoper")
        self._dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self._dialog.setAutoClose(False)
        self._dialog.setAutoReset(False)
        self._dialog.canceled.connect(self._stop.set)
        self._dialog.show()

    def _show_progress(self, count: int, total: int) -> None:
        if self._dialog:
            self._dialog.setMaximum(total)
            self._dialog.setValue(count)

    def _finish(self, result: Any, error: Exception | None, done: Callable[[Any], None]) -> None:
        self._running -= 1
        self._timer.stop()
        if self._dialog:
            self._dialog.canceled.disconnect(self._stop.set)
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None
        if error is None:
            done(result)
        elif isinstance(error, ScoperError):
            if not isinstance(error, Cancelled):
                self.failed.emit(error)
        else:
            self.crashed.emit(error)
