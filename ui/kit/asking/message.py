"""Messages and questions in a box of their own: plain text, and Cancel is what Enter chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton, QWidget


def tell(parent: QWidget, text: str, detail: str = "", *, wait: bool = False) -> None:
    """Say what happened and what can be done about it; ``wait`` until it has been read."""
    box = _box(parent, text, detail)
    if wait:
        box.exec()
        box.deleteLater()
    else:
        _open(box)


def offer(parent: QWidget, text: str, action: str, run: Callable[[], object]) -> None:
    """Offer to do ``run``, called ``action``."""
    box = _box(parent, text)
    box.setIcon(QMessageBox.Icon.NoIcon)
    _with_cancel(box, action).clicked.connect(lambda: run())
    _open(box)


def confirmed(parent: QWidget, text: str, detail: str, action: str) -> bool:
    """Wait for a person to choose between ``action`` and Cancel."""
    box = _box(parent, text, detail)
    chosen = _with_cancel(box, action)
    box.exec()
    box.deleteLater()
    return box.clickedButton() is chosen


def choose(
    parent: QWidget, text: str, detail: str, actions: Mapping[str, Callable[[], object]]
) -> QDialog:
    """Let a person choose one of ``actions`` by what they are called, or Cancel."""
    box = _box(parent, text, detail)
    for action, run in actions.items():
        box.addButton(action, QMessageBox.ButtonRole.AcceptRole).clicked.connect(
            lambda _=False, run=run: run()
        )
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    _open(box)
    return box


def _open(box: QMessageBox) -> None:
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _box(parent: QWidget, text: str, detail: str = "") -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Scoper")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(detail)
    return box


def _with_cancel(box: QMessageBox, action: str) -> QPushButton:
    chosen = box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    return chosen
