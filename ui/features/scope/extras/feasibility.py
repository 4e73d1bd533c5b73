"""The extras of step 3: evidence by option, readiness, the risk matrix, the benefit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from scoper.board import Board
from scoper.scoping import Field
from scoper.scoping.budget import expected_benefit
from scoper.scoping.options import case, progress
from scoper.snapshot import UseCase
from ui.features.scope.dataset_detail import DatasetDetail
from ui.features.scope.edits import Edits
from ui.features.scope.extras.extra import Extra
from ui.features.scope.option_detail import OptionDetail
from ui.features.scope.risk_matrix import RiskPicture
from ui.kit.basics import label
from ui.kit.fields.editor import Editor
from ui.kit.lists.item_list import ItemList
from ui.kit.look.amounts import money
from ui.kit.look.theme import Theme

if TYPE_CHECKING:
    from scoper.library.data_checks import DataCheck
    from ui.features.scope.content import Content


class Verdicts(Extra):
    """How far the verdicts on the options are, and the evidence about each."""

    def __init__(self, theme: Theme, edits: Edits) -> None:
        super().__init__(theme, edits)
        self.progress = label(wrap=True)

    def stand_above(self, body: QVBoxLayout) -> None:
        """Put how far the verdicts are above the options."""
        body.addWidget(self.progress)

    def attach(self, items: ItemList) -> None:
        """Show the evidence about each option."""
        items.set_detail(lambda *_: OptionDetail(self._use_case), self._evidence_in_brief)

    def show(self, board: Board, use_case: UseCase) -> None:
        """Say how far the verdicts are."""
        words = progress(use_case)
        self.progress.setText(words)
        self.progress.setVisible(bool(words))

    def _use_case(self) -> UseCase | None:
        return self.around[1] if self.around else None

    def _evidence_in_brief(self, option: Any) -> str:
        return case(self.around[1], option).summary if self.around else ""


class DataSets(Extra):
    """Checks, readiness and labelling of each data set, once the library has been read."""

    def __init__(self, theme: Theme, edits: Edits) -> None:
        super().__init__(theme, edits)
        self._checks: tuple[DataCheck, ...] = ()

    def add_content(self, items: ItemList, content: Content) -> None:
        """Ask the checks of the library of each data set."""
        self._checks = content.checks
        items.set_detail(partial(self._detail, items), self._readiness_in_brief)

    def _detail(
        self, items: ItemList, dataset_id: UUID, make: Callable[[Field], Editor]
    ) -> DatasetDetail:
        fields = items.spec.apart
        detail = DatasetDetail(self.theme, self._checks, fields, make, self._surroundings)
        detail.graded.connect(partial(self.edits.grade, dataset_id))
        detail.budget_asked.connect(partial(self.edits.budget_labelling, dataset_id))
        return detail

    def _surroundings(self) -> tuple[bool, str]:
        from scoper.scoping.readiness import learns

        if self.around is None:
            return True, ""
        board, use_case = self.around
        return learns(use_case), board.portfolio.currency

    def _readiness_in_brief(self, dataset: Any) -> str:
        from scoper.scoping import data_sets
        from scoper.scoping.readiness import dataset_readiness

        learns, _ = self._surroundings()
        return data_sets.headline(dataset_readiness(self._checks, dataset, learns=learns))


class Register(Extra):
    """The matrix of the risks, and what the raters say of them."""

    def __init__(self, theme: Theme, edits: Edits) -> None:
        super().__init__(theme, edits)
        self.picture = RiskPicture(theme)

    def stand_below(self, body: QVBoxLayout) -> None:
        """Put the matrix below the risks."""
        body.addWidget(self.picture)

    def show(self, board: Board, use_case: UseCase) -> None:
        """Draw the risks of a use case."""
        self.picture.show_register(use_case.risks, board.risk_views(use_case.id))


class Benefit(Extra):
    """The benefit that is to be expected."""

    def __init__(self, theme: Theme, edits: Edits) -> None:
        super().__init__(theme, edits)
        self.expected = label(secondary=True, wrap=True)

    def stand_below_field(self, name: str, body: QVBoxLayout) -> None:
        """Put the expected benefit below low, likely and high."""
        if name == "benefit_high":
            body.addWidget(self.expected)

    def show(self, board: Board, use_case: UseCase) -> None:
        """Say what is to be expected; nothing until it is known."""
        expected = expected_benefit(use_case)
        self.expected.setVisible(expected is not None)
        if expected is not None:
            said = money(board.portfolio.currency, expected)
            self.expected.setText(
                f"Expected {said} a year (PERT mean: (low + 4 × likely + high) ÷ 6)."
            )
