"""Sliders that show what another attitude to risk, or other weights, would change."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider, QVBoxLayout, QWidget

from scoper.board import Board
from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array
from scoper.scoring.methods import Weighing
from scoper.scoring.parameters import Parameters
from scoper.text import shorten
from ui.kit.basics import Card, ScrollColumn, WheelGuard, button, clear, label, row
from ui.kit.fields.problem_line import ProblemLine
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme

Key = TypeVar("Key", str, UUID)

_STEPS = 200
_LEAST_HEIGHT = 66
_NAMED, _TITLE = 12, 24
"""How many use cases whose rank moves are named, and how long a name may be."""


class WhatIf(Card):
    """``tried(board)`` tells what would be while sliders move; the page applies what was moved."""

    tried = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._board: Board | None = None
        self.weight_dials: dict[UUID, Dial] = {}
        self._note = label("nothing changes until applied", secondary=True)
        title = label("What if…")
        title.setProperty("heading", "section")
        self.body.addLayout(row(title, None, self._note))
        self._scroll = ScrollColumn()
        self._scroll.body.setSpacing(6)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self._scroll, 1)
        self.dials: dict[str, Dial] = {}
        self._assumed = QVBoxLayout()
        self._assumed.setSpacing(6)
        self._weights = QVBoxLayout()
        self._weights.setSpacing(6)
        self._scroll.body.addLayout(self._assumed)
        self._scroll.body.addLayout(self._weights)
        self._scroll.body.addStretch(1)
        self.reset_button = button("Reset", self.reset)
        self.apply_button = button("Apply")
        self.problem = ProblemLine()
        self.body.addWidget(self.problem)
        self.ranks = label(wrap=True)
        self.ranks.setAccessibleName("Ranks that move")
        foot = row(self.reset_button, self.apply_button, self.ranks)
        foot.setStretch(2, 1)
        self.body.addLayout(foot)

    def show_board(self, board: Board) -> None:
        """Start from a board as it is stored; what is tried stays while the method does."""
        tried = (self.moved_parameters, self.moved_weights) if self._is_like(board) else ({}, {})
        self._board = board
        self._scroll.setMinimumHeight(self._theme.px(_LEAST_HEIGHT))
        self.ranks.setMaximumHeight(self.apply_button.sizeHint().height())
        stated = {each.name: each.label for each in board.method.parameters}
        if [*stated.items()] != [(name, dial.title) for name, dial in self.dials.items()]:
            clear(self._assumed)
            self.dials = self._make_dials(self._assumed, stated)
        ids = tuple(c.id for c in board.portfolio.criteria)
        if ids != tuple(self.weight_dials):
            clear(self._weights)
            titles = {criterion.id: criterion.title for criterion in board.portfolio.criteria}
            self.weight_dials = self._make_dials(self._weights, titles)
        self._take(board)
        if any([_go_on(self.dials, tried[0]), _go_on(self.weight_dials, tried[1])]):
            self._moved()

    def _is_like(self, board: Board) -> bool:
        """Return whether a board is of the portfolio and method that are shown."""
        shown = self._board
        return (
            shown is not None
            and shown.portfolio.id == board.portfolio.id
            and shown.portfolio.method == board.portfolio.method
        )

    def _make_dials(self, into: QVBoxLayout, titles: Mapping[Key, str]) -> dict[Key, Dial]:
        dials = {}
        for key, title in titles.items():
            dials[key] = Dial(title)
            dials[key].slider.valueChanged.connect(self._moved)
            into.addWidget(dials[key])
        return dials

    def reset(self) -> None:
        """Go back to what is stored."""
        if self._board:
            self._take(self._board)
            self.tried.emit(self._board)

    def try_values(self, values: Parameters) -> None:
        """Show what other parameters would change, until they are applied or reset."""
        for name, value in values.items():
            if name in self.dials:
                self.dials[name].set_value(value)
        self._moved()

    @property
    def weights(self) -> Array:
        """The weights the sliders stand at."""
        return np.array([dial.value for dial in self.weight_dials.values()])

    @property
    def parameters(self) -> Parameters:
        """The parameters the sliders stand at."""
        return {name: dial.value for name, dial in self.dials.items()}

    @property
    def moved_parameters(self) -> dict[str, tuple[float, float]]:
        """The parameters that were moved, from what to what."""
        return _moves(self.dials)

    @property
    def moved_weights(self) -> dict[UUID, tuple[float, float]]:
        """The weights that were moved, from what to what."""
        return _moves(self.weight_dials)

    def _take(self, board: Board) -> None:
        largest = max((c.weight for c in board.portfolio.criteria), default=1.0)
        for parameter in board.method.parameters:
            value = board.parameters[parameter.name]
            low, high = parameter.slider
            self.dials[parameter.name].set_range(min(low, value), max(high, value))
            self.dials[parameter.name].start_from(value)
        for criterion in board.portfolio.criteria:
            dial = self.weight_dials[criterion.id]
            dial.set_range(0.0, max(largest * 1.5, 1.0))
            dial.start_from(criterion.weight)
            dial.setVisible(board.method.weighing is not Weighing.NONE)
        self._show_shares()
        self._show_state(changed=False)
        self._show_ranks([])

    def take_focus(self) -> None:
        """Let the arrow keys move the first slider."""
        first = next(iter([*self.dials.values(), *self.weight_dials.values()]))
        first.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def _moved(self) -> None:
        if self._board is None:
            return
        self._show_shares()
        try:
            board = self._board.what_if(self.weights, self.parameters)
        except InvalidInput as error:
            self.problem.say(str(error))
            self.reset_button.setEnabled(True)
            self.apply_button.setEnabled(False)
            return
        self.problem.say(board.problem)
        self._show_state(changed=bool(self.moved_parameters or self.moved_weights))
        self._show_ranks(_rank_moves(self._board, board))
        self.tried.emit(board)

    def _show_ranks(self, moves: list[str]) -> None:
        """Name the best rank that moved beside the buttons, where it shifts nothing; all on it."""
        more = f" and {len(moves) - 1:,} more" if len(moves) > 1 else ""
        self.ranks.setText(f"{moves[0]}{more}" if moves else "")
        set_tip(self.ranks, "\n".join(moves[:_NAMED]))
        self.ranks.setAccessibleDescription("; ".join(moves[:_NAMED]))

    def _show_shares(self) -> None:
        if self._board is None:
            return
        for parameter in self._board.method.parameters:
            dial = self.dials[parameter.name]
            dial.show_text(f"{dial.value:.2f} {parameter.unit}".rstrip())
        shares = self._board.method.spread(self._board.matrix.with_weights(self.weights))
        for criterion, share in zip(self._board.portfolio.criteria, shares, strict=True):
            whole = self._board.method.whole(criterion.dimension)
            told = f"{share:.0%} of {whole}" if whole else "not weighed"
            self.weight_dials[criterion.id].show_text(told)

    def _show_state(self, *, changed: bool) -> None:
        self.reset_button.setEnabled(changed)
        self.apply_button.setEnabled(changed)
        self._note.setText("not applied yet" if changed else "nothing changes until applied")
        if not changed:
            self.problem.say("")


class Dial(QWidget):
    """A named slider with its value beside the name, which is exact where nobody moved it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.title = name
        self._low, self._high = 0.0, 1.0
        self._at, self._exact = 0, 0.0
        self.begun = 0.0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self._text = label(secondary=True)
        title = label(name, wrap=True)
        top = row(title)
        top.setStretch(0, 1)
        top.addWidget(self._text)
        layout.addLayout(top)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(name)
        self.slider.installEventFilter(WheelGuard(self))
        layout.addWidget(self.slider)

    @property
    def value(self) -> float:
        """The value; exactly what was set where the slider stands as it was set."""
        if self.slider.value() == self._at:
            return self._exact
        return self._low + self.slider.value() / _STEPS * (self._high - self._low)

    def set_range(self, low: float, high: float) -> None:
        """Let the slider go from ``low`` to ``high``, which must be above it."""
        self._low, self._high = low, high

    def start_from(self, value: float) -> None:
        """Show ``value`` as what is stored."""
        self.set_value(value)
        self.begun = value

    def set_value(self, value: float) -> None:
        """Show ``value`` without calling it a move."""
        self.slider.blockSignals(True)
        self.slider.setValue(round((value - self._low) / (self._high - self._low) * _STEPS))
        self.slider.blockSignals(False)
        self._at, self._exact = self.slider.value(), value

    def show_text(self, text: str) -> None:
        """Show the value in words."""
        self._text.setText(text)


def _rank_moves(before: Board, after: Board) -> list[str]:
    """Return the ranks that differ, the best first, with an arrow for which way each went."""
    was, now = before.ranking.rank, after.ranking.rank
    order = after.ranking.order
    moved = order[(was[order] != now[order]) & (was[order] > 0) & (now[order] > 0)]
    return [
        f"{'▲' if now[row] < was[row] else '▼'} {shorten(after.use_cases[row].title, _TITLE)} "
        f"{was[row]:,} → {now[row]:,}"
        for row in moved
    ]


def _go_on(dials: Mapping[Key, Dial], moves: Mapping[Key, tuple[float, float]]) -> bool:
    """Move dials as they had been moved, unless that is stored by now; return whether any was."""
    moved = False
    for key, (begun, value) in moves.items():
        dial = dials.get(key)
        if dial is not None and not math.isclose(value, dial.begun):
            dial.set_value(value)
            dial.begun, moved = begun, True
    return moved


def _moves(dials: Mapping[Key, Dial]) -> dict[Key, tuple[float, float]]:
    return {key: (d.begun, d.value) for key, d in dials.items() if d.value != d.begun}
