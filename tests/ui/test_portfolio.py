"""The list of use cases: add, find, sort, open, delete, explain."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import use_cases
from scoper.commands.portfolios import the_portfolio
from scoper.model import UseCaseRow
from scoper.settings import Theme
from scoper.snapshot import Changes
from scoper.store import Store
from tests.ui.test_contrast import BOUNDARY, contrast
from ui.features.portfolio.page import PortfolioPage
from ui.kit.tables.use_case_columns import PORTFOLIO_COLUMNS
from ui.kit.tables.use_case_table import UseCaseTable
from ui.shared.explanation import Explanation
from ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
Settled = Callable[[MainWindow], Board]


def portfolio(window: MainWindow) -> PortfolioPage:
    page = window.page("portfolio")
    assert isinstance(page, PortfolioPage)
    return page


def titles(page: PortfolioPage) -> list[str]:
    table = page.view.table
    column = page.view.title_column
    return [table.index(row, column).data() for row in range(table.rowCount())]


def selected(page: PortfolioPage) -> list[str]:
    rows = page.view.selectionModel().selectedRows(page.view.title_column)
    return [index.data() for index in rows]


def is_cut(page: PortfolioPage, row: int, column: int) -> bool:
    view = page.view
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    index = view.table.index(row, column)
    return view.itemDelegate().sizeHint(option, index).width() > view.columnWidth(column)


def in_view(page: PortfolioPage) -> bool:
    rect = page.view.visualRect(page.view.currentIndex())
    return page.view.viewport().rect().contains(rect.center())


def test_a_title_and_enter_add_a_use_case(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = portfolio(empty_window)
    QTest.keyClick(empty_window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.new_title.hasFocus()
    qtbot.keyClicks(page.new_title, "Sort the post\r")
    board = board_of(empty_window)
    assert [u.title for u in board.use_cases] == ["Sort the post"]
    assert board.use_cases[0].key == "UC-01"
    assert page.view.current == board.use_cases[0].id
    assert not page.new_title.text()


def test_a_title_that_is_too_long_is_refused_and_kept(
    empty_window: MainWindow, board_of: Settled
) -> None:
    page = portfolio(empty_window)
    page.new_title.setText("x" * 400)
    QTest.keyClick(page.new_title, Qt.Key.Key_Return)
    assert not board_of(empty_window).use_cases
    assert "too long" in page.problem.text()
    assert len(page.new_title.text()) == 400


def test_delete_offers_undo_and_undo_brings_everything_back(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = portfolio(window)
    before = board_of(window)
    page.view.selectRow(0)
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert len(board_of(window).use_cases) == 11
    qtbot.mouseClick(window.notice.action, LEFT)
    after = board_of(window)
    assert [u.title for u in after.use_cases] == [u.title for u in before.use_cases]
    assert after.use_cases[0].solutions == before.use_cases[0].solutions
    assert after.ranked[0].score == before.ranked[0].score


def test_search_narrows_and_clearing_brings_all_back(window: MainWindow, qtbot: QtBot) -> None:
    page = portfolio(window)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.hasFocus()
    qtbot.keyClicks(page.search, "invoice finance")
    assert titles(page) == ["Invoice matching"]
    page.search.setText("nothing like it")
    assert page.nothing_found.isVisible()
    page.search.clear()
    assert len(titles(page)) == 12


def test_a_click_on_a_column_sorts_and_keeps_the_selection(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = portfolio(window)
    page.view.selectRow(3)
    chosen = page.view.current
    header = page.view.horizontalHeader()
    place = header.sectionViewportPosition(page.view.title_column) + 12
    qtbot.mouseClick(header.viewport(), LEFT, pos=QPoint(place, header.height() // 2))
    assert titles(page) == sorted(titles(page), key=str.casefold)
    assert page.view.current == chosen
    qtbot.mouseClick(header.viewport(), LEFT, pos=QPoint(place, header.height() // 2))
    assert titles(page) == sorted(titles(page), key=str.casefold, reverse=True)


def test_enter_opens_the_use_case_in_scope(window: MainWindow, board_of: Settled) -> None:
    page = portfolio(window)
    page.view.selectRow(2)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    scope = window.page("scope")
    assert window.current_page is scope
    assert scope.use_case_id == board_of(window).use_cases[2].id  # type: ignore[attr-defined]


def test_a_click_on_a_score_explains_it(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = portfolio(window)
    column = next(i for i, c in enumerate(PORTFOLIO_COLUMNS) if c.id == "score")
    cell = page.view.visualRect(page.view.table.index(0, column)).center()
    qtbot.mouseClick(page.view.viewport(), LEFT, pos=cell)
    (dialog,) = page.findChildren(Explanation)
    standing = board_of(window).standing(board_of(window).use_cases[0].id)
    words = " ".join(child.text() for child in dialog.findChildren(type(page.found)))
    assert f"{standing.score:.1f}" in words
    assert "Business value" in words
    dialog.close()


def test_the_model_keeps_the_rules_of_its_kind(sample_board: Board, qtbot: QtBot) -> None:
    table = UseCaseTable(PORTFOLIO_COLUMNS, ranked=False)
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.show_board(sample_board)
    table.sort(1, Qt.SortOrder.DescendingOrder)
    table.set_filter("e")
    table.sort(7, Qt.SortOrder.AscendingOrder)
    table.show_board(sample_board.what_if())
    table.set_filter("")
    table.sort(-1)
    assert table.rowCount() == len(sample_board.use_cases)
    tester.deleteLater()


def test_the_first_title_can_be_typed_at_once(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    qtbot.waitUntil(portfolio(empty_window).new_title.hasFocus)
    qtbot.keyClicks(empty_window.focusWidget(), "Sort the post\r")
    assert [u.title for u in board_of(empty_window).use_cases] == ["Sort the post"]


def test_the_gates_are_shown_in_a_window_for_a_projector(window: MainWindow) -> None:
    view = portfolio(window).view
    place = [column.id for column in PORTFOLIO_COLUMNS].index("progress")
    assert window.width() == 1366
    assert not view.isColumnHidden(place)


def many(count: int) -> Callable[[Store], Changes]:
    def add(store: Store) -> Changes:
        with store.write("Add many") as unit:
            owner = the_portfolio(unit).id
            for n in range(count):
                row = UseCaseRow(
                    key=f"M-{n}", title=f"Idea {n:04}", portfolio_id=owner, position=99 + n
                )
                unit.add(row)
            return unit.changes()

    return add


@pytest.mark.parametrize("count", [0, 3_599])
def test_the_row_after_a_deleted_one_is_selected_and_undo_selects_what_comes_back(
    window: MainWindow, board_of: Settled, count: int
) -> None:
    page = portfolio(window)
    if count:
        window.session.run(many(count))
    board = board_of(window)
    total = len(board.use_cases)
    shown = titles(page)
    middle = total // 2
    page.select(board.use_cases[middle].id)
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    board_of(window)
    assert selected(page) == [shown[middle + 1]]
    assert in_view(page)
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    board_of(window)
    assert selected(page) == [shown[middle + 2]]
    page.select(board.use_cases[-1].id)
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    board_of(window)
    assert selected(page) == [shown[total - 2]]
    QTest.keyClick(page.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    board_of(window)
    assert selected(page) == [shown[-1]]
    QTest.keyClick(page.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    board_of(window)
    assert selected(page) == [shown[middle + 1]]
    assert in_view(page)


def test_the_cursor_stays_in_the_list_after_the_button_that_deletes(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = portfolio(window)
    page.delete_button.setFocus()
    QTest.keyClick(page.delete_button, Qt.Key.Key_Space)
    board_of(window)
    assert page.view.hasFocus()
    page.view.selectAll()
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    board_of(window)
    assert page.new_title.hasFocus()
    page.new_title.setFocus()
    QTest.keyClick(page.new_title, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    board_of(window)
    assert len(selected(page)) == 11


@pytest.mark.parametrize("width", [1920, 1366, 1000])
def test_the_count_of_a_search_moves_nothing(
    window: MainWindow, qtbot: QtBot, board_of: Settled, width: int
) -> None:
    page = portfolio(window)
    window.session.run(many(3_599))
    board_of(window)
    window.resize(width, 768)
    qtbot.waitUntil(lambda: window.width() == width)
    beside = [page.search, page.import_button, page.ideas_button, page.view, page.new_title]

    def places() -> list[QRect]:
        QApplication.processEvents()
        return [QRect(each.mapTo(window, QPoint()), each.size()) for each in beside]

    before = places()
    page.search.setFocus()
    for letter in "idea 1":
        qtbot.keyClicks(page.search, letter)
        assert places() == before
    assert page.found.text() == "1,738 of 3,611"
    assert page.found.width() >= page.found.sizeHint().width()


LONGEST = "Product description writer"
"""The longest title of the sample."""


@pytest.mark.parametrize("width", [1920, 1366, 1000])
def test_columns_take_what_their_content_needs_before_the_title_takes_the_rest(
    window: MainWindow, board_of: Settled, width: int
) -> None:
    page = portfolio(window)
    window.resize(width, 768)
    window.session.run(
        lambda store: use_cases.create(
            store,
            title="Short",
            key="VA-24-2061-B",
            organisation="Department of Homeland Security",
            function="Loyalty and customer care",
        )
    )
    added = board_of(window).use_cases[-1].id
    QApplication.processEvents()
    row = page.view.table.row_of(added)
    assert row is not None
    cut = {
        column.id: page.view.columnWidth(place)
        for place, column in enumerate(PORTFOLIO_COLUMNS)
        if not page.view.isColumnHidden(place) and is_cut(page, row, place)
    }
    assert "key" not in cut
    assert width < 1920 or not cut
    title = page.view.columnWidth(page.view.title_column)
    assert not cut or title <= page.view.fontMetrics().horizontalAdvance(LONGEST) + 30
    assert page.view.horizontalHeader().length() <= page.view.viewport().width()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_cell_says_all_of_its_text_where_that_is_cut(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = portfolio(window)
    words = "The joint department of agriculture, fisheries, forests and rural matters"
    window.session.run(lambda store: use_cases.create(store, title="Short", organisation=words))
    row = page.view.table.row_of(board_of(window).use_cases[-1].id)
    assert row is not None
    place = next(i for i, c in enumerate(PORTFOLIO_COLUMNS) if c.id == "organisation")
    view = page.view
    for column, said in ((place, words), (view.title_column, "")):
        view.scrollTo(view.table.index(row, column))
        spot = view.visualRect(view.table.index(row, column)).center()
        outside = view.viewport().mapToGlobal(spot)
        QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, spot, outside))
        assert said in QToolTip.text()
        assert bool(said) == bool(QToolTip.text())
        QToolTip.hideText()
        qtbot.waitUntil(lambda: not QToolTip.text())


def test_home_and_end_go_to_the_first_and_the_last_row(
    window: MainWindow, board_of: Settled
) -> None:
    page = portfolio(window)
    known = [use_case.title for use_case in board_of(window).use_cases]
    page.select(board_of(window).use_cases[4].id)
    QTest.keyClick(page.view, Qt.Key.Key_End)
    assert selected(page) == known[-1:]
    assert in_view(page)
    QTest.keyClick(page.view, Qt.Key.Key_Home)
    assert selected(page) == known[:1]
    QTest.keyClick(page.view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert selected(page) == known


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_gates_that_are_not_started_can_be_seen(
    window: MainWindow, board_of: Settled, theme: Theme
) -> None:
    page = portfolio(window)
    window.preferences.update(theme=theme)
    window.session.run(lambda store: use_cases.create(store, title="Fresh"))
    row = len(board_of(window).use_cases) - 1
    place = next(i for i, c in enumerate(PORTFOLIO_COLUMNS) if c.id == "progress")
    page.select(board_of(window).use_cases[0].id)
    page.view.scrollToBottom()
    QApplication.processEvents()
    cell = page.view.visualRect(page.view.table.index(row, place))
    seen = page.view.viewport().grab(cell).toImage()
    ground = seen.pixelColor(2, 2).name()
    colours = {
        seen.pixelColor(x, y).name() for x in range(seen.width()) for y in range(seen.height())
    }
    assert max(contrast(colour, ground) for colour in colours) >= BOUNDARY
