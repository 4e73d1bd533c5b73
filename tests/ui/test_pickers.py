"""Choosing one of several: every list shows all of its few entries, a long one is searched."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

import ui
from scoper.board import Board
from scoper.settings import Theme
from tests.ui.library_parts import lay_out
from tests.ui.pickers import opened
from ui.features.scope.page import ScopePage
from ui.kit.fields.picker import Picker
from ui.kit.fields.picker_list import SEARCHED_FROM
from ui.shell.main_window import MainWindow

# The platform without a screen says so about every list that opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
BoardOf = Callable[[MainWindow], Board]


def picker_of(qtbot: QtBot, *texts: str) -> Picker:
    picker = Picker("Fruit")
    picker.offer([(text, text.casefold()) for text in texts])
    qtbot.addWidget(picker)
    picker.show()
    picker.setFocus()
    qtbot.waitExposed(picker)
    return picker


def many(qtbot: QtBot, count: int) -> Picker:
    return picker_of(qtbot, *(f"UC-{n:04} Case {n}" for n in range(count)))


def found_in(picker: Picker) -> list[str]:
    assert picker.opened is not None
    model = picker.opened.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_only_the_picker_is_made_of_the_list_that_cuts_its_last_entry() -> None:
    for path in Path(ui.__file__).parent.rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        used = {node.id for node in nodes if isinstance(node, ast.Name)}
        used |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        assert "QComboBox" not in used or path.name == "picker.py", path


@pytest.mark.parametrize("zoom", [100, 150, 200])
@pytest.mark.parametrize("look", [Theme.LIGHT, Theme.DARK])
def test_every_list_of_a_few_entries_shows_them_whole(
    window: MainWindow, board_of: BoardOf, look: Theme, zoom: int
) -> None:
    window.preferences.update(theme=look, zoom=zoom)
    window.go("scope")
    page = window.page("scope")
    assert isinstance(page, ScopePage)
    seen = 0
    for step in (1, 2, 3, 4, 5):
        page.go_to_step(step)
        board_of(window)
        lay_out()
        for picker in page.findChildren(Picker):
            if not picker.isVisible() or picker.count() >= SEARCHED_FROM:
                continue
            shown = opened(picker)
            view = shown.list
            last = view.visualRect(view.model().index(picker.count() - 1, 0))
            assert view.viewport().rect().contains(last), picker.itemText(picker.count() - 1)
            assert not view.verticalScrollBar().isVisible()
            assert last.bottom() + last.height() > view.viewport().height(), "as high as they are"
            QTest.keyClick(view, KEY.Key_Escape)
            seen += 1
    assert seen >= 5


def test_a_long_list_is_searched_by_words_in_any_order_without_accents(qtbot: QtBot) -> None:
    fruit = [f"Fruit {n}" for n in range(SEARCHED_FROM)]
    picker = picker_of(qtbot, *fruit, "Crème brûlée of Łódź")
    QTest.keyClick(picker, "l")
    assert picker.opened is not None
    search = picker.opened.search
    assert search.hasFocus()
    QTest.keyClicks(search, "odz cre")
    assert found_in(picker) == ["Crème brûlée of Łódź"]
    with qtbot.waitSignal(picker.chosen) as chosen:
        QTest.keyClick(search, KEY.Key_Return)
    assert chosen.args == ["crème brûlée of łódź"]
    assert picker.currentText() == "Crème brûlée of Łódź"
    assert picker.opened is None


def test_arrows_move_in_what_was_found_and_escape_leaves_the_choice(qtbot: QtBot) -> None:
    picker = many(qtbot, 40)
    with qtbot.assertNotEmitted(picker.chosen):
        search = opened(picker).search
        QTest.keyClicks(search, "case 3")
        QTest.keyClick(search, KEY.Key_Down)
        QTest.keyClick(search, KEY.Key_Escape)
    assert picker.opened is None
    assert picker.currentIndex() == 0
    search = opened(picker).search
    QTest.keyClicks(search, "case 3")
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Up, KEY.Key_Return):
        QTest.keyClick(search, key)
    assert picker.currentText() == "UC-0013 Case 13"


def test_what_is_not_there_is_said_and_chooses_nothing(qtbot: QtBot) -> None:
    picker = many(qtbot, 40)
    search = opened(picker).search
    QTest.keyClicks(search, "nowhere")
    with qtbot.assertNotEmitted(picker.chosen):
        QTest.keyClick(search, KEY.Key_Return)
    assert picker.opened is not None
    QTest.keyClick(search, KEY.Key_Escape)


def test_the_mouse_chooses_and_a_click_beside_the_list_leaves(qtbot: QtBot) -> None:
    picker = picker_of(qtbot, "Apple", "Pear", "Quince")
    shown = opened(picker)
    assert shown.search.isHidden()
    view = shown.list
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.model().index(2, 0)).center())
    assert picker.value == "quince"
    shown = opened(picker)
    QTest.mouseClick(shown, LEFT, pos=QPoint(-400, -400))
    QApplication.processEvents()
    assert picker.opened is None
    assert picker.value == "quince"


def test_a_short_list_is_chosen_from_with_space_and_by_letters(qtbot: QtBot) -> None:
    picker = picker_of(qtbot, "Apple", "Pear", "Quince")
    QTest.keyClick(picker, KEY.Key_Q)
    assert picker.value == "quince"
    QTest.keyClick(picker, KEY.Key_F4)
    assert picker.opened is not None
    view = picker.opened.list
    assert view.currentIndex().row() == 2
    QTest.keyClick(view, KEY.Key_Up)
    QTest.keyClick(view, KEY.Key_Space)
    assert picker.value == "pear"


def test_a_list_that_is_offered_anew_keeps_its_choice(qtbot: QtBot) -> None:
    picker = picker_of(qtbot, "Apple", "Pear")
    picker.choose("pear")
    with qtbot.assertNotEmitted(picker.currentIndexChanged):
        picker.offer([("Plum", "plum"), ("Fig", "fig"), ("Pear", "pear")])
    assert (picker.value, picker.currentIndex()) == ("pear", 2)
    picker.offer([("Plum", "plum")])
    assert picker.value == "plum"
    picker.offer([])
    assert picker.value is None


def test_a_list_of_thousands_makes_no_widget_or_line_for_what_is_out_of_view(
    qtbot: QtBot,
) -> None:
    picker = many(qtbot, 3_611)
    shown = opened(picker)
    asked: list[int] = []
    read = shown.found.data

    def counted(index: object, role: int = 0) -> object:
        asked.append(role)
        return read(index, role)  # type: ignore[arg-type]

    shown.found.data = counted  # type: ignore[method-assign]
    QTest.keyClicks(shown.search, "case")
    lay_out()
    assert 0 < len(asked) < 2_000
    QTest.keyClick(shown.search, KEY.Key_Escape)


def test_the_search_of_a_picker_in_a_table_is_as_high_as_that_of_any_other(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.preferences.update(zoom=200)
    table, rows = QTableView(window), QStandardItemModel(1, 1)
    table.setModel(rows)
    apart, inside = Picker("Apart"), Picker("Inside")
    apart.setParent(window)
    table.setIndexWidget(rows.index(0, 0), inside)
    heights = []
    for picker in (apart, inside):
        picker.offer([(f"Column {n}", n) for n in range(40)])
        table.show()
        picker.show()
        shown = opened(picker)
        lay_out()
        heights.append(shown.search.height())
        QTest.keyClick(shown.search, KEY.Key_Escape)
    assert heights[0] == heights[1]


def test_a_long_list_shows_a_dozen_entries_at_a_time(qtbot: QtBot) -> None:
    shown = opened(many(qtbot, 40)).list
    assert shown.viewport().height() // shown.sizeHintForRow(0) == 12
