"""Step 2: the options, and which of them are worth proving."""

from __future__ import annotations

from scoper.scoping.fields import Field, Kind, Section, Step, UseCaseList
from scoper.terms import Approach, Discipline, Feasibility, Sophistication

OPTIONS = UseCaseList(
    "solutions",
    "option",
    (
        Field("title", "Option", example="Match invoices by purchase order number"),
        Field(
            "approach",
            "Approach",
            Kind.CHOICE,
            "The lowest rung that works wins.",
            choices=Approach,
        ),
        Field("proposed_by", "Proposed by", Kind.CHOICE, choices=Discipline),
        Field("input_data", "Input", Kind.TEXT, "What goes in.", "Scanned invoice, order lines"),
        Field("output", "Output", Kind.TEXT, "What comes out.", "Matched order or a reason"),
        Field("task", "Task", Kind.LINE, "What turns input into output.", "Record linkage"),
        Field("sophistication", "Sophistication", Kind.CHOICE, choices=Sophistication),
        Field("shortlisted", "Shortlist", Kind.YES_NO),
        Field(
            "reason",
            "Why, or why not",
            Kind.TEXT,
            "What earned it a place.",
            "Cheapest way to cover most invoices",
        ),
    ),
    "No options yet. Add at least two, one of them without AI.",
    choose="Choose a modelling approach…",
    apart=(
        Field("feasibility", "Verdict", Kind.CHOICE, choices=Feasibility),
        Field("feasibility_reason", "Because", Kind.TEXT, "What the evidence says."),
        Field(
            "next_step",
            "Next step",
            Kind.TEXT,
            "Who does what, by when.",
            "Test on the March invoices, data science, by 4 December",
        ),
    ),
    stand_in="New option",
)

SOLUTIONS = Step(
    2,
    "solutions",
    "Solutions",
    "Which options are there, and which are worth proving?",
    "Collect options from product, engineering and AI. Climb the ladder one rung at a time: "
    "process fix, rules, analytics, buy, adapt a model, build one. Each rung must say why the "
    "lower one is not enough.",
    "Option A: reject invoices without an order number at the portal (process fix). "
    "Option B: match on order number and amount (rules). Option C: learn from past matches.",
    (
        Section("Options", "At least two, at least one of them without AI.", items=OPTIONS),
        Section(
            "The lower rungs",
            "The lowest rung that works wins. Say why each one below yours is not enough.",
            checklist="ladder",
        ),
        Section(
            "What people will see",
            fields=(
                Field(
                    "expected_output",
                    "What will the solution hand to its users?",
                    Kind.TEXT,
                    example="A proposed match with the lines that differ, in the queue they "
                    "already use",
                ),
                Field(
                    "work_change",
                    "What changes in their work?",
                    Kind.TEXT,
                    "Which steps go away, and which are new.",
                    "No more searching in three systems; a weekly check of 200 proposals",
                ),
                Field(
                    "oversight",
                    "Who can overrule a result?",
                    Kind.TEXT,
                    "Who sees it before it takes effect, and what is kept so that it can be "
                    "checked.",
                    "A clerk accepts or corrects every proposal; both are kept for ten years",
                ),
            ),
        ),
        Section(
            "What it must manage",
            "Whatever is chosen: these limits rule options out before anybody builds one.",
            fields=(
                Field(
                    "response_time",
                    "How fast must it answer?",
                    Kind.TEXT,
                    example="Within 2 seconds while a customer waits; overnight for reports",
                ),
                Field(
                    "peak_load",
                    "How many cases, also at the peak?",
                    Kind.TEXT,
                    example="700 a day, 2,400 on the first of a month",
                ),
                Field(
                    "cost_per_case",
                    "What may one case cost at most?",
                    Kind.TEXT,
                    example="€0.40, a tenth of what a clerk costs",
                ),
            ),
        ),
    ),
)
