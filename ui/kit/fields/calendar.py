"""A calendar that opens from a field with a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ui.kit.asking.popup import Popup
from ui.kit.basics import button, row
from ui.kit.look.plain import set_tip

_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


class CalendarButton(QToolButton):
    """Opens the calendar of ``line``; Alt+Down and F4 in the line do the same.

    ``day`` returns the date that the line holds, if any. ``picked(day)`` with None for no date.
    """

    picked = Signal(object)

    def __init__(self, line: QLineEdit, day: Callable[[], dt.date | None]) -> None:
        super().__init__(line)
        self.setObjectName("calendar")
        self.setAccessibleName("Open the calendar")
        set_tip(self, "Open the calendar (Alt+Down)")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._line, self._day = line, day
        self.opened: Calendar | None = None
        self.clicked.connect(self.open)
        line.installEventFilter(self)

    def open(self) -> None:
        """Show the calendar at the date in the line, or at today."""
        if self.opened is None and not self._line.isReadOnly():
            self.opened = Calendar(self._line, self._day())
            self.opened.closed.connect(self._closed)
            self.opened.picked.connect(self.picked)
            self.opened.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open by the keyboard, before the page takes Alt+Down for its own."""
        asks = isinstance(event, QKeyEvent) and _asks(event)
        if asks and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif asks and event.type() == QEvent.Type.KeyPress:
            self.open()
        return asks

    def _closed(self) -> None:
        self.opened = None


class Calendar(Popup):
    """A month to choose a day from. ``picked(day)``, with None for no date."""

    picked = Signal(object)

    def __init__(self, anchor: QWidget, day: dt.date | None) -> None:
        super().__init__(anchor)
        self.setAccessibleName("Calendar")
        self.month = QCalendarWidget()
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.month.setSelectedDate(_to_qt(day or dt.date.today()))
        self.month.clicked.connect(self._pick)
        self.month.activated.connect(self._pick)
        self.today_button = button("Today", self._pick_today, kind="link")
        self.none_button = button("No date", lambda: self._leave_with(None), kind="link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(2)
        layout.addWidget(self.month)
        layout.addLayout(row(self.today_button, None, self.none_button))
        self._mark_days()

    def open(self) -> None:
        """Show the calendar with the cursor on its day."""
        self.ensurePolished()
        self.show_beside(self.sizeHint())
        self.month.setFocus()

    def _mark_days(self) -> None:
        quiet, plain, today = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        plain.setForeground(self.palette().color(QPalette.ColorRole.Text))
        quiet.setForeground(self.palette().color(QPalette.ColorRole.PlaceholderText))
        for day in _WEEKEND:
            self.month.setWeekdayTextFormat(day, plain)
        self.month.setHeaderTextFormat(quiet)
        today.setFontWeight(QFont.Weight.Bold)
        today.setFontUnderline(True)
        self.month.setDateTextFormat(QDate.currentDate(), today)

    def _pick(self, day: QDate) -> None:
        self._leave_with(dt.date(day.year(), day.month(), day.day()))

    def _pick_today(self) -> None:
        self._leave_with(dt.date.today())

    def _leave_with(self, day: dt.date | None) -> None:
        self.close()
        self.picked.emit(day)


def _asks(event: QKeyEvent) -> bool:
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return (event.key() == Qt.Key.Key_F4 and not alt) or (event.key() == Qt.Key.Key_Down and alt)


def _to_qt(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)
