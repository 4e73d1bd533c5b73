"""Orient, scale, weigh: the one order in which values become a score.

A method that weighs criteria states the three steps as a ``Recipe``; only ``evaluate`` runs
them, so that none can weigh before it scales or scale before it orients.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array

Falling = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The steps of a method.

    ``orient(values, falling)`` makes more better in every column, ``scale(oriented)`` makes
    columns comparable, ``weigh(scaled, shares)`` gives one score per row; ``shares`` add up to 1.
    """

    orient: Callable[[Array, Falling], Array]
    scale: Callable[[Array], Array]
    weigh: Callable[[Array, Array], Array]


def evaluate(values: Array, weights: Array, falling: Falling, recipe: Recipe) -> Array:
    """Return the score of every row. Criteria of weight 0 are left out, as if absent.

    Args:
        values: shape (alternatives, criteria), without NaN where the weight is above 0.
        weights: shape (criteria,), ≥ 0; only their proportions count.
        falling: shape (criteria,), true where a smaller value is better.
        recipe: what to do.

    Raises:
        InvalidInput: no weight is above 0.
    """
    used = weights > 0
    if not used.any():
        raise no_weight()
    if not len(values):
        return np.empty(0)
    if not used.all():
        values, weights, falling = values[:, used], weights[used], falling[used]
    return recipe.weigh(recipe.scale(recipe.orient(values, falling)), weights / weights.sum())


def no_weight() -> InvalidInput:
    """Return the error that all weights are 0."""
    return InvalidInput(
        "All weights are 0.", "Give at least one criterion a weight above 0.", field="weight"
    )


# ---------------------------------------------------------------- orient


def complement(values: Array, falling: Falling) -> Array:
    """Turn a risk v in [0, 1] into the safety 1 − v."""
    return np.where(falling, 1 - values, values)


def negated(values: Array, falling: Falling) -> Array:
    """Turn x into −x where less is better."""
    return np.where(falling, -values, values)


def reciprocal(values: Array, falling: Falling) -> Array:
    """Turn x > 0 into 1/x where less is better."""
    oriented = values.copy()
    oriented[:, falling] = 1 / values[:, falling]
    return oriented


# ---------------------------------------------------------------- scale


def as_given(values: Array) -> Array:
    """Leave values as they are, on scales that are comparable already."""
    return values


def by_sum(values: Array) -> Array:
    """Divide each column by its sum, which must be above 0."""
    scaled: Array = values / values.sum(axis=0)
    return scaled


def by_norm(values: Array) -> Array:
    """Divide each column by its Euclidean norm; a column of zeros stays 0."""
    norms = np.sqrt((values**2).sum(axis=0))
    scaled: Array = values / np.where(norms > 0, norms, 1.0)
    return scaled
