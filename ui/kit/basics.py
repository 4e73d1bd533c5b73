"""The small parts every page is built from. Text is always plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from ui.kit.look.plain import escaped, set_tip, tip, unescaped
from ui.kit.look.theme import Theme

_L = TypeVar("_L", bound=QBoxLayout)


def label(text: str = "", *, secondary: bool = False, wrap: bool = False) -> QLabel:
    """Return a plain-text label."""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setProperty("secondary", secondary)
    if wrap:
        widget.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        widget.setSizePolicy(policy)
    return widget


def heading(text: str, kind: str = "section") -> QLabel:
    """Return a heading: ``page``, ``section`` or ``label``."""
    widget = label(text)
    widget.setProperty("heading", kind)
    return widget


class PressButton(QPushButton):
    """A button that Enter presses as Space does; an & in its text is shown."""

    def __init__(self, text: str = "") -> None:
        super().__init__(escaped(text))
        self.setAutoDefault(False)

    def setText(self, text: str) -> None:
        """Show ``text`` as it is."""
        super().setText(escaped(text))

    def text(self) -> str:
        """Return the text as it reads."""
        return unescaped(super().text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too."""
        if _is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


class _Tool(QToolButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


def _is_enter(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()


def tick_box(text: str) -> QCheckBox:
    """Return a box to tick, with ``text`` beside it as it is."""
    return QCheckBox(escaped(text))


def button(
    text: str, action: Callable[[], object] | None = None, *, kind: str = "", tip: str = ""
) -> QPushButton:
    """Return a button; ``kind`` is ``primary``, ``link``, ``nav`` or nothing."""
    widget = PressButton(text)
    if kind:
        widget.setProperty(kind, True)
    if tip:
        set_tip(widget, tip)
    if kind == "link":
        widget.setCursor(Qt.CursorShape.PointingHandCursor)
    if action:
        widget.clicked.connect(lambda: action())
    return widget


def tool_button(theme: Theme, icon: str, name: str, action: Callable[[], object]) -> QToolButton:
    """Return a small button that shows an icon and is called ``name``."""
    tool = _Tool()
    tool.setIcon(theme.icon(icon))
    tool.setIconSize(theme.icon_size())
    set_tip(tool, name)
    tool.setAccessibleName(name)
    tool.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    tool.clicked.connect(lambda: action())
    return tool


def row(*widgets: QWidget | int | None, spacing: int = 8) -> QHBoxLayout:
    """Return a horizontal layout; None is a stretch, a number is a fixed space."""
    return _filled(QHBoxLayout(), widgets, spacing)


def column(*widgets: QWidget | int | None, spacing: int = 8) -> QVBoxLayout:
    """Return a vertical layout; None is a stretch, a number is a fixed space."""
    return _filled(QVBoxLayout(), widgets, spacing)


def repolish(widget: QWidget) -> None:
    """Apply the style sheet again after a property has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)


@contextmanager
def at_one_go(holder: QWidget) -> Iterator[None]:
    """Lay out what is shown and hidden in ``holder`` once, at the end, instead of each time."""
    layout = holder.layout()
    assert layout is not None
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        layout.invalidate()
        holder.updateGeometry()


class ElidedLabel(QLabel):
    """One line of plain text that is cut with … where there is no room."""

    def __init__(self, *, secondary: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("secondary", secondary)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.setFont(self.font())
        inner = self.contentsRect().adjusted(max(0, self.indent()), 0, 0, 0)
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)

    @property
    def is_cut(self) -> bool:
        """Whether a part of the text does not fit."""
        room = self.contentsRect().width() - max(0, self.indent())
        return self.fontMetrics().horizontalAdvance(self.text()) > room

    def event(self, event: QEvent) -> bool:
        """Say all of the text where it is cut and pointed at."""
        if isinstance(event, QHelpEvent) and self.is_cut:
            return tell_all(self, event, self.text())
        return super().event(event)


class ElidedButton(PressButton):
    """A button as wide as there is room, whose text is cut with … where there is too little."""

    def __init__(self, action: Callable[[], object], kind: str) -> None:
        super().__init__()
        self._words = ""
        self.setProperty(kind, True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: action())

    def show_text(self, text: str) -> None:
        """Show ``text``."""
        self._words = text
        self.setAccessibleName(text)
        self._fit()

    @property
    def is_cut(self) -> bool:
        """Whether a part of the text does not fit."""
        return self.text() != self._words

    def event(self, event: QEvent) -> bool:
        """Say all of the text where it is cut and pointed at."""
        if isinstance(event, QHelpEvent) and self.is_cut:
            return tell_all(self, event, self._words)
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self.iconSize().width() - 3 * self.fontMetrics().averageCharWidth()
        elided = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(elided)


def tell_all(widget: QWidget, event: QHelpEvent, text: str) -> bool:
    """Show ``text`` as the tooltip, before what the widget says otherwise."""
    said = f"{tip(text)}\n{widget.toolTip()}".strip()
    QToolTip.showText(event.globalPos(), said, widget)
    return True


class Card(QFrame):
    """A panel with an optional title; add content to ``body``."""

    def __init__(self, title: str = "", help_text: str = "") -> None:
        super().__init__()
        self.setProperty("card", True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 16)
        self.body.setSpacing(8)
        if title:
            self.setAccessibleName(title)
            self.body.addWidget(heading(title))
        if help_text:
            self.body.addWidget(label(help_text, secondary=True, wrap=True))


class ButtonRow(QWidget):
    """Buttons beside each other, or below each other where there is too little room for that."""

    def __init__(self, *buttons: QWidget, spacing: int = 8) -> None:
        super().__init__()
        self._buttons = buttons
        self._line = row(*buttons, None, spacing=spacing)
        self.setLayout(self._line)

    def minimumSizeHint(self) -> QSize:
        """Never ask for more than the widest button."""
        widest = max((b.sizeHint().width() for b in self._buttons if not b.isHidden()), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for one line, also while there are several."""
        return QSize(self._abreast(), super().sizeHint().height())

    def _abreast(self) -> int:
        shown = [b.sizeHint().width() for b in self._buttons if not b.isHidden()]
        return sum(shown) + self._line.spacing() * len(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the line where the width asks for it."""
        super().resizeEvent(event)
        fits = self._abreast() <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != direction:
            self._line.setDirection(direction)


class Banner(QFrame):
    """A message with a coloured edge: ``accent``, ``warning``, ``error`` or ``good``."""

    def __init__(self, kind: str = "accent") -> None:
        super().__init__()
        self.setProperty("banner", kind)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 10, 14, 10)
        self.body.setSpacing(4)

    def set_kind(self, kind: str) -> None:
        """Change the colour of the edge."""
        if self.property("banner") != kind:
            self.setProperty("banner", kind)
            repolish(self)


class Pill(QLabel):
    """A short word on a coloured ground, such as a risk band with its shape."""

    SHAPES: ClassVar[dict[str, str]] = {"low": "●", "medium": "◆", "high": "▲"}

    def __init__(self, text: str = "", band: str | None = None) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.show_band(text, band)

    def show_band(self, text: str, band: str | None, *, shape: bool = True) -> None:
        """Show ``text`` in the colours of a band."""
        mark = self.SHAPES.get(band or "", "") if shape else ""
        self.setText(f"{mark} {text}".strip())
        if self.property("band") != (band or "none"):
            self.setProperty("band", band or "none")
            repolish(self)


class LinkRow(PressButton):
    """A line of text that wraps and can be clicked or chosen with the keyboard."""

    def __init__(self, text: str, action: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("step", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        self._words = label(f"•  {text}", wrap=True)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(self._words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda: action())

    def hasHeightForWidth(self) -> bool:
        """Wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height the wrapped text needs."""
        return self._words.heightForWidth(width - 6) + 6

    def sizeHint(self) -> QSize:
        """Return the size of the wrapped text."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))


class ScrollColumn(QScrollArea):
    """A column that scrolls; add content to ``body``."""

    def __init__(self, margin: int = 0) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inner = _Column()
        self.body = QVBoxLayout(self.inner)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(14)
        self.setWidget(self.inner)


class _Column(QWidget):
    """As high as its parts are in the width there is.

    A scroll area would make it as high as they were if they were as narrow as they can be.
    """

    def minimumSizeHint(self) -> QSize:
        least, layout = super().minimumSizeHint(), self.layout()
        return QSize(least.width(), 0) if layout and layout.hasHeightForWidth() else least


class WheelGuard(QObject):
    """Keeps the wheel from moving a slider that only lies under the pointer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass the wheel on to the page unless the widget has the focus."""
        if isinstance(event, QWheelEvent) and isinstance(watched, QWidget):
            event.ignore()
            return True
        return False


def _filled(layout: _L, widgets: tuple[QWidget | int | None, ...], spacing: int) -> _L:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        elif isinstance(widget, int):
            layout.addSpacing(widget)
        else:
            layout.addWidget(widget)
    return layout
