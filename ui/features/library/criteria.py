"""The criteria, by dimension: what people are asked, what it weighs, what each level means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout

from scoper.board import Board
from scoper.commands import criteria
from scoper.snapshot import Changes, Criterion
from scoper.terms import Dimension, RiskCategory
from scoper.text import plural
from ui.bridge.context import Context
from ui.bridge.edits import asked_by
from ui.features.library.criterion_card import CriterionCard
from ui.features.library.section import LibrarySection
from ui.kit.basics import Card, button, label
from ui.kit.fields.editor import Editor
from ui.kit.fields.place import Place
from ui.kit.layout.steady import bring_into_view
from ui.kit.layout.tab_order import chain_tabs

_NEW = "New criterion"


@dataclass(frozen=True, slots=True)
class Kind:
    """Criteria that stand together."""

    title: str
    help: str
    dimension: Dimension
    category: RiskCategory | None = None


KINDS = (
    Kind("Impact", "How much better off we are if it works.", Dimension.IMPACT),
    Kind("Feasibility", "How likely it is that it works.", Dimension.FEASIBILITY),
    Kind(
        "Risk: organisational",
        "What can go wrong with people and processes. A higher rating is a higher risk.",
        Dimension.RISK,
        RiskCategory.ORGANISATIONAL,
    ),
    Kind(
        "Risk: domain-specific",
        "What a wrong result does in this field of work. A higher rating is a higher risk.",
        Dimension.RISK,
        RiskCategory.DOMAIN,
    ),
    Kind(
        "Risk: external",
        "What depends on law, suppliers and the market. A higher rating is a higher risk.",
        Dimension.RISK,
        RiskCategory.EXTERNAL,
    ),
)


@dataclass(slots=True)
class _Group:
    """The widgets of one kind, and the criteria shown in it."""

    cards: QVBoxLayout
    empty: QLabel
    add: QPushButton
    order: list[UUID] = field(default_factory=list)


class CriteriaSection(LibrarySection):
    """Cards that open, in a panel for each kind."""

    TITLE = "Criteria"
    ABOUT = (
        "What everybody rates. Weights are points that become shares of 100\u00a0%, within impact, "
        "feasibility and risk or of all, as the method has it. Open a criterion to change its "
        "question and what each level means."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.cards: dict[UUID, CriterionCard] = {}
        self.groups: dict[Kind, _Group] = {}
        self._ratings: dict[UUID, int] = {}
        self._new: UUID | None = None
        for kind in KINDS:
            self.column.body.addWidget(self._panel(kind))
        self.column.body.addStretch(1)

    def draw(self, board: Board) -> None:
        """Show the criteria of a board, each among its kind."""
        found = board.portfolio.criteria
        given = board.portfolio.given.sum(axis=(0, 2))
        self._ratings = {c.id: int(count) for c, count in zip(found, given, strict=True)}
        self._drop(set(self.cards) - set(self._ratings))
        share = dict(zip(self._ratings, board.method.spread(board.matrix).tolist(), strict=True))
        for kind, group in self.groups.items():
            members = [
                c for c in found if (c.dimension, c.category) == (kind.dimension, kind.category)
            ]
            self._arrange(group, members)
            for place, criterion in enumerate(members):
                self.cards[criterion.id].show_criterion(
                    criterion,
                    share[criterion.id],
                    of=board.method.whole(criterion.dimension),
                    first=place == 0,
                    last=place == len(members) - 1,
                )
        self._name_new()

    def flush(self) -> None:
        """Save what is still being typed."""
        for card in self.cards.values():
            card.flush()

    def fields(self) -> Iterator[tuple[Place, Editor]]:
        """Yield the fields of the criteria and of their anchors."""
        for criterion_id, card in self.cards.items():
            for name, editor in card.fields():
                yield Place.of(criterion_id, field=name), editor

    # ------------------------------------------------------------ building

    def _panel(self, kind: Kind) -> Card:
        panel = Card(kind.title, kind.help)
        cards = QVBoxLayout()
        cards.setSpacing(6)
        empty = label(
            "No criterion of this kind. That is fine, unless you want it to count: then add one.",
            secondary=True,
            wrap=True,
        )
        add = button("Add criterion", partial(self._add, kind), kind="link")
        add.setAccessibleName(f"Add criterion: {kind.title}")
        add.setIcon(self.theme.icon("plus", "accent"))
        panel.body.addLayout(cards)
        panel.body.addWidget(empty)
        panel.body.addWidget(add, alignment=Qt.AlignmentFlag.AlignLeft)
        self.groups[kind] = _Group(cards, empty, add)
        return panel

    def _arrange(self, group: _Group, members: list[Criterion]) -> None:
        order = [criterion.id for criterion in members]
        group.empty.setVisible(not order)
        if order == group.order:
            return
        group.order = order
        for place, criterion in enumerate(members):
            if criterion.id not in self.cards:
                self.cards[criterion.id] = self._card(criterion)
            group.cards.insertWidget(place, self.cards[criterion.id])
            self.cards[criterion.id].show()

    def _drop(self, deleted: set[UUID]) -> None:
        """Drop cards; the cursor goes from one to the button to delete the next, or to add one."""
        for gone in deleted:
            card = self.cards.pop(gone)
            focus = self.window().focusWidget()
            if isinstance(focus, QLineEdit | QPlainTextEdit) and card.isAncestorOf(focus):
                self.setFocus()
            elif card.isAncestorOf(focus or self):
                group = next(group for group in self.groups.values() if gone in group.order)
                left = [key for key in group.order if key not in deleted]
                place = min(group.order.index(gone), len(left) - 1)
                (self.cards[left[place]].delete if left else group.add).setFocus()
            card.hide()
            card.deleteLater()

    def _card(self, criterion: Criterion) -> CriterionCard:
        card, criterion_id = CriterionCard(self.theme, criterion), criterion.id
        card.edited.connect(partial(self._edit, criterion_id))
        card.anchored.connect(partial(self._anchor, criterion_id))
        card.move_asked.connect(partial(self._move, criterion_id))
        card.remove_asked.connect(partial(self._remove, criterion_id))
        card.toggled.connect(lambda _: chain_tabs(self))
        return card

    def _name_new(self) -> None:
        if self._new in self.cards:
            card, self._new = self.cards[self._new], None
            bring_into_view(self.column, card.start_naming(), card)

    # ------------------------------------------------------------ changing

    def _edit(self, criterion_id: UUID, editor: Editor, value: Any) -> None:
        field = editor.field.name
        self.session.edit(
            lambda store, seen: criteria.set_field(
                store, criterion_id=criterion_id, field=field, value=value, seen=seen
            ),
            asked_by(editor, value, Place.of(criterion_id, field=field)),
        )

    def _anchor(self, criterion_id: UUID, level: int, editor: Editor, value: str) -> None:
        self.session.edit(
            lambda store, seen: criteria.set_anchor(
                store, criterion_id=criterion_id, level=level, meaning=value, seen=seen
            ),
            asked_by(editor, value, Place.of(criterion_id, field=level)),
        )

    def _add(self, kind: Kind) -> None:
        board = self.session.board
        if board is None:
            return
        self.flush()
        self._new = added = uuid4()
        rated = any(self._ratings.values())
        title = _free(board.portfolio.criteria)
        weight = 0.0 if rated else _usual_weight(board, kind.dimension)
        dimension, category = kind.dimension, kind.category
        self.session.run(
            lambda store: criteria.add(
                store,
                title=title,
                dimension=dimension,
                category=category,
                weight=weight,
                criterion_id=added,
            ),
            done=self._tell_weight if rated else None,
        )

    def _tell_weight(self, changes: Changes) -> None:
        said = "has weight 0 until it is rated, so that the ranking stands"
        self.context.notice.did(changes, text=f"The new criterion {said}")

    def _move(self, criterion_id: UUID, by: int) -> None:
        self.session.run(lambda store: criteria.move(store, criterion_id=criterion_id, by=by))

    def _remove(self, criterion_id: UUID) -> None:
        count = self._ratings[criterion_id]
        taken = plural(count, "rating") if count else ""
        self.session.run(
            lambda store: criteria.remove(store, criterion_id=criterion_id),
            done=lambda changes: self.removed(changes, taken),
            refused=lambda error: self.context.notice.say(str(error)),
        )


def _usual_weight(board: Board, dimension: Dimension) -> float:
    weights = [c.weight for c in board.portfolio.criteria if c.dimension is dimension]
    return sum(weights) / len(weights) if weights else 1.0


def _free(found: tuple[Criterion, ...]) -> str:
    taken = {criterion.title.casefold() for criterion in found}
    title, number = _NEW, 1
    while title.casefold() in taken:
        number += 1
        title = f"{_NEW} {number}"
    return title
