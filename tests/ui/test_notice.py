"""A notice says what was done, in a room of its own, for as long as it is true."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import use_cases
from scoper.settings import library_folder
from ui.shell.main_window import MainWindow
from ui.shell.registry import PAGES

CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton

BoardOf = Callable[[MainWindow], Board]


@pytest.fixture
def deleted(window: MainWindow, board_of: BoardOf) -> str:
    """Delete the first use case of the list and return its title."""
    before = board_of(window)
    QTest.keyClick(window.page("portfolio").entry, Qt.Key.Key_Delete)
    left = {use_case.id for use_case in board_of(window).use_cases}
    (gone,) = [use_case for use_case in before.use_cases if use_case.id not in left]
    assert window.notice.isVisible()
    return gone.title


def area(widget: QWidget) -> QRect:
    """Return where a widget is on the screen."""
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def seen(widget: QWidget) -> QRect:
    """Return the part of it that the widgets it stands in let through."""
    parent, left = widget.parentWidget(), area(widget)
    while parent and not parent.isWindow():
        left &= area(parent)
        parent = parent.parentWidget()
    return left


def test_a_notice_says_what_was_done(window: MainWindow, deleted: str) -> None:
    assert window.notice.text.text() == f"Deleted {deleted}"


def test_a_notice_goes_with_the_step_that_is_undone(
    window: MainWindow, deleted: str, board_of: BoardOf
) -> None:
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert deleted in {use_case.title for use_case in board_of(window).use_cases}
    assert not window.notice.isVisible()


def test_the_undo_of_a_notice_takes_back_its_own_step(
    qtbot: QtBot, window: MainWindow, deleted: str, board_of: BoardOf
) -> None:
    qtbot.mouseClick(window.notice.action, LEFT)
    assert deleted in {use_case.title for use_case in board_of(window).use_cases}
    assert not window.notice.isVisible()


@pytest.mark.usefixtures("deleted")
def test_a_notice_goes_when_its_undo_would_take_back_another_step(
    window: MainWindow, board_of: BoardOf
) -> None:
    first = board_of(window).use_cases[0]
    window.session.run(
        lambda store: use_cases.set_field(store, use_case_id=first.id, field="owner", value="Kim")
    )
    board_of(window)
    assert not window.notice.isVisible()


@pytest.mark.usefixtures("deleted")
def test_a_notice_stays_while_its_step_is_the_last(
    window: MainWindow, qtbot: QtBot, board_of: BoardOf
) -> None:
    window.session.check_content()
    board_of(window)
    library_folder().mkdir(parents=True)
    (library_folder() / "roadmap.toml").write_text("broken", encoding="utf-8")
    with qtbot.waitSignal(window.session.board_changed):
        window.session.check_content()
    board_of(window)
    assert window.notice.isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
@pytest.mark.parametrize("zoom", [100, 150])
def test_a_notice_covers_nothing_and_moves_nothing(
    window: MainWindow, board_of: BoardOf, size: tuple[int, int], zoom: int
) -> None:
    window.resize(*size)
    window.preferences.update(zoom=zoom)
    notice = window.notice
    for place in PAGES:
        window.go(place.id)
        board_of(window)
        page = window.current_page
        assert page is not None
        notice.hide()
        QApplication.processEvents()
        before = area(page)
        notice.say("What was said about it " * 20, ("Open file", list), ("Open folder", list))
        QApplication.processEvents()
        assert area(page) == before
        others = [w for w in window.centralWidget().findChildren(QWidget) if w.isVisible()]
        covered = [
            w
            for w in others
            if seen(w).intersects(area(notice)) and w not in (notice, notice.parentWidget())
            and not notice.isAncestorOf(w)
        ]  # fmt: skip
        assert covered == [], place.title
        inside = area(notice)
        assert area(window).contains(inside)
        buttons = (notice.text, notice.action, notice.other, notice.dismiss)
        assert all(inside.contains(area(part)) for part in buttons)


def test_an_exported_file_can_be_opened_and_so_can_its_folder(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "r&d.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    opened: list[QUrl] = []
    notice = window.notice
    for button, path in (("action", target), ("other", tmp_path)):
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
        window.actions_.export_workbook()
        qtbot.waitUntil(notice.isVisible)
        assert notice.text.text() == "Exported to r&d.xlsx"
        assert (notice.action.text(), notice.other.text()) == ("Open file", "Open folder")
        qtbot.mouseClick(getattr(notice, button), LEFT)
        assert opened.pop() == QUrl.fromLocalFile(str(path))
        target.unlink()
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    window.actions_.export_workbook()
    qtbot.waitUntil(lambda: notice.isVisible() and target.exists())
    qtbot.mouseClick(notice.action, LEFT)
    assert "opens r&d.xlsx" in notice.text.text()
