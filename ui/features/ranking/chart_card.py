"""A card with one chart of several, chosen by the questions above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QButtonGroup

from scoper.board import Board
from scoper.charts import Chart
from ui.features.ranking.priority_chart import ChartView
from ui.kit.basics import Card, button
from ui.kit.layout.flow import flow
from ui.kit.layout.one_stop import OneStop
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme


@dataclass(frozen=True, slots=True)
class ChartKind:
    """A chart that can be shown, with the id of the exporter that writes it.

    ``ask`` returns in few words the question it answers; the title of the chart asks it in full.
    """

    id: str
    ask: Callable[[Board], str]
    draw: Callable[[Board], Chart]


class ChartCard(Card):
    """Shows the chart of a board that answers the question that is pressed.

    One at a time: beside each other at 1366×768 they would be too narrow for names.
    """

    def __init__(self, theme: Theme, kinds: Sequence[ChartKind]) -> None:
        super().__init__()
        self._kinds = tuple(kinds)
        self._board: Board | None = None
        self.chart = ChartView(theme)
        self.choices = [button("") for _ in kinds]
        self._group = QButtonGroup(self)
        for number, choice in enumerate(self.choices):
            choice.setCheckable(True)
            choice.setProperty("segment", True)
            self._group.addButton(choice, number)
        self.choices[0].setChecked(True)
        self._group.idToggled.connect(lambda _, on: self._draw() if on else None)
        OneStop(self, self.choices)
        self.body.addLayout(flow(*self.choices))
        self.body.addWidget(self.chart, 1)

    @property
    def kind(self) -> ChartKind:
        """The chart that is shown."""
        return self._kinds[self._group.checkedId()]

    def show_board(self, board: Board) -> None:
        """Draw a board."""
        self._board = board
        for choice, kind in zip(self.choices, self._kinds, strict=True):
            choice.setText(kind.ask(board))
        self._draw()

    def _draw(self) -> None:
        if self._board:
            chart = self.kind.draw(self._board)
            set_tip(self.choices[self._group.checkedId()], chart.title)
            self.chart.show_chart(chart)
