"""The labelling of a data set: what its figures come to, in hours, money and words."""

from __future__ import annotations

from typing import Final

from scoper.scoring.labelling import (
    Labelling,
    labelling,
    majority_accuracy,
    pair_agreement,
)
from scoper.snapshot import Dataset

_NEEDED: Final = {
    "label_items": "items",
    "label_votes": "labels per item",
    "label_minutes": "minutes per label",
    "label_rate": "cost of an hour",
}


def missing(dataset: Dataset) -> tuple[str, ...]:
    """Return what is still to be entered before hours and cost can be worked out."""
    return tuple(name for field, name in _NEEDED.items() if getattr(dataset, field) is None)


def label_work(dataset: Dataset) -> Labelling | None:
    """Return the hours and the cost of labelling a data set; None while a figure is missing."""
    items, votes = dataset.label_items, dataset.label_votes
    minutes, rate = dataset.label_minutes, dataset.label_rate
    if items is None or votes is None or minutes is None or rate is None:
        return None
    return labelling(items, votes, minutes, rate, (dataset.label_review or 0) / 100)


def agreement(dataset: Dataset) -> str:
    """Return how far the majority of the labels can be trusted; empty while not known."""
    if dataset.label_accuracy is None or dataset.label_votes is None:
        return ""
    right, votes = dataset.label_accuracy / 100, dataset.label_votes
    majority = 100 * majority_accuracy(right, votes)
    pair = 100 * pair_agreement(right)
    return (
        f"Two such labellers give the same answer to a yes-or-no question {pair:.0f} % of the "
        f"time; the majority of {votes} is right {majority:.1f} % of the time at best, because "
        "real people err together on hard items."
        if votes > 1
        else f"One label per item is right {majority:.1f} % of the time. Three would be right "
        f"{100 * majority_accuracy(right, 3):.1f} % of the time at best."
    )
