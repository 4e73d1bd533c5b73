"""Which use cases of a board to do under a budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID

import numpy as np

from scoper.board import Board
from scoper.errors import InvalidInput, NotFound
from scoper.scoping.asked import is_prohibited
from scoper.scoping.budget import CostTotals, cost_span, cost_totals
from scoper.scoring.matrix import Array
from scoper.scoring.methods import Weighing
from scoper.scoring.ranking import beyond
from scoper.scoring.robustness import Question, drawn_scores, kernel_of
from scoper.scoring.selection import Capacity, Problem, Progress, Quota, core_index
from scoper.scoring.selection.problem import times, total
from scoper.scoring.value import Case, Estimate, Terms, expected_npv
from scoper.snapshot import Portfolio, UseCase
from scoper.studies.robustness import complete_rows, rows_of
from scoper.terms import Decision

MOST_CORE_DRAWS: Final = 10_000


class Worth(StrEnum):
    """What a selection adds up."""

    ABOVE_BREAK_EVEN = "above_break_even"
    SCORE = "score"
    NPV = "npv"


_RESOLUTION: Final = {Worth.ABOVE_BREAK_EVEN: 1e-6, Worth.SCORE: 1e-6, Worth.NPV: 0.01}
"""Computed values count to a millionth of a point, and to a hundredth of the currency."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of a selection: money, people, and what must be in or out, by key.

    ``capacities`` are days by the title of a role; the portfolio's own stand where none is given.
    Of each group in ``exclusive`` at most one is selected. ``number`` is how many use cases at
    least and at most; None sets no bound.
    """

    budget: float
    worth: Worth = Worth.ABOVE_BREAK_EVEN
    terms: Terms = field(default_factory=Terms)
    capacities: Mapping[str, float] = field(default_factory=dict)
    must: Sequence[str] = ()
    must_not: Sequence[str] = ()
    exclusive: Sequence[Sequence[str]] = ()
    number: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The use cases that can be selected, as a problem, and why the others cannot."""

    use_cases: tuple[UseCase, ...]
    problem: Problem
    left_out: tuple[tuple[UseCase, str], ...]


def candidates(board: Board, wishes: Wishes) -> Candidates:
    """Return the problem that a board and wishes pose.

    A use case costs its people, what is spent once and one year of running, likely figures. Those
    without a score, without any cost figure, or decided against cannot be selected.

    Raises:
        InvalidInput: nothing can be selected, or a wish contradicts another or names what cannot.
        NotFound: a key or role is not in the portfolio.
    """
    totals = {u.id: cost_totals(board.portfolio, u) for u in board.use_cases}
    reasons = [_reason(board, row, totals[u.id], wishes) for row, u in enumerate(board.use_cases)]
    rows = [row for row, reason in enumerate(reasons) if not reason]
    left_out = tuple((u, r) for u, r in zip(board.use_cases, reasons, strict=True) if r)
    if board.problem or not rows:
        raise InvalidInput(
            board.problem or "No use case can be selected: each lacks a complete rating or a cost.",
            "" if board.problem else "Rate at least one completely and enter what it costs.",
        )
    chosen = tuple(board.use_cases[row] for row in rows)
    problem = Problem(
        names=tuple(u.key for u in chosen),
        value=_values(board, rows, totals, wishes),
        cost=np.array([_first_year(board.portfolio, u) for u in chosen]),
        budget=wishes.budget,
        capacities=_capacities(board, chosen, wishes.capacities),
        must=_places(board, chosen, left_out, wishes.must),
        must_not=_places(board, chosen, (), wishes.must_not),
        exclusive=tuple(
            tuple(sorted(_places(board, chosen, (), group))) for group in wishes.exclusive
        ),
        quotas=number_quota(len(chosen), *wishes.number),
        resolution=_RESOLUTION[wishes.worth],
    )
    return Candidates(chosen, problem, left_out)


def number_quota(items: int, least: int | None, most: int | None) -> tuple[Quota, ...]:
    """Return the bounds on how many of all items are selected, none where none is set."""
    if least is None and most is None:
        return ()
    return (Quota("all", tuple(range(items)), least, most),)


