"""Work that needs no store and of which only the newest counts, off the UI thread.

A document to draft, the preview of an import, a reading of the library: none of it waits in the
lane of the store, and no save waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from scoper.errors import Cancelled, ScoperError
from ui.bridge.calm import Calm
from ui.bridge.owner import while_there

T = TypeVar("T")
Check = Callable[[], None]
"""Raises ``Cancelled`` once the answer is no longer wanted."""
WORKERS = 2
"""Questions of so many owners are worked on at once: a long one does not hold up all others."""


@dataclass(slots=True, eq=False)
class _Question:
    owner: QObject
    work: Callable[[Check], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None] | None
    is_wanted: bool = True
    is_due: bool = False

    def check(self) -> None:
        if not self.is_wanted:
            raise Cancelled("Cancelled")


class Latest(QObject):
    """Answers the newest question of each owner; answers to older ones are dropped.

    An owner is the page, form or dialog that asks; once it has gone, nobody is told. Only one of
    its questions is worked on at a time. Signals: ``failed(error)`` for errors a person can act on
    and that the owner does not take, ``crashed(exception)`` for bugs.
    """

    failed = Signal(object)
    crashed = Signal(object)
    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="latest")
        self._newest: dict[QObject, _Question] = {}
        self._working: set[QObject] = set()
        self._calm = Calm(self)
        self._is_closed = False
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._newest)

    def ask(
        self,
        owner: QObject,
        work: Callable[[Check], T],
        done: Callable[[T], object],
        *,
        failed: Callable[[Exception], object] | None = None,
        delay: int = 0,
    ) -> None:
        """Have ``work`` done in place of what the owner asked before, and hand on its result.

        ``work`` gets a ``Check`` to call now and then. ``failed`` gets what it raises, of bugs
        only after they were announced. It starts after ``delay`` milliseconds, so that quick
        changes cost one answer.
        """
        self.forget(owner)
        if self._is_closed:
            return
        question = _Question(
            owner, work, while_there(owner, done), failed and while_there(owner, failed)
        )
        self._newest[owner] = question
        if delay:
            QTimer.singleShot(delay, self, partial(self._start, question))
        else:
            self._start(question)

    def forget(self, owner: QObject) -> None:
        """Drop what an owner asked."""
        question = self._newest.pop(owner, None)
        if question is not None:
            question.is_wanted = False

    def close(self) -> None:
        """Drop what was asked and stop, for good."""
        self._is_closed = True
        for owner in list(self._newest):
            self.forget(owner)
        self._lane.shutdown(wait=True, cancel_futures=True)

    def _start(self, question: _Question) -> None:
        question.is_due = True
        if question.is_wanted and question.owner not in self._working:
            self._working.add(question.owner)
            self._lane.submit(self._work, question)

    def _work(self, question: _Question) -> None:
        result, error = None, None
        try:
            question.check()
            result = question.work(question.check)
        except Exception as problem:  # noqa: BLE001 - handed to the UI thread
            error = problem
        self._ended.emit(question, result, error)

    def _finish(self, question: _Question, result: Any, error: Exception | None) -> None:
        self._working.discard(question.owner)
        newer = self._newest.get(question.owner)
        if newer is not question:
            if newer is not None and newer.is_due:
                self._start(newer)
        else:
            self._calm.pass_on(partial(self._tell, question, result, error))

    def _tell(self, question: _Question, result: Any, error: Exception | None) -> None:
        if not question.is_wanted:
            return
        del self._newest[question.owner]
        if error is None:
            question.done(result)
            return
        if not isinstance(error, ScoperError):
            self.crashed.emit(error)
        if question.failed:
            question.failed(error)
        elif isinstance(error, ScoperError):
            self.failed.emit(error)
