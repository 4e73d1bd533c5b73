"""A formula of one's own on the page of the method."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.library_parts import LEFT, Settled, history_of, lay_out, method_of, retype, undo
from ui.features.library.method import MethodSection
from ui.features.ranking.page import RankingPage
from ui.shell.main_window import MainWindow

TEXT = "(business_value_norm + reach) / (error_harm_norm + 1)"


@pytest.fixture
def section(window: MainWindow, board_of: Settled) -> MethodSection:
    """Return the page on the sample, with the formula chosen by keyboard."""
    section = method_of(window)
    board_of(window)
    assert not section.own.isVisible()
    section.methods.widget.setFocus()
    QTest.keyClick(section.methods.widget, Qt.Key.Key_End)
    section.methods.widget.activated.emit(section.methods.widget.currentIndex())
    assert board_of(window).method.id == "formula"
    lay_out()
    return section


def test_choosing_it_shows_a_line_with_what_it_may_name(
    section: MethodSection, window: MainWindow, board_of: Settled
) -> None:
    text = section.own.editors["text"]
    assert text.isVisible()
    texts = [found.text() for found in section.findChildren(QLabel) if found.isVisible()]
    assert any("It may name business_value, reach" in shown for shown in texts)
    assert any("Scores go from −3 to 6." in shown for shown in texts)
    assert section.own.is_folded
    assert undo(window, board_of).method.id == "balanced"
    assert not section.own.isVisible()


def test_what_is_typed_is_checked_saved_and_undone(
    section: MethodSection, window: MainWindow, board_of: Settled
) -> None:
    text = section.own.editors["text"]
    before = board_of(window)
    retype(text, "(business_value_norm + reach")
    assert board_of(window).portfolio.formula == before.portfolio.formula
    assert "column 1, at “(business_value" in text.problem
    retype(text, "reach / costs")
    board_of(window)
    assert "“costs” in the formula is neither a criterion nor a parameter" in text.problem
    retype(text, TEXT)
    board = board_of(window)
    assert (board.method.formula, text.problem) == (f"S = {TEXT}", "")
    best = board.ranked[0]
    assert section.own.first.text().startswith(
        f"First: 1. {best.use_case.title}, {best.score_text}; 2. "
    )
    assert undo(window, board_of).portfolio.formula == before.portfolio.formula


def test_a_divisor_that_is_not_positive_is_told_below_the_formula(
    section: MethodSection, window: MainWindow, board_of: Settled
) -> None:
    retype(section.own.editors["text"], "reach / (error_harm_norm - 0.5)")
    assert "“error_harm_norm - 0.5” of" in board_of(window).problem
    assert section.own.first.text().startswith("Nothing is scored. “error_harm_norm - 0.5” of")


def test_parameters_and_tiers_are_folded_below(
    section: MethodSection, window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    section.own.more.setFocus()
    QTest.keyClick(section.own.more, Qt.Key.Key_Space)
    lay_out()
    retype(section.own.editors["parameters"], "caution = 2 from 0 to 9")
    retype(section.own.editors["tiers"], "A from 1,B")
    retype(section.own.editors["text"], "reach_norm - caution * error_harm_norm + 1")
    board = board_of(window)
    assert board.parameters == {"caution": 2.0}
    assert board.ranked[0].tier == "A"
    assert section.own.editors["tiers"].problem == ""
    field = section.parameters["formula", "caution"]
    assert field.isVisible()
    retype(field, "3")
    assert board_of(window).parameters == {"caution": 3.0}
    retype(section.own.editors["parameters"], "caution = 2 from 0 to 9; more = 1")
    assert board_of(window).parameters == {"caution": 3.0, "more": 1.0}
    assert section.parameters["formula", "more"].isVisible()
    assert {"caution", "more"} == {n for m, n in section.parameters if m == "formula"}
    retype(section.own.editors["tiers"], "A, B")
    board_of(window)
    assert "begin at the same score" in section.own.editors["tiers"].problem
    qtbot.mouseClick(section.own.more, LEFT)
    retype(section.own.editors["text"], "reach_norm - caution * error_harm_norm + more")
    board_of(window)
    assert section.own.is_folded


def test_the_ranking_shows_tiers_and_moves_its_parameters(
    section: MethodSection, window: MainWindow, board_of: Settled
) -> None:
    retype(section.own.editors["parameters"], "caution = 2 from 0 to 9")
    retype(section.own.editors["tiers"], "A from 1, B")
    retype(section.own.editors["text"], "reach_norm - caution * error_harm_norm + 1")
    window.go("ranking")
    page = window.page("ranking")
    assert isinstance(page, RankingPage)
    board_of(window)
    assert "caution" in page.what_if.parameters
    model = page.view.model()
    shown = {
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    }
    assert {text[-2:] for text in shown if text[:2] in ("1.", "0.", "−0")} >= {" A", " B"}


def test_the_history_says_what_was_stated(
    section: MethodSection, window: MainWindow, board_of: Settled
) -> None:
    retype(section.own.editors["text"], TEXT)
    board_of(window)
    history = history_of(window, board_of)
    model = history.table
    told = [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    assert any(TEXT in line and "Formula of your own" in " ".join(line) for line in told)
    assert any("Formula of your own" in line for line in told)
