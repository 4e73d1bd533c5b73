"""What each level of a criterion means, to read and to click."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from scoper.scoring.entries import ABSTAIN, Entry
from scoper.snapshot import Criterion
from ui.kit.basics import Card, PressButton, ScrollColumn, button, clear, heading, label, row
from ui.kit.look.theme import Theme


class AnchorPanel(Card):
    """The written anchors of one criterion. ``chosen(text)``: enter this in the cell."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._criterion: Criterion | None = None
        self._zoom = theme.zoom
        self.levels: dict[float, _Level] = {}
        self.subject = label(secondary=True, wrap=True)
        self.title = heading("")
        self.title.setWordWrap(True)
        self.question = label(wrap=True)
        self._scale = label(secondary=True, wrap=True)
        self.closed = label(wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        scroll = ScrollColumn()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.body.setSpacing(8)
        for widget in (self.subject, self.title, self.closed, self.question, self._scale):
            scroll.body.addWidget(widget)
        scroll.body.addLayout(self._list)
        scroll.body.addStretch(1)
        self.body.addWidget(scroll, 1)
        self.abstain_button = button("Abstain", lambda: self.chosen.emit(ABSTAIN), tip="Type A")
        self.clear_button = button("Clear", lambda: self.chosen.emit(""), tip="Delete")
        self.body.addLayout(row(self.abstain_button, self.clear_button, None))

    def show_cell(
        self, subject: str, criterion: Criterion, entry: Entry, *, hidden: bool, closed: str
    ) -> None:
        """Show a criterion, with the level entered marked unless ratings are hidden.

        ``closed`` says why nothing can be entered, and is empty where something can.
        """
        self.subject.setText(subject)
        self.closed.setText(closed)
        self.closed.setVisible(bool(closed))
        self._scale.setVisible(not closed)
        if criterion is not self._criterion or self._zoom != self._theme.zoom:
            self._show_criterion(criterion)
        for level, widget in self.levels.items():
            widget.setChecked(not hidden and entry == level)

    def focus_first(self) -> None:
        """Put the keyboard on the first level, or on Abstain where there is none."""
        first = next(iter(self.levels.values()), None)
        (first or self.abstain_button).setFocus(Qt.FocusReason.TabFocusReason)

    def _show_criterion(self, criterion: Criterion) -> None:
        self._criterion, self._zoom = criterion, self._theme.zoom
        self.title.setText(criterion.title)
        self.question.setText(criterion.question)
        self.question.setVisible(bool(criterion.question))
        unit = f" {criterion.unit}" if criterion.unit else ""
        worse = "A higher rating is a higher risk. " if criterion.category else ""
        self._scale.setText(
            f"{worse}Enter {criterion.low:g} to {criterion.high:g}{unit}, or A to abstain."
        )
        clear(self._list)
        self.levels = {}
        for level, meaning in criterion.anchors:
            widget = _Level(self._theme, level, meaning)
            widget.clicked.connect(lambda _=False, chosen=level: self.chosen.emit(str(chosen)))
            self.levels[float(level)] = widget
            self._list.addWidget(widget)


class _Level(PressButton):
    """One level with its anchor."""

    def __init__(self, theme: Theme, level: int, meaning: str) -> None:
        super().__init__()
        self.setProperty("step", True)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{level}: {meaning}")
        number = heading(str(level))
        number.setFixedWidth(theme.px(18))
        number.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words = label(meaning, wrap=True)
        self._indent = theme.px(18) + 8 + 2 * 8
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(number)
        layout.addWidget(self._words, 1)
        for widget in (number, self._words):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def nextCheckState(self) -> None:
        """Leave the mark to what is stored."""

    def hasHeightForWidth(self) -> bool:
        """Wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height the wrapped anchor needs."""
        return self._words.heightForWidth(max(width - self._indent, 40)) + 12

    def sizeHint(self) -> QSize:
        """Return the size of the wrapped anchor."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))


def empty_panel() -> QWidget:
    """Return what stands in place of the anchors while no cell is chosen."""
    card = Card("Written anchors", "Choose a cell to see what each level means.")
    card.body.addStretch(1)
    return card
