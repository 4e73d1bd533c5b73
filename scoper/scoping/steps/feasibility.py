"""Step 3: whether it can be done, and what it is worth."""

from __future__ import annotations

from dataclasses import replace

from scoper.scoping.fields import Field, Kind, Section, Step, UseCaseList
from scoper.scoping.steps.solutions import OPTIONS
from scoper.terms import (
    EvidenceKind,
    EvidenceStrength,
    Finding,
    PersonalData,
    RiskCategory,
)

_VERDICTS = replace(
    OPTIONS,
    columns=(OPTIONS.columns[0], *OPTIONS.apart),
    empty="No options yet. Add them in step 2.",
    choose="",
    apart=(),
    fixed=True,
)

_EVIDENCE = UseCaseList(
    "evidence",
    "evidence",
    (
        Field(
            "statement",
            "What it said",
            Kind.TEXT,
            example="Matched 78 % of 400 sample invoices without help",
        ),
        Field("finding", "Finding", Kind.CHOICE, choices=Finding),
        Field(
            "strength",
            "Strength",
            Kind.CHOICE,
            "Strong: real data of ours, or repeated. Weak: an opinion, or a case unlike ours.",
            choices=EvidenceStrength,
        ),
        Field("kind", "Kind", Kind.CHOICE, choices=EvidenceKind),
        Field("solution_id", "Option", Kind.SOLUTION),
        Field("source", "Source", Kind.LINE, "A person, a paper or a link.", longest=2_000),
        Field("found_on", "When", Kind.DAY),
    ),
    "No evidence yet. A quick prototype on real data says more than a month of discussion.",
    stand_in="What was found",
)

_DATASETS = UseCaseList(
    "datasets",
    "data set",
    (
        Field("title", "Data set", example="Invoice archive 2022–2026"),
        Field("owner", "Owner", wide=True),
        Field("personal_data", "Personal data", Kind.CHOICE, choices=PersonalData),
        Field(
            "legal_basis",
            "Legal basis",
            help="For data about people: what allows this use, and for which purpose.",
            wide=True,
        ),
        Field(
            "localisation",
            "Where it is kept",
            help="Countries in which it is stored and processed, and where it must stay.",
            wide=True,
            later=True,
        ),
        Field("improvement", "What will be improved", Kind.TEXT),
        Field(
            "retraining_plan",
            "How the model keeps up with change",
            Kind.TEXT,
            "Who watches what, when it is retrained, and what a new model must beat.",
            "Hit rate by site every Monday; retrained each quarter, or at three points below",
            later=True,
        ),
    ),
    "No data sets yet. Name each one the options need and grade it from 1 (poor) to 5 (good).",
    choose="Choose a data set…",
    apart=(
        Field("copied_from", "Described by", later=True),
        Field("grades", "Readiness", Kind.GRADES, later=True),
        Field("label_items", "Items", Kind.NUMBER, "How many are labelled.", low=0, high=1e9),
        Field(
            "label_votes",
            "Labels per item",
            Kind.NUMBER,
            "How many people label each.",
            low=1,
            high=99,
        ),
        Field("label_minutes", "Minutes per label", Kind.NUMBER, low=0, high=1e6),
        Field("label_rate", "Cost of an hour", Kind.MONEY, high=1e6),
        Field(
            "label_review",
            "Checked again (%)",
            Kind.NUMBER,
            "Share of all labels.",
            low=0,
            high=100,
        ),
        Field(
            "label_accuracy",
            "One labeller is right (%)",
            Kind.NUMBER,
            "As measured on items whose answer is known.",
            low=0,
            high=100,
        ),
    ),
    stand_in="New data set",
)

_RISKS = UseCaseList(
    "risks",
    "risk",
    (
        Field("title", "Risk", example="Approvers stop checking what is proposed to them"),
        Field("category", "Category", Kind.CHOICE, choices=RiskCategory, wide=True),
        Field("owner", "Owner", wide=True),
        Field(
            "likelihood",
            "Likelihood",
            Kind.GRADE,
            "1: would surprise us. 5: expected.",
            wide=True,
        ),
        Field("severity", "Severity", Kind.GRADE, "1: a nuisance. 5: ends the project.", wide=True),
        Field("mitigation", "Mitigation", Kind.TEXT),
        Field(
            "residual_likelihood",
            "Likelihood that is left",
            Kind.GRADE,
            "Once the mitigation is in place.",
            wide=True,
        ),
        Field(
            "residual_severity",
            "Severity that is left",
            Kind.GRADE,
            "Once the mitigation is in place.",
            wide=True,
        ),
    ),
    "No risks yet. Imagine that it failed a year from now: why?",
    choose="Choose a risk…",
    stand_in="New risk",
)

FEASIBILITY = Step(
    3,
    "feasibility",
    "Feasibility and value",
    "Can it be done, and what is it worth?",
    "A quick prototype on a slice of real data says more than a month of discussion. Ask a "
    "domain expert to try to break it. If an option fails, take the next one before dropping "
    "the problem.",
    "Prototype on the March invoices: 78 % matched without help, 0.4 % wrong. Data owner "
    "grants access in one week.",
    (
        Section("Verdict on each option", items=_VERDICTS),
        Section("Evidence", items=_EVIDENCE),
        Section(
            "Data readiness",
            items=_DATASETS,
        ),
        Section(
            "What we know about the data",
            fields=(
                Field(
                    "data_notes",
                    "Data notes",
                    Kind.TEXT,
                    "Where it comes from, what it covers, what is odd about it.",
                ),
            ),
        ),
        Section("Risks", items=_RISKS),
        Section(
            "Pre-mortem",
            "It is a year from now and it failed. Which of these was it?",
            checklist="premortem",
        ),
        Section(
            "EU AI Act",
            "Whether the law forbids it, asks for more, or leaves it free.",
            checklist="eu_ai_act",
        ),
        Section(
            "NIST AI RMF",
            "Whether the organisation is ready to answer for it.",
            checklist="nist_ai_rmf",
        ),
        Section(
            "Annual benefit",
            fields=(
                Field("benefit_low", "Low", Kind.MONEY, "As little as it could reasonably be."),
                Field("benefit_likely", "Likely", Kind.MONEY, "What you would bet on."),
                Field("benefit_high", "High", Kind.MONEY, "As much as it could reasonably be."),
                Field("benefit_basis", "How was it estimated?", Kind.TEXT),
                Field(
                    "benefits",
                    "Who gains what?",
                    Kind.TEXT,
                    "Benefits in words, also those without a price.",
                ),
            ),
        ),
    ),
)
