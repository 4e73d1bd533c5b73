"""What the window shows of a method with a parameter of its own, which no other file knows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from scoper.scoring.methods import Method
from tests.own_method import CAUTION, careful
from tests.ui.library_parts import LEFT, Settled, history_of, method_of, retype, undo
from ui.features.ranking.page import RankingPage
from ui.shared.explanation import Explanation
from ui.shell.main_window import MainWindow

__all__ = ["careful"]


@pytest.fixture
def scored(careful: Method, window: MainWindow, board_of: Settled) -> MainWindow:
    """Return the window on the sample, scored by the method that was chosen on its page."""
    section = method_of(window)
    board_of(window)
    section.methods.widget.choose(careful.id)
    section.methods.widget.activated.emit(section.methods.widget.currentIndex())
    assert board_of(window).method is careful
    return window


def ranking(window: MainWindow) -> RankingPage:
    window.go("ranking")
    page = window.page("ranking")
    assert isinstance(page, RankingPage)
    return page


def test_the_method_page_asks_for_it_and_says_what_it_means(
    scored: MainWindow, board_of: Settled
) -> None:
    section = method_of(scored)
    editor = section.parameters["careful", "caution"]
    assert editor.isVisible()
    assert CAUTION.meaning.rstrip(".") in editor.field.help
    assert "0.5 to 4" in editor.field.help
    assert any(found.text() == "Caution κ" for found in section.findChildren(QLabel))
    retype(editor, "9")
    assert board_of(scored).parameters == {"caution": 1.5}
    assert "too large" in editor.problem
    retype(editor, "2.5")
    assert board_of(scored).parameters == {"caution": 2.5}
    assert undo(scored, board_of).parameters == {"caution": 1.5}
    assert undo(scored, board_of).method.id == "balanced"
    assert not editor.isVisible()
    assert section.parameters["balanced", "risk_aversion"].isVisible()


def test_what_if_moves_it_within_its_range_and_applies_it(
    scored: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = ranking(scored)
    assert list(page.what_if.dials) == ["caution"]
    dial = page.what_if.dials["caution"]
    assert dial.slider.accessibleName() == "Caution κ"
    before = page.view.table.index(0, 1).data(), page.method.text()
    QTest.keyClick(dial.slider, Qt.Key.Key_End)
    assert dial.value == 4
    assert "caution κ = 4 points" in page.method.text()
    assert "break-even" not in page.method.text()
    QTest.keyClick(dial.slider, Qt.Key.Key_Home)
    assert dial.value == 0.5
    page.what_if.reset_button.click()
    assert (page.view.table.index(0, 1).data(), page.method.text()) == before
    QTest.keyClick(dial.slider, Qt.Key.Key_End)
    qtbot.mouseClick(page.what_if.apply_button, LEFT)
    assert board_of(scored).parameters == {"caution": 4.0}


def test_the_explanation_and_the_history_name_it(scored: MainWindow, board_of: Settled) -> None:
    retype(method_of(scored).parameters["careful", "caution"], "2.5")
    first = board_of(scored).ranked[0].use_case
    page = ranking(scored)
    page.select(first.id)
    page.explain()
    (dialog,) = page.findChildren(Explanation)
    texts = [found.text() for found in dialog.findChildren(QLabel)]
    assert texts[texts.index("Caution κ") + 1] == "2.5 points"
    dialog.accept()
    table = history_of(scored, board_of).table
    told = [str(table.index(0, column).data()) for column in range(2, table.columnCount())]
    assert told == ["Caution κ", "1.5", "2.5", "Change “Caution κ”"]
