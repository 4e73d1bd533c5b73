"""Leadership's page: ranked table, priority chart, what-if."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scoper.board import Board
from scoper.charts import payoff_chart, quadrant_chart
from scoper.text import join, plural, shorten
from ui.bridge.context import Context
from ui.bridge.page import Page
from ui.features.ranking.chart_card import ChartCard, ChartKind
from ui.features.ranking.what_if import WhatIf
from ui.kit.basics import Banner, Card, ScrollColumn, button, heading, label
from ui.kit.layout.beside import Beside
from ui.kit.layout.flow import Flow, flow
from ui.kit.tables.use_case_columns import RANKING_COLUMNS
from ui.kit.tables.use_case_view import UseCaseView

if TYPE_CHECKING:
    from scoper.scoring.parameters import Parameters
    from scoper.snapshot import Changes

_TABLE_LEAST, _PANEL_LEAST = 624, 300
"""Widths in pixels, before zoom, that the table and what stands beside it need."""
_NAMED = 3
"""So many of those that lead together are named."""
_PANEL_SHARE = 4 / 11
_CHARTS = (
    ChartKind("chart", lambda board: _pay_off(board), payoff_chart),
    ChartKind("quadrants", lambda _: "Quick wins or big bets?", quadrant_chart),
)
"""What the panel draws, by the id of its exporter."""


class RankingPage(Page):
    """Table and chart of one board; sliders show what would be, until it is applied."""

    HELP = (
        "Use cases from best to worst. The balanced priority weighs the likelihood and size of "
        "success against the risk of failing, or of not bringing enough; 50 is always "
        "break-even, whatever the risk aversion. Where "
        "another method scores, it is named at the top. Click a score, or press Space, to see "
        "every number behind it and to record the decision.\n\n"
        "“Do they pay off?” shows expected gain upwards and expected loss to the right. What "
        "stands above the dashed line scores over break-even, what stands below it under, "
        "whatever its risk; methods without break-even have no line. “Quick wins or big bets?” "
        "shows which use cases bring much and can be done. A larger mark means a larger likely "
        "benefit, and colour and shape tell the risk. Point at a mark to see its name, click it "
        "to select the use case; in the chart, arrow keys go from the best to the last.\n\n"
        "“What if” moves weights and what the method assumes. Nothing is stored until applied."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown: Board | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 0)
        layout.setSpacing(12)
        self._body = Beside(
            self.theme,
            self._make_table(),
            self._make_right(),
            name="Chart and what-if",
            least=_TABLE_LEAST,
            wide=_PANEL_LEAST,
            share=_PANEL_SHARE,
        )
        layout.addLayout(self._make_top())
        self.method = label(secondary=True, wrap=True)
        layout.addWidget(self.method)
        self._banner = Banner()
        self.lead = heading("", "label")
        self.lead.setWordWrap(True)
        self.rest = label(secondary=True, wrap=True)
        self._banner.body.addWidget(self.lead)
        self._banner.body.addWidget(self.rest)
        layout.addWidget(self._banner)
        layout.addWidget(self._body, 1)

    # ------------------------------------------------------------ building

    def _make_top(self) -> Flow:
        self.chart_button = button("Export chart", self.export_chart)
        self.workbook_button = button("Export workbook", self._export_workbook, kind="primary")
        return flow(
            heading("Ranking", "page"),
            None,
            self._body.toggle,
            self.chart_button,
            self.workbook_button,
        )

    def _make_table(self) -> QWidget:
        self.view = UseCaseView(RANKING_COLUMNS, self.theme, ranked=True)
        self.view.setAccessibleName("Ranking")
        self.entry = self.view
        self.view.current_changed.connect(self._selected)
        self.view.opened.connect(self._explain)
        self.view.score_clicked.connect(self._explain)
        card = Card()
        card.body.setContentsMargins(8, 4, 8, 8)
        card.body.addWidget(self.view)
        return card

    def _make_right(self) -> QWidget:
        self.charts = ChartCard(self.theme, _CHARTS)
        self.chart = self.charts.chart
        self.chart.chosen.connect(self.view.select)
        self.what_if = WhatIf(self.theme)
        self.what_if.tried.connect(self._show)
        self.what_if.apply_button.clicked.connect(self._apply)
        holder = ScrollColumn()
        holder.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder.body.setContentsMargins(0, 0, 0, 0)
        holder.body.setSpacing(14)
        holder.body.addWidget(self.charts, 3)
        holder.body.addWidget(self.what_if, 2)
        return holder

    # ------------------------------------------------------------ showing

    def dress(self) -> None:
        """Take the present zoom."""
        self.view.scale()

    def show_board(self, board: Board, changes: Changes) -> None:
        """Show a board as it is stored."""
        self._show(board)
        if self.view.current is None and board.use_cases:
            self.view.selectRow(0)
        self.what_if.show_board(board)

    def select(self, use_case_id: UUID) -> None:
        """Bring a use case into view."""
        self.view.select(use_case_id)

    @property
    def subject(self) -> UUID | None:
        """The use case that is selected."""
        return self.view.current

    def explain(self) -> None:
        """Explain the score of the use case that is selected, and offer to decide on it."""
        if self.view.current:
            self._explain(self.view.current)

    def _show(self, board: Board) -> None:
        self._shown = board
        self.view.show_board(board)
        self.charts.show_board(board)
        self.method.setText(_method(board))
        kind, lead, rest = _insight(board)
        self._banner.set_kind(kind)
        self.lead.setText(lead)
        self.rest.setText(rest)
        self.rest.setVisible(bool(rest))

    def _selected(self, use_case_id: UUID | None) -> None:
        self.chart.select(use_case_id)

    def _apply(self) -> None:
        from scoper.commands import portfolios

        assert self._shown
        method_id = self._shown.method.id
        parameters, weights = self.what_if.moved_parameters, self.what_if.moved_weights
        self.session.run(
            lambda store: portfolios.apply_moves(
                store, method_id=method_id, parameters=parameters, weights=weights
            ),
            done=self.context.notice.did,
        )

    def _explain(self, use_case_id: UUID) -> None:
        from ui.shared.explanation import Explanation

        if self._shown:
            Explanation(self, self.context, self._shown, use_case_id).open()

    # ------------------------------------------------------------ exporting

    def _export_workbook(self) -> None:
        from ui.bridge.exports import export

        if self.session.board:
            export(self.context, self.session.board, "workbook")

    def try_what_if(self) -> None:
        """Let the arrow keys move the first slider."""
        self.what_if.take_focus()

    def try_values(self, values: Parameters) -> None:
        """Show what other parameters would change, until they are applied or reset."""
        self.what_if.try_values(values)

    def export_chart(self) -> None:
        """Ask where, then export the chart as it is shown."""
        from ui.bridge.exports import export

        if self._shown:
            export(self.context, self._shown, self.charts.kind.id)


PAGE = RankingPage


def _pay_off(board: Board) -> str:
    return "Do they pay off?" if board.loss_weight is not None else "Gain or loss?"


def _method(board: Board) -> str:
    """Return by what the use cases are ranked, and what to mind about it."""
    method = board.method
    told = [method.title]
    for each in method.parameters:
        value = board.parameters[each.name]
        if each.symbol or value != each.default:
            told.append(f"{each.label[0].lower()}{each.label[1:]} = {each.text(value)}")
    if board.break_even is not None:
        told.append(f"break-even {board.break_even:.1f}")
    else:
        told.append(method.range)
    if method.list_dependent:
        told.append("moves when the list changes")
    return ", ".join(told)


def _insight(board: Board) -> tuple[str, str, str]:
    """Return the kind of banner, what stands out, and what else to know."""
    if board.problem:
        return "warning", "Nothing can be ranked.", board.problem
    ranked = int((board.ranking.rank > 0).sum())
    waiting = len(board.use_cases) - ranked
    if not ranked:
        return (
            "warning",
            "No use case is fully rated yet.",
            "Rate every criterion at least once in the workshop to see a ranking.",
        )
    rows = board.ranking.order[:ranked]
    first = rows[: int((board.ranking.rank == 1).sum())]
    names = [f"“{shorten(board.use_cases[row].title, 50)}”" for row in first[:_NAMED]]
    if len(first) > _NAMED:
        names.append(f"{len(first) - _NAMED:,} more")
    scores = board.ranking.scores.score
    verb = "leads" if len(first) == 1 else "lead together"
    lead = f"{join(names)} {verb} with {board.standing_at(first[0]).score_text} points."
    runners = rows[len(first) : len(first) + 1]
    parts = []
    if runners.size:
        gap = scores[first[0]] - scores[runners[0]]
        second = shorten(board.use_cases[runners[0]].title, 50)
        parts.append(f"“{second}” follows {gap:.{board.method.decimals}f} behind.")
    if board.break_even is not None:
        above = int((board.sides > 0).sum())
        parts.append(
            f"{above:,} of {plural(ranked, 'ranked use case')} "
            f"{'scores' if above == 1 else 'score'} above break-even ({board.break_even:.1f})."
        )
    if waiting:
        verbs = ("is", "stands") if waiting == 1 else ("are", "stand")
        parts.append(
            f"{plural(waiting, 'use case')} {verbs[0]} not fully rated and {verbs[1]} below."
        )
    if board.clipped:
        parts.append(f"{plural(board.clipped, 'rating')} outside the scale counted as its end.")
    return "accent", lead, " ".join(parts)
