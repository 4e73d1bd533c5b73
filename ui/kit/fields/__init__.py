"""Fields that save themselves: each editor tells when its value was edited, and takes a value.

A text is saved when typing pauses and when the field is left. What is still being typed is
never overwritten by a board that arrives meanwhile.
"""

from __future__ import annotations

from scoper.scoping import Field, Kind
from ui.kit.fields.chosen import (
    ButtonsEditor,
    ChoiceEditor,
    Choices,
    GradeEditor,
    YesNoEditor,
)
from ui.kit.fields.editor import Draft, Editor
from ui.kit.fields.money import MoneyEditor
from ui.kit.fields.typed import PAUSE, DayEditor, LineEditor, NumberEditor, TextEditor

__all__ = [
    "PAUSE",
    "ButtonsEditor",
    "ChoiceEditor",
    "Choices",
    "DayEditor",
    "Draft",
    "Editor",
    "GradeEditor",
    "LineEditor",
    "MoneyEditor",
    "NumberEditor",
    "TextEditor",
    "YesNoEditor",
    "make_editor",
]


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
