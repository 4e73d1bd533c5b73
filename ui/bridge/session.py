"""The only bridge between the window and the core.

Commands run one after another on the store lane (``ui.bridge.lane``), never on the UI thread. When
a burst of them is done, one new ``Board`` is announced. What was typed into a field and cannot be
saved now is kept, in its order, and tried again until it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from scoper.errors import InvalidInput, NotFound, Overtaken, ScoperError
from ui.bridge.calm import Calm
from ui.bridge.edits import Asker, Edit, Outcome, R, Refused, Saving
from ui.bridge.lane import Loaded, OpenPortfolio
from ui.bridge.owner import T, while_there
from ui.bridge.warm_up import WarmUp
from ui.kit.fields.place import Place

if TYPE_CHECKING:
    from scoper.board import Board
    from scoper.store import History, Store
    from scoper.store.unit import Seen

LOOK_EVERY = 1_000
"""Milliseconds between two looks at what others have changed, and two tries to save."""


class Session(QObject):
    """An open portfolio and the lane that works on it.

    Signals: ``opened()`` when a portfolio was opened, before its first board is announced,
    ``board_changed(board, changes)`` after every change, and for the first board, of which all is
    new, ``saved(time)`` once a change is on disk,
    ``content_changed()`` when the library holds something else than before, ``failed(error)`` for
    errors a person can act on, ``crashed(exception)`` for bugs. ``saving_changed()`` when
    ``saving`` has: what is not saved yet and why. ``overtaken(edit, error)`` when somebody has
    changed the field of an edit since it began; ``choose`` says which of the two values stays.
    """

    opened = Signal()
    board_changed = Signal(object, object)
    saved = Signal(object)
    content_changed = Signal()
    failed = Signal(object)
    crashed = Signal(object)
    saving_changed = Signal()
    overtaken = Signal(object, object)

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
        self.upgraded_from: int | None = None
        """The schema of the open file before it was brought up to date, until that was told."""
        self.path: Path | None = None
        self._lane = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._lock = Lock()
        self._pending = 0
        self._awaited = 0
        self._ended_for_good = False
        self.saving = Saving()
        self._refused: dict[Place, Refused] = {}
        self._calm = Calm(self)
        self._portfolio = OpenPortfolio(
            who,
            loaded=lambda loaded: self._calm.post(partial(self._show, loaded)),
            ended=lambda outcome: self._calm.post(partial(self._tell, outcome)),
            told=lambda saving: self._calm.post(partial(self._note, saving)),
            saved=lambda at: self._calm.post(partial(self.saved.emit, at)),
        )
        self.warm_up = WarmUp(self._submit, self._portfolio.complete, pages, self)
        self._clock = QTimer(self, interval=LOOK_EVERY)
        self._clock.timeout.connect(self.refresh)

    @property
    def busy(self) -> bool:
        """Whether something asked for is not done and shown yet."""
        return self._awaited > 0

    @property
    def is_working(self) -> bool:
        """Whether the lane of the store has anything left to do, shown or not."""
        return self._pending > 0

    # ------------------------------------------------------------ opening

    def open(self, path: Path) -> None:
        """Open a portfolio file in place of the present one."""
        self._submit(lambda: self._portfolio.open(path))

    def create(self, path: Path, *, title: str) -> None:
        """Make a new portfolio with the default criteria and open it."""
        self._submit(lambda: self._portfolio.create(path, title))

    def create_sample(self, path: Path) -> None:
        """Make the sample portfolio and open it."""
        self._submit(lambda: self._portfolio.create(path, None))

    def move_to(self, path: Path) -> None:
        """Save everything to ``path``, with what was typed and is not saved yet; go on there."""
        self._submit(lambda: self._portfolio.move_to(path))

    def settle(self, seconds: float) -> Saving:
        """Wait until what was asked is done, and return how far it is saved by then."""
        try:
            self._lane.submit(self._portfolio.look).result(seconds)
        except TimeoutError:
            return replace(self.saving, waits=True)
        QCoreApplication.sendPostedEvents(self._calm, QEvent.Type.MetaCall.value)
        return replace(self._portfolio.outbox.saving, refused=self.saving.refused)

    def close(self) -> None:
        """Finish what was asked, then close the file and stop the lane; for good.

        What cannot be saved by then is gone: ``settle`` tells beforehand.
        """
        self.warm_up.stop()
        self._clock.stop()
        self._portfolio.outbox.give_up(for_good=True)
        self._submit(self._portfolio.close)
        self._ended_for_good = True
        self._lane.shutdown(wait=True)

    # ------------------------------------------------------------ changing

    def run(
        self,
        command: Callable[[Store], R],
        *,
        done: Callable[[R], object] | None = None,
        refused: Callable[[ScoperError], object] | None = None,
    ) -> None:
        """Run a command on the open portfolio.

        It is called on the lane, later: what it reads of the window is read before. ``done`` gets
        its result once it is saved. ``refused`` gets the error when the command refuses its input;
        without it the error is announced by ``failed``.
        """
        edit = Edit(lambda store, _: command(store), done, refused)
        self._submit(partial(self._portfolio.save, edit))

    def edit(
        self,
        change: Callable[[Store, Seen], R],
        asker: Asker,
        *,
        done: Callable[[R], object] | None = None,
        refused: Callable[[ScoperError], object] | None = None,
    ) -> None:
        """Run a command that a field asks for; it is kept and tried again until it is saved.

        ``change`` gets what the field has seen by then, besides what ``run`` hands a command.
        """
        self._submit(partial(self._portfolio.save, Edit(change, done, refused, asker)))

    def choose(self, edit: Edit[Any], error: Overtaken, *, mine: bool) -> None:
        """Settle a conflict: save what was entered after all, or leave what others entered."""
        asker = edit.asker
        if asker and asker.chosen:
            asker.chosen(error, mine)
        elif mine:
            self._submit(partial(self._portfolio.save, edit.having_seen([error.theirs])))
        elif asker:
            asker.dropped()
        self._submit(self._portfolio.look)
        self._submit(lambda: None, lambda _: self._show_again())

    def mark(self, asker: Asker, reason: str) -> None:
        """Take note that what stands in a field cannot be saved; that it can, without a reason."""
        if reason:
            self._refused[asker.place] = Refused(asker, reason)
        else:
            self._refused.pop(asker.place, None)
        self._note(self.saving)

    def stop_waiting(self) -> None:
        """Give up waiting for another program: what was typed is kept and tried again."""
        self._portfolio.outbox.give_up()

    def undo(self) -> None:
        """Take back what was typed last and is not saved yet, or else the last step."""
        self._submit(self._portfolio.undo)

    def redo(self) -> None:
        """Repeat the step undone last."""
        self._submit(self._portfolio.redo)

    def ask(
        self, owner: QObject, question: Callable[[Store], T], done: Callable[[T], object]
    ) -> None:
        """Read something from the store on the lane; its answer goes to an owner still there.

        What needs no store is asked of ``Latest``.
        """
        self._submit(lambda: question(self._portfolio.store), while_there(owner, done))

    def refresh(self) -> None:
        """Read what others have changed, and try again to save what is not saved yet."""
        if self.path is not None and not self.is_working:
            self._submit(self._portfolio.look, quiet=True)

    def check_content(self) -> None:
        """Judge the portfolio again where the library holds something else than before."""
        self._submit(self._portfolio.check_content)

    # ------------------------------------------------------------ the lane

    def _submit(
        self,
        job: Callable[[], T],
        done: Callable[[T], object] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Have a job done on the lane, and directly after it what follows from how it ended."""
        if self._ended_for_good:
            return
        self._awaited += not quiet
        with self._lock:
            self._pending += 1
        asked = self._lane.submit(job)
        self._lane.submit(self._follow, asked, done, quiet)

    def _follow(self, asked: Future[T], done: Callable[[T], object] | None, quiet: bool) -> None:
        with self._lock:
            self._pending -= 1
            is_last = self._pending == 0
        self._portfolio.after(asked, done, is_last=is_last)
        if not quiet:
            self._calm.post(self._one_less)

    # ------------------------------------------------------------ on the UI thread

    def _show(self, loaded: Loaded) -> None:
        if self.board is None:
            self.warm_up.start()
        self.board, self.history, self.path = loaded.board, loaded.history, loaded.path
        self._clock.start()
        if loaded.is_another:
            self.upgraded_from = loaded.upgraded_from
            self._refused.clear()
            self._note(self.saving)
            self.opened.emit()
        if loaded.has_new_content:
            self.content_changed.emit()
        self._note(self.saving)
        self.board_changed.emit(loaded.board, loaded.changes)

    def _refused_here(self) -> tuple[Refused, ...]:
        """Return what was refused in what is there: what was deleted may come back with Undo."""
        if not self._refused or self.board is None:
            return tuple(self._refused.values())
        from scoper.snapshot import ids

        there = ids(self.board.portfolio)
        return tuple(each for place, each in self._refused.items() if place.is_among(there))

    def _remember(self, asker: Asker, error: BaseException | None) -> None:
        """Keep what was refused, until the same field is edited again."""
        if isinstance(error, InvalidInput):
            self._refused[asker.place] = Refused(asker, str(error))
        elif asker.place in self._refused:
            del self._refused[asker.place]
        else:
            return
        self._note(self.saving)

    def _show_again(self) -> None:
        from scoper.snapshot import Changes as Sum

        if self.board is not None:
            self.board_changed.emit(self.board, Sum(""))

    def _one_less(self) -> None:
        self._awaited -= 1

    def _note(self, saving: Saving) -> None:
        saving = replace(saving, refused=self._refused_here())
        if saving != self.saving:
            self.saving = saving
            self.saving_changed.emit()

    def _tell(self, outcome: Outcome) -> None:
        edit, error = outcome.edit, outcome.error
        asker = edit.asker if edit else None
        if asker:
            self._remember(asker, error)
        if error is None:
            if asker:
                asker.settled()
            if outcome.tell:
                outcome.tell()
        elif isinstance(error, Overtaken) and asker:
            self.overtaken.emit(edit, error)
        elif isinstance(error, ScoperError):
            if asker and asker.refused(str(error)):
                return
            if asker and isinstance(error, NotFound):
                error = NotFound(error.message, f"You had entered: {asker.words(asker.value)}")
            refused = edit.refused if edit else None
            (refused or self.failed.emit)(error)
            self._show_again()
        else:
            self.crashed.emit(error)
