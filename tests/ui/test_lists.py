"""Every list of a use case on its form: added to, named, edited, deleted and brought back.

Nothing here names a list; what else follows from an entry is in ``tests/test_lists.py``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import ui
from scoper.board import Board
from scoper.scoping import LISTS, STEP_OF, STEPS
from tests.ui.test_scope import list_of, new_use_case
from ui.features.scope.extras import EXTRAS, SHOWN_AGAIN
from ui.features.scope.page import ScopePage
from ui.kit.fields.editor import Editor
from ui.kit.lists.item_list import ItemList
from ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
Settled = Callable[[MainWindow], Board]
every_list = pytest.mark.parametrize("name", LISTS)


def filled_form(
    window: MainWindow, qtbot: QtBot, board_of: Settled, name: str
) -> tuple[ScopePage, ItemList]:
    """Return the page and the list on it, once an entry was added by its button."""
    page = new_use_case(window, board_of)
    page.go_to_step(STEP_OF[name])
    shown = list_of(page, name)
    qtbot.mouseClick(shown.add_button, LEFT)
    board_of(window)
    return page, shown


def entries(window: MainWindow, board_of: Settled, name: str) -> tuple[Any, ...]:
    found: tuple[Any, ...] = getattr(board_of(window).use_cases[0], name)
    return found


@every_list
def test_an_entry_is_added_and_shows_every_field_by_its_name(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled, name: str
) -> None:
    _, shown = filled_form(empty_window, qtbot, board_of, name)
    (entry,) = entries(empty_window, board_of, name)
    asked = LISTS[name]
    for field in asked.columns:
        editor = shown.editor(entry.id, field.name)
        named = [part.accessibleName() for part in (editor, *editor.findChildren(QWidget))]
        assert any(field.label in words for words in named)
    if asked.stand_in:
        assert getattr(entry, asked.named_by) == asked.stand_in
        qtbot.waitUntil(lambda: shown.isAncestorOf(QApplication.focusWidget()))


@every_list
def test_what_is_typed_over_the_stand_in_is_kept_and_can_be_taken_back(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled, name: str
) -> None:
    asked = LISTS[name]
    _, shown = filled_form(empty_window, qtbot, board_of, name)
    (entry,) = entries(empty_window, board_of, name)
    if asked.stand_in:
        editor = shown.focus_item(entry.id)
        qtbot.keyClicks(editor.widget, "Named")
        editor.flush()
        assert getattr(entries(empty_window, board_of, name)[0], asked.named_by) == "Named"
        empty_window.session.undo()
        assert getattr(entries(empty_window, board_of, name)[0], asked.named_by) == asked.stand_in
    empty_window.session.undo()
    assert entries(empty_window, board_of, name) == ()


@every_list
def test_an_entry_is_deleted_from_its_form_and_comes_back(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled, name: str
) -> None:
    _, shown = filled_form(empty_window, qtbot, board_of, name)
    before = entries(empty_window, board_of, name)
    delete = shown.entry(before[0].id).delete
    assert delete is not None
    qtbot.mouseClick(delete, LEFT)
    assert entries(empty_window, board_of, name) == ()
    QTest.keyClick(empty_window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert entries(empty_window, board_of, name) == before


@every_list
def test_fields_that_stand_apart_are_asked_somewhere(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled, name: str
) -> None:
    """Below the fields of an open entry, or in the step that shows the list again."""
    page, _ = filled_form(empty_window, qtbot, board_of, name)
    (entry,) = entries(empty_window, board_of, name)
    found: set[str] = set()
    for step in STEPS:
        if name in {items.name for items in step.lists}:
            page.go_to_step(step.number)
            form = page.form(step.number)
            qtbot.waitUntil(lambda form=form: not form.has_checklists)
            shown = list_of(page, name)
            shown.open(entry.id)
            found |= {field for (item, field), _ in _fields(shown) if item == entry.id}
    not_edited = {"copied_from", "grades"}
    assert {field.name for field in LISTS[name].fields} - not_edited <= found


def test_what_has_an_extra_is_asked_somewhere() -> None:
    first = {
        section.fields[0].name for step in STEPS for section in step.sections if section.fields
    }
    again = {items.name for step in STEPS for items in step.lists if items.fixed}
    assert set(EXTRAS) <= set(LISTS) | first
    assert set(SHOWN_AGAIN) == again


def test_no_branch_of_the_window_asks_for_a_list_by_its_name() -> None:
    """What a list shows or does besides its fields has one place: the registry of extras."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted(Path(ui.__file__).parent.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare)
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and part.value in LISTS
    ]
    assert found == []


def _fields(shown: ItemList) -> list[tuple[tuple[Any, str], Editor]]:
    return [((*place.about, str(place.field)), editor) for place, editor in shown.fields()]
