"""What labelling takes, and how far the majority of several labels can be trusted.

The majority of n independent raters, each right with the same probability p on a question with
two answers, is right with probability Σ_{k > n/2} C(n, k) p^k (1 − p)^(n − k) (Condorcet 1785,
“Essai sur l'application de l'analyse à la probabilité des décisions”; Grofman, Owen & Feld 1983,
“Thirteen theorems in search of the truth”, Theory and Decision 15). Real raters err together
on hard items, so the figure is an upper bound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from scoper.errors import InvalidInput

MOST_LABELS: Final = 99
"""Most labels an item can have."""

_MOST: Final = 1e12


@dataclass(frozen=True, slots=True)
class Labelling:
    """What a labelling job takes: labels given, hours of labelling and review, and money."""

    labels: float
    labelling_hours: float
    review_hours: float
    cost: float

    @property
    def hours(self) -> float:
        """All hours, labelling and review."""
        return self.labelling_hours + self.review_hours


def labelling(
    items: int,
    labels_per_item: int,
    minutes: float,
    hourly_rate: float,
    review_share: float = 0.0,
) -> Labelling:
    """Return what it takes to label items.

    Cost = items × labels per item × minutes / 60 × hourly rate × (1 + review share): a review
    looks at a share of the labels and takes as long as giving them. All results are 0 or more
    and never fall when an input rises.

    Args:
        items: number of items, 0 or more.
        labels_per_item: labels each item gets, 1 to ``MOST_LABELS``.
        minutes: minutes one label takes, 0 or more.
        hourly_rate: cost of an hour, in the currency of the portfolio, 0 or more.
        review_share: share of the labels that is checked again, in [0, 1].

    Raises:
        InvalidInput: a figure is not a number or out of range; the message names it.
    """
    _count(items, 0, int(_MOST), "The number of items", "items")
    _count(labels_per_item, 1, MOST_LABELS, "The labels per item", "labels_per_item")
    _amount(minutes, _MOST, "The minutes per label", "minutes")
    _amount(hourly_rate, _MOST, "The hourly rate", "hourly_rate")
    _amount(review_share, 1.0, "The review share", "review_share")
    labels = items * labels_per_item
    hours = labels * minutes / 60
    review = hours * review_share
    return Labelling(labels, hours, review, (hours + review) * hourly_rate)


def majority_accuracy(accuracy: float, labels_per_item: int) -> float:
    """Return how likely the majority of the labels is right, in [0, 1].

    A tie of an even number of labels is settled by a coin, so an even number is no better than
    the odd one below it. Never falls when ``accuracy`` rises; for accuracy above one half it
    never falls when labels are added.

    Args:
        accuracy: how likely one rater is right on a question with two answers, in [0, 1].
        labels_per_item: independent labels each item gets, 1 to ``MOST_LABELS``.

    Raises:
        InvalidInput: a figure is not a number or out of range; the message names it.
    """
    _amount(accuracy, 1.0, "The accuracy of one rater", "accuracy")
    _count(labels_per_item, 1, MOST_LABELS, "The labels per item", "labels_per_item")
    n = labels_per_item
    terms = [math.comb(n, k) * accuracy**k * (1 - accuracy) ** (n - k) for k in range(n + 1)]
    right = math.fsum(terms[n // 2 + 1 :])
    tie = terms[n // 2] / 2 if n % 2 == 0 else 0.0
    return min(1.0, right + tie)


def pair_agreement(accuracy: float) -> float:
    """Return how often two such raters give the same label: p² + (1 − p)², in [0.5, 1].

    Observed agreement far above it means that raters copy each other or err together.

    Raises:
        InvalidInput: the accuracy is not a number or not in [0, 1].
    """
    _amount(accuracy, 1.0, "The accuracy of one rater", "accuracy")
    return accuracy**2 + (1 - accuracy) ** 2


def _count(value: int, low: int, high: int, name: str, field: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InvalidInput(f"{name} must be a whole number from {low} to {high:,}.", field=field)


def _amount(value: float, high: float, name: str, field: str) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not (number and math.isfinite(value) and 0 <= value <= high):
        raise InvalidInput(f"{name} must be a number from 0 to {high:,.0f}.", field=field)
