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
from scoper.scoring.robustness.kernels import (
    BalancedKernel,
    Kernel,
    LinearKernel,
    MethodKernel,
    kernel_of,
)
from scoper.scoring.robustness.smaa import (
    Progress,
    Question,
    Robustness,
    drawn_scores,
    share_error,
    smaa,
)

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
    "drawn_scores",
    "kernel_of",
    "parse_weights",
    "sample_weights",
    "share_error",
    "smaa",
    "weight_groups",
]
