"""What is shown is deleted by somebody else: nothing typed goes anywhere else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import criteria, people, use_cases
from scoper.queries import load_board
from scoper.store import Store
from tests.ui.library_parts import criteria_of, people_of
from tests.ui.test_scope import scope
from ui.features.workshop.page import WorkshopPage
from ui.shell.main_window import MainWindow

Settled = Callable[[MainWindow], Board]


@pytest.fixture
def active(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return the window as the active one."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def cursor() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def elsewhere(window: MainWindow, command: Callable[..., object], **values: object) -> Store:
    """Change the file as another window does; return its store."""
    assert window.session.path
    store = Store.open(window.session.path, "Kim")
    command(store, **values)
    return store


def read(window: MainWindow, board_of: Settled, qtbot: QtBot) -> Board:
    qtbot.waitUntil(lambda: not window.session.is_working)
    with qtbot.waitSignal(window.session.board_changed):
        window.session.refresh()
    return board_of(window)


def said(window: MainWindow) -> Board:
    assert window.session.path
    with Store.open(window.session.path, "Reader") as store:
        return load_board(store)


def test_no_key_goes_to_another_use_case_when_the_one_in_view_is_deleted(
    active: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    page = scope(active)
    shown = board_of(active).use_cases[2]
    page.select(shown.id)
    page.go_to_step(1)
    others = [u for u in board_of(active).use_cases if u.id != shown.id]
    page.form(1).editors["problem"].setFocus()
    other = elsewhere(active, use_cases.remove, use_case_ids=[shown.id])
    QTest.keyClicks(cursor(), "unsaved words ")
    read(active, board_of, qtbot)
    QTest.keyClicks(cursor(), "gone astray")
    QTest.keyClick(cursor(), Qt.Key.Key_Space)
    active.flush()
    board_of(active)
    assert page.gone_card.isVisible()
    assert page.gone_card.title.text() == f"“{shown.title}” was deleted meanwhile."
    assert "unsaved words" in page.gone_card.typed.toPlainText()
    assert [u for u in said(active).use_cases if u.id != shown.id] == others
    other.undo()
    other.close()
    read(active, board_of, qtbot)
    qtbot.waitUntil(lambda: page.use_case_id == shown.id)
    assert page.form(page.step).isVisible()
    assert "unsaved words" in page.form(1).editors["problem"].widget.toPlainText()  # type: ignore[attr-defined]


def test_another_use_case_is_chosen_after_the_one_in_view_was_deleted(
    active: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    page = scope(active)
    shown = board_of(active).use_cases[2]
    page.select(shown.id)
    elsewhere(active, use_cases.remove, use_case_ids=[shown.id]).close()
    board = read(active, board_of, qtbot)
    assert page.gone_card.isVisible()
    page.select(board.use_cases[0].id)
    assert page.form(page.step).isVisible()
    assert page.subject == board.use_cases[0].id


def test_a_use_case_deleted_while_scope_is_out_of_view_gives_way_to_the_first(
    active: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    page = scope(active)
    shown = board_of(active).use_cases[2]
    page.select(shown.id)
    active.go("portfolio")
    elsewhere(active, use_cases.remove, use_case_ids=[shown.id]).close()
    board = read(active, board_of, qtbot)
    active.go("scope")
    assert page.subject == board.use_cases[0].id
    assert page.form(page.step).isVisible()


def test_no_rating_goes_to_another_person_when_the_chosen_one_is_removed(
    active: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    active.go("workshop")
    page = active.current_page
    assert isinstance(page, WorkshopPage)
    gone = board_of(active).portfolio.participants[1]
    page.choice.people.choose(gone.id)
    page.choice.choose_person(gone.id)
    page.view.setFocus()
    other = elsewhere(active, people.remove_participant, participant_id=gone.id)
    before = read(active, board_of, qtbot).portfolio.ratings
    QTest.keyClicks(cursor(), "55")
    QTest.keyClick(cursor(), Qt.Key.Key_Return)
    after = board_of(active).portfolio.ratings
    assert np.array_equal(before, after, equal_nan=True)
    assert page.gone_card.isVisible()
    assert gone.name in page.gone_card.title.text()
    assert "choose who rates" in page.gone_card.title.text()
    assert page.choice.person is None
    other.undo()
    other.close()
    read(active, board_of, qtbot)
    assert page.choice.person == gone.id
    assert page.view.isVisible()


def test_another_person_is_chosen_after_one_was_removed(
    active: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    active.go("workshop")
    page = active.current_page
    assert isinstance(page, WorkshopPage)
    gone, stays = board_of(active).portfolio.participants[:2]
    page.choice.choose_person(gone.id)
    elsewhere(active, people.remove_participant, participant_id=gone.id).close()
    read(active, board_of, qtbot)
    page.choice.choose_person(stays.id)
    assert page.view.isVisible()
    assert page.view.grid.rowCount()


def test_no_key_goes_to_another_person_of_the_library_when_one_is_removed(
    active: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    section = people_of(active)
    gone, *others = board_of(active).portfolio.participants
    section.items.editor(gone.id, "name").setFocus()
    elsewhere(active, people.remove_participant, participant_id=gone.id).close()
    read(active, board_of, qtbot)
    QTest.keyClicks(cursor(), "Somebody")
    QTest.keyClick(cursor(), Qt.Key.Key_Space)
    active.flush()
    assert list(board_of(active).portfolio.participants) == others


def test_no_key_goes_to_another_criterion_when_one_is_deleted(
    active: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    section = criteria_of(active)
    gone, *others = board_of(active).portfolio.criteria
    section.cards[gone.id].weight.setFocus()
    elsewhere(active, criteria.remove, criterion_id=gone.id).close()
    read(active, board_of, qtbot)
    QTest.keyClicks(cursor(), "77")
    active.flush()
    found = board_of(active).portfolio.criteria
    assert [(c.id, c.weight) for c in found] == [(c.id, c.weight) for c in others]
