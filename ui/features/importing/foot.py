"""The foot of an import: what stands in the way, progress, Cancel and Import."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from scoper.errors import Cancelled
from ui.kit.basics import button, label, repolish, row
from ui.kit.look.plain import set_tip


class ImportFoot(QWidget):
    """Starts, shows and stops an import.

    Signals: ``asked()`` to import, ``left()`` when Cancel is pressed while nothing runs.
    """

    asked = Signal()
    left = Signal()
    _progressed = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._stop = Event()
        self._is_possible = False
        self.is_running = False
        self.reason = label(wrap=True)
        self.reason.setAccessibleName("What to do before the import")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress")
        self.progress.hide()
        self.cancel_button = button("Cancel", self.cancel)
        self.import_button = button("Import", self.asked.emit, kind="primary")
        line = row(self.reason, self.progress, self.cancel_button, self.import_button, spacing=10)
        line.setStretch(0, 1)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    def say(self, text: str, *, possible: bool, name: str = "Import") -> None:
        """Show what to do, whether importing is possible, and what the button says."""
        self._is_possible = possible
        self.reason.setText(text)
        self.reason.setProperty("error", bool(text) and not possible)
        repolish(self.reason)
        self.import_button.setText(name)
        self.import_button.setEnabled(possible and not self.is_running)
        set_tip(self.import_button, "" if possible else text)

    def start(self) -> None:
        """Show that an import runs."""
        self._stop.clear()
        self._show_running(True)
        self.cancel_button.setFocus()

    def end(self) -> None:
        """Show that nothing runs any more."""
        self._show_running(False)

    def report(self, done: int, total: int) -> None:
        """Take progress from any thread.

        Raises:
            Cancelled: Cancel was pressed.
        """
        if self._stop.is_set():
            raise Cancelled("Cancelled")
        self._progressed.emit(done, total)

    def cancel(self) -> None:
        """Stop what runs, or leave."""
        if self.is_running:
            self._stop.set()
        else:
            self.left.emit()

    def _show_running(self, on: bool) -> None:
        self.is_running = on
        self.progress.setMaximum(0)
        self.progress.setVisible(on)
        self.reason.setVisible(not on)
        self.import_button.setEnabled(self._is_possible and not on)

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setMaximum(total)
        self.progress.setValue(done)
