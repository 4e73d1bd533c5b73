"""What step 3 shows besides fields and lists: evidence by option, readiness, the risk matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from scoper.board import Board
from scoper.scoping import Field
from scoper.scoping.options import case, progress
from scoper.snapshot import UseCase
from ui.features.scope.dataset_detail import DatasetDetail
from ui.features.scope.option_detail import OptionDetail
from ui.features.scope.risk_matrix import RiskPicture
from ui.kit.basics import label
from ui.kit.fields import Editor
from ui.kit.lists.item_list import ItemList
from ui.kit.look.theme import Theme

if TYPE_CHECKING:
    from scoper.library.data_checks import DataCheck
    from scoper.scoping.catalogues import Catalogue
    from scoper.scoping.checklists import Checklist
    from scoper.snapshot import Portfolio
    from scoper.store import Store

Content = tuple["Mapping[str, Checklist]", "tuple[DataCheck, ...]"]
"""What the library gives to a step: its checklists, and the checks of data sets."""


class Details(QObject):
    """The parts of the form of step 3 that follow from several answers at once.

    Signals: ``graded(dataset_id, check, editor, grade)``, ``budget_asked(dataset_id)``.
    """

    graded = Signal(object, str, object, str)
    budget_asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._use_case: UseCase | None = None
        self._currency = ""
        self._checks: tuple[DataCheck, ...] = ()
        self.options = label(wrap=True)
        self.risks = RiskPicture(theme)

    def show(self, board: Board, use_case: UseCase) -> None:
        """Take note of the use case, before its lists are shown, and draw what has its place."""
        self._use_case, self._currency = use_case, board.portfolio.currency
        if self.options.parentWidget():
            words = progress(use_case)
            self.options.setText(words)
            self.options.setVisible(bool(words))
        if self.risks.parentWidget():
            self.risks.show_register(use_case.risks, board.risk_views(use_case.id))

    def attach_options(self, items: ItemList) -> None:
        """Show the evidence about each option in the list of verdicts."""
        items.set_detail(self._option, self._evidence_in_brief)

    def attach_datasets(self, items: ItemList, checks: Sequence[DataCheck]) -> None:
        """Show checks, readiness and labelling in the list of data sets."""
        self._checks = tuple(checks)
        items.set_detail(
            lambda item_id, make: self._dataset(item_id, items.spec.apart, make),
            self._readiness_in_brief,
        )

    def _option(self, _: UUID, __: Callable[[Field], Editor]) -> OptionDetail:
        return OptionDetail(lambda: self._use_case)

    def _evidence_in_brief(self, option: Any) -> str:
        return case(self._use_case, option).summary if self._use_case else ""

    def _dataset(
        self, item_id: UUID, fields: Sequence[Field], make: Callable[[Field], Editor]
    ) -> DatasetDetail:
        detail = DatasetDetail(self._theme, self._checks, fields, make, self._surroundings)
        detail.graded.connect(partial(self.graded.emit, item_id))
        detail.budget_asked.connect(lambda: self.budget_asked.emit(item_id))
        return detail

    def _surroundings(self) -> tuple[bool, str]:
        from scoper.scoping.readiness import learns

        return self._use_case is None or learns(self._use_case), self._currency

    def _readiness_in_brief(self, dataset: Any) -> str:
        from scoper.scoping import data_sets
        from scoper.scoping.readiness import dataset_readiness

        learns, _ = self._surroundings()
        return data_sets.headline(dataset_readiness(self._checks, dataset, learns=learns))


def read_content(_: Store) -> Content:
    """Read what the library gives to the steps; for the store lane."""
    from scoper.scoping import asked
    from scoper.scoping.data_sets import checks_in_use

    asked.read_content()
    return asked.CHECKLISTS, checks_in_use()


def catalogue_for(items: str, portfolio: Portfolio, use_case_id: UUID) -> Catalogue:
    """Return the catalogue to choose entries of a list from."""
    from scoper.scoping.catalogues import FOR_LISTS, ROLES
    from scoper.scoping.data_sets import described_elsewhere

    if items == "datasets":
        return described_elsewhere(portfolio, use_case_id)
    return ROLES if items == "efforts" else FOR_LISTS[items]
