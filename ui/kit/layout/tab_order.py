"""The order in which Tab walks through what is laid out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QWidget


def chain_tabs(*roots: QWidget) -> None:
    """Let Tab walk through one root after the other, each in the order it is laid out.

    Without this, what was made last comes last, wherever it stands.
    """
    for before, after in pairwise(stop for root in roots for stop in stops(root)):
        QWidget.setTabOrder(before, after)


def stops(widget: QWidget) -> Iterator[QWidget]:
    """Return what can have the focus in a widget, in the order it is laid out."""
    if isinstance(widget, QScrollArea):
        if inner := widget.widget():
            yield from stops(inner)
        return
    if isinstance(widget, QSplitter):
        for part in map(widget.widget, range(widget.count())):
            if part is not None:
                yield from stops(part)
        return
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
    if layout := widget.layout():
        yield from _stops_in(layout)


def first_stop(widget: QWidget, within: QWidget) -> QWidget | None:
    """Return where Tab first stops in ``widget``; what is hidden in ``within`` is passed over."""
    return next(
        (
            stop
            for stop in stops(widget)
            if stop.focusPolicy() & Qt.FocusPolicy.TabFocus
            and stop.isEnabled()
            and stop.isVisibleTo(within)
        ),
        None,
    )


def _stops_in(layout: QLayout) -> Iterator[QWidget]:
    for item in map(layout.itemAt, range(layout.count())):
        if item is None:
            continue
        if widget := item.widget():
            yield from stops(widget)
        elif inner := item.layout():
            yield from _stops_in(inner)
