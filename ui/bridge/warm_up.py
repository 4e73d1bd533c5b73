"""Imports in the background what the next edits and pages need, and has the board completed.

Threads share one interpreter, and every cell that is painted meanwhile must get hold of it. So
modules are imported one at a time with pauses between, and the importing thread gives way soon.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from ui.bridge.garbage import uncollected

EDITS = (
    "pydantic",
    "sqlalchemy.orm",
    "sqlmodel",
    "scoper.library",
    "scoper.model",
    "scoper.commands.use_cases",
)
FIRST_AFTER = 400
NEXT_AFTER = 60
"""Milliseconds after the first board, and after the import before."""

GIVES_WAY_AFTER = 1e-4
"""Seconds the importing thread keeps the interpreter while another one waits (else 5e-3)."""


class Submit(Protocol):
    """How a job is handed to the store's lane: ``done`` is called on the UI thread."""

    def __call__(self, job: Callable[[], object], done: Callable[[object], None], /) -> None: ...


class WarmUp(QObject):
    """Has the store's lane import modules, so that a command may come between any two.

    ``complete`` is called there once what edits need is imported, before the pages.
    """

    def __init__(
        self,
        submit: Submit,
        complete: Callable[[], object],
        pages: Sequence[str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._submit = submit
        self._waiting: list[Callable[[], object]] = [
            *(partial(import_module, module) for module in EDITS),
            complete,
            *(partial(import_module, module) for module in pages),
        ]
        self._timer = QTimer(self, singleShot=True, interval=FIRST_AFTER)
        self._timer.timeout.connect(self._next)

    @property
    def waiting(self) -> int:
        """How many jobs are still to come."""
        return len(self._waiting)

    def start(self) -> None:
        """Begin a moment from now, once what was asked for is on the screen."""
        self._timer.start()

    def stop(self) -> None:
        """Do nothing more."""
        self._timer.stop()
        self._waiting.clear()

    def _next(self) -> None:
        if self._waiting:
            job = self._waiting.pop(0)
            last = not self._waiting
            self._submit(lambda: run_gently(job, last=last), lambda _: self._go_on())

    def _go_on(self) -> None:
        self._timer.start(NEXT_AFTER)


def run_gently(job: Callable[[], object], *, last: bool) -> None:
    """Do ``job`` giving way to the window; what is there after the ``last`` one is to stay."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(GIVES_WAY_AFTER)
    try:
        with uncollected(keep=last):
            job()
    finally:
        sys.setswitchinterval(usual)
