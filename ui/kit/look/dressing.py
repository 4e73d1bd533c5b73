"""Gives widgets their style sheet: what is seen at once, the rest when it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

_POLISHED: Final = Qt.WidgetAttribute.WA_WState_Polished
_OWN_STYLE: Final = Qt.WidgetAttribute.WA_SetStyle


class Dressing(QObject):
    """Changes the style sheet of the application.

    Where a style sheet replaces another, Qt dresses each widget once for every one above it; where
    there was none, once. It passes over widgets that are not polished and seem to have a style of
    their own: so are those of the pages of a ``QStackedWidget`` that are not in view, until their
    page is shown.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application

    def wear(self, sheet: str) -> None:
        """Dress what is in view in a style sheet."""
        for window in QApplication.topLevelWidgets():
            window.ensurePolished()
            for stack in window.findChildren(QStackedWidget):
                self._set_aside(stack)
        self._application.setStyleSheet("")
        self._application.setStyleSheet(sheet)

    def catch_up(self, widget: QWidget) -> None:
        """Dress what is in view of a widget, where that is still to be done."""
        for part in _in_view(widget):
            if part.testAttribute(_OWN_STYLE) and not part.testAttribute(_POLISHED):
                part.setAttribute(_OWN_STYLE, False)
                QApplication.sendEvent(part, QEvent(QEvent.Type.Polish))
                QApplication.sendEvent(part, QEvent(QEvent.Type.StyleChange))

    def _set_aside(self, stack: QStackedWidget) -> None:
        """Have Qt pass over what is not in view of a stack."""
        if not stack.property("dressed"):
            stack.setProperty("dressed", True)
            stack.currentChanged.connect(lambda _: self._shown(stack))
        for page in _hidden_pages(stack):
            if page.testAttribute(_POLISHED):
                for widget in (page, *page.findChildren(QWidget)):
                    if widget.testAttribute(_POLISHED) and not widget.styleSheet():
                        widget.setAttribute(_POLISHED, False)
                        widget.setAttribute(_OWN_STYLE, True)

    def _shown(self, stack: QStackedWidget) -> None:
        page = stack.currentWidget()
        if page is not None:
            self.catch_up(page)


def _hidden_pages(stack: QStackedWidget) -> list[QWidget]:
    pages = (stack.widget(place) for place in range(stack.count()))
    return [page for page in pages if page and page is not stack.currentWidget()]


def _in_view(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    hidden = _hidden_pages(widget) if isinstance(widget, QStackedWidget) else ()
    for part in widget.children():
        if isinstance(part, QWidget) and not part.isWindow() and part not in hidden:
            yield from _in_view(part)
