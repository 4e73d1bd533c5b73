"""The library as a place: its sections, how they are reached, and what goes on between them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from scoper.settings import Theme
from tests.ui.library_parts import CTRL, LEFT, Settled, library, method_of
from ui.features.library.page import SECTIONS
from ui.features.library.people import RolesSection
from ui.shell.main_window import MainWindow
from ui.shell.settings_dialog import SettingsDialog


def test_the_library_opens_by_its_shortcut(window: MainWindow) -> None:
    page = library(window)
    assert window.places["library"].isChecked()
    assert page.entries["Criteria"].isChecked()
    assert page.sections["Criteria"].isVisible()


def test_every_section_opens_by_keyboard(window: MainWindow, board_of: Settled) -> None:
    page = library(window)
    for name in list(SECTIONS)[1:]:
        QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        assert page.current == name
        assert page.entries[name].isChecked()
        assert page.sections[name].isVisible()
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.current == "History"
    QTest.keyClick(page.entries["History"], Qt.Key.Key_Up)
    assert page.entries["Content"].hasFocus()
    QTest.keyClick(page.entries["Content"], Qt.Key.Key_Space)
    assert page.current == "Content"
    board_of(window)


def test_going_elsewhere_saves_what_was_being_typed(window: MainWindow, board_of: Settled) -> None:
    section = method_of(window)
    organisation: Any = section.editors["organisation"]
    organisation.widget.selectAll()
    QTest.keyClicks(organisation.widget, "Elsewhere")
    QTest.keyClick(window, Qt.Key.Key_4, CTRL)
    assert board_of(window).portfolio.organisation == "Elsewhere"


def test_another_theme_keeps_section_and_what_was_typed(
    window: MainWindow, board_of: Settled
) -> None:
    page = library(window, "Roles")
    section = page.sections["Roles"]
    assert isinstance(section, RolesSection)
    role = board_of(window).portfolio.roles[0]
    title: Any = section.items.editor(role.id, "title")
    title.widget.selectAll()
    QTest.keyClicks(title.widget, "Product lead")
    window.preferences.update(theme=Theme.DARK, zoom=150)
    assert board_of(window).portfolio.roles[0].title == "Product lead"
    assert page.current == "Roles"
    assert page.sections["Roles"] is not section
    window.preferences.update(theme=Theme.LIGHT, zoom=100)


def test_this_computer_leads_to_the_settings(window: MainWindow) -> None:
    page = library(window, "This computer")
    QTest.mouseClick(page.sections["This computer"].open_button, LEFT)  # type: ignore[attr-defined]
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    QTest.mouseClick(dialog.close_button, LEFT)
