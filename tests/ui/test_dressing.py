"""Another theme or zoom dresses what is in view, and a hidden page when it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.settings import Theme
from tests.ui.library_parts import lay_out
from ui.features.scope.page import ScopePage
from ui.kit.look.theme import DARK
from ui.shell.main_window import MainWindow
from ui.shell.registry import PAGES

BoardOf = Callable[[MainWindow], Board]
PLACES = tuple(page.id for page in PAGES)


class _Seen(QObject):
    """Counts how often each widget was told of another style."""

    def __init__(self) -> None:
        super().__init__()
        self.told: Counter[QObject] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StyleChange and isinstance(watched, QWidget):
            self.told[watched] += 1
        return False


@contextmanager
def watching() -> Iterator[Counter[QObject]]:
    application = QApplication.instance()
    assert application is not None
    seen = _Seen()
    application.installEventFilter(seen)
    yield seen.told
    application.removeEventFilter(seen)


@pytest.fixture
def visited(window: MainWindow, board_of: BoardOf) -> MainWindow:
    """Return a window in which every page, and every step of a use case, was shown."""
    for page in PLACES:
        window.go(page)
        board_of(window)
    scope = window.page("scope")
    assert isinstance(scope, ScopePage)
    window.go("scope")
    for step in (2, 3, 4, 5):
        scope.go_to_step(step)
        board_of(window)
    lay_out()
    return window


def parts(page: QWidget) -> list[QWidget]:
    return [page, *page.findChildren(QWidget)]


def test_what_is_not_in_view_is_dressed_when_it_is_shown(visited: MainWindow) -> None:
    scope = visited.page("scope")
    visited.go("ranking")
    lay_out()
    hidden = {part for name in PLACES if name != "ranking" for part in parts(visited.page(name))}
    with watching() as told:
        visited.preferences.update(theme=Theme.DARK)
        assert not hidden & set(told)
        assert told[visited.page("ranking")]
        visited.go("scope")
        lay_out()
        assert told[scope]
    ink = scope.palette().color(QPalette.ColorRole.WindowText)
    assert ink == QColor(DARK.text)


def test_nothing_is_dressed_once_for_each_widget_above_it(visited: MainWindow) -> None:
    with watching() as told:
        visited.preferences.update(theme=Theme.DARK)
    # Once as the old style sheet goes, once as the new one comes, and a property may add one.
    assert max(told.values()) <= 3


def test_another_theme_keeps_the_fields_of_a_step(visited: MainWindow) -> None:
    scope = visited.page("scope")
    assert isinstance(scope, ScopePage)
    visited.go("scope")
    scope.go_to_step(1)
    before = scope.form(1)
    scope.form(1).verticalScrollBar().setValue(200)
    visited.preferences.update(theme=Theme.DARK)
    lay_out()
    assert scope.form(1) is before
    assert scope.form(1).verticalScrollBar().value() == 200


@pytest.mark.parametrize("name", PLACES)
def test_a_page_looks_the_same_whether_it_was_in_view_or_not(
    visited: MainWindow, qtbot: QtBot, name: str
) -> None:
    visited.go(name)
    visited.preferences.update(theme=Theme.DARK)
    seen = settled_picture(visited, qtbot)
    visited.go("ranking" if name == "portfolio" else "portfolio")
    visited.preferences.update(theme=Theme.LIGHT)
    visited.preferences.update(theme=Theme.DARK)
    visited.go(name)
    qtbot.waitUntil(lambda: picture(visited) == seen)


def picture(window: MainWindow) -> QImage:
    window.centralWidget().setFocus()
    lay_out()
    assert window.current_page is not None
    return window.current_page.grab().toImage()


def settled_picture(window: MainWindow, qtbot: QtBot) -> QImage:
    """Return how the page looks once nothing in it is on its way any more."""
    pictures = [picture(window)]

    def has_settled() -> bool:
        pictures.append(picture(window))
        return len(pictures) > 3 and pictures[-1] == pictures[-2] == pictures[-3]

    qtbot.waitUntil(has_settled)
    return pictures[-1]


def test_an_icon_follows_the_theme_by_itself(window: MainWindow) -> None:
    icon = window.theme.icon("check", "accent")
    light = drawn(icon)
    window.preferences.update(theme=Theme.DARK)
    assert drawn(icon) != light
    assert drawn(icon) == drawn(window.theme.icon("check", "accent"))
    assert drawn(icon) != drawn(icon, QIcon.Mode.Disabled)


def drawn(icon: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return icon.pixmap(QSize(16, 16), 1.0, mode).toImage()
