"""Every model keeps Qt's rules: filled, empty, and while its data change.

Qt's own tester and that of pytest-qt look at a model now and at each of its signals. What the first
of them warns of fails a test as well as an assertion of the second.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from scoper.board import Board
from scoper.commands import people, use_cases
from tests.ui.library_parts import history_of, library
from tests.ui.pickers import opened
from ui.features.library.content import ContentSection
from ui.features.portfolio.page import PortfolioPage
from ui.features.ranking.page import RankingPage
from ui.features.scope.page import ScopePage
from ui.features.workshop.page import WorkshopPage
from ui.shell.main_window import MainWindow
from ui.shell.palette import Palette

ROOT = Path(__file__).resolve().parents[2]
LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier

# The platform without a screen says so about every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Watch:
    """Holds a model to the rules of Qt, and counts the rows it has meanwhile."""

    def __init__(self, python_tester: ModelTester, wait: Callable[[], object]) -> None:
        self._python_tester, self._wait = python_tester, wait
        self.rows: list[int] = []

    def over(self, model: QAbstractItemModel) -> None:
        """Look at a model now and at each of its signals."""
        mode = QAbstractItemModelTester.FailureReportingMode.Warning
        self._model, self._tester = model, QAbstractItemModelTester(model, mode)
        self._python_tester.check(model, force_py=True)
        self.rows.append(model.rowCount())

    def after(self, *steps: Callable[[], object]) -> None:
        """Do something and note how many rows there are when it is shown."""
        for step in steps:
            step()
            QApplication.processEvents()
            self._wait()
            self.rows.append(self._model.rowCount())


@pytest.fixture
def watch(
    qtmodeltester: ModelTester, window: MainWindow, board_of: Callable[[MainWindow], Board]
) -> Watch:
    return Watch(qtmodeltester, lambda: board_of(window))


def keys(widget: QObject, text: str) -> Callable[[], object]:
    return lambda: QTest.keyClicks(widget, text)


def remove_all(window: MainWindow) -> None:
    board = window.session.board
    assert board is not None
    ids = [use_case.id for use_case in board.use_cases]
    window.session.run(partial(use_cases.remove, use_case_ids=ids))


def look_at_portfolio(window: MainWindow, watch: Watch) -> list[int]:
    window.go("portfolio")
    page = window.page("portfolio")
    assert isinstance(page, PortfolioPage)
    board = window.session.board
    assert board is not None
    first, header = board.use_cases[0].id, page.view.horizontalHeader()
    watch.over(page.view.table)
    watch.after(
        lambda: QTest.mouseClick(header.viewport(), LEFT, pos=header.rect().center()),
        lambda: QTest.mouseClick(header.viewport(), LEFT, pos=header.rect().center()),
        lambda: window.session.run(
            partial(use_cases.set_field, use_case_id=first, field="title", value="Zebra invoices")
        ),
        lambda: window.session.run(partial(use_cases.create, title="Aardvark invoices")),
        keys(page.search, "invoice"),
        lambda: QTest.keyClick(window, Qt.Key.Key_Z, CTRL),
        page.search.clear,
        lambda: remove_all(window),
        lambda: QTest.mouseClick(window.undo_button, LEFT),
    )
    return [12, 12, 12, 12, 13, 2, 1, 12, 0, 12]


def look_at_ranking(window: MainWindow, watch: Watch) -> list[int]:
    window.go("ranking")
    page = window.page("ranking")
    assert isinstance(page, RankingPage)
    dial = page.what_if.dials["risk_aversion"].slider
    watch.over(page.view.table)
    before = page.view.table.shown
    watch.after(lambda: dial.setValue(dial.maximum()))
    assert page.view.table.shown != before
    watch.after(page.what_if.reset, lambda: remove_all(window))
    return [12, 12, 12, 0]


def look_at_ratings(window: MainWindow, watch: Watch) -> list[int]:
    window.go("workshop")
    page = window.page("workshop")
    assert isinstance(page, WorkshopPage)
    board = window.session.board
    assert board is not None
    people_there = board.portfolio.participants
    watch.over(page.view.grid)
    page.view.put_cursor(0)
    watch.after(
        lambda: QTest.keyClick(page.view, Qt.Key.Key_2),
        lambda: QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return),
        lambda: page.choice.use_case_button.click(),
        lambda: page.choice.hide_box.setChecked(False),
        lambda: window.session.run(partial(people.add_participant, name="Somebody new")),
        lambda: page.choice.person_button.click(),
        keys(page.choice.search, "no such use case"),
        page.choice.search.clear,
        lambda: remove_all(window),
    )
    rating = len(people_there)
    return [12, 12, 12, rating, rating + 1, rating + 2, 12, 0, 12, 0]


def look_at_history(window: MainWindow, watch: Watch) -> list[int]:
    section = history_of(window, lambda shown: shown.session.board)  # type: ignore[arg-type, return-value]
    watch.over(section.table)
    watch.after(
        lambda: None,
        lambda: window.session.run(partial(people.add_participant, name="Somebody new")),
        keys(section.search, "zebra"),
        section.search.clear,
    )
    return [0, *watch.rows[1:3], 0, watch.rows[2]]


def look_at_library(window: MainWindow, watch: Watch) -> list[int]:
    section = library(window, "Content").sections["Content"]
    assert isinstance(section, ContentSection)
    watch.over(section.entries)
    watch.after(lambda: None, keys(section.search, "zzzz"), section.search.clear)
    assert watch.rows[1] > 100
    return [0, watch.rows[1], 0, watch.rows[1]]


def look_at_picker(window: MainWindow, watch: Watch) -> list[int]:
    window.go("scope")
    page = window.page("scope")
    assert isinstance(page, ScopePage)
    found = opened(page.chooser)
    watch.over(found.found)
    watch.after(keys(found.search, "invoice"), keys(found.search, " zzz"), found.search.clear)
    found.close()
    return [12, 1, 0, 12]


def look_at_palette(window: MainWindow, watch: Watch) -> list[int]:
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, Palette)
    watch.over(palette.found)
    watch.after(keys(palette.search, "zoom zz"), palette.search.clear)
    palette.close()
    assert watch.rows[0] > 12
    return [watch.rows[0], 0, watch.rows[0]]


LOOKS: dict[str, list[Callable[[MainWindow, Watch], list[int]]]] = {
    "kit/tables/use_case_table.py": [look_at_portfolio, look_at_ranking],
    "features/workshop/rating_grid.py": [look_at_ratings],
    "kit/tables/plain_table.py": [look_at_history],
    "features/library/entry_list.py": [look_at_library],
    "kit/fields/picker_list.py": [look_at_picker],
    "shell/palette.py": [look_at_palette],
}
"""How each model is filled, emptied and changed, by the module it is in."""


@pytest.mark.parametrize(
    "look", [look for looks in LOOKS.values() for look in looks], ids=lambda look: look.__name__
)
def test_a_model_keeps_the_rules_of_qt(
    window: MainWindow, watch: Watch, look: Callable[[MainWindow, Watch], list[int]]
) -> None:
    expected = look(window, watch)
    assert watch.rows == expected


def test_no_model_is_left_out() -> None:
    modules = {
        str(path.relative_to(ROOT / "ui"))
        for path in (ROOT / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        if ast.unparse(base).endswith("Model")
    }
    assert modules == set(LOOKS)
