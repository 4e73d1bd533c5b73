"""No gate is passed while a field of its step is marked as wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from scoper.board import Board
from tests.ui.library_parts import lay_out
from ui.features.scope.page import ScopePage
from ui.kit.basics import LinkRow
from ui.shell.main_window import MainWindow

BoardOf = Callable[[MainWindow], Board]


@pytest.fixture
def page(window: MainWindow) -> ScopePage:
    window.go("scope")
    shown = window.page("scope")
    assert isinstance(shown, ScopePage)
    return shown


def enter(window: MainWindow, editor: Any, text: str, board_of: BoardOf) -> None:
    editor.setFocus()
    editor.select_all()
    QTest.keyClick(editor.widget, Qt.Key.Key_Delete)
    QTest.keyClicks(editor.widget, text)
    editor.flush()
    board_of(window)
    lay_out()


def step_says(page: ScopePage, number: int) -> str:
    return page.stepper.steps[number - 1].accessibleName()


def asked(page: ScopePage) -> list[str]:
    return [row.accessibleName() for row in page.side.findChildren(LinkRow) if row.isVisible()]


def test_a_field_that_cannot_be_read_opens_its_gate_and_is_named(
    window: MainWindow, page: ScopePage, board_of: BoardOf
) -> None:
    editor: Any = page.form(1).editors["current_cost"]
    assert "gate passed" in step_says(page, 1)
    enter(window, editor, "a lot", board_of)
    assert editor.problem
    assert "1 thing missing" in step_says(page, 1)
    assert asked(page) == [
        "Look at “Cost a year” in “What it costs today”: what stands there is not saved"
    ]
    page.go_to_step(2)
    assert "1 thing missing" in step_says(page, 1), "also seen from another step"
    page.go_to_step(1)
    enter(window, editor, "12,500", board_of)
    assert "gate passed" in step_says(page, 1)
    assert asked(page) == []
    assert board_of(window).use_cases[0].current_cost == 12_500


def test_a_field_that_gets_its_old_value_back_lets_the_gate_pass(
    window: MainWindow, page: ScopePage, board_of: BoardOf
) -> None:
    editor: Any = page.form(1).editors["current_cost"]
    before = editor.widget.text()
    enter(window, editor, "a lot", board_of)
    enter(window, editor, before, board_of)
    assert "gate passed" in step_says(page, 1)


def test_the_line_that_names_a_field_of_an_entry_opens_it_and_leads_there(
    window: MainWindow, page: ScopePage, board_of: BoardOf, qtbot: QtBot
) -> None:
    cost = board_of(window).use_cases[0].costs[0]
    page.go_to_step(5)
    form = page.form(5)
    items = next(found for found in form.lists if found.spec.name == "costs")
    editor: Any = items.editor(cost.id, "likely")
    enter(window, editor, "much", board_of)
    assert asked(page) == ["Look at “Likely” in “Costs”: what stands there is not saved"]
    items.entry(cost.id).set_open(False)  # type: ignore[attr-defined]
    (row,) = (found for found in page.side.findChildren(LinkRow) if found.isVisible())
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(editor.widget.hasFocus)
    assert editor.isVisible()


def test_another_use_case_is_judged_by_its_own_fields(
    window: MainWindow, page: ScopePage, board_of: BoardOf
) -> None:
    enter(window, page.form(1).editors["current_cost"], "a lot", board_of)
    page.go_to_step(2)
    other = next(u for u in board_of(window).use_cases if u.title == "Returns triage")
    page.select(other.id)
    lay_out()
    assert "gate passed" in step_says(page, 1)
    assert page.side.findChildren(QLabel)
