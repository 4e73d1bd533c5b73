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
Orient = Callable[[Array, Falling], Array]
Scale = Callable[[Array], Array]
Weigh = Callable[[Array, Array], Array]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The steps of a method.

    ``orient(values, falling)`` returns an array of its own in which more is better in every
    column, ``scale(oriented)`` makes columns comparable and may do so in place,
    ``weigh(scaled, shares)`` gives one score per row; ``shares`` add up to 1.
    """

    orient: Orient
    scale: Scale
    weigh: Weigh


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
    oriented = _by_column(values)
    oriented[:, falling] = 1 - oriented[:, falling]
    return oriented


def negated(values: Array, falling: Falling) -> Array:
    """Turn x into −x where less is better."""
    oriented = _by_column(values)
    oriented[:, falling] *= -1
    return oriented


def reciprocal(values: Array, falling: Falling) -> Array:
    """Turn x > 0 into 1/x where less is better."""
    oriented = _by_column(values)
    oriented[:, falling] = 1 / oriented[:, falling]
    return oriented


def _by_column(values: Array) -> Array:
    """Return a copy with each column in one piece: all that follows goes through columns."""
    return np.array(values, order="F")


# ---------------------------------------------------------------- scale


def as_given(values: Array) -> Array:
    """Leave values as they are, on scales that are comparable already."""
    return values


def by_sum(values: Array) -> Array:
    """Divide each column by its sum, which must be above 0; in place."""
    values /= values.sum(axis=0)
    return values


def by_largest(values: Array) -> Array:
    """Divide each column by its largest size, which must be above 0; in place."""
    values /= np.abs(values).max(axis=0)
    return values


def by_range(values: Array) -> Array:
    """Stretch each column from 0 at its worst to 1 at its best, 1 where all are equal; in place."""
    low = values.min(axis=0)
    span = values.max(axis=0) - low
    values -= low
    values /= np.where(span > 0, span, 1.0)
    values[:, span == 0] = 1.0
    return values


def by_norm(values: Array) -> Array:
    """Divide each column by its Euclidean norm; a column of zeros stays 0; in place."""
    norms = np.sqrt((values**2).sum(axis=0))
    values /= np.where(norms > 0, norms, 1.0)
    return values
