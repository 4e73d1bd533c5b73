"""What was done once is done again, or taken back, in a window that already shows the first."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import people, scores
from scoper.commands.scores import Cell
from tests.ui.library_parts import criteria_of, history_of, library
from ui.features.portfolio.page import PortfolioPage
from ui.features.ranking.page import RankingPage
from ui.features.scope.page import ScopePage
from ui.features.workshop.page import WorkshopPage
from ui.features.workshop.rating_grid import CLOSED, HIDDEN
from ui.shared.explanation import Explanation
from ui.shell.main_window import MainWindow

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
Settled = Callable[[MainWindow], Board]

# The platform without a screen says so about every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def portfolio(window: MainWindow) -> PortfolioPage:
    window.go("portfolio")
    page = window.page("portfolio")
    assert isinstance(page, PortfolioPage)
    return page


def workshop(window: MainWindow) -> WorkshopPage:
    window.go("workshop")
    page = window.page("workshop")
    assert isinstance(page, WorkshopPage)
    page.view.setFocus()
    return page


def ranking(window: MainWindow) -> RankingPage:
    window.go("ranking")
    page = window.page("ranking")
    assert isinstance(page, RankingPage)
    return page


def sort_by(page: PortfolioPage | RankingPage, column: str) -> None:
    """Click the title of a column."""
    place = next(at for at, each in enumerate(page.view.table.columns) if each.id == column)
    header = page.view.horizontalHeader()
    left = header.sectionViewportPosition(place) + 12
    QTest.mouseClick(header.viewport(), LEFT, pos=QPoint(left, header.height() // 2))


def open_cell(page: WorkshopPage, row: int, column: int) -> None:
    page.view.put_cursor(row, column)
    QTest.keyClick(page.view, Qt.Key.Key_F2)


def press(key: Qt.Key, text: str = "") -> None:
    """Type into what has the focus, and a key."""
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)
    QApplication.processEvents()


def undo(window: MainWindow, board_of: Settled) -> Board:
    board_of(window)
    QTest.mouseClick(window.undo_button, LEFT)
    return board_of(window)


# ---------------------------------------------------------------- tables


def test_a_column_of_numbers_is_sorted_turned_around_and_given_back(
    window: MainWindow, board_of: Settled
) -> None:
    page, board = portfolio(window), board_of(window)
    entered = page.view.table.shown
    score = {standing.use_case.id: standing.score for standing in board.ranked}

    def shown() -> list[float]:
        return [found for u in page.view.table.shown if (found := score[u]) is not None]

    sort_by(page, "score")
    assert len(shown()) == 10
    assert shown() == sorted(shown())
    sort_by(page, "score")
    assert shown() == sorted(shown(), reverse=True)
    unrated = {u for u, found in score.items() if found is None}
    assert set(page.view.table.shown[-2:]) == unrated
    sort_by(page, "score")
    assert page.view.table.shown == entered


def test_what_is_deleted_after_sorting_is_what_was_selected(
    window: MainWindow, board_of: Settled
) -> None:
    page, board = portfolio(window), board_of(window)
    chosen = [board.use_cases[2].id, board.use_cases[7].id]
    page.view.clearSelection()
    for use_case_id in chosen:
        row = page.view.table.row_of(use_case_id)
        assert row is not None
        place = page.view.visualRect(page.view.table.index(row, page.view.title_column)).center()
        QTest.mouseClick(page.view.viewport(), LEFT, CTRL, place)
    sort_by(page, "title")
    sort_by(page, "title")
    assert set(page.view.selected) == set(chosen)
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    left = [u.id for u in board.use_cases if u.id not in chosen]
    assert [u.id for u in board_of(window).use_cases] == left
    assert [u.id for u in undo(window, board_of).use_cases] == [u.id for u in board.use_cases]
    assert set(page.view.selected) == set(chosen)


def test_a_rating_moves_the_use_case_and_the_cursor_goes_with_it(
    window: MainWindow, board_of: Settled
) -> None:
    page, board = ranking(window), board_of(window)
    last = [s.use_case for s in board.ranked if s.rank][-1]
    page.select(last.id)
    at = page.view.currentIndex().row()
    best = [
        Cell(last.id, c.id, p.id, c.high if c.dimension.value != "risk" else c.low)
        for c in board.portfolio.criteria
        for p in board.portfolio.participants
    ]
    window.session.run(lambda store: scores.set_ratings(store, cells=best))
    after = board_of(window)
    assert after.ranked[0].use_case.id == last.id
    assert (page.view.current, page.subject) == (last.id, last.id)
    assert page.view.currentIndex().row() == 0
    undo(window, board_of)
    assert (page.view.current, page.view.currentIndex().row()) == (last.id, at)


def test_a_score_is_explained_anew_after_a_rating(window: MainWindow, board_of: Settled) -> None:
    page = ranking(window)
    first = board_of(window).ranked[0].use_case.id

    def said() -> str:
        page.select(first)
        page.explain()
        dialog = page.findChildren(Explanation)[-1]
        words = [each.text() for each in dialog.findChildren(QLabel)]
        dialog.accept()
        standing = board_of(window).standing(first)
        assert f"Rank {standing.rank} of 10, score {standing.score_text}" in words
        dimensions = {c.dimension.label for c in board_of(window).portfolio.criteria}
        assert dimensions <= set(words)
        return standing.score_text

    before = said()
    portfolio_ = board_of(window).portfolio
    worst = [Cell(first, portfolio_.criteria[0].id, p.id, 1.0) for p in portfolio_.participants]
    window.session.run(lambda store: scores.set_ratings(store, cells=worst))
    board_of(window)
    assert said() != before


def test_the_chart_goes_round_and_back(window: MainWindow, board_of: Settled) -> None:
    page = ranking(window)
    ranked = [s.use_case.id for s in board_of(window).ranked if s.rank]
    walk = (
        (Qt.Key.Key_End, -1),
        (Qt.Key.Key_Down, 0),
        (Qt.Key.Key_Up, -1),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Down, 2),
        (Qt.Key.Key_Up, 1),
    )
    page.chart.setFocus()
    for key, place in walk:
        QTest.keyClick(page.chart, key)
        assert page.view.current == ranked[place]


# ---------------------------------------------------------------- ratings


def test_a_hidden_rating_is_left_alone_twice_and_then_replaced(
    window: MainWindow, board_of: Settled
) -> None:
    page = workshop(window)
    page.choice.use_case_button.click()
    before = board_of(window).portfolio.ratings[0, 0, 0]
    for end in (Qt.Key.Key_Return, Qt.Key.Key_Tab):
        open_cell(page, 0, 0)
        press(end)
        assert board_of(window).portfolio.ratings[0, 0, 0] == before
    open_cell(page, 0, 0)
    typed = 1.0 if before != 1 else 2.0
    press(Qt.Key.Key_Return, f"{typed:g}")
    assert board_of(window).portfolio.ratings[0, 0, 0] == typed
    assert page.view.grid.index(0, 0).data() == HIDDEN
    assert undo(window, board_of).portfolio.ratings[0, 0, 0] == before


def test_a_rating_is_entered_again_where_the_first_was_undone(
    window: MainWindow, board_of: Settled
) -> None:
    page = workshop(window)
    before = board_of(window).portfolio.ratings[0, 0, 0]
    for typed in (1.0, 2.0, 1.0):
        open_cell(page, 0, 0)
        press(Qt.Key.Key_Return, f"{typed:g}")
        assert board_of(window).portfolio.ratings[0, 0, 0] == typed
        assert undo(window, board_of).portfolio.ratings[0, 0, 0] == before
        assert page.view.grid.index(0, 0).data() == f"{before:g}"


def test_undo_takes_back_the_rating_of_the_person_before(
    window: MainWindow, board_of: Settled
) -> None:
    page, before = workshop(window), board_of(window).portfolio.ratings.copy()
    typed = 1.0 if before[0, 0, 0] != 1 else 2.0
    open_cell(page, 0, 0)
    press(Qt.Key.Key_Return, f"{typed:g}")
    QTest.mouseClick(page.choice.next_button, LEFT)
    second = board_of(window).portfolio.participants[1]
    assert page.choice.person == second.id
    shown = page.view.grid.index(0, 0).data()
    after = undo(window, board_of).portfolio.ratings
    assert np.array_equal(after, before, equal_nan=True)
    assert (page.choice.person, page.view.grid.index(0, 0).data()) == (second.id, shown)
    QTest.mouseClick(page.choice.previous_button, LEFT)
    assert page.view.grid.index(0, 0).data() == f"{before[0, 0, 0]:g}"


def test_a_criterion_is_closed_to_a_person_and_opened_again(
    window: MainWindow, board_of: Settled
) -> None:
    page, rated = workshop(window), board_of(window).portfolio
    person, criterion = rated.participants[0].id, rated.criteria[0].id
    given = rated.ratings[:, 0, 0].copy()
    for allowed in (False, True):
        window.session.run(
            lambda store, allowed=allowed: people.set_permission(
                store, participant_id=person, criterion_ids=(criterion,), allowed=allowed
            )
        )
        found = board_of(window).portfolio
        assert np.array_equal(found.ratings[:, 0, 0], given, equal_nan=True)
        assert bool(np.isnan(found.counted[0, 0, 0])) is not allowed
        page.view.put_cursor(0)
        assert (page.view.grid.index(0, 0).data() == CLOSED) is not allowed
        QGuiApplication.clipboard().setText("5")
        QTest.keyClick(page.view, Qt.Key.Key_V, CTRL)
        now = board_of(window).portfolio.ratings[0, 0, 0]
        assert now == (5 if allowed else given[0])


# ---------------------------------------------------------------- fields


def test_two_edits_of_a_field_are_two_steps(window: MainWindow, board_of: Settled) -> None:
    window.go("scope")
    page = window.page("scope")
    assert isinstance(page, ScopePage)
    page.go_to_step(1)
    before = board_of(window).use_cases[0].problem
    page.select(board_of(window).use_cases[0].id)
    page.go_to_step(1)
    field = page.form(1).editors["problem"]
    for words in (" First.", " Second."):
        field.setFocus()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_End, CTRL)
        QTest.keyClicks(QApplication.focusWidget(), words)
        page.flush()
        board_of(window)
    assert board_of(window).use_cases[0].problem == f"{before} First. Second."
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CTRL)
    assert board_of(window).use_cases[0].problem == f"{before} First."
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, CTRL)
    assert board_of(window).use_cases[0].problem == before


def test_a_criterion_goes_up_and_down_again_and_what_was_typed_is_kept(
    window: MainWindow, board_of: Settled
) -> None:
    section, before = criteria_of(window), board_of(window).portfolio.criteria
    card = section.cards[before[1].id]
    QTest.mouseClick(card.up, LEFT)
    assert [c.id for c in board_of(window).portfolio.criteria][:2] == [before[1].id, before[0].id]
    QTest.mouseClick(card.down, LEFT)
    assert [c.id for c in board_of(window).portfolio.criteria] == [c.id for c in before]
    weight = card.weight.widget
    for typed in ("3", "4"):
        weight.setFocus()
        weight.selectAll()
        QTest.keyClicks(weight, typed)
        window.go("portfolio")
        assert board_of(window).portfolio.criteria[1].weight == float(typed)
        library(window)


def test_the_history_is_searched_again_after_more_has_happened(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    section = history_of(window, board_of)
    QTest.keyClicks(section.search, "newcomer")
    assert section.table.rowCount() == 0
    criterion = board_of(window).portfolio.criteria[0]
    for name in ("Newcomer one", "Newcomer two"):
        before = section.table.rowCount()
        window.session.run(lambda store, name=name: people.add_participant(store, name=name))
        person = board_of(window).portfolio.participants[-1].id
        cell = Cell(board_of(window).use_cases[0].id, criterion.id, person, 3.0)
        window.session.run(lambda store, cell=cell: scores.set_ratings(store, cells=[cell]))
        qtbot.waitUntil(lambda before=before: section.table.rowCount() > before)
        shown = [str(section.table.index(row, 2).data()) for row in range(2)]
        assert any(name in what for what in shown)
    found = section.table.rowCount()
    section.search.clear()
    assert section.table.rowCount() > found


def test_scope_says_how_to_begin_again_once_everything_is_deleted(
    window: MainWindow, board_of: Settled
) -> None:
    window.go("scope")
    page = window.page("scope")
    assert isinstance(page, ScopePage)
    assert page.form(page.step).isVisible()
    listed = portfolio(window)
    listed.view.selectAll()
    QTest.keyClick(listed.view, Qt.Key.Key_Delete)
    board_of(window)
    window.go("scope")
    assert page.empty_card.isVisible()
    undo(window, board_of)
    assert page.form(page.step).isVisible()
