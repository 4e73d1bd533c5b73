"""Makes the editor that a field of a form asks for."""

from __future__ import annotations

from scoper.scoping import Field, Kind
from ui.kit.fields.chosen import ChoiceEditor, Choices, GradeEditor, YesNoEditor
from ui.kit.fields.editor import Editor
from ui.kit.fields.money import MoneyEditor
from ui.kit.fields.typed import DayEditor, LineEditor, NumberEditor, TextEditor


def make_editor(field: Field, choices: Choices = ()) -> Editor:
    """Return the editor for a field; ``choices`` for those that depend on the portfolio."""
    match field.kind:
        case Kind.TEXT:
            return TextEditor(field)
        case Kind.MONEY:
            return MoneyEditor(field)
        case Kind.NUMBER:
            return NumberEditor(field)
        case Kind.DAY:
            return DayEditor(field)
        case Kind.CHOICE if field.choices:
            return ChoiceEditor(field, [(term.label, term) for term in field.choices])
        case Kind.ROLE | Kind.SOLUTION:
            return ChoiceEditor(field, choices)
        case Kind.YES_NO:
            return YesNoEditor(field)
        case Kind.GRADE:
            return GradeEditor(field)
        case _:
            return LineEditor(field)
