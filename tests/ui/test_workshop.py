"""Rating in the workshop: the grid, its keys, the anchors, who is shown, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import people, use_cases
from ui.features.workshop.page import WorkshopPage
from ui.features.workshop.rating_grid import ABSTAINED, CLOSED, HIDDEN
from ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
Settled = Callable[[MainWindow], Board]
Typing = Callable[..., None]


def workshop(window: MainWindow) -> WorkshopPage:
    window.go("workshop")
    page = window.page("workshop")
    assert isinstance(page, WorkshopPage)
    QApplication.processEvents()
    page.view.setFocus()
    return page


def shown(page: WorkshopPage, row: int, column: int) -> str:
    return str(page.view.grid.index(row, column).data() or "")


@pytest.fixture
def type_in(qtbot: QtBot) -> Typing:
    """Return a function that types into the cell with the cursor: a key opens its editor."""

    def typed(page: WorkshopPage, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        QTest.keyClick(page.view, text[0])
        editor = QApplication.focusWidget()
        assert editor is not None
        if text[1:]:
            QTest.keyClicks(editor, text[1:])
        QTest.keyClick(editor, end)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not editor)

    return typed


def cursor(page: WorkshopPage) -> tuple[int, int]:
    index = page.view.currentIndex()
    return index.row(), index.column()


@pytest.fixture
def rated(empty_window: MainWindow, board_of: Settled) -> MainWindow:
    """Return a window with three use cases and two people, nothing rated."""
    for title in ("Alpha", "Beta", "Gamma"):
        empty_window.session.run(partial(use_cases.create, title=title))
    for name in ("Ada", "Ben"):
        empty_window.session.run(partial(people.add_participant, name=name))
    board_of(empty_window)
    return empty_window


def test_a_typed_rating_is_saved_and_enter_goes_down(
    rated: MainWindow, board_of: Settled, type_in: Typing
) -> None:
    page = workshop(rated)
    type_in(page, "4")
    assert cursor(page) == (1, 0)
    type_in(page, "2")
    board = board_of(rated)
    assert board.portfolio.ratings[0, 0, 0] == 4
    assert board.portfolio.ratings[1, 0, 0] == 2
    assert shown(page, 0, 0) == "4"
    assert (
        page.choice.progress.text() == f"2 of {3 * len(board.portfolio.criteria)} ratings entered"
    )


def test_enter_goes_on_after_the_last_row_instead_of_over_what_was_entered(
    rated: MainWindow, board_of: Settled, type_in: Typing
) -> None:
    page = workshop(rated)
    for rating in "12345":
        type_in(page, rating)
    assert cursor(page) == (2, 1)
    ratings = board_of(rated).portfolio.ratings[:, :2, 0]
    assert [*ratings[:, 0], *ratings[:2, 1]] == [1, 2, 3, 4, 5]
    page.view.put_cursor(0, 1)
    QTest.keyClick(page.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert cursor(page) == (2, 0)


def test_tab_goes_right_and_leaves_the_grid_at_its_end(rated: MainWindow, type_in: Typing) -> None:
    page = workshop(rated)
    type_in(page, "3", Qt.Key.Key_Tab)
    assert cursor(page) == (0, 1)
    last = page.view.grid.rowCount() - 1, page.view.grid.columnCount() - 1
    page.view.put_cursor(*last)
    QTest.keyClick(page.view, Qt.Key.Key_Tab)
    assert cursor(page) == last
    assert not page.view.hasFocus()


@pytest.mark.parametrize("word", ["a", "A", "abstain"])
def test_an_abstention_is_typed_as_a(
    rated: MainWindow, board_of: Settled, word: str, type_in: Typing
) -> None:
    page = workshop(rated)
    type_in(page, word)
    portfolio = board_of(rated).portfolio
    assert portfolio.abstained[0, 0, 0]
    assert np.isnan(portfolio.ratings[0, 0, 0])
    assert shown(page, 0, 0) == ABSTAINED


@pytest.mark.parametrize("text", ["7", "0", "five"])
def test_a_refused_rating_stays_with_its_reason_and_is_not_stored(
    rated: MainWindow, board_of: Settled, text: str, type_in: Typing
) -> None:
    page = workshop(rated)
    type_in(page, text)
    assert cursor(page) == (0, 0)
    assert shown(page, 0, 0).startswith(text)
    assert "from 1 to 5" in page.problem.text()
    assert page.problem.isVisible()
    assert np.isnan(board_of(rated).portfolio.ratings).all()
    type_in(page, "5")
    assert board_of(rated).portfolio.ratings[0, 0, 0] == 5
    assert shown(page, 0, 0) == "5"


def test_delete_clears_and_undo_brings_back(window: MainWindow, board_of: Settled) -> None:
    page = workshop(window)
    before = board_of(window).portfolio.ratings[0, 0, 0]
    page.view.put_cursor(0)
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert np.isnan(board_of(window).portfolio.ratings[0, 0, 0])
    assert "Rate Invoice matching" in window.undo_button.toolTip()
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert board_of(window).portfolio.ratings[0, 0, 0] == before


def test_a_block_pasted_from_a_spreadsheet_is_one_step(
    rated: MainWindow, board_of: Settled
) -> None:
    page = workshop(rated)
    QGuiApplication.clipboard().setText("1\t2\r\n3\tA\r\n9\t\r\n")
    QTest.keyClick(page.view, Qt.Key.Key_V, CONTROL)
    portfolio = board_of(rated).portfolio
    assert portfolio.ratings[:2, 0, 0].tolist() == [1, 3]
    assert portfolio.ratings[0, 1, 0] == 2
    assert portfolio.abstained[1, 1, 0]
    assert np.isnan(portfolio.ratings[2, 0, 0])
    assert "9" in page.problem.text()
    rated.session.undo()
    assert np.isnan(board_of(rated).portfolio.ratings).all()


def test_what_is_copied_can_be_pasted_elsewhere(window: MainWindow, board_of: Settled) -> None:
    page = workshop(window)
    page.view.put_cursor(0)
    for _ in range(2):
        QTest.keyClick(page.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.view, Qt.Key.Key_C, CONTROL)
    given = board_of(window).portfolio.ratings[:3, 0, 0]
    assert QGuiApplication.clipboard().text().split("\n") == [f"{value:g}" for value in given]


def test_filling_down_and_ctrl_enter_rate_many_at_once(
    rated: MainWindow, board_of: Settled, type_in: Typing
) -> None:
    page = workshop(rated)
    type_in(page, "4")
    board_of(rated)
    page.view.put_cursor(0)
    for _ in range(2):
        QTest.keyClick(page.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.view, Qt.Key.Key_D, CONTROL)
    assert board_of(rated).portfolio.ratings[:, 0, 0].tolist() == [4, 4, 4]
    QTest.keyClick(page.view, "2")
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    QApplication.processEvents()
    assert board_of(rated).portfolio.ratings[:, 0, 0].tolist() == [2, 2, 2]


def test_a_click_on_an_anchor_rates_and_goes_on(
    rated: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = workshop(rated)
    criterion = board_of(rated).portfolio.criteria[0]
    levels = {
        button.accessibleName(): button
        for button in page.anchors.findChildren(QPushButton)
        if button.isCheckable()
    }
    assert len(levels) == 5
    qtbot.mouseClick(levels[f"4: {dict(criterion.anchors)[4]}"], LEFT)
    assert board_of(rated).portfolio.ratings[0, 0, 0] == 4
    assert cursor(page) == (0, 1)
    assert page.anchors.title.text() == board_of(rated).portfolio.criteria[1].title
    qtbot.mouseClick(page.anchors.abstain_button, LEFT)
    assert board_of(rated).portfolio.abstained[0, 1, 0]


def test_the_anchors_can_be_reached_by_keyboard(rated: MainWindow, board_of: Settled) -> None:
    page = workshop(rated)
    QTest.keyClick(page.view, Qt.Key.Key_F6)
    level = QApplication.focusWidget()
    assert isinstance(level, QPushButton)
    QTest.keyClick(level, Qt.Key.Key_Space)
    assert board_of(rated).portfolio.ratings[0, 0, 0] == 1


def test_one_person_sees_only_that_persons_ratings(window: MainWindow, board_of: Settled) -> None:
    page = workshop(window)
    portfolio = board_of(window).portfolio
    page.choice.next_button.click()
    second = portfolio.ratings[:, 0, 1]
    for row, value in enumerate(second):
        assert shown(page, row, 0) == ("" if np.isnan(value) else f"{value:g}") or (
            portfolio.abstained[row, 0, 1] and shown(page, row, 0) == ABSTAINED
        )


def test_ratings_of_one_use_case_are_hidden_until_shown(
    window: MainWindow, board_of: Settled
) -> None:
    page = workshop(window)
    page.choice.use_case_button.click()
    people_count = len(board_of(window).portfolio.participants)
    assert page.view.grid.rowCount() == people_count
    texts = {shown(page, row, 0) for row in range(people_count)}
    assert texts <= {HIDDEN, ""}
    page.view.put_cursor(0)
    QGuiApplication.clipboard().setText("before")
    QTest.keyClick(page.view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "before"
    page.choice.hide_box.click()
    assert shown(page, 0, 0) == f"{board_of(window).portfolio.ratings[0, 0, 0]:g}"
    assert page.view.grid.rowCount() == people_count + 1
    page.choice.next_button.click()
    assert page.choice.hide_box.isChecked()


def test_leaving_a_hidden_cell_without_typing_keeps_its_rating(
    window: MainWindow, board_of: Settled
) -> None:
    page = workshop(window)
    page.choice.use_case_button.click()
    before = board_of(window).portfolio.ratings[0, 0, 0]
    page.view.put_cursor(0)
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert board_of(window).portfolio.ratings[0, 0, 0] == before


def test_rows_can_be_found_and_gaps_listed(window: MainWindow, board_of: Settled) -> None:
    page = workshop(window)
    QTest.keyClicks(page.choice.search, "churn")
    assert page.view.grid.rowCount() == 1
    page.choice.search.clear()
    page.choice.open_box.click()
    portfolio = board_of(window).portfolio
    given = ~np.isnan(portfolio.ratings[:, :, 0]) | portfolio.abstained[:, :, 0]
    assert page.view.grid.rowCount() == int((~given.all(axis=1)).sum())


def test_the_first_person_is_added_where_the_page_asks_who_rates(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    empty_window.session.run(lambda store: use_cases.create(store, title="Alpha"))
    board_of(empty_window)
    page = workshop(empty_window)
    QTest.keyClicks(page.name, "Ada")
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    assert [p.name for p in board_of(empty_window).portfolio.participants] == ["Ada"]
    QTest.keyClicks(page.name, "ada")
    qtbot.mouseClick(page.add_button, LEFT)
    qtbot.waitUntil(page.person_problem.isVisible)
    assert "already" in page.person_problem.text()
    assert len(board_of(empty_window).portfolio.participants) == 1


def test_a_person_removed_while_out_of_view_makes_room_for_the_next(
    window: MainWindow, board_of: Settled
) -> None:
    page = workshop(window)
    first, second = board_of(window).portfolio.participants[:2]
    window.go("library")
    window.session.run(lambda store: people.remove_participant(store, participant_id=first.id))
    board_of(window)
    window.go("workshop")
    assert page.choice.person == second.id
    assert page.view.grid.rowCount() == 12


def test_a_participants_change_elsewhere_keeps_the_cursor(
    window: MainWindow, board_of: Settled
) -> None:
    page = workshop(window)
    page.view.put_cursor(5, 3)
    window.session.run(lambda store: use_cases.create(store, title="One more"))
    board_of(window)
    assert cursor(page) == (5, 3)
    assert page.view.grid.rowCount() == 13


def test_what_a_person_may_not_judge_cannot_be_entered(
    rated: MainWindow, board_of: Settled
) -> None:
    portfolio = board_of(rated).portfolio
    rated.session.run(
        lambda store: people.set_permission(
            store,
            participant_id=portfolio.participants[0].id,
            criterion_ids=(portfolio.criteria[0].id,),
            allowed=False,
        )
    )
    total = 3 * (len(portfolio.criteria) - 1)
    board_of(rated)
    page = workshop(rated)
    assert shown(page, 0, 0) == CLOSED
    assert page.anchors.closed.isVisible()
    assert page.anchors.closed.text() == (
        f"Not for {portfolio.participants[0].name} to judge. Library, People says who judges what."
    )
    QTest.keyClick(page.view, "4")
    assert QApplication.focusWidget() is page.view
    QGuiApplication.clipboard().setText("1\t2")
    QTest.keyClick(page.view, Qt.Key.Key_V, CONTROL)
    ratings = board_of(rated).portfolio.ratings[0, :, 0]
    assert np.isnan(ratings[0])
    assert ratings[1] == 2
    page.view.put_cursor(0, 1)
    assert not page.anchors.closed.isVisible()
    assert page.choice.progress.text() == f"1 of {total} ratings entered"


def test_a_rating_that_is_being_typed_outlives_the_board_of_the_one_before(
    rated: MainWindow, board_of: Settled, type_in: Typing
) -> None:
    page = workshop(rated)
    type_in(page, "4", Qt.Key.Key_Tab)
    QTest.keyClick(page.view, "3")
    editor = QApplication.focusWidget()
    board_of(rated)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert np.nansum(board_of(rated).portfolio.ratings) == 7
    assert (shown(page, 0, 0), shown(page, 0, 1)) == ("4", "3")


def test_a_person_added_last_is_shown_and_gets_the_ratings(
    rated: MainWindow, board_of: Settled, type_in: Typing
) -> None:
    page = workshop(rated)
    page.person_button.click()
    for name in ("Cy", "Dee"):
        QTest.keyClicks(page.name, name)
        QTest.keyClick(page.name, Qt.Key.Key_Return)
        board_of(rated)
    assert page.choice.people.currentText() == "Dee"
    page.view.setFocus()
    page.view.put_cursor(0)
    type_in(page, "4")
    portfolio = board_of(rated).portfolio
    assert [p.name for p in portfolio.participants] == ["Ada", "Ben", "Cy", "Dee"]
    assert portfolio.ratings[0, 0, 3] == 4
    assert np.isnan(portfolio.ratings[0, 0, :3]).all()


def test_the_chosen_person_stays_chosen_when_people_change(
    window: MainWindow, board_of: Settled
) -> None:
    page = workshop(window)
    page.choice.next_button.click()
    page.choice.next_button.click()
    third = board_of(window).portfolio.participants[2]
    window.session.run(lambda store: people.add_participant(store, name="Late comer"))
    board_of(window)
    assert page.choice.person == third.id
    assert third.name in page.choice.people.currentText()


def test_an_empty_workshop_takes_the_first_name_at_once(
    empty_window: MainWindow, board_of: Settled
) -> None:
    empty_window.session.run(lambda store: use_cases.create(store, title="Alpha"))
    board_of(empty_window)
    QTest.keyClick(empty_window, Qt.Key.Key_3, CONTROL)
    QApplication.processEvents()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "Ada")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [p.name for p in board_of(empty_window).portfolio.participants] == ["Ada"]


def test_escape_leads_from_the_names_to_the_ratings(rated: MainWindow, board_of: Settled) -> None:
    page = workshop(rated)
    page.person_button.click()
    assert QApplication.focusWidget() is page.name
    QTest.keyClicks(page.name, "Ann")
    QTest.keyClick(page.name, Qt.Key.Key_Escape)
    assert not page.name.text()
    assert not page.name.isVisible()
    assert QApplication.focusWidget() is page.view
    assert "Ann" not in {p.name for p in board_of(rated).portfolio.participants}


def test_a_search_without_result_says_so_and_escape_takes_it_back(rated: MainWindow) -> None:
    page = workshop(rated)
    QTest.keyClick(page.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is page.choice.search
    QTest.keyClicks(page.choice.search, "no such use case")
    assert page.nothing_left.isVisible()
    QTest.keyClick(page.choice.search, Qt.Key.Key_Escape)
    assert not page.nothing_left.isVisible()
    assert page.view.grid.rowCount()
    assert QApplication.focusWidget() is page.view


LONG = "Answer the questions of tenants about repairs, rent and keys by telephone at night"


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)])
def test_titles_get_the_width_the_columns_do_not_need(
    window: MainWindow, board_of: Settled, size: tuple[int, int]
) -> None:
    window.session.run(lambda store: use_cases.create(store, title=LONG))
    board_of(window)
    window.resize(*size)
    window.go("workshop")
    QApplication.processEvents()
    page = workshop(window)
    view, px = page.view, window.theme.px
    head, columns = view.verticalHeader().width(), view.horizontalHeader()
    widths = [columns.sectionSize(column) for column in range(columns.count())]
    assert min(widths) >= px(66)
    spare = view.viewport().width() + head - columns.count() * px(66)
    assert head == pytest.approx(min(px(420), spare), abs=2)
    page.choice.use_case_button.click()
    assert view.verticalHeader().width() == px(180)


def test_a_title_too_long_for_its_line_goes_on_below_it(
    window: MainWindow, board_of: Settled
) -> None:
    window.session.run(lambda store: use_cases.create(store, title=LONG))
    last = len(board_of(window).use_cases) - 1
    window.go("workshop")
    page = workshop(window)
    header = page.view.verticalHeader()
    page.view.scrollToBottom()
    QApplication.processEvents()
    row = header.sectionViewportPosition(last)
    seen = header.grab(QRect(0, row, header.width(), header.sectionSize(last))).toImage()
    ground = seen.pixelColor(3, 3)
    inked = [
        any(seen.pixelColor(x, y) != ground for x in range(4, seen.width() - 4))
        for y in range(seen.height() - 1)
    ]
    lines = sum(now and not before for before, now in pairwise([False, *inked]))
    assert lines == 2
    tip = page.view.grid.headerData(last, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert LONG in tip
