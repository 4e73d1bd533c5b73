"""The only bridge between the window and the core.

Commands run one after another on the store lane, never on the UI thread. When a burst of them
is done, one new ``Board`` is read on the same lane and announced.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from scoper.errors import ScoperError
from ui.garbage import uncollected
from ui.warm_up import WarmUp

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.snapshot import Changes
    from scoper.store import History, Store

Command = Callable[..., "Changes"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A board as the lane read it, with what can be undone and redone."""

    board: Board
    history: History
    changes: Changes | None
    path: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended: its result, or the error, and who waits for it."""

    result: Any
    error: BaseException | None
    done: Callable[[Any], None] | None
    failed: Callable[[ScoperError], None] | None


class Session(QObject):
    """An open portfolio and the lane that works on it.

    Signals: ``board_changed(board, changes)`` after every change (``changes`` is None when the
    whole portfolio is new), ``saved(time)`` once a change is on disk, ``closed()``,
    ``content_changed()`` when the library holds something else than before, ``failed(error)`` for
    errors a person can act on, ``crashed(exception)`` for bugs.
    """

    board_changed = Signal(object, object)
    saved = Signal(object)
    closed = Signal()
    content_changed = Signal()
    failed = Signal(object)
    crashed = Signal(object)
    _loaded = Signal(object)
    _ended = Signal(object)
    _through = Signal()

    def __init__(
        self,
        who: Callable[[], str],
        parent: QObject | None = None,
        *,
        pages: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.board: Board | None = None
        self.history: History | None = None
        self.path: Path | None = None
        self._who = who
        self._store: Store | None = None
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._lock = Lock()
        self._pending = 0
        self._awaited = 0
        self._ended_for_good = False
        self._unread: Changes | None = None
        self._seen = 0
        self._lane_board: Board | None = None
        self._in_full = False
        self._warm_up = WarmUp(self._submit, self._complete, pages, self)
        self._loaded.connect(self._announce, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._through.connect(self._count_down, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether something asked for is not done and shown yet."""
        return self._awaited > 0

    # ------------------------------------------------------------ opening

    def open(self, path: Path) -> None:
        """Open a portfolio file in place of the present one."""
        self._submit(lambda: self._open(path))

    def create(self, path: Path, *, title: str) -> None:
        """Make a new portfolio with the default criteria and open it."""
        self._submit(lambda: self._create(path, title))

    def create_sample(self, path: Path) -> None:
        """Make the sample portfolio and open it."""
        self._submit(lambda: self._create(path, None))

    def close(self) -> None:
        """Finish what was asked, then close the file and stop the lane; for good."""
        self._warm_up.stop()
        self._submit(self._close_store)
        self._ended_for_good = True
        self._lane.shutdown(wait=True)

    # ------------------------------------------------------------ changing

    def run(
        self,
        command: Command,
        *,
        done: Callable[[Any], None] | None = None,
        refused: Callable[[ScoperError], None] | None = None,
        **arguments: Any,
    ) -> None:
        """Run a command on the open portfolio.

        ``done`` gets its result once it is saved. ``refused`` gets the error when the command
        refuses its input; without it the error is announced by ``failed``.
        """
        self._submit(lambda: self._command(command, arguments), done, refused)

    def undo(self) -> None:
        """Take back the last step."""
        self._submit(lambda: self._changed(self._opened().undo()))

    def redo(self) -> None:
        """Repeat the step undone last."""
        self._submit(lambda: self._changed(self._opened().redo()))

    def ask(self, question: Callable[[Store], Any], done: Callable[[Any], None]) -> None:
        """Read something from the store on the lane and hand the answer to ``done``."""
        self._submit(lambda: question(self._opened()), done)

    def refresh(self) -> None:
        """Read the portfolio again if another program wrote to it."""
        if self.path is not None:
            self._submit(self._look)

    def judge_again(self) -> None:
        """Read the whole portfolio again, because content that its reports rest on has changed."""
        self.content_changed.emit()
        self._submit(self._read_anew)

    # ------------------------------------------------------------ on the lane

    def _submit(
        self,
        job: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[ScoperError], None] | None = None,
    ) -> None:
        if self._ended_for_good:
            return
        self._awaited += 1
        with self._lock:
            self._pending += 1
        self._lane.submit(self._work, job, done, failed)

    def _work(
        self,
        job: Callable[[], Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[ScoperError], None] | None,
    ) -> None:
        result, error = None, None
        try:
            result = job()
        except Exception as problem:  # noqa: BLE001 - handed to the UI thread
            error = problem
        self._ended.emit(Outcome(result, error, done, failed))
        with self._lock:
            self._pending -= 1
            last = self._pending == 0
        if last and self._unread is not None:
            self._reload()
        self._through.emit()

    def _command(self, command: Command, arguments: dict[str, Any]) -> Any:
        result = command(self._opened(), **arguments)
        self._changed(result[0] if isinstance(result, tuple) else result)
        return result

    def _changed(self, changes: Changes) -> Changes:
        from scoper.snapshot import Changes as Sum

        if changes:
            known = self._unread or changes
            self._unread = Sum(
                changes.label,
                known.entities | changes.entities,
                known.use_cases | changes.use_cases,
            )
            self.saved.emit(dt.datetime.now())
        return changes

    def _reload(self) -> None:
        changes, self._unread = self._unread, None
        try:
            self._read(changes)
        except Exception as problem:  # noqa: BLE001 - handed to the UI thread
            self._ended.emit(Outcome(None, problem, None, None))

    def _read(self, changes: Changes | None) -> None:
        from scoper.queries import load_board

        store = self._opened()
        with uncollected(keep=changes is None):
            self._lane_board = load_board(store, self._lane_board, changes, in_full=self._in_full)
        self._seen = store.stamp()
        self._loaded.emit(Loaded(self._lane_board, store.history(), changes, store.path))

    def _look(self) -> None:
        store = self._store
        if store is not None and store.stamp() != self._seen:
            self._read_anew()

    def _read_anew(self) -> None:
        self._lane_board = None
        self._read(None)

    def _complete(self) -> None:
        """Judge from now on also what needs the library, and announce what that changes."""
        from scoper.snapshot import Changes as Sum

        known, store = self._lane_board, self._store
        if known is None or store is None:
            return
        self._lane_board = board = known.completed()
        self._in_full = True
        judged = frozenset(key for key, steps in board.steps.items() if steps != known.steps[key])
        if judged:
            changes = Sum("", frozenset({"use_case"}), judged)
            self._loaded.emit(Loaded(board, store.history(), changes, store.path))

    def _open(self, path: Path) -> None:
        from scoper.store import Store

        self._use(Store.open(path, self._who()))

    def _create(self, path: Path, title: str | None) -> None:
        from scoper.commands import portfolios, samples
        from scoper.store import Store

        path.parent.mkdir(parents=True, exist_ok=True)
        store = Store.create(path, self._who())
        try:
            if title is None:
                samples.create_sample(store)
            else:
                portfolios.create(store, title=title)
        except BaseException:
            store.close()
            path.unlink(missing_ok=True)
            raise
        self._use(store)

    def _use(self, store: Store) -> None:
        previous = self._store, self._lane_board
        self._store, self._lane_board, self._unread = store, None, None
        try:
            self._read(None)
        except BaseException:
            self._store, self._lane_board = previous
            store.close()
            raise
        if previous[0] is not None:
            previous[0].close()

    def _opened(self) -> Store:
        if self._store is None:
            raise ScoperError("No portfolio is open.", "Open or create one first.")
        self._store.who = self._who()
        return self._store

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    # ------------------------------------------------------------ on the UI thread

    def _announce(self, loaded: Loaded) -> None:
        if self.board is None:
            self._warm_up.start()
        self.board, self.history, self.path = loaded.board, loaded.history, loaded.path
        self.board_changed.emit(loaded.board, loaded.changes)

    def _count_down(self) -> None:
        self._awaited -= 1

    def _finish(self, outcome: Outcome) -> None:
        error = outcome.error
        if error is None:
            if outcome.done:
                outcome.done(outcome.result)
        elif isinstance(error, ScoperError):
            (outcome.failed or self.failed.emit)(error)
        else:
            self.crashed.emit(error)
