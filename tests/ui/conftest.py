"""Windows to drive: real ones, with a real store and settings of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from scoper.board import Board
from ui.app import make_window
from ui.shell.main_window import MainWindow

PATIENCE = 60_000
"""Milliseconds to wait for what is expected; machines may be busy, and what fails may take long."""


class PatientBot(QtBot):
    """Waits as long as a busy machine needs."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        """Wait until something is so."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **how: Any) -> Any:
        """Wait until a signal is emitted."""
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return a bot that is patient."""
    return PatientBot(request)


@pytest.fixture
def bare_window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    """Yield a window as at the very first start: nothing open, nothing remembered."""
    monkeypatch.setenv("SCOPER_HOME", str(tmp_path / "home"))
    window = make_window(qapp)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close_anyway()
    window.deleteLater()


@pytest.fixture
def open_file(bare_window: MainWindow, qtbot: QtBot) -> Callable[[Path], MainWindow]:
    """Return a function that opens a portfolio in the window and waits until it is shown."""

    def opened(path: Path) -> MainWindow:
        with qtbot.waitSignal(bare_window.session.board_changed):
            bare_window.open_path(path)
        return bare_window

    return opened


@pytest.fixture
def window(
    open_file: Callable[[Path], MainWindow], _sample_file: Path, tmp_path: Path
) -> MainWindow:
    """Return a window with a copy of the sample portfolio open."""
    path = tmp_path / "sample.scoper"
    shutil.copyfile(_sample_file, path)
    return open_file(path)


@pytest.fixture
def empty_window(
    open_file: Callable[[Path], MainWindow], _empty_file: Path, tmp_path: Path
) -> MainWindow:
    """Return a window with an empty portfolio open."""
    path = tmp_path / "empty.scoper"
    shutil.copyfile(_empty_file, path)
    return open_file(path)


@pytest.fixture
def board_of(qtbot: QtBot) -> Callable[[MainWindow], Board]:
    """Return a function that waits until nothing is on its way and returns the board."""

    def settled(window: MainWindow) -> Board:
        qtbot.waitUntil(lambda: not window.busy)
        board = window.session.board
        assert board is not None
        return board

    return settled
