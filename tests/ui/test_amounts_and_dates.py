"""Amounts show their currency where they are typed and read; dates have a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import portfolios
from scoper.scoping import Field, Kind
from tests.ui.library_parts import lay_out, roles_of
from ui.features.portfolio.page import PortfolioPage
from ui.features.scope.page import ScopePage
from ui.kit.fields.making import make_editor
from ui.kit.fields.money import MoneyEditor
from ui.kit.fields.typed import DayEditor
from ui.kit.lists.item_list import ItemList
from ui.shell.main_window import MainWindow

# The platform without a screen says so about every calendar that opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
BoardOf = Callable[[MainWindow], Board]


@pytest.fixture
def page(window: MainWindow) -> ScopePage:
    window.go("scope")
    shown = window.page("scope")
    assert isinstance(shown, ScopePage)
    return shown


@pytest.fixture
def day(qtbot: QtBot) -> DayEditor:
    editor = make_editor(Field("due", "Due", Kind.DAY))
    assert isinstance(editor, DayEditor)
    qtbot.addWidget(editor)
    editor.show()
    qtbot.waitExposed(editor)
    editor.setFocus()
    return editor


@pytest.fixture
def in_locale() -> Iterator[Callable[[str], None]]:
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


def list_of(page: ScopePage, step: int, name: str) -> ItemList:
    page.go_to_step(step)
    return next(items for items in page.form(step).lists if items.spec.name == name)


# ---------------------------------------------------------------- money


def test_every_field_for_money_shows_the_currency_of_the_portfolio(
    window: MainWindow, page: ScopePage, board_of: BoardOf
) -> None:
    use_case = board_of(window).use_cases[0]
    fields: list[Any] = [page.form(1).editors["current_cost"]]
    page.go_to_step(3)
    fields += [page.form(3).editors[name] for name in ("benefit_low", "benefit_high")]
    costs = list_of(page, 5, "costs")
    fields += [costs.editor(use_case.costs[0].id, name) for name in ("low", "likely", "high")]
    roles = roles_of(window).items
    fields.append(roles.editor(board_of(window).portfolio.roles[0].id, "day_rate"))
    lay_out()
    assert all(isinstance(field, MoneyEditor) for field in fields)
    assert {field.currency for field in fields} == {"EUR"}
    window.session.run(lambda store: portfolios.set_field(store, field="currency", value="CHF"))
    board_of(window)
    assert fields[-1].currency == "CHF"
    assert "CHF" in fields[-1].widget.accessibleDescription()
    window.go("scope")
    for step in (1, 3, 5):
        page.go_to_step(step)
    assert {field.currency for field in fields} == {"CHF"}


def test_amounts_that_are_read_say_their_currency(
    window: MainWindow, page: ScopePage, board_of: BoardOf
) -> None:
    use_case = board_of(window).use_cases[0]
    costs = list_of(page, 5, "costs")
    summary = " ".join(w.text() for w in costs.entry(use_case.costs[0].id).findChildren(QLabel))
    assert f"Likely EUR {use_case.costs[0].likely:,.0f}" in summary
    window.go("portfolio")
    portfolio = window.page("portfolio")
    assert isinstance(portfolio, PortfolioPage)
    table = portfolio.view.table
    place = next(n for n, column in enumerate(table.columns) if column.id == "benefit")
    shown = {str(table.index(row, place).data()) for row in range(table.rowCount())}
    assert f"EUR {use_case.benefit_likely:,.0f}" in shown
    assert all(text == "–" or text.startswith("EUR ") for text in shown)


def test_the_currency_may_be_typed_with_the_amount(
    window: MainWindow, page: ScopePage, board_of: BoardOf
) -> None:
    editor: Any = page.form(1).editors["current_cost"]
    editor.setFocus()
    editor.select_all()
    QTest.keyClicks(editor.widget, "eur 12,500")
    editor.flush()
    assert board_of(window).use_cases[0].current_cost == 12_500
    assert not editor.problem


def test_the_currency_makes_way_where_the_amount_would_be_cut(qtbot: QtBot) -> None:
    editor = make_editor(Field("low", "Low", Kind.MONEY))
    assert isinstance(editor, MoneyEditor)
    editor.set_currency("EUR")
    editor.set_value(1_234_567_890)
    qtbot.addWidget(editor)
    editor.show()
    unit = editor.widget.findChild(QLabel)
    assert unit is not None
    editor.resize(400, 60)
    lay_out()
    assert unit.isVisible()
    editor.resize(110, 60)
    lay_out()
    assert not unit.isVisible()
    assert editor.widget.textMargins().left() == 0


# ---------------------------------------------------------------- dates


def test_a_date_is_picked_with_the_mouse(day: DayEditor, qtbot: QtBot) -> None:
    day.set_value(dt.date(2027, 1, 29))
    QTest.mouseClick(day.calendar, LEFT)
    assert day.calendar.opened is not None
    month = day.calendar.opened.month
    assert month.selectedDate() == QDate(2027, 1, 29)
    with qtbot.waitSignal(day.edited) as edited:
        month.clicked.emit(QDate(2027, 1, 18))
    assert edited.args == [dt.date(2027, 1, 18)]
    assert day.widget.text() == "2027-01-18"
    assert day.calendar.opened is None


@pytest.mark.parametrize("keys", [(KEY.Key_Down, ALT), (KEY.Key_F4, Qt.KeyboardModifier(0))])
def test_a_date_is_picked_with_the_keyboard(
    day: DayEditor, qtbot: QtBot, keys: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    day.set_value(dt.date(2027, 1, 29))
    QTest.keyClick(day.widget, *keys)
    assert day.calendar.opened is not None
    view = day.calendar.opened.month.focusWidget()
    assert view is not None
    for key in (KEY.Key_Down, KEY.Key_Right):
        QTest.keyClick(view, key)
    with qtbot.waitSignal(day.edited) as edited:
        QTest.keyClick(view, KEY.Key_Return)
    assert edited.args == [dt.date(2027, 2, 6)]


def test_escape_leaves_the_date_and_no_date_takes_it_away(day: DayEditor, qtbot: QtBot) -> None:
    day.set_value(dt.date(2027, 1, 29))
    day.calendar.open()
    assert day.calendar.opened is not None
    view = day.calendar.opened.month.focusWidget()
    with qtbot.assertNotEmitted(day.edited):
        QTest.keyClick(view, KEY.Key_Escape)
    assert day.calendar.opened is None
    day.calendar.open()
    assert day.calendar.opened is not None
    with qtbot.waitSignal(day.edited) as edited:
        QTest.mouseClick(day.calendar.opened.none_button, LEFT)
    assert edited.args == [None]


def test_a_date_is_still_typed_freely(day: DayEditor, qtbot: QtBot) -> None:
    with qtbot.waitSignal(day.edited) as edited:
        QTest.keyClicks(day.widget, "2027-06-30")
        day.flush()
    assert edited.args == [dt.date(2027, 6, 30)]
    day.set_value(dt.date(2027, 6, 30))
    QTest.keyClicks(day.widget, "x")
    day.calendar.open()
    assert day.calendar.opened is not None
    assert day.calendar.opened.month.selectedDate() == QDate.currentDate()
    day.calendar.opened.close()


@pytest.mark.parametrize(
    ("locale", "first"),
    [("en_US", Qt.DayOfWeek.Sunday), ("de_DE", Qt.DayOfWeek.Monday)],
)
def test_the_week_starts_as_in_the_locale(
    day: DayEditor, in_locale: Callable[[str], None], locale: str, first: Qt.DayOfWeek
) -> None:
    in_locale(locale)
    day.calendar.open()
    assert day.calendar.opened is not None
    assert day.calendar.opened.month.firstDayOfWeek() == first
    day.calendar.opened.close()


def test_alt_down_in_a_date_of_a_step_opens_the_calendar_instead_of_the_next_section(
    window: MainWindow, page: ScopePage, board_of: BoardOf
) -> None:
    milestone = board_of(window).use_cases[0].milestones[0]
    editor: Any = list_of(page, 4, "milestones").editor(milestone.id, "due")
    lay_out()
    editor.setFocus()
    place = page.form(4).place
    QTest.keyClick(editor.widget, KEY.Key_Down, ALT)
    assert editor.calendar.opened is not None
    editor.calendar.opened.close()
    assert editor.widget.hasFocus()
    assert page.form(4).place == place


def test_weekends_look_other_than_the_days_of_other_months(day: DayEditor, qtbot: QtBot) -> None:
    QTest.mouseClick(day.calendar, LEFT)
    assert day.calendar.opened is not None
    month = day.calendar.opened.month
    weekend = month.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color()
    day.calendar.opened.close()
    assert weekend == month.palette().color(QPalette.ColorRole.Text)
