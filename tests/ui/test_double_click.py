"""A double click on a bin deletes one entry, and keys that follow name no other anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import items, people
from tests.ui.hand import Hand
from tests.ui.library_parts import criteria_of, lay_out, people_of, roles_of
from tests.ui.test_scope import list_of, scope
from ui.kit.lists.item_list import ItemList
from ui.shell.main_window import MainWindow

Settled = Callable[[MainWindow], Board]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def hand(window: MainWindow, qtbot: QtBot) -> Hand:
    """Return somebody with a mouse."""
    return Hand(window, qtbot)


def double_click(hand: Hand, tool: QWidget) -> None:
    """Click twice: the second press reaches what lies there by then."""
    window, place = hand.window, tool.mapTo(hand.window, tool.rect().center())
    hand.click(tool)
    lay_out()
    target = window.childAt(place)
    assert target is not None
    at = QPointF(target.mapFrom(window, place))
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(
            kind, at, target.mapToGlobal(at), LEFT, LEFT, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(target, event)


def delete_of(entries: ItemList, place: int) -> QWidget:
    delete = list(entries.rows.values())[place].delete
    assert delete is not None
    return delete


def test_a_double_click_deletes_one_person(hand: Hand, board_of: Settled) -> None:
    section = people_of(hand.window)
    names = [person.name for person in board_of(hand.window).portfolio.participants]
    double_click(hand, delete_of(section.items, 0))
    assert [p.name for p in board_of(hand.window).portfolio.participants] == names[1:]
    assert delete_of(section.items, 0).hasFocus()
    focus = QApplication.focusWidget()
    assert focus
    QTest.keyClicks(focus, "typed")
    hand.window.flush()
    assert [p.name for p in board_of(hand.window).portfolio.participants] == names[1:]


def test_a_double_click_deletes_one_role(hand: Hand, board_of: Settled) -> None:
    section = roles_of(hand.window)
    titles = [role.title for role in board_of(hand.window).portfolio.roles]
    double_click(hand, delete_of(section.items, 0))
    assert [r.title for r in board_of(hand.window).portfolio.roles] == titles[1:]
    assert delete_of(section.items, 0).hasFocus()


def test_a_double_click_deletes_one_criterion(hand: Hand, board_of: Settled) -> None:
    section = criteria_of(hand.window)
    ids = [criterion.id for criterion in board_of(hand.window).portfolio.criteria]
    double_click(hand, section.cards[ids[0]].delete)
    assert [c.id for c in board_of(hand.window).portfolio.criteria] == ids[1:]
    assert section.cards[ids[1]].delete.hasFocus()


@pytest.mark.parametrize(("step", "name"), [(2, "solutions"), (4, "acceptance")])
def test_a_double_click_deletes_one_entry_of_a_step(
    hand: Hand, board_of: Settled, step: int, name: str
) -> None:
    page = scope(hand.window)
    for _ in range(2):
        values = {"title": "A"} if name == "solutions" else {"statement": "A"}
        run = hand.window.session.run
        run(partial(items.add, use_case_id=page.use_case_id, items=name, values=values))
    page.go_to_step(step)
    before = [item.id for item in getattr(board_of(hand.window).use_cases[0], name)]
    entries = list_of(page, name)
    lay_out()
    page.form(step).ensureWidgetVisible(delete_of(entries, 0))
    lay_out()
    double_click(hand, delete_of(entries, 0))
    assert [i.id for i in getattr(board_of(hand.window).use_cases[0], name)] == before[1:]
    assert delete_of(entries, 0).hasFocus()


def test_the_cursor_goes_to_the_line_to_add_with_when_nobody_is_left(
    hand: Hand, board_of: Settled
) -> None:
    section = people_of(hand.window)
    for person in board_of(hand.window).portfolio.participants[1:]:
        hand.window.session.run(partial(people.remove_participant, participant_id=person.id))
    board_of(hand.window)
    hand.click(delete_of(section.items, 0))
    board_of(hand.window)
    assert section.adder.text.hasFocus()
