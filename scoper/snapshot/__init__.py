"""Frozen values read from a portfolio: what every screen, chart and file is drawn from.

Field names are those of the tables in ``scoper.model``; a test keeps the two in step.
"""

from __future__ import annotations

from scoper.snapshot.changes import EVERYTHING, Changes, Done
from scoper.snapshot.portfolio import Criterion, Participant, Portfolio, Role, Staffing, ids
from scoper.snapshot.use_case import (
    ENTRIES_OF,
    MOST_LEVELS,
    Acceptance,
    Answer,
    Cost,
    Dataset,
    Effort,
    Evidence,
    Kpi,
    Milestone,
    Risk,
    Section,
    SectionPlace,
    Solution,
    UseCase,
    table_of,
)

__all__ = [
    "ENTRIES_OF",
    "EVERYTHING",
    "MOST_LEVELS",
    "Acceptance",
    "Answer",
    "Changes",
    "Cost",
    "Criterion",
    "Dataset",
    "Done",
    "Effort",
    "Evidence",
    "Kpi",
    "Milestone",
    "Participant",
    "Portfolio",
    "Risk",
    "Role",
    "Section",
    "SectionPlace",
    "Solution",
    "Staffing",
    "UseCase",
    "ids",
    "table_of",
]
