"""The best selection: searched by HiGHS, checked and proven in the figures as they are written."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import highspy
import numpy as np

from scoper.errors import Cancelled, InvalidInput
from scoper.scoring.matrix import Array
from scoper.scoring.selection import core
from scoper.scoring.selection.exact import Exact, ExactRow
from scoper.scoring.selection.greedy import take_greedily
from scoper.scoring.selection.model import LARGEST, TOLERANCE, Model, model
from scoper.scoring.selection.problem import Problem, Row, rows
from scoper.scoring.selection.proof import MOST_ITEMS, Proof

Check = Callable[[], None]
"""Called now and then while solving; may raise ``Cancelled``."""

_NEAR: Final = 1e-3
"""Share of the bound that is looked for among the core before the whole is searched."""

_TRIES: Final = 4
_CORE_SHARE: Final = 0.7
_UNSURE: Final = 1e-6
"""How far what HiGHS proves may be off, as a share of the largest value."""

_ROUNDS: Final = 6
_CUTS: Final = 500


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection that respects every constraint, in the figures as they are written.

    ``chosen`` are item numbers in ascending order. ``gap`` ≥ 0 is how much better, relative to
    ``value``, a selection could at most be; 0 and ``optimal`` when none is better.
    """

    chosen: tuple[int, ...]
    value: float
    cost: float
    optimal: bool
    gap: float


class Solver:
    """One problem that can be solved again under other values."""

    def __init__(self, problem: Problem, constraints: Sequence[Row] | None = None) -> None:
        self._exact = Exact(problem, constraints)

    def worth(self, value: Array) -> None:
        """Give the items other values."""
        self._exact.worth(value)

    def solve(
        self, *, gap: float = 0.0, seconds: float | None = None, check: Check | None = None
    ) -> Selection | None:
        """Return the best selection, or None when no selection respects every constraint.

        Never worse than taking items by value per cost.

        Args:
            gap: stop once no selection can be better by more than this share.
            seconds: stop after that long with the best one found so far.
            check: called now and then; may raise ``Cancelled``.

        Raises:
            Cancelled: ``check`` raised it.
            InvalidInput: time ran out before any selection was found.
        """
        return _Search(self._exact, gap, seconds, check).run()


