"""Lines whose text is taken: names to add, words to search for."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from scoper.board import Board
from scoper.commands import people
from scoper.errors import StorageError
from tests.ui.hand import Hand
from tests.ui.library_parts import lay_out, people_of
from ui.kit.fields.problem_line import ProblemLine
from ui.shell.main_window import MainWindow

Settled = Callable[[MainWindow], Board]
CTRL = Qt.KeyboardModifier.ControlModifier

ADDING = {
    "a use case": ("portfolio", "", "Title of a new use case"),
    "a person in the workshop": ("workshop", "", "Name of a new participant"),
    "a person": ("library", "People", "Name of a new participant"),
    "a role": ("library", "Roles", "Name of a new role"),
}
SEARCHING = {
    "use cases": ("portfolio", "", "Search use cases"),
    "use cases to rate": ("workshop", "", "Find a use case to rate"),
    "the history": ("library", "History", "Search the history"),
    "the library": ("library", "Content", "Search the library"),
}


def line_at(window: MainWindow, page_id: str, section: str, name: str) -> QLineEdit:
    window.go(page_id)
    page = window.current_page
    assert page is not None
    if section:
        page.show_section(section)  # type: ignore[attr-defined]
    if page_id == "workshop":
        page.start_adding_person()  # type: ignore[attr-defined]
    lines = [each for each in page.findChildren(QLineEdit) if each.accessibleName() == name]
    (line,) = [each for each in lines if each.isVisible()]
    line.setFocus()
    return line


@pytest.mark.parametrize("place", ADDING.values(), ids=ADDING)
def test_ctrl_z_after_adding_takes_back_what_was_added(
    window: MainWindow, qtbot: QtBot, board_of: Settled, place: tuple[str, str, str]
) -> None:
    before = board_of(window).portfolio
    line = line_at(window, *place)
    qtbot.keyClicks(line, "X idea\r")
    added = board_of(window).portfolio
    assert (added.use_cases, added.participants, added.roles) != (
        before.use_cases,
        before.participants,
        before.roles,
    )
    assert line.hasFocus()
    QTest.keyClick(line, Qt.Key.Key_Z, CTRL)
    after = board_of(window).portfolio
    assert (after.use_cases, after.participants, after.roles) == (
        before.use_cases,
        before.participants,
        before.roles,
    )
    assert not line.text()


def test_ctrl_z_takes_back_letters_while_there_are_any(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    line = line_at(window, *ADDING["a use case"])
    qtbot.keyClicks(line, "Kept\r")
    board_of(window)
    qtbot.keyClicks(line, "not this")
    QTest.keyClick(line, Qt.Key.Key_Z, CTRL)
    assert not line.text()
    assert board_of(window).use_cases[-1].title == "Kept"


@pytest.mark.parametrize("place", SEARCHING.values(), ids=SEARCHING)
def test_ctrl_z_in_a_cleared_search_undoes_the_last_step(
    window: MainWindow, qtbot: QtBot, board_of: Settled, place: tuple[str, str, str]
) -> None:
    qtbot.keyClicks(line_at(window, *ADDING["a use case"]), "X idea\r")
    assert len(board_of(window).use_cases) == 13
    line = line_at(window, *place)
    qtbot.keyClicks(line, "a")
    (clear,) = line.findChildren(QToolButton)
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert not line.text()
    QTest.keyClick(line, Qt.Key.Key_Z, CTRL)
    assert len(board_of(window).use_cases) == 12
    assert not line.text()


@pytest.mark.parametrize("place", [*ADDING.values(), *SEARCHING.values()], ids=ADDING | SEARCHING)
def test_what_is_half_typed_stays_out_of_another_portfolio(
    window: MainWindow,
    qtbot: QtBot,
    open_file: Callable[[Path], MainWindow],
    tmp_path: Path,
    place: tuple[str, str, str],
) -> None:
    line = line_at(window, *place)
    qtbot.keyClicks(line, "half typed")
    other = tmp_path / "other.scoper"
    shutil.copyfile(tmp_path / "sample.scoper", other)
    if place in ADDING.values():
        window.open_path(other)
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert box.text() == "“half typed” is not added yet. Leave all the same?"
        assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
        leave = next(each for each in box.buttons() if each.text() == "Leave without adding")
        with qtbot.waitSignal(window.session.opened):
            qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
    else:
        open_file(other)
    assert not line_at(window, *place).text()


def test_a_refusal_goes_when_its_cause_is_typed_over(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    line = line_at(window, *ADDING["a use case"])
    line.setText("x" * 400)
    QTest.keyClick(line, Qt.Key.Key_Return)
    board_of(window)
    (said,) = [each for each in window.findChildren(ProblemLine) if each.isVisible()]
    assert "too long" in said.text()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert not said.isVisible()


@pytest.mark.parametrize("way", ["saved elsewhere", "back at its place"])
@pytest.mark.parametrize("place", ADDING.values(), ids=ADDING)
def test_a_refusal_for_lack_of_a_file_goes_when_everything_is_saved_again(
    window: MainWindow,
    qtbot: QtBot,
    board_of: Settled,
    place: tuple[str, str, str],
    way: str,
) -> None:
    line = line_at(window, *place)
    path = window.session.path
    assert path
    moved = path.rename(path.with_name("moved.scoper"))
    qtbot.keyClicks(line, "X idea\r")
    board_of(window)
    page = window.current_page
    assert page is not None
    (said,) = [each for each in page.findChildren(ProblemLine) if each.isVisible()]
    assert "not at its place any more" in said.text()
    if way == "saved elsewhere":
        window.session.move_to(path.with_name("rescued.scoper"))
    else:
        moved.rename(path)
        window.session.refresh()
    qtbot.waitUntil(lambda: not said.isVisible())
    assert line.text() == "X idea"
    QTest.keyClick(line, Qt.Key.Key_Return)
    board_of(window)
    assert not line.text()


def test_a_refusal_stands_from_the_press_to_the_release_of_a_click(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    """What goes from above something that is being clicked would move it away."""
    adder, session, hand = people_of(window).adder, window.session, Hand(window, qtbot)
    adder.refuse(StorageError("The disk is full.", "Make room, then try again."))
    assert adder.problem.isVisible()
    with hand.holding(adder):
        session.run(lambda store: people.add_participant(store, name="Ada"))
        qtbot.waitUntil(lambda: not session.is_working)
        lay_out()
        assert adder.problem.isVisible()
    qtbot.waitUntil(lambda: not adder.problem.isVisible())
    assert board_of(window).portfolio.participants[-1].name == "Ada"


def test_closing_with_a_half_typed_title_asks_and_cancel_keeps_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    line = line_at(window, *ADDING["a use case"])
    qtbot.keyClicks(line, "half typed")
    window.close()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not isValid(box))
    assert window.isVisible()
    assert line.text() == "half typed"
    line.clear()
    window.close()
    assert not window.isVisible()
