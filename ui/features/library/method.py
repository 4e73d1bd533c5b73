"""The portfolio itself, and how its use cases are scored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scoper.board import Board
from scoper.commands import portfolios
from scoper.scoping.forms import AGGREGATION, METHOD, PORTFOLIO, parameter_fields
from scoper.scoring.methods import METHODS, OWN, Method, offered
from scoper.scoring.parameters import Parameter
from ui.bridge.context import Context
from ui.bridge.edits import asked_by
from ui.features.library.formula import FormulaFields
from ui.features.library.section import LibrarySection
from ui.kit.basics import Card, button, heading, label, row
from ui.kit.fields.chosen import ChoiceEditor
from ui.kit.fields.editor import Editor
from ui.kit.fields.making import make_editor
from ui.kit.fields.picker import Picker
from ui.kit.fields.place import Place
from ui.kit.lists.forms import labelled, side_by_side

if TYPE_CHECKING:
    from ui.bridge.latest import Check

_ABREAST = 3
"""Most parameters on a line."""


class MethodSection(LibrarySection):
    """Fields of the portfolio, each with a line that explains it."""

    TITLE = "Method"
    ABOUT = "What the portfolio is called, and how ratings become a ranking."

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.editors: dict[str, Editor] = {}
        self.parameters: dict[tuple[str, str], Editor] = {}
        self._groups: dict[str, QWidget] = {}
        self._stated: dict[str, tuple[Parameter, ...]] = {}
        self.own = FormulaFields(self._state)
        self.methods = ChoiceEditor(METHOD, [])
        self.formula = label(wrap=True)
        self._range = label(secondary=True, wrap=True)
        self._source = label(secondary=True, wrap=True)
        self._break_even = label(secondary=True, wrap=True)
        self.formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.body.addWidget(self._portfolio_card())
        self.column.body.addWidget(self._group_card())
        self.column.body.addWidget(self._method_card())
        self.column.body.addWidget(self._scheme_card())
        self.column.body.addStretch(1)

    def draw(self, board: Board) -> None:
        """Show the fields of the portfolio and the method in use."""
        for name, editor in self.editors.items():
            editor.set_value(getattr(board.portfolio, name))
        chosen = board.method
        self.formula.setText(chosen.formula)
        self._source.setText(f"Source: {chosen.source}")
        depends = "can move" if chosen.list_dependent else "never moves"
        self._range.setText(
            f"Scores go from {chosen.range}. A score {depends} because another use case is added "
            "or removed."
        )
        self.own.setVisible(chosen.id == OWN)
        self.own.draw(board)
        self._show_parameters(board)
        if board.break_even is not None:
            self._break_even.setText(
                f"A use case always breaks even at {board.break_even:g} points: "
                "above, the expected gain is greater than the loss as you weigh it."
            )
        self._break_even.setVisible(board.break_even is not None)
        self._offer_methods(board)

    def flush(self) -> None:
        """Save what is still being typed."""
        for _, editor in self.fields():
            editor.flush()

    # ------------------------------------------------------------ building

    def _portfolio_card(self) -> Card:
        card = Card("Portfolio")
        editors = [self._editor(make_editor(field)) for field in PORTFOLIO]
        card.body.addWidget(side_by_side(editors, (5, 4, 2)))
        return card

    def _group_card(self) -> Card:
        card = Card("Group")
        card.body.addLayout(labelled(self._editor(make_editor(AGGREGATION))))
        return card

    def _method_card(self) -> Card:
        card = Card("Scoring")
        card.body.addLayout(labelled(self._editor(self.methods)))
        card.body.addWidget(self.own)
        card.body.addWidget(heading("Formula", "label"))
        for words in (self.formula, self._range, self._source):
            card.body.addWidget(words)
        self._assumed = QVBoxLayout()
        card.body.addLayout(self._assumed)
        card.body.addWidget(self._break_even)
        return card

    def _make_parameters(self, method: Method) -> QWidget:
        """Return the fields of the parameters of a method, as it states them."""
        group = QWidget()
        layout = QVBoxLayout(group)
        layout.setContentsMargins(0, 4, 0, 0)
        editors = [self._parameter(method, make_editor(each)) for each in parameter_fields(method)]
        for start in range(0, len(editors), _ABREAST):
            layout.addWidget(side_by_side(editors[start : start + _ABREAST]))
        return group

    def _parameter(self, method: Method, editor: Editor) -> Editor:
        editor.edited.connect(lambda value: self._assume(method.id, editor, value))
        self.parameters[method.id, editor.field.name] = editor
        return editor

    def _show_parameters(self, board: Board) -> None:
        """Show the parameters of the method in use, and those of others no longer."""
        chosen = board.method
        if self._stated.get(chosen.id) != chosen.parameters:
            self._drop_parameters(chosen.id)
            self._stated[chosen.id] = chosen.parameters
            self._groups[chosen.id] = self._make_parameters(chosen)
            self._assumed.addWidget(self._groups[chosen.id])
        for method_id, group in self._groups.items():
            group.setVisible(method_id == chosen.id)
        there = offered(board.portfolio.own_method)
        for (method_id, name), editor in self.parameters.items():
            method = there.get(method_id)
            stored = method.stored_in(board.portfolio.parameters) if method else {}
            if name in stored:
                editor.set_value(stored[name])

    def _drop_parameters(self, method_id: str) -> None:
        """Take away the fields of parameters that are stated differently now."""
        group = self._groups.pop(method_id, None)
        if group is not None:
            group.hide()
            group.deleteLater()
        for place in [place for place in self.parameters if place[0] == method_id]:
            del self.parameters[place]

    def _scheme_card(self) -> Card:
        card = Card(
            "Criteria of another scheme",
            "RICE, ICE, WSJF and others have criteria of their own. Replacing the criteria takes "
            "the ratings on them along; Undo brings both back.",
        )
        self.schemes = Picker("Criteria scheme")
        self.replace_button = button("Replace the criteria", self._replace)
        self.replace_button.setEnabled(False)
        line = row(self.schemes, self.replace_button)
        line.setStretch(0, 1)
        card.body.addLayout(line)
        return card

    def _offer_methods(self, board: Board) -> None:
        fitting = [
            (method.title, method.id)
            for method in METHODS.values()
            if method.fits(board.matrix.keys) or method is board.method
        ]
        fitting.append(("Formula of your own", OWN))
        self.methods.set_choices(fitting)
        self.methods.set_value(board.portfolio.method)
        self.context.latest.ask(self, _read_schemes, self._offer_schemes)

    def _offer_schemes(self, found: list[tuple[str, str]]) -> None:
        """Offer schemes, as pairs of id and title; the one chosen stays so."""
        self.session.check_content()
        self.schemes.offer([(title, scheme_id) for scheme_id, title in found])
        self.replace_button.setEnabled(bool(found))

    def _editor(self, editor: Editor) -> Editor:
        editor.edited.connect(lambda value: self._edit(editor, value))
        self.editors[editor.field.name] = editor
        return editor

    def fields(self) -> Iterator[tuple[Place, Editor]]:
        """Yield the fields of the portfolio and of its method."""
        for name, editor in self.editors.items():
            yield Place.of(field=name), editor
        for parameter, editor in self.parameters.items():
            yield Place.of(field=parameter), editor
        for name, editor in self.own.editors.items():
            yield Place.of(field=("own formula", name)), editor

    # ------------------------------------------------------------ changing

    def _edit(self, editor: Editor, value: Any) -> None:
        name = editor.field.name
        self.session.edit(
            lambda store, seen: portfolios.set_field(store, field=name, value=value, seen=seen),
            asked_by(editor, value, Place.of(field=name)),
        )

    def _state(self, editor: Editor, value: Any) -> None:
        name = editor.field.name
        self.session.edit(
            lambda store, seen: portfolios.set_formula(store, field=name, value=value, seen=seen),
            asked_by(editor, value, Place.of(field=("own formula", name))),
        )

    def _assume(self, method_id: str, editor: Editor, value: Any) -> None:
        name = editor.field.name
        self.session.edit(
            lambda store, seen: portfolios.set_parameter(
                store, method_id=method_id, name=name, value=value, seen=seen
            ),
            asked_by(editor, value, Place.of(field=(method_id, name))),
        )

    def _replace(self) -> None:
        scheme_id = self.schemes.value
        self.session.run(
            lambda store: portfolios.apply_scheme(store, scheme_id=scheme_id, drop_ratings=True),
            done=self.context.notice.did,
        )


def _read_schemes(_: Check) -> list[tuple[str, str]]:
    from scoper.library import criteria_scheme, criteria_scheme_ids
    from scoper.library.registry import read_again

    read_again()
    return [(scheme_id, criteria_scheme(scheme_id).title) for scheme_id in criteria_scheme_ids()]
