"""A line to type a name into: Enter adds it, and the next one can be typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scoper.errors import ScoperError
from ui.kit.basics import button, row
from ui.kit.fields.line import Line
from ui.kit.fields.problem_line import ProblemLine


class QuickAdd(QWidget):
    """``asked`` carries the name typed; answer with ``settle`` or ``refuse``."""

    asked = Signal(str)

    def __init__(self, noun: str) -> None:
        super().__init__()
        self.problem = ProblemLine()
        self.text = Line(f"Add a {noun}: type a name and press Enter", f"Name of a new {noun}")
        self.text.returnPressed.connect(self._ask)
        self.text.textChanged.connect(lambda _: self.problem.say(""))
        self.add_button = button("Add", self._ask, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row(self.text, self.add_button))
        layout.addWidget(self.problem)
        self.setFocusProxy(self.text)

    def settle(self) -> None:
        """Make room for the next name."""
        self.text.clear()

    def refuse(self, error: ScoperError) -> None:
        """Say why the name was refused; it stays to be put right."""
        self.problem.refuse(error)

    def _ask(self) -> None:
        name = self.text.text().strip()
        if name:
            self.asked.emit(name)
        else:
            self.text.setFocus()
