"""The days there are of each role in each quarter, beside what is booked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from scoper.scoping import Field, Kind
from scoper.scoping.schedule import Booking, Plan, Quarter
from scoper.snapshot import Role
from ui.kit.basics import clear, label, repolish
from ui.kit.fields.editor import Editor
from ui.kit.fields.making import make_editor
from ui.kit.fields.problem_line import ProblemLine
from ui.kit.lists.forms import align_with_numbers
from ui.kit.look.plain import set_tip
from ui.kit.look.theme import Theme

_LEAST, _MOST = 4, 6


class CapacityTable(QWidget):
    """A row for each role, a column for each quarter.

    Signal: ``edited(role_id, quarter, editor, value)`` with the quarter as in 2027-Q2.
    """

    edited = Signal(object, str, object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shape: tuple[tuple[tuple[UUID, str], ...], tuple[Quarter, ...]] = ((), ())
        self.editors: dict[tuple[UUID, str], Editor] = {}
        self.notes: dict[tuple[UUID, str], QLabel] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._rest = label(secondary=True, wrap=True)
        self._problems = ProblemLine()

    def show_plan(self, roles: Sequence[Role], plan: Plan, today: dt.date) -> None:
        """Show capacity and bookings in the quarters of the plan, from ``today`` without one."""
        quarters, hidden = _shown(plan, today)
        shape = tuple((role.id, role.title) for role in roles), quarters
        if shape != self._shape:
            self._shape = shape
            self._rebuild(roles, quarters)
        booked = {(b.role.id, b.quarter.stored): b for b in plan.bookings}
        for role in roles:
            known = dict(role.capacities)
            for quarter in quarters:
                place = role.id, quarter.stored
                self.editors[place].set_value(known.get(quarter.stored))
                self._note(place, booked.get(place), known.get(quarter.stored))
        self._rest.setText(_rest(roles, plan, hidden))
        self._rest.setVisible(bool(self._rest.text()))

    def flush(self) -> None:
        """Announce what is still being typed."""
        for editor in self.editors.values():
            editor.flush()

    def _note(
        self, place: tuple[UUID, str], booking: Booking | None, capacity: float | None
    ) -> None:
        note = self.notes[place]
        days = booking.days if booking else 0.0
        over = capacity is not None and days > capacity + 1e-9
        note.setText(f"{'▲ ' if over else ''}{days:,.0f} booked" if days else "")
        set_tip(note, booking.sentence if booking and over else "")
        if note.property("error") != over:
            note.setProperty("error", over)
            repolish(note)

    def _rebuild(self, roles: Sequence[Role], quarters: Sequence[Quarter]) -> None:
        self.flush()
        for kept in (self._problems, self._rest):
            self._layout.removeWidget(kept)
            kept.setParent(None)
        clear(self._layout)
        self.editors, self.notes = {}, {}
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 2)
        for column, quarter in enumerate(quarters, start=1):
            title = label(quarter.label, secondary=True)
            align_with_numbers(title, self._theme)
            grid.addWidget(title, 0, column)
            grid.setColumnStretch(column, 1)
        for line, role in enumerate(roles, start=1):
            title = label(role.title, wrap=True)
            title.setMinimumHeight(self._theme.px(34))
            grid.addWidget(title, line, 0, Qt.AlignmentFlag.AlignTop)
            for column, quarter in enumerate(quarters, start=1):
                grid.addWidget(self._cell(role, quarter), line, column)
        self._layout.addWidget(holder)
        self._layout.addWidget(self._problems)
        self._layout.addWidget(self._rest)

    def _cell(self, role: Role, quarter: Quarter) -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        name = f"{role.title}, {quarter.label}"
        editor = make_editor(Field("days", name, Kind.NUMBER))
        editor.say_problems_in(self._problems)
        place = role.id, quarter.stored
        editor.edited.connect(lambda value: self.edited.emit(*place, editor, value))
        note = label(secondary=True)
        align_with_numbers(note, self._theme)
        self.editors[place], self.notes[place] = editor, note
        column.addWidget(editor)
        column.addWidget(note)
        return cell


def _shown(plan: Plan, today: dt.date) -> tuple[tuple[Quarter, ...], tuple[Quarter, ...]]:
    """Return the quarters with a column, at most six from the first, and booked ones without."""
    booked = sorted({booking.quarter for booking in plan.bookings})
    shown = [booked[0] if booked else Quarter.of(today)]
    last = booked[-1] if booked else shown[0]
    while len(shown) < _LEAST or (shown[-1] < last and len(shown) < _MOST):
        shown.append(shown[-1].next)
    return tuple(shown), tuple(q for q in booked if q > shown[-1])


def _rest(roles: Sequence[Role], plan: Plan, hidden: Sequence[Quarter]) -> str:
    """Say what is booked without a date, and after the last column."""
    undated = [f"{r.title} {plan.undated[r.id]:,.0f}" for r in roles if plan.undated.get(r.id)]
    later = sum(b.days for b in plan.bookings if b.quarter in hidden)
    parts = [f"Days without a date: {', '.join(undated)}."] if undated else []
    parts += [f"{later:,.0f} days are booked later than shown."] if later else []
    return " ".join(parts)
