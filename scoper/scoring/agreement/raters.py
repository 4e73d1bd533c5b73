"""How far raters agree over many items: Kendall's W, ICC and Krippendorff's α.

A *table* has items in rows and raters in columns, NaN where a rating is missing or withheld.
Items and raters without any rating are left out first. Krippendorff's α uses every item that
two raters rated. W and ICC are only defined for a full table: they use the *complete* items,
rated by every rater, and how many those are is reported beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoper.scoring.matrix import Array
from scoper.scoring.statistic import Statistic, Undefined

STATISTICS: Final = (
    "kendall_w",
    "icc_a1",
    "icc_ak",
    "krippendorff_ordinal",
    "krippendorff_interval",
)
"""The statistics of ``RaterAgreement``, in the order people read them."""

NO_RATINGS: Final = Undefined("There are no ratings.")
ONE_RATER: Final = Undefined("Only one person rated: agreement needs two.")
ONE_ITEM: Final = Undefined("Fewer than two items were rated by every rater.")
NO_ORDER: Final = Undefined("Every rater gave all items the same rating: there is no order.")
NO_VARIANCE: Final = Undefined("All ratings are equal: there is no variance to compare with.")
NOT_POSITIVE: Final = Undefined(
    "The items differ less than the raters disagree, so that no variance is left to compare with."
)
NO_PAIRS: Final = Undefined("No item was rated by two people.")

_NEGLIGIBLE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """The agreement of raters over items, with how much of the table it rests on.

    ``items`` and ``raters`` count those with any rating, ``ratings`` the ratings,
    ``complete_items`` the items rated by every rater (all that W and ICC use) and
    ``paired_items`` those rated by at least two (all that α uses).

    ``kendall_w`` lies in [0, 1], α in [−1, 1]; the ICC are at most 1 and have no lower bound:
    negative where the raters contradict each other.
    """

    items: int
    raters: int
    ratings: int
    complete_items: int
    paired_items: int
    kendall_w: Statistic
    icc_a1: Statistic
    icc_ak: Statistic
    krippendorff_ordinal: Statistic
    krippendorff_interval: Statistic

    def statistics(self) -> Iterator[tuple[str, Statistic]]:
        """Yield each statistic with its name."""
        for name in STATISTICS:
            yield name, getattr(self, name)


def rater_agreement(table: Array) -> RaterAgreement:
    """Return every statistic of a table of shape (items, raters)."""
    given = ~np.isnan(table)
    used = table[given.any(axis=1)][:, given.any(axis=0)]
    given = ~np.isnan(used)
    complete = used[given.all(axis=1)]
    paired = used[given.sum(axis=1) > 1]
    single, average = icc(complete)
    numbers: dict[str, Statistic] = {
        "kendall_w": kendall_w(complete),
        "icc_a1": single,
        "icc_ak": average,
        "krippendorff_ordinal": krippendorff_ordinal(paired),
        "krippendorff_interval": krippendorff_interval(paired),
    }
    missing = NO_RATINGS if not used.size else ONE_RATER if used.shape[1] == 1 else None
    return RaterAgreement(
        items=len(used),
        raters=used.shape[1],
        ratings=int(given.sum()),
        complete_items=len(complete),
        paired_items=len(paired),
        **{name: missing or number for name, number in numbers.items()},
    )


def kendall_w(table: Array) -> Statistic:
    """Return Kendall's coefficient of concordance W in [0, 1], corrected for ties.

    W = 12 S / (m²(n³ − n) − m ΣT) for m raters and n items, with S the sum of squares of the
    items' rank sums about their mean and T = Σ(t³ − t) over the ties of a rater (Kendall &
    Babington Smith 1939). Only the order within each rater counts.

    Args:
        table: shape (items, raters), nothing missing.
    """
    n, m = table.shape
    if m < 2:
        return ONE_RATER
    if n < 2:
        return ONE_ITEM
    sums, ties = np.zeros(n), 0.0
    for rater in table.T:
        ranks, counts = _mid_ranks(rater)
        sums += ranks
        ties += float((counts**3 - counts).sum())
    largest = m * m * (n**3 - n) - m * ties
    if largest <= 0:
        return NO_ORDER
    spread = float(((sums - sums.mean()) ** 2).sum())
    return float(min(1.0, 12 * spread / largest))


def icc(table: Array) -> tuple[Statistic, Statistic]:
    """Return ICC(A,1) and ICC(A,k): absolute agreement, two-way model (McGraw & Wong 1996).

    The first says how far one rater can be relied on, the second the mean of all k of them:

    ICC(A,1) = (MSR − MSE) / (MSR + (k − 1)·MSE + k/n·(MSC − MSE))
    ICC(A,k) = (MSR − MSE) / (MSR + (MSC − MSE)/n)

    At most 1; undefined where the denominator, an estimate of variance, is not positive.

    Args:
        table: shape (items, raters), nothing missing.
    """
    n, k = table.shape
    if k < 2:
        return ONE_RATER, ONE_RATER
    if n < 2:
        return ONE_ITEM, ONE_ITEM
    values = _normal(table)
    mean, rows, columns = values.mean(), values.mean(axis=1), values.mean(axis=0)
    between = k * float(((rows - mean) ** 2).sum()) / (n - 1)
    raters = n * float(((columns - mean) ** 2).sum()) / (k - 1)
    rest = values - rows[:, None] - columns + mean
    error = float((rest**2).sum()) / ((n - 1) * (k - 1))
    if not values.any():
        return NO_VARIANCE, NO_VARIANCE
    least = _NEGLIGIBLE * (between + raters + error)
    single = between + (k - 1) * error + k / n * (raters - error)
    average = between + (raters - error) / n
    return (
        min(1.0, (between - error) / single) if single > least else NOT_POSITIVE,
        min(1.0, (between - error) / average) if average > least else NOT_POSITIVE,
    )


def krippendorff_interval(table: Array) -> Statistic:
    """Return Krippendorff's α for interval data, in [−1, 1] (Krippendorff 2004).

    α = 1 − D_o/D_e: 1 where raters agree, 0 where they agree as by chance, negative where they
    agree less than that. Ratings may be missing.

    Args:
        table: shape (items, raters), NaN where missing, two ratings or more in each row.
    """
    given = ~np.isnan(table)
    total = int(given.sum())
    if total < 2:
        return NO_PAIRS
    values = _normal(table)
    overall = float(values[given].mean())
    expected = float(((values[given] - overall) ** 2).sum()) / (total - 1)
    if not expected > 0:
        return NO_VARIANCE
    counts = given.sum(axis=1)
    filled = np.where(given, values, 0.0)
    means = filled.sum(axis=1) / counts
    within = (np.where(given, filled - means[:, None], 0.0) ** 2).sum(axis=1)
    observed = float((counts / (counts - 1) * within).sum()) / total
    return max(-1.0, 1 - observed / expected)


def krippendorff_ordinal(table: Array) -> Statistic:
    """Return Krippendorff's α for ordinal data, in [−1, 1] (Krippendorff 2004).

    The ordinal difference of two values is that of their mid-ranks among all ratings, so this
    is α for interval data on mid-ranks.

    Args:
        table: shape (items, raters), NaN where missing, two ratings or more in each row.
    """
    given = ~np.isnan(table)
    ranks = np.full(table.shape, np.nan)
    if given.any():
        ranks[given] = _mid_ranks(table[given])[0]
    return krippendorff_interval(ranks)


def _mid_ranks(values: Array) -> tuple[Array, Array]:
    """Return the rank of each value, tied ones sharing their mean, and the size of each tie."""
    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    sizes = counts.astype(np.float64)
    ranks: Array = (np.cumsum(sizes) - (sizes - 1) / 2)[where]
    return ranks, sizes


def _normal(table: Array) -> Array:
    """Return the ratings from 0 to 1, all 0 where they are equal; what depends on it stays."""
    given = table[~np.isnan(table)]
    low, high = given.min(), given.max()
    shifted: Array = table - low
    return shifted / (high - low) if high > low else shifted
