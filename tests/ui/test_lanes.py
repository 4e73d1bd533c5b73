"""Work that needs no store never waits in its lane, and no save waits for such work."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import use_cases
from scoper.errors import InvalidInput
from scoper.exchange import documents
from scoper.exchange.tables import read_table
from scoper.scoping.catalogues import IDEAS
from scoper.store import Store
from ui.bridge.latest import Check, Latest
from ui.bridge.tasks import Progress
from ui.features.importing.dialog import ImportDialog
from ui.shared.catalogue_dialog import CatalogueDialog
from ui.shell.main_window import MainWindow

# The platform without a screen says so about every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PATIENCE = 20
Settled = Callable[[MainWindow], Board]


class Gate:
    """Work that has begun and goes on only when it is let through."""

    def __init__(self) -> None:
        self.begun, self.opened = threading.Event(), threading.Event()

    def wait(self, *_: object) -> str:
        self.begun.set()
        assert self.opened.wait(PATIENCE)
        return "answer"


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.opened.set()


@pytest.fixture
def latest(qtbot: QtBot, qapp: QApplication) -> Iterator[Latest]:
    latest = Latest(qapp)
    yield latest
    latest.close()
    latest.deleteLater()


@contextmanager
def held(window: MainWindow) -> Iterator[None]:
    """Keep the lane of the store busy."""
    gate = Gate()
    window.session.ask(window, gate.wait, lambda _: None)
    assert gate.begun.wait(PATIENCE)
    try:
        yield
    finally:
        gate.opened.set()


def delete(owner: QObject) -> None:
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    gc.collect()


def table(folder: Path, *rows: str) -> Path:
    path = folder / "ideas.csv"
    path.write_text("\n".join(("Title,Owner", *rows)), encoding="utf-8")
    return path


def importing(window: MainWindow, path: Path) -> ImportDialog:
    dialog = ImportDialog(window.context, path, read_table(path))
    dialog.open()
    return dialog


# ---------------------------------------------------------------- saves and drafts


def test_a_save_does_not_wait_for_a_document_that_takes_long(
    qtbot: QtBot, window: MainWindow, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, compose = window.session.board, documents.compose
    assert board is not None

    def slow(*asked: Any) -> documents.Document:
        gate.wait()
        return compose(*asked)

    monkeypatch.setattr(documents, "compose", slow)
    window.go("documents")
    qtbot.waitUntil(gate.begun.is_set)
    with qtbot.waitSignal(window.session.saved):
        window.session.run(
            lambda store: use_cases.set_field(
                store, use_case_id=board.use_cases[0].id, field="owner", value="Mia"
            )
        )
    assert not gate.opened.is_set()
    gate.opened.set()
    qtbot.waitUntil(lambda: not window.busy)
    assert window.page("documents").view.toPlainText()  # type: ignore[attr-defined]


def test_a_document_that_fails_is_told_and_the_next_one_is_written(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> documents.Document:
        raise InvalidInput("The template is broken.", "Mend line 3.")

    window.go("documents")
    page: Any = window.page("documents")
    with monkeypatch.context() as patched:
        patched.setattr(documents, "compose", broken)
        page.show_kind("prd")
        qtbot.waitUntil(lambda: "Mend line 3." in page.view.toPlainText())
        assert page.gaps.text() == "Not written"
    page.show_kind("brief")
    qtbot.waitUntil(lambda: page.gaps.text() != "Not written")
    assert "Mend line 3." not in page.view.toPlainText()


# ---------------------------------------------------------------- while the store is busy


def test_a_catalogue_opens_while_the_store_is_busy(qtbot: QtBot, window: MainWindow) -> None:
    dialog = CatalogueDialog(window, window.theme, IDEAS)
    with held(window):
        dialog.ask(window.latest)
        qtbot.waitUntil(lambda: dialog.list.count() > 0)
    dialog.reject()


def test_a_preview_comes_while_the_store_is_busy_and_follows_what_changes(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, board_of: Settled
) -> None:
    known = board_of(window).use_cases[0]
    path = table(tmp_path, f"{known.title},Mia", "Quite new,Noor")
    with held(window):
        dialog = importing(window, path)
        qtbot.waitUntil(lambda: dialog.plan.headline.text() == "1 new, 1 updated, 0 rejected")
    window.session.run(
        lambda store: use_cases.set_field(store, use_case_id=known.id, field="owner", value="Mia")
    )
    qtbot.waitUntil(
        lambda: dialog.plan.headline.text() == "1 new, 0 updated, 1 unchanged or empty, 0 rejected"
    )
    dialog.reject()


def test_a_preview_without_a_portfolio_makes_none(
    qtbot: QtBot, bare_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    monkeypatch.setattr(Store, "create", lambda path, _: made.append(path))
    dialog = importing(bare_window, table(tmp_path, "Late trains,Mia", "Lost bags,Noor"))
    qtbot.waitUntil(lambda: dialog.plan.headline.text() == "2 new, 0 updated, 0 rejected")
    assert not made
    dialog.reject()


# ---------------------------------------------------------------- an owner that has gone


@pytest.mark.parametrize("lane", ["store", "latest", "tasks"])
def test_nobody_is_told_once_the_owner_has_gone(
    qtbot: QtBot, window: MainWindow, gate: Gate, lane: str
) -> None:
    owner, told = QObject(window), list[str]()
    if lane == "store":
        window.session.ask(owner, gate.wait, told.append)
    elif lane == "latest":
        window.latest.ask(owner, gate.wait, told.append)
    else:
        window.tasks.run(owner, "", gate.wait, told.append)
    assert gate.begun.wait(PATIENCE)
    delete(owner)
    gate.opened.set()
    qtbot.waitUntil(lambda: not window.busy)
    assert not told


# ---------------------------------------------------------------- one after another


def test_what_was_cancelled_stays_so_when_something_else_is_begun(
    qtbot: QtBot, window: MainWindow, gate: Gate
) -> None:
    told: list[str] = []

    def long(progress: Progress) -> str:
        gate.wait()
        progress(1, 2)
        return "first"

    window.tasks.run(window, "Reading", long, told.append)
    qtbot.waitUntil(lambda: window.findChild(QProgressDialog) is not None)
    shown = window.findChild(QProgressDialog)
    assert isinstance(shown, QProgressDialog)
    cancel = shown.findChild(QPushButton)
    assert isinstance(cancel, QPushButton)
    cancel.click()
    window.tasks.run(window, "", lambda _: "second", told.append)
    gate.opened.set()
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert told == ["second"]


# ---------------------------------------------------------------- the newest question


def test_only_the_newest_of_an_owner_is_answered_and_the_others_give_up(
    qtbot: QtBot, latest: Latest
) -> None:
    owner, told, gave_up = QObject(latest), list[int](), list[int]()
    begun, opened = threading.Event(), threading.Event()

    def work(number: int, check: Check) -> int:
        begun.set()
        assert opened.wait(PATIENCE)
        try:
            check()
        except Exception:
            gave_up.append(number)
            raise
        return number

    latest.ask(owner, lambda check: work(1, check), told.append)
    assert begun.wait(PATIENCE)
    latest.ask(owner, lambda check: work(2, check), told.append)
    latest.ask(owner, lambda check: work(3, check), told.append)
    opened.set()
    qtbot.waitUntil(lambda: not latest.busy)
    assert told == [3]
    assert gave_up == [1]


def test_quick_changes_cost_one_answer(qtbot: QtBot, latest: Latest) -> None:
    owner, told, worked = QObject(latest), list[int](), list[int]()

    def work(number: int) -> int:
        worked.append(number)
        return number

    for number in range(5):
        latest.ask(owner, lambda _, number=number: work(number), told.append, delay=50)
    qtbot.waitUntil(lambda: not latest.busy)
    assert worked == told == [4]


def test_one_owner_does_not_wait_for_another(qtbot: QtBot, latest: Latest, gate: Gate) -> None:
    slow, quick, told = QObject(latest), QObject(latest), list[str]()
    latest.ask(slow, gate.wait, told.append)
    assert gate.begun.wait(PATIENCE)
    latest.ask(slow, lambda _: "newer", told.append)
    latest.ask(quick, lambda _: "quick", told.append)
    qtbot.waitUntil(lambda: told == ["quick"])
    gate.opened.set()
    qtbot.waitUntil(lambda: told == ["quick", "newer"])


def test_nothing_is_begun_once_it_is_closed(latest: Latest) -> None:
    told = list[str]()
    latest.close()
    latest.ask(QObject(latest), lambda _: "too late", told.append)
    assert not latest.busy
    QApplication.processEvents()
    assert not told


def test_what_was_asked_before_it_is_closed_is_never_told(latest: Latest, gate: Gate) -> None:
    waiting, working, told = QObject(latest), QObject(latest), list[str]()
    latest.ask(working, gate.wait, told.append)
    latest.ask(waiting, lambda _: "later", told.append, delay=60_000)
    assert gate.begun.wait(PATIENCE)
    gate.opened.set()
    latest.close()
    assert not latest.busy
    QApplication.processEvents()
    assert not told


def test_what_is_forgotten_is_never_told(qtbot: QtBot, latest: Latest, gate: Gate) -> None:
    owner, told = QObject(latest), list[str]()
    latest.ask(owner, gate.wait, told.append)
    assert gate.begun.wait(PATIENCE)
    latest.forget(owner)
    assert not latest.busy
    gate.opened.set()
    latest.ask(owner, lambda _: "asked after all", told.append)
    qtbot.waitUntil(lambda: not latest.busy)
    assert told == ["asked after all"]


def test_errors_reach_the_owner_or_else_the_window(qtbot: QtBot, latest: Latest) -> None:
    owner, bug, error = QObject(latest), KeyError("bug"), InvalidInput("Wrong.")
    taken: list[Exception] = []

    def fail(problem: Exception) -> Callable[[Check], None]:
        def work(_: Check) -> None:
            raise problem

        return work

    with qtbot.waitSignal(latest.failed) as failed:
        latest.ask(owner, fail(error), print)
    assert failed.args == [error]
    with qtbot.assertNotEmitted(latest.failed):
        latest.ask(owner, fail(error), print, failed=taken.append)
        qtbot.waitUntil(lambda: taken == [error])
    with qtbot.waitSignal(latest.crashed) as crashed:
        latest.ask(owner, fail(bug), print, failed=taken.append)
    assert crashed.args == [bug]
    assert taken == [error, bug]