def study_core(
    board: Board,
    found: Candidates,
    worth: Worth,
    *,
    draws: int,
    seed: int,
    progress: Progress | None = None,
) -> Array:
    """Return the core index of each candidate: how often it is selected as weights vary.

    Weights are drawn uniformly. In [0, 1]: 1 is always selected, 0 never. Scores are those among
    all that have a rank, as in the ranking, also where a method depends on the list.

    Raises:
        InvalidInput: ``draws`` or ``seed`` is out of range, or the values do not come from scores.
        Cancelled: ``progress`` raised it.
    """
    if worth is Worth.NPV:
        raise InvalidInput(
            "The core index draws weights, and the value of money has none.",
            "Choose --value above_break_even or score.",
            field="core",
        )
    if board.method.weighing is Weighing.NONE:
        raise InvalidInput(
            f"The core index draws weights, and {board.method.title} uses none.",
            "Leave the core index out, or choose a method that weighs criteria.",
            field="core",
        )
    if not 1 <= draws <= MOST_CORE_DRAWS:
        raise InvalidInput(
            f"{draws:,} draws are not possible for the core index.",
            f"Enter a number from 1 to {MOST_CORE_DRAWS:,}; each is a selection of its own.",
            field="core",
        )
    rows = complete_rows(board)
    matrix = rows_of(board.matrix, rows)
    question = Question(matrix, board.parameters, kernel_of(board.method, matrix))
    place_of = {board.use_cases[row].id: place for place, row in enumerate(rows)}
    places = [place_of[u.id] for u in found.use_cases]
    values = drawn_scores(question, draws=draws, seed=seed)[:, places]
    if worth is Worth.ABOVE_BREAK_EVEN:
        values = np.maximum(0.0, beyond(values, _break_even(board)))
    return core_index(found.problem, values, progress=progress)


def _reason(board: Board, row: int, totals: CostTotals, wishes: Wishes) -> str:
    use_case = board.use_cases[row]
    if board.ranking.rank[row] == 0:
        return "not rated completely"
    if use_case.decision is Decision.NO_GO:
        return "decided against"
    if is_prohibited(use_case):
        return "prohibited by the EU AI Act"
    if not totals.known:
        return "no cost entered"
    if wishes.worth is Worth.NPV and use_case.benefit_likely is None:
        return "no benefit estimated"
    return ""


def _break_even(board: Board) -> float:
    if board.break_even is None:
        raise InvalidInput(
            "Only the balanced metric has a break-even.", "Choose --value score or npv."
        )
    return board.break_even


def _first_year(portfolio: Portfolio, use_case: UseCase) -> float:
    """Return people, what is spent once and one year of running, likely and without rounding."""
    rates = {role.id: role.day_rate or 0.0 for role in portfolio.roles}
    people = (times(effort.days, rates[effort.role_id]) for effort in use_case.efforts)
    spans = (cost_span(cost) for cost in use_case.costs)
    return total((*people, *(span.likely for span in spans if span)))


def _values(
    board: Board, rows: list[int], totals: Mapping[UUID, CostTotals], wishes: Wishes
) -> Array:
    scores = board.ranking.scores.score[rows]
    if wishes.worth is Worth.SCORE:
        return scores
    if wishes.worth is Worth.ABOVE_BREAK_EVEN:
        return np.maximum(0.0, beyond(scores, _break_even(board)))
    return np.array(
        [
            expected_npv(case_of(board, row, totals[board.use_cases[row].id]), wishes.terms)
            for row in rows
        ]
    )


def case_of(board: Board, row: int, totals: CostTotals) -> Case:
    """Return the money of a use case, its benefit as likely as its feasibility says."""
    use_case = board.use_cases[row]
    likely = use_case.benefit_likely or 0.0
    return Case(
        benefit=_estimate(
            likely if use_case.benefit_low is None else use_case.benefit_low,
            likely,
            likely if use_case.benefit_high is None else use_case.benefit_high,
        ),
        once=_estimate(*totals.people.plus(totals.once)),
        yearly=_estimate(*totals.yearly),
        likelihood=float(board.ranking.scores.likelihood[row]),
    )


def _estimate(low: float, likely: float, high: float) -> Estimate:
    return Estimate(min(low, likely), likely, max(likely, high))


def _capacities(
    board: Board, chosen: Sequence[UseCase], given: Mapping[str, float]
) -> tuple[Capacity, ...]:
    asked = {title.casefold(): amount for title, amount in given.items()}
    unknown = set(asked) - {role.title.casefold() for role in board.portfolio.roles}
    if unknown:
        raise NotFound(
            f"There is no role “{next(t for t in given if t.casefold() in unknown)}”.",
            f"Choose one of: {', '.join(role.title for role in board.portfolio.roles)}.",
        )
    found = []
    for role in board.portfolio.roles:
        amount = asked.get(role.title.casefold(), role.capacity_days)
        if amount is not None:
            days = [total(e.days for e in u.efforts if e.role_id == role.id) for u in chosen]
            found.append(Capacity(role.title, np.array(days, dtype=np.float64), amount))
    return tuple(found)


def _places(
    board: Board,
    chosen: Sequence[UseCase],
    left_out: Sequence[tuple[UseCase, str]],
    keys: Sequence[str],
) -> frozenset[int]:
    known = {u.key: place for place, u in enumerate(chosen)}
    out = {u.key: reason for u, reason in left_out}
    for key in keys:
        if key in out:
            raise InvalidInput(
                f"{key} must be selected but cannot be: {out[key]}.",
                "Complete it, or do not ask for it.",
                field="must",
            )
        if key not in {u.key for u in board.use_cases}:
            raise NotFound(f"There is no use case {key}.", "`scoper rank FILE` lists the keys.")
    return frozenset(known[key] for key in keys if key in known)
