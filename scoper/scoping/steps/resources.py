"""Step 5: who does it, and what it takes."""

from __future__ import annotations

from scoper.scoping.fields import Field, Kind, Section, Step, UseCaseList
from scoper.terms import CostCategory, Phase, Recurrence


def _days(name: str, label: str, about: str) -> Field:
    return Field(name, label, Kind.NUMBER, about, low=0, high=1e5)


_EFFORTS = UseCaseList(
    "efforts",
    "effort",
    (
        Field("role_id", "Role", Kind.ROLE),
        Field("phase", "Phase", Kind.CHOICE, choices=Phase),
        _days("days_low", "Low", "Person-days in this phase if all goes well."),
        _days("days", "Likely", "Person-days in this phase."),
        _days("days_high", "High", "Person-days in this phase if it goes badly."),
        Field("who", "Who"),
    ),
    "No effort yet. Say how many days of which role each phase takes.",
    choose="Choose a role…",
)

_COSTS = UseCaseList(
    "costs",
    "cost",
    (
        Field("title", "Cost", example="Scanner licences"),
        Field("category", "Category", Kind.CHOICE, choices=CostCategory),
        Field("phase", "Phase", Kind.CHOICE, choices=Phase),
        Field("recurrence", "How often", Kind.CHOICE, choices=Recurrence),
        Field("low", "Low", Kind.MONEY),
        Field("likely", "Likely", Kind.MONEY),
        Field("high", "High", Kind.MONEY),
    ),
    "No costs yet. Add data, labelling, software and infrastructure; people are counted above.",
    choose="Choose a cost…",
    stand_in="New cost",
)

RESOURCES = Step(
    5,
    "resources",
    "People, time and budget",
    "Who does it, and what does it take?",
    "Plan all four phases, also the last: most budgets forget the roll-out. Count the people "
    "of partner teams and the experts who label data. If a role is asked for more than there "
    "is, say what gives way.",
    "MVP: 40 days of a data scientist, 25 of an engineer, 10 of an AP clerk who checks 400 "
    "matches. Scanner licence €18,000 a year.",
    (
        Section("Effort", "Person-days of each role in each phase.", items=_EFFORTS),
        Section("Costs", items=_COSTS),
        Section(
            "Partners and capacity",
            fields=(
                Field(
                    "partner_teams",
                    "Which other teams take part?",
                    Kind.TEXT,
                    "What each must deliver, and whether they agreed.",
                ),
                Field(
                    "hiring",
                    "Who must be hired or trained?",
                    Kind.TEXT,
                    "With the time it takes.",
                ),
                Field("capacity_note", "If a role is over capacity, what gives way?", Kind.TEXT),
            ),
        ),
    ),
)
