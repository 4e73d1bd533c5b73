"""How sure a ranking is when weights, ratings and assumptions are not."""

from scoper.scoring.robustness.draws import (
    Around,
    Assumptions,
    Ordered,
    RatingDraws,
    Resampled,
    Triangular,
    Uniform,
    WeightDraws,
    parse_weights,
    sample_weights,
    weight_groups,
)
from scoper.scoring.robustness.kernels import BalancedKernel, Kernel, LinearKernel, MethodKernel
from scoper.scoring.robustness.smaa import Progress, Question, Robustness, smaa

__all__ = [
    "Around",
    "Assumptions",
    "BalancedKernel",
    "Kernel",
    "LinearKernel",
    "MethodKernel",
    "Ordered",
    "Progress",
    "Question",
    "RatingDraws",
    "Resampled",
    "Robustness",
    "Triangular",
    "Uniform",
    "WeightDraws",
    "parse_weights",
    "sample_weights",
    "smaa",
    "weight_groups",
]
