"""More rows than one statement takes: nothing at the seams is left out or done twice."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from scoper.commands import imports, people, scores, use_cases
from scoper.commands.scores import Cell
from scoper.errors import NotFound
from scoper.exchange.mapping import guess
from scoper.exchange.tables import read_table
from scoper.queries import load_audit, load_board
from scoper.store import Store
from tests.support import add_person, count_steps, dump

MANY = 521
"""A chunk and a part of another one, of the store as of the queries."""


def import_many(store: Store, folder: Path, *, owner: str = "") -> None:
    path = folder / "many.csv"
    rows = (f"N-{number},Idea {number},{owner}" for number in range(MANY))
    path.write_text("\n".join(["ID,Title,Owner", *rows]), encoding="utf-8")
    table = read_table(path)
    imports.import_use_cases(store, table=table, mapping=guess(table.headers))


def cells_of(store: Store, person: UUID) -> list[Cell]:
    """Return a rating of each use case, another one for each of its neighbours."""
    board = load_board(store)
    criterion = board.portfolio.criteria[2]
    return [
        Cell(use_case.id, criterion.id, person, 1.0 + row % 5)
        for row, use_case in enumerate(board.use_cases)
    ]


def test_many_are_added_deleted_and_brought_back_to_the_last_row(
    store: Store, tmp_path: Path
) -> None:
    empty = dump(store)
    import_many(store, tmp_path)
    imported = dump(store)
    person = add_person(store)
    rated_without = dump(store)
    scores.set_ratings(store, cells=cells_of(store, person))
    rated = dump(store)
    ids = [use_case.id for use_case in load_board(store).use_cases]
    assert len(rated["rating"]) == len(ids) == MANY

    # Every eleventh stays, so that those which go lie in every chunk and in no order.
    kept = ids[::11]
    going = sorted(set(ids) - set(kept), key=str)
    use_cases.remove(store, use_case_ids=going)
    deleted = dump(store)
    assert {row["use_case_id"] for row in deleted["rating"].values()} == {k.hex for k in kept}
    assert len(deleted["use_case"]) == len(kept)
    assert {k: rated["rating"][k] for k in deleted["rating"]} == deleted["rating"]

    for expected in (rated, rated_without, imported, empty):
        store.undo()
        assert dump(store) == expected
    for expected in (imported, rated_without, rated, deleted):
        store.redo()
        assert dump(store) == expected


def test_what_many_changes_have_touched_is_read_like_everything(
    store: Store, tmp_path: Path
) -> None:
    """Up to 400 use cases are read by themselves, more by reading all."""
    import_many(store, tmp_path)
    person = add_person(store)
    cells = cells_of(store, person)
    board = load_board(store)
    for count in (400, 401):
        now = [Cell(c.use_case_id, c.criterion_id, person, 5.0 - count % 2) for c in cells[:count]]
        after = load_board(store, board, scores.set_ratings(store, cells=now))
        assert (after.portfolio.ratings[:count, 2, 0] == 5.0 - count % 2).all()
        pairs = zip(board.use_cases, after.use_cases, strict=True)
        assert sum(old is new for old, new in pairs) == (MANY - 400 if count == 400 else 0)
        board = after


def test_one_that_is_gone_among_many_refuses_them_all(store: Store, tmp_path: Path) -> None:
    import_many(store, tmp_path)
    person = add_person(store)
    cells = cells_of(store, person)
    before, steps = dump(store), count_steps(store)
    for place in (0, MANY // 2, MANY - 1):
        stray = [*cells]
        stray[place] = Cell(uuid4(), cells[place].criterion_id, person, 3.0)
        with pytest.raises(NotFound, match="no longer in the portfolio"):
            scores.set_ratings(store, cells=stray)
    ids = [cell.use_case_id for cell in cells]
    with pytest.raises(NotFound, match="no longer in the portfolio"):
        use_cases.remove(store, use_case_ids=(*ids, uuid4()))
    assert (dump(store), count_steps(store)) == (before, steps)


def test_the_trail_of_many_names_each_of_them(store: Store, tmp_path: Path) -> None:
    """Also those that were deleted since: the history still knows what they were called."""
    import_many(store, tmp_path)
    person = add_person(store, "Ada")
    scores.set_ratings(store, cells=cells_of(store, person))
    board = load_board(store)
    going = {use_case.id for use_case in board.use_cases[1::2]}
    use_cases.remove(store, use_case_ids=tuple(going))
    titles = {use_case.title for use_case in board.use_cases}
    trail = [entry for entry in load_audit(store, 9_999) if entry.entity == "rating"]
    criterion = board.portfolio.criteria[2].title
    given = {entry.about for entry in trail if entry.new is not None}
    assert given == {f"{title}: {criterion}, Ada" for title in titles}
    assert len(trail) == MANY + len(going)


def test_a_person_who_rated_many_takes_the_ratings_along_and_brings_them_back(
    store: Store, tmp_path: Path
) -> None:
    import_many(store, tmp_path)
    going, staying = add_person(store, "Ada"), add_person(store, "Bo")
    scores.set_ratings(store, cells=cells_of(store, going))
    scores.set_ratings(store, cells=cells_of(store, staying)[::50])
    before = dump(store)
    people.remove_participant(store, participant_id=going)
    left = {row["participant_id"] for row in dump(store)["rating"].values()}
    assert left == {staying.hex}
    store.undo()
    assert dump(store) == before
