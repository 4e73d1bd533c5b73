"""Fields whose value is chosen: from a list, a tick, a grade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from scoper.scoping import Field
from ui.kit.basics import ButtonRow, button, tick_box
from ui.kit.fields.editor import Editor
from ui.kit.fields.picker import Picker
from ui.kit.layout.one_stop import OneStop

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


class ButtonsEditor(Editor):
    """One of a few, each a button; the chosen one again takes it back to ``nothing``.

    Arrow keys move among them, Space and Enter choose. ``choices`` are the words of each value,
    with a tip.
    """

    def __init__(
        self,
        field: Field,
        choices: Sequence[tuple[str, Any, str]],
        *,
        nothing: Any,
        spacing: int = 2,
    ) -> None:
        super().__init__(field)
        self._nothing = nothing
        self._value = nothing
        self._said = {value: words for words, value, _ in choices}
        self.buttons = {value: self._choice(words, value, tip) for words, value, tip in choices}
        self._place(ButtonRow(*self.buttons.values(), spacing=spacing))
        self._stop = OneStop(self, list(self.buttons.values()))
        self.entry = next(iter(self.buttons.values()), None)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the cursor onto what is chosen, or onto the first."""
        target = self.buttons.get(self._value, self.entry)
        if target is not None:
            target.setFocus(reason)

    def set_value(self, value: Any) -> None:
        """Show ``value``."""
        super().set_value(value)
        self._restore(value)

    def words(self, value: Any) -> str:
        """Return the words of a value."""
        return self._said.get(value, self._said.get(str(value), ""))

    def _restore(self, entered: Any) -> None:
        self._value = entered
        for value, choice in self.buttons.items():
            choice.setChecked(value == entered)
        self._stop.enter_at(self.buttons.get(entered))

    def _choice(self, words: str, value: Any, tip: str) -> QPushButton:
        choice = button(words, lambda: self._chosen(value), kind="grade", tip=tip)
        choice.setCheckable(True)
        choice.setAccessibleName(f"{self.field.label} {words}")
        return choice

    def _chosen(self, value: Any) -> None:
        now = self._nothing if value == self._value else value
        self._restore(now)
        self._announce(now)


class GradeEditor(ButtonsEditor):
    """A grade from 1 to 5; the digits choose too."""

    def __init__(self, field: Field) -> None:
        choices = [(str(grade), grade, field.help) for grade in range(1, 6)]
        super().__init__(field, choices, nothing=None)
