"""Where the names of marks stand: pure geometry, the same for the window and for files.

No name meets another one, nor a mark of those that are always named; what is named only where
there is room covers no mark at all. Lengths are in the unit of the drawing, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scoper.scoring.matrix import Array

_AROUND: Final = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
"""Directions in which a name is tried beside its mark, the best first."""
_RINGS: Final = (0.0, 1.0, 2.0, 3.5, 5.5)
"""How far away from its mark a name is tried, in heights of a line."""
_FEW: Final = 60
"""Up to so many marks, names that need not stand are tried further away too."""
_CROWD: Final = 5
"""From so many marks on it makes no difference to cover more: a name stays near its mark."""
_APART: Final = (3.0, 0.9)
"""How far, in gaps, other marks keep from a name beside and above it, or it would seem theirs."""
_MEETS: Final = 1_000.0
"""What it costs to meet a name or a mark that must be seen, against covering one other mark."""
_ROUNDED: Final = 0.5
"""Names that touch by no more than this do not meet."""


_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def meets(self, other: Box) -> bool:
        """Return whether both cover some place."""
        return (
            self.left < other.right - _ROUNDED
            and other.left < self.right - _ROUNDED
            and self.top < other.bottom - _ROUNDED
            and other.top < self.bottom - _ROUNDED
        )


@dataclass(frozen=True, eq=False, slots=True)
class Marks:
    """Where the marks of a chart stand, and how far each reaches."""

    x: Array
    y: Array
    radius: Array

    def box(self, mark: int) -> Box:
        """Return the square around a mark."""
        radius = float(self.radius[mark])
        return Box(self.x[mark] - radius, self.y[mark] - radius, 2 * radius, 2 * radius)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that is to stand beside a mark; ``must`` if there is no leaving it out."""

    mark: int
    text: str
    width: float
    must: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its place. ``apart`` tells that a thread has to lead to its mark."""

    wanted: Wanted
    box: Box
    apart: bool


@dataclass(frozen=True, eq=False, slots=True)
class Space:
    """Where names can stand: in ``room``, off what is ``taken``, ``gap`` away from their marks.

    ``strokes`` are points of lines, shape (points, 2), that names stand on only where they have to.
    """

    marks: Marks
    room: Box
    height: float
    gap: float
    taken: tuple[Box, ...]
    strokes: Array


def place_names(space: Space, wanted: Sequence[Wanted], most: int) -> tuple[Name, ...]:
    """Find places for names, the most important first, ``most`` of them only where there is room.

    Those that must stand come first, whatever their place in ``wanted``, and always get one.
    """
    must = [each for each in wanted if each.must]
    blocked = [*space.taken, *(space.marks.box(each.mark) for each in must)]
    placed: list[Name] = []
    for each in must:
        placed.append(_must(space, each, blocked))
        blocked.append(placed[-1].box)
    for each in (each for each in wanted if not each.must):
        if len(placed) == len(must) + most:
            break
        name = _free(space, each, blocked)
        if name is not None:
            placed.append(name)
            blocked.append(name.box)
    return tuple(placed)


def name_also(space: Space, placed: Sequence[Name], also: Wanted) -> tuple[Name, ...]:
    """Name one mark more without moving any name; those only there for the room give way to it."""
    if any(name.wanted.mark == also.mark for name in placed):
        return tuple(placed)
    must = [name for name in placed if name.wanted.must]
    seen = [space.marks.box(mark) for mark in (also.mark, *(name.wanted.mark for name in must))]
    new = _must(space, also, [*space.taken, *(name.box for name in must), *seen])
    stay = (name for name in placed if name.wanted.must or not name.box.meets(new.box))
    return (*stay, new)


def least_covering(marks: Marks, boxes: Array, room: Box, taken: Sequence[Box]) -> int:
    """Return which of ``boxes``, rows of left, top, width and height, is in nobody's way.

    Of those alike the first; one of them in any case.
    """
    cost = _covered(marks, boxes) + _MEETS * (_hits(boxes, taken) + ~_inside(boxes, room))
    return int(np.argmin(cost))


def _must(space: Space, wanted: Wanted, blocked: Sequence[Box]) -> Name:
    marks, height = space.marks, space.height
    rings = [_beside(space, wanted, space.gap + ring * height) for ring in _RINGS]
    boxes = _within(np.concatenate([*rings, _grid(wanted, height, space.room)]), space.room)
    x, y = float(marks.x[wanted.mark]), float(marks.y[wanted.mark])
    away = np.hypot(
        np.maximum(0, np.maximum(boxes[:, 0] - x, x - boxes[:, 0] - boxes[:, 2])),
        np.maximum(0, np.maximum(boxes[:, 1] - y, y - boxes[:, 1] - boxes[:, 3])),
    )
    reach: Array = np.maximum(0.0, away - marks.radius[wanted.mark] - space.gap)
    covered = np.minimum(_covered(marks, boxes), _CROWD)
    cost = covered + 2 * reach / height + _MEETS * _hits(boxes, blocked)
    best = int(np.argmin(np.round(cost + _crossing(space, boxes), 6)))
    return Name(wanted, Box(*boxes[best].tolist()), apart=bool(reach[best] > height / 2))


def _free(space: Space, wanted: Wanted, blocked: Sequence[Box]) -> Name | None:
    """Return a place beside the mark; a little further away, with a thread, among few marks."""
    for ring in _RINGS[:2] if len(space.marks.x) <= _FEW else _RINGS[:1]:
        boxes = _within(_beside(space, wanted, space.gap + ring * space.height), space.room)
        boxes = boxes[_inside(boxes, space.room) & (_hits(boxes, blocked) == 0)]
        boxes = boxes[_is_clear(space, boxes, wanted.mark)]
        if len(boxes):
            box = Box(*boxes[int(np.argmin(_crossing(space, boxes)))].tolist())
            return Name(wanted, box, apart=ring > 0)
    return None


def _is_clear(space: Space, boxes: Array, mark: int) -> _Flags:
    """Return which boxes cover no mark and could not be taken for the name of another one."""
    marks, (beside, above) = space.marks, space.gap * np.array(_APART)
    around = boxes + np.array([-beside, -above, 2 * beside, 2 * above])
    other = (marks.x != marks.x[mark]) | (marks.y != marks.y[mark])
    others = Marks(marks.x[other], marks.y[other], marks.radius[other])
    clear: _Flags = (_covered(marks, boxes) == 0) & (_covered(others, around) == 0)
    return clear


def _crossing(space: Space, boxes: Array) -> Array:
    """Return what it costs each box to stand on a line: less than to cover a mark."""
    x, y = space.strokes.T
    cost: Array = np.where(_meeting(boxes, x, y, x, y) > 0, 0.5, 0.0)
    return cost


def _beside(space: Space, wanted: Wanted, gap: float) -> Array:
    """Return the places around a mark, as rows of left, top, width and height."""
    marks, height = space.marks, space.height
    x, y = float(marks.x[wanted.mark]), float(marks.y[wanted.mark])
    right, down = np.array(_AROUND, dtype=np.float64).T
    straight = (right == 0) | (down == 0)
    reach = float(marks.radius[wanted.mark]) + np.where(straight, gap, 0.0)
    left = x + right * reach + (right - 1) / 2 * wanted.width
    top = y + down * reach + (down - 1) / 2 * height
    return _boxes(left, top, wanted.width, height)


def _grid(wanted: Wanted, height: float, room: Box) -> Array:
    """Return places all over the room, so that there always is one."""
    lefts = np.arange(room.left, room.right, max(wanted.width / 2, height))
    tops = np.arange(room.top, room.bottom, height)
    left, top = (each.ravel() for each in np.meshgrid(lefts, tops))
    return _boxes(left, top, wanted.width, height)


def _boxes(left: Array, top: Array, width: float, height: float) -> Array:
    return np.column_stack([left, top, np.full(len(left), width), np.full(len(left), height)])


def _within(boxes: Array, room: Box) -> Array:
    """Return the boxes moved into the room, as far as they fit."""
    moved = boxes.copy()
    moved[:, 0] = np.maximum(room.left, np.minimum(boxes[:, 0], room.right - boxes[:, 2]))
    moved[:, 1] = np.maximum(room.top, np.minimum(boxes[:, 1], room.bottom - boxes[:, 3]))
    return moved


def _inside(boxes: Array, room: Box) -> _Flags:
    inside: _Flags = (
        (boxes[:, 0] >= room.left)
        & (boxes[:, 1] >= room.top)
        & (boxes[:, 0] + boxes[:, 2] <= room.right)
        & (boxes[:, 1] + boxes[:, 3] <= room.bottom)
    )
    return inside


def _hits(boxes: Array, blocked: Sequence[Box]) -> NDArray[np.int64]:
    """Return how many of ``blocked`` each box meets."""
    if not blocked:
        return np.zeros(len(boxes), dtype=np.int64)
    sides = np.array([(b.left, b.top, b.right, b.bottom) for b in blocked]).T
    return _meeting(boxes, *sides)


def _covered(marks: Marks, boxes: Array) -> NDArray[np.int64]:
    """Return how many marks each box covers a part of."""
    x, y, r = marks.x, marks.y, marks.radius
    return _meeting(boxes, x - r, y - r, x + r, y + r)


def _meeting(
    boxes: Array, left: Array, top: Array, right: Array, bottom: Array
) -> NDArray[np.int64]:
    """Return how many of the rectangles with these sides each box meets."""
    lefts, tops, widths, heights = (boxes[:, [side]] for side in range(4))
    meeting: NDArray[np.int64] = (
        (lefts < right - _ROUNDED)
        & (left < lefts + widths - _ROUNDED)
        & (tops < bottom - _ROUNDED)
        & (top < tops + heights - _ROUNDED)
    ).sum(axis=1)
    return meeting
