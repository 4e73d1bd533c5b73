"""What was typed and cannot be saved now: kept in its order and tried again until it is.

It lives on the store lane; the window gets to see ``Saving``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from typing import Any

from scoper.errors import FileGone, StorageError
from ui.bridge.edits import Edit, Outcome, Saving

_SHORT_WAIT = 1.0
"""Seconds to wait for another program before the wait is shown."""


class Outbox:
    """Says which edits are to be tried, and keeps those of fields that cannot be saved.

    ``end`` tells how an edit ended that was not saved, and ``tell`` how far everything is.
    ``blocked`` is set while another program keeps the file from being read.
    """

    def __init__(self, end: Callable[[Outcome], object], tell: Callable[[Saving], object]) -> None:
        self._end, self._tell = end, tell
        self._waiting: list[Edit[Any]] = []
        self._unread: list[Edit[Any]] = []
        self._reason: StorageError | None = None
        self._lost: StorageError | None = None
        self.blocked = False
        self._waits = False
        self._gives_up = Event()
        self._leaves = False

    def __bool__(self) -> bool:
        """Whether something is not saved yet."""
        return bool(self._waiting)

    @property
    def saving(self) -> Saving:
        """How far what was entered is saved."""
        waiting = tuple(self._waiting)
        waits = self._waits or self.blocked
        return Saving(waiting, self._reason if waiting else None, self._lost, waits)

    def due(self, newest: Edit[Any] | None = None) -> Iterator[Edit[Any]]:
        """Yield what is to be tried now: what waits, as long as it is saved, then the newest.

        Where something still has to wait, the newest waits with it.
        """
        while self._waiting and not (newest and self._leaves):
            first = self._waiting[0]
            yield first
            if self._waiting and self._waiting[0] is first:
                break
        if newest is None:
            return
        if not self._waiting:
            yield newest
        elif newest.asker:
            self._keep(newest)
        else:
            self._end(Outcome(newest, error=self._reason))

    @contextmanager
    def trying(self, edit: Edit[Any]) -> Iterator[None]:
        """Take note of how it ends when an edit is done within; keep it if it cannot be saved."""
        try:
            yield
        except StorageError as problem:
            self._reason = problem
            self._lost = problem if isinstance(problem, FileGone) else None
            if edit.asker:
                self._keep(edit)
                return
            self._end(Outcome(edit, error=problem))
        except Exception as problem:  # noqa: BLE001 - handed to the UI thread
            self._end(Outcome(edit, error=problem))
        if edit in self._waiting:
            self._waiting.remove(edit)
            self._unread.append(edit)

    def take_back(self) -> bool:
        """Drop what was typed last and is not saved yet; return whether there was any."""
        return bool(self._waiting and self._waiting.pop())

    def clear(self) -> None:
        """Drop all that waits."""
        self._waiting.clear()

    def file_is(self, lost: StorageError | None) -> None:
        """Take note of why the file cannot be used any more; None while it can."""
        self._lost = lost

    # ------------------------------------------------------------ other programs that write

    def patience(self, waited: float) -> bool:
        """Say whether to go on waiting for another program; show a wait that takes longer."""
        if waited >= _SHORT_WAIT and not self._waits:
            self._gives_up.clear()
            self._waits = True
            self.report()
        return not (self._waiting or self._gives_up.is_set())

    def give_up(self, *, for_good: bool = False) -> None:
        """End the present wait, or try nothing more once something fails; from any thread."""
        self._leaves = for_good
        self._gives_up.set()

    def done(self, *, read: bool) -> None:
        """Take note that the present job has ended, and report.

        Until the board was ``read`` again, what is saved by now is still told as waiting: what
        shows it would otherwise show for a moment what was there before.
        """
        self._waits = False
        if read:
            self._unread.clear()
        self.report()

    def report(self) -> None:
        """Tell how far what was entered is saved."""
        now = self.saving
        self._tell(replace(now, unsaved=(*self._unread, *now.unsaved)))

    # ------------------------------------------------------------ parts

    def _keep(self, edit: Edit[Any]) -> None:
        """Have an edit tried again later, in place of an older one that it only goes on from."""
        if edit in self._waiting:
            return
        last = self._waiting[-1].asker if self._waiting else None
        if last and edit.asker and last.place == edit.asker.place:
            edit = edit.going_on_from(self._waiting.pop())
        self._waiting.append(edit)
