"""Zooming makes forms anew: the cursor, what was typed and the view stay where they were."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from scoper.board import Board
from tests.ui.library_parts import criteria_of, first_card, library, people_of
from tests.ui.test_scope import list_of, scope
from ui.shell.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
Settled = Callable[[MainWindow], Board]


@pytest.fixture
def active(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return the window as the active one."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def cursor() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def zoom_in(window: MainWindow) -> None:
    before = window.theme.zoom
    QTest.keyClick(cursor(), Qt.Key.Key_Plus, CTRL)
    assert window.theme.zoom > before
    for _ in range(5):
        QApplication.processEvents()


def is_in_view(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty()


def test_one_types_on_in_the_same_place_after_zooming(
    active: MainWindow, board_of: Settled
) -> None:
    page = scope(active)
    page.go_to_step(1)
    field = page.form(1).editors["problem"]
    before = board_of(active).portfolio.use_cases[0].problem
    field.entry.setFocus()  # type: ignore[union-attr]
    QTest.keyClick(cursor(), Qt.Key.Key_End, CTRL)
    QTest.keyClicks(cursor(), " Too")
    zoom_in(active)
    QTest.keyClicks(cursor(), " late")
    zoom_in(active)
    QTest.keyClicks(cursor(), " now")
    assert page.step == 1
    assert isinstance(cursor(), QPlainTextEdit)
    page.flush()
    after = board_of(active).portfolio.use_cases[0].problem
    assert after == before + " Too late now"


def test_the_cursor_stays_between_its_letters_and_the_field_in_view(
    active: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    page = scope(active)
    page.go_to_step(2)
    options = list_of(page, "solutions")
    QTest.mouseClick(options.add_button, Qt.MouseButton.LeftButton)
    board_of(active)
    QTest.keyClicks(cursor(), "Mches")
    QTest.keyClick(cursor(), Qt.Key.Key_Home)
    QTest.keyClick(cursor(), Qt.Key.Key_Right)
    zoom_in(active)
    QTest.keyClicks(cursor(), "at")
    line = cursor()
    assert isinstance(line, QLineEdit)
    assert line.text() == "Matches"
    qtbot.waitUntil(lambda: is_in_view(line))
    at = line.mapTo(page.form(2).viewport(), QPoint(0, 0)).y()
    assert 0 <= at <= page.form(2).viewport().height() - line.height()


def test_what_was_refused_stays_with_its_reason(
    active: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    page = scope(active)
    page.go_to_step(3)
    field = page.form(3).editors["benefit_low"]
    field.entry.setFocus()  # type: ignore[union-attr]
    line = cursor()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, "a lot")
    page.flush()
    board_of(active)
    qtbot.waitUntil(lambda: bool(field.problem))
    problem = field.problem
    zoom_in(active)
    field = page.form(3).editors["benefit_low"]
    line = cursor()
    assert isinstance(line, QLineEdit)
    assert (line.text(), field.problem) == ("a lot", problem)
    assert field.entry is line
    line.selectAll()
    QTest.keyClicks(line, "5")
    active.flush()
    assert board_of(active).use_cases[0].benefit_low == 5


def test_the_view_stays_where_it_was_scrolled_to(active: MainWindow, qtbot: QtBot) -> None:
    page = scope(active)
    page.go_to_step(4)
    bar = page.form(4).verticalScrollBar()
    qtbot.waitUntil(lambda: not page.form(4).has_checklists and bar.maximum() > 0)
    bar.setValue(bar.maximum() // 2)
    zoom_in(active)
    bar = page.form(4).verticalScrollBar()
    assert bar.value() > bar.maximum() // 3


def test_a_criterion_that_is_named_is_named_on_after_zooming(
    active: MainWindow, board_of: Settled
) -> None:
    card = first_card(criteria_of(active))
    QTest.mouseClick(card.toggle, Qt.MouseButton.LeftButton)
    card.editors["question"].entry.setFocus()  # type: ignore[union-attr]
    QTest.keyClick(cursor(), Qt.Key.Key_A, CTRL)
    QTest.keyClicks(cursor(), "How much")
    zoom_in(active)
    QTest.keyClicks(cursor(), " time?")
    active.flush()
    assert board_of(active).portfolio.criteria[0].question == "How much time?"


def test_a_name_that_is_not_added_yet_is_typed_on_after_zooming(active: MainWindow) -> None:
    people = people_of(active)
    people.adder.text.setFocus()
    QTest.keyClicks(cursor(), "Ada")
    zoom_in(active)
    QTest.keyClicks(cursor(), " Lovelace")
    line = cursor()
    assert isinstance(line, QLineEdit)
    assert line.text() == "Ada Lovelace"


def test_a_search_stays_after_zooming(active: MainWindow, board_of: Settled) -> None:
    page = library(active, "History")
    board_of(active)
    page.sections["History"].search.setFocus()  # type: ignore[attr-defined]
    QTest.keyClicks(cursor(), "weight")
    zoom_in(active)
    assert page.sections["History"].search.text() == "weight"  # type: ignore[attr-defined]
    assert page.sections["History"].search.hasFocus()  # type: ignore[attr-defined]


def test_the_cursor_stays_on_a_button_after_zooming(active: MainWindow, board_of: Settled) -> None:
    page = scope(active)
    page.go_to_step(2)
    list_of(page, "solutions").add_button.setFocus()
    zoom_in(active)
    assert list_of(page, "solutions").add_button.hasFocus()
