"""How fast agreement and sensitivity are known for 1,000 use cases, 12 criteria and 8 raters.

Where there is a peer, both get the same ratings ready to use, in one run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

USE_CASES, CRITERIA, RATERS = 1_000, 12, 8
ROUNDS = 9


def main() -> None:
    """Print medians, and ratios to the package people would use instead."""
    print(f"\n{USE_CASES:,} use cases × {CRITERIA} criteria × {RATERS} raters, medians of {ROUNDS}")
    _agreement()
    _sensitivity()


def _agreement() -> None:
    import krippendorff

    from scoper.scoring.agreement import agreement, cell_agreement, rater_agreement
    from scoper.scoring.agreement.raters import icc, kendall_w, krippendorff_ordinal
    from scoper.scoring.ratings import Ratings

    ratings = Ratings(_ratings(), np.ones(CRITERIA), np.full(CRITERIA, 5.0), np.full(CRITERIA, 5))
    table = ratings.values.reshape(-1, RATERS)
    complete = table[~np.isnan(table).any(axis=1)]
    _time("all statistics of every use case and criterion", lambda: cell_agreement(ratings))
    _time("Kendall's W", lambda: kendall_w(complete))
    _time("ICC(A,1) and ICC(A,k)", lambda: icc(complete))
    mine = _time("Krippendorff's α, ordinal", lambda: krippendorff_ordinal(table))
    theirs = _time(
        "  krippendorff package",
        lambda: krippendorff.alpha(table.T, level_of_measurement="ordinal"),
    )
    print(f"  {theirs / mine:.1f}× as fast as the package")
    _time("all statistics over the whole list", lambda: rater_agreement(table))
    _time("everything, also per criterion", lambda: agreement(ratings))


def _sensitivity() -> None:
    from scoper.scoring.balanced import PARAMETERS, balanced
    from scoper.scoring.matrix import Matrix
    from scoper.scoring.methods import METHODS
    from scoper.scoring.parameters import completed
    from scoper.scoring.sensitivity import (
        balanced_lines,
        parameter_intervals,
        rank_reversal_tests,
        smallest_change,
        tornado,
        weight_intervals,
        weighted_sum_lines,
    )
    from scoper.terms import Dimension

    values = (np.nanmean(_ratings(), axis=2) - 1) / 4
    dimensions = tuple(list(Dimension)[column % 3] for column in range(CRITERIA))
    matrix = Matrix(values, np.random.default_rng(1).uniform(0.1, 1, CRITERIA), dimensions)
    at, keys = completed(PARAMETERS, {}), np.arange(USE_CASES)

    def score(other: Matrix) -> Any:
        return balanced(other, at).score

    order = np.argsort(-score(matrix))
    for name, lines in (
        ("balanced metric", balanced_lines(matrix, at)),
        ("weighted sum", weighted_sum_lines(matrix)),
    ):
        ranked = np.argsort(-lines.scores)
        for top in (1, 10):
            _time(
                f"{name}: weight intervals of leader and top {top}",
                partial(weight_intervals, lines, keys, top),
            )
        _time(
            f"{name}: smallest change for rank 10",
            partial(smallest_change, lines, ranked[9]),
        )
    _time(
        "intervals of λ, p_low, p_high, top 10",
        lambda: parameter_intervals(METHODS["balanced"], matrix, at, keys, 10),
    )
    _time(
        "tornado of the leader", lambda: tornado(matrix, score, order[0], np.full(CRITERIA, 0.25))
    )
    _time("rank-reversal tests 1–3", lambda: rank_reversal_tests(matrix, score))


def _ratings() -> Any:
    random = np.random.default_rng(2026)
    truth = random.uniform(1, 5, (USE_CASES, CRITERIA, 1))
    heard = np.clip(np.round(truth + random.normal(0, 0.8, (USE_CASES, CRITERIA, RATERS))), 1, 5)
    return np.where(random.random(heard.shape) < 0.05, np.nan, heard)


def _time(name: str, work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    median = statistics.median(times)
    print(f"  {name:<58} {1000 * median:8.2f} ms")
    return median


if __name__ == "__main__":
    main()
