"""Names in charts: none covers another, and those that matter are always there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.charts.names import Box, Marks, Name, Space, Wanted, name_also, place_names

ROOM = Box(0.0, 0.0, 380.0, 180.0)
HEIGHT, GAP = 14.0, 3.0


def space_of(points: list[tuple[float, float]], radius: float = 6.0) -> Space:
    x, y = np.array(points, dtype=np.float64).T
    marks = Marks(x, y, np.full(len(points), radius))
    return Space(marks, ROOM, HEIGHT, GAP, (Box(300, 0, 80, 14),), np.empty((0, 2)))


def wanted(count: int, must: tuple[int, ...]) -> list[Wanted]:
    return [Wanted(m, f"Name {m}", 40.0 + 13 * (m % 6), m in must) for m in range(count)]


def check_nothing_overlaps(space: Space, names: tuple[Name, ...]) -> None:
    boxes = [name.box for name in names]
    for place, box in enumerate(boxes):
        assert not any(box.meets(other) for other in [*boxes[:place], *space.taken])
        assert box.left >= ROOM.left
        assert box.right <= ROOM.right + 1e-9
        assert box.top >= ROOM.top
        assert box.bottom <= ROOM.bottom + 1e-9
    always = [name.wanted.mark for name in names if name.wanted.must]
    for name in names:
        seen = always if name.wanted.must else range(len(space.marks.x))
        assert not any(name.box.meets(space.marks.box(mark)) for mark in seen)


somewhere = st.lists(
    st.tuples(st.floats(12, 368), st.floats(12, 168)), min_size=3, max_size=40, unique=True
)


@given(somewhere, st.data())
def test_no_name_meets_another_or_a_mark_of_higher_importance(
    points: list[tuple[float, float]], data: st.DataObject
) -> None:
    selected = data.draw(st.integers(0, len(points) - 1))
    space = space_of(points)
    names = place_names(space, wanted(len(points), (0, selected)), most=12)
    assert {0, selected} <= {name.wanted.mark for name in names}
    check_nothing_overlaps(space, names)
    hovered = data.draw(st.integers(0, len(points) - 1))
    also = name_also(space, names, Wanted(hovered, "Hovered", 90.0, must=True))
    assert {0, selected, hovered} <= {name.wanted.mark for name in also}
    check_nothing_overlaps(space, also)
    assert {n.wanted.mark: n.box for n in names if n in also}.items() <= {
        n.wanted.mark: n.box for n in names
    }.items()


@pytest.mark.parametrize("corner", [(12, 12), (368, 12), (12, 168), (368, 168)])
def test_all_in_one_corner_the_first_and_the_selected_are_named(
    corner: tuple[float, float],
) -> None:
    shift = np.random.default_rng(1).random((50, 2)) * 4
    space = space_of([(corner[0] + dx, corner[1] + dy) for dx, dy in shift.tolist()])
    names = place_names(space, wanted(50, (0, 40)), most=12)
    assert {0, 40} <= {name.wanted.mark for name in names}
    check_nothing_overlaps(space, names)


def test_names_are_beside_their_marks_where_there_is_room_and_have_a_thread_where_not() -> None:
    alone = space_of([(100, 90), (250, 90)])
    names = place_names(alone, wanted(2, (0,)), most=12)
    assert [(n.box.left, n.apart) for n in names] == [(109.0, False), (259.0, False)]
    rows, columns = np.meshgrid(np.arange(74, 110, 8), np.arange(40, 330, 8))
    packed = space_of([(190, 90), *zip(columns.ravel(), rows.ravel(), strict=True)])
    (name,) = place_names(packed, wanted(1, (0,)), most=12)
    assert name.apart


def test_the_more_important_name_gets_the_room() -> None:
    space = space_of([(100, 90), (100, 105), (100, 75)], radius=2.0)
    names = place_names(space, wanted(3, ()), most=1)
    assert [name.wanted.mark for name in names] == [0]


def test_a_name_keeps_off_a_line_where_it_can() -> None:
    points = [(150.0, 90.0), (150.0, 150.0)]
    stroke = np.column_stack([np.linspace(165, 165, 50), np.linspace(0, 180, 50)])
    plain = space_of(points)
    space = Space(plain.marks, ROOM, HEIGHT, GAP, (), stroke)
    names = place_names(space, wanted(2, (0,)), most=12)
    assert all(name.box.right <= 165 for name in names)


def test_a_selected_one_within_a_crowd_is_named_near_by() -> None:
    crowd = np.random.default_rng(4).random((3_000, 2)) * (356, 156) + 12
    space = space_of([tuple(point) for point in crowd.tolist()], radius=3.0)
    (name,) = (n for n in place_names(space, wanted(1_500, (0, 1_400)), 12) if n.wanted.mark)
    x, y = crowd[1_400]
    across = max(name.box.left - x, x - name.box.right, 0)
    assert across + max(name.box.top - y, y - name.box.bottom, 0) < 4 * HEIGHT


def test_no_name_stands_where_it_would_seem_that_of_another_mark() -> None:
    space = space_of([(60, 90), (104, 101), (60, 72)], radius=5.0)
    names = place_names(space, [Wanted(0, "Name 0", 70.0, must=False)], most=12)
    for name in names:
        beside = space.marks.box(1)
        assert not (beside.left - name.box.right < 9 and name.box.bottom > beside.top)
