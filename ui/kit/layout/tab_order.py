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
        yield from stops(widget.widget())
        return
    if isinstance(widget, QSplitter):
        for place in range(widget.count()):
            yield from stops(widget.widget(place))
        return
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None:
        yield widget
    if widget.layout() is not None:
        yield from _stops_in(widget.layout())


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
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if widget := item.widget():
            yield from stops(widget)
        elif inner := item.layout():
            yield from _stops_in(inner)
