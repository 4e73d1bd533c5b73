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

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._runs: list[_Run] = []

    @property
    def busy(self) -> bool:
        """Whether something is not done yet."""
        return bool(self._runs)

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
        run = _Run(self._window, label, work, while_there(owner, done))
        run.ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._runs.append(run)
        self._lane.submit(run.work)

    def close(self) -> None:
        """Cancel what runs and stop the lane."""
        for run in self._runs:
            run.stop.set()
        self._lane.shutdown(wait=True)

    def _finish(self, run: _Run, result: Any, error: Exception | None) -> None:
        self._runs.remove(run)
        run.close()
        if error is None:
            run.done(result)
        elif not isinstance(error, ScoperError):
            self.crashed.emit(error)
        elif not isinstance(error, Cancelled):
            self.failed.emit(error)


class _Run(QObject):
    """One piece of work, with its own progress and Cancel.

    Signals: ``ended(run, result, error)``.
    """

    ended = Signal(object, object, object)
    _began = Signal()
    _progressed = Signal(int, int)

    def __init__(
        self,
        window: QWidget,
        title: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
    ) -> None:
        super().__init__(window)
        self.stop = Event()
        self.done = done
        self._window, self._title, self._work = window, title, work
        self._dialog: QProgressDialog | None = None
        self._timer = QTimer(self, singleShot=True, interval=SHOW_AFTER)
        self._timer.timeout.connect(self._show)
        if title:
            self._began.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    def work(self) -> None:
        """Do the work; on the lane."""
        self._began.emit()
        try:
            self.ended.emit(self, self._work(self._report), None)
        except Exception as error:  # noqa: BLE001 - handed to the UI thread
            self.ended.emit(self, None, error)

    def close(self) -> None:
        """Take progress away."""
        self._timer.stop()
        if self._dialog:
            self._dialog.canceled.disconnect(self.stop.set)
            self._dialog.close()
            self._dialog.deleteLater()
        self.deleteLater()

    def _report(self, count: int, total: int) -> None:
        if self.stop.is_set():
            raise Cancelled("Cancelled")
        self._progressed.emit(count, total)

    def _show(self) -> None:
        self._dialog = QProgressDialog("", "Cancel", 0, 0, self._window)
        self._dialog.setLabel(label(self._title))
        self._dialog.setWindowTitle("Scoper")
        self._dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self._dialog.setAutoClose(False)
        self._dialog.setAutoReset(False)
        self._dialog.canceled.connect(self.stop.set)
        self._dialog.show()

    def _show_progress(self, count: int, total: int) -> None:
        if self._dialog:
            self._dialog.setMaximum(total)
            self._dialog.setValue(count)
