"""The whole of the Scope page by keyboard: steps, sections, entries, grades and answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import items, use_cases
from scoper.scoping import STEPS
from ui.features.scope.page import ScopePage
from ui.features.scope.step import StepForm
from ui.kit.fields.chosen import GradeEditor
from ui.kit.lists.item_entry import ItemCard
from ui.kit.lists.item_list import ItemList
from ui.shell.main_window import MainWindow

KEY = Qt.Key
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Settled = Callable[[MainWindow], Board]


class Person:
    """Somebody who only has a keyboard."""

    def __init__(self, window: MainWindow, board_of: Settled, qtbot: QtBot) -> None:
        self.window, self._board_of, self._qtbot = window, board_of, qtbot
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.go("scope")
        page = window.page("scope")
        assert isinstance(page, ScopePage)
        self.page = page

    @property
    def board(self) -> Board:
        return self._board_of(self.window)

    @property
    def form(self) -> StepForm:
        return self.page.form(self.page.step)

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.focus, key, modifier or Qt.KeyboardModifier.NoModifier)

    def to_step(self, number: int) -> None:
        self.page.go_to_step(number)
        self._qtbot.waitUntil(lambda: not self.form.has_checklists)
        assert self.form.sections

    def list_of(self, name: str) -> ItemList:
        return next(items for items in self.form.lists if items.spec.name == name)

    def add(self, name: str, **values: object) -> UUID:
        self.window.session.run(
            partial(items.add, use_case_id=self.page.use_case_id, items=name, values=values)
        )
        added: UUID = getattr(self.board.use_cases[0], name)[-1].id
        return added

    def card(self, name: str, item_id: UUID) -> ItemCard:
        entry = self.list_of(name).entry(item_id)
        assert isinstance(entry, ItemCard)
        return entry


@pytest.fixture
def person(empty_window: MainWindow, board_of: Settled, qtbot: QtBot) -> Person:
    """Return somebody at step 1 of a new use case."""
    empty_window.session.run(lambda store: use_cases.create(store, title="Late invoices"))
    board_of(empty_window)
    return Person(empty_window, board_of, qtbot)


@pytest.fixture
def reader(window: MainWindow, board_of: Settled, qtbot: QtBot) -> Person:
    """Return somebody who reads the first use case of the sample."""
    return Person(window, board_of, qtbot)


def within(widget: QWidget, name: str) -> bool:
    """Whether a widget lies in the section of that title."""
    above: QWidget | None = widget
    while above is not None and above.accessibleName() != name:
        above = above.parentWidget()
    return above is not None


# ---------------------------------------------------------------- sections


def test_alt_down_and_up_walk_the_sections_and_stop_at_the_ends(reader: Person) -> None:
    reader.to_step(3)
    reader.form.focus_first()
    titles = [section.title for section in STEPS[2].sections]
    for title in titles[1:]:
        reader.press(KEY.Key_Down, ALT)
        assert within(reader.focus, title), title
        assert reader.page.stepper.index.links[titles.index(title)].isChecked()
        seen = reader.focus.mapTo(reader.form.viewport(), QPoint(0, 0)).y()
        assert 0 <= seen < reader.form.viewport().height()
    reader.press(KEY.Key_Down, ALT)
    assert within(reader.focus, titles[-1])
    reader.press(KEY.Key_Up, ALT)
    assert within(reader.focus, titles[-2])


def test_the_stepper_is_one_stop_of_tab_and_enter_goes_to_a_section(reader: Person) -> None:
    reader.to_step(3)
    reader.page.chooser.setFocus()
    reader.press(KEY.Key_Tab)
    assert reader.focus is reader.page.stepper.steps[2]
    for _ in range(5):
        reader.press(KEY.Key_Down)
    assert reader.focus.accessibleName() == "Risks, 4 entries"
    reader.press(KEY.Key_Return)
    assert within(reader.focus, "Risks")
    reader.page.chooser.setFocus()
    reader.press(KEY.Key_Tab)
    reader.press(KEY.Key_End)
    assert reader.focus is reader.page.stepper.steps[4]
    reader.press(KEY.Key_Return)
    assert reader.page.step == 5
    reader.press(KEY.Key_Tab)
    assert within(reader.focus, "Effort")


def test_the_index_tells_how_far_each_section_is(reader: Person) -> None:
    reader.to_step(3)
    said = [link.accessibleName() for link in reader.page.stepper.index.links if link.isVisible()]
    assert "Evidence, 6 entries" in said
    assert "Pre-mortem, 9 of 52 answered" in said
    assert "Annual benefit, 5 of 5 filled in" in said
    assert len(said) == len(STEPS[2].sections)


def test_scrolling_marks_the_section_that_is_read(reader: Person) -> None:
    reader.to_step(3)
    bar, links = reader.form.verticalScrollBar(), reader.page.stepper.index.links
    reader.form.go_to_section(4)
    bar.setValue(0)
    assert links[0].isChecked()
    bar.setValue(reader.form.sections[2].y())
    assert links[2].isChecked()
    bar.setValue(bar.maximum())
    assert links[8].isChecked()
    assert sum(link.isChecked() for link in links) == 1


# ---------------------------------------------------------------- from step to step


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_tab_after_the_last_field_of_a_step_goes_to_next_and_back_again(
    reader: Person, number: int
) -> None:
    reader.to_step(number)
    assert reader.form.editors or reader.form.lists
    reader.form.focus_first()
    first = reader.focus
    last = first
    for _ in range(400):
        last = reader.focus
        reader.press(KEY.Key_Tab)
        if reader.focus is reader.page.next_button:
            break
        assert reader.form.isAncestorOf(reader.focus), reader.focus
    assert reader.focus is reader.page.next_button
    assert within(last, reader.form.sections[-1].section.title)
    reader.press(KEY.Key_Tab, SHIFT)
    assert reader.focus is last


def test_next_puts_the_cursor_into_the_first_field_of_the_next_step(reader: Person) -> None:
    reader.page.next_button.setFocus()
    reader.press(KEY.Key_Return)
    assert reader.page.step == 2
    assert within(reader.focus, "Options")
    reader.press(KEY.Key_Left, ALT)
    assert reader.page.step == 1
    assert reader.focus is reader.form.editors["title"].entry


# ---------------------------------------------------------------- entries


def test_a_new_entry_is_added_named_and_deleted_by_keyboard(person: Person) -> None:
    person.to_step(3)
    risks = person.list_of("risks")
    risks.add_button.setFocus()
    person.press(KEY.Key_Return)
    (risk,) = person.board.use_cases[0].risks
    field = person.focus
    assert isinstance(field, QLineEdit)
    assert field.selectedText() == "New risk"
    QTest.keyClicks(field, "Nobody trusts it")
    person.page.flush()
    assert person.board.use_cases[0].risks[0].title == "Nobody trusts it"
    person.card("risks", risk.id).toggle.setFocus()
    person.press(KEY.Key_Delete)
    assert person.board.use_cases[0].risks == ()
    assert person.focus is risks.add_button
    person.press(KEY.Key_Z, CTRL)
    assert person.board.use_cases[0].risks[0].id == risk.id


def test_enter_and_space_open_and_close_the_card_of_an_entry(person: Person) -> None:
    person.to_step(3)
    card = person.card("evidence", person.add("evidence", statement="78 % matched"))
    card.toggle.setFocus()
    person.press(KEY.Key_Return)
    assert card.is_open
    person.press(KEY.Key_Space)
    assert not card.is_open
    assert person.focus is card.toggle


def test_the_cursor_goes_to_the_entry_that_follows_a_deleted_one(person: Person) -> None:
    person.to_step(3)
    first, second, third = (person.add("risks", title=t) for t in ("A", "B", "C"))
    person.card("risks", second).toggle.setFocus()
    person.press(KEY.Key_Delete)
    assert [risk.id for risk in person.board.use_cases[0].risks] == [first, third]
    assert person.focus is person.card("risks", third).toggle
    person.press(KEY.Key_Delete)
    assert person.board.use_cases[0].risks[0].id == first
    assert person.focus is person.card("risks", first).toggle


def test_moving_an_entry_keeps_the_cursor_on_it(person: Person) -> None:
    person.to_step(3)
    first, second = (person.add("risks", title=title) for title in ("A", "B"))
    card = person.card("risks", second)
    card.set_open(True)
    card.toggle.setFocus()
    person.press(KEY.Key_Up, CTRL)
    assert [risk.id for risk in person.board.use_cases[0].risks] == [second, first]
    assert person.focus is card.toggle
    assert card.is_open
    assert person.list_of("risks").entry(second) is card


def test_deleting_a_row_keeps_what_is_being_typed_in_another(person: Person) -> None:
    person.to_step(4)
    first, second = (person.add("acceptance", statement=text) for text in ("A", "B"))
    criteria = person.list_of("acceptance")
    typed = criteria.editor(second, "statement")
    typed.setFocus()
    assert isinstance(person.focus, QPlainTextEdit)
    QTest.keyClicks(person.focus, " holds: ")
    person.window.session.run(
        lambda store: items.remove(store, items="acceptance", item_ids=(first,))
    )
    assert len(person.board.use_cases[0].acceptance) == 1
    assert criteria.editor(second, "statement") is typed
    assert typed.entry is person.focus
    typed.flush()
    assert person.board.use_cases[0].acceptance[0].statement == "holds: B"


# ---------------------------------------------------------------- grades and answers


def test_a_grade_is_one_stop_of_tab_with_arrow_keys_inside(person: Person) -> None:
    person.to_step(3)
    risk = person.add("risks", title="Nobody trusts it")
    grade = person.list_of("risks").editor(risk, "likelihood")
    assert isinstance(grade, GradeEditor)
    owner = person.list_of("risks").editor(risk, "owner")
    owner.setFocus()
    person.press(KEY.Key_Tab)
    assert person.focus is grade.buttons[1]
    person.press(KEY.Key_Right)
    person.press(KEY.Key_Right)
    assert person.focus is grade.buttons[3]
    assert person.board.use_cases[0].risks[0].likelihood is None
    person.press(KEY.Key_Space)
    assert person.board.use_cases[0].risks[0].likelihood == 3
    person.press(KEY.Key_Tab)
    severity = person.list_of("risks").editor(risk, "severity")
    assert isinstance(severity, GradeEditor)
    assert person.focus is severity.buttons[1]
    person.press(KEY.Key_4)
    assert person.board.use_cases[0].risks[0].severity == 4
    person.press(KEY.Key_Tab, SHIFT)
    assert person.focus is grade.buttons[3]


def test_the_answers_of_a_question_are_one_stop_of_tab(person: Person) -> None:
    person.to_step(3)
    group = person.form.checklists["eu_ai_act"].groups["Does the Act apply?"]
    group.toggle.setFocus()
    person.press(KEY.Key_Return)
    assert group.is_open
    first, second = list(group.rows.values())[:2]
    buttons = list(first.buttons.values())
    person.press(KEY.Key_Tab)
    assert person.focus is buttons[0]
    person.press(KEY.Key_End)
    assert person.focus is buttons[-1]
    person.press(KEY.Key_Tab)
    assert person.focus is next(iter(second.buttons.values()))
