"""Starts the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ui.kit.look.theme import Theme
from ui.shell.main_window import MainWindow
from ui.shell.preferences import Preferences


def run(path: Path | None) -> int:
    """Show the window, with the portfolio at ``path`` or the one used last, until it is closed."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Scoper")
    application.setOrganizationName("Scoper")
    window = make_window(application)
    window.show()
    target = path or _last(window.preferences)
    if target:
        QTimer.singleShot(0, lambda: window.open_path(target))
    return application.exec()


def make_window(application: QApplication) -> MainWindow:
    """Return a window dressed in the settings of this machine, not shown yet."""
    if QLocale.system().language() is QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    preferences = Preferences(application)
    theme = Theme(application)
    theme.apply(preferences.settings.theme, preferences.settings.zoom)
    window = MainWindow(theme, preferences)
    previous = sys.excepthook

    def report(kind: type[BaseException], error: BaseException, trace: object) -> None:
        previous(kind, error, None)
        if isinstance(error, Exception):
            window.problems.report(error)

    sys.excepthook = report
    return window


def _last(preferences: Preferences) -> Path | None:
    settings = preferences.settings
    if not (settings.reopen and settings.recent):
        return None
    path = Path(settings.recent[0])
    return path if path.exists() else None
