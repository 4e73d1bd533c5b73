"""Whose ratings the workshop shows: one person's, or everybody's of one use case."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from scoper.board import Board
from scoper.text import shorten
from ui.kit.basics import button, label, tick_box
from ui.kit.fields.picker import Picker
from ui.kit.fields.search_line import SearchLine
from ui.kit.layout.flow import flow
from ui.kit.look.theme import Theme

_LONGEST = 70


class WorkshopChoice(QWidget):
    """What stands above the grid: whose ratings, how far they are, which rows.

    Signals: ``person_chosen(id)``, ``use_case_chosen(id)``, ``filtered(words, only_open)``.
    """

    person_chosen = Signal(object)
    use_case_chosen = Signal(object)
    filtered = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._missed: tuple[UUID, str] | None = None
        self.person_button = button("One person")
        self.use_case_button = button("One use case")
        group = QButtonGroup(self)
        for choice in (self.person_button, self.use_case_button):
            choice.setCheckable(True)
            choice.setProperty("segment", True)
            group.addButton(choice)
        self.person_button.setChecked(True)
        group.buttonToggled.connect(lambda _, on: self._turn() if on else None)
        self.people, self.use_cases = Picker("Person", letters=16), Picker("Use case", letters=16)
        self.people.chosen.connect(lambda _: self._announce())
        self.use_cases.chosen.connect(lambda _: self._announce())
        self.previous_button = button("", lambda: self._move(-1), tip="Previous")
        self.next_button = button("", lambda: self._move(1), tip="Next")
        self.previous_button.setAccessibleName("Previous")
        self.next_button.setAccessibleName("Next")
        self.search = SearchLine("Find a use case", "Find a use case to rate")
        self.open_box = tick_box("Only with gaps")
        self.search.textChanged.connect(lambda _: self._filter())
        self.open_box.toggled.connect(lambda _: self._filter())
        self.hide_box = tick_box("Hide ratings")
        self.progress = label(secondary=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        above = flow(self.person_button, self.use_case_button, 8)
        for chooser in (self.people, self.use_cases):
            chooser.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            above.addWidget(chooser)
        above.addWidget(self.previous_button)
        above.addWidget(self.next_button)
        below = flow(self.progress, None, self.search, self.open_box, self.hide_box)
        layout.addLayout(above)
        layout.addLayout(below)
        self.dress()
        self._show_mode()

    @property
    def person(self) -> UUID | None:
        """The person whose ratings are shown; None while all of one use case are."""
        return self.people.value if self.person_button.isChecked() else None

    @property
    def use_case(self) -> UUID | None:
        """The use case whose ratings are shown; None while one person's are."""
        return None if self.person_button.isChecked() else self.use_cases.value

    def dress(self) -> None:
        """Take the present colours and zoom."""
        for end, icon in (
            (self.previous_button, "chevron-left"),
            (self.next_button, "chevron-right"),
        ):
            end.setIcon(self._theme.icon(icon))
            end.setIconSize(self._theme.icon_size())
        self.search.setFixedWidth(self._theme.px(220))

    def show_board(self, board: Board, *, misses: bool) -> str:
        """Offer the people and use cases of a board, keeping the choice where it is there.

        Where ``misses`` and it is not there any more, nothing is chosen and its name is returned.
        """
        portfolio = board.portfolio
        people = [
            (f"{p.name} ({p.team})" if p.team else p.name, p.id) for p in portfolio.participants
        ]
        use_cases = [(f"{u.key}  {shorten(u.title, _LONGEST)}", u.id) for u in portfolio.use_cases]
        before, chooser = (self.person, self.use_case), self._chooser()
        chosen, name = self._missed or (chooser.value, chooser.currentText())
        self.people.offer(people)
        self.use_cases.offer(use_cases)
        is_there = chooser.choose(chosen)
        self._missed = (chosen, name) if misses and chosen and not is_there else None
        if not is_there and not self._missed and chooser.count():
            chooser.setCurrentIndex(0)
        self._show_ends()
        if not self._missed and before != (self.person, self.use_case):
            self._announce()
        return name if self._missed else ""

    def choose_person(self, participant_id: UUID) -> None:
        """Show one person's ratings."""
        self.people.choose(participant_id)
        self.person_button.setChecked(True)
        self._announce()

    def choose_use_case(self, use_case_id: UUID) -> None:
        """Show everybody's ratings of a use case."""
        self.use_cases.choose(use_case_id)
        self.use_case_button.setChecked(True)
        self._announce()

    def _turn(self) -> None:
        self._show_mode()
        self._announce()

    def _show_mode(self) -> None:
        one_person = self.person_button.isChecked()
        for widget in (self.people, self.search, self.open_box):
            widget.setVisible(one_person)
        self.use_cases.setVisible(not one_person)
        self._show_ends()

    def _chooser(self) -> Picker:
        return self.people if self.person_button.isChecked() else self.use_cases

    def _move(self, by: int) -> None:
        chooser = self._chooser()
        chooser.setCurrentIndex(chooser.currentIndex() + by)
        self._announce()

    def _show_ends(self) -> None:
        chooser = self._chooser()
        ends = (
            (self.previous_button, chooser.currentIndex() > 0),
            (self.next_button, -1 < chooser.currentIndex() < chooser.count() - 1),
        )
        at_end = any(way.hasFocus() and not open_ for way, open_ in ends)
        for way, open_ in ends:
            way.setEnabled(open_)
        if at_end:
            chooser.setFocus()

    def _announce(self) -> None:
        self._missed = None
        self._show_ends()
        if self.person is not None:
            self.person_chosen.emit(self.person)
        elif self.use_case is not None:
            self.use_case_chosen.emit(self.use_case)

    def _filter(self) -> None:
        self.filtered.emit(self.search.text(), self.open_box.isChecked())
