"""Whether a field still holds what an edit has seen in it, for values of every kind."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from scoper.errors import Overtaken
from scoper.store.unit import check_seen
from scoper.terms import Phase

ONE, OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("current", "seen"),
    [
        ("", None),
        (None, ""),
        (3.0, 3),
        (3, 3.0),
        ("Ann", "Ann"),
        (ONE, ONE),
        (dt.date(2027, 3, 1), dt.date(2027, 3, 1)),
        ({"access": 4}, {"access": 4}),
        (["a", "b"], ("a", "b")),
        (Phase.PILOT, Phase.PILOT.value),
        (True, True),
    ],
)
def test_what_was_seen_may_be_replaced(current: Any, seen: Any) -> None:
    check_seen(current, (seen,), "anything")
    check_seen(current, ("something before", seen), "anything")
    check_seen(current, ("something before",), seen)
    with pytest.raises(Overtaken):
        check_seen(current, ("something before",), "anything")


@pytest.mark.parametrize(
    ("current", "seen"),
    [
        (None, 0),
        (0, ""),
        (3, 4),
        (1, True),
        ("Ann", "Anna"),
        ("3", 3),
        (ONE, OTHER),
        (ONE, None),
        (dt.date(2027, 3, 1), dt.date(2027, 1, 3)),
        ({"access": 4}, {"access": 5}),
        ({"access": 4}, {"access": 4, "labels": 2}),
        (["a", "b"], ("b", "a")),
        (Phase.PILOT, Phase.MVP),
        (True, False),
    ],
)
def test_what_was_not_seen_is_told_with_both_sides(current: Any, seen: Any) -> None:
    with pytest.raises(Overtaken) as told:
        check_seen(current, (seen,), "mine", where="here")
    assert (told.value.yours, told.value.theirs, told.value.where) == ("mine", current, "here")
    check_seen(current, None, "mine")
