"""The Scope page where there is little room, and what it tells of time and money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import items, people, use_cases
from scoper.terms import Phase
from ui.features.scope.page import ScopePage
from ui.features.scope.vacancies import VacancyList
from ui.kit.basics import Pill
from ui.kit.fields.typed import LineEditor
from ui.kit.lists.item_entry import ItemCard
from ui.shell.main_window import MainWindow

Settled = Callable[[MainWindow], Board]


def at_step(window: MainWindow, number: int) -> ScopePage:
    window.go("scope")
    page = window.page("scope")
    assert isinstance(page, ScopePage)
    page.go_to_step(number)
    return page


def left_of(widget: QWidget, ancestor: QWidget) -> int:
    return widget.mapTo(ancestor, QPoint(0, 0)).x()


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_at_250_percent_no_field_reaches_beyond_the_form(
    window: MainWindow, qtbot: QtBot, number: int
) -> None:
    window.preferences.update(zoom=250)
    page = at_step(window, number)
    qtbot.waitUntil(lambda: not page.form(number).has_checklists)
    form = page.form(number)
    for items_ in form.lists:
        for entry in list(items_.rows.values())[:1]:
            if isinstance(entry, ItemCard):
                entry.set_open(True)
    qtbot.waitUntil(lambda: form.widget().width() <= form.viewport().width())
    for field in form.widget().findChildren(QWidget):
        if field.isVisible():
            assert left_of(field, form.widget()) + field.width() <= form.viewport().width(), field


def test_rows_are_one_line_below_a_head_until_it_is_too_narrow(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = at_step(window, 5)
    efforts = page.form(5).lists[0]
    first = board_of(window).use_cases[0].efforts[0]
    role, who = (efforts.editor(first.id, name) for name in ("role_id", "who"))
    qtbot.waitUntil(lambda: left_of(who, efforts) > left_of(role, efforts) + role.width() - 1)
    assert efforts.head is not None
    assert efforts.head.isVisible()
    assert not [w for w in efforts.entry(first.id).findChildren(QLabel) if w.text() == "Who"]
    titles = {title.text(): title for title in efforts.head.findChildren(QLabel)}
    for column in efforts.spec.columns:
        field = efforts.editor(first.id, column.name)
        assert abs(left_of(titles[column.label], efforts) - left_of(field, efforts)) <= 4
    window.preferences.update(zoom=250)
    efforts = page.form(5).lists[0]
    role, who = (efforts.editor(first.id, name) for name in ("role_id", "who"))
    qtbot.waitUntil(lambda: left_of(who, efforts) == left_of(role, efforts))
    assert efforts.head is not None
    assert not efforts.head.isVisible()
    assert [w for w in efforts.entry(first.id).findChildren(QLabel) if w.text() == "Who"]


def test_all_entries_of_a_long_list_come_in_order(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = at_step(window, 5)
    wanted = [effort.id for effort in board_of(window).use_cases[0].efforts]
    efforts = page.form(5).lists[0]
    assert len(wanted) > 12
    assert list(efforts.rows) == wanted

    def heights() -> list[int]:
        return [entry.y() for entry in efforts.rows.values()]

    qtbot.waitUntil(lambda: heights() == sorted(set(heights())))


def test_a_line_that_is_cut_says_all_of_it_in_its_tip(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    page = at_step(window, 1)
    volume = page.form(1).editors["current_volume"]
    assert isinstance(volume, LineEditor)
    text = "9,400 <b>invoices</b> a month, " + "and more of them at the end of each " * 4
    window.session.run(
        partial(
            use_cases.set_field, use_case_id=page.use_case_id, field="current_volume", value=text
        )
    )
    board_of(window)
    QApplication.processEvents()
    assert volume.widget.is_cut
    volume.widget.grab()
    assert "<b>invoices" in volume.widget.toolTip().replace("\u2060", "")
    assert not Qt.mightBeRichText(volume.widget.toolTip())


def test_a_vacancy_that_is_late_is_told_in_words_and_by_a_sign(
    empty_window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    window, use_case_id = empty_window, uuid4()
    window.session.run(
        lambda store: use_cases.create(store, title="Late invoices", use_case_id=use_case_id)
    )
    role_id = board_of(window).portfolio.roles[0].id
    window.session.run(
        lambda store: people.set_role_field(
            store, role_id=role_id, field="hiring_weeks", value=10.0
        )
    )
    today = dt.date.today()
    for phase, days in ((Phase.BASELINE, 30), (Phase.MVP, 400)):
        window.session.run(
            partial(
                items.add,
                use_case_id=use_case_id,
                items="milestones",
                values={"title": phase.label, "phase": phase, "due": today + dt.timedelta(days)},
            )
        )
    window.session.run(
        lambda store: items.add(
            store,
            use_case_id=use_case_id,
            items="efforts",
            values={"role_id": role_id, "phase": Phase.BASELINE, "days": 10.0},
        )
    )
    board_of(window)
    page = at_step(window, 5)
    assert page.form(5).lists
    (shown,) = page.form(5).findChildren(VacancyList)
    qtbot.waitUntil(shown.isVisible)
    (words,) = shown.words
    assert "the vacancy had to be open by" in words
    assert [pill.text() for pill in shown.findChildren(Pill)] == ["▲ Late"]
    effort = board_of(window).use_cases[0].efforts[0]
    page.edits.remove_item("efforts", effort.id)
    board_of(window)
    assert not shown.isVisible()
