"""Commands on criteria and their anchors."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from scoper.commands import criteria
from scoper.errors import InvalidInput, NotFound
from scoper.queries import load_board
from scoper.snapshot import Criterion
from scoper.store import Store
from scoper.terms import Dimension, RiskCategory
from tests.commands.refusals import refused
from tests.support import count_steps, dump


@pytest.fixture
def criterion(store: Store) -> Criterion:
    """Return the first criterion of the portfolio."""
    return load_board(store).portfolio.criteria[0]


def now(store: Store) -> Criterion:
    return load_board(store).portfolio.criteria[0]


@pytest.mark.parametrize(
    ("field", "entered", "kept"),
    [
        ("title", " Yearly  value ", "Yearly value"),
        ("question", "How much?\r\n", "How much?"),
        ("weight", "12.5", 12.5),
        ("weight", 0, 0.0),
        ("unit", "EUR", "EUR"),
    ],
)
def test_a_criterion_can_be_reworded_and_reweighed(
    store: Store, criterion: Criterion, field: str, entered: object, kept: object
) -> None:
    changes = criteria.set_field(store, criterion_id=criterion.id, field=field, value=entered)
    assert getattr(now(store), field) == kept
    assert changes.label == f"Change “{field.capitalize()}” of {criterion.title}"


@pytest.mark.parametrize(
    ("field", "entered"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("question", "x" * 20_001),
        ("weight", -1),
        ("weight", float("nan")),
        ("weight", ""),
        ("weight", 1e7),
        ("unit", "x" * 41),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    store: Store, criterion: Criterion, field: str, entered: object
) -> None:
    refused(
        store,
        lambda: criteria.set_field(store, criterion_id=criterion.id, field=field, value=entered),
        field=field,
    )


@pytest.mark.parametrize(
    ("field", "entered"),
    [("key", "reach"), ("dimension", "risk"), ("category", "domain"), ("low", 9), ("high", 0)],
)
def test_what_ratings_rest_on_is_fixed(
    store: Store, criterion: Criterion, field: str, entered: object
) -> None:
    refused(
        store,
        lambda: criteria.set_field(store, criterion_id=criterion.id, field=field, value=entered),
        field=field,
    )


def test_the_last_weight_of_a_dimension_cannot_become_zero(store: Store) -> None:
    risks = [c for c in load_board(store).portfolio.criteria if c.category is not None]
    for criterion in risks[1:]:
        criteria.set_field(store, criterion_id=criterion.id, field="weight", value=0)
    error = refused(
        store,
        lambda: criteria.set_field(store, criterion_id=risks[0].id, field="weight", value=0),
        field="weight",
    )
    assert "risk" in error.message


def test_an_anchor_can_be_reworded(store: Store, criterion: Criterion) -> None:
    criteria.set_anchor(store, criterion_id=criterion.id, level=3, meaning=" About  half \n")
    expected = {**dict(criterion.anchors), 3: "About  half"}
    assert dict(now(store).anchors) == expected


@pytest.mark.parametrize("meaning", ["", " \n", "x" * 601])
def test_every_level_keeps_a_meaning(store: Store, criterion: Criterion, meaning: str) -> None:
    refused(
        store,
        lambda: criteria.set_anchor(store, criterion_id=criterion.id, level=3, meaning=meaning),
        field="meaning",
    )


def test_unknown_criteria_levels_and_fields_are_reported(
    store: Store, criterion: Criterion
) -> None:
    before = dump(store)
    with pytest.raises(NotFound):
        criteria.set_field(store, criterion_id=uuid4(), field="weight", value=1)
    with pytest.raises(NotFound):
        criteria.set_anchor(store, criterion_id=uuid4(), level=3, meaning="x")
    with pytest.raises(NotFound, match="no level 6"):
        criteria.set_anchor(store, criterion_id=criterion.id, level=6, meaning="x")
    with pytest.raises(InvalidInput, match="colour"):
        criteria.set_field(store, criterion_id=criterion.id, field="colour", value="red")
    assert dump(store) == before


# ---------------------------------------------------------------- the list


def titles(store: Store, dimension: Dimension | None = None) -> list[str]:
    return [
        c.title for c in load_board(store).portfolio.criteria if dimension in (None, c.dimension)
    ]


def add(store: Store, title: str = "Time to market", **values: object) -> Criterion:
    criterion_id = uuid4()
    given: dict[str, Any] = {"dimension": Dimension.IMPACT, **values}
    criteria.add(store, title=title, criterion_id=criterion_id, **given)
    found = load_board(store).portfolio.criteria
    return next(c for c in found if c.id == criterion_id)


def test_a_new_criterion_has_an_anchor_for_every_level(store: Store) -> None:
    added = add(store, " Time  to market ", question="How soon?", weight=5)
    assert (added.title, added.key, added.weight) == ("Time to market", "time_to_market", 5.0)
    assert [level for level, _ in added.anchors] == [1, 2, 3, 4, 5]
    assert all(meaning for _, meaning in added.anchors)
    assert (added.low, added.high) == (1.0, 5.0)
    assert load_board(store).portfolio.criteria[-1].id == added.id


def test_a_new_criterion_of_weight_zero_leaves_every_score_alone(sample_store: Store) -> None:
    before = [s.score for s in load_board(sample_store).ranked]
    add(sample_store, weight=0)
    assert [s.score for s in load_board(sample_store).ranked] == before
    add(sample_store, "Another", weight=10)
    assert {s.score for s in load_board(sample_store).ranked} == {None}


def test_keys_stay_apart_when_titles_come_to_the_same(store: Store) -> None:
    keys = [add(store, title).key for title in ("Reach!", "Reach?", "…", "???")]
    assert keys == ["reach_2", "reach_3", "criterion", "criterion_2"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": " REACH "}, "title"),
        ({"weight": -1}, "weight"),
        ({"dimension": Dimension.RISK}, "category"),
        ({"category": RiskCategory.DOMAIN}, "category"),
        ({"anchors": {1: "Low", 5: "High"}}, "anchors"),
        ({"anchors": {1: "a", 2: "b", 3: " ", 4: "d", 5: "e"}}, "meaning"),
    ],
)
def test_a_criterion_that_cannot_be_rated_is_refused(
    store: Store, values: dict[str, object], field: str
) -> None:
    refused(store, lambda: add(store, **{"title": "New", **values}), field=field)  # type: ignore[arg-type]


def test_a_title_cannot_be_given_twice(store: Store, criterion: Criterion) -> None:
    refused(
        store,
        lambda: criteria.set_field(store, criterion_id=criterion.id, field="title", value="reach"),
        field="title",
    )
    shouted = criterion.title.upper()
    criteria.set_field(store, criterion_id=criterion.id, field="title", value=shouted)
    assert now(store).title == shouted


def test_removing_a_criterion_takes_its_ratings_and_undo_brings_them_back(
    sample_store: Store,
) -> None:
    before, ranked = dump(sample_store), [s.score for s in load_board(sample_store).ranked]
    gone = load_board(sample_store).portfolio.criteria[1]
    changes = criteria.remove(sample_store, criterion_id=gone.id)
    assert changes.label == f"Remove criterion {gone.title}"
    board = load_board(sample_store)
    assert gone.title not in titles(sample_store)
    assert board.portfolio.ratings.shape[1] == len(board.portfolio.criteria)
    assert [s.score for s in board.ranked] != ranked
    sample_store.undo()
    assert dump(sample_store) == before
    assert [s.score for s in load_board(sample_store).ranked] == ranked


def test_the_last_criterion_that_counts_stays(store: Store) -> None:
    first, second, third = (
        c for c in load_board(store).portfolio.criteria if c.dimension is Dimension.IMPACT
    )
    criteria.remove(store, criterion_id=first.id)
    criteria.set_field(store, criterion_id=second.id, field="weight", value=0)
    error = refused(store, lambda: criteria.remove(store, criterion_id=third.id), field="weight")
    assert third.title in error.message
    assert "impact" in error.message
    criteria.remove(store, criterion_id=second.id)
    assert titles(store, Dimension.IMPACT) == [third.title]


def test_criteria_move_among_their_kind(store: Store) -> None:
    everything = titles(store)
    a, b, c = (x for x in load_board(store).portfolio.criteria if x.dimension is Dimension.IMPACT)
    others = titles(store)[3:]
    criteria.move(store, criterion_id=c.id, by=-1)
    assert titles(store) == [a.title, c.title, b.title, *others]
    criteria.move(store, criterion_id=a.id, by=9)
    assert titles(store) == [c.title, b.title, a.title, *others]
    store.undo()
    store.undo()
    assert titles(store) == everything


def test_moving_past_the_end_changes_nothing(store: Store, criterion: Criterion) -> None:
    steps = count_steps(store)
    assert not criteria.move(store, criterion_id=criterion.id, by=-1)
    risk = load_board(store).portfolio.criteria[-1]
    assert not criteria.move(store, criterion_id=risk.id, by=-1)
    assert count_steps(store) == steps
