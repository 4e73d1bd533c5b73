"""What helps beside a step: what the gate misses, what good looks like, the brief so far."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from scoper.board import Board
from scoper.scoping import StepReport, StepState
from scoper.snapshot import UseCase
from scoper.terms import KpiKind
from scoper.text import join, shorten
from ui.kit.basics import Banner, Card, LinkRow, ScrollColumn, clear, heading, label
from ui.kit.look.amounts import money
from ui.kit.look.theme import Theme


class SidePanel(ScrollColumn):
    """``field_asked`` carries the field a missing point is about."""

    field_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setContentsMargins(0, 0, 4, 24)
        self._gate = Banner("warning")
        self._guide = Card("What good looks like")
        self._guidance = label(secondary=True, wrap=True)
        self._example = label(wrap=True)
        for widget in (self._guidance, heading("For example", "label"), self._example):
            self._guide.body.addWidget(widget)
        self._brief = Card("The brief so far")
        self._brief_lines = QVBoxLayout()
        self._brief_lines.setSpacing(6)
        self._brief.body.addLayout(self._brief_lines)
        for card in (self._gate, self._guide, self._brief):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def show_report(self, board: Board, use_case: UseCase, report: StepReport) -> None:
        """Show what belongs to one step of one use case."""
        self._show_gate(report)
        self._guidance.setText(report.step.guidance)
        self._example.setText(report.step.example)
        clear(self._brief_lines)
        for title, text in _brief(board, use_case):
            self._brief_lines.addWidget(heading(title, "label"))
            self._brief_lines.addWidget(label(text, secondary=True, wrap=True))

    def _show_gate(self, report: StepReport) -> None:
        clear(self._gate.body)
        passed = report.state is StepState.PASSED
        self._gate.set_kind("good" if passed else "warning")
        title = "✓ This gate is passed" if passed else "Before this gate passes"
        self._gate.body.addWidget(heading(title))
        for requirement in report.missing:
            self._gate.body.addWidget(
                LinkRow(requirement.missing, partial(self.field_asked.emit, requirement.field))
            )


def _brief(board: Board, use_case: UseCase) -> list[tuple[str, str]]:
    shortlist = [s.title for s in use_case.solutions if s.shortlisted]
    kpis = [k for k in use_case.kpis if k.kind is KpiKind.BUSINESS]
    standing = board.standing(use_case.id)
    lines = [
        ("Problem", shorten(use_case.problem, 180)),
        ("Shortlist", join(shortlist)),
        (
            "Likely benefit",
            f"{money(board.portfolio.currency, use_case.benefit_likely)} a year"
            if use_case.benefit_likely is not None
            else "",
        ),
        ("KPI", kpis[0].title if kpis else ""),
        (
            "Score",
            f"{standing.verdict}, rank {standing.rank}" if standing.score is not None else "",
        ),
    ]
    return [(title, text or "not yet known") for title, text in lines]
