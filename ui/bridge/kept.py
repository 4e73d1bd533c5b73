"""What a page keeps while its forms are made anew: open entries, the cursor, what is in view."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple, Protocol, runtime_checkable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from shiboken6 import isValid

from ui.kit.basics import ScrollColumn
from ui.kit.fields.place import Place
from ui.kit.layout.slices import Slices
from ui.kit.layout.steady import height_in, settle_layout
from ui.kit.layout.tab_order import stops

_HIDDEN_OR_SHOWN = Qt.WidgetAttribute.WA_WState_ExplicitShowHide


@runtime_checkable
class Opens(Protocol):
    """What can be opened, with what it is about."""

    about: Hashable
    is_open: bool

    def set_open(self, is_open: bool) -> None:
        """Open or close it."""


class _Stop(NamedTuple):
    """Where the cursor is: in which field, or else what is called so, and at which letters."""

    place: Place | None
    number: int
    caret: tuple[int, int] | None
    name: tuple[type[QWidget], str]
    height: int


class Kept:
    """Taken from a page before its forms are dropped; ``bring_back`` gives it to the new ones."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._opened = {_path(widget) for widget in _openable(page) if widget.is_open}
        self._down = [_part(area) for area in _columns(page)]
        self._lines = {line.accessibleName(): line.text() for line in _bare_lines(page)}
        self._before = page.window().focusWidget()
        inside = self._before is not None and page.isAncestorOf(self._before)
        self._stop = self._stop_at(self._before) if inside else None

    def bring_back(self) -> None:
        """Open, fill in and scroll as it was, and put the cursor back."""
        for later in self._page.findChildren(Slices):
            later.finish()
        self._open_again()
        self._page.recall()
        for line in _bare_lines(self._page):
            if line.text() != self._lines.get(line.accessibleName(), line.text()):
                line.setText(self._lines[line.accessibleName()])
        self._put_cursor()
        QTimer.singleShot(0, self._page, self._scroll)

    # ------------------------------------------------------------ the cursor

    def _stop_at(self, widget: QWidget) -> _Stop:
        area = _area(widget)
        height = height_in(area, widget) if area else 0
        name = type(widget), _called(widget)
        for place, editor in self._page.fields():
            if editor.isAncestorOf(widget):
                parts = list(stops(editor))
                number = parts.index(widget) if widget in parts else 0
                return _Stop(place, number, _caret(widget), name, height)
        alike = self._alike(*name)
        number = alike.index(widget) if widget in alike else 0
        return _Stop(None, number, _caret(widget), name, height)

    def _found(self) -> QWidget | None:
        stop = self._stop
        if stop is None:
            return None
        if stop.place is not None:
            editor = next((e for p, e in self._page.fields() if p == stop.place), None)
            parts = list(stops(editor)) if editor else []
        else:
            parts = self._alike(*stop.name)
        return parts[min(stop.number, len(parts) - 1)] if parts else None

    def _alike(self, kind: type[QWidget], name: str) -> list[QWidget]:
        return [
            stop
            for stop in stops(self._page)
            if type(stop) is kind and _called(stop) == name and _is_shown(stop, self._page)
        ]

    def _put_cursor(self) -> None:
        found = self._found()
        if found is None or self._stop is None or found.hasFocus():
            return
        found.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._stop.caret is not None:
            _put_caret(found, *self._stop.caret)

    # ------------------------------------------------------------ what is open and in view

    def _open_again(self) -> None:
        for _ in range(2):
            for widget in list(_openable(self._page)):
                if not widget.is_open and _path(widget) in self._opened:
                    widget.set_open(True)

    def _scroll(self) -> None:
        """Scroll and put the cursor once more: what was hidden before is shown by now."""
        self._put_cursor()
        settle_layout()
        for column, part in zip(_columns(self._page), self._down, strict=False):
            column.verticalScrollBar().setValue(round(part * column.verticalScrollBar().maximum()))
        found, stop = self._found(), self._stop
        area = _area(found) if found else None
        if found is not None and area is not None and stop is not None:
            bar = area.verticalScrollBar()
            bar.setValue(bar.value() + height_in(area, found) - stop.height)
            area.ensureWidgetVisible(found, 0, 0)


def _openable(page: QWidget) -> Iterator[Any]:
    for widget in page.findChildren(QWidget):
        if isinstance(widget, Opens) and isValid(widget):
            yield widget


def _path(widget: QWidget) -> tuple[Hashable, ...]:
    """Return what a widget is about, and what is around it."""
    found: list[Hashable] = []
    around: QWidget | None = widget
    while around is not None:
        if isinstance(around, Opens):
            found.append(around.about)
        around = around.parentWidget()
    return tuple(found)


def _columns(page: QWidget) -> list[ScrollColumn]:
    return [a for a in page.findChildren(ScrollColumn) if _is_shown(a, page)]


def _area(widget: QWidget) -> ScrollColumn | None:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, ScrollColumn):
        around = around.parentWidget()
    return around


def _part(area: QScrollArea) -> float:
    bar = area.verticalScrollBar()
    return bar.value() / bar.maximum() if bar.maximum() else 0.0


def _called(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or words


def _is_shown(widget: QWidget, page: QWidget) -> bool:
    """Say whether a widget is shown, or will be as soon as its new form is laid out."""
    around: QWidget | None = widget
    while around is not None and around is not page:
        if around.isHidden() and around.testAttribute(_HIDDEN_OR_SHOWN):
            return False
        around = around.parentWidget()
    return True


def _bare_lines(page: Any) -> list[QLineEdit]:
    """Return the lines to type into that are no fields: searches, the name of what is new."""
    fields = [editor for _, editor in page.fields()]
    return [
        line
        for line in page.findChildren(QLineEdit)
        if line.accessibleName()
        and not line.isReadOnly()
        and _is_shown(line, page)
        and not any(field.isAncestorOf(line) for field in fields)
    ]


def _caret(widget: QWidget) -> tuple[int, int] | None:
    """Return where a selection begins and where the cursor is."""
    if isinstance(widget, QPlainTextEdit):
        return widget.textCursor().anchor(), widget.textCursor().position()
    if isinstance(widget, QLineEdit):
        at, start = widget.cursorPosition(), widget.selectionStart()
        if start < 0:
            return at, at
        return (widget.selectionEnd() if at == start else start), at
    return None


def _put_caret(widget: QWidget, start: int, at: int) -> None:
    if isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        last = len(widget.toPlainText())
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(at, last), cursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)
    elif isinstance(widget, QLineEdit):
        widget.setCursorPosition(min(start, len(widget.text())))
        if at != start:
            widget.setSelection(start, at - start)
