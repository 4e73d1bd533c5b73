"""What is new has its first field in view, with the cursor in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.scoping import STEPS
from scoper.settings import Theme
from tests.ui.library_parts import criteria_of, lay_out
from tests.ui.test_scope import list_of, scope
from ui.features.library.criteria import KINDS
from ui.shell.main_window import MainWindow

Settled = Callable[[MainWindow], Board]
LISTS = [
    (step.number, spec.name)
    for step in STEPS
    for spec in step.lists
    if (step.key, spec.name) != ("feasibility", "solutions")
]


@pytest.fixture(params=[100, 150])
def zoomed(request: pytest.FixtureRequest, window: MainWindow) -> MainWindow:
    """Return a window at a zoom."""
    window.theme.apply(Theme.LIGHT, request.param)
    window.activateWindow()
    return window


def cursor_is_in_view(area: QScrollArea) -> bool:
    """Say whether the field with the cursor is seen whole."""
    field = QApplication.focusWidget()
    if field is None or not area.widget().isAncestorOf(field):
        return False
    if isinstance(field.parentWidget(), QAbstractScrollArea):
        field = field.parentWidget()
    at = field.mapTo(area.viewport(), QPoint(0, 0))
    return area.viewport().rect().contains(field.rect().translated(at))


def press(add: QAbstractButton, area: QScrollArea, *, by_mouse: bool) -> None:
    """Press a button in view: with the mouse, or with Space while the pointer is elsewhere."""
    area.ensureWidgetVisible(add)
    QApplication.processEvents()
    if by_mouse:
        QCursor.setPos(add.mapToGlobal(add.rect().center()))
        QTest.mouseClick(add, Qt.MouseButton.LeftButton)
    else:
        QCursor.setPos(add.window().mapToGlobal(QPoint(2, 2)))
        add.setFocus()
        QTest.keyClick(add, Qt.Key.Key_Space)


@pytest.mark.parametrize("by_mouse", [True, False], ids=["mouse", "keys"])
@pytest.mark.parametrize(("step", "name"), LISTS)
def test_a_new_entry_of_a_list_is_named_in_view(
    zoomed: MainWindow, qtbot: QtBot, board_of: Settled, step: int, name: str, *, by_mouse: bool
) -> None:
    page = scope(zoomed)
    page.go_to_step(step)
    entries, form = list_of(page, name), page.form(step)
    qtbot.waitUntil(lambda: not form.has_checklists)
    for _ in range(3):
        before = len(entries.rows)
        press(entries.add_button, form, by_mouse=by_mouse)
        board_of(zoomed)
        qtbot.waitUntil(lambda before=before: len(entries.rows) > before)
        qtbot.waitUntil(lambda: cursor_is_in_view(form))
        lay_out()
        assert cursor_is_in_view(form)


@pytest.mark.parametrize("by_mouse", [True, False], ids=["mouse", "keys"])
def test_a_new_criterion_is_named_in_view(
    zoomed: MainWindow, qtbot: QtBot, board_of: Settled, *, by_mouse: bool
) -> None:
    section = criteria_of(zoomed)
    for kind in (KINDS[0], KINDS[0], KINDS[-1]):
        before = len(section.cards)
        press(section.groups[kind].add, section.column, by_mouse=by_mouse)
        board_of(zoomed)
        qtbot.waitUntil(lambda before=before: len(section.cards) > before)
        qtbot.waitUntil(lambda: cursor_is_in_view(section.column))
