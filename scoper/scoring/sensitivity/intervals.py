"""How far one weight or parameter can move before the leader, or the top k, changes.

Scores are straight lines in what moves (``linear``), so two alternatives change places where
their lines cross: the ends of an interval are solved for, not searched. One that only ties
with the leader does not take the lead, so the ends belong to the interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import Method
from scoper.scoring.parameters import Parameters, bounds
from scoper.scoring.ranking import DECIMALS, rank_order
from scoper.scoring.sensitivity.linear import Block, LinearScores, Rows
from scoper.scoring.statistic import Undefined

NOBODY: Final = Undefined("No use case is fully rated.")
ALONE: Final = Undefined("It is the only criterion with a weight: its share is always the whole.")
CURVED: Final = Undefined("The scores do not move on straight lines with it.")

_SHOWN: Final = 10.0 ** -(DECIMALS + 1)
"""A lead of less, in points of the score, never shows: ranks round to ``DECIMALS``."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a top group stays what it is: every value from ``low`` to ``high``, both included.

    ``high`` is None where there is no upper end. ``below`` and ``above`` are the rows of the
    alternatives that come in when an end is passed, None where the end is that of the scale.
    """

    low: float
    high: float | None
    below: int | None
    above: int | None


@dataclass(frozen=True, slots=True)
class Stability:
    """The intervals of one thing that moves, with its current value.

    ``leader`` keeps the alternative in first place, ``top`` the set of the first k.
    """

    current: float
    leader: Interval | Undefined
    top: Interval | Undefined


def weight_intervals(
    lines: LinearScores, tie_break: Rows, top: int
) -> tuple[tuple[int, Stability], ...]:
    """Return how far the share of each criterion can move: its column with its intervals.

    The share t of a criterion moves from 0 to 1 while the others of its block keep their
    proportions: they are scaled by (1 − t)/(1 − current). Alternatives that are incomplete now
    are left out; one without a value on a criterion of weight 0 drops out as soon as that
    criterion counts.

    Args:
        lines: the scores.
        tie_break: position of each row in the order of keys, which settles ties.
        top: k, at least 1.

    Raises:
        InvalidInput: ``top`` is less than 1.
    """
    order = _ranked(lines.scores, tie_break, top)
    return tuple(
        (int(column), _of_share(block, place, lines.scores, order, top))
        for block in lines.blocks
        for place, column in enumerate(block.columns)
    )


def parameter_intervals(
    method: Method, matrix: Matrix, parameters: Parameters, tie_break: Rows, top: int
) -> dict[str, Stability]:
    """Return how far each parameter of a method can move while the others stay.

    One without an upper end may have an interval without one.

    Raises:
        InvalidInput: ``top`` is less than 1, or the method cannot score the matrix.
    """
    order = _ranked(method.score(matrix, parameters), tie_break, top)
    lines = method.lines(matrix, parameters) if method.lines else {}
    found = {}
    for name in (each.name for each in method.parameters):
        current = parameters[name]
        if name not in lines:
            found[name] = Stability(current, CURVED, CURVED)
            continue
        scores, slope = lines[name]
        low, high = bounds(method.parameters, name, parameters)
        found[name] = Stability(
            current,
            *(_stays(scores, slope, order, size, (low, current, high)) for size in (1, top)),
        )
    return found


def _ranked(scores: Array, tie_break: Rows, top: int) -> Rows:
    if top < 1:
        raise InvalidInput("The top group needs at least 1 place.", "Enter 1 or more.", field="top")
    order = rank_order(scores, tie_break)
    return order[~np.isnan(scores[order])]


def _of_share(block: Block, place: int, scores: Array, order: Rows, top: int) -> Stability:
    current = float(block.share[place])
    others = np.delete(block.share, place)
    if not others.sum() > 0:
        return Stability(current, ALONE, ALONE)
    others = others / others.sum()
    gains = np.where(others > 0, np.delete(block.gain, place, axis=1), 0.0)
    slope = block.gain[:, place] - gains @ others
    return Stability(
        current,
        *(_stays(scores, slope, order, size, (0.0, current, 1.0)) for size in (1, top)),
    )


def _stays(
    scores: Array, slope: Array, order: Rows, top: int, between: tuple[float, float, float]
) -> Interval | Undefined:
    """Return where the first ``top`` of ``order`` stay ahead, given scores now and slopes.

    ``between`` holds the lowest, the current and the highest value of what moves.
    """
    low, current, high = between
    if not order.size:
        return NOBODY
    first, rest = order[:top], order[top:]
    if np.isnan(slope[first]).any():
        return Interval(current, current, None, None)
    rest = rest[~np.isnan(slope[rest])]
    up, above = _nearest(scores, -slope, (first, rest), high - current)
    down, below = _nearest(scores, slope, (first, rest), current - low)
    return Interval(
        low=low if below is None else current - down,
        high=current + up if above is not None else None if np.isinf(high) else high,
        below=below,
        above=above,
    )


def _nearest(
    scores: Array, slope: Array, groups: tuple[Rows, Rows], reach: float
) -> tuple[float, int | None]:
    """Return how far down it is to the nearest crossing, and which row comes in there.

    A row only comes in if within ``reach`` it gets ahead by what shows in a rank.
    """
    first, rest = groups
    nearest, comes = reach, None
    for row in first if rest.size else ():
        lead = np.maximum(scores[row] - scores[rest], 0.0)
        closing = slope[row] - slope[rest]
        overtakes = closing > _SHOWN
        if np.isfinite(reach):
            overtakes &= closing * reach - lead > _SHOWN
        distance = np.full(rest.size, np.inf)
        np.divide(lead, closing, out=distance, where=overtakes)
        place = int(np.argmin(distance))
        if distance[place] < nearest:
            nearest, comes = float(distance[place]), int(rest[place])
    return nearest, comes
