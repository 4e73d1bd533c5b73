"""Fields one types into: a line, a number, a day, a paragraph."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QEvent, QLocale, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionFrame,
    QStylePainter,
)

from scoper.scoping import Field
from ui.kit.basics import repolish
from ui.kit.fields.calendar import CalendarButton
from ui.kit.fields.editor import Draft, Editor
from ui.kit.fields.inside import Inside
from ui.kit.look.plain import set_tip, tip

PAUSE = 600
"""Milliseconds without typing after which a text is saved."""
LONGEST = 1_000
"""Milliseconds of typing without a pause after which a text is saved all the same."""
_LINE_INSET = 2
"""Pixels Qt leaves free at each side of the text of a line."""


def _followed(before: str, at: int, text: str) -> int:
    """Return where a cursor goes when another text takes the place of the one before.

    Qt counts in units of UTF-16.
    """
    end, ended = (len(each.encode("utf-16-le", "surrogatepass")) // 2 for each in (text, before))
    return end if at == ended else min(at, end)


class _TypedEditor(Editor):
    """Shared by fields one types into: pauses, pending edits and undo."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._shown = ""
        self._announced: str | None = None
        self._refused = False
        self._withdrawn = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.flush)
        self._overdue = QTimer(self, singleShot=True, interval=LONGEST)
        self._overdue.timeout.connect(self._announce_typed)
        self.burst = object()

    def _text(self) -> str:
        return ""

    def _set_text(self, text: str) -> None:
        """Put ``text`` into the widget; the cursor stays where somebody types."""

    def _write(self, value: Any) -> str:
        return "" if value is None else str(value)

    def _read(self, text: str) -> Any:
        return text

    @property
    def pending(self) -> bool:
        """Whether something was typed that nobody was told yet."""
        told = self._shown if self._announced is None else self._announced
        return not self._refused and (self._withdrawn or self._text() != told)

    @property
    def is_typing(self) -> bool:
        """Whether somebody is typing into the field just now."""
        return self._timer.isActive()

    def set_value(self, value: Any) -> None:
        """Show ``value`` unless something newer is being typed, saved or put right."""
        text = self._write(value)
        self._shown = text
        # A board that was read before the last key may come after it, without what was announced.
        typing = self._timer.isActive() and self.pending
        if typing or self._announced is not None or self._refused:
            return
        super().set_value(value)
        if self._text() != text and not (self._has_focus() and self._same(text)):
            self._set_text(text)

    def settle(self) -> None:
        """Take note that what was announced is saved."""
        self._announced, self._withdrawn = None, False

    def draft(self) -> Draft | None:
        """Return what was typed and is not saved, for a field that takes the place of this one."""
        if not (self._refused or self.pending or self._announced is not None):
            return None
        problem = self._problem if self._refused else ""
        return Draft(self.field.label, self._text(), problem, self.seen)

    def resume(self, draft: Draft) -> None:
        """Go on from what was typed into the field that was here before."""
        self._set_text(draft.text)
        self._seen = draft.seen
        if draft.problem:
            self.refuse(draft.problem)
        else:
            self._typed()

    def forget(self) -> None:
        """Drop what was typed or refused: the field is about something else from now on."""
        super().forget()
        self._timer.stop()
        self._overdue.stop()
        self._announced, self._refused, self._withdrawn = None, False, False
        self.burst = object()

    def refuse(self, reason: str) -> None:
        """Keep what was typed and say why it was refused."""
        self._announced, self._refused, self._withdrawn = None, True, False
        self.show_problem(reason)

    def recall_refused(self, entered: Any, reason: str) -> None:
        """Show again what was entered and why it cannot be saved."""
        if not (self._refused or self._timer.isActive() or self._announced is not None):
            self._set_text(self._write(entered))
            self.refuse(reason)

    def flush(self) -> None:
        """Announce what was typed; what is typed from now on is another step."""
        self._timer.stop()
        self._announce_typed()
        self.burst = object()

    def words(self, value: Any) -> str:
        """Return a value as the field would say it."""
        return self._write(value)

    def release(self) -> None:
        """Take note that nothing entered here waits any more: what is stored is shown again."""
        waited = self._unsaved
        super().release()
        if waited and not self._timer.isActive() and self._text() != self._shown:
            self._set_text(self._shown)

    def _restore(self, entered: Any) -> None:
        text = self._write(entered)
        if self._announced is None and not self._timer.isActive():
            self._set_text(text)
        self._announced = text

    def _announce_typed(self) -> None:
        self._overdue.stop()
        if self.pending:
            self._announced = self._text()
            self._announce(self._read(self._announced))

    def _typed(self) -> None:
        self._withdrawn = self._withdrawn or self._refused
        self._refused = False
        if not self._unsaved:
            self.show_problem("")
        self._timer.start()
        if not self._overdue.isActive():
            self._overdue.start()

    def _has_focus(self) -> bool:
        return self.entry is not None and self.entry.hasFocus()

    def _same(self, text: str) -> bool:
        return self._text().strip() == text.strip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window once everything typed is saved.

        Qt offers keys to the field first, as ``ShortcutOverride``; what it accepts, as it always
        does Ctrl+Z, is no shortcut of the window. So the event is ignored and kept from the field.
        """
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            standard = QKeySequence.StandardKey
            ours = event.matches(standard.Undo) or event.matches(standard.Redo)
            if ours and not self.pending:
                event.ignore()
                return True
        return super().eventFilter(watched, event)


class _Line(QLineEdit):
    """A line whose text ends in … where it does not fit; the tip then says all of it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits, unless it is being typed into."""
        cut = self.text() if self.is_cut else ""
        if tip(cut) != self.toolTip():
            set_tip(self, cut)
        if self.hasFocus() or not self.is_cut:
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        room = self._room()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self.palette().text().color())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _room(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        rect = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        rect = rect.marginsRemoved(self.textMargins())
        return rect.adjusted(_LINE_INSET, 0, -_LINE_INSET, 0)

    @property
    def is_cut(self) -> bool:
        """Whether there is more text than fits."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self._room().width()