class _Search:
    """One search: the best selection so far, and what none exceeds."""

    def __init__(
        self, exact: Exact, gap: float, seconds: float | None, check: Check | None
    ) -> None:
        self._exact = exact
        self._gap = gap
        self._began = time.perf_counter()
        self._seconds = np.inf if seconds is None else seconds
        self._check = check
        self._best = take_greedily(exact)
        self._bound: Fraction | None = None
        self._priced = Fraction(0)
        self._worth: list[Fraction] = []

    def run(self) -> Selection | None:
        relaxed = self._relax()
        if relaxed is None and self._best is None:
            return None
        if relaxed is not None and not self._done() and len(relaxed) > core.SIZE:
            self._search_core(relaxed)
        for _ in range(_ROUNDS):
            if self._done() or not self._search_rest():
                break
        if not self._done() and not self._gap:
            self._prove()
        if self._best is None:
            if self._left() > 0:
                return None
            raise InvalidInput(
                "No selection was found in the time given.", "Allow more time.", field="seconds"
            )
        return self._answer(self._best)

    # ------------------------------------------------------------ how far it is

    def _value(self) -> int:
        return self._exact.value(self._best or ())

    def _lost(self) -> Fraction | None:
        """Return how much better a selection could be, None where nothing is known."""
        if self._bound is None or self._best is None:
            return None
        better = self._bound - self._value()
        return better if better >= self._exact.step else Fraction(0)

    def _done(self) -> bool:
        lost = self._lost()
        return self._left() <= 0 or (
            lost is not None and lost <= Fraction(self._gap) * abs(self._value())
        )

    def _left(self) -> float:
        return self._seconds - (time.perf_counter() - self._began)

    def _answer(self, best: list[int]) -> Selection:
        lost = self._lost()
        size = max(abs(self._value()), self._exact.step)
        gap = 1.0 if lost is None else float(lost / size)
        return selection_of(self._exact, best, optimal=lost == 0, gap=gap)

    def _take(self, chosen: list[int]) -> bool:
        better = self._best is None or self._exact.value(chosen) > self._value()
        if better:
            self._best = chosen
        return better

    def _believe(self, bound: Fraction) -> None:
        if self._bound is None or bound < self._bound:
            self._bound = bound

    # ------------------------------------------------------------ searching

    def _relax(self) -> Array | None:
        """Solve the relaxation: its prices bound every selection. None where it has none."""
        part = model(self._exact, range(len(self._exact.values)), (), whole=False)
        part.highs.run()
        if part.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        self._priced, self._worth = self._exact.bound(part.prices(len(self._exact.rows)))
        self._believe(self._priced)
        return np.array(part.highs.getSolution().col_value)

    def _search_core(self, relaxed: Array) -> None:
        bound = self._bound or Fraction(0)
        share = Fraction(self._gap or _NEAR)
        wanted = -int(-bound // (1 + share)) if bound > 0 else int(bound)
        if self._best is not None and self._value() >= wanted:
            return
        until = time.perf_counter() + self._left() * _CORE_SHARE

        def go() -> bool:
            if self._check:
                self._check()
            return time.perf_counter() < until

        tries = _TRIES * (4 if self._gap else 1)
        found = core.search(self._exact, relaxed, self._worth, wanted, tries=tries, go=go)
        if found is not None:
            self._take(found)

    def _search_rest(self) -> bool:
        """Search what is not decided yet; tell whether there is more to find."""
        free, taken = self._undecided()
        if not free:
            if self._exact.broken(taken) is None:
                self._take(taken)
            self._believe(Fraction(self._value()))
            return False
        part = model(self._exact, free, taken, whole=True)
        self._start(part)
        for _ in range(_CUTS):
            part.highs.setOptionValue("time_limit", part.highs.getRunTime() + max(0, self._left()))
            self._solve(part)
            status = part.highs.getModelStatus()
            if status == highspy.HighsModelStatus.kInfeasible:
                if self._best is not None:
                    self._believe(Fraction(self._value()))
                return False
            info = part.highs.getInfo()
            unsure = _UNSURE * LARGEST
            if np.isfinite(info.mip_dual_bound):
                found = part.unscaled(info.mip_dual_bound + unsure)
                self._believe(max(found, Fraction(self._value())) if self._best else found)
            if info.primal_solution_status != 2:
                return False
            chosen = part.chosen(np.array(part.highs.getSolution().col_value))
            broken = self._exact.broken(chosen)
            if broken is None:
                better = self._take(chosen)
                return better and self._left() > 0
            if self._left() <= 0:
                return False
            _cut(part, broken, chosen)
        return False

    def _prove(self) -> None:
        """Settle in whole numbers what is too fine for the solver."""
        if self._best is None or not self._worth:
            return
        free, taken = self._undecided()
        if len(free) > MOST_ITEMS:
            return
        proof = Proof(self._exact, taken, free, self._worth)
        complete = proof.run(self._priced, self._value())
        self._take(proof.best or self._best)
        if complete:
            self._believe(Fraction(self._value()))

    def _undecided(self) -> tuple[list[int], list[int]]:
        """Return the items that a better selection might take or leave, and those it takes."""
        everything = range(len(self._exact.values))
        if self._best is None or self._bound is None or not self._worth:
            return list(everything), []
        spare = self._priced - self._value() - self._exact.step
        free = [i for i in everything if abs(self._worth[i]) <= spare]
        open_ = set(free)
        return free, [i for i in everything if i not in open_ and self._worth[i] > 0]

    def _start(self, part: Model) -> None:
        """Let the search begin with the best so far, where it lies within the part."""
        highs = part.highs
        highs.setOptionValue("mip_rel_gap", 0.0)
        if self._best is None:
            highs.setOptionValue("mip_rel_gap", self._gap)
            return
        allowed = float(Fraction(self._gap) * abs(self._value()) / part.largest) * LARGEST
        highs.setOptionValue("mip_abs_gap", max(TOLERANCE, allowed))
        inside = set(self._best)
        if part.taken <= inside <= part.taken | set(part.free):
            start = highspy.HighsSolution()
            start.col_value = [float(item in inside) for item in part.free]
            highs.setSolution(start)

    def _solve(self, part: Model) -> None:
        if self._check is None:
            part.highs.run()
            return
        stopped: list[Cancelled] = []

        def ask(event: Any) -> None:
            try:
                self._check()  # type: ignore[misc]
            except Cancelled as error:
                stopped.append(error)
                event.interrupt()

        part.highs.cbMipInterrupt += ask
        try:
            part.highs.run()
        finally:
            part.highs.cbMipInterrupt -= ask
        if stopped:
            raise stopped[0]


def _cut(part: Model, row: ExactRow, chosen: Sequence[int]) -> None:
    """Rule out what breaks a constraint by less than the solver sees."""
    free = [item for item in chosen if item not in part.taken]
    low, high = row.room(part.taken)
    amounts = {item: row.amounts.get(item, 0) for item in part.free}
    if high is not None and sum(amounts[item] for item in free) > high:
        cover, total = [], 0
        for item in sorted(free, key=lambda item: -amounts[item]):
            if total > high:
                break
            cover.append(item)
            total += amounts[item]
        part.forbid(cover, len(cover) - 1)
    elif low is not None:
        inside = set(free)
        part.demand([item for item in part.free if item not in inside and amounts[item] > 0])


def selection_of(exact: Exact, chosen: Sequence[int], *, optimal: bool, gap: float) -> Selection:
    """Return a selection with its value and cost, added up without rounding."""
    value = Fraction(exact.value(chosen), exact.parts)
    return Selection(tuple(chosen), float(value), float(exact.cost(chosen)), optimal, gap)


def select(
    problem: Problem,
    *,
    gap: float = 0.0,
    seconds: float | None = None,
    check: Check | None = None,
) -> Selection:
    """Return the best selection; see ``Solver.solve``.

    Raises:
        InvalidInput: no selection respects every constraint; names a smallest set that clashes.
        Cancelled: ``check`` raised it.
    """
    found = Solver(problem).solve(gap=gap, seconds=seconds, check=check)
    if found is not None:
        return found
    clash = conflict(problem, check=check)
    raise InvalidInput(
        f"These do not go together: {'; '.join(clash)}.",
        "Relax or remove one of them.",
        field="constraints",
    )


def conflict(problem: Problem, *, check: Check | None = None) -> tuple[str, ...]:
    """Return a smallest set of constraints that no selection respects, in words.

    Without any one of them the others can be respected (deletion filter, Chinneck & Dravnieks
    1991). Empty when the problem has a selection.
    """
    indifferent = np.zeros(len(problem.names))
    kept = rows(problem)

    def clashes(constraints: Sequence[Row]) -> bool:
        solver = Solver(problem, constraints)
        solver.worth(indifferent)
        return solver.solve(check=check) is None

    if not clashes(kept):
        return ()
    size = len(kept) // 2
    while size >= 1:
        start = 0
        while start < len(kept):
            without = kept[:start] + kept[start + size :]
            if clashes(without):
                kept = without
            else:
                start += size
        size //= 2
    return tuple(row.says for row in kept)
