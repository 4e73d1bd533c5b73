"""The decision matrix: alternatives in rows, criteria in columns, values in [0, 1]."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

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
    ``keys``, ``low`` and ``high`` (criteria,) are the keys and ends of scale of the criteria, for
    methods with a formula over named ratings; ``names`` (alternatives,) is who an error is about.
    """

    values: Array
    weights: Array
    dimensions: tuple[Dimension, ...]
    keys: tuple[str, ...] = ()
    low: Array | None = None
    high: Array | None = None
    names: tuple[str, ...] = ()

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
        wrong = np.flatnonzero(~(np.isfinite(self.weights) & (self.weights >= 0)))
        if wrong.size:
            which = f"“{self.keys[wrong[0]]}”" if self.keys else f"number {wrong[0] + 1}"
            raise InvalidInput(
                f"The weight of criterion {which} is negative or not a number.",
                "Enter 0 or more.",
                field="weight",
            )

    def columns(self, dimension: Dimension) -> NDArray[np.intp]:
        """Return the indexes of the criteria of ``dimension``."""
        return np.flatnonzero([d is dimension for d in self.dimensions])

    @cached_property
    def falling(self) -> NDArray[np.bool_]:
        """Which criteria are better the smaller they are (risks); shape (criteria,)."""
        return np.array([d is Dimension.RISK for d in self.dimensions], dtype=np.bool_)

    @cached_property
    def missing(self) -> NDArray[np.bool_]:
        """Where a criterion that counts (weight > 0) has no value; shape as ``values``."""
        return np.isnan(self.values) & (self.weights > 0)

    @cached_property
    def complete(self) -> NDArray[np.bool_]:
        """Which alternatives have a value on every criterion that counts; (alternatives,)."""
        complete: NDArray[np.bool_] = np.logical_not(self.missing.any(axis=1))
        return complete

    def ratings(self, key: str) -> Array:
        """Return the group's ratings on one criterion, on its own scale; NaN where nobody rated.

        Raises:
            InvalidInput: there is no criterion of that key.
        """
        if key not in self.keys or self.low is None or self.high is None:
            raise InvalidInput(f"There is no criterion “{key}”.", field="criterion")
        column = self.keys.index(key)
        span = self.high[column] - self.low[column]
        ratings: Array = self.low[column] + self.values[:, column] * span
        return ratings

    def with_weights(self, weights: Array) -> Matrix:
        """Return the same values under other weights."""
        return replace(self, weights=weights)