class LineEditor(_TypedEditor):
    """A single line."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.widget = _Line()
        self.widget.setPlaceholderText(field.example)
        self.widget.installEventFilter(self)
        self.widget.textEdited.connect(self._typed)
        self.widget.editingFinished.connect(self._left)
        self._place(self.widget)

    def select_all(self) -> None:
        """Select what is there, so that typing replaces it."""
        self.widget.selectAll()

    def _left(self) -> None:
        # editingFinished also comes with Enter and when the window is left: the text goes back to
        # its beginning only where somebody will not go on where the cursor stood.
        self.flush()
        if not self.widget.hasFocus() and self.window().isActiveWindow():
            self.widget.home(False)

    def _text(self) -> str:
        return self.widget.text()

    def _set_text(self, text: str) -> None:
        before, at = self.widget.text(), self.widget.cursorPosition()
        if text != before:
            self.widget.setText(text)
            self.widget.setCursorPosition(_followed(before, at, text) if self._has_focus() else 0)

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
        if value is None or isinstance(value, str):
            return value or ""
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


_WHOLE_DAY = "YYYY-MM-DD"


class DayEditor(LineEditor):
    """A date; shown and understood in the locale, ISO always works."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.widget.setPlaceholderText(_WHOLE_DAY)
        self.calendar = CalendarButton(self.widget, self._day)
        self.calendar.picked.connect(self._pick)
        Inside(self.widget, self.calendar, left=False, needed=True)

    def minimumSizeHint(self) -> QSize:
        """Have room for a whole date."""
        hint, letters = super().minimumSizeHint(), self.widget.fontMetrics()
        room = letters.horizontalAdvance(f"  {_WHOLE_DAY}  ") + self.widget.textMargins().right()
        return hint.expandedTo(QSize(room, 0))

    def _day(self) -> dt.date | None:
        day = self._read(self._text())
        return day if isinstance(day, dt.date) else None

    def _pick(self, day: dt.date | None) -> None:
        self._set_text(self._write(day))
        self._typed()  # setText emits no textEdited
        self.flush()

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
        """Tell that the field was left, once it no longer has the focus: who hears it may look."""
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
        before, at = self.widget.toPlainText(), self.widget.textCursor().position()
        if text == before:
            return
        # A paragraph has no textEdited: textChanged comes from here as it does from keys, at once.
        self._loading = True
        self.widget.setPlainText(text)
        self._loading = False
        if self._has_focus():
            cursor = self.widget.textCursor()
            cursor.setPosition(_followed(before, at, text))
            self.widget.setTextCursor(cursor)

    def _changed(self) -> None:
        if not self._loading:
            self._typed()
