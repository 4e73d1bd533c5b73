"""The only bridge between the window and the core.

Commands run one after another on the store lane, never on the UI thread. When a burst of them
is done, one new ``Board`` is read on the same lane and announced. What was typed into a field and
cannot be saved now is kept, in its order, and tried again until it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from scoper.errors import FileGone, NotSaved, Overtaken, ScoperError, StorageError
from ui.calm import Calm
from ui.edits import Asker, Edit, Outcome, Saving
from ui.garbage import uncollected
from ui.outbox import Outbox
from ui.warm_up import WarmUp

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.snapshot import Changes
    from scoper.store import History, Store

Command = Callable[..., "Changes"]

LOOK_EVERY = 1_000
"""Milliseconds between two looks at what others have changed, and two tries to save."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A board as the lane read it, with what can be undone and redone.

    ``is_another`` is true where a portfolio was opened in place of the one before.
    """

    board: Board
    history: History
    changes: Changes | None
    path: Path
    is_another: bool = False


class Session(QObject):
    """An open portfolio and the lane that works on it.

    Signals: ``opened()`` when a portfolio was opened, before its first board is announced,
    ``board_changed(board, changes)`` after every change (``changes`` is None when the
    whole portfolio is new), ``saved(time)`` once a change is on disk, ``closed()``,
    ``content_changed()`` when the library holds something else than before, ``failed(error)`` for
    errors a person can act on, ``crashed(exception)`` for bugs. ``saving_changed()`` when
    ``saving`` has: what is not saved yet and why. ``overtaken(edit, error)`` when somebody has
    changed the field of an edit since it began; ``choose`` says which of the two values stays.
    """

    opened = Signal()
    board_changed = Signal(object, object)
    saved = Signal(object)
    closed = Signal()
    content_changed = Signal()
    failed = Signal(object)
    crashed = Signal(object)
    saving_changed = Signal()
    overtaken = Signal(object, object)
    _told = Signal(object)
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
        self._revision = 0
        self.saving = Saving()
        self._outbox = Outbox(self._command, self._ended.emit, self._told.emit)
        self._lane_board: Board | None = None
        self._in_full = False
        self._warm_up = WarmUp(self._submit, self._complete, pages, self)
        self._calm = Calm(self)
        self._loaded.connect(self._announce, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._through.connect(self._count_down, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._take_note, Qt.ConnectionType.QueuedConnection)
        self._clock = QTimer(self, interval=LOOK_EVERY)
        self._clock.timeout.connect(self.refresh)

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

    def move_to(self, path: Path) -> None:
        """Save everything to ``path``, with what was typed and is not saved yet; go on there."""
        self._submit(lambda: self._move_to(path))

    def settle(self, seconds: float) -> Saving:
        """Wait until what was asked is done, and return how far it is saved by then."""
        try:
            self._lane.submit(self._look).result(seconds)
        except TimeoutError:
            return replace(self.saving, waits=True)
        return self._outbox.saving

    def close(self) -> None:
        """Finish what was asked, then close the file and stop the lane; for good.

        What cannot be saved by then is gone: ``settle`` tells beforehand.
        """
        self._warm_up.stop()
        self._clock.stop()
        self.stop_waiting()
        self._submit(self._close_store)
        self._ended_for_good = True
        self._lane.shutdown(wait=True)

    # ------------------------------------------------------------ changing

    def run(
        self,
        command: Command,
        *,
        done: Callable[[Any], object] | None = None,
        refused: Callable[[ScoperError], object] | None = None,
        asker: Asker | None = None,
        **arguments: Any,
    ) -> None:
        """Run a command on the open portfolio.

        ``done`` gets its result once it is saved. ``refused`` gets the error when the command
        refuses its input; without it the error is announced by ``failed``. What a field asks for
        (``asker``) is kept and tried again where it cannot be saved now.
        """
        self._ask(Edit(command, arguments, done, refused, asker))

    def choose(self, edit: Edit, error: Overtaken, *, mine: bool) -> None:
        """Settle a conflict: save what was entered after all, or leave what others entered."""
        asker = edit.asker
        if asker and asker.chosen:
            asker.chosen(error, mine)
        elif mine:
            self._ask(edit.having_seen(error.theirs))
        elif asker:
            asker.dropped()
        self._submit(self._look)
        self._submit(lambda: None, lambda _: self._show_again())

    def stop_waiting(self) -> None:
        """Give up waiting for another program: what was typed is kept and tried again."""
        self._outbox.give_up()

    def try_again(self) -> None:
        """Try at once to save what is not saved yet."""
        self._submit(self._outbox.save)

    def discard(self) -> None:
        """Drop what is not saved yet."""
        self._submit(self._outbox.clear)

    def undo(self) -> None:
        """Take back what was typed last and is not saved yet, or else the last step."""
        self._submit(self._undo)

    def redo(self) -> None:
        """Repeat the step undone last."""
        self._submit(lambda: self._changed(self._opened().redo()))

    def ask(self, question: Callable[[Store], Any], done: Callable[[Any], None]) -> None:
        """Read something from the store on the lane and hand the answer to ``done``."""
        self._submit(lambda: question(self._opened()), done)

    def refresh(self) -> None:
        """Read what others have changed, and try again to save what is not saved yet."""
        if self.path is not None and not self._pending:
            self._submit(self._look, quiet=True)

    def judge_again(self) -> None:
        """Read the whole portfolio again, because content that its reports rest on has changed."""
        self.content_changed.emit()
        self._submit(self._read_anew)

    # ------------------------------------------------------------ on the lane

    def _ask(self, edit: Edit) -> None:
        self._submit(lambda: self._outbox.take(edit))

    def _submit(
        self,
        job: Callable[[], Any],
        done: Callable[[Any], object] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        if self._ended_for_good:
            return
        self._awaited += not quiet
        with self._lock:
            self._pending += 1
        self._lane.submit(self._work, Edit(job, done=done), quiet)

    def _work(self, job: Edit, quiet: bool) -> None:
        try:
            outcome = Outcome(job, job.command())
        except Exception as problem:  # noqa: BLE001 - handed to the UI thread
            if isinstance(problem, FileGone):
                self._outbox.file_is(problem)
            outcome = Outcome(job, error=problem)
        self._ended.emit(outcome)
        with self._lock:
            self._pending -= 1
            last = self._pending == 0
        if last and self._unread is not None:
            self._reload()
        self._outbox.done()
        if not quiet:
            self._through.emit()

    def _command(self, edit: Edit) -> Any:
        store = self._opened()
        with store.burst(edit.asker.burst if edit.asker else None):
            result = edit.command(store, **edit.arguments)
        self._changed(result[0] if isinstance(result, tuple) else result)
        return result

    def _undo(self) -> None:
        self._outbox.save()
        if not self._outbox.take_back():
            self._changed(self._opened().undo())

    def _changed(self, changes: Changes) -> Changes:
        if changes:
            self._unread = _sum(changes, self._unread or changes)
            self.saved.emit(dt.datetime.now())
        return changes

    def _reload(self) -> None:
        changes, self._unread = self._unread, None
        try:
            self._read(changes)
        except NotSaved:
            self._unread = changes
        except Exception as problem:  # noqa: BLE001 - handed to the UI thread
            self._ended.emit(Outcome(Edit(self._reload), error=problem))

    def _read(self, changes: Changes | None, *, is_another: bool = False) -> None:
        from scoper.queries import load_board

        store = self._opened()
        stamp, revision = store.stamp(), store.revision()
        if changes is not None and stamp != self._seen:
            changes = _sum(changes, store.changes_since(self._revision))
        known = self._lane_board if changes is not None else None
        with uncollected(keep=changes is None):
            self._lane_board = load_board(store, known, changes, in_full=self._in_full)
        self._seen, self._revision = stamp, revision
        board, history = self._lane_board, store.history()
        self._loaded.emit(Loaded(board, history, changes, store.path, is_another))

    def _look(self) -> None:
        """Take in what others have changed, and try to save what waits."""
        store = self._store
        if store is None:
            return
        try:
            stamp = store.stamp()
            self._outbox.file_is(None)
            if stamp != self._seen:
                changes = store.changes_since(self._revision)
                self._seen = stamp if changes is not None and not changes else self._seen
                if changes is None or changes:
                    self._read(changes)
        except FileGone as problem:
            self._outbox.file_is(problem)
        except NotSaved:
            return
        self._outbox.save()

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
        self._outbox.clear()

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
        self._outbox.clear()

    def _use(self, store: Store, *, is_another: bool = True) -> None:
        store.patience = self._outbox.patience
        previous = self._store, self._lane_board
        self._store, self._lane_board, self._unread = store, None, None
        try:
            self._read(None, is_another=is_another)
        except BaseException:
            self._store, self._lane_board = previous
            store.close()
            raise
        if previous[0] is not None:
            previous[0].close()

    def _move_to(self, path: Path) -> None:
        from scoper.store import Store

        board = self._lane_board
        try:
            self._opened().backup(path)
        except StorageError:
            if board is None:
                raise
            from scoper.commands.rescue import rescue

            path.unlink(missing_ok=True)
            rescue(board.portfolio, path, self._who())
        store = Store.open(path, self._who())
        self._use(store, is_another=False)
        store.take_over()
        self._outbox.file_is(None)
        self._outbox.save()
        self._read(None)

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
        self._calm.pass_on(partial(self._show, loaded))

    def _show(self, loaded: Loaded) -> None:
        if self.board is None:
            self._warm_up.start()
        self.board, self.history, self.path = loaded.board, loaded.history, loaded.path
        self._clock.start()
        if loaded.is_another:
            self.opened.emit()
        self.board_changed.emit(loaded.board, loaded.changes)

    def _show_again(self) -> None:
        from scoper.snapshot import Changes as Sum

        if self.board is not None:
            self.board_changed.emit(self.board, Sum(""))

    def _count_down(self) -> None:
        self._calm.pass_on(self._one_less)

    def _one_less(self) -> None:
        self._awaited -= 1

    def _take_note(self, saving: Saving) -> None:
        self._calm.pass_on(partial(self._note, saving))

    def _note(self, saving: Saving) -> None:
        if saving != self.saving:
            self.saving = saving
            self.saving_changed.emit()

    def _finish(self, outcome: Outcome) -> None:
        self._calm.pass_on(partial(self._tell, outcome))

    def _tell(self, outcome: Outcome) -> None:
        edit, error = outcome.edit, outcome.error
        asker = edit.asker
        if error is None:
            if asker:
                asker.settled()
            if edit.done:
                edit.done(outcome.result)
        elif isinstance(error, Overtaken) and asker:
            self.overtaken.emit(edit, error)
        elif isinstance(error, ScoperError):
            if asker and asker.refused(str(error)):
                return
            (edit.refused or self.failed.emit)(error)
        else:
            self.crashed.emit(error)


def _sum(one: Changes, other: Changes | None) -> Changes | None:
    """Return what both changed, under the name of the first; None where either is everything."""
    from scoper.snapshot import Changes as Sum

    if other is None:
        return None
    return Sum(one.label, one.entities | other.entities, one.use_cases | other.use_cases)
