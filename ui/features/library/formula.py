"""The formula that a portfolio states itself, with its parameters and tiers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scoper.board import Board
from scoper.scoping.forms import FORMULA
from scoper.scoring.formula.stated import formula_texts
from scoper.scoring.methods import OWN
from scoper.text import join
from ui.kit.basics import button, label, row
from ui.kit.fields.editor import Editor
from ui.kit.fields.making import make_editor
from ui.kit.lists.forms import labelled

_FIRST = 3
"""How many of the best use cases are named below the formula."""


class FormulaFields(QWidget):
    """A line for the formula, what it may name and whom it puts first; more below on request.

    ``edited`` is called with the editor and the text entered.
    """

    def __init__(self, edited: Callable[[Editor, Any], None]) -> None:
        super().__init__()
        self.editors = {field.name: make_editor(field) for field in FORMULA}
        for editor in self.editors.values():
            editor.edited.connect(lambda value, editor=editor: edited(editor, value))
        self._names = label(secondary=True, wrap=True)
        self._names.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.first = label(wrap=True)
        self.more = button("", self._toggle, kind="link")
        self._folded = QWidget()
        inside = QVBoxLayout(self._folded)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(labelled(self.editors["parameters"]))
        inside.addLayout(labelled(self.editors["tiers"]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(labelled(self.editors["text"]))
        layout.addWidget(self._names)
        layout.addWidget(self.first)
        layout.addLayout(row(self.more, None))
        layout.addWidget(self._folded)
        self._had_more = False
        self._fold(True)

    @property
    def is_folded(self) -> bool:
        """Whether parameters and tiers are out of view."""
        return self._folded.isHidden()

    def draw(self, board: Board) -> None:
        """Show what the portfolio states, and what comes of it while it scores."""
        texts = formula_texts(board.portfolio.formula)
        for name, editor in self.editors.items():
            editor.set_value(texts[name])
        keys = [criterion.key for criterion in board.portfolio.criteria]
        self._names.setText(
            f"It may name {join(keys, 'or')}: the rating on its own scale, or from 0 to 1 with "
            f"_norm behind it, as in {keys[0]}_norm."
            if keys
            else ""
        )
        if board.method.id == OWN:
            self.first.setText(_outcome(board))
        has_more = bool(texts["parameters"] or texts["tiers"])
        if has_more and not self._had_more:
            self._fold(False)
        self._had_more = has_more

    def _toggle(self) -> None:
        self._fold(not self.is_folded)

    def _fold(self, folded: bool) -> None:
        self._folded.setVisible(not folded)
        self.more.setText("Parameters and tiers…" if folded else "Hide parameters and tiers")


def _outcome(board: Board) -> str:
    """Return whom the formula puts first, or why it scores nothing."""
    if board.problem:
        return f"Nothing is scored. {board.problem}"
    first = [standing for standing in board.ranked[:_FIRST] if standing.rank]
    if not first:
        return "No use case is rated on all that it names yet."
    return "First: " + "; ".join(
        f"{standing.rank}. {standing.use_case.title}, {standing.verdict}" for standing in first
    )
