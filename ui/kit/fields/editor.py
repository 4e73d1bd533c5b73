"""What every field can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scoper.scoping import Field
from ui.kit.fields.problem_line import ProblemLine
from ui.kit.layout.steady import steady


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a field and is not saved, with why it was refused, if it was."""

    label: str
    text: str
    problem: str
    seen: list[Any]


class Editor(QWidget):
    """One field. ``edited`` carries the new value, not yet saved; ``marked`` tells that the field
    was marked as wrong or is so no more.

    ``turn`` is another object once the field is about something else. What is announced in one
    ``burst`` of typing is one step to undo; None where each edit is a step.

    ``entry`` is the widget one types into. It is no focus proxy: Qt leaves a widget that has one
    where it was in the order of Tab, and Tab then comes back to the field through it.
    """

    edited = Signal(object)
    marked = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._seen: list[Any] = [None]
        self._unsaved = False
        self.turn = object()
        self.burst: object | None = None
        self._problem = ""
        self._problem_line: ProblemLine | None = None
        self.entry: QWidget | None = None

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the cursor into the field."""
        if self.entry is not None:
            self.entry.setFocus(reason)

    @property
    def seen(self) -> list[Any]:
        """What the field held when its edit began, and what it has announced since."""
        return list(self._seen)

    @property
    def is_typing(self) -> bool:
        """Whether somebody is typing into the field just now."""
        return False

    def set_value(self, value: Any) -> None:
        """Show ``value`` without calling it an edit."""
        self._seen = [value]

    def words(self, value: Any) -> str:
        """Return a value as the field would say it."""
        return "" if value is None else str(value)

    def recall(self, entered: Any, reason: str) -> None:
        """Show again what was entered and why it is not saved yet."""
        self._unsaved = True
        if entered not in self._seen:
            self._seen.append(entered)
        self._restore(entered)
        self.show_problem(f"Not saved yet: {reason}")

    def recall_refused(self, entered: Any, reason: str) -> None:
        """Show again what was entered and why it cannot be saved."""

    def release(self) -> None:
        """Take note that nothing entered here waits to be saved any more."""
        if self._unsaved:
            self._unsaved = False
            self.settle()
            self.show_problem("")

    def _restore(self, entered: Any) -> None:
        """Show what was entered."""

    def _announce(self, value: Any) -> None:
        self.edited.emit(value)
        self._seen.append(value)

    def flush(self) -> None:
        """Announce what is still being typed."""

    def settle(self) -> None:
        """Take note that what was announced is saved."""

    def select_all(self) -> None:
        """Select what is there, so that typing replaces it."""

    def draft(self) -> Draft | None:
        """Return what was typed and is not saved, for a field that takes the place of this one."""
        return None

    def resume(self, draft: Draft) -> None:
        """Go on from what was typed into the field that was here before."""

    def forget(self) -> None:
        """Drop what was typed or refused: the field is about something else from now on."""
        self.show_problem("")
        self._unsaved = False
        self.turn = object()

    def refuse(self, reason: str) -> None:
        """Say why the value was refused."""
        self.show_problem(reason)

    @property
    def problem(self) -> str:
        """Why the value was refused; empty when it was not."""
        return self._problem

    def say_problems_in(self, line: ProblemLine) -> None:
        """Say in ``line``, which has its room already, why a value was refused."""
        if self._problem and self._problem_line:
            self._problem_line.say("", about=self)
            line.say(self._problem, about=self)
        self._problem_line = line

    def show_problem(self, text: str) -> None:
        """Say below the field why the value was refused; nothing takes it away."""
        if text == self._problem:
            return
        self._problem = text
        with steady(self.window()):
            if self._problem_line is None:
                self._problem_line = ProblemLine()
                self._layout.addWidget(self._problem_line)
            self._problem_line.say(text, about=self)
        self.marked.emit()

    def _place(self, widget: QWidget) -> None:
        widget.setAccessibleName(self.field.label)
        widget.setAccessibleDescription(self.field.help)
        self._layout.addWidget(widget)
        self.entry = widget
