"""What a page is told: to dress, to show another portfolio, or what has changed in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import people, use_cases
from scoper.settings import Theme, library_folder
from scoper.snapshot import Changes
from ui.bridge.page import Page
from ui.shell.main_window import MainWindow

Settled = Callable[[MainWindow], Board]


class Told(Page):
    """Notes what it is told."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window.context)
        self.told: list[str] = []

    def dress(self) -> None:
        self.told.append("dress")

    def show_portfolio(self, board: Board) -> None:
        self.told.append(board.portfolio.title)

    def show_board(self, board: Board, changes: Changes) -> None:
        self.told.append(", ".join(sorted(changes.entities)))

    def since(self) -> list[str]:
        """Return what it was told since it was asked last."""
        told, self.told = self.told, []
        return told


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> Told:
    page = Told(window)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert page.since() == ["dress", "Tavelund AI portfolio 2027"]
    return page


def edit(window: MainWindow, board_of: Settled) -> None:
    first = board_of(window).use_cases[0].id
    window.session.run(
        lambda store: use_cases.set_field(store, use_case_id=first, field="owner", value="Kim")
    )
    board_of(window)


def test_a_page_in_view_is_told_what_has_changed(
    page: Told, window: MainWindow, board_of: Settled
) -> None:
    edit(window, board_of)
    assert page.since() == ["use_case"]


def test_a_hidden_page_is_told_at_once_all_that_it_missed(
    page: Told, window: MainWindow, board_of: Settled
) -> None:
    page.hide()
    edit(window, board_of)
    window.session.run(lambda store: people.add_participant(store, name="Ada"))
    board_of(window)
    assert page.since() == []
    page.show()
    assert page.since() == ["participant, use_case"]
    page.hide()
    page.show()
    assert page.since() == []


@pytest.mark.parametrize("hidden", [False, True])
def test_a_page_dresses_for_another_theme_and_then_draws_everything_again(
    page: Told, window: MainWindow, hidden: bool
) -> None:
    page.setVisible(not hidden)
    window.theme.apply(Theme.DARK, 125)
    assert page.since() == ([] if hidden else ["dress", "Tavelund AI portfolio 2027"])
    page.show()
    assert page.since() == (["dress", "Tavelund AI portfolio 2027"] if hidden else [])


def test_another_portfolio_is_shown_without_dressing(
    page: Told, window: MainWindow, qtbot: QtBot, board_of: Settled, tmp_path: Path
) -> None:
    edit(window, board_of)
    page.since()
    with qtbot.waitSignal(window.session.board_changed):
        window.session.create(tmp_path / "other.scoper", title="Other")
    assert page.since() == ["Other"]


def test_the_time_of_the_last_save_stays_when_everything_is_read_again(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    edit(window, board_of)
    said = window.saved.text.text()
    assert said != "All changes saved"
    window.session.check_content()
    board_of(window)
    library_folder().mkdir(parents=True)
    (library_folder() / "roadmap.toml").write_text("broken", encoding="utf-8")
    with qtbot.waitSignal(window.session.board_changed) as judged:
        window.session.check_content()
    assert judged.args[1].whole
    assert window.saved.text.text() == said
