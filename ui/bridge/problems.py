"""The one place that shows errors."""

from __future__ import annotations

import platform
import traceback

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from scoper import __version__
from scoper.errors import ScoperError
from ui.kit.asking.dialog import Dialog
from ui.kit.asking.message import tell
from ui.kit.basics import button, heading, label, row
from ui.kit.look.theme import Theme


class Problems(QObject):
    """Shows what went wrong and what to do; a bug once, with a report to copy."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self._seen: set[str] = set()

    def show(self, error: ScoperError) -> None:
        """Tell about an error a person can act on."""
        tell(self._window, error.message, error.remedy)

    def report(self, error: BaseException) -> None:
        """Tell about a bug; the same one is shown once."""
        trace = "".join(traceback.format_exception(error))
        if trace in self._seen:
            return
        self._seen.add(trace)
        CrashReport(self._window, self._theme, trace).open()


class CrashReport(Dialog):
    """Says that something unexpected happened; the app lives on."""

    def __init__(self, window: QWidget, theme: Theme, trace: str) -> None:
        super().__init__(window, theme, "Something unexpected happened", (640, 360))
        self._report = (
            f"Scoper {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"
            f"{trace}"
        )
        details = QPlainTextEdit(self._report)
        details.setReadOnly(True)
        details.hide()
        layout = self.body
        layout.addWidget(heading("Something unexpected happened"))
        layout.addWidget(
            label(
                "What was saved before is safe. You can go on working; if it happens again, "
                "restart Scoper and send us the report.",
                wrap=True,
            )
        )
        layout.addWidget(details, 1_000)
        layout.addStretch(1)
        close = button("Go on", self.accept, kind="primary")
        layout.addLayout(
            row(
                button("Copy report", self._copy),
                button("Show details", lambda: details.setVisible(not details.isVisible())),
                None,
                close,
            )
        )
        close.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
