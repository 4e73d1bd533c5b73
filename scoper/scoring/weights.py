"""Ways to find weights. All return weights that add up to 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array

RANDOM_INDEX: Final = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Mean consistency index of random tables of size 1 to 10 (Saaty 1980)."""

ACCEPTABLE: Final = 0.10
"""Consistency ratio above which judgements should be looked at again (Saaty 1980)."""

_MOST_TIMES: Final = 1_000_000
_ROUNDED: Final = 0.02


def direct(points: Sequence[float], names: Sequence[str]) -> Array:
    """Return each criterion's share of the points given, shape (criteria,).

    Raises:
        InvalidInput: points are negative or not a number (naming the criterion), or all 0.
    """
    return _shares(points, names, "points")


def swing(swings: Sequence[float], names: Sequence[str]) -> Array:
    """Return weights s/Σs from swings (von Winterfeldt & Edwards 1986), shape (criteria,).

    A swing says how much going from the worst to the best level of this criterion is worth, the
    most valuable swing being 100.

    Raises:
        InvalidInput: a swing is negative or not a number (naming the criterion), or all are 0.
    """
    return _shares(swings, names, "swing")


def rank_order_centroid(ranks: Sequence[int], names: Sequence[str]) -> Array:
    """Return weights from an order of importance, w_k = (1/n) Σ_{i≥k} 1/i (Barron & Barrett 1996).

    Args:
        ranks: each criterion's place, 1 for the most important. Criteria that share a place share
            the mean of the weights of the places they take up, as in 1, 2, 2, 4.
        names: the criteria, for errors.

    Returns:
        Shape (criteria,).

    Raises:
        InvalidInput: there is no criterion, or the places are not a ranking.
    """
    _named(ranks, names)
    count = len(ranks)
    order = sorted(ranks)
    for place, rank in enumerate(order, start=1):
        if rank != order.index(rank) + 1:
            name = names[list(ranks).index(rank)]
            raise InvalidInput(
                f"The place {rank} of “{name}” does not fit the others.",
                f"Number the criteria from 1 to {count}; equal ones share a place and the next "
                f"is skipped. After {place - 1} criteria comes place {place}.",
                field="rank",
            )
    centroid = np.cumsum(1 / np.arange(count, 0, -1.0))[::-1] / count
    shared = {rank: centroid[rank - 1 : rank - 1 + order.count(rank)].mean() for rank in set(order)}
    return np.array([shared[rank] for rank in ranks])


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Weights from pairwise comparison, and how well the judgements fit together.

    ``weights`` (criteria,) add up to 1. ``eigenvalue`` is λ_max ≥ n, ``index`` the consistency
    index CI ≥ 0, ``ratio`` CR = CI/RI ≥ 0. ``worst`` names the two criteria whose judgement fits
    the weights least and ``worst_given`` and ``worst_implied`` are how many times the first
    counts the second, as judged and as the weights say; None while all judgements fit.
    """

    weights: Array
    eigenvalue: float
    index: float
    ratio: float
    worst: tuple[str, str] | None
    worst_given: float
    worst_implied: float

    @property
    def warning(self) -> str:
        """What to look at again when CR is above 0.10; empty otherwise."""
        if self.ratio <= ACCEPTABLE or self.worst is None:
            return ""
        one, other = self.worst
        return (
            f"The judgements contradict each other (consistency ratio {self.ratio:.2f}, above "
            f"{ACCEPTABLE:.2f}). Least consistent: “{one}” against “{other}” was judged "
            f"{self.worst_given:.3g}, the other judgements suggest {self.worst_implied:.2g}."
        )


def pairwise(table: Array, names: Sequence[str]) -> Comparison:
    """Return weights from an AHP table of pairwise comparisons (Saaty 1980).

    The weights are the principal eigenvector; CI = (λ_max − n)/(n − 1) and CR = CI/RI.

    Args:
        table: shape (criteria, criteria), positive; row against column says how many times more
            the row counts. ``table[j, i]`` must be 1/``table[i, j]``, rounded to two decimals or
            better; the upper half counts.
        names: the criteria.

    Raises:
        InvalidInput: the table is not square, has more than 10 criteria, or a judgement is not
            positive or not reciprocal (naming the pair).
    """
    size = len(names)
    if not 1 <= size <= len(RANDOM_INDEX):
        raise InvalidInput(
            f"Pairwise comparison takes 1 to {len(RANDOM_INDEX)} criteria, not {size}.",
            "Group them, and compare within each group.",
            field="table",
        )
    if table.shape != (size, size):
        raise InvalidInput(
            f"The table must have one row and one column for each of the {size} criteria.",
            field="table",
        )
    _check_reciprocal(table, names)
    upper = np.triu(table, 1)
    judged = upper + np.eye(size) + np.tril(1 / table.T, -1)
    values, vectors = np.linalg.eig(judged)
    largest = int(np.argmax(values.real))
    weights = np.abs(vectors[:, largest].real)
    weights /= weights.sum()
    eigenvalue = max(float(values[largest].real), float(size))
    index = (eigenvalue - size) / (size - 1) if size > 1 else 0.0
    random = RANDOM_INDEX[size - 1]
    return Comparison(
        weights,
        eigenvalue,
        index,
        index / random if random else 0.0,
        *_worst(judged, weights, names),
    )


def pairwise_group(tables: Sequence[Array], names: Sequence[str]) -> Comparison:
    """Return the weights of several judges: of the geometric mean of each judgement.

    The only mean that keeps the table reciprocal (Aczél & Saaty 1983). One judge's own weights
    come out where there is only one.

    Args:
        tables: one for each judge, as ``pairwise`` takes them.
        names: the criteria.

    Raises:
        InvalidInput: as ``pairwise``.
    """
    for table in tables:
        pairwise(table, names)
    upper = [np.triu(np.log(table)) for table in tables]
    mean = np.mean(upper, axis=0)
    return pairwise(np.exp(mean - mean.T), names)


def _worst(
    judged: Array, weights: Array, names: Sequence[str]
) -> tuple[tuple[str, str] | None, float, float]:
    implied = weights[:, None] / weights[None, :]
    misfit = np.abs(np.log(np.triu(judged / implied, 1) + np.tril(np.ones_like(judged))))
    row, column = (int(place) for place in np.unravel_index(np.argmax(misfit), misfit.shape))
    if misfit[row, column] < 1e-9:
        return None, 1.0, 1.0
    return (names[row], names[column]), float(judged[row, column]), float(implied[row, column])


def _check_reciprocal(table: Array, names: Sequence[str]) -> None:
    for row in range(len(names)):
        for column in range(row, len(names)):
            one, other = float(table[row, column]), float(table[column, row])
            pair = f"“{names[row]}” against “{names[column]}”"
            if not (np.isfinite(one) and np.isfinite(other) and one > 0 and other > 0):
                raise InvalidInput(
                    f"The judgement of {pair} is not a number above 0.",
                    "Enter 1 for equal importance, up to 9 for extreme, or the reciprocal.",
                    field="table",
                )
            if max(one, other) > _MOST_TIMES:
                raise InvalidInput(
                    f"The judgement of {pair} is more than {_MOST_TIMES:,} times.",
                    "Enter 1 for equal importance, up to 9 for extreme, or the reciprocal.",
                    field="table",
                )
            if abs(one * other - 1) > (_ROUNDED if row != column else 0):
                raise InvalidInput(
                    f"The judgement of {pair} is {one:g} one way and {other:g} the other.",
                    f"One must be the reciprocal of the other: {one:g} and {1 / one:.3g}.",
                    field="table",
                )


def _shares(points: Sequence[float], names: Sequence[str], what: str) -> Array:
    _named(points, names)
    given = np.array(points, dtype=np.float64)
    for name, value in zip(names, given.tolist(), strict=True):
        if not (np.isfinite(value) and value >= 0):
            raise InvalidInput(
                f"The {what} of “{name}” must be a number from 0.", "Enter 0 or more.", field=name
            )
    if not given.sum() > 0:
        raise InvalidInput(
            f"The {what} of every criterion is 0.", "Give at least one more than 0.", field="weight"
        )
    shares: Array = given / given.sum()
    return shares


def _named(given: Sequence[float], names: Sequence[str]) -> None:
    if not names or len(given) != len(names):
        raise InvalidInput("There must be one entry for each criterion.", field="weight")
