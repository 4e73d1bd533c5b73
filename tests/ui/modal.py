"""Answers modal dialogs with real keys and clicks, one after another, as a person would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox, QWidget

Answer = Callable[[QWidget], object]


STUCK = 5_000
"""Milliseconds after which a dialog that its answer did not close is left."""


@contextmanager
def answering(*answers: Answer) -> Iterator[list[QWidget]]:
    """Give each dialog that comes up the next answer; all of them must have come up in the end."""
    left = list(answers)
    seen: list[QWidget] = []
    clock = QElapsedTimer()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or not dialog.isVisible():
            return
        if dialog in seen:
            if clock.elapsed() > STUCK:
                dialog.reject()
            return
        seen.append(dialog)
        clock.restart()
        # Not from here: the timer would rest while what the answer opens waits for its own.
        QTimer.singleShot(0, dialog, partial(left.pop(0), dialog) if left else dialog.reject)

    timer = QTimer(interval=10)
    timer.timeout.connect(look)
    timer.start()
    yield seen
    timer.stop()
    assert not left, "a dialog did not come up"
    assert len(seen) == len(answers), f"asked more than expected: {seen}"


def typing(name: str) -> Answer:
    """Type a name into the dialog that asks for a file, and press Enter."""

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, QFileDialog)
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        line.selectAll()
        QTest.keyClicks(line, name)
        if popup := QApplication.activePopupWidget():
            QTest.keyClick(popup, Qt.Key.Key_Escape)
        QTest.keyClick(line, Qt.Key.Key_Return)

    return answer


def pressing(key: Qt.Key, texts: list[str] | None = None) -> Answer:
    """Press a key in a dialog; what a message says is added to ``texts``."""

    def answer(dialog: QWidget) -> None:
        if texts is not None and isinstance(dialog, QMessageBox):
            texts.append(f"{dialog.text()} {dialog.informativeText()}")
        QTest.keyClick(dialog.focusWidget() or dialog, key)

    return answer


def choosing(name: str) -> Answer:
    """Click the button ``name`` of a message."""

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, QMessageBox)
        (found,) = [button for button in dialog.buttons() if button.text() == name]
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    return answer
