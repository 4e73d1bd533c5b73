"""A short message at the foot of the window, with one action such as Undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.plain import set_tip, tip
from ui.widgets.basics import button, label

SHOWN_FOR = 8_000
"""Milliseconds a notice stays."""


class Notice(QFrame):
    """One notice at a time, above everything, out of the way after a while."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(8)
        self.text = label()
        self.action = button("")
        self.dismiss = button("Dismiss", self.hide)
        for widget in (self.text, self.action, self.dismiss):
            layout.addWidget(widget)
        self._run: Callable[[], object] | None = None
        self.action.clicked.connect(self._act)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        """Show ``text``, and a button ``action`` that does ``run``."""
        self.text.setText(self._fitted(text))
        set_tip(self.text, tip(text))
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self._run = run
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window when it is resized."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        window = self.parentWidget()
        if window:
            self.move((window.width() - self.width()) // 2, window.height() - self.height() - 24)

    def _fitted(self, text: str) -> str:
        room = max(160, self.parentWidget().width() - 320)
        return self.text.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)

    def _act(self) -> None:
        self.hide()
        if self._run:
            self._run()
