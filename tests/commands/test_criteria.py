"""Commands on criteria and their anchors."""

from __future__ import annotations

from uuid import uuid4

import pytest

from scoper.commands import criteria
from scoper.errors import InvalidInput, NotFound
from scoper.queries import load_board
from scoper.snapshot import Criterion
from scoper.store import Store
from tests.commands.refusals import refused
from tests.support import dump


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
    assert changes.label == f"Change {field} of {criterion.title}"


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
