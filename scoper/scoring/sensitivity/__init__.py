"""Sensitivity: how far the answer depends on each weight, parameter and rating."""

from scoper.scoring.sensitivity.changes import Change, smallest_change
from scoper.scoring.sensitivity.intervals import (
    Interval,
    Stability,
    parameter_intervals,
    weight_intervals,
)
from scoper.scoring.sensitivity.linear import (
    Block,
    LinearScores,
    balanced_lines,
    weighted_sum_lines,
)
from scoper.scoring.sensitivity.reversal import ReversalTest, rank_reversal_tests
from scoper.scoring.sensitivity.steps import Score, Tornado, tornado

__all__ = [
    "Block",
    "Change",
    "Interval",
    "LinearScores",
    "ReversalTest",
    "Score",
    "Stability",
    "Tornado",
    "balanced_lines",
    "parameter_intervals",
    "rank_reversal_tests",
    "smallest_change",
    "tornado",
    "weight_intervals",
    "weighted_sum_lines",
]
