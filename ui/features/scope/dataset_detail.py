"""What an open data set shows below its fields: its readiness, its checks and its labelling."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scoper.scoping import Field
from scoper.snapshot import Dataset
from scoper.text import join
from ui.features.scope.checklist import ChecklistView
from ui.kit.basics import Card, button, heading, label, row
from ui.kit.fields.editor import Editor
from ui.kit.lists.forms import side_by_side
from ui.kit.look.amounts import money
from ui.kit.look.theme import Theme

if TYPE_CHECKING:
    from scoper.library.data_checks import DataCheck


_REASONS = 10
"""Most reasons shown: room for every blocker, and the weak points that weigh most."""


class DatasetDetail(QWidget):
    """Follows one data set.

    ``surroundings`` returns whether a model learns from the data, and the currency.

    Signals: ``graded(check, editor, grade)``, an empty grade to take it back, ``budget_asked()``.
    """

    graded = Signal(str, object, str)
    budget_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        checks: Sequence[DataCheck],
        fields: Sequence[Field],
        make_editor: Callable[[Field], Editor],
        surroundings: Callable[[], tuple[bool, str]],
    ) -> None:
        super().__init__()
        self._checks = checks
        self._surroundings = surroundings
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        self.origin = label(secondary=True, wrap=True)
        layout.addWidget(self.origin)
        self.questions = ChecklistView(None, theme, reasons=_REASONS)
        self.questions.answered.connect(self.graded)
        layout.addWidget(self.questions)
        self.plan = label(secondary=True, wrap=True)
        layout.addWidget(self.plan)
        layout.addWidget(self._make_labelling(fields, make_editor))

    def _make_labelling(
        self, fields: Sequence[Field], make_editor: Callable[[Field], Editor]
    ) -> QWidget:
        card = Card()
        card.body.addWidget(heading("What labelling takes", "label"))
        editors = [make_editor(field) for field in fields if field.name.startswith("label_")]
        for place in range(0, len(editors), 2):
            card.body.addWidget(side_by_side(editors[place : place + 2], (1, 1)))
        self.result = label(wrap=True)
        self.agreement = label(secondary=True, wrap=True)
        self.budget_button = button("Put it into the costs", self.budget_asked.emit)
        for widget in (self.result, self.agreement):
            card.body.addWidget(widget)
        card.body.addLayout(row(self.budget_button, None))
        self._labelling = card
        return card

    def fields(self) -> Iterator[tuple[str, Editor]]:
        """Yield the grades that are shown, by check."""
        for check, _, editor in self.questions.fields():
            yield check, editor

    def show_item(self, dataset: Dataset) -> None:
        """Show the grades of a data set, what they say, and what labelling it takes."""
        from scoper.scoping import data_sets

        learns, currency = self._surroundings()
        self.origin.setText(
            f"First described by {dataset.copied_from}. Legal basis and what depends on the use "
            "were left open; look at the other grades again too."
        )
        self.origin.setVisible(bool(dataset.copied_from))
        self.questions.show_answers(
            data_sets.finding(self._checks, dataset, learns=learns),
            data_sets.groups(self._checks, dataset, learns=learns),
            data_sets.answers(dataset),
        )
        prompts = data_sets.prompts(self._checks, dataset)
        lines = "\n".join(f"•  {prompt}" for prompt in prompts)
        self.plan.setText(f"A plan for change answers:\n{lines}")
        self.plan.setVisible(bool(prompts))
        self._labelling.setVisible(learns)
        self._show_labelling(dataset, currency)

    def _show_labelling(self, dataset: Dataset, currency: str) -> None:
        from scoper.scoping.label_work import agreement, label_work, missing

        work = label_work(dataset)
        self.budget_button.setEnabled(work is not None)
        if work is None:
            self.result.setText(f"Enter {join(list(missing(dataset)))} to see hours and cost.")
        else:
            self.result.setText(
                f"{_figure(work.labels)} labels: {_figure(work.labelling_hours)} hours of "
                f"labelling and {_figure(work.review_hours)} of checking, together "
                f"{money(currency, work.cost)}."
            )
        words = agreement(dataset)
        self.agreement.setText(words)
        self.agreement.setVisible(bool(words))


def _figure(amount: float) -> str:
    decimals = 0 if amount >= 10 or float(amount).is_integer() else 1
    return QLocale().toString(float(amount), "f", decimals)
