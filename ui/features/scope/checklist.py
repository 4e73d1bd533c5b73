"""A checklist: what its answers say, and its questions in groups that open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from scoper.scoping import Field, Kind
from scoper.scoping.checklists import Checklist, Finding, Question
from scoper.snapshot import Answer, UseCase
from ui.kit.basics import (
    Banner,
    ButtonRow,
    ElidedButton,
    at_one_go,
    button,
    heading,
    label,
    row,
)
from ui.kit.fields.chosen import ButtonsEditor
from ui.kit.fields.editor import Editor
from ui.kit.fields.typed import TextEditor
from ui.kit.layout.roomy_label import RoomyLabel, keep_room
from ui.kit.look.theme import Theme

_REASONS_SHOWN = 3


def arrange(layout: QVBoxLayout, known: Mapping[str, QWidget], wanted: Iterable[str]) -> None:
    """Put the wanted ones of known widgets into a layout in order, and hide the others."""
    order = list(wanted)
    for place, name in enumerate(order):
        if layout.indexOf(known[name]) != place:
            layout.insertWidget(place, known[name])
        known[name].show()
    for name in known.keys() - set(order):
        known[name].hide()


class ChecklistView(QWidget):
    """Asks the questions of one checklist, or without one those it is shown.

    Signals: ``answered(question_id, editor, answer)``, an empty answer when it is taken back,
    ``rest_answered(answers)`` with an answer for each question of a group that was left open,
    ``noted(question_id, editor, text)``, ``grown()`` when there are questions that Tab has to
    reach in their turn.
    """

    answered = Signal(str, object, str)
    rest_answered = Signal(dict)
    noted = Signal(str, object, str)
    grown = Signal()

    def __init__(
        self, checklist: Checklist | None, theme: Theme, *, reasons: int = _REASONS_SHOWN
    ) -> None:
        super().__init__()
        self._most_reasons = reasons
        self.checklist = checklist
        self._theme = theme
        self.groups: dict[str, _Group] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._banner = Banner()
        self.headline = heading("", "label")
        self.headline.setWordWrap(True)
        self.reasons = label(secondary=True, wrap=True)
        self._banner.body.addWidget(self.headline)
        self._banner.body.addWidget(self.reasons)
        layout.addWidget(self._banner)
        self._body = QVBoxLayout()
        self._body.setSpacing(6)
        layout.addLayout(self._body)

    def show_use_case(self, use_case: UseCase) -> None:
        """Show the answers of a use case and what they say."""
        asked = self.checklist
        if asked:
            self.show_answers(
                asked.finding(use_case), asked.groups(use_case), use_case.answers_to(asked.id)
            )

    def show_answers(
        self,
        finding: Finding,
        groups: Mapping[str, tuple[Question, ...]],
        answers: Mapping[str, Answer],
    ) -> None:
        """Show questions by group with their answers, and what these say."""
        self._show_finding(finding)
        for name in groups:
            if name not in self.groups:
                self.groups[name] = self._make_group(name)
        arrange(self._body, self.groups, groups)
        for name, questions in groups.items():
            self.groups[name].show_questions(questions, answers)

    def _make_group(self, name: str) -> _Group:
        rest = self.checklist.rest.get(name, "") if self.checklist else ""
        group = _Group(name, rest, self._theme)
        group.answered.connect(self.answered)
        group.rest_answered.connect(self.rest_answered)
        group.noted.connect(self.noted)
        group.grown.connect(self.grown)
        return group

    @property
    def progress(self) -> tuple[int, int]:
        """How many questions are answered, and how many are asked."""
        shown = [group for group in self.groups.values() if not group.isHidden()]
        return sum(g.progress[0] for g in shown), sum(g.progress[1] for g in shown)

    def flush(self) -> None:
        """Announce what is still being typed."""
        for group in self.groups.values():
            group.flush()

    def fields(self) -> Iterator[tuple[str, str, Editor]]:
        """Yield the fields that are shown: the question, which of its fields it is, the field."""
        for group in self.groups.values():
            for question, line in group.rows.items():
                yield question, "answer", line.answer
                if line.note:
                    yield question, "note", line.note

    def forget(self) -> None:
        """Drop what was typed: the checklist is about another use case from now on."""
        for group in self.groups.values():
            group.forget()

    def _show_finding(self, finding: Finding) -> None:
        self._banner.set_kind(finding.tone)
        self.headline.setText(finding.headline)
        lines = [f"•  {reason}" for reason in finding.reasons[: self._most_reasons]]
        more = len(finding.reasons) - len(lines)
        if more > 0:
            lines.append(f"and {more} more")
        self.reasons.setText("\n".join(lines))
        self.reasons.setVisible(bool(lines))


class _Group(QFrame):
    """Questions under a line that opens them; built when first opened.

    ``rest`` is the answer that can be given at once to all that are open, empty if there is none.
    """

    answered = Signal(str, object, str)
    rest_answered = Signal(dict)
    noted = Signal(str, object, str)
    grown = Signal()

    def __init__(self, name: str, rest: str, theme: Theme) -> None:
        super().__init__()
        self.setProperty("item", True)
        self.about = name
        self._name, self._rest, self._theme = name, rest, theme
        self._questions: tuple[Question, ...] = ()
        self._answers: Mapping[str, Answer] = {}
        self.rows: dict[str, _QuestionRow] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 6)
        layout.setSpacing(4)
        self.toggle = ElidedButton(lambda: self.set_open(not self.is_open), "entry")
        layout.addWidget(self.toggle)
        self._holder = QWidget()
        self._lines = QVBoxLayout(self._holder)
        self._lines.setContentsMargins(8, 4, 8, 8)
        self._lines.setSpacing(14)
        self.rest_button = button("", self._answer_rest)
        self._at_end = ButtonRow(self.rest_button)
        if rest:
            keep_room(self._at_end)
        self._lines.addWidget(self._at_end)
        self._holder.hide()
        layout.addWidget(self._holder)

    @property
    def is_open(self) -> bool:
        """Whether the questions are shown."""
        return not self._holder.isHidden()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the questions; they are made while hidden, to be laid out only once."""
        if is_open:
            self._fill()
        self._holder.setVisible(is_open)
        self._refresh()
        self.grown.emit()

    @property
    def progress(self) -> tuple[int, int]:
        """How many questions are answered, and how many are asked."""
        found = [self._answers.get(question.id) for question in self._questions]
        return sum(bool(a and (a.answer or a.note)) for a in found), len(found)

    def show_questions(
        self, questions: tuple[Question, ...], answers: Mapping[str, Answer]
    ) -> None:
        """Show how far the group is, and the answers where it is open."""
        self._questions, self._answers = questions, answers
        if self.is_open:
            self._fill()
        self._refresh()

    def flush(self) -> None:
        """Announce what is still being typed."""
        for line in self.rows.values():
            line.flush()

    def forget(self) -> None:
        """Drop what was typed."""
        for line in self.rows.values():
            line.forget()

    def _refresh(self) -> None:
        done, asked = self.progress
        self.toggle.show_text(f"{self._name}  ·  {done} of {asked} answered")
        icon = "chevron-down" if self.is_open else "chevron-right"
        self.toggle.setIcon(self._theme.icon(icon))
        left = len(self._open)
        offers_rest = bool(self._rest) and left > 1
        self._at_end.setVisible(offers_rest)
        if offers_rest:
            word = self._word_for_rest()
            said = f"None of these: {word}" if left == asked else f"{word} to the other {left}"
            self.rest_button.setText(said)
            self.rest_button.setAccessibleName(f"{self._name}: {said}")

    @property
    def _open(self) -> list[Question]:
        found = {q.id: self._answers.get(q.id) for q in self._questions}
        return [q for q in self._questions if not ((a := found[q.id]) and a.answer)]

    def _word_for_rest(self) -> str:
        choices = self._questions[0].choices
        return next(choice.label for choice in choices if choice.value == self._rest)

    def _answer_rest(self) -> None:
        self.toggle.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rest_answered.emit({question.id: self._rest for question in self._open})

    def _fill(self) -> None:
        ids = [question.id for question in self._questions]
        for question in self._questions:
            if question.id not in self.rows:
                self.rows[question.id] = self._make_row(question)
        with at_one_go(self._holder):
            arrange(self._lines, self.rows, ids)
            for key in ids:
                self.rows[key].show_answer(self._answers.get(key))

    def _make_row(self, question: Question) -> _QuestionRow:
        line = _QuestionRow(question)
        line.answered.connect(partial(self.answered.emit, question.id))
        line.noted.connect(partial(self.noted.emit, question.id))
        return line


