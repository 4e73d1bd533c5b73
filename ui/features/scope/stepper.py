"""The five steps with where each stands and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from scoper.scoping import STEPS, StepReport, StepState
from scoper.text import plural
from ui.features.scope.section_index import SectionIndex
from ui.kit.basics import PressButton, label
from ui.kit.layout.one_stop import OneStop
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme


class Stepper(QWidget):
    """Shows five step reports, and below the present step an index of its sections.

    All of it is one stop of Tab; arrow keys move inside. Signals: ``chosen(number)`` of a step,
    ``section_chosen(place)`` counted from 0.
    """

    chosen = Signal(int)
    section_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self.steps: list[StepButton] = []
        for step in STEPS:
            entry = StepButton(theme, step.number, step.title)
            entry.clicked.connect(lambda _=False, number=step.number: self.chosen.emit(number))
            self.steps.append(entry)
            self._layout.addWidget(entry)
        self.index = SectionIndex(theme)
        self.index.chosen.connect(self.section_chosen)
        self._stop = OneStop(self)
        self._current = 0

    def show_reports(self, reports: tuple[StepReport, ...], current: int) -> None:
        """Show where each step stands and which one is in view."""
        for entry, report in zip(self.steps, reports, strict=True):
            entry.show_report(report)
            entry.setChecked(report.step.number == current)
        if current != self._current:
            self._current = current
            self._layout.removeWidget(self.index)
            self._layout.insertWidget(current, self.index)

    def show_sections(self, sections: Sequence[tuple[str, str, str]]) -> None:
        """Show the sections of the present step: title, and how far each is, short and in full."""
        self.index.show_sections(sections)
        at = self._current
        self._stop.take([*self.steps[:at], *self.index.links, *self.steps[at:]])
        self._stop.enter_at(self.steps[at - 1])


class StepButton(PressButton):
    """One step: its number or a tick in a ring, its title, and where it stands."""

    def __init__(self, theme: Theme, number: int, title: str) -> None:
        super().__init__()
        self.setProperty("step", True)
        self.setCheckable(True)
        self._around = layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 8, 8, 8)
        layout.setSpacing(10)
        self._ring = _Ring(theme, number)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = label(title, wrap=True)
        self._title.setProperty("heading", "label")
        self._state = label(secondary=True)
        words.addWidget(self._title)
        words.addWidget(self._state)
        layout.addWidget(self._ring, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        for part in (self._ring, self._title, self._state):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._name = f"Step {number}: {title}"

    def hasHeightForWidth(self) -> bool:
        """Wrap the title where there is little room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of ring and words."""
        return self._around.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """Return the size of ring and words in the width there is."""
        least = self._around.minimumSize().width()
        return QSize(least, self.heightForWidth(max(self.width(), least)))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def show_report(self, report: StepReport) -> None:
        """Show where the step stands."""
        text = state_in_words(report)
        self._state.setText(text)
        self._ring.show_state(report.state)
        self.setAccessibleName(f"{self._name}, {text}")
        set_tip(self, "\n".join(requirement.missing for requirement in report.missing))


class _Ring(QWidget):
    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme = theme
        self._number = number
        self._state = StepState.UNTOUCHED
        self.setFixedSize(theme.px(24), theme.px(24))

    def show_state(self, state: StepState) -> None:
        self._state = state
        self.setFixedSize(self._theme.px(24), self._theme.px(24))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        colour = {
            StepState.UNTOUCHED: colours.secondary,
            StepState.STARTED: colours.accent,
            StepState.OPEN: colours.medium,
            StepState.PASSED: colours.low,
        }[self._state]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 1.0 if self._state is StepState.UNTOUCHED else 2.0
        painter.setPen(QPen(QColor(colour), width))
        ring = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.drawEllipse(ring)
        painter.setFont(self._theme.font(11, bold=True))
        mark = "✓" if self._state is StepState.PASSED else str(self._number)
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, mark)


def state_in_words(report: StepReport) -> str:
    """Return where a step stands, as short words."""
    if report.state is StepState.PASSED:
        return "gate passed"
    if report.state is StepState.UNTOUCHED:
        return "not started"
    return f"{plural(len(report.missing), 'thing')} missing"
