"""Keeps what lies under the pointer where it is while what is around it changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

_TURNS = 12
"""At least as many as widgets are nested in forms."""
_ABOVE, _BELOW = 28, 60
"""Pixels to leave around what is brought into view: above, a title has to have room."""


@contextmanager
def steady(holder: QWidget) -> Iterator[None]:
    """Scroll the columns in ``holder`` by as much as their content moves meanwhile.

    What lies under the pointer stays there; where the pointer is elsewhere, the cursor does.
    """
    columns = [area for area in holder.findChildren(QScrollArea) if area.isVisible()]
    held = [hold for area in columns if (hold := _held(area))]
    yield
    if held:
        settle_layout()
    for area, heights in held:
        if not isValid(area):
            continue
        for widget, height in heights:
            if isValid(widget) and area.isAncestorOf(widget) and widget.isVisible():
                bar = area.verticalScrollBar()
                bar.setValue(bar.value() + height_in(area, widget) - height)
                break


def bring_into_view(area: QScrollArea, first: QWidget, last: QWidget) -> None:
    """Scroll to what goes from ``first`` to ``last``; where not all of it fits, ``first`` is seen.

    Done in the next turn, after ``steady`` has put back what moved.
    """
    QTimer.singleShot(0, area, lambda: _bring(area, first, last))


def _bring(area: QScrollArea, first: QWidget, last: QWidget) -> None:
    settle_layout()
    if isValid(first) and isValid(last):
        bar, room = area.verticalScrollBar(), area.viewport().height()
        top, foot = height_in(area, first) - _ABOVE, height_in(area, last) + last.height()
        below = max(0, min(_BELOW, room - (foot - top)))
        down = max(0, foot + below - room)
        bar.setValue(bar.value() + min(down, top) if top > 0 else bar.value() + top)


def settle_layout() -> None:
    """Have everything laid out: each turn makes room in what is around what grew before."""
    for _ in range(_TURNS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


_Held = tuple[QScrollArea, list[tuple[QWidget, int]]]


def _held(area: QScrollArea) -> _Held | None:
    """Return what is to stay, and around it what is to stay if that goes, with their heights."""
    widget: QWidget | None = _anchor(area)
    heights = []
    while widget is not None and widget is not area.widget():
        heights.append((widget, height_in(area, widget)))
        widget = widget.parentWidget()
    return (area, heights) if heights else None


def _anchor(area: QScrollArea) -> QWidget | None:
    place, inner = area.viewport().mapFromGlobal(QCursor.pos()), area.widget()
    if inner is None:
        return None
    if area.viewport().rect().contains(place):
        return inner.childAt(inner.mapFromGlobal(QCursor.pos()))
    cursor = QApplication.focusWidget()
    if cursor is None or not inner.isAncestorOf(cursor):
        return None
    return None if cursor.visibleRegion().isEmpty() else cursor


def height_in(area: QScrollArea, widget: QWidget) -> int:
    """Return how far below the top of what is in view a widget stands."""
    return widget.mapTo(area.viewport(), QPoint(0, 0)).y()
