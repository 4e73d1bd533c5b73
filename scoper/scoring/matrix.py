"""The decision matrix: alternatives in rows, criteria in columns, values in [0, 1]."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoper.errors import InvalidInput
from scoper.terms import Dimension

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Matrix:
    """Group values with the weights and dimensions of their criteria.

    ``values`` has shape (alternatives, criteria), in [0, 1], NaN where nobody rated.
    ``weights`` has shape (criteria,), ≥ 0. ``dimensions`` names each criterion's dimension.
    """

    values: Array
    weights: Array
    dimensions: tuple[Dimension, ...]

    def __post_init__(self) -> None:
        """Check shapes and weights.

        Raises:
            InvalidInput: shapes differ, or a weight is negative or not a finite number.
        """
        columns = len(self.dimensions)
        if self.values.ndim != 2 or self.values.shape[1] != columns:
            raise InvalidInput("The matrix needs one column per criterion.", field="values")
        if self.weights.shape != (columns,):
            raise InvalidInput("There must be one weight per criterion.", field="weight")
        if not np.isfinite(self.weights).all() or (self.weights < 0).any():
            raise InvalidInput(
                "A weight is negative or not a number.", "Enter 0 or more.", field="weight"
            )

    def columns(self, dimension: Dimension) -> NDArray[np.intp]:
        """Return the indexes of the criteria of ``dimension``."""
        return np.flatnonzero([d is dimension for d in self.dimensions])

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Where a criterion that counts (weight > 0) has no value; shape as ``values``."""
        return np.isnan(self.values) & (self.weights > 0)

    def with_weights(self, weights: Array) -> Matrix:
        """Return the same values under other weights."""
        return Matrix(self.values, weights, self.dimensions)
