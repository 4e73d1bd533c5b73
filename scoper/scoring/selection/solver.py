"""The best selection, proven by HiGHS (Huangfu & Hall 2018)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import highspy
import numpy as np

from scoper.errors import Cancelled, InvalidInput
from scoper.scoring.matrix import Array
from scoper.scoring.selection.problem import Problem, Row, rows
from scoper.scoring.solver import quiet_solver

Check = Callable[[], None]
"""Called now and then while solving; may raise ``Cancelled``."""

_LARGEST: Final = 1_000.0
"""Every row and the values are scaled so that their largest amount is this."""

_TOLERANCE: Final = 1e-7


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection that respects every constraint.

    ``chosen`` are item numbers in ascending order. ``gap`` ≥ 0 is how much better, relative to
    ``value``, a selection could at most be; 0 and ``optimal`` when none is better.
    """

    chosen: tuple[int, ...]
    value: float
    cost: float
    optimal: bool
    gap: float


class Solver:
    """One model that can be solved again under other budgets and values."""

    def __init__(self, problem: Problem, constraints: Sequence[Row] | None = None) -> None:
        self._problem = problem
        self._highs = quiet_solver()
        for name, setting in (
            ("parallel", "off"),
            ("mip_abs_gap", 1e-7),
            ("mip_feasibility_tolerance", _TOLERANCE),
            ("primal_feasibility_tolerance", _TOLERANCE),
        ):
            self._highs.setOptionValue(name, setting)
        self._budget_scale = _factor(problem.cost)
        count = len(problem.names)
        self._columns = np.arange(count, dtype=np.int32)
        self._highs.addVars(count, np.zeros(count), np.ones(count))
        whole = np.full(count, highspy.HighsVarType.kInteger)
        self._highs.changeColsIntegrality(count, self._columns, whole)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        for row in rows(problem) if constraints is None else constraints:
            self._add(row)
        self.worth(problem.value)

    def worth(self, value: Array) -> None:
        """Give the items other values."""
        self._value = value
        scale = _factor(value)
        self._highs.changeColsCost(len(value), self._columns, value * scale)

    def spend(self, budget: float) -> None:
        """Set another budget; quotas that are shares of it stay as they were."""
        self._highs.changeRowBounds(0, -np.inf, budget * self._budget_scale)

    def solve(
        self, *, gap: float = 0.0, seconds: float | None = None, check: Check | None = None
    ) -> Selection | None:
        """Return the best selection, or None when no selection respects every constraint.

        Args:
            gap: stop once no selection can be better by more than this share.
            seconds: stop after that long with the best one found so far.
            check: called now and then; may raise ``Cancelled``.

        Raises:
            Cancelled: ``check`` raised it.
            InvalidInput: time ran out before any selection was found.
        """
        self._highs.setOptionValue("mip_rel_gap", gap)
        limit = np.inf if seconds is None else self._highs.getRunTime() + seconds
        self._highs.setOptionValue("time_limit", limit)
        self._run(check)
        return self._answer()

    def _run(self, check: Check | None) -> None:
        if check is None:
            self._highs.run()
            return
        stopped: list[Cancelled] = []

        def ask(event: Any) -> None:
            try:
                check()
            except Cancelled as error:
                stopped.append(error)
                event.interrupt()

        self._highs.cbMipInterrupt += ask
        try:
            self._highs.run()
        finally:
            self._highs.cbMipInterrupt -= ask
        if stopped:
            raise stopped[0]

    def _answer(self) -> Selection | None:
        status = self._highs.getModelStatus()
        known = highspy.HighsModelStatus
        if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
            return None
        info = self._highs.getInfo()
        if info.primal_solution_status != 2:
            raise InvalidInput(
                "No selection was found in the time given.", "Allow more time.", field="seconds"
            )
        picked = np.flatnonzero(np.round(self._highs.getSolution().col_value) > 0)
        gap = max(0.0, float(info.mip_gap)) if np.isfinite(info.mip_gap) else 0.0
        optimal = status == known.kOptimal and gap <= 1e-9
        return selection_of(
            self._problem, picked.tolist(), self._value, optimal, 0.0 if optimal else gap
        )

    def _add(self, row: Row) -> None:
        used = [(i, a) for i, a in zip(row.items, row.amounts, strict=True) if a]
        items = np.array([item for item, _ in used], dtype=np.int32)
        amounts = np.array([amount for _, amount in used])
        scale = _factor(amounts)
        self._highs.addRow(row.low * scale, row.high * scale, len(items), items, amounts * scale)


def selection_of(
    problem: Problem, chosen: Sequence[int], value: Array, optimal: bool, gap: float
) -> Selection:
    """Return a selection with its value and cost, added up in the order of the items."""
    order = tuple(sorted(int(item) for item in chosen))
    return Selection(
        order,
        float(sum(value[item] for item in order)),
        float(sum(problem.cost[item] for item in order)),
        optimal,
        gap,
    )


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


def _factor(amounts: Array) -> float:
    largest = float(np.abs(amounts).max(initial=0.0))
    return _LARGEST / largest if largest > 0 else 1.0
