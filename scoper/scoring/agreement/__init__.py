"""Agreement between raters: per use case and criterion, per criterion, and over all."""

from __future__ import annotations

from dataclasses import dataclass

from scoper.scoring.agreement.cells import CellAgreement, cell_agreement
from scoper.scoring.agreement.raters import STATISTICS, RaterAgreement, rater_agreement
from scoper.scoring.ratings import Ratings

__all__ = [
    "STATISTICS",
    "Agreement",
    "CellAgreement",
    "RaterAgreement",
    "agreement",
    "cell_agreement",
    "rater_agreement",
]


@dataclass(frozen=True, eq=False)
class Agreement:
    """The agreement of a group.

    ``overall`` takes every use case on every criterion as an item, its ratings as shares of
    their scale so that different scales can be compared. ``criteria`` holds the agreement on
    each criterion alone, where the items are the use cases. ``cells`` is per use case and
    criterion.
    """

    overall: RaterAgreement
    criteria: tuple[RaterAgreement, ...]
    cells: CellAgreement


def agreement(ratings: Ratings) -> Agreement:
    """Return all that can be said about the agreement of a group."""
    shares = ratings.shares
    use_cases, criteria, raters = shares.shape
    return Agreement(
        overall=rater_agreement(shares.reshape(use_cases * criteria, raters)),
        criteria=tuple(rater_agreement(shares[:, column]) for column in range(criteria)),
        cells=cell_agreement(ratings),
    )
