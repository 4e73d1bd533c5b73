"""No file is overwritten unless a person has agreed to replace that very file."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.settings import portfolio_folder
from scoper.store import Store
from tests.ui.modal import answering, choosing, pressing, typing
from ui.shell.main_window import MainWindow

# The platform without a screen says so about every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

UI = Path(__file__).resolve().parents[2] / "ui"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape

BoardOf = Callable[[MainWindow], Board]


@pytest.fixture
def folder(window: MainWindow) -> Path:
    """Return the folder of the open portfolio, which dialogs begin in."""
    assert window.session.path is not None
    return window.session.path.parent


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    """Press a shortcut once the window is the active one again."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, key, modifiers)


def save_copy(window: MainWindow) -> None:
    """Press the keys of “Save a copy…”."""
    press(window, Qt.Key.Key_S, CONTROL | SHIFT)


@pytest.mark.parametrize("typed", ["Plan v1", "Plan v1.scoper", "Plan v1."])
def test_a_copy_asks_about_the_very_file_it_would_replace(
    window: MainWindow, folder: Path, board_of: BoardOf, typed: str
) -> None:
    other = folder / "Plan v1.scoper"
    other.write_bytes(b"another portfolio")
    said: list[str] = []
    with answering(typing(typed), pressing(ENTER, said), pressing(ESCAPE)):
        save_copy(window)
    board_of(window)
    assert other.read_bytes() == b"another portfolio"
    assert "Plan v1.scoper" in said[0]
    assert str(folder) in said[0]


def test_what_a_person_agrees_to_replace_is_replaced(
    window: MainWindow, folder: Path, board_of: BoardOf
) -> None:
    other = folder / "Plan v1.scoper"
    other.write_bytes(b"another portfolio")
    with answering(typing("Plan v1"), choosing("Replace")):
        save_copy(window)
    board_of(window)
    with Store.open(other, "Tester") as copy:
        assert copy.problems() == []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Plan v1", "Plan v1.scoper"),
        ("Plan v1.2", "Plan v1.2.scoper"),
        ("Plan v1.2.scoper", "Plan v1.2.scoper"),
        ("Plan v1.", "Plan v1.scoper"),
        ("Plan.xlsx", "Plan.xlsx.scoper"),
        ("PLAN.SCOPER", "PLAN.SCOPER"),
    ],
)
def test_the_name_is_the_one_typed_with_the_ending_after_it(
    window: MainWindow, folder: Path, board_of: BoardOf, typed: str, written: str
) -> None:
    before = set(folder.iterdir())
    with answering(typing(typed)):
        save_copy(window)
    board_of(window)
    assert {path.name for path in set(folder.iterdir()) - before} == {written}


@pytest.mark.parametrize("link", [None, os.symlink, os.link])
def test_the_open_portfolio_is_never_replaced(
    window: MainWindow, folder: Path, board_of: BoardOf, link: Callable[..., None] | None
) -> None:
    path = window.session.path
    assert path is not None
    name = path.name
    if link:
        name = "Another name.scoper"
        link(path, folder / name)
    before = path.read_bytes()
    said: list[str] = []
    with answering(typing(name), pressing(ENTER, said), pressing(ESCAPE)):
        save_copy(window)
    board_of(window)
    assert "is the portfolio that is open" in said[0]
    assert path.read_bytes() == before


def test_a_link_to_another_file_is_asked_about(window: MainWindow, folder: Path) -> None:
    other = folder / "Other.scoper"
    (folder / "Latest.scoper").symlink_to(other)
    said: list[str] = []
    with answering(typing("Latest"), pressing(ESCAPE, said), pressing(ESCAPE)):
        save_copy(window)
    assert str(other) in said[0]
    assert (folder / "Latest.scoper").is_symlink()


def test_a_folder_is_not_replaced(window: MainWindow, folder: Path) -> None:
    (folder / "Plan.scoper").mkdir()
    said: list[str] = []
    with answering(typing("Plan"), pressing(ENTER, said), pressing(ESCAPE)):
        save_copy(window)
    assert "is a folder" in said[0]


def test_another_name_can_be_given_after_the_question(
    window: MainWindow, folder: Path, board_of: BoardOf
) -> None:
    (folder / "Plan v1.scoper").write_bytes(b"another portfolio")
    with answering(typing("Plan v1"), pressing(ESCAPE), typing("Plan v2")):
        save_copy(window)
    board_of(window)
    assert (folder / "Plan v1.scoper").read_bytes() == b"another portfolio"
    assert (folder / "Plan v2.scoper").exists()


def test_a_new_portfolio_keeps_its_whole_name_and_replaces_nothing(
    qtbot: QtBot, window: MainWindow
) -> None:
    folder = portfolio_folder()
    folder.mkdir(parents=True, exist_ok=True)
    other = folder / "Plan v1.2.scoper"
    other.write_bytes(b"another portfolio")
    said: list[str] = []
    with (
        qtbot.waitSignal(window.session.board_changed),
        answering(typing("Plan v1.2"), pressing(ENTER, said), typing("Plan v1.3")),
    ):
        press(window, Qt.Key.Key_N, CONTROL | SHIFT)
    assert other.read_bytes() == b"another portfolio"
    assert "Plan v1.2.scoper exists already" in said[0]
    assert window.session.path == folder / "Plan v1.3.scoper"
    assert window.title.text() == "Plan v1.3"


@pytest.mark.parametrize("typed", ["Ranking", "Ranking.xlsx", "Ranking."])
def test_an_export_asks_about_the_very_file_it_would_replace(
    qtbot: QtBot, window: MainWindow, folder: Path, typed: str
) -> None:
    target = folder / "Ranking.xlsx"
    target.write_bytes(b"last year")
    with answering(typing(typed), pressing(ENTER), pressing(ESCAPE)):
        press(window, Qt.Key.Key_E)
    assert target.read_bytes() == b"last year"
    with answering(typing(typed), choosing("Replace")):
        press(window, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: target.read_bytes().startswith(b"PK"))


def test_one_place_asks_for_files() -> None:
    """Whoever names ``QFileDialog`` elsewhere would ask about another path than is written."""
    asking = {
        path.name
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.alias) and node.name == "QFileDialog"
    }
    assert asking == {"file_choice.py"}
