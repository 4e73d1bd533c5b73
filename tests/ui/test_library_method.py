"""How ratings become a ranking."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from scoper.library.copying import copy_to_own
from scoper.library.criteria import KIND
from scoper.library.registry import library as read_library
from scoper.terms import Aggregation
from tests.ui.library_parts import LEFT, Settled, library, method_of, retype, undo
from ui.shell.main_window import MainWindow


@pytest.mark.parametrize(
    ("field", "entered", "kept"),
    [
        ("title", "Our ideas", "Our ideas"),
        ("organisation", "Us", "Us"),
        ("currency", "USD", "USD"),
    ],
)
def test_a_field_of_the_portfolio_is_saved_and_undone(
    window: MainWindow, board_of: Settled, field: str, entered: str, kept: object
) -> None:
    section, before = method_of(window), board_of(window).portfolio
    retype(section.editors[field], entered)
    assert getattr(board_of(window).portfolio, field) == kept
    assert getattr(undo(window, board_of).portfolio, field) == getattr(before, field)


@pytest.mark.parametrize(
    ("name", "entered", "kept"),
    [("risk_aversion", "2", 2.0), ("p_low", "0.2", 0.2), ("p_high", "0.8", 0.8)],
)
def test_a_parameter_is_saved_and_undone(
    window: MainWindow, board_of: Settled, name: str, entered: str, kept: float
) -> None:
    section, before = method_of(window), board_of(window).parameters
    retype(section.parameters["balanced", name], entered)
    assert board_of(window).parameters == {**before, name: kept}
    assert undo(window, board_of).parameters == before


def test_how_ratings_are_combined_is_chosen_by_keyboard(
    window: MainWindow, board_of: Settled
) -> None:
    section, before = method_of(window), board_of(window)
    combo: Any = section.editors["aggregation"]
    combo.widget.setFocus()
    QTest.keyClick(combo.widget, Qt.Key.Key_Down)
    combo.widget.activated.emit(combo.widget.currentIndex())
    after = board_of(window)
    assert after.portfolio.aggregation is Aggregation.MEDIAN
    assert [s.score for s in after.ranked] != [s.score for s in before.ranked]
    assert undo(window, board_of).portfolio.aggregation is Aggregation.MEAN
    assert combo.widget.currentText() == "Mean"


def test_likelihoods_the_wrong_way_round_are_refused(window: MainWindow, board_of: Settled) -> None:
    section = method_of(window)
    low = section.parameters["balanced", "p_low"]
    retype(low, "0.95")
    assert board_of(window).parameters["p_low"] == 0.1
    assert "above the highest likelihood (0.9)" in low.problem


def test_the_method_shows_formula_source_and_break_even(
    window: MainWindow, board_of: Settled
) -> None:
    section, board = method_of(window), board_of(window)
    texts = [found.text() for found in section.findChildren(QLabel)]
    assert board.method.formula in texts
    assert f"Source: {board.method.source}" in texts
    assert any("always breaks even at 50 points" in text for text in texts)
    retype(section.parameters["balanced", "risk_aversion"], "3")
    board_of(window)
    assert any("breaks even at 50 points" in found.text() for found in section.findChildren(QLabel))
    assert all(editor.field.help for _, editor in section.fields())


def test_a_scheme_replaces_the_criteria_and_its_method_is_offered(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    section = method_of(window)
    board_of(window)
    choices = section.methods.widget
    offered = {choices.itemText(n) for n in range(choices.count())}
    assert {"Balanced priority", "Weighted sum", "TOPSIS"} <= offered
    assert "RICE" not in offered
    section.schemes.choose("rice")
    qtbot.mouseClick(section.replace_button, LEFT)
    board = board_of(window)
    assert board.portfolio.method == "rice"
    assert [c.key for c in board.portfolio.criteria] == ["reach", "impact", "confidence", "effort"]
    assert not section.parameters["balanced", "p_low"].isVisible()
    window.session.undo()
    board = board_of(window)
    assert board.portfolio.method == "balanced"
    assert board.ranked[0].score is not None
    assert section.parameters["balanced", "p_low"].isVisible()


def test_a_scheme_of_ones_own_is_offered_as_soon_as_it_is_there(
    window: MainWindow, board_of: Settled
) -> None:
    section = method_of(window)
    board_of(window)
    assert section.schemes.value == "balanced"
    section.schemes.choose("wsjf")
    path = copy_to_own(read_library(), KIND, "rice").path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('title = "RICE"', 'title = "Our RICE"'), encoding="utf-8")
    library(window, "People")
    library(window, "Method")
    board_of(window)
    assert section.schemes.text_of("rice") == "Our RICE"
    assert section.schemes.value == "wsjf"
