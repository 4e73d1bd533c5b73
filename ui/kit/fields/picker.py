"""A choice of one entry: its list is as high as its few entries, and a long one is searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from scoper.text import fold
from ui.kit.basics import tell_all
from ui.kit.fields.picker_list import SEARCHED_FROM, PickerList

Entries = Sequence[tuple[str, Any]]
"""Texts and values to choose from."""
_LEAST_HEIGHT: Final = 14
_INSET: Final = 2
"""Pixels left free at each side of the text."""


class Picker(QComboBox):
    """A choice that the wheel does not change. ``chosen(value)`` when a person has chosen.

    ``letters`` is the room it asks for; a text that is longer than the room there is ends in ….
    """

    chosen = Signal(object)

    def __init__(self, name: str = "", *, letters: int = 10) -> None:
        super().__init__()
        self._entries: list[tuple[str, Any]] = []
        self.opened: PickerList | None = None
        self._typed = ""
        self._pause = QElapsedTimer()
        self._pause.start()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._letters = letters
        self.activated.connect(lambda _: self.chosen.emit(self.value))

    # ------------------------------------------------------------ entries

    @property
    def value(self) -> Any:
        """The value of the chosen entry; None when nothing is chosen."""
        place = self.currentIndex()
        return self._entries[place][1] if place >= 0 else None

    def text_of(self, value: Any) -> str:
        """Return how the entry of a value reads; nothing where there is none."""
        return next((text for text, known in self._entries if known == value), "")

    def offer(self, entries: Entries) -> bool:
        """Offer entries and return whether they are others than before.

        The chosen one stays if it is among them, else it is the first.
        """
        offered = list(entries)
        if offered == self._entries:
            return False
        before = self.value
        self._entries = offered
        with QSignalBlocker(self), QSignalBlocker(self.model()):  # Qt would make its list
            self.clear()
            self.addItems([text for text, _ in offered])
        with QSignalBlocker(self):
            if not self.choose(before):
                self.setCurrentIndex(0 if offered else -1)
        self.update()
        return True

    def choose(self, value: Any) -> bool:
        """Choose the entry of a value, or nothing; return whether there is such an entry."""
        entries = self._entries
        places = (place for place, (_, known) in enumerate(entries) if known == value)
        place = next(places, -1)
        self.setCurrentIndex(place)
        return place >= 0

    # ------------------------------------------------------------ the list

    def showPopup(self) -> None:
        """Open the list of entries."""
        self._open("")

    def hidePopup(self) -> None:
        """Close the list of entries."""
        if self.opened:
            self.opened.close()
        super().hidePopup()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the list."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.showPopup()
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do nothing more: the list was opened when the button was pressed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search a long list by typing; in a short one letters go to the next that starts so."""
        plain = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
        typed = event.text() if event.modifiers() in plain else ""
        if not (typed.strip() and typed.isprintable()):
            super().keyPressEvent(event)
        elif self.count() >= SEARCHED_FROM:
            self._open(typed)
        else:
            self._go_to_next(typed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def _open(self, typed: str) -> None:
        if self.opened is None and self.count():
            self.opened = PickerList(self, [text for text, _ in self._entries], self.currentIndex())
            self.opened.closed.connect(self._closed)
            self.opened.chosen.connect(self._take)
            self.opened.open(typed)

    def _go_to_next(self, typed: str) -> None:
        """Choose the next entry that starts with what was typed without a pause."""
        paused = self._pause.hasExpired(QApplication.keyboardInputInterval())
        self._pause.restart()
        self._typed = typed if paused else self._typed + typed
        start, count = fold(self._typed), self.count()
        first = self.currentIndex() + (len(self._typed) == 1)
        for place in (at % count for at in range(first, first + count)):
            if fold(self._entries[place][0]).startswith(start):
                self._take(place)
                return

    def _closed(self) -> None:
        self.opened = None

    def _take(self, place: int) -> None:
        self.setCurrentIndex(place)
        self.activated.emit(place)

    # ------------------------------------------------------------ looks

    def changeEvent(self, event: QEvent) -> None:
        """Take other looks without the list of a combo box: Qt would make it and lay it out."""
        looks = (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.PaletteChange)
        if event.type() in looks:
            QWidget.changeEvent(self, event)
        else:
            super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Ask for room for some letters, whatever there is to choose from."""
        option, letters = QStyleOptionComboBox(), self.fontMetrics()
        self.initStyleOption(option)
        wanted = letters.horizontalAdvance("X") * self._letters
        text = QSize(wanted, max(letters.height(), _LEAST_HEIGHT) + 2)
        return self.style().sizeFromContents(QStyle.ContentsType.CT_ComboBox, option, text, self)

    def minimumSizeHint(self) -> QSize:
        """Ask for as much as it would like."""
        return self.sizeHint()

    @property
    def is_cut(self) -> bool:
        """Whether a part of the chosen text does not fit."""
        return self.shown_text() != self.currentText()

    def event(self, event: QEvent) -> bool:
        """Say all of the text where it is cut and pointed at."""
        if isinstance(event, QHelpEvent) and self.is_cut:
            return tell_all(self, event, self.currentText())
        return super().event(event)

    def shown_text(self) -> str:
        """Return as much of the chosen text as there is room for."""
        return self._option().currentText

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, then the text that fits."""
        painter, option = QStylePainter(self), self._option()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, field.width() - 2 * _INSET
        )
        return option
