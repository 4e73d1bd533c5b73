"""A file of an earlier version is told once what its scores are now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from scoper.commands import portfolios
from scoper.store import Store
from tests.store.test_migrations import forget_what_is_new, make_older
from tests.ui.library_parts import LEFT, Settled
from ui.shell.main_window import MainWindow

Opener = Callable[[Path], MainWindow]


def older(store: Store, aversion: float) -> Path:
    """Return the sample as the version before wrote it."""
    portfolios.set_scoring(store, parameters={"risk_aversion": aversion})
    forget_what_is_new(store)
    store.close()
    make_older(store.path, 9)
    return store.path


@pytest.mark.parametrize(
    ("aversion", "says"),
    [(1, "No score has moved"), (2, "“Invoice matching” had 78.9 points and has 68.3")],
)
def test_opening_an_older_file_says_so_once(
    sample_store: Store, open_file: Opener, board_of: Settled, aversion: float, says: str
) -> None:
    path = older(sample_store, aversion)
    window = open_file(path)
    board_of(window)
    assert window.notice.isVisible()
    assert says in window.notice.text.text()
    assert "New, and off" in window.notice.text.text()
    window.notice.hide()
    window.open_path(path)
    board_of(window)
    assert not window.notice.isVisible()


def test_the_new_terms_are_previewed_and_applied_as_one_step(
    sample_store: Store, open_file: Opener, board_of: Settled, qtbot: QtBot
) -> None:
    window = open_file(older(sample_store, 1))
    stored = board_of(window)
    qtbot.mouseClick(window.notice.action, LEFT)
    page = window.page("ranking")
    assert "enough impact θ = 0.5, stake s = 0.25" in page.method.text()
    assert board_of(window).parameters == stored.parameters
    qtbot.mouseClick(page.what_if.apply_button, LEFT)
    applied = board_of(window)
    assert applied.parameters == {**stored.parameters, "enough_impact": 0.5, "stake": 0.25}
    assert [s.score for s in applied.ranked] != [s.score for s in stored.ranked]
    window.session.undo()
    assert board_of(window).ranked == stored.ranked
