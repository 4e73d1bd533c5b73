"""Step 1: whose problem it is, and what it costs today."""

from __future__ import annotations

from scoper.scoping.fields import Field, Kind, Section, Step
from scoper.terms import RelevanceDecision, Stage

ABOUT = Section(
    "The use case",
    fields=(
        Field("title", "Title", wide=True),
        Field("summary", "In one sentence", Kind.TEXT, "What would be different, and for whom."),
        Field("function", "Business function", example="Finance"),
        Field("organisation", "Organisation or team"),
        Field("stage", "Stage", Kind.CHOICE, choices=Stage),
        Field("tags", "Tags", help="Separated by commas.", wide=True),
    ),
)
"""What is said about a use case besides the five steps."""

PROBLEM = Step(
    1,
    "problem",
    "Problem",
    "Whose problem is it, and what does it cost today?",
    "Describe the pain before any technology. If the statement still makes sense with the "
    "word “AI” taken out, it is a problem; if not, it is a solution looking for one. A number "
    "and a source turn an opinion into a case.",
    "Accounts payable checks 14,000 invoices a month by hand. One in nine is paid late, which "
    "cost €310,000 in lost discounts last year (finance controlling, 2025 close).",
    (
        Section(
            "The problem",
            fields=(
                Field(
                    "problem",
                    "What is the problem?",
                    Kind.TEXT,
                    "In business terms, without naming a technology.",
                    "One in nine supplier invoices is paid late because …",
                ),
                Field(
                    "affected",
                    "Whose problem is it?",
                    Kind.TEXT,
                    "The people who feel it, and how many they are.",
                    "14 clerks in accounts payable; 2,300 suppliers",
                ),
                Field(
                    "context",
                    "Where does it hurt?",
                    Kind.TEXT,
                    "The moment in the process, the channel, the place.",
                    "Matching the invoice with the order, at month end",
                ),
                Field(
                    "owner",
                    "Who owns the problem?",
                    Kind.LINE,
                    "One person who can decide.",
                    "Head of accounts payable",
                ),
            ),
        ),
        Section(
            "What it costs today",
            fields=(
                Field(
                    "current_cost",
                    "Cost a year",
                    Kind.MONEY,
                    "Money lost or spent because of it.",
                ),
                Field(
                    "current_volume",
                    "Volume",
                    Kind.LINE,
                    "How often, how many, how long.",
                    "14,000 invoices a month, 11 min each",
                ),
                Field(
                    "problem_evidence",
                    "Source of evidence",
                    Kind.TEXT,
                    "Where the figures come from.",
                    "Finance controlling, 2025 close",
                ),
                Field("if_nothing", "What happens if nothing is done?", Kind.TEXT),
            ),
        ),
        Section(
            "Is it worth a closer look?",
            fields=(
                Field(
                    "simpler_fix",
                    "Would rules, a report or a process fix do?",
                    Kind.TEXT,
                    "Say what was tried and why it is not enough.",
                ),
                Field(
                    "technical_relevance",
                    "Why could technology help?",
                    Kind.TEXT,
                    "Repeated judgement, many cases, data that exists, errors that can be borne.",
                ),
                Field(
                    "commercial_relevance",
                    "Why does it matter to the business?",
                    Kind.TEXT,
                    "The goal it serves and who asks for it.",
                ),
            ),
        ),
        Section(
            "Is it a problem for AI?",
            "The verdict is advice. Overrule it where you know better, and say why.",
            fields=(
                Field(
                    "relevance_overruled",
                    "What the team makes of it",
                    Kind.CHOICE,
                    choices=RelevanceDecision,
                    wide=True,
                ),
                Field(
                    "relevance_reason",
                    "If you overrule the verdict, why?",
                    Kind.TEXT,
                    example="The data comes with the new till system in March",
                ),
            ),
            checklist="relevance",
        ),
    ),
)
