"""One thing is marked at a time, and what belongs together stands in line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QTableView
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.scoping import Kind
from scoper.settings import Theme
from tests.ui.library_parts import lay_out, library
from ui.features.library.people import PeopleSection, RolesSection
from ui.features.scope.page import ScopePage
from ui.features.workshop.page import WorkshopPage
from ui.kit.lists.item_entry import RowHead
from ui.kit.lists.item_list import ItemList
from ui.kit.tables.plain_table import PlainTable
from ui.kit.tables.use_case_view import UseCaseView
from ui.shell.main_window import MainWindow
from ui.shell.registry import PAGES

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
Settled = Callable[[MainWindow], Board]
# The platform without a screen says so about every menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


# ---------------------------------------------------------------- one focus


def changed(before: QImage, after: QImage) -> QRect:
    """Return the smallest rectangle around what differs."""
    spots = [
        QPoint(x, y)
        for y in range(after.height())
        for x in range(after.width())
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    xs, ys = [p.x() for p in spots], [p.y() for p in spots]
    return QRect(QPoint(min(xs), min(ys)), QPoint(max(xs), max(ys))) if spots else QRect()


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
@pytest.mark.parametrize("place", ["portfolio", "ranking"])
def test_the_focus_in_a_table_marks_one_row_and_not_the_table(
    window: MainWindow, qtbot: QtBot, place: str, theme: Theme
) -> None:
    window.preferences.update(theme=theme)
    window.activateWindow()
    window.go(place)
    lay_out()
    view = window.page(place).findChild(UseCaseView)
    assert isinstance(view, UseCaseView)
    view.select(view.table.use_case_at(2))
    if held := window.focusWidget():
        held.clearFocus()
    before = view.grab().toImage()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    mark = changed(before, view.grab().toImage())
    cell = view.visualRect(view.table.index(2, view.title_column))
    row = QRect(0, view.viewport().y() + cell.y(), view.width(), cell.height())
    assert not mark.isEmpty()
    assert row.contains(mark)


def test_the_selection_goes_with_the_cursor_of_the_grid(
    window: MainWindow, board_of: Settled
) -> None:
    board_of(window)
    window.go("workshop")
    page = window.page("workshop")
    assert isinstance(page, WorkshopPage)
    view = page.view
    view.setFocus()
    view.put_cursor(1, 1)
    for key, modifier in (
        (KEY.Key_Down, CTRL),
        (KEY.Key_Right, CTRL),
        (KEY.Key_Up, Qt.KeyboardModifier.NoModifier),
        (KEY.Key_Return, Qt.KeyboardModifier.NoModifier),
    ):
        QTest.keyClick(view, key, modifier)
        assert view.selectionModel().selectedIndexes() == [view.currentIndex()]


# ---------------------------------------------------------------- in line


def ink(image: QImage, area: QRect) -> tuple[int, int]:
    """Return where what is written in an area begins and ends."""
    ground = image.pixel(area.left() + 1, area.center().y())
    columns = [
        x
        for x in range(area.left() + 1, area.right())
        if any(image.pixel(x, y) != ground for y in range(area.top() + 4, area.bottom() - 4))
    ]
    return columns[0], columns[-1]


@pytest.mark.parametrize("zoom", [100, 150, 250])
def test_headers_and_values_begin_and_end_alike(
    bare_window: MainWindow, qtbot: QtBot, zoom: int
) -> None:
    bare_window.preferences.update(zoom=zoom)
    view, table = QTableView(bare_window), PlainTable()
    view.setModel(table)
    view.setShowGrid(False)
    view.verticalHeader().hide()
    view.horizontalHeader().setHighlightSections(False)
    table.show(("HHH", "111"), [("HHH", "111"), ("HIH", "11")])
    view.resize(900, 300)
    for column in (0, 1):
        view.setColumnWidth(column, 400)
    view.show()
    lay_out()
    image = view.grab().toImage()
    head = view.horizontalHeader()
    for column, end in ((0, 0), (1, 1)):
        title = QRect(head.sectionViewportPosition(column), 0, 400, head.height())
        value = view.visualRect(table.index(0, column)).translated(view.viewport().pos())
        assert abs(ink(image, title)[end] - ink(image, value)[end]) <= zoom / 100


def test_a_column_of_numbers_stands_at_the_right_and_one_without_any_does_not() -> None:
    table = PlainTable()
    table.show(
        ("Row", "Cost", "Before", "Title"),
        [("2", "1,200.50", "–", "Late"), ("30", "", "–", "3")],
    )
    role, right = Qt.ItemDataRole.TextAlignmentRole, Qt.AlignmentFlag.AlignRight.value
    sides = [bool(table.index(0, column).data(role) & right) for column in range(4)]
    assert sides == [True, True, False, False]


def test_every_column_stands_on_the_side_of_its_header(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    board_of(window)
    walked = set()
    for place in PAGES:
        window.go(place.id)
        lay_out()
        for view in window.page(place.id).findChildren(QTableView):
            model = view.model()
            role = Qt.ItemDataRole.TextAlignmentRole
            for column in range(model.columnCount()):
                header = model.headerData(column, Qt.Orientation.Horizontal, role)
                side = view.horizontalHeader().defaultAlignment() if header is None else header
                value = model.index(0, column).data(role)
                across = Qt.AlignmentFlag.AlignHorizontal_Mask.value
                assert int(side) & across == int(value) & across, (place.id, column)
            walked.add(place.id)
    assert {"portfolio", "workshop", "ranking"} <= walked


@pytest.mark.parametrize("where", ["People", "Roles", "efforts"])
def test_the_titles_of_numbers_end_where_the_numbers_do(
    window: MainWindow, board_of: Settled, where: str
) -> None:
    board = board_of(window)
    holder: ItemList | PeopleSection | RolesSection
    if where == "efforts":
        window.go("scope", board.use_cases[0].id)
        page = window.page("scope")
        assert isinstance(page, ScopePage)
        page.go_to_step(5)
        holder = next(i for i in page.form(5).lists if i.spec.name == "efforts")
        fields = holder.spec.columns
    else:
        section = library(window, where).sections[where]
        assert isinstance(section, PeopleSection | RolesSection)
        holder, fields = section, section.items.spec.columns
    lay_out()
    head = next(h for h in holder.findChildren(RowHead) if h.isVisible())
    titles = {title.text(): title for title in head.findChildren(QLabel)}
    for field in fields:
        is_number = field.kind in (Kind.NUMBER, Kind.MONEY)
        at_right = bool(titles[field.label].alignment() & Qt.AlignmentFlag.AlignRight)
        assert at_right == is_number, field.label


def test_shortcuts_stand_at_the_right_of_the_menu(window: MainWindow) -> None:
    seen: list[Qt.LayoutDirection] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.append(menu.layoutDirection())
        menu.close()

    QTimer.singleShot(100, look)
    QTest.mousePress(window.menu_button, LEFT)
    QTest.mouseRelease(window.menu_button, LEFT)
    assert seen == [Qt.LayoutDirection.LeftToRight]
