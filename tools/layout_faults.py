"""Finds what cannot be read or reached in a window: cut text, overlaps, controls out of view.

Text that is cut on purpose has all of it in its tooltip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)

from ui.features.workshop.rating_view import RatingView
from ui.kit.basics import ElidedLabel
from ui.kit.fields.editor import Editor
from ui.kit.tables.use_case_view import UseCaseView

_SLACK: Final = 1
"""Pixels that rounding may cost."""
_SMALLEST: Final = 0.75
"""The smallest type, as a part of that of the application: what does not zoom is smaller."""


def faults(root: QWidget, *, whole: bool) -> list[str]:
    """Return what is wrong in a window or dialog; ``whole`` if nothing may scroll sideways."""
    shown = list(_descendants(root))
    found = [f"{_name(w)}: {fault}" for w in shown for fault in (*_cut(w), *_unreachable(w, root))]
    found += [f for widget in (root, *shown) for f in _overlaps(widget)]
    if whole:
        found += [f"{_name(w)}: scrolls sideways" for w in shown if _scrolls_sideways(w)]
    return found


def _descendants(root: QWidget) -> Iterator[QWidget]:
    for child in root.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not child.isWindow() and child.isVisible():
            yield child
            yield from _descendants(child)


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    words = text() if callable(text) and not isinstance(widget, QScrollBar) else ""
    words = words or widget.accessibleName()
    around = widget.parentWidget()
    return f"{type(around).__name__} > {type(widget).__name__} “{words[:48]}”"


# ---------------------------------------------------------------- cut text


def _cut(widget: QWidget) -> Iterator[str]:
    for kind, check in _CHECKS:
        if isinstance(widget, kind):
            if widget.font().pixelSize() < _SMALLEST * QApplication.font().pixelSize():
                yield f"type is too small ({widget.font().pixelSize()} px)"
            yield from check(widget)
            return


def _label(widget: QLabel) -> Iterator[str]:
    if not widget.text():
        return
    room = widget.contentsRect().adjusted(max(0, widget.indent()), 0, 0, 0)
    needed = widget.fontMetrics().size(0, widget.text())
    if widget.wordWrap():
        words = widget.text().split()
        widest = max((widget.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        if widget.heightForWidth(widget.width()) > widget.height() + _SLACK:
            yield f"lines are cut ({widget.height()} px)"
        if widest > room.width() + _SLACK:
            yield f"a word is cut ({widest} in {room.width()} px)"
    elif needed.width() > room.width() + _SLACK or needed.height() > room.height() + _SLACK:
        yield f"text is cut ({needed.width()}×{needed.height()} in {room.width()}×{room.height()})"


def _elided_label(widget: ElidedLabel) -> Iterator[str]:
    if widget.fontMetrics().height() > widget.contentsRect().height() + _SLACK:
        yield "is too low for its text"


def _button(widget: QPushButton) -> Iterator[str]:
    if not widget.text():
        return
    option = QStyleOptionButton()
    widget.initStyleOption(option)
    inside = widget.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, widget)
    font = QFont(widget.font())
    if widget.isChecked() and widget.property("grade"):
        font.setWeight(QFont.Weight.DemiBold)
    needed = QFontMetrics(font).size(Qt.TextFlag.TextShowMnemonic.value, widget.text())
    icon = 0 if widget.icon().isNull() else widget.iconSize().width()
    if needed.width() + icon > inside.width() + _SLACK:
        yield f"text is cut ({needed.width() + icon} in {inside.width()} px)"
    if needed.height() > inside.height() + 2 * _SLACK:
        yield f"is too low for its text ({needed.height()} in {inside.height()} px)"


def _tool(widget: QToolButton) -> Iterator[str]:
    if widget.text() and widget.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly:
        yield from _too_small(widget)


def _too_small(widget: QWidget) -> Iterator[str]:
    needed, size = widget.sizeHint(), widget.size()
    if needed.width() > size.width() + _SLACK or needed.height() > size.height() + _SLACK:
        yield f"is cut ({needed.width()}×{needed.height()} in {size.width()}×{size.height()})"


def _combo(widget: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    widget.initStyleOption(option)
    field = widget.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, widget
    )
    needed = widget.fontMetrics().horizontalAdvance(widget.currentText())
    if needed > field.width() + _SLACK and not _tells_all(widget):
        yield f"is cut without a tooltip ({needed} in {field.width()} px)"
    if widget.fontMetrics().height() > field.height() + 2 * _SLACK:
        yield "is too low for its text"


def _tells_all(widget: QWidget) -> bool:
    """Tell whether a text that is cut is all in the tooltip."""
    return bool(widget.toolTip()) or hasattr(widget, "is_cut")


def _line(widget: QLineEdit) -> Iterator[str]:
    if not widget.displayText() and not isinstance(widget.parent(), Editor):
        needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        if needed > widget.width() - 2 * widget.fontMetrics().averageCharWidth():
            yield f"hint is cut without a tooltip ({needed} in {widget.width()} px)"
    if widget.fontMetrics().height() > widget.height():
        yield "is too low for its text"


def _header(widget: QHeaderView) -> Iterator[str]:
    if widget.orientation() == Qt.Orientation.Vertical:
        return
    model, font = widget.model(), QFont(widget.font())
    font.setWeight(QFont.Weight.DemiBold)
    bold = QFontMetrics(font)
    for section in range(widget.count()):
        if widget.isSectionHidden(section):
            continue
        size = widget.sectionSize(section)
        tip = model.headerData(section, widget.orientation(), Qt.ItemDataRole.ToolTipRole)
        title = str(model.headerData(section, widget.orientation()))
        needed = max((bold.horizontalAdvance(word) for word in _parts(widget, title)), default=0)
        if needed + bold.averageCharWidth() > size and title not in str(tip or ""):
            yield f"“{title}” is cut ({needed} in {size} px)"


def _parts(widget: QHeaderView, title: str) -> list[str]:
    """Return what of a title stands on one line."""
    wraps = bool(widget.defaultAlignment() & Qt.TextFlag.TextWordWrap)
    return title.split() if wraps or isinstance(widget.parent(), RatingView) else [title]


_CHECKS: Final[tuple[tuple[type[QWidget], Callable[..., Iterator[str]]], ...]] = (
    (ElidedLabel, _elided_label),
    (QLabel, _label),
    (QPushButton, _button),
    (QToolButton, _tool),
    (QCheckBox, _too_small),
    (QComboBox, _combo),
    (QLineEdit, _line),
    (QHeaderView, _header),
)


# ---------------------------------------------------------------- overlaps


def _overlaps(parent: QWidget) -> Iterator[str]:
    layout = parent.layout()
    if layout is None:
        return
    children = [
        child
        for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if (child.isVisible() and not child.isWindow() and layout.indexOf(child) >= 0)
        or _in_inner_layout(layout, child)
    ]
    for one, other in combinations(children, 2):
        shared = one.geometry() & other.geometry()
        if shared.width() > _SLACK and shared.height() > _SLACK:
            yield f"{_name(one)} overlaps {_name(other)} by {shared.width()}×{shared.height()}"


def _in_inner_layout(layout: QLayout, child: QWidget) -> bool:
    return child.isVisible() and not child.isWindow() and _holds(layout, child)


def _holds(layout: QLayout, child: QWidget) -> bool:
    for item in filter(None, map(layout.itemAt, range(layout.count()))):
        inner = item.layout()
        if item.widget() is child or (inner and _holds(inner, child)):
            return True
    return False


# ---------------------------------------------------------------- out of view


def _unreachable(widget: QWidget, root: QWidget) -> Iterator[str]:
    """Say where a control, or text, lies that no scrolling brings into view."""
    if not _matters(widget):
        return
    rect, at = widget.rect(), widget
    while at is not root:
        parent = at.parentWidget()
        assert parent is not None
        rect = rect.translated(at.pos())
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            rect, missing = _scrolled_into(area, rect)
        else:
            missing = not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(rect)
        if missing:
            yield f"is out of view in {type(parent).__name__} of {type(area).__name__}"
            return
        at = parent


def _matters(widget: QWidget) -> bool:
    if isinstance(widget, QScrollBar) or widget.size().isEmpty():
        return False
    if isinstance(widget, QLabel):
        return bool(widget.text())
    return isinstance(widget, QAbstractButton) or widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def _scrolled_into(area: QAbstractScrollArea, rect: QRect) -> tuple[QRect, bool]:
    """Return where a rectangle of the viewport comes to lie, and whether a part stays hidden."""
    view = area.viewport().rect()
    if not isinstance(area, QScrollArea):
        return QRect(QPoint(0, 0), rect.size().boundedTo(view.size())), view.isEmpty()
    down, across = area.verticalScrollBar(), area.horizontalScrollBar()
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    wide = 0 if area.horizontalScrollBarPolicy() == off else across.maximum() - across.value()
    narrow = 0 if area.horizontalScrollBarPolicy() == off else across.value()
    reach = view.adjusted(
        -narrow - _SLACK,
        -down.value() - _SLACK,
        wide + _SLACK,
        down.maximum() - down.value() + _SLACK,
    )
    inside = QRect(QPoint(0, 0), rect.size().boundedTo(view.size()))
    return inside, not reach.contains(rect) or view.isEmpty()


def _scrolls_sideways(widget: QWidget) -> bool:
    if isinstance(widget, QScrollArea | UseCaseView):
        return widget.horizontalScrollBar().maximum() > 0
    return False
