"""A click that ends an edit does what it was meant for, and nothing moves under the pointer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import items, use_cases
from tests.ui.hand import Hand
from tests.ui.library_parts import lay_out, library
from ui.features.library.criteria import CriteriaSection
from ui.features.library.people import PeopleSection
from ui.features.scope.page import ScopePage
from ui.features.scope.step import StepForm
from ui.kit.basics import LinkRow
from ui.kit.fields.typed import LineEditor
from ui.shell.main_window import MainWindow

Settled = Callable[[MainWindow], Board]


@pytest.fixture
def hand(empty_window: MainWindow, qtbot: QtBot, board_of: Settled) -> Hand:
    """Return a hand at step 1 of a new use case."""
    empty_window.session.run(lambda store: use_cases.create(store, title="Late invoices"))
    board_of(empty_window)
    empty_window.go("scope")
    return Hand(empty_window, qtbot)


def scope(hand: Hand) -> ScopePage:
    page = hand.window.page("scope")
    assert isinstance(page, ScopePage)
    return page


def form_of(hand: Hand) -> StepForm:
    page = scope(hand)
    form = page.form(page.step)
    assert form.editors is not None
    return form


def type_in(hand: Hand, name: str, text: str) -> None:
    editor = form_of(hand).editors[name]
    form_of(hand).focus_field(name)
    assert editor.entry is not None
    QTest.keyClicks(editor.entry, text)


def test_a_click_on_a_missing_point_leads_to_its_field(hand: Hand) -> None:
    type_in(hand, "problem", "Invoices are paid late")
    points = scope(hand).side.findChildren(LinkRow)
    hand.click(next(point for point in points if "owner" in point.accessibleName()))
    assert form_of(hand).editors["owner"].entry is QApplication.focusWidget()


def test_a_click_on_another_field_puts_the_cursor_there(hand: Hand) -> None:
    type_in(hand, "current_cost", "a lot")
    other = form_of(hand).editors["if_nothing"].entry
    assert other is not None
    form_of(hand).ensureWidgetVisible(other, 0, 40)
    hand.click(other)
    assert form_of(hand).editors["current_cost"].problem
    assert other is QApplication.focusWidget()


def test_a_click_on_an_entry_of_the_stepper_shows_that_step(hand: Hand) -> None:
    type_in(hand, "problem", "Invoices are paid late")
    hand.click(scope(hand).stepper.steps[2])
    assert scope(hand).step == 3


def test_a_click_on_a_section_of_the_stepper_goes_there(hand: Hand) -> None:
    type_in(hand, "title", " and reminders")
    hand.click(scope(hand).stepper.index.links[2])
    held = QApplication.focusWidget()
    assert held is not None
    assert form_of(hand).sections[2].isAncestorOf(held)


def test_a_click_on_a_place_of_the_navigation_shows_that_page(hand: Hand) -> None:
    type_in(hand, "problem", "Invoices are paid late")
    hand.click(hand.window.places["ranking"])
    assert hand.window.current_page is hand.window.page("ranking")


def test_a_click_on_a_button_does_what_it_says(hand: Hand) -> None:
    type_in(hand, "problem", "Invoices are paid late")
    hand.click(scope(hand).next_button)
    assert scope(hand).step == 2


def test_a_click_on_undo_takes_back_what_was_typed(hand: Hand, board_of: Settled) -> None:
    type_in(hand, "problem", "Invoices are paid late")
    hand.click(hand.window.undo_button)
    assert board_of(hand.window).use_cases[0].problem == ""


def test_a_click_on_a_box_of_an_entry_ticks_it(hand: Hand, board_of: Settled) -> None:
    page = scope(hand)
    hand.window.session.run(
        partial(
            items.add,
            use_case_id=page.use_case_id,
            items="solutions",
            values={"title": "Matches by rule"},
        )
    )
    board_of(hand.window)
    page.go_to_step(2)
    (options,) = (found for found in form_of(hand).lists if found.spec.name == "solutions")
    item = board_of(hand.window).use_cases[0].solutions[0]
    reason = options.editor(item.id, "reason")
    reason.setFocus()
    assert reason.entry is not None
    QTest.keyClicks(reason.entry, "Cheap and quick")
    box = options.editor(item.id, "shortlisted").entry
    assert isinstance(box, QCheckBox)
    QApplication.processEvents()
    hand.click(box, QPoint(8, box.height() // 2))
    option = board_of(hand.window).use_cases[0].solutions[0]
    assert option.shortlisted
    assert option.reason == "Cheap and quick"


# ---------------------------------------------------------------- what keeps its height


def heights(form: StepForm) -> list[tuple[str, int]]:
    return [(n, e.mapTo(form.widget(), QPoint(0, 0)).y()) for n, e in form.editors.items()]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("current_cost", "a lot"), ("title", ""), ("tags", "x" * 5_000)],
)
def test_what_is_wrong_with_a_field_is_told_without_moving_the_page(
    hand: Hand, qtbot: QtBot, board_of: Settled, name: str, typed: str
) -> None:
    form = form_of(hand)
    qtbot.waitUntil(lambda: not form.has_checklists)
    QApplication.processEvents()
    editor = form.editors[name]
    form.focus_field(name)
    before = heights(form)
    assert isinstance(editor, LineEditor)
    editor.widget.selectAll()
    QTest.keyClick(editor.widget, Qt.Key.Key_Delete)
    editor.widget.insert(typed)
    editor.widget.textEdited.emit(typed)
    QTest.keyClick(editor.widget, Qt.Key.Key_Tab)
    board_of(hand.window)
    QApplication.processEvents()
    assert editor.problem
    assert heights(form) == before


def test_what_is_wrong_in_a_row_is_told_without_moving_the_rows(
    window: MainWindow, board_of: Settled
) -> None:
    window.go("scope", board_of(window).use_cases[0].id)
    page = window.page("scope")
    assert isinstance(page, ScopePage)
    page.go_to_step(5)
    (rows,) = (found for found in page.form(5).lists if found.spec.name == "efforts")
    first, second = board_of(window).use_cases[0].efforts[:2]
    below = rows.entry(second.id)
    likely = rows.editor(first.id, "days")
    assert isinstance(likely, LineEditor)
    likely.setFocus()
    QApplication.processEvents()
    before = below.y()
    likely.widget.selectAll()
    QTest.keyClicks(likely.widget, "many")
    likely.flush()
    board_of(window)
    QApplication.processEvents()
    assert likely.problem
    assert below.y() == before


def test_undo_and_redo_stay_where_they_are(hand: Hand, board_of: Settled) -> None:
    window = hand.window
    window.session.run(
        partial(
            use_cases.set_field,
            use_case_id=scope(hand).use_case_id,
            field="title",
            value="Fewer late supplier invoices",
        )
    )
    board_of(window)
    before = window.undo_button.geometry()
    hand.click(window.undo_button, QPoint(4, 10))
    assert window.redo_button.isVisible()
    assert window.undo_button.geometry() == before
    hand.click(window.undo_button, QPoint(4, 10))
    assert not board_of(window).use_cases
    assert window.undo_button.geometry().right() == before.right()


def test_an_answer_moves_nothing_under_the_pointer(
    hand: Hand, qtbot: QtBot, board_of: Settled
) -> None:
    page = scope(hand)
    page.go_to_step(3)
    form = page.form(3)
    qtbot.waitUntil(lambda: not form.has_checklists)
    for name in ("eu_ai_act", "premortem"):
        view = form.checklists[name]
        group = next(iter(view.groups.values()))
        form.ensureWidgetVisible(group.toggle, 0, 100)
        group.toggle.setFocus()
        QTest.keyClick(group.toggle, Qt.Key.Key_Space)
        for key in list(group.rows)[:3]:
            for button in group.rows[key].buttons.values():
                QApplication.processEvents()
                form.ensureWidgetVisible(button, 0, 120)
                QApplication.processEvents()
                seen = button.mapTo(form, QPoint(0, 0)), button.size()
                hand.click(button)
                QApplication.processEvents()
                assert (button.mapTo(form, QPoint(0, 0)), button.size()) == seen, key


# ---------------------------------------------------------------- other pages


def test_a_click_on_another_criterion_opens_it(window: MainWindow, qtbot: QtBot) -> None:
    hand = Hand(window, qtbot)
    section = library(window).sections["Criteria"]
    assert isinstance(section, CriteriaSection)
    first, second = list(section.cards.values())[:2]
    first.weight.setFocus()
    first.weight.select_all()
    QTest.keyClicks(first.weight.widget, "many")
    hand.click(second.toggle)
    assert second.is_open
    assert first.weight.problem


def test_a_click_on_add_adds_a_person_and_keeps_what_was_typed(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    hand = Hand(window, qtbot)
    section = library(window, "People").sections["People"]
    assert isinstance(section, PeopleSection)
    before = board_of(window).portfolio.participants
    section.adder.text.setText("Noor")
    team = section.items.editor(before[0].id, "team")
    assert isinstance(team, LineEditor)
    team.setFocus()
    QTest.keyClicks(team.widget, " and stores")
    hand.click(section.adder.add_button)
    now = board_of(window).portfolio.participants
    assert [person.name for person in now] == [*(p.name for p in before), "Noor"]
    assert "and stores" in now[0].team


def test_what_is_wrong_with_a_weight_moves_no_criterion(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    section = library(window).sections["Criteria"]
    assert isinstance(section, CriteriaSection)
    first, second = list(section.cards.values())[:2]
    before = second.mapTo(section, QPoint(0, 0))
    first.weight.setFocus()
    first.weight.select_all()
    QTest.keyClicks(first.weight.widget, "many")
    first.weight.flush()
    board_of(window)
    lay_out()
    assert first.weight.problem
    assert second.mapTo(section, QPoint(0, 0)) == before
