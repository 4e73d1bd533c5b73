"""Step 4: how we will know that it works."""

from __future__ import annotations

from scoper.scoping.fields import Field, Kind, Section, Step, UseCaseList
from scoper.terms import Direction, KpiKind, Phase, SignOff

_KPIS = UseCaseList(
    "kpis",
    "KPI",
    (
        Field("title", "KPI", example="Cost per invoice"),
        Field("kind", "Kind", Kind.CHOICE, choices=KpiKind),
        Field(
            "goal", "Business goal", help="The goal it serves.", example="Pay on time", later=True
        ),
        Field("paired_with", "Goes with", help="The KPI this metric serves."),
        Field(
            "definition",
            "Definition",
            Kind.TEXT,
            "What is counted, and what is not.",
            later=True,
        ),
        Field(
            "formula",
            "Formula",
            Kind.TEXT,
            example="Clerk hours × rate ÷ invoices paid",
            later=True,
        ),
        Field("unit", "Unit", example="EUR", longest=60),
        Field("direction", "Direction", Kind.CHOICE, choices=Direction),
        Field("baseline", "Baseline", Kind.NUMBER, "Where it stands today."),
        Field("target", "Target", Kind.NUMBER),
        Field("due", "By when", Kind.DAY),
        Field("owner", "Owner"),
        Field("sponsor", "Sponsor", help="The executive who will ask for it."),
        Field("sign_off", "Sign-off", Kind.CHOICE, choices=SignOff, later=True),
        Field("signed_by", "Signed off by", later=True),
        Field("signed_on", "Signed off on", Kind.DAY),
    ),
    "No KPIs yet. Start with the business outcome; a model metric alone does not count.",
    choose="Choose a metric…",
    stand_in="New KPI",
)

_ACCEPTANCE = UseCaseList(
    "acceptance",
    "acceptance criterion",
    (
        Field(
            "statement",
            "It is accepted when",
            Kind.TEXT,
            example="95 % of proposals are right in four weeks of side-by-side running",
        ),
        Field("check_by", "Checked by"),
    ),
    "No acceptance criteria yet. What must be true before anyone relies on it?",
    stand_in="What must be true",
)

_MILESTONES = UseCaseList(
    "milestones",
    "milestone",
    (
        Field("title", "Milestone", example="Two sites run on it for a month"),
        Field("phase", "Phase", Kind.CHOICE, choices=Phase),
        Field("due", "Due", Kind.DAY),
        Field(
            "entry_criteria", "Entry criteria", Kind.TEXT, "What must be true to begin.", later=True
        ),
        Field("exit_criteria", "Exit criteria", Kind.TEXT, "What must be true to go on."),
        Field(
            "exposure", "Exposure", Kind.TEXT, "Who gets it: A/B, or in which stages.", later=True
        ),
        Field(
            "rollback", "Roll-back trigger", Kind.TEXT, "What switches this phase off.", later=True
        ),
        Field(
            "feedback", "Feedback group", Kind.TEXT, "Which users tell how it works.", later=True
        ),
        Field("monitoring", "Monitoring", Kind.TEXT, "What is watched, and how often.", later=True),
    ),
    "No milestones yet. Plan baseline, MVP, pilot and roll-out, each with its exit criteria.",
    choose="Plan the roadmap",
    stand_in="New milestone",
)

KPIS = Step(
    4,
    "kpis",
    "KPIs and milestones",
    "How will we know that it works?",
    "Pick the business outcome first, with where it stands and where it should go. Pair it "
    "with the model metric that drives it, and with a guardrail: a counter metric that must "
    "not get worse, and would if the KPI were gamed.",
    "Invoices paid late: from 11 % to 4 % by June (owner: head of AP). Model metric: share of "
    "correct proposals. Guardrail: duplicate payments stay at 0.",
    (
        Section("KPIs", items=_KPIS),
        Section("Acceptance criteria", items=_ACCEPTANCE),
        Section(
            "Milestones",
            "“Plan the roadmap” adds the phases that are missing, from the day work starts.",
            items=_MILESTONES,
        ),
        Section(
            "When to start and when to stop",
            fields=(
                Field("start_on", "When does work start?", Kind.DAY),
                Field(
                    "rollback_trigger",
                    "What makes us roll back?",
                    Kind.TEXT,
                    example="More than 1 % wrong proposals in any week",
                ),
            ),
        ),
    ),
)
