"""Fields that save themselves: each editor tells when its value was edited, and takes a value.

A text is saved when typing pauses and when the field is left. What is still being typed is
never overwritten by a board that arrives meanwhile.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QLocale, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from scoper.scoping import Field, Kind
from ui.widgets.basics import ElidedCombo, WheelGuard, button, label, repolish

PAUSE = 600
"""Milliseconds without typing after which a text is saved."""

Choices = Sequence[tuple[str, Any]]
"""Labels and values to choose from."""


class Editor(QWidget):
    """One field. ``edited`` carries the new value, not yet saved.

    ``entry`` is the widget one types into. It is no focus proxy: Qt leaves a widget that has one
    where it was in the order of Tab, and Tab then comes back to the field through it.
    """

    edited = Signal(object)

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._problem: QLabel | None = None
        self.entry: QWidget | None = None

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the cursor into the field."""
        if self.entry is not None:
            self.entry.setFocus(reason)

    def set_value(self, value: Any) -> None:
        """Show ``value`` without calling it an edit."""

    def flush(self) -> None:
        """Announce what is still being typed."""

    def settle(self) -> None:
        """Take note that what was announced is saved."""

    def select_all(self) -> None:
        """Select what is there, so that typing replaces it."""

    def forget(self) -> None:
        """Drop what was typed or refused: the field is about something else from now on."""
        self.show_problem("")

    def refuse(self, reason: str) -> None:
        """Say why the value was refused."""
        self.show_problem(reason)

    @property
    def problem(self) -> str:
        """Why the value was refused; empty when it was not."""
        return self._problem.text() if self._problem else ""

    def say_problems_in(self, place: QLabel) -> None:
        """Say why a value was refused in ``place`` where there is no room below the field."""
        place.setProperty("error", True)
        place.hide()
        self._problem = place

    def show_problem(self, text: str) -> None:
        """Say below the field why the value was refused; nothing takes it away."""
        if text == self.problem:
            return
        if self._problem is None:
            self._problem = label(wrap=True)
            self._problem.setProperty("error", True)
            self._layout.addWidget(self._problem)
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _place(self, widget: QWidget) -> None:
        widget.setAccessibleName(self.field.label)
        widget.setAccessibleDescription(self.field.help)
        self._layout.addWidget(widget)
        self.entry = widget


class _TypedEditor(Editor):
    """Shared by fields one types into: pauses, pending edits and undo."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._shown = ""
        self._announced: str | None = None
        self._refused = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.flush)

    def _text(self) -> str:
        return ""

    def _set_text(self, text: str) -> None:
        """Put ``text`` into the widget."""

    def _write(self, value: Any) -> str:
        return "" if value is None else str(value)

    def _read(self, text: str) -> Any:
        return text

    @property
    def pending(self) -> bool:
        """Whether something was typed that nobody was told yet."""
        told = self._shown if self._announced is None else self._announced
        return not self._refused and self._text() != told

    def set_value(self, value: Any) -> None:
        """Show ``value`` unless something newer is being typed, saved or put right."""
        text = self._write(value)
        self._shown = text
        if self._timer.isActive() or self._announced is not None or self._refused:
            return
        if self._text() != text and not (self._has_focus() and self._same(text)):
            self._set_text(text)

    def settle(self) -> None:
        """Take note that what was announced is saved."""
        self._announced = None

    def forget(self) -> None:
        """Drop what was typed or refused: the field is about something else from now on."""
        super().forget()
        self._timer.stop()
        self._announced, self._refused = None, False

    def refuse(self, reason: str) -> None:
        """Keep what was typed and say why it was refused."""
        self._announced, self._refused = None, True
        self.show_problem(reason)

    def flush(self) -> None:
        """Announce what was typed."""
        self._timer.stop()
        if self.pending:
            self._announced = self._text()
            self.edited.emit(self._read(self._announced))

    def _typed(self) -> None:
        self._refused = False
        self.show_problem("")
        self._timer.start()

    def _has_focus(self) -> bool:
        return self.entry is not None and self.entry.hasFocus()

    def _same(self, text: str) -> bool:
        return self._text().strip() == text.strip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window once everything typed is saved."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            standard = QKeySequence.StandardKey
            ours = event.matches(standard.Undo) or event.matches(standard.Redo)
            if ours and not self.pending:
                event.ignore()
                return True
        return super().eventFilter(watched, event)


class LineEditor(_TypedEditor):
    """A single line."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.widget = QLineEdit()
        self.widget.setPlaceholderText(field.example)
        self.widget.installEventFilter(self)
        self.widget.textEdited.connect(self._typed)
        self.widget.editingFinished.connect(self.flush)
        self._place(self.widget)

    def select_all(self) -> None:
        """Select what is there, so that typing replaces it."""
        self.widget.selectAll()

    def _text(self) -> str:
        return self.widget.text()

    def _set_text(self, text: str) -> None:
        self.widget.setText(text)
        self.widget.setCursorPosition(0)

    def show_problem(self, text: str) -> None:
        """Mark the field and say why the value was refused."""
        super().show_problem(text)
        if bool(self.widget.property("invalid")) != bool(text):
            self.widget.setProperty("invalid", bool(text))
            repolish(self.widget)


