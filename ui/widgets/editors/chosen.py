"""Fields whose value is chosen: from a list, a tick, a grade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from scoper.scoping import Field
from ui.widgets.basics import button, tick_box
from ui.widgets.editors.editor import Editor
from ui.widgets.one_stop import OneStop
from ui.widgets.picker import Picker

Choices = Sequence[tuple[str, Any]]
"""Labels and values to choose from."""


class ChoiceEditor(Editor):
    """One of several; ``choices`` can be replaced while it is shown."""

    def __init__(self, field: Field, choices: Choices = ()) -> None:
        super().__init__(field)
        self.widget = Picker(letters=7)
        self.widget.chosen.connect(self._announce)
        self._place(self.widget)
        self.set_choices(choices)

    def set_choices(self, choices: Choices) -> None:
        """Offer other choices, keeping the chosen value when it is still among them."""
        chosen = self.widget.value
        if self.widget.offer(choices):
            self.set_value(chosen)

    def set_value(self, value: Any) -> None:
        """Show ``value``."""
        super().set_value(value)
        self._restore(value)

    def words(self, value: Any) -> str:
        """Return the label of a value."""
        return self.widget.text_of(value)

    def _restore(self, entered: Any) -> None:
        self.widget.choose(entered)


class YesNoEditor(Editor):
    """A tick box."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.widget = tick_box(field.label)
        self.widget.clicked.connect(lambda checked: self._announce(bool(checked)))
        self._place(self.widget)

    def set_value(self, value: Any) -> None:
        """Show ``value``."""
        super().set_value(value)
        self._restore(value)

    def words(self, value: Any) -> str:
        """Return yes or no."""
        return "Yes" if value else "No"

    def _restore(self, entered: Any) -> None:
        self.widget.setChecked(bool(entered))


class GradeEditor(Editor):
    """A grade from 1 to 5 as five buttons; the chosen one again takes it back.

    Arrow keys move among them, Space and Enter choose, and so do the digits.
    """

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        self.buttons: list[QPushButton] = []
        self._value: int | None = None
        for grade in range(1, 6):
            choice = button(str(grade), kind="grade", tip=field.help)
            choice.setCheckable(True)
            choice.setAccessibleName(f"{field.label} {grade}")
            choice.clicked.connect(lambda _=False, g=grade: self._chosen(g))
            self.buttons.append(choice)
            line.addWidget(choice)
        line.addStretch(1)
        self._place(holder)
        self._stop = OneStop(self, self.buttons)
        self.entry = self.buttons[0]

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the cursor onto the grade that is given, or onto the first."""
        self.buttons[(self._value or 1) - 1].setFocus(reason)

    def set_value(self, value: Any) -> None:
        """Show ``value``."""
        super().set_value(value)
        self._restore(value)

    def _restore(self, entered: Any) -> None:
        value = self._value = entered
        for grade, choice in enumerate(self.buttons, start=1):
            choice.setChecked(grade == value)
        self._stop.enter_at(self.buttons[value - 1] if value else None)

    def _chosen(self, grade: int) -> None:
        value = None if grade == self._value else grade
        self._restore(value)
        self._announce(value)
