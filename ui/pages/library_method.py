"""The portfolio itself, and how its use cases are scored."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from scoper.board import Board
from scoper.commands import portfolios
from scoper.scoping import Field, Kind
from scoper.scoring.methods import METHODS
from scoper.terms import Aggregation
from ui.context import Context
from ui.pages.library_section import Section
from ui.pages.page import outcome
from ui.widgets.basics import Card, heading, label
from ui.widgets.editors import ChoiceEditor, Editor, make_editor
from ui.widgets.forms import labelled, side_by_side

_PORTFOLIO = (
    Field("title", "Portfolio title", help="Heads the window, the workbook and the documents."),
    Field("organisation", "Organisation", help="Whose use cases these are."),
    Field("currency", "Currency", help="Three letters, as EUR."),
)
_AGGREGATION = Field(
    "aggregation",
    "How ratings are combined",
    Kind.CHOICE,
    "Mean: every rating counts. Median: the middle one, so that a single extreme rating "
    "changes nothing. Trimmed mean: without the lowest and the highest fifth.",
    choices=Aggregation,
)
_METHOD = Field("method", "Method", Kind.CHOICE, "Turns the ratings into one score to rank by.")
_PARAMETERS = (
    Field(
        "risk_aversion",
        "Risk aversion λ",
        Kind.NUMBER,
        "How much a loss counts against a gain of the same size: 1 alike, 2 twice, 0 not at all.",
    ),
    Field(
        "p_low",
        "Lowest likelihood",
        Kind.NUMBER,
        "Chance of success when feasibility is rated lowest: 0 to 1.",
    ),
    Field(
        "p_high",
        "Highest likelihood",
        Kind.NUMBER,
        "Chance of success when feasibility is rated highest: 0 to 1.",
    ),
)


class MethodSection(Section):
    """Fields of the portfolio, each with a line that explains it."""

    TITLE = "Method"
    ABOUT = "What the portfolio is called, and how ratings become a ranking."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.editors: dict[str, Editor] = {}
        self.formula = label(wrap=True)
        self._source = label(secondary=True, wrap=True)
        self._break_even = label(secondary=True, wrap=True)
        self.formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.body.addWidget(self._portfolio_card())
        self.column.body.addWidget(self._group_card())
        self.column.body.addWidget(self._method_card())
        self.column.body.addStretch(1)

    def draw(self, board: Board) -> None:
        """Show the fields of the portfolio and the method in use."""
        for name, editor in self.editors.items():
            editor.set_value(getattr(board.portfolio, name))
        self.formula.setText(board.method.formula)
        self._source.setText(f"Source: {board.method.source}")
        self._break_even.setText(
            f"With these values a use case breaks even at {board.parameters.break_even:.1f} "
            "points: above, the expected gain is greater than the loss as you weigh it."
        )

    def flush(self) -> None:
        """Save what is still being typed."""
        for editor in self.editors.values():
            editor.flush()

    # ------------------------------------------------------------ building

    def _portfolio_card(self) -> Card:
        card = Card("Portfolio")
        editors = [self._editor(make_editor(field)) for field in _PORTFOLIO]
        card.body.addLayout(side_by_side(editors, (5, 4, 2)))
        return card

    def _group_card(self) -> Card:
        card = Card("Group")
        card.body.addLayout(labelled(self._editor(make_editor(_AGGREGATION))))
        return card

    def _method_card(self) -> Card:
        card = Card("Scoring")
        methods = [(method.title, method.id) for method in METHODS.values()]
        card.body.addLayout(labelled(self._editor(ChoiceEditor(_METHOD, methods))))
        card.body.addWidget(heading("Formula", "label"))
        card.body.addWidget(self.formula)
        card.body.addWidget(self._source)
        editors = [self._editor(make_editor(field)) for field in _PARAMETERS]
        card.body.addSpacing(4)
        card.body.addLayout(side_by_side(editors))
        card.body.addWidget(self._break_even)
        return card

    def _editor(self, editor: Editor) -> Editor:
        editor.edited.connect(lambda value: self._edit(editor, value))
        self.editors[editor.field.name] = editor
        return editor

    # ------------------------------------------------------------ changing

    def _edit(self, editor: Editor, value: Any) -> None:
        self.session.run(
            portfolios.set_field, field=editor.field.name, value=value, **outcome(editor)
        )
