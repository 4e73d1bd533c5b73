"""Commands on ratings."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

import numpy as np
import pytest

from scoper.commands import scores
from scoper.commands.scores import Cell
from scoper.errors import InvalidInput, NotFound, ScoperError
from scoper.queries import load_board
from scoper.scoring.entries import ABSTAIN, Entry
from scoper.store import Store
from tests.commands.refusals import refused
from tests.support import add_person, add_use_case, count_steps, dump, rate


@dataclass(frozen=True)
class Place:
    """A use case, a person and the first criterion."""

    use_case: UUID
    person: UUID
    criterion: UUID

    def cell(self, entry: Entry) -> Cell:
        return Cell(self.use_case, self.criterion, self.person, entry)


@pytest.fixture
def place(store: Store) -> Place:
    """Return where the ratings of these tests go."""
    use_case, person = add_use_case(store), add_person(store)
    return Place(use_case, person, load_board(store).portfolio.criteria[0].id)


def stored(store: Store) -> tuple[float | None, bool]:
    """Return the first rating and whether it is an abstention."""
    portfolio = load_board(store).portfolio
    value = float(portfolio.ratings[0, 0, 0])
    return None if np.isnan(value) else value, bool(portfolio.abstained[0, 0, 0])


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        (1, (1.0, False)),
        (5.0, (5.0, False)),
        (3.5, (3.5, False)),
        (ABSTAIN, (None, True)),
        (None, (None, False)),
    ],
)
def test_a_rating_an_abstention_and_nothing_are_three_things(
    store: Store, place: Place, entry: Entry, kept: tuple[float | None, bool]
) -> None:
    scores.set_ratings(store, cells=[place.cell(entry)])
    assert stored(store) == kept
    scores.set_ratings(store, cells=[place.cell(2.0)])
    scores.set_ratings(store, cells=[place.cell(entry)])
    assert stored(store) == kept


@pytest.mark.parametrize("entry", [999, 0, 5.01, -1, float("nan"), float("inf"), -float("inf")])
def test_a_rating_outside_the_scale_is_refused_with_the_scale(
    store: Store, place: Place, entry: float
) -> None:
    error = refused(
        store,
        lambda: scores.set_ratings(store, cells=[place.cell(3.0), place.cell(entry)]),
        field="rating",
    )
    assert f"{entry:g}" in error.message
    assert load_board(store).portfolio.criteria[0].title in error.message
    assert "from 1 to 5" in error.remedy


@pytest.mark.parametrize("entry", ["high", "", "3"])
def test_text_that_is_no_abstention_is_refused(store: Store, place: Place, entry: str) -> None:
    refused(
        store,
        lambda: scores.set_ratings(store, cells=[place.cell(entry)]),  # type: ignore[arg-type]
        field="rating",
    )
    assert stored(store) == (None, False)


def test_a_block_with_one_bad_cell_writes_nothing(store: Store, place: Place) -> None:
    criteria = load_board(store).portfolio.criteria
    cells = [Cell(place.use_case, c.id, place.person, 3.0) for c in criteria]
    refused(
        store,
        lambda: scores.set_ratings(store, cells=[*cells, place.cell(6)]),
        field="rating",
    )


def test_of_a_cell_given_twice_the_last_one_counts(store: Store, place: Place) -> None:
    scores.set_ratings(store, cells=[place.cell(1.0), place.cell(None), place.cell(4.0)])
    assert stored(store) == (4.0, False)
    scores.set_ratings(store, cells=[place.cell(5.0), place.cell(None)])
    assert stored(store) == (None, False)


def test_the_same_rating_again_is_no_step(store: Store, place: Place) -> None:
    entries: list[Entry] = [3.0, ABSTAIN, None]
    for entry in entries:
        scores.set_ratings(store, cells=[place.cell(entry)])
        steps = count_steps(store)
        assert not scores.set_ratings(store, cells=[place.cell(entry)])
        assert count_steps(store) == steps


@pytest.mark.parametrize("missing", ["use_case_id", "criterion_id", "participant_id"])
def test_a_rating_of_or_by_what_is_gone_writes_nothing(
    store: Store, place: Place, missing: str
) -> None:
    ids = {
        "use_case_id": place.use_case,
        "criterion_id": place.criterion,
        "participant_id": place.person,
        missing: uuid4(),
    }
    before = dump(store)
    with pytest.raises((NotFound, InvalidInput)) as caught:
        scores.set_ratings(store, cells=[place.cell(3.0), Cell(**ids, entry=3.0)])
    error = caught.value
    assert isinstance(error, ScoperError)
    assert "no longer in the portfolio" in error.message
    assert dump(store) == before


def test_a_whole_workshop_is_entered_as_one_step(store: Store) -> None:
    use_case_ids = [add_use_case(store, f"Use case {n}") for n in range(60)]
    people = [add_person(store, name) for name in ("Ada", "Bo")]
    criteria = load_board(store).portfolio.criteria
    before = dump(store)
    cells = [
        Cell(u, c.id, p, (row + column) % 5 + 1.0)
        for row, u in enumerate(use_case_ids)
        for column, c in enumerate(criteria)
        for p in people
    ]
    scores.set_ratings(store, cells=cells)
    assert all(s.rank for s in load_board(store).ranked)
    scores.set_ratings(store, cells=cells[:600], label="Import ratings")
    assert store.history().undo == f"Enter {len(cells):,} ratings"
    store.undo()
    assert dump(store) == before


def test_a_label_can_be_given(store: Store, place: Place) -> None:
    assert scores.set_ratings(store, cells=[place.cell(3)], label="Import").label == "Import"


def test_a_complete_set_of_ratings_gives_a_score(store: Store, place: Place) -> None:
    assert load_board(store).standing(place.use_case).score is None
    rate(store, place.use_case, place.person, 3.0)
    standing = load_board(store).standing(place.use_case)
    assert (standing.rank, standing.score) == (1, 46.875)
    rate(store, place.use_case, place.person, ABSTAIN, criterion_key="reach")
    standing = load_board(store).standing(place.use_case)
    assert (standing.rank, [c.key for c in standing.missing]) == (None, ["reach"])
