"""The one place that cleans text coming in and makes it safe going out."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

LINE_LIMIT = 300
"""Longest single-line text, in characters: titles, names, owners."""

TEXT_LIMIT = 20_000
"""Longest paragraph text, in characters; below what one spreadsheet cell holds (32,767)."""

SECTION_LIMIT = 60_000
"""Longest text of one section of a document, in characters, with its tables."""

_NEWLINES = re.compile("\r\n|\r|\u2028|\u2029|\x85|\x0b|\x0c")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069"
    "\u200b\u2060\ufeff]"
)
_SPACES = re.compile(r"\s+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_UNMARKED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_DONE = {
    "Add": "Added",
    "Answer": "Answered",
    "Approve": "Approved",
    "Budget": "Budgeted",
    "Change": "Changed",
    "Decide": "Decided",
    "Delete": "Deleted",
    "Do": "Did",
    "Edit": "Edited",
    "Enter": "Entered",
    "Grade": "Graded",
    "Import": "Imported",
    "Keep": "Kept",
    "Leave": "Left",
    "Let": "Let",
    "Move": "Moved",
    "Plan": "Planned",
    "Rate": "Rated",
    "Remove": "Removed",
    "Review": "Reviewed",
    "Save": "Saved",
    "Send": "Sent",
    "Start": "Started",
    "Take": "Took",
    "Use": "Now using",
}
"""What the first words of the names of steps become once the step is done."""
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


def clean(value: str) -> str:
    """Return paragraph text in NFC with plain newlines and nothing unprintable, trimmed.

    Control characters, lone surrogates, bidirectional overrides, and spaces and marks of no
    width are removed: no database, spreadsheet or document format agrees on what they mean.
    """
    lines = _NEWLINES.sub("\n", value)
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", lines)).strip()


def clean_line(value: str) -> str:
    """Return ``value`` cleaned and folded onto one line with single spaces."""
    return _SPACES.sub(" ", clean(value)).strip()


def fold(value: str) -> str:
    """Return ``value`` as searches compare it: without case and accents ("É" is "e")."""
    if value.isascii():
        return value.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", value.casefold()))
    return plain.translate(_UNMARKED)


def has_unprintable(value: str) -> bool:
    """Return whether cleaning would remove a control character from ``value``."""
    return _UNPRINTABLE.search(value) is not None


def shorten(value: str, limit: int) -> str:
    """Return ``value`` on one line, cut at a word and marked with … beyond ``limit`` characters."""
    line = clean_line(value)
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:.") + "…"


def from_csv_cell(value: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from computing a text.

    Spreadsheets and the programs that write for them put it before what starts like a formula.
    """
    marked = value.startswith("'") and value.lstrip("'").startswith(_FORMULA_START)
    return value[1:] if marked else value


def plural(count: int, noun: str, many: str | None = None) -> str:
    """Return ``count`` with its noun: ``plural(1, "use case")`` is "1 use case"."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def within(label: str) -> str:
    """Return a label as it reads within a sentence: "Suited to AI" is "suited to AI"."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def cited(text: str) -> str:
    """Return a text in quotation marks; those it holds become single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def join(parts: list[str], last: str = "and") -> str:
    """Return parts as a phrase: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def long_date(date: dt.date) -> str:
    """Return a date in words, such as 2 August 2026."""
    return f"{date.day} {date:%B %Y}"


def as_done(step: str) -> str:
    """Return the name of a step, such as “Delete churn alerts”, as something that was done."""
    verb, _, rest = step.partition(" ")
    return f"{_DONE.get(verb, verb)} {rest}".strip()
