"""The extras of steps 4 and 5: the KPI tree, the roadmap, the bookings, the budget."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QVBoxLayout

from scoper.board import Board
from scoper.scoping.budget import cost_totals
from scoper.scoping.kpi_tree import kpi_tree
from scoper.scoping.schedule import staffing_of
from scoper.scoping.timeline import gantt
from scoper.snapshot import Portfolio, UseCase
from ui.features.scope.edits import Edits
from ui.features.scope.extras.extra import Extra
from ui.features.scope.kpi_detail import KpiDetail
from ui.features.scope.kpi_tree_view import KpiTreeView
from ui.features.scope.timeline_view import TimelineView
from ui.features.scope.vacancies import VacancyList
from ui.kit.basics import heading, label, repolish
from ui.kit.lists.item_list import ItemList
from ui.kit.look.amounts import money
from ui.kit.look.theme import Theme


class Tree(Extra):
    """The tree of the KPIs, and who else counts in each metric."""

    def __init__(self, theme: Theme, edits: Edits) -> None:
        super().__init__(theme, edits)
        self.tree = KpiTreeView(theme)

    def stand_below(self, body: QVBoxLayout) -> None:
        """Put the tree below the KPIs."""
        body.addWidget(self.tree)

    def attach(self, items: ItemList) -> None:
        """Show in each KPI who else counts in the same metric."""
        items.set_detail(lambda *_: KpiDetail(self._portfolio_and_use_case), lambda _: "")

    def show(self, board: Board, use_case: UseCase) -> None:
        """Draw the tree of a use case."""
        self.tree.show_tree(kpi_tree(use_case.kpis))

    def _portfolio_and_use_case(self) -> tuple[Portfolio, UseCase] | None:
        return (self.around[0].portfolio, self.around[1]) if self.around else None


class Roadmap(Extra):
    """Milestones come from the roadmap of the library, all that are missing at once."""

    def choose(self, items: str) -> None:
        """Plan the phases that are missing."""
        self.edits.plan_roadmap()


class Bookings(Extra):
    """Which roles are over-booked and which vacancies have to be open by when."""

    def __init__(self, theme: Theme, edits: Edits) -> None:
        super().__init__(theme, edits)
        self.over = label(wrap=True)
        self.vacancies = VacancyList()

    def stand_below(self, body: QVBoxLayout) -> None:
        """Put bookings and vacancies below the effort."""
        body.addWidget(self.over)
        body.addWidget(self.vacancies)

    def choose(self, items: str) -> None:
        """Offer the roles of the library, each of which brings effort in several phases."""
        self.edits.choose_item(items, is_one_entry=False)

    def show(self, board: Board, use_case: UseCase) -> None:
        """Show what a use case asks of roles that have no more time, and of new ones."""
        self.vacancies.show_use_case(board.portfolio, use_case, dt.date.today())
        asked = {effort.role_id for effort in use_case.efforts}
        shortages = staffing_of(board.portfolio).shortages
        short = [words for role_id, words in shortages if role_id in asked]
        self.over.setText("\n".join(f"▲ Over-booked: {words}." for words in short))
        self.over.setVisible(bool(short))
        if short and not self.over.property("error"):
            self.over.setProperty("error", True)
            repolish(self.over)


class Budget(Extra):
    """What the first year takes, and the phases with their totals on a timeline."""

    def __init__(self, theme: Theme, edits: Edits) -> None:
        super().__init__(theme, edits)
        self.totals = label(secondary=True, wrap=True)
        self.timeline = TimelineView(theme)
        self._no_dates = label(
            "Give milestones a date in step 4, and the phases appear here as bars.",
            secondary=True,
            wrap=True,
        )

    def stand_below(self, body: QVBoxLayout) -> None:
        """Put totals and timeline below the costs."""
        body.addWidget(self.totals)
        body.addWidget(heading("Timeline and totals by phase", "label"))
        body.addWidget(self._no_dates)
        body.addWidget(self.timeline)

    def show(self, board: Board, use_case: UseCase) -> None:
        """Show the totals of a use case and draw its phases."""
        words = budget_in_words(board.portfolio, use_case)
        self.totals.setText(words)
        self.totals.setVisible(bool(words))
        picture = gantt(board.portfolio, use_case)
        self.timeline.show_gantt(picture)
        self.timeline.setVisible(
            picture.first is not None or any(map(picture.amount, picture.rows))
        )
        self._no_dates.setVisible(picture.first is None)


def budget_in_words(portfolio: Portfolio, use_case: UseCase) -> str:
    """Return what the first year takes; empty while there is neither effort nor cost."""
    totals = cost_totals(portfolio, use_case)
    if not any(totals.days) and not totals.known:
        return ""
    low, likely, high = (money(portfolio.currency, amount) for amount in totals.first_year)
    return (
        f"First year: {QLocale().toString(totals.days.likely, 'f', 0)} days of effort "
        f"({money(portfolio.currency, totals.people.likely)}) and costs of "
        f"{money(portfolio.currency, totals.costs.likely)}: "
        f"together {likely} likely, {low} low, {high} high."
    )
