"""The library page in a test: its sections, and typing into their fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from scoper.board import Board
from ui.features.library.criteria import CriteriaSection
from ui.features.library.criterion_card import CriterionCard
from ui.features.library.history import HistorySection
from ui.features.library.method import MethodSection
from ui.features.library.page import LibraryPage
from ui.features.library.people import PeopleSection, RolesSection
from ui.kit.fields.editor import Editor
from ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
Settled = Callable[[MainWindow], Board]


def library(window: MainWindow, section: str = "Criteria") -> LibraryPage:
    QTest.keyClick(window, Qt.Key.Key_6, CTRL)
    page = window.current_page
    assert isinstance(page, LibraryPage)
    QTest.mouseClick(page.entries[section], LEFT)
    lay_out()
    return page


def lay_out() -> None:
    """Let layouts place what was put into them: they do so a moment later."""
    for _ in range(3):
        QApplication.processEvents()


def criteria_of(window: MainWindow) -> CriteriaSection:
    section = library(window).sections["Criteria"]
    assert isinstance(section, CriteriaSection)
    return section


def people_of(window: MainWindow) -> PeopleSection:
    section = library(window, "People").sections["People"]
    assert isinstance(section, PeopleSection)
    return section


def roles_of(window: MainWindow) -> RolesSection:
    section = library(window, "Roles").sections["Roles"]
    assert isinstance(section, RolesSection)
    return section


def method_of(window: MainWindow) -> MethodSection:
    section = library(window, "Method").sections["Method"]
    assert isinstance(section, MethodSection)
    return section


def history_of(window: MainWindow, board_of: Settled) -> HistorySection:
    section = library(window, "History").sections["History"]
    assert isinstance(section, HistorySection)
    board_of(window)
    return section


def first_card(section: CriteriaSection) -> CriterionCard:
    return next(iter(section.cards.values()))


def retype(editor: Editor, text: str) -> None:
    widget: Any = editor.widget  # type: ignore[attr-defined]
    widget.setFocus()
    widget.selectAll()
    QTest.keyClick(widget, Qt.Key.Key_Delete)
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Tab)


def undo(window: MainWindow, board_of: Settled) -> Board:
    board_of(window)
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    return board_of(window)
