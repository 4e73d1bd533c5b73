"""What to do under a budget: the best selection, proven, and what stands beside it."""

from scoper.scoring.selection.beside import FrontierPoint, core_index, frontier, greedy
from scoper.scoring.selection.problem import Capacity, Problem, Quota
from scoper.scoring.selection.solver import Selection, Solver, conflict, select

__all__ = [
    "Capacity",
    "FrontierPoint",
    "Problem",
    "Quota",
    "Selection",
    "Solver",
    "conflict",
    "core_index",
    "frontier",
    "greedy",
    "select",
]