class NumberEditor(LineEditor):
    """A number in the locale of the user; empty is nothing entered."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.widget.setAlignment(Qt.AlignmentFlag.AlignRight)

    def _write(self, value: Any) -> str:
        if value is None:
            return ""
        decimals = 0 if float(value).is_integer() else 6
        text = QLocale().toString(float(value), "f", decimals)
        return text.rstrip("0").rstrip(QLocale().decimalPoint()) if decimals else text

    def _read(self, text: str) -> Any:
        stripped = text.strip()
        if not stripped:
            return None
        for locale in (QLocale(), QLocale.c()):
            number, understood = locale.toDouble(stripped)
            if understood:
                return number
        return stripped


class DayEditor(LineEditor):
    """A date; shown and understood in the locale, ISO always works."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.widget.setPlaceholderText("YYYY-MM-DD")

    def _read(self, text: str) -> Any:
        stripped = text.strip()
        if not stripped:
            return None
        try:
            return dt.date.fromisoformat(stripped)
        except ValueError:
            day = QLocale().toDate(stripped, QLocale.FormatType.ShortFormat)
            return dt.date(day.year(), day.month(), day.day()) if day.isValid() else stripped


class _GrowingText(QPlainTextEdit):
    """A paragraph field as high as its text; Tab leaves it."""

    left = Signal()

    def __init__(self, least_lines: int) -> None:
        super().__init__()
        self._least = least_lines
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.fit)

    def fit(self) -> None:
        """Take the height the text needs."""
        lines = 0
        block = self.document().firstBlock()
        while block.isValid():
            lines += max(1, block.layout().lineCount())
            block = block.next()
        shown = max(self._least, min(lines, 14))
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if lines > shown
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        around = self.height() - self.viewport().height() + 2 * self.document().documentMargin()
        height = self.fontMetrics().lineSpacing() * shown + max(24, round(around) + 2)
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again when the width changes."""
        super().resizeEvent(event)
        self.fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def sizeHint(self) -> QSize:
        """Be modest: the layout decides the width."""
        return QSize(120, self.height())


class TextEditor(_TypedEditor):
    """A paragraph."""

    def __init__(self, field: Field, least_lines: int = 2) -> None:
        super().__init__(field)
        self.widget = _GrowingText(least_lines)
        self.widget.setPlaceholderText(field.example)
        self.widget.installEventFilter(self)
        self.widget.textChanged.connect(self._changed)
        self.widget.left.connect(self.flush)
        self._loading = False
        self._place(self.widget)
        self.widget.fit()

    def select_all(self) -> None:
        """Select what is there, so that typing replaces it."""
        self.widget.selectAll()

    def _text(self) -> str:
        return self.widget.toPlainText()

    def _set_text(self, text: str) -> None:
        self._loading = True
        self.widget.setPlainText(text)
        self._loading = False

    def _changed(self) -> None:
        if not self._loading:
            self._typed()


class ChoiceEditor(Editor):
    """One of several; ``choices`` can be replaced while it is shown."""

    def __init__(self, field: Field, choices: Choices = ()) -> None:
        super().__init__(field)
        self.widget = ElidedCombo()
        self.widget.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.widget.setMinimumContentsLength(6)
        guard = WheelGuard(self)
        self.widget.installEventFilter(guard)
        self._values: list[Any] = []
        self.widget.activated.connect(lambda place: self.edited.emit(self._values[place]))
        self._place(self.widget)
        self.set_choices(choices)

    def set_choices(self, choices: Choices) -> None:
        """Offer other choices, keeping the chosen value when it is still among them."""
        values = [value for _, value in choices]
        texts = [text for text, _ in choices]
        if values == self._values and texts == [
            self.widget.itemText(i) for i in range(self.widget.count())
        ]:
            return
        place = self.widget.currentIndex()
        chosen = self._values[place] if 0 <= place < len(self._values) else None
        self._values = values
        self.widget.clear()
        self.widget.addItems(texts)
        self.set_value(chosen)

    def set_value(self, value: Any) -> None:
        """Show ``value``."""
        self.widget.setCurrentIndex(self._values.index(value) if value in self._values else -1)


class YesNoEditor(Editor):
    """A tick box."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.widget = QCheckBox(field.label)
        self.widget.clicked.connect(lambda checked: self.edited.emit(bool(checked)))
        self._place(self.widget)

    def set_value(self, value: Any) -> None:
        """Show ``value``."""
        self.widget.setChecked(bool(value))


class GradeEditor(Editor):
    """A grade from 1 to 5 as five buttons; the chosen one again takes it back."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
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
        self.entry = self.buttons[0]

    def set_value(self, value: Any) -> None:
        """Show ``value``."""
        self._value = value
        for grade, choice in enumerate(self.buttons, start=1):
            choice.setChecked(grade == value)

    def _chosen(self, grade: int) -> None:
        value = None if grade == self._value else grade
        self.set_value(value)
        self.edited.emit(value)


def make_editor(field: Field, choices: Choices = ()) -> Editor:
    """Return the editor for a field; ``choices`` for those that depend on the portfolio."""
    match field.kind:
        case Kind.TEXT:
            return TextEditor(field)
        case Kind.MONEY | Kind.NUMBER:
            return NumberEditor(field)
        case Kind.DAY:
            return DayEditor(field)
        case Kind.CHOICE if field.choices:
            return ChoiceEditor(field, [(term.label, term) for term in field.choices])
        case Kind.ROLE | Kind.SOLUTION:
            return ChoiceEditor(field, choices)
        case Kind.YES_NO:
            return YesNoEditor(field)
        case Kind.GRADE:
            return GradeEditor(field)
        case _:
            return LineEditor(field)
