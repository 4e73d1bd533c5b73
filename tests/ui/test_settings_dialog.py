"""The settings of this machine, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from scoper.settings import Theme, load_settings
from tests.ui.modal import answering
from ui.kit.look.theme import DARK, LIGHT
from ui.shell.help_dialog import HelpDialog
from ui.shell.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.shell.main_window import MainWindow

# The platform without a screen says so about every dialog.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton


def test_a_theme_applies_at_once_and_is_kept(qtbot: QtBot, window: MainWindow) -> None:
    dialog = _opened(qtbot, window)
    qtbot.mouseClick(dialog.themes[Theme.DARK], LEFT)
    assert window.theme.colours is DARK
    assert load_settings().theme is Theme.DARK
    qtbot.mouseClick(dialog.themes[Theme.LIGHT], LEFT)
    assert window.theme.colours is LIGHT
    qtbot.mouseClick(dialog.close_button, LEFT)


def test_zoom_stays_within_its_range(qtbot: QtBot, window: MainWindow) -> None:
    dialog = _opened(qtbot, window)
    dialog.zoom.setFocus()
    qtbot.keyClick(dialog.zoom, Qt.Key.Key_Right)
    assert load_settings().zoom == 110
    qtbot.keyClick(dialog.zoom, Qt.Key.Key_End)
    assert window.theme.zoom == 250
    assert dialog.height() <= window.height()
    qtbot.keyClick(dialog.zoom, Qt.Key.Key_Home)
    assert load_settings().zoom == 80
    qtbot.mouseClick(dialog.reset, LEFT)
    assert load_settings().zoom == 100
    assert not dialog.reset.isEnabled()
    qtbot.mouseClick(dialog.close_button, LEFT)


def test_zooming_from_the_keyboard_shows_in_the_open_dialog(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = _opened(qtbot, window)
    window.actions_.zoom(10)
    assert dialog.zoom.value() == 11
    assert load_settings().zoom == 110
    qtbot.mouseClick(dialog.close_button, LEFT)


def test_the_name_is_kept_when_the_dialog_closes(qtbot: QtBot, window: MainWindow) -> None:
    dialog = _opened(qtbot, window)
    dialog.name.setFocus()
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "  Ada   Lovelace ")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Escape)
    assert load_settings().name == "Ada Lovelace"


def test_reopening_can_be_turned_off(qtbot: QtBot, window: MainWindow) -> None:
    dialog = _opened(qtbot, window)
    assert dialog.reopen.isChecked()
    dialog.reopen.setFocus()
    qtbot.keyClick(dialog.reopen, Qt.Key.Key_Space)
    assert load_settings().reopen is False
    qtbot.mouseClick(dialog.close_button, LEFT)


def test_help_explains_the_page_and_lists_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, HelpDialog)
    texts = [found.text() for found in dialog.findChildren(QLabel)]
    assert window.page("portfolio").HELP.split("\n\n")[0] in texts
    assert "Ctrl+K" in texts
    assert "Ctrl+Shift+Z or Ctrl+Y" in texts
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def _opened(qtbot: QtBot, window: MainWindow) -> SettingsDialog:
    qtbot.mouseClick(window.settings_button, LEFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    return dialog


def test_settings_that_cannot_be_saved_hold_until_the_window_is_closed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def read(dialog: QWidget) -> None:
        said.extend(each.text() for each in dialog.findChildren(QLabel))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    (tmp_path / "in the way").write_text("")
    monkeypatch.setenv("SCOPER_HOME", str(tmp_path / "in the way" / "home"))
    with answering(read):
        window.preferences.update(zoom=120)
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None and bool(said))
    assert "The settings could not be saved." in " ".join(said)
    assert window.theme.px(100) == 120
