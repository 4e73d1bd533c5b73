"""Who may judge what: the criteria of one person, to tick."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from scoper.terms import Dimension
from scoper.text import plural
from ui.kit.basics import Card, button, clear, heading, label, row, tick_box
from ui.kit.fields.picker import Picker
from ui.kit.look.theme import Theme

if TYPE_CHECKING:
    from scoper.snapshot import Criterion, Portfolio

_HELP: Final = (
    "Everybody judges everything unless you say otherwise. Take the tick away where somebody "
    "should not judge: in the Workshop that criterion is then closed to them. What they rated "
    "there is kept; it stops counting, and counts again with the tick."
)


class Permissions(Card):
    """One person's criteria. ``asked(participant_id, criterion_ids, allowed)``: change this."""

    asked = Signal(object, object, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__("Who judges what", _HELP)
        self._portfolio: Portfolio | None = None
        self._drawn: tuple[Criterion, ...] = ()
        self.ticks: dict[UUID, QCheckBox] = {}
        self.people = Picker("Person")
        self.people.setMinimumWidth(theme.px(240))
        self.people.currentIndexChanged.connect(lambda _: self._show_person())
        self.all_button = button("Everything", partial(self._set_all, True), kind="link")
        self.none_button = button("Nothing", partial(self._set_all, False), kind="link")
        self.body.addLayout(row(self.people, self.all_button, self.none_button, None))
        self.told = label(wrap=True)
        self.body.addWidget(self.told)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.body.addLayout(self._list)

    @property
    def person(self) -> UUID | None:
        """The person in view."""
        chosen: UUID | None = self.people.value
        return chosen

    def show_portfolio(self, portfolio: Portfolio) -> None:
        """Show who may judge what; without people or criteria there is nothing to say."""
        self._portfolio = portfolio
        self.setVisible(bool(portfolio.participants and portfolio.criteria))
        people = portfolio.participants
        self.people.offer([(f"{p.name}, {p.team}".rstrip(", "), p.id) for p in people])
        if portfolio.criteria != self._drawn:
            self._draw_criteria(portfolio.criteria)
        self._show_person()

    def _draw_criteria(self, criteria: tuple[Criterion, ...]) -> None:
        clear(self._list)
        self.ticks, self._drawn = {}, criteria
        for dimension in Dimension:
            members = [c for c in criteria if c.dimension is dimension]
            if members:
                self._list.addSpacing(4)
                self._list.addWidget(heading(dimension.label, "label"))
            for criterion in members:
                tick = tick_box(criterion.title)
                tick.setAccessibleDescription(criterion.question)
                tick.clicked.connect(lambda on, chosen=criterion.id: self._ask(chosen, on))
                self.ticks[criterion.id] = tick
                self._list.addWidget(tick)

    def _show_person(self) -> None:
        portfolio, person = self._portfolio, self.person
        if portfolio is None or person is None:
            return
        closed = {c for c, who in portfolio.exclusions if who == person}
        for criterion_id, tick in self.ticks.items():
            tick.setChecked(criterion_id not in closed)
        self.all_button.setEnabled(bool(closed))
        self.none_button.setEnabled(len(closed) < len(self.ticks))
        self.told.setText(_told(portfolio, person, len(closed)))

    def _ask(self, criterion_id: UUID, allowed: bool) -> None:
        self.asked.emit(self.person, (criterion_id,), allowed)

    def _set_all(self, allowed: bool) -> None:
        self.asked.emit(self.person, tuple(self.ticks), allowed)


def _told(portfolio: Portfolio, person_id: UUID, closed: int) -> str:
    place = next(n for n, person in enumerate(portfolio.participants) if person.id == person_id)
    name, total = portfolio.participants[place].name, len(portfolio.criteria)
    if not closed:
        return f"{name} judges all {plural(total, 'criterion', 'criteria')}."
    kept = int(portfolio.given[:, portfolio.excluded[:, place], place].sum())
    said = f"{name} judges {total - closed} of {plural(total, 'criterion', 'criteria')}."
    return f"{said} {plural(kept, 'rating')} on the others kept, not counted." if kept else said
