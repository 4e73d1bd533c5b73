"""The open portfolio as the store lane sees it; nothing here is called from the UI thread.

When a burst of commands is done, one new ``Board`` is read and handed over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoper.errors import FileGone, NotSaved, ScoperError, StorageError
from ui.bridge.edits import Edit, Outcome, Saving
from ui.bridge.garbage import uncollected
from ui.bridge.outbox import Outbox

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.library.registry import Library
    from scoper.snapshot import Changes
    from scoper.store import History, Store


@dataclass(frozen=True, slots=True)
class Loaded:
    """A board as the lane read it, with what can be undone and redone.

    ``is_another`` is true where a portfolio was opened in place of the one before, and
    ``has_new_content`` where the library holds something else than for the board before.
    ``upgraded_from`` is the schema of a file that was brought up to date when it was opened.
    """

    board: Board
    history: History
    changes: Changes
    path: Path
    is_another: bool = False
    has_new_content: bool = False
    upgraded_from: int | None = None


class OpenPortfolio:
    """The store that is open, the board read last, and the edits that wait to be saved.

    ``loaded`` is handed each new board, ``ended`` how each edit ended, ``told`` how far everything
    is saved, and ``saved`` when a change was written.
    """

    def __init__(
        self,
        who: Callable[[], str],
        *,
        loaded: Callable[[Loaded], object],
        ended: Callable[[Outcome], object],
        told: Callable[[Saving], object],
        saved: Callable[[dt.datetime], object],
    ) -> None:
        self._who, self._loaded, self._ended, self._saved = who, loaded, ended, saved
        self.outbox = Outbox(ended, told)
        self._store: Store | None = None
        self._board: Board | None = None
        self._unread: Changes | None = None
        self._seen = 0
        self._revision = 0
        self._in_full = False
        self._content: Library | None = None

    @property
    def store(self) -> Store:
        """The store, with the name of who works on it now.

        Raises:
            ScoperError: no portfolio is open.
        """
        if self._store is None:
            raise ScoperError("No portfolio is open.", "Open or create one first.")
        self._store.who = self._who()
        return self._store

    # ------------------------------------------------------------ opening

    def open(self, path: Path) -> None:
        """Open a portfolio file in place of the present one."""
        with uncollected():
            from scoper.store import Store

            self._use(Store.open(path, self._who()))
        self.outbox.clear()

    def create(self, path: Path, title: str | None) -> None:
        """Make a portfolio and open it; without a title the sample."""
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
        self.outbox.clear()

    def move_to(self, path: Path) -> None:
        """Save everything to ``path``, from memory where the file is lost, and go on there."""
        from scoper.store import Store

        board = self._board
        try:
            self.store.backup(path)
        except StorageError:
            if board is None:
                raise
            from scoper.commands.rescue import rescue

            path.unlink(missing_ok=True)
            rescue(board.portfolio, path, self._who())
        store = Store.open(path, self._who())
        self._use(store, is_another=False)
        store.take_over()
        self.outbox.file_is(None)
        self.save()
        self._read(None)

    def close(self) -> None:
        """Close the file."""
        if self._store is not None:
            self._store.close()
            self._store = None

    # ------------------------------------------------------------ changing and reading

    def save(self, newest: Edit[Any] | None = None) -> None:
        """Do the edits that wait, then the newest; what cannot be saved now waits on."""
        for edit in self.outbox.due(newest):
            with self.outbox.trying(edit):
                store = self.store
                with store.burst(edit.asker.burst if edit.asker else None):
                    changes = edit.change(store, edit.seen)
                self._changed(changes)
                self._ended(Outcome(edit, partial(edit.done, changes) if edit.done else None))

    def undo(self) -> None:
        """Take back what was typed last and is not saved yet, or else the last step."""
        self.save()
        if not self.outbox.take_back():
            self._changed(self.store.undo())

    def redo(self) -> None:
        """Repeat the step undone last."""
        self._changed(self.store.redo())

    def after(
        self, job: Future[Any], done: Callable[[Any], object] | None, *, is_last: bool
    ) -> None:
        """Hand on how a job ended; after the last of a burst, read what was changed."""
        problem = job.exception()
        if isinstance(problem, FileGone):
            self.outbox.file_is(problem)
        if isinstance(problem, Exception):
            self._ended(Outcome(error=problem))
        elif done:
            self._ended(Outcome(tell=partial(done, job.result())))
        self.outbox.done(read=is_last and self._catch_up())

    def _catch_up(self) -> bool:
        """Read what was changed since the board before; return whether nothing is left to read."""
        if self._unread is None:
            return True
        changes, self._unread = self._unread, None
        try:
            self._read(changes)
        except NotSaved:
            self._unread = changes
        except Exception as problem:  # noqa: BLE001 - handed to the UI thread
            self._ended(Outcome(error=problem))
        return self._unread is None

    def look(self) -> None:
        """Take in what others have changed, and try to save what waits."""
        store = self._store
        if store is None:
            return
        try:
            stamp = store.stamp()
            self.outbox.file_is(None)
            if stamp != self._seen:
                changes = store.changes_since(self._revision)
                self._seen = stamp if changes is not None and not changes else self._seen
                if changes is None or changes:
                    self._read(changes)
            self.outbox.blocked = False
        except FileGone as problem:
            self.outbox.file_is(problem)
        except NotSaved:
            self.outbox.blocked = True
            return
        except StorageError as problem:
            self.outbox.file_is(problem)
        self.save()

    def check_content(self) -> None:
        """Judge everything again where the library holds something else than before."""
        content = _library()
        if self._content is None or self._store is None:
            self._content = content
        elif content is not self._content:
            self._read(None)

    def complete(self) -> None:
        """Judge from now on also what needs the library, and announce what that changes.

        What else is slow to import and not needed for the first picture is done here too.
        """
        from scoper.library.registry import library
        from scoper.snapshot import Changes as Sum

        known, store = self._board, self._store
        if known is None or store is None:
            return
        store.show()
        self._in_full = True
        self._content = self._content or library()
        self._board = board = known.completed()
        judged = frozenset(key for key, steps in board.steps.items() if steps != known.steps[key])
        if judged:
            changes = Sum("", frozenset({"use_case"}), judged)
            self._loaded(Loaded(board, store.history(), changes, store.path))

    # ------------------------------------------------------------ parts

    def _changed(self, changes: Changes) -> None:
        if changes:
            self._unread = changes | self._unread if self._unread else changes
            self._saved(dt.datetime.now())

    def _read(self, changes: Changes | None, *, is_another: bool = False) -> None:
        from scoper.queries import load_board
        from scoper.snapshot import EVERYTHING

        store = self.store
        stamp, revision = store.stamp(), store.revision()
        if changes is not None and stamp != self._seen:
            others = store.changes_since(self._revision)
            changes = None if others is None else changes | others
        content = _library() if self._content and changes is None else self._content
        has_new_content, self._content = content is not self._content, content
        known = self._board if changes is not None else None
        with uncollected(keep=changes is None):
            self._board = load_board(store, known, changes, in_full=self._in_full)
        self._seen, self._revision = stamp, revision
        board, history = self._board, store.history()
        told = EVERYTHING if changes is None else changes
        upgraded_from = store.upgraded_from if is_another else None
        self._loaded(
            Loaded(board, history, told, store.path, is_another, has_new_content, upgraded_from)
        )

    def _use(self, store: Store, *, is_another: bool = True) -> None:
        store.patience = self.outbox.patience
        previous = self._store, self._board
        self._store, self._board, self._unread = store, None, None
        try:
            self._read(None, is_another=is_another)
        except BaseException:
            self._store, self._board = previous
            store.close()
            raise
        if previous[0] is not None:
            previous[0].close()
        if self._in_full:
            store.show()


def _library() -> Library:
    from scoper.library.registry import read_again

    return read_again()
