"""What the five steps ask, in the order a team takes them: a module for each step."""

from __future__ import annotations

from scoper.scoping.fields import Step
from scoper.scoping.steps.feasibility import FEASIBILITY
from scoper.scoping.steps.kpis import KPIS
from scoper.scoping.steps.problem import ABOUT, PROBLEM
from scoper.scoping.steps.resources import RESOURCES
from scoper.scoping.steps.solutions import SOLUTIONS

__all__ = ["ABOUT", "ITEM_NOUNS", "STEPS"]

STEPS: tuple[Step, ...] = (PROBLEM, SOLUTIONS, FEASIBILITY, KPIS, RESOURCES)

ITEM_NOUNS: dict[str, str] = {items.name: items.noun for step in STEPS for items in step.lists}
"""What people call one entry of each list."""
