"""What to do about a pack that cannot be used."""

from __future__ import annotations

from typing import Final

_COMPARE: Final = "Compare the entry with a built-in one of its kind."

_REMEDIES: Final = (
    ("the file is missing", "Put the file back, or install Scoper again."),
    ("this is not a file", "Delete it, or put a TOML file in its place."),
    ("it is missing", "Add the field to this entry."),
    ("there is no such field", "Delete this line, or correct the name of the field."),
    ("the text is empty", "Write the text between the quotes, or delete the entry."),
    ("it is not a text", "Write the text between quotes."),
    ("it is not a list", "Write each entry below its name in double brackets, texts in brackets."),
    ("it is not a date", "Write it as 2026-11-25, without quotes."),
    ("it is not a whole number", "Write digits only, without quotes."),
    ("it is not a number", "Write digits with a point, without quotes."),
    ("not valid TOML", "Look at this line and the one before: is a quote or a bracket open?"),
    ("not UTF-8", "Save the file as UTF-8."),
    ("cannot be read", "Check that you may read the file."),
    ("is there twice", "Give one of the two another id, or delete it."),
    ("is already in", "Keep one of the two, or give this one another id."),
    ("refers to", "Keep this entry in your pack: built-in content needs it."),
    ("packs belong into", "Move the file into the folder of its kind."),
    ("there is no “", "Correct the id, or add the entry that it names."),
    ("larger than", "Split the file into several."),
    ("longer than", "Shorten the text."),
    ("more than", "Split the content into several files."),
    ("cannot be shown", "Type the text anew: it holds invisible characters."),
)


def remedy(reason: str) -> str:
    """Return what to do about the reason for which a pack cannot be used."""
    return next((advice for part, advice in _REMEDIES if part in reason), _COMPARE)
