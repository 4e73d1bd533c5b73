"""The newest of many questions, answered off the UI thread; answers to older ones are dropped."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from scoper.errors import Cancelled

Check = Callable[[], None]
"""Raises ``Cancelled`` once the answer is no longer wanted."""
Lane = Callable[[Callable[[Any], None]], object]
"""Runs a job on another thread and hands it what it works on, such as the store."""


class Latest(QObject):
    """Asks a moment after the last change, so that quick changes cost one answer.

    Signals: ``answered(result)`` and ``failed(exception)``, for the newest question only.
    """

    answered = Signal(object)
    failed = Signal(object)
    _ended = Signal(int, object, object)

    def __init__(self, parent: QObject, delay: int = 120) -> None:
        super().__init__(parent)
        self._own = ThreadPoolExecutor(max_workers=1, thread_name_prefix="latest")
        self._number = 0
        self._start: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True, interval=delay)
        self._timer.timeout.connect(lambda: self._start and self._start())
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    def ask(self, work: Callable[[Check, Any], Any], lane: Lane | None = None) -> None:
        """Have ``work`` done in place of what was asked before.

        It gets a ``Check`` to call now and then, and what ``lane`` hands it: None without one.
        """
        self._number += 1
        job = partial(self._run, self._number, work)
        run = lane or (lambda job: self._own.submit(job, None))
        self._start = lambda: run(job)
        self._timer.start()

    def forget(self) -> None:
        """Drop what was asked."""
        self._number += 1
        self._timer.stop()

    def close(self) -> None:
        """Drop what was asked and stop."""
        self.forget()
        self._own.shutdown(wait=False, cancel_futures=True)

    def _run(self, number: int, work: Callable[[Check, Any], Any], given: Any) -> None:
        def check() -> None:
            if number != self._number:
                raise Cancelled("Cancelled")

        result, error = None, None
        try:
            check()
            result = work(check, given)
        except Exception as problem:  # noqa: BLE001 - handed to the UI thread
            error = problem
        with contextlib.suppress(RuntimeError):  # the asker is gone
            self._ended.emit(number, result, error)

    def _finish(self, number: int, result: Any, error: Exception | None) -> None:
        if number != self._number or isinstance(error, Cancelled):
            return
        if error is None:
            self.answered.emit(result)
        else:
            self.failed.emit(error)
