"""How far raters agree over many items: Kendall's W, ICC, Krippendorff's α and Fleiss' κ.

A *table* has items in rows and raters in columns, NaN where a rating is missing or withheld.
Items and raters without any rating are left out first. Krippendorff's α uses every item that
two raters rated. W and the two-way ICC are only defined for a full table: they use the *complete*
items, rated by every rater. The one-way ICC and κ do not ask who rated, only that every item was
rated equally often: they use the *even* items. How many those are is reported beside them.
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
    "icc_1",
    "icc_k",
    "icc_a1",
    "icc_ak",
    "krippendorff_nominal",
    "krippendorff_ordinal",
    "krippendorff_interval",
    "fleiss_kappa",
)
"""The statistics of ``RaterAgreement``, in the order people read them."""

NO_RATINGS: Final = Undefined("There are no ratings.")
ONE_RATER: Final = Undefined("Only one person rated: agreement needs two.")
UNEVEN: Final = Undefined("Fewer than two items were rated equally often, by two or more.")
WORDS: Final = Undefined("The ratings are words, which have neither order nor distance.")
ONE_ITEM: Final = Undefined("Fewer than two items were rated by every rater.")
NO_ORDER: Final = Undefined("Every rater gave all items the same rating: there is no order.")
NO_VARIANCE: Final = Undefined("All ratings are equal: there is no variance to compare with.")
NOT_POSITIVE: Final = Undefined(
    "The items differ less than the raters disagree, so that no variance is left to compare with."
)
NO_PAIRS: Final = Undefined("No item was rated by two people.")

_OF_WORDS: Final = {"krippendorff_nominal", "fleiss_kappa"}
_NEGLIGIBLE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """The agreement of raters over items, with how much of the table it rests on.

    ``items`` and ``raters`` count those with any rating, ``ratings`` the ratings,
    ``complete_items`` the items rated by every rater (all that W and the two-way ICC use),
    ``even_items`` those rated equally often (all that the one-way ICC and κ use) and
    ``paired_items`` those rated by at least two (all that α uses).

    ``kendall_w`` lies in [0, 1], α and κ in [−1, 1]; the ICC are at most 1 and have no lower
    bound: negative where the raters contradict each other.
    """

    items: int
    raters: int
    ratings: int
    complete_items: int
    even_items: int
    paired_items: int
    kendall_w: Statistic
    icc_1: Statistic
    icc_k: Statistic
    icc_a1: Statistic
    icc_ak: Statistic
    krippendorff_nominal: Statistic
    krippendorff_ordinal: Statistic
    krippendorff_interval: Statistic
    fleiss_kappa: Statistic

    def statistics(self) -> Iterator[tuple[str, Statistic]]:
        """Yield each statistic with its name."""
        for name in STATISTICS:
            yield name, getattr(self, name)


def rater_agreement(table: Array, *, words: bool = False) -> RaterAgreement:
    """Return every statistic of a table of shape (items, raters).

    Where the numbers stand for ``words``, only those that compare names are defined.
    """
    given = ~np.isnan(table)
    used = table[given.any(axis=1)][:, given.any(axis=0)]
    given = ~np.isnan(used)
    complete, even = used[given.all(axis=1)], _even(used)
    paired = used[given.sum(axis=1) > 1]
    one_way, two_way = icc_one_way(even), icc(complete)
    numbers: dict[str, Statistic] = {
        "kendall_w": kendall_w(complete),
        "icc_1": one_way[0],
        "icc_k": one_way[1],
        "icc_a1": two_way[0],
        "icc_ak": two_way[1],
        "krippendorff_nominal": krippendorff_nominal(paired),
        "krippendorff_ordinal": krippendorff_ordinal(paired),
        "krippendorff_interval": krippendorff_interval(paired),
        "fleiss_kappa": fleiss_kappa(even),
    }
    if words:
        numbers |= {name: WORDS for name in numbers if name not in _OF_WORDS}
    missing = NO_RATINGS if not used.size else ONE_RATER if used.shape[1] == 1 else None
    return RaterAgreement(
        items=len(used),
        raters=used.shape[1],
        ratings=int(given.sum()),
        complete_items=len(complete),
        even_items=len(even),
        paired_items=len(paired),
        **{name: missing or number for name, number in numbers.items()},
    )


def _even(table: Array) -> Array:
    """Return items that were rated equally often, twice or more, whoever did; without gaps.

    Those that every rater rated where there are two such, else the set with the most ratings.
    """
    times = (~np.isnan(table)).sum(axis=1)
    raters = table.shape[1]
    sizes = np.bincount(times, minlength=raters + 1) * np.arange(raters + 1)
    sizes[:2] = 0
    often = raters if raters > 1 and sizes[raters] >= 2 * raters else int(sizes.argmax())
    even: Array = np.sort(table[times == often], axis=1)[:, :often]  # gaps come last
    return even if often > 1 else even[:0]


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


def icc_one_way(table: Array) -> tuple[Statistic, Statistic]:
    """Return ICC(1) and ICC(k): one-way model, raters not told apart (McGraw & Wong 1996).

    ICC(1,1) and ICC(1,k) of Shrout & Fleiss (1979); that raters differ in level counts as error:

    ICC(1) = (MSR − MSW) / (MSR + (k − 1)·MSW)
    ICC(k) = (MSR − MSW) / MSR

    Args:
        table: shape (items, ratings), nothing missing; columns need not be the same raters.
    """
    n, k = table.shape
    if n < 2 or k < 2:
        return UNEVEN, UNEVEN
    values = _normal(table)
    if not values.any():
        return NO_VARIANCE, NO_VARIANCE
    means = values.mean(axis=1)
    between = k * float(((means - means.mean()) ** 2).sum()) / (n - 1)
    within = float(((values - means[:, None]) ** 2).sum()) / (n * (k - 1))
    single = between + (k - 1) * within
    return (
        min(1.0, (between - within) / single),
        min(1.0, (between - within) / between) if between > _NEGLIGIBLE * single else NOT_POSITIVE,
    )


def fleiss_kappa(table: Array) -> Statistic:
    """Return Fleiss' κ in [−1, 1]: agreement on names beyond chance (Fleiss 1971).

    κ = (P − P_e)/(1 − P_e) with P the share of agreeing pairs of ratings and P_e that of pairs
    drawn from all ratings, with replacement.

    Args:
        table: shape (items, ratings), nothing missing; columns need not be the same raters.
    """
    n, m = table.shape
    if n < 1 or m < 2:
        return UNEVEN
    agreeing, sizes = _equal_pairs(table)
    chance = float(((sizes / sizes.sum()) ** 2).sum())
    if len(sizes) < 2:
        return NO_VARIANCE
    observed = float(agreeing.sum()) / (n * m * (m - 1))
    return float(max(-1.0, (observed - chance) / (1 - chance)))


def krippendorff_nominal(table: Array) -> Statistic:
    """Return Krippendorff's α for nominal data, in [−1, 1] (Krippendorff 2004).

    Two ratings are equal or not; how far they are apart does not count.

    Args:
        table: shape (items, raters), NaN where missing, two ratings or more in each row.
    """
    if not table.size:
        return NO_PAIRS
    agreeing, sizes = _equal_pairs(table)
    if len(sizes) < 2:
        return NO_VARIANCE
    counts, total = (~np.isnan(table)).sum(axis=1), float(sizes.sum())
    observed = float(((counts * (counts - 1) - agreeing) / (counts - 1)).sum()) / total
    expected = 1 - float((sizes * (sizes - 1)).sum()) / (total * (total - 1))
    return float(max(-1.0, 1 - observed / expected))


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


def _equal_pairs(table: Array) -> tuple[Array, Array]:
    """Return the ordered pairs of equal ratings in each row, and how often each rating occurs."""
    given = ~np.isnan(table)
    _, names, sizes = np.unique(table[given], return_inverse=True, return_counts=True)
    rows = np.nonzero(given)[0]
    places, times = np.unique(rows * len(sizes) + names, return_counts=True)
    pairs = np.bincount(places // len(sizes), times * (times - 1.0), len(table))
    return pairs.astype(np.float64), sizes.astype(np.float64)


def _mid_ranks(values: Array) -> tuple[Array, Array]:
    """Return the rank of each value, tied ones sharing their mean, and the size of each tie."""
    distinct, counts = np.unique(values, return_counts=True)
    sizes = counts.astype(np.float64)
    ranks: Array = (np.cumsum(sizes) - (sizes - 1) / 2)[np.searchsorted(distinct, values)]
    return ranks, sizes


def _normal(table: Array) -> Array:
    """Return the ratings from 0 to 1, all 0 where they are equal; what depends on it stays."""
    given = table[~np.isnan(table)]
    low, high = given.min(), given.max()
    shifted: Array = table - low
    return shifted / (high - low) if high > low else shifted
