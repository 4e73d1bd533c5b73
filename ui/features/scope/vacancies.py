"""By when vacancies have to be open, so that roles are there when they are first needed."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scoper.scoping.schedule import Vacancy, latest_vacancies
from scoper.snapshot import Portfolio, UseCase
from ui.kit.basics import Pill, clear, heading, label, row


class VacancyList(QWidget):
    """A line for each role that takes time to hire, the most urgent first; late ones say so."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Vacancy, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading("Vacancies", "label"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        layout.addLayout(self._lines)
        self.hide()

    @property
    def words(self) -> list[str]:
        """What is said of each vacancy."""
        return [_sentence(vacancy) for vacancy in self._shown]

    def show_use_case(self, portfolio: Portfolio, use_case: UseCase, today: dt.date) -> None:
        """Show the vacancies of a use case as they stand today."""
        found = latest_vacancies(portfolio.roles, use_case, today=today)
        self.setVisible(bool(found))
        if found == self._shown:
            return
        self._shown = found
        clear(self._lines)
        for vacancy in found:
            words = label(_sentence(vacancy), wrap=True)
            if vacancy.late:
                line = row(Pill("Late", "high"), words)
                line.setStretch(1, 1)
                self._lines.addLayout(line)
            else:
                self._lines.addWidget(words)


def _sentence(vacancy: Vacancy) -> str:
    when = "the vacancy had to be open by" if vacancy.late else "open the vacancy by"
    return (
        f"{vacancy.role}: {when} {_day(vacancy.open_by)}, needed from "
        f"{_day(vacancy.needed_from)} ({vacancy.phase.label})."
    )


def _day(day: dt.date) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")
