"""The command palette."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from ui.widgets.palette import Finder, Palette

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.main_window import MainWindow

# The platform without a screen says so about every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ENTRIES = [
    ("New portfolio", "Ctrl+Shift+N"),
    ("Go to Portfolio", "Ctrl+1"),
    ("Export workbook", "Ctrl+E"),
    ("Churn alerts", "UC-02"),
    ("Fraud checks in the web shop", "UC-12"),
    ("Search a knowledge base", "UC-20"),
    ("<b>Bold</b> claims", "UC-21"),
]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("uc-12", "Fraud checks in the web shop"),
        ("port", "New portfolio"),
        ("gtp", "Go to Portfolio"),
        ("churn", "Churn alerts"),
        ("shop fraud", "Fraud checks in the web shop"),
        ("  EXPORT  ", "Export workbook"),
        ("wkbk", "Export workbook"),
        ("<b>", "<b>Bold</b> claims"),
    ],
)
def test_the_best_match_comes_first(typed: str, expected: str) -> None:
    found = Finder(ENTRIES).find(typed)
    assert ENTRIES[found[0]][0] == expected


def test_nothing_typed_shows_everything_and_nonsense_shows_nothing() -> None:
    finder = Finder(ENTRIES)
    assert finder.find("   ") == list(range(len(ENTRIES)))
    assert finder.find("zzzz") == []


def test_one_of_thousands_of_long_titles_is_found() -> None:
    many = [
        (f"Use case {n}: automated review of {'very ' * 8}long documents", f"UC-{n}")
        for n in range(3_611)
    ]
    finder = Finder(many)
    assert len(finder.find("automated review")) == len(many)
    assert finder.find("uc-3600")[0] == 3_600
    assert finder.find("aaaaaaaaaaaa") == []


def test_enter_goes_to_the_use_case(qtbot: QtBot, window: MainWindow) -> None:
    palette = _opened(qtbot, window)
    qtbot.keyClicks(palette.search, "churn")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    page = window.current_page
    assert page is window.page("scope")
    board = window.session.board
    assert board is not None
    chosen = next(u.id for u in board.use_cases if u.title == "Churn alerts")
    qtbot.waitUntil(lambda: page.use_case_id == chosen)  # type: ignore[union-attr]


def test_what_a_page_can_do_is_offered_there_alone(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "brief.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    palette = _opened(qtbot, window)
    qtbot.keyClicks(palette.search, "as docx")
    assert not palette.list.isVisible()
    with qtbot.waitSignal(palette.destroyed):
        qtbot.keyClick(palette.search, Qt.Key.Key_Escape)
    window.go("documents")
    window.activateWindow()
    qtbot.waitUntil(lambda: not window.session.busy and window.isActiveWindow(), timeout=20_000)
    palette = _opened(qtbot, window)
    qtbot.keyClicks(palette.search, "as docx")
    assert palette.found.index(0).data() == "Export PR-FAQ as DOCX"
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    qtbot.waitUntil(target.exists, timeout=20_000)


def test_arrows_move_and_wrap_and_escape_closes(qtbot: QtBot, window: MainWindow) -> None:
    palette = _opened(qtbot, window)
    assert palette.list.currentIndex().row() == 0
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == palette.found.rowCount() - 1
    qtbot.keyClick(palette.search, Qt.Key.Key_PageDown)
    assert palette.list.currentIndex().row() == palette.found.rowCount() - 1
    with qtbot.waitSignal(palette.destroyed):
        qtbot.keyClick(palette.search, Qt.Key.Key_Escape)


def test_a_click_runs_an_entry(qtbot: QtBot, window: MainWindow) -> None:
    palette = _opened(qtbot, window)
    qtbot.keyClicks(palette.search, "go to rank")
    place = palette.list.visualRect(palette.found.index(0)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.current_page is window.page("ranking")


def test_nothing_found_says_so_and_enter_does_nothing(qtbot: QtBot, window: MainWindow) -> None:
    palette = _opened(qtbot, window)
    before = window.current_page
    qtbot.keyClicks(palette.search, "qqqq")
    assert not palette.list.isVisible()
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert window.current_page is before
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)


def _opened(qtbot: QtBot, window: MainWindow) -> Palette:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), Palette))
    found = QApplication.activePopupWidget()
    assert isinstance(found, Palette)
    return found
