"""Leadership's page: ranked table, chart, what-if, decision."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.terms import Decision
from ui.main_window import MainWindow
from ui.pages.ranking import RankingPage
from ui.widgets.explanation import Explanation

LEFT = Qt.MouseButton.LeftButton
Settled = Callable[[MainWindow], Board]


def ranking(window: MainWindow) -> RankingPage:
    window.go("ranking")
    page = window.page("ranking")
    assert isinstance(page, RankingPage)
    return page


def shown(page: RankingPage, column: int) -> list[str]:
    table = page.view.table
    return [table.index(row, column).data() for row in range(table.rowCount())]


def test_table_and_chart_show_the_board(window: MainWindow, board_of: Settled) -> None:
    page = ranking(window)
    board = board_of(window)
    assert shown(page, 1) == [s.use_case.title for s in board.ranked]
    assert shown(page, 0)[:2] == ["1", "2"]
    assert shown(page, 0)[-1] == "–"
    marks = [s.use_case.id for s in board.ranked if s.rank]
    assert all(page.chart.position_of(use_case_id) is not None for use_case_id in marks)
    assert page.chart.accessibleDescription()


def test_a_click_on_a_mark_selects_the_row(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = ranking(window)
    lowest = next(s for s in reversed(board_of(window).ranked) if s.rank).use_case
    place = page.chart.position_of(lowest.id)
    assert place is not None
    qtbot.mouseClick(page.chart, LEFT, pos=place.toPoint())
    assert page.view.current == lowest.id


def test_moving_risk_aversion_reranks_at_once_and_stores_nothing(
    window: MainWindow, board_of: Settled
) -> None:
    page = ranking(window)
    stored = board_of(window)
    before = shown(page, 3)
    slider = page.what_if.aversion.slider
    for _ in range(6):
        QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert shown(page, 3) != before
    assert board_of(window).parameters == stored.parameters
    page.what_if.reset_button.click()
    assert shown(page, 3) == before


def test_applied_weights_are_stored_as_one_step(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = ranking(window)
    stored = board_of(window)
    dial = next(iter(page.what_if._sliders.values()))
    QTest.keyClick(dial.slider, Qt.Key.Key_Home)
    QTest.keyClick(page.what_if.aversion.slider, Qt.Key.Key_Home)
    qtbot.mouseClick(page.what_if.apply_button, LEFT)
    board = board_of(window)
    assert board.parameters.risk_aversion == 0
    assert board.portfolio.criteria[0].weight == 0
    assert not page.what_if.apply_button.isEnabled()
    window.session.undo()
    board = board_of(window)
    assert board.parameters == stored.parameters
    assert board.portfolio.criteria[0].weight == stored.portfolio.criteria[0].weight


def test_a_dimension_without_weight_says_so(window: MainWindow) -> None:
    page = ranking(window)
    for dial in list(page.what_if._sliders.values())[:3]:
        QTest.keyClick(dial.slider, Qt.Key.Key_Home)
    assert "impact" in page.what_if._problem.text()
    assert page._lead.text() == "Nothing can be ranked."


def test_a_decision_is_recorded_with_its_reason(window: MainWindow, board_of: Settled) -> None:
    page = ranking(window)
    page.view.selectRow(0)
    first = page.view.current
    assert first is not None
    QTest.keyClick(page.view, Qt.Key.Key_Space)
    (dialog,) = page.findChildren(Explanation)
    dialog.reason.widget.selectAll()
    QTest.keyClicks(dialog.reason.widget, "Pays for itself")
    dialog.choice.widget.setCurrentIndex(list(Decision).index(Decision.HOLD))
    dialog.choice.widget.activated.emit(list(Decision).index(Decision.HOLD))
    dialog.accept()
    use_case = board_of(window).standing(first).use_case
    assert use_case.decision is Decision.HOLD
    assert use_case.decision_reason == "Pays for itself"
    assert use_case.decided_on is not None


def test_an_unrated_portfolio_says_what_to_do(empty_window: MainWindow) -> None:
    page = ranking(empty_window)
    assert "workshop" in page._rest.text()
