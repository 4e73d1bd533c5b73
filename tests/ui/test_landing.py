"""Where the window goes when a portfolio, a use case or a section of a step is opened."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import use_cases
from scoper.scoping import STEPS, StepState
from ui.features.portfolio.page import PortfolioPage
from ui.features.scope.page import ScopePage
from ui.shell.main_window import MainWindow
from ui.shell.palette import Palette

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
Settled = Callable[[MainWindow], Board]
# The platform without a screen says so about every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def scope(window: MainWindow) -> ScopePage:
    page = window.page("scope")
    assert isinstance(page, ScopePage)
    return page


def first_open(board: Board, use_case_id: UUID) -> int:
    states = [report.state for report in board.steps[use_case_id]]
    return next((n for n, s in enumerate(states, start=1) if s is not StepState.PASSED), 1)


def opened_at(board: Board, *steps: int) -> list[UUID]:
    """Return the first use case for each of the steps whose gate is its first open one."""
    return [next(u.id for u in board.use_cases if first_open(board, u.id) == s) for s in steps]


# ---------------------------------------------------------------- use cases


def test_a_use_case_opens_at_its_first_open_gate_from_the_list(
    window: MainWindow, board_of: Settled
) -> None:
    board = board_of(window)
    page = window.page("portfolio")
    assert isinstance(page, PortfolioPage)
    assert len({first_open(board, use_case.id) for use_case in board.use_cases}) > 2
    for use_case in board.use_cases:
        window.go("portfolio", use_case.id)
        page.view.setFocus()
        QTest.keyClick(page.view, KEY.Key_Return)
        assert scope(window).use_case_id == use_case.id
        assert scope(window).step == first_open(board, use_case.id)
        scope(window).go_to_step(5)


def test_a_use_case_opens_at_its_first_open_gate_from_the_palette(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    board = board_of(window)
    for use_case in board.use_cases[:4]:
        window.actions_.palette()
        palette = next(p for p in window.findChildren(Palette) if p.isVisible())
        qtbot.keyClicks(QApplication.focusWidget(), use_case.title)
        QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
        qtbot.waitUntil(lambda shown=palette: not shown.isVisible())
        assert scope(window).use_case_id == use_case.id
        assert scope(window).step == first_open(board, use_case.id)
        scope(window).go_to_step(5)


def test_the_picker_leads_to_the_first_open_gate_of_each(
    window: MainWindow, board_of: Settled
) -> None:
    board = board_of(window)
    window.go("scope", board.use_cases[0].id)
    page = scope(window)
    page.chooser.setFocus()
    for use_case in board.use_cases[1:]:
        page.go_to_step(5)
        QTest.keyClick(page.chooser, KEY.Key_Down)
        assert page.use_case_id == use_case.id
        assert page.step == first_open(board, use_case.id)


def test_the_first_use_case_shown_is_at_its_first_open_gate(
    window: MainWindow, board_of: Settled
) -> None:
    board = board_of(window)
    others = [u.id for u in board.use_cases if first_open(board, u.id) != 4]
    window.session.run(lambda store: use_cases.remove(store, use_case_ids=others))
    board = board_of(window)
    QTest.keyClick(window, KEY.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert scope(window).use_case_id == board.use_cases[0].id
    assert scope(window).step == 4


def test_a_use_case_is_found_where_it_was_left(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    one, other = opened_at(board_of(window), 1, 2)
    window.go("scope", one)
    page = scope(window)
    page.go_to_step(3)
    form = page.form(3)
    qtbot.waitUntil(lambda: not form.has_checklists)
    form.verticalScrollBar().setValue(700)
    window.go("scope", other)
    assert page.step == 2
    window.go("portfolio")
    window.go("scope", one)
    assert page.step == 3
    assert form.verticalScrollBar().value() == 700


def test_another_use_case_is_read_from_the_top_of_its_step(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    board = board_of(window)
    one, other = opened_at(board, 1, 3)
    window.go("scope", one)
    page = scope(window)
    page.go_to_step(3)
    form = page.form(3)
    qtbot.waitUntil(lambda: form.verticalScrollBar().maximum() > 300)
    form.verticalScrollBar().setValue(form.verticalScrollBar().maximum())
    window.go("scope", other)
    assert page.step == 3
    assert form.verticalScrollBar().value() == 0
    assert page.stepper.index.links[0].isChecked()


# ---------------------------------------------------------------- portfolios


def wait_for_board(window: MainWindow, qtbot: QtBot, action: Callable[[], object]) -> None:
    with qtbot.waitSignal(window.session.board_changed):
        action()
    qtbot.waitUntil(lambda: not window.busy)


@pytest.mark.parametrize("place", ["scope", "workshop", "ranking", "documents", "library"])
def test_another_portfolio_opens_on_portfolio(
    window: MainWindow,
    qtbot: QtBot,
    place: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path / "other.scoper"
    assert window.session.path is not None
    shutil.copyfile(window.session.path, other)
    new = tmp_path / "new.scoper"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(new), ""))
    actions = window.actions_
    for action in (actions.try_sample, actions.open, actions.new):
        window.go(place)
        wait_for_board(window, qtbot, action)
        assert window.current_page is window.page("portfolio")
        assert window.places["portfolio"].isChecked()


def test_where_use_cases_were_left_is_forgotten_with_the_portfolio(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    (one,) = opened_at(board_of(window), 2)
    window.go("scope", one)
    scope(window).go_to_step(5)
    path = window.session.path
    assert path is not None
    wait_for_board(window, qtbot, lambda: window.open_path(path))
    window.go("scope", one)
    assert scope(window).step == 2


def test_another_programs_change_leaves_the_page_in_view(
    window: MainWindow, board_of: Settled, qtbot: QtBot
) -> None:
    from scoper.store import Store

    (one,) = opened_at(board_of(window), 2)
    window.go("scope", one)
    scope(window).go_to_step(5)
    path = window.session.path
    assert path is not None
    with Store.open(path, "Kim") as store:
        use_cases.create(store, title="Late invoices")
    wait_for_board(window, qtbot, window.session.refresh)
    assert window.current_page is scope(window)
    assert (scope(window).use_case_id, scope(window).step) == (one, 5)


# ---------------------------------------------------------------- sections


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> ScopePage:
    """Return the Scope page at step 3, all made."""
    window.go("scope")
    page = scope(window)
    page.go_to_step(3)
    qtbot.waitUntil(lambda: not page.form(3).has_checklists)
    page.form(3).go_to_section(0)
    return page


def marked(page: ScopePage) -> list[int]:
    return [place for place, link in enumerate(page.stepper.index.links) if link.isChecked()]


def wheel(widget: QWidget, angle: int) -> None:
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_each_section_is_marked_in_its_turn_on_the_way_down(page: ScopePage) -> None:
    form, seen = page.form(3), [0]
    bar = form.verticalScrollBar()
    while bar.value() < bar.maximum():
        wheel(form.viewport(), -30)
        (now,) = marked(page)
        if now != seen[-1]:
            seen.append(now)
    assert seen == list(range(len(STEPS[2].sections)))


def test_the_mark_stays_with_the_cursor_while_tab_walks_the_step(page: ScopePage) -> None:
    form = page.form(3)
    form.focus_first()
    for _ in range(120):
        held = QApplication.focusWidget()
        assert held is not None
        if not form.isAncestorOf(held):
            break
        section = next(s for s in form.sections if s.isAncestorOf(held))
        assert marked(page) == [form.sections.index(section)]
        QTest.keyClick(held, KEY.Key_Tab)
