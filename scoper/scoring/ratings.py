"""What a group entered, limited to what each of them can judge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoper.errors import InvalidInput
from scoper.scoring.group import scale
from scoper.scoring.matrix import Array


def without_excluded(ratings: Array, excluded: NDArray[np.bool_]) -> Array:
    """Return ``ratings`` without those that participants gave on criteria they may not judge.

    Args:
        ratings: shape (use cases, criteria, participants), NaN where there is none.
        excluded: shape (criteria, participants), true where a participant may not judge a
            criterion.

    Raises:
        InvalidInput: the shapes do not fit each other.
    """
    if excluded.shape != ratings.shape[1:]:
        raise InvalidInput(
            "There must be one permission for every criterion and participant.", field="excluded"
        )
    return np.where(excluded, np.nan, ratings) if excluded.any() else ratings


@dataclass(frozen=True, eq=False)
class Ratings:
    """Single ratings with the scales they are on.

    ``values`` has shape (use cases, criteria, raters), on each criterion's own scale; NaN where
    a rating is missing, was withheld (an abstention) or is not allowed. ``low`` and ``high``
    are the ends of the scales, shape (criteria,). ``levels`` says how many levels a scale has,
    shape (criteria,); 0 where it is a number without levels.
    """

    values: Array
    low: Array
    high: Array
    levels: NDArray[np.int64]

    def __post_init__(self) -> None:
        """Check shapes and scales.

        Raises:
            InvalidInput: shapes differ, or a scale has no length.
        """
        criteria = self.values.shape[1:2]
        if self.values.ndim != 3 or not (
            self.low.shape == self.high.shape == self.levels.shape == criteria
        ):
            raise InvalidInput("There must be one scale per criterion.", field="ratings")
        if not (self.low < self.high).all():
            raise InvalidInput(
                "The upper end of a scale must lie above its lower end.", field="high"
            )

    @property
    def shares(self) -> Array:
        """The ratings as shares of their scales, in [0, 1]; shape as ``values``."""
        return scale(self.values, self.low, self.high)[0]
