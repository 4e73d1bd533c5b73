"""Who rates, and who may judge what."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.library_parts import LEFT, Settled, people_of, retype, undo
from ui.shell.main_window import MainWindow


def test_people_are_added_one_after_another_by_keyboard(
    empty_window: MainWindow, board_of: Settled
) -> None:
    section = people_of(empty_window)
    texts = [found.text() for found in section.findChildren(QLabel)]
    assert any("Nobody rates yet. Type a name above" in text for text in texts)
    for name in ("Ada", "Bo"):
        QTest.keyClicks(section.adder.text, name)
        QTest.keyClick(section.adder.text, Qt.Key.Key_Return)
        board_of(empty_window)
        assert section.adder.text.text() == ""
    assert [p.name for p in board_of(empty_window).portfolio.participants] == ["Ada", "Bo"]
    assert [p.name for p in undo(empty_window, board_of).portfolio.participants] == ["Ada"]


def test_a_name_that_is_taken_stays_to_be_put_right(window: MainWindow, board_of: Settled) -> None:
    section, taken = people_of(window), board_of(window).portfolio.participants[0]
    QTest.keyClicks(section.adder.text, taken.name.upper())
    QTest.mouseClick(section.adder.add_button, LEFT)
    board_of(window)
    assert "There is already" in section.adder.problem.text()
    assert section.adder.problem.isVisible()
    assert section.adder.text.text() == taken.name.upper()
    QTest.keyClicks(section.adder.text, " junior")
    assert not section.adder.problem.isVisible()
    QTest.keyClick(section.adder.text, Qt.Key.Key_Return)
    assert len(board_of(window).portfolio.participants) == 7


@pytest.mark.parametrize(
    ("field", "entered", "kept"),
    [("name", "Ada Lovelace", "Ada Lovelace"), ("team", "Board", "Board"), ("weight", "2", 2.0)],
)
def test_a_person_is_changed_in_place_and_undone(
    window: MainWindow, board_of: Settled, field: str, entered: str, kept: object
) -> None:
    section, before = people_of(window), board_of(window).portfolio.participants[0]
    retype(section.items.editor(before.id, field), entered)
    assert getattr(board_of(window).portfolio.participants[0], field) == kept
    assert undo(window, board_of).portfolio.participants[0] == before


def test_a_voice_of_zero_is_said_not_to_count(window: MainWindow, board_of: Settled) -> None:
    section, first = people_of(window), board_of(window).portfolio.participants[0]
    retype(section.items.editor(first.id, "weight"), "0")
    board_of(window)
    note = section.items.rows[first.id].note
    assert note is not None
    assert note.text() == "102 ratings, not counted"
    retype(section.items.editor(first.id, "weight"), "")
    board_of(window)
    assert "not a number" in section.items.editor(first.id, "weight").problem


def test_deleting_a_person_says_how_many_ratings_go(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    section, before = people_of(window), board_of(window)
    section.items.editor(before.portfolio.participants[0].id, "weight").setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert len(board_of(window).portfolio.participants) == 5
    assert window.notice.text.text() == "Removed participant Marijke van Doorn, with 102 ratings"
    qtbot.mouseClick(window.notice.action, LEFT)
    after = board_of(window)
    assert after.portfolio.participants == before.portfolio.participants
    assert [s.score for s in after.ranked] == [s.score for s in before.ranked]


def test_undo_stays_in_reach_however_long_a_name_is(window: MainWindow, board_of: Settled) -> None:
    section, first = people_of(window), board_of(window).portfolio.participants[0]
    retype(section.items.editor(first.id, "name"), "W" * 120)
    board_of(window)
    section.remove(first.id)
    board_of(window)
    assert window.notice.isVisible()
    assert window.rect().contains(window.notice.geometry())
    assert window.notice.text.text().endswith("with 102 ratings")


# ---------------------------------------------------------------- who judges what


def test_a_person_is_kept_from_a_criterion_by_mouse_and_it_is_undone(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    section, portfolio = people_of(window), board_of(window).portfolio
    person, criterion = portfolio.participants[0], portfolio.criteria[1]
    assert section.permissions.person == person.id
    assert section.permissions.told.text() == f"{person.name} judges all 9 criteria."
    tick = section.permissions.ticks[criterion.id]
    section.column.ensureWidgetVisible(tick)
    tick.click()
    assert board_of(window).portfolio.exclusions == {(criterion.id, person.id)}
    assert section.permissions.told.text() == (
        f"{person.name} judges 8 of 9 criteria. 12 ratings on the others kept, not counted."
    )
    note = section.items.rows[person.id].note
    assert note is not None
    assert note.text() == "102 ratings; judges 8 of 9 criteria"
    assert undo(window, board_of).portfolio.exclusions == frozenset()
    assert tick.isChecked()


def test_what_a_person_judges_is_chosen_by_keyboard(window: MainWindow, board_of: Settled) -> None:
    section, portfolio = people_of(window), board_of(window).portfolio
    permissions, person = section.permissions, portfolio.participants[2]
    permissions.people.setFocus()
    QTest.keyClick(permissions.people, Qt.Key.Key_Down)
    QTest.keyClick(permissions.people, Qt.Key.Key_Down)
    assert permissions.person == person.id
    first, second, *_ = permissions.ticks.values()
    QTest.keyClick(permissions.people, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is first
    QTest.keyClick(first, Qt.Key.Key_Space)
    closed = board_of(window).portfolio.exclusions
    assert closed == {(portfolio.criteria[0].id, person.id)}
    assert permissions.person == person.id
    assert not first.isChecked()
    assert second.isChecked()


def test_everything_and_nothing_are_one_step_each(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    section, total = people_of(window), len(board_of(window).portfolio.criteria)
    qtbot.mouseClick(section.permissions.none_button, LEFT)
    assert len(board_of(window).portfolio.exclusions) == total
    assert not any(tick.isChecked() for tick in section.permissions.ticks.values())
    qtbot.mouseClick(section.permissions.all_button, LEFT)
    assert not board_of(window).portfolio.exclusions
    assert len(undo(window, board_of).portfolio.exclusions) == total


def test_without_people_nothing_is_said_about_who_judges(
    empty_window: MainWindow, board_of: Settled
) -> None:
    section = people_of(empty_window)
    board_of(empty_window)
    assert not section.permissions.isVisible()
