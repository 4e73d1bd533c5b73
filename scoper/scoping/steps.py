"""What the five steps ask, in the order a team takes them."""

from __future__ import annotations

from scoper.scoping.fields import Field, Kind, ListOf, Section, Step
from scoper.terms import (
    Approach,
    CostCategory,
    Direction,
    Discipline,
    EvidenceKind,
    EvidenceStrength,
    Feasibility,
    Finding,
    KpiKind,
    PersonalData,
    Phase,
    Recurrence,
    RelevanceDecision,
    RiskCategory,
    SignOff,
    Sophistication,
    Stage,
)

_SOLUTIONS = ListOf(
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
)

_VERDICTS = ListOf(
    "solutions",
    "option",
    (
        Field("title", "Option"),
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
    "No options yet. Add them in step 2.",
)

_EVIDENCE = ListOf(
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
        Field("source", "Source", Kind.LINE, "A person, a paper or a link."),
        Field("found_on", "When", Kind.DAY),
    ),
    "No evidence yet. A quick prototype on real data says more than a month of discussion.",
)

_DATASETS = ListOf(
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
        ),
        Field("improvement", "What will be improved", Kind.TEXT),
        Field(
            "retraining_plan",
            "How the model keeps up with change",
            Kind.TEXT,
            "Who watches what, when it is retrained, and what a new model must beat.",
            "Hit rate by site every Monday; retrained each quarter, or at three points below",
        ),
    ),
    "No data sets yet. Name each one the options need and grade it from 1 (poor) to 5 (good).",
    choose="Choose a data set…",
    apart=(
        Field("copied_from", "Described by"),
        Field("grades", "Readiness", Kind.GRADES),
        Field("label_items", "Items", Kind.NUMBER, "How many are labelled."),
        Field("label_votes", "Labels per item", Kind.NUMBER, "How many people label each."),
        Field("label_minutes", "Minutes per label", Kind.NUMBER),
        Field("label_rate", "Cost of an hour", Kind.NUMBER, "In the portfolio's currency."),
        Field("label_review", "Checked again (%)", Kind.NUMBER, "Share of all labels."),
        Field(
            "label_accuracy",
            "One labeller is right (%)",
            Kind.NUMBER,
            "As measured on items whose answer is known.",
        ),
    ),
)

_RISKS = ListOf(
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
)

_KPIS = ListOf(
    "kpis",
    "KPI",
    (
        Field("title", "KPI", example="Cost per invoice"),
        Field("kind", "Kind", Kind.CHOICE, choices=KpiKind),
        Field("goal", "Business goal", help="The goal it serves.", example="Pay on time"),
        Field("paired_with", "Goes with", help="The KPI this metric serves."),
        Field("definition", "Definition", Kind.TEXT, "What is counted, and what is not."),
        Field("formula", "Formula", Kind.TEXT, example="Clerk hours × rate ÷ invoices paid"),
        Field("unit", "Unit", example="EUR"),
        Field("direction", "Direction", Kind.CHOICE, choices=Direction),
        Field("baseline", "Baseline", Kind.NUMBER, "Where it stands today."),
        Field("target", "Target", Kind.NUMBER),
        Field("due", "By when", Kind.DAY),
        Field("owner", "Owner"),
        Field("sponsor", "Sponsor", help="The executive who will ask for it."),
        Field("sign_off", "Sign-off", Kind.CHOICE, choices=SignOff),
        Field("signed_by", "Signed off by"),
        Field("signed_on", "Signed off on", Kind.DAY),
    ),
    "No KPIs yet. Start with the business outcome; a model metric alone does not count.",
    choose="Choose a metric…",
)

_ACCEPTANCE = ListOf(
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
)

_MILESTONES = ListOf(
    "milestones",
    "milestone",
    (
        Field("title", "Milestone", example="Two sites run on it for a month"),
        Field("phase", "Phase", Kind.CHOICE, choices=Phase),
        Field("due", "Due", Kind.DAY),
        Field("entry_criteria", "Entry criteria", Kind.TEXT, "What must be true to begin."),
        Field("exit_criteria", "Exit criteria", Kind.TEXT, "What must be true to go on."),
        Field("exposure", "Exposure", Kind.TEXT, "Who gets it: A/B, or in which stages."),
        Field("rollback", "Roll-back trigger", Kind.TEXT, "What switches this phase off."),
        Field("feedback", "Feedback group", Kind.TEXT, "Which users tell how it works."),
        Field("monitoring", "Monitoring", Kind.TEXT, "What is watched, and how often."),
    ),
    "No milestones yet. Plan baseline, MVP, pilot and roll-out, each with its exit criteria.",
    choose="Plan the roadmap",
)

_EFFORTS = ListOf(
    "efforts",
    "effort",
    (
        Field("role_id", "Role", Kind.ROLE),
        Field("phase", "Phase", Kind.CHOICE, choices=Phase),
        Field("days", "Days", Kind.NUMBER, "Person-days in this phase."),
        Field("who", "Who"),
    ),
    "No effort yet. Say how many days of which role each phase takes.",
    choose="Choose a role…",
)

_COSTS = ListOf(
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
)

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

STEPS: tuple[Step, ...] = (
    Step(
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
                        "Repeated judgement, many cases, data that exists, errors that can be "
                        "borne.",
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
    ),
    Step(
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
            Section("Options", "At least two, at least one of them without AI.", items=_SOLUTIONS),
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
                ),
            ),
        ),
    ),
    Step(
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
                    Field("benefit_likely", "Likely", Kind.MONEY),
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
    ),
    Step(
        4,
        "kpis",
        "KPIs and milestones",
        "How will we know that it works?",
        "Pick the business outcome first, with where it stands and where it should go. Pair it "
        "with the model metric that drives it, and with a guardrail that must not get worse.",
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
    ),
    Step(
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
            Section("Effort", items=_EFFORTS),
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
                    Field(
                        "capacity_note", "If a role is over capacity, what gives way?", Kind.TEXT
                    ),
                ),
            ),
        ),
    ),
)

ITEM_NOUNS: dict[str, str] = {items.name: items.noun for step in STEPS for items in step.lists}
"""What people call one entry of each list."""
