"""A click that ends the edit of a cell saves what was typed and does what it was meant for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import people, use_cases
from tests.ui.hand import Hand
from ui.features.workshop.page import WorkshopPage
from ui.shell.main_window import MainWindow

Settled = Callable[[MainWindow], Board]


@pytest.fixture
def hand(empty_window: MainWindow, qtbot: QtBot, board_of: Settled) -> Hand:
    """Return a hand on the rating grid, with a 3 typed into its first cell."""
    for title in ("Alpha", "Beta", "Gamma"):
        empty_window.session.run(partial(use_cases.create, title=title))
    for name in ("Ada", "Ben"):
        empty_window.session.run(partial(people.add_participant, name=name))
    board_of(empty_window)
    empty_window.go("workshop")
    hand = Hand(empty_window, qtbot)
    page(hand).view.setFocus()
    type_in(hand, "3")
    return hand


def page(hand: Hand) -> WorkshopPage:
    found = hand.window.page("workshop")
    assert isinstance(found, WorkshopPage)
    return found


def type_in(hand: Hand, text: str) -> None:
    view = page(hand).view
    view.put_cursor(0, 0)
    QTest.keyClick(view, text[0])
    QTest.keyClicks(QApplication.focusWidget(), text[1:])
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def middle(hand: Hand, row: int, column: int) -> QPoint:
    view = page(hand).view
    return view.visualRect(view.grid.index(row, column)).center()


def first(hand: Hand, board_of: Settled) -> float:
    return float(board_of(hand.window).portfolio.ratings[0, 0, 0])


def cursor(hand: Hand) -> tuple[int, int]:
    index = page(hand).view.currentIndex()
    return index.row(), index.column()


def test_a_click_on_another_cell_goes_there(hand: Hand, board_of: Settled) -> None:
    hand.click(page(hand).view.viewport(), middle(hand, 2, 3))
    assert first(hand, board_of) == 3
    assert cursor(hand) == (2, 3)
    assert page(hand).view.selectionModel().selectedIndexes() == [page(hand).view.grid.index(2, 3)]


def test_a_click_on_another_cell_goes_there_though_the_entry_is_refused(
    hand: Hand, board_of: Settled
) -> None:
    type_in(hand, "99")
    before = middle(hand, 2, 3)
    hand.click(page(hand).view.viewport(), before)
    assert np.isnan(first(hand, board_of))
    assert page(hand).view.grid.refusal(page(hand).view.grid.index(0, 0))
    assert cursor(hand) == (2, 3)
    assert middle(hand, 2, 3) == before


def test_a_click_on_a_row_selects_it(hand: Hand, board_of: Settled) -> None:
    head = page(hand).view.verticalHeader()
    hand.click(head.viewport(), QPoint(20, middle(hand, 1, 0).y()))
    assert first(hand, board_of) == 3
    rows = {index.row() for index in page(hand).view.selectionModel().selectedIndexes()}
    assert rows == {1}


def test_a_click_on_an_anchor_enters_that_level(hand: Hand, board_of: Settled) -> None:
    hand.click(page(hand).anchors.levels[5.0])
    assert first(hand, board_of) == 5
    assert cursor(hand) == (0, 1)


def test_a_click_on_abstain_abstains(hand: Hand, board_of: Settled) -> None:
    hand.click(page(hand).anchors.abstain_button)
    assert np.isnan(first(hand, board_of))
    assert board_of(hand.window).portfolio.abstained[0, 0, 0]


def test_a_click_on_the_search_puts_the_cursor_there(hand: Hand, board_of: Settled) -> None:
    hand.click(page(hand).choice.search)
    assert first(hand, board_of) == 3
    assert page(hand).choice.search.hasFocus()


def test_a_click_on_a_button_does_what_it_says(hand: Hand, board_of: Settled) -> None:
    hand.click(page(hand).choice.use_case_button)
    assert first(hand, board_of) == 3
    assert page(hand).choice.person is None


def test_a_click_on_a_place_of_the_navigation_shows_that_page(
    hand: Hand, board_of: Settled
) -> None:
    hand.click(hand.window.places["ranking"])
    assert first(hand, board_of) == 3
    assert hand.window.current_page is hand.window.page("ranking")
