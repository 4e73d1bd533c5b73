"""Amounts, targets and counts in words, in every state they can be in."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from scoper.exchange.documents.phrasing import aim, change, counted, ordinal
from scoper.snapshot import Kpi
from scoper.terms import Direction

DUE = dt.date(2027, 5, 31)
UP, DOWN = Direction.UP, Direction.DOWN


@pytest.mark.parametrize(
    ("baseline", "target", "due", "words"),
    [
        (None, None, None, "baseline and target open"),
        (None, None, DUE, "baseline and target open, due by 31 May 2027"),
        (38.0, None, DUE, "38 % today, target open"),
        (0.0, None, None, "0 % today, target open"),
        (None, 15.0, DUE, "15 % by 31 May 2027, today's value open"),
        (None, 0.0, None, "0 %, today's value open"),
        (4.0, 4.0, DUE, "to stay at 4 %"),
        (38.0, 15.0, DUE, "from 38 to 15 % by 31 May 2027"),
        (0.0, 15.0, None, "from 0 to 15 %"),
    ],
)
def test_where_a_metric_stands_and_should_go(
    baseline: float | None, target: float | None, due: dt.date | None, words: str
) -> None:
    kpi = Kpi(uuid4(), "Late", unit="%", baseline=baseline, target=target, due=due)
    assert change(kpi, "EUR").replace("\u00a0", " ") == words


def test_money_has_its_mark_on_both_sides() -> None:
    kpi = Kpi(uuid4(), "Cost", unit="EUR a case", baseline=12.0, target=9.0, direction=DOWN)
    assert change(kpi, "EUR") == "from €12 to €9 a case"
    assert aim(kpi, "EUR") == "at most €9 a case"


@pytest.mark.parametrize(
    ("direction", "target", "words"),
    [(UP, 15.0, "at least 15 %"), (DOWN, 15.0, "at most 15 %"), (DOWN, 0.0, "0 %"),
     (UP, 0.0, "at least 0 %"), (DOWN, None, "0 %")],
)  # fmt: skip
def test_the_better_side_of_a_target(
    direction: Direction, target: float | None, words: str
) -> None:
    kpi = Kpi(uuid4(), "Late", unit="%", direction=direction, target=target)
    assert aim(kpi, "EUR").replace("\u00a0", " ") == words


def test_counts_are_words_up_to_twelve() -> None:
    said = [counted(count, "part") for count in (0, 1, 2, 12, 13, 1_200)]
    assert said == ["no parts", "one part", "two parts", "twelve parts", "13 parts", "1,200 parts"]
    assert counted(2, "part", figures=True) == "2 parts"


def test_places_have_their_endings() -> None:
    places = (1, 2, 3, 4, 10, 11, 12, 13, 21, 22, 101, 111, 113)
    assert " ".join(map(ordinal, places)) == (
        "1st 2nd 3rd 4th 10th 11th 12th 13th 21st 22nd 101st 111th 113th"
    )
