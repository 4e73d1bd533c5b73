"""What is asked outside the five steps, and how any field is called on its form."""

from __future__ import annotations

from itertools import chain
from typing import Final

from scoper.scoping.fields import Field, Kind, ListOf
from scoper.scoping.steps import ABOUT, LISTS, STEPS
from scoper.scoring.methods import METHODS, Method
from scoper.terms import Aggregation, Decision

PORTFOLIO: Final = (
    Field("title", "Portfolio title", help="Heads the window, the workbook and the documents."),
    Field("organisation", "Organisation", help="Whose use cases these are."),
    Field("currency", "Currency", help="Three letters, as EUR."),
)
AGGREGATION: Final = Field(
    "aggregation",
    "How ratings are combined",
    Kind.CHOICE,
    "Mean: every rating counts. Median: the middle one, so that a single extreme rating "
    "changes nothing. Trimmed mean: without the lowest and the highest fifth.",
    choices=Aggregation,
)
METHOD: Final = Field(
    "method", "Method", Kind.CHOICE, "Turns the ratings into one score to rank by."
)
FORMULA: Final = (
    Field(
        "text",
        "Formula of your own",
        help="Names, numbers, + − * / ( ), min, max and sqrt.",
        example="(value_norm + reach) / (risk + cost)",
    ),
    Field(
        "parameters",
        "Parameters",
        help="Numbers that the formula assumes, each with its range; a semicolon goes between two.",
        example="caution = 1.5 from 0.5 to 4; reach_weight = 2",
    ),
    Field(
        "tiers",
        "Tiers",
        help="Names for scores from a value on; the last one is for all that are lower.",
        example="A from 3, B from 1.5, C",
    ),
)
PEOPLE: Final = ListOf(
    "participants",
    "participant",
    (
        Field("name", "Name"),
        Field("team", "Team", example="Team or department"),
        Field("weight", "Weight", Kind.NUMBER, "1 is one voice, 2 counts twice, 0 not at all."),
    ),
    "Nobody rates yet. Type a name above and press Enter; go on with the next one.",
)
ROLES: Final = ListOf(
    "roles",
    "role",
    (
        Field("title", "Role"),
        Field("day_rate", "Day rate", Kind.MONEY, "Full cost of one day."),
        Field("capacity_days", "Capacity", Kind.NUMBER, "Days there are; empty for no limit."),
        Field("hiring_weeks", "Hiring", Kind.NUMBER, "Weeks from the vacancy to the first day."),
        Field("skills", "Skills", Kind.LINE, "What the role must be good at."),
    ),
    "No role yet. Type one above and press Enter, or choose a profile: people, time and budget "
    "are planned in roles.",
    choose="Choose a role profile…",
)
CRITERION: Final = (
    Field("title", "Title"),
    Field("question", "Question", Kind.TEXT),
    Field("unit", "Unit", example="Empty for a plain grade"),
)
WEIGHT: Final = Field("weight", "Weight", Kind.NUMBER)
CAPACITY: Final = Field("days", "Capacity", Kind.NUMBER)
DECISION: Final = Field("decision", "Decision", Kind.CHOICE, choices=Decision)
REASON: Final = Field("decision_reason", "Reason", Kind.TEXT, example="Why, in a sentence or two")
SECTION_TEXT: Final = Field(
    "text",
    "Text of the section",
    Kind.TEXT,
    help="Markdown: **bold**, *italic*, lists and tables. Links, pictures and code stay text.",
)
SECTION_PEOPLE: Final = (
    Field("contributors", "Contributors", example="Names, with commas between them"),
    Field("reviewer", "Reviewer", example="Who reads it before it is approved"),
)

_ASKED: Final[dict[str, tuple[Field, ...]]] = {
    "use_case": (*ABOUT.fields, *chain(*(s.fields for s in STEPS)), DECISION, REASON),
    "portfolio": (*PORTFOLIO, AGGREGATION, METHOD),
    "criterion": (*CRITERION, WEIGHT),
    "capacity": (CAPACITY,),
    "section": (SECTION_TEXT, *SECTION_PEOPLE),
}


def parameter_fields(method: Method) -> tuple[Field, ...]:
    """Return the fields of the parameters of a method, as it states them."""
    return tuple(
        Field(each.name, each.label, Kind.NUMBER, f"{each.meaning.rstrip('.')} ({each.range}).")
        for each in method.parameters
    )


def label_of(form: str, name: str) -> str:
    """Return what a field is called on its form: that of a list by its name, or of a row.

    A field that no form shows is called by its own name.
    """
    if form == "portfolio" and name.startswith("parameters."):
        return _label_of_parameter(name)
    if form == "portfolio" and name.startswith("formula."):
        return _label_of_formula(name)
    listed = chain(*(i.fields for i in (PEOPLE, ROLES, *LISTS.values()) if i.name == form))
    found = (field.label for field in (*_ASKED.get(form, ()), *listed) if field.name == name)
    return next(found, name.removesuffix("_id").replace("_", " ").capitalize())


def _label_of_parameter(path: str) -> str:
    """Return what a parameter is called, given as ``parameters.<method>.<name>``."""
    _, method_id, name = path.split(".", 2)
    stated = METHODS[method_id].parameters if method_id in METHODS else ()
    found = (each.label for each in stated if each.name == name)
    return next(found, name.replace("_", " ").capitalize())


def _label_of_formula(path: str) -> str:
    """Return what a part of the formula is called, by its path."""
    _, part, *rest = path.split(".")
    if rest:
        return f"{rest[0].replace('_', ' ').capitalize()}, {rest[-1]}"
    found = (field.label for field in FORMULA if field.name == part)
    return next(found, part.capitalize())


def level_label(level: int) -> str:
    """Return what the written anchor of a level is called."""
    return f"Level {level}"
