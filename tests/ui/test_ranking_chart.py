"""The chart of the ranking page: what is named, pointed at, chosen and exported."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import people, portfolios, scores, use_cases
from scoper.commands.scores import Cell
from ui.features.ranking.page import RankingPage
from ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
Settled = Callable[[MainWindow], Board]


def ranking(window: MainWindow) -> RankingPage:
    window.go("ranking")
    page = window.page("ranking")
    assert isinstance(page, RankingPage)
    return page


def place_of(page: RankingPage, use_case_id: object) -> QPoint:
    place = page.chart.position_of(use_case_id)  # type: ignore[arg-type]
    assert place is not None
    return place.toPoint()


def press(page: RankingPage, text: str) -> None:
    next(choice for choice in page.charts.choices if choice.text() == text).click()


def test_leader_selected_and_the_one_pointed_at_are_named(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = ranking(window)
    ranked = [s.use_case for s in board_of(window).ranked if s.rank]
    page.view.select(ranked[5].id)
    qtbot.mouseMove(page.chart, place_of(page, ranked[-2].id))
    assert {ranked[0].title, ranked[5].title, ranked[-2].title} <= set(page.chart.names)


def test_arrow_keys_go_from_the_best_to_the_last_and_say_where_they_are(
    window: MainWindow, board_of: Settled
) -> None:
    page = ranking(window)
    ranked = [s.use_case for s in board_of(window).ranked if s.rank]
    page.chart.setFocus()
    QTest.keyClick(page.chart, Qt.Key.Key_End)
    assert page.view.current == ranked[-1].id
    QTest.keyClick(page.chart, Qt.Key.Key_Home)
    QTest.keyClick(page.chart, Qt.Key.Key_Down)
    assert page.view.current == ranked[1].id
    said = page.chart.accessibleDescription()
    assert f"Selected: {ranked[1].title}" in said
    assert "Above the break-even line" in said


def test_the_chart_that_is_shown_is_the_one_that_is_exported(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = ranking(window)
    assert page.chart.accessibleName() == "Which use cases pay off for their risk?"
    press(page, "Quick wins or big bets?")
    assert page.chart.accessibleName() == "Which are quick wins, and which big bets?"
    asked = []
    monkeypatch.setattr("ui.bridge.exports.export", lambda *given: asked.append(given[2]))
    page.export_chart()
    press(page, "Do they pay off?")
    page.export_chart()
    assert asked == ["quadrants", "chart"]


def test_another_method_is_asked_nothing_of_break_even(
    window: MainWindow, board_of: Settled
) -> None:
    page = ranking(window)
    window.session.run(lambda store: portfolios.set_field(store, field="method", value="topsis"))
    board_of(window)
    assert page.charts.choices[0].text() == "Gain or loss?"
    said = f"{page.chart.accessibleName()} {page.chart.accessibleDescription()}"
    assert "break-even" not in said
    assert "pay off" not in said


def test_clicks_go_through_the_use_cases_at_one_place(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    session = empty_window.session
    session.run(lambda store: people.add_participant(store, name="Ada"))
    for title in ("Same", "Alike", "Other"):
        session.run(partial(use_cases.create, title=title))
    portfolio = board_of(empty_window).portfolio
    (ada,) = portfolio.participants
    cells = [
        Cell(use_case.id, criterion.id, ada.id, 2.0 if use_case.title == "Other" else 4.0)
        for use_case in portfolio.use_cases
        for criterion in portfolio.criteria
    ]
    session.run(lambda store: scores.set_ratings(store, cells=cells))
    same, alike, other = board_of(empty_window).ranked
    page = ranking(empty_window)
    page.view.select(other.use_case.id)
    assert any("and 1 more" in name for name in page.chart.names)
    chosen = []
    for _ in range(3):
        qtbot.mouseClick(page.chart, LEFT, pos=place_of(page, same.use_case.id))
        chosen.append(page.view.current)
    assert chosen == [same.use_case.id, alike.use_case.id, same.use_case.id]


def test_pointing_names_for_a_moment_and_moves_no_other_name_for_good(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = ranking(window)
    corner = QPoint(page.chart.width() - 3, page.chart.height() - 3)
    qtbot.mouseMove(page.chart, corner)
    before = page.chart.names
    unnamed = [s.use_case for s in board_of(window).ranked if s.rank]
    unnamed = [use_case for use_case in unnamed if use_case.title not in before]
    assert unnamed
    for use_case in unnamed:
        qtbot.mouseMove(page.chart, place_of(page, use_case.id))
        assert use_case.title in page.chart.names
    qtbot.mouseMove(page.chart, corner)
    assert page.chart.names == before
