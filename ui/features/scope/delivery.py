"""What steps 4 and 5 show besides fields and lists: the KPI tree, the timeline, the bookings."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QVBoxLayout

from scoper.scoping.budget import cost_totals, expected_benefit
from scoper.scoping.kpi_tree import kpi_tree
from scoper.scoping.schedule import staffing_of
from scoper.scoping.timeline import gantt
from scoper.snapshot import Portfolio, UseCase
from ui.features.scope.kpi_detail import KpiDetail
from ui.features.scope.kpi_tree_view import KpiTreeView
from ui.features.scope.timeline_view import TimelineView
from ui.features.scope.vacancies import VacancyList
from ui.kit.basics import heading, label, repolish
from ui.kit.lists.item_list import ItemList
from ui.kit.look.amounts import money
from ui.kit.look.theme import Theme


class DeliveryViews:
    """The pictures of one step; those that its lists do not ask for are never made."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.tree: KpiTreeView | None = None
        self.timeline: TimelineView | None = None
        self._no_dates: QLabel | None = None
        self.bookings: QLabel | None = None
        self.vacancies: VacancyList | None = None
        self._around: tuple[Portfolio, UseCase] | None = None

    def take_note(self, portfolio: Portfolio, use_case: UseCase) -> None:
        """Take note of the use case, before its lists are shown."""
        self._around = portfolio, use_case

    def attach_kpis(self, items: ItemList) -> None:
        """Show in the list of KPIs who else counts in the same metric."""
        items.set_detail(lambda *_: KpiDetail(lambda: self._around), lambda _: "")

    def place(self, items: str, body: QVBoxLayout) -> None:
        """Put what belongs below a list of that name into the layout of its card."""
        if items == "kpis":
            self.tree = KpiTreeView(self._theme)
            body.addWidget(self.tree)
        elif items == "efforts":
            self.bookings = label(wrap=True)
            self.vacancies = VacancyList()
            body.addWidget(self.bookings)
            body.addWidget(self.vacancies)
        elif items == "costs":
            self.timeline = TimelineView(self._theme)
            self._no_dates = label(
                "Give milestones a date in step 4, and the phases appear here as bars.",
                secondary=True,
                wrap=True,
            )
            body.addWidget(heading("Timeline and totals by phase", "label"))
            body.addWidget(self._no_dates)
            body.addWidget(self.timeline)

    def show(self, portfolio: Portfolio, use_case: UseCase) -> None:
        """Draw a use case."""
        if self.tree:
            self.tree.show_tree(kpi_tree(use_case.kpis))
        if self.timeline:
            picture = gantt(portfolio, use_case)
            self.timeline.show_gantt(picture)
            self.timeline.setVisible(
                picture.first is not None or any(map(picture.amount, picture.rows))
            )
            if self._no_dates:
                self._no_dates.setVisible(picture.first is None)
        if self.vacancies:
            self.vacancies.show_use_case(portfolio, use_case, dt.date.today())
        if self.bookings:
            asked = {effort.role_id for effort in use_case.efforts}
            short = [w for role_id, w in staffing_of(portfolio).shortages if role_id in asked]
            self.bookings.setText("\n".join(f"▲ Over-booked: {words}." for words in short))
            self.bookings.setVisible(bool(short))
            if short and not self.bookings.property("error"):
                self.bookings.setProperty("error", True)
                repolish(self.bookings)


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


def benefit_in_words(portfolio: Portfolio, use_case: UseCase) -> str:
    """Return the benefit to be expected; empty until it is known."""
    expected = expected_benefit(use_case)
    if expected is None:
        return ""
    said = money(portfolio.currency, expected)
    return f"Expected {said} a year (PERT mean: (low + 4 × likely + high) ÷ 6)."
