"""Somebody with a mouse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.shell.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


class Hand:
    """Presses and releases, with time between the two.

    The events go to the window, as those of a real mouse do, and reach what lies there then.
    """

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    def click(self, target: QWidget, at: QPoint | None = None) -> None:
        """Click slowly: what the press has saved is shown, if it may be, before the release."""
        with self.holding(target, at):
            self._let_it_be_shown()
        self._qtbot.waitUntil(lambda: not self.window.busy)

    @contextmanager
    def holding(self, target: QWidget, at: QPoint | None = None) -> Iterator[None]:
        """Hold the button down on something."""
        self._look()
        place = target.mapTo(self.window, target.rect().center() if at is None else at)
        QTest.mousePress(self._surface, LEFT, pos=place)
        yield
        QTest.mouseRelease(self._surface, LEFT, pos=place)

    @property
    def _surface(self) -> QWindow:
        surface = self.window.windowHandle()
        assert surface is not None
        return surface

    def _let_it_be_shown(self) -> None:
        lane = self.window.session
        self._qtbot.waitUntil(lambda: not lane.is_working)
        self._look()

    def _look(self) -> None:
        for _ in range(20):
            QApplication.processEvents()