class _QuestionRow(QWidget):
    """A question, the choices as buttons, and what the chosen one means."""

    answered = Signal(object, str)
    noted = Signal(object, str)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(label(question.text, wrap=True))
        self.why = RoomyLabel([question.why, *(choice.meaning for choice in question.choices)])
        layout.addWidget(self.why)
        self.answer = ButtonsEditor(
            Field("answer", question.text, Kind.CHOICE),
            [(choice.label, choice.value, choice.meaning) for choice in question.choices],
            nothing="",
            spacing=4,
        )
        self.answer.edited.connect(lambda value: self.answered.emit(self.answer, value))
        answering = row(spacing=12)
        if self.buttons:
            answering.addWidget(self.answer)
        self.note = self._make_note() if question.note else None
        if self.note:
            answering.addWidget(self.note, 1)
        layout.addLayout(answering)

    @property
    def buttons(self) -> dict[str, QPushButton]:
        """The buttons by the answer they give."""
        return self.answer.buttons

    def show_answer(self, answer: Answer | None) -> None:
        """Mark the answer; in place of the reason to ask, say what it means."""
        given = answer.answer if answer else ""
        self.answer.set_value(given)
        meaning = {c.value: c.meaning for c in self._question.choices}.get(given)
        self.why.setText(meaning or self._question.why)
        if self.note:
            note = answer.note if answer else ""
            self.note.set_value(note)
            self.note.setVisible(not self.buttons or bool(given or note))

    def flush(self) -> None:
        """Announce what is still being typed."""
        if self.note:
            self.note.flush()

    def forget(self) -> None:
        """Drop what was typed or chosen."""
        self.answer.forget()
        if self.note:
            self.note.forget()

    def _make_note(self) -> TextEditor:
        """Return the field for a note, beside the answers, where it has room before it is asked."""
        asked = self._question.note
        note = TextEditor(Field("note", asked, Kind.TEXT, example=asked), 1 if self.buttons else 2)
        note.edited.connect(lambda text: self.noted.emit(note, text))
        keep_room(note)
        return note
