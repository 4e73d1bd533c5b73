"""What the five steps ask, in the order a team takes them: a module for each step.

The lists of a use case are those that the steps ask.
"""

from __future__ import annotations

from typing import Final

from scoper.scoping.fields import Step, UseCaseList
from scoper.scoping.steps.feasibility import FEASIBILITY
from scoper.scoping.steps.kpis import KPIS
from scoper.scoping.steps.problem import ABOUT, PROBLEM
from scoper.scoping.steps.resources import RESOURCES
from scoper.scoping.steps.solutions import SOLUTIONS

__all__ = ["ABOUT", "LISTS", "STEPS", "STEP_OF"]

STEPS: tuple[Step, ...] = (PROBLEM, SOLUTIONS, FEASIBILITY, KPIS, RESOURCES)

LISTS: Final[dict[str, UseCaseList]] = {
    items.name: items for step in STEPS for items in step.lists if not items.fixed
}
"""Every list of a use case by its name, parents before what refers to them."""

STEP_OF: Final[dict[str, int]] = {
    items.name: step.number for step in STEPS for items in step.lists if not items.fixed
}
"""The step that fills each list."""
