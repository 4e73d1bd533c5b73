"""Good selections in little time: a search among the few items that prices leave undecided.

Most items of a large problem are decided by their worth at the prices of the relaxation (Balas &
Zemel 1980). The others, its core, are searched by branch and bound for a selection of a wanted
value, again with another core where that fails. The search counts its steps and draws from a
fixed seed: the same problem has the same answer on a slow machine.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final

import highspy
import numpy as np

from scoper.scoring.matrix import Array
from scoper.scoring.selection.exact import Exact
from scoper.scoring.selection.model import model

SIZE: Final = 80
"""Items that are searched at a time."""

WIDE: Final = 150
"""Items that HiGHS searches at a time."""

_NODES: Final = 150
_FEASIBLE: Final = 2
_STEPS: Final = 2_500
_SPREAD: Final = 0.4
_WHOLE: Final = 1e-6

Go = Callable[[], bool]
"""Asked at every step; False ends the search."""


def search(
    exact: Exact, relaxed: Array, worth: Sequence[Fraction], wanted: int, *, tries: int, go: Go
) -> list[int] | None:
    """Return a selection worth what is ``wanted``, in parts of 1, or None when none was found.

    Args:
        exact: the problem.
        relaxed: the solution of its relaxation, shape (items,).
        worth: what each item is worth at its prices.
        wanted: the least value.
        tries: how many cores to search.
        go: says whether to go on.
    """
    rounded = np.round(relaxed)
    apart = np.array([abs(float(extra)) for extra in worth])
    apart[np.abs(relaxed - rounded) > _WHOLE] = 0.0
    random = np.random.default_rng(1980)
    for attempt in range(tries):
        blur = np.exp(_SPREAD * random.standard_normal(len(apart))) if attempt else 1.0
        order = np.argsort(apart * blur, kind="stable")
        wide = attempt % 3 == 1
        free = sorted(order[: WIDE if wide else SIZE].tolist())
        taken = sorted(set(np.flatnonzero(rounded > 0).tolist()) - set(free))
        found = (_solve if wide else _branch)(exact, free, taken, wanted, go)
        if found is not None or not go():
            return found
    return None


def _solve(
    exact: Exact, free: list[int], taken: list[int], wanted: int, go: Go
) -> list[int] | None:
    """Let HiGHS search one core, which finds others than ``_branch`` does."""
    part = model(exact, free, taken, whole=True)
    part.highs.setOptionValue("objective_target", part.scaled(wanted))
    part.highs.setOptionValue("mip_max_nodes", _NODES)

    def ask(event: Any) -> None:
        if not go():
            event.interrupt()

    part.highs.cbMipInterrupt += ask
    part.highs.run()
    if part.highs.getInfo().primal_solution_status != _FEASIBLE:
        return None
    chosen = part.chosen(np.array(part.highs.getSolution().col_value))
    good = exact.value(chosen) >= wanted and exact.broken(chosen) is None
    return chosen if good else None


def _branch(
    exact: Exact, free: list[int], taken: list[int], wanted: int, go: Go
) -> list[int] | None:
    """Search one core, the least lost per item still open first."""
    part = model(exact, free, taken, whole=False)
    least = part.scaled(wanted)
    highs, columns = part.highs, part.columns
    highs.setOptionValue("presolve", "off")
    count = len(free)
    ahead = [(-np.inf, 0, np.inf, np.zeros(count), np.ones(count))]
    steps = 0
    while ahead and steps < _STEPS:
        *_, low, high = heapq.heappop(ahead)
        while steps < _STEPS and go():
            steps += 1
            highs.changeColsBounds(count, columns, low, high)
            highs.run()
            if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                break
            bound = highs.getInfo().objective_function_value
            if bound < least:
                break
            solution = highs.getSolution()
            value = np.array(solution.col_value)
            whole = np.round(value)
            off = np.abs(value - whole)
            column = int(off.argmax())
            if off[column] < _WHOLE:
                chosen = part.chosen(whole)
                if exact.value(chosen) >= wanted and exact.broken(chosen) is None:
                    return chosen
                break
            decided = (np.abs(solution.col_dual) > bound - least) & (off < _WHOLE)
            low, high = np.where(decided, whole, low), np.where(decided, whole, high)
            other_low, other_high = low.copy(), high.copy()
            other_low[column] = other_high[column] = 1 - whole[column]
            lost = (bound - least) / max(1.0, float((other_high - other_low).sum()))
            heapq.heappush(ahead, (-lost, -steps, bound, other_low, other_high))
            low[column] = high[column] = whole[column]
    return None
