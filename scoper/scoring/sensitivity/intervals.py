"""How far one weight or parameter can move before the leader, or the top k, changes.

Scores are lines in what moves, straight or with one bend each (``Path``), so two alternatives
change places where their lines cross: the ends of an interval are solved for on every piece, not
searched. Lines with bends can cross more than once; the interval is the connected one around the
current value. One that only ties with the leader does not take the lead, so the ends belong to
the interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoper.errors import InvalidInput
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import Method
from scoper.scoring.parameters import Parameters, bounds
from scoper.scoring.paths import Path
from scoper.scoring.ranking import DECIMALS, rank_order
from scoper.scoring.sensitivity.linear import Block, LinearScores, Rows
from scoper.scoring.statistic import Undefined

NOBODY: Final = Undefined("No use case is fully rated.")
ALONE: Final = Undefined("It is the only criterion with a weight: its share is always the whole.")
CURVED: Final = Undefined("The method does not say how its scores move with it.")
OFF: Final = Undefined("It is off, which is a switch and not the end of a scale.")
SMALLEST: Final = 1e-6
"""The least value of a parameter that is switched off at 0."""

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
        (int(column), _of_share(block, place, order, top))
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
    merit = method.merit(method.score(matrix, parameters), parameters)
    order = _ranked(merit, tie_break, top)
    paths = method.paths(matrix, parameters) if method.paths else {}
    found = {}
    for name in (each.name for each in method.parameters):
        current, path = parameters[name], paths.get(name)
        if path is None:
            why = CURVED if current or method.paths is None else OFF
            why = why if order.size else NOBODY
            found[name] = Stability(current, why, why)
            continue
        low, high = bounds(method.parameters, name, parameters)
        found[name] = Stability(
            current,
            *(_stays(path, order, size, (low, current, high)) for size in (1, top)),
        )
    return found


def _ranked(scores: Array, tie_break: Rows, top: int) -> Rows:
    if top < 1:
        raise InvalidInput("The top group needs at least 1 place.", "Enter 1 or more.", field="top")
    order = rank_order(scores, tie_break)
    return order[~np.isnan(scores[order])]


def _of_share(block: Block, place: int, order: Rows, top: int) -> Stability:
    current, path = float(block.share[place]), block.along(place)
    if path is None:
        return Stability(current, ALONE, ALONE)
    return Stability(
        current, *(_stays(path, order, size, (0.0, current, 1.0)) for size in (1, top))
    )


def _stays(
    path: Path, order: Rows, top: int, between: tuple[float, float, float]
) -> Interval | Undefined:
    """Return where the first ``top`` of ``order`` stay ahead.

    ``between`` holds the lowest, the current and the highest value of what moves.
    """
    low, current, high = between
    if not order.size:
        return NOBODY
    first, rest = order[:top], order[top:]
    if np.isnan(path.slope[first]).any():
        return Interval(current, current, None, None)
    rest = rest[~np.isnan(path.slope[rest])]
    if path.inverse:
        return _inverse(path, (first, rest), between)
    up, above = _nearest(path, (first, rest), current, high)
    down, below = _nearest(path, (first, rest), current, low)
    return Interval(
        low=low if below is None else current - down,
        high=current + up if above is not None else None if np.isinf(high) else high,
        below=below,
        above=above,
    )


def _inverse(
    path: Path, groups: tuple[Rows, Rows], between: tuple[float, float, float]
) -> Interval:
    """Return an interval of what moves as 1/t; 0, where it is off, is no part of it."""
    current, high = between[1:]
    low = min(current, SMALLEST)
    down, below = _nearest(path, groups, 1 / current, 1 / low)
    up, above = _nearest(path, groups, 1 / current, 1 / high)
    return Interval(
        low=low if below is None else 1 / (1 / current + down),
        high=high if above is None else 1 / (1 / current - up),
        below=below,
        above=above,
    )


def _nearest(
    path: Path, groups: tuple[Rows, Rows], start: float, end: float
) -> tuple[float, int | None]:
    """Return how far it is from ``start`` to the nearest crossing, and which row comes in there.

    A row only comes in if on the way to ``end`` it gets ahead by what shows in a rank.
    """
    first, rest = groups
    nearest, comes = abs(end - start), None
    for row in first if rest.size else ():
        distance = _crossings(path, int(row), rest, start, end)
        place = int(np.argmin(distance))
        if distance[place] < nearest:
            nearest, comes = float(distance[place]), int(rest[place])
    return nearest, comes


def _crossings(path: Path, row: int, rest: Rows, start: float, end: float) -> Array:
    """Return how far it is until each of ``rest`` gets ahead of ``row``; infinite where none does.

    Between the bends of the two, which are passed in order, their lines are straight.
    """
    sign, reach = (1.0 if end >= start else -1.0), abs(end - start)

    def lead(distance: Array) -> Array:
        at = start + sign * distance
        found: Array = path.at(np.full(rest.shape, row), at) - path.at(rest, at)
        return found

    still = np.zeros(rest.shape)
    now = np.maximum(lead(still), 0.0)
    if np.isinf(reach):
        return _ahead(now, now - lead(still + 1))
    bends = [
        np.clip(sign * (path.kinks(rows) - start), 0.0, reach)
        for rows in (np.full(rest.shape, row), rest)
    ]
    places = [np.minimum(*bends), np.maximum(*bends), np.full(rest.shape, reach)]
    found, lost, before = np.full(rest.shape, np.inf), np.full(rest.shape, np.inf), still
    for place in places:
        then = lead(place)
        turns = (now >= 0) & (then < 0)
        share = np.divide(now, now - then, out=np.zeros(rest.shape), where=turns)
        lost = np.where(turns, before + share * (place - before), np.where(then < 0, lost, np.inf))
        found = np.where(np.isinf(found) & (then < -_SHOWN), lost, found)
        now, before = then, place
    return found


def _ahead(lead: Array, closing: Array) -> Array:
    """Return how far it is on straight lines without an end."""
    found: Array = np.full(lead.shape, np.inf)
    np.divide(lead, closing, out=found, where=closing > _SHOWN)
    return found
