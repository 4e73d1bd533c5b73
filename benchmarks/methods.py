"""How fast methods score, beside the libraries people would use instead, in one run.

Every library gets the same raw table ready to use; what is timed is from there to the ranks.
"""

from __future__ import annotations

import statistics
import time
import tracemalloc
import warnings
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import numpy as np

CRITERIA = 12
PEOPLE = 8
ROUNDS = 15
LONG_ENOUGH = 0.02
"""Seconds of work in one round; quick steps are repeated until then."""


def main() -> None:
    """Print medians and ratios."""
    print(f"\nScoring a table of {CRITERIA} criteria to ranks, medians of {ROUNDS} rounds")
    for rows in (1_000, 10_000):
        _weighted_sum(rows)
    for rows, target in ((1_000, 25), (10_000, 200)):
        _promethee(rows, target)
    _memory()
    _rerank(1_000)


def _table(rows: int) -> Any:
    from scoper.scoring.table import DecisionTable

    random = np.random.default_rng(2026)
    weights = random.uniform(0.1, 1, CRITERIA)
    return DecisionTable(
        tuple(f"A{row}" for row in range(rows)),
        tuple(f"C{column}" for column in range(CRITERIA)),
        weights / weights.sum(),
        np.arange(CRITERIA) % 3 == 2,
        random.uniform(1, 100, (rows, CRITERIA)),
    )


def _weighted_sum(rows: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import skcriteria
        from pymcdm.methods import WSM
        from skcriteria.agg.simple import WeightedSumModel
        from skcriteria.pipelines import mkpipe
        from skcriteria.preprocessing.invert_objectives import InvertMinimize
        from skcriteria.preprocessing.scalers import SumScaler
    table = _table(rows)
    types = np.where(table.falling, -1, 1)
    decisions = skcriteria.mkdm(table.values, types, weights=table.weights)
    pipe = mkpipe(InvertMinimize(), SumScaler("matrix"), WeightedSumModel())
    peer = WSM()
    _compare(
        f"weighted sum, {rows:,}",
        lambda: _ranks("weighted_sum", table),
        [
            ("scikit-criteria", 5, lambda: pipe.evaluate(decisions)),
            ("pymcdm", 30, lambda: peer.rank(peer(table.values, table.weights, types))),
        ],
    )


def _promethee(rows: int, target: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pymcdm.methods import PROMETHEE_II
    table = _table(rows)
    types = np.where(table.falling, -1, 1)

    def peer() -> None:
        method = PROMETHEE_II("usual")
        method.rank(method(table.values, table.weights, types))

    _compare(
        f"PROMETHEE II, {rows:,}",
        lambda: _ranks("promethee2", table),
        [("pymcdm", target, peer)],
    )


def _ranks(method_id: str, table: Any) -> object:
    from scoper.scoring.methods import METHODS
    from scoper.scoring.ranking import competition_rank

    score = METHODS[method_id].raw
    assert score is not None
    return competition_rank(score(table))


def _compare(
    name: str, own: Callable[[], object], peers: list[tuple[str, float, Callable[[], object]]]
) -> None:
    """Time in turn, so that all see the same machine; what takes a second or more, once."""
    steps = [own, *(peer for _, _, peer in peers)]
    taken = [[_first(step)] for step in steps]
    for _ in range(ROUNDS):
        for step, times in zip(steps, taken, strict=True):
            if times[0] < 1:
                times.append(_time(step, max(1, int(LONG_ENOUGH / times[0]))))
    mine, *others = (statistics.median(times[1:] or times) for times in taken)
    print(f"  {name:<34}{mine * 1e3:9.2f} ms")
    for (peer, target, _), theirs in zip(peers, others, strict=True):
        print(
            f"    {peer:<32}{theirs * 1e3:9.2f} ms  {theirs / mine:7.1f}×  (target ≥ {target:g}×)"
        )


def _first(step: Callable[[], object]) -> float:
    """Return how long a step takes once what it imports is there."""
    first = _time(step, 1)
    return first if first > 1 else _time(step, 1)


def _time(step: Callable[[], object], number: int) -> float:
    began = time.perf_counter()
    for _ in range(number):
        step()
    return (time.perf_counter() - began) / number


def _memory() -> None:
    peaks = {}
    for rows in (10_000, 100_000):
        table = _table(rows)
        tracemalloc.start()
        _ranks("promethee2", table)
        peaks[rows] = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
    few, many = peaks.values()
    print(
        f"  PROMETHEE II, memory on top: {few:.1f} MB at 10,000, {many:.1f} MB at 100,000, "
        f"{many / few:.1f}×  (target: linear, 10×)"
    )


def _rerank(rows: int) -> None:
    """Time from the ratings of eight people to the ranks, as after each rating."""
    from scoper.board import build_board

    portfolio = _portfolio(rows)
    board = build_board(portfolio)
    taken = []
    for _ in range(51):
        began = time.perf_counter()
        build_board(portfolio, board)
        taken.append(time.perf_counter() - began)
    print(
        f"  re-rank of {rows:,}, {PEOPLE} people, balanced    "
        f"{statistics.median(taken) * 1e3:6.2f} ms  (target < 5 ms)"
    )


def _portfolio(rows: int) -> Any:
    from scoper.snapshot import Criterion, Participant, Portfolio, UseCase
    from scoper.terms import Aggregation, Dimension, RiskCategory

    dimensions = [list(Dimension)[place % 3] for place in range(CRITERIA)]
    random = np.random.default_rng(2026)
    ratings = random.integers(1, 6, (rows, CRITERIA, PEOPLE)).astype(np.float64)
    return Portfolio(
        id=uuid4(),
        title="Benchmark",
        organisation="",
        currency="EUR",
        method="balanced",
        aggregation=Aggregation.MEAN,
        parameters={},
        version=1,
        criteria=tuple(
            Criterion(
                *(uuid4(), f"c{place}", f"C{place}", "", dimension),
                *(RiskCategory.DOMAIN if dimension is Dimension.RISK else None, 1.0, 1.0, 5.0, ""),
            )
            for place, dimension in enumerate(dimensions)
        ),
        participants=tuple(Participant(uuid4(), f"P{place}") for place in range(PEOPLE)),
        roles=(),
        use_cases=tuple(
            UseCase(id=uuid4(), key=f"UC-{row:04d}", title=f"Use case {row}") for row in range(rows)
        ),
        ratings=ratings,
        abstained=np.zeros(ratings.shape, dtype=np.bool_),
    )


if __name__ == "__main__":
    main()
