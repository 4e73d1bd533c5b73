"""Who may judge what: ratings by others do not count, and new ones are refused."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from scoper.board import Board
from scoper.commands import people, scores
from scoper.commands.rating_imports import RatingProblems, import_ratings
from scoper.commands.scores import ABSTAIN, Cell, Entry
from scoper.errors import NotFound
from scoper.exchange.tables import read_table
from scoper.queries import load_audit, load_board
from scoper.snapshot import Criterion
from scoper.store import Store
from scoper.terms import Dimension
from tests.commands.refusals import refused
from tests.support import add_person, add_use_case, count_steps, dump, rate


def criteria(store: Store, dimension: Dimension = Dimension.IMPACT) -> list[Criterion]:
    return [c for c in load_board(store).portfolio.criteria if c.dimension is dimension]


def forbid(store: Store, person: UUID, *which: Criterion, allowed: bool = False) -> str:
    ids = [criterion.id for criterion in which]
    changes = people.set_permission(
        store, participant_id=person, criterion_ids=ids, allowed=allowed
    )
    return changes.label if changes else ""


def impact(board: Board) -> float | None:
    return board.ranked[0].impact


def test_ratings_of_those_who_may_not_judge_stop_counting_until_they_may_again(
    store: Store,
) -> None:
    use_case_id, ada, bo = add_use_case(store), add_person(store, "Ada"), add_person(store, "Bo")
    rate(store, use_case_id, ada, 5.0)
    rate(store, use_case_id, bo, 1.0)
    before = load_board(store)
    assert impact(before) == 0.5

    assert forbid(store, bo, *criteria(store)).startswith("Do not let Bo judge ")
    after = load_board(store)
    assert impact(after) == 1.0
    assert after.standing(use_case_id).risk == before.standing(use_case_id).risk
    raters = {c.criterion.dimension: c.raters for c in after.explain(use_case_id)}
    assert (raters[Dimension.IMPACT], raters[Dimension.RISK]) == (1, 2)
    assert after.portfolio.judged.values.shape[2] == 2

    assert forbid(store, bo, *criteria(store), allowed=True).startswith("Let Bo judge ")
    assert impact(load_board(store)) == 0.5


def test_a_criterion_nobody_may_judge_leaves_use_cases_incomplete(store: Store) -> None:
    use_case_id, ada = add_use_case(store), add_person(store, "Ada")
    rate(store, use_case_id, ada, 5.0)
    one = criteria(store)[0]
    forbid(store, ada, one)
    assert load_board(store).standing(use_case_id).missing == (one,)


def test_saying_it_twice_changes_nothing(store: Store) -> None:
    ada, one = add_person(store, "Ada"), criteria(store)[0]
    assert not forbid(store, ada, one, allowed=True)
    assert forbid(store, ada, one) == f"Do not let Ada judge {one.title}"
    assert not forbid(store, ada, one, one)
    assert load_board(store).portfolio.exclusions == {(one.id, ada)}


def test_a_permission_is_one_step_with_an_audit_trail(store: Store) -> None:
    ada, both = add_person(store, "Ada"), criteria(store)[:2]
    before, steps = dump(store), count_steps(store)
    label = forbid(store, ada, *both)
    assert count_steps(store) == steps + 1
    trail = [e for e in load_audit(store) if e.entity == "exclusion"]
    assert {e.new for e in trail if e.field == "criterion_id"} == {str(c.id) for c in both}
    assert {(e.new, e.old, e.action) for e in trail if e.field == "participant_id"} == {
        (str(ada), None, label)
    }
    store.undo()
    assert dump(store) == before
    store.redo()
    assert len(load_board(store).portfolio.exclusions) == 2


def test_permissions_go_with_the_person_and_come_back_with_undo(store: Store) -> None:
    ada, one = add_person(store, "Ada"), criteria(store)[0]
    forbid(store, ada, one)
    people.remove_participant(store, participant_id=ada)
    assert load_board(store).portfolio.exclusions == frozenset()
    store.undo()
    assert load_board(store).portfolio.exclusions == {(one.id, ada)}


@pytest.mark.parametrize("entry", [3.0, ABSTAIN])
def test_a_rating_by_a_person_who_may_not_judge_is_refused(store: Store, entry: Entry) -> None:
    use_case_id, ada, one = add_use_case(store), add_person(store, "Ada"), criteria(store)[0]
    rate(store, use_case_id, ada, 2.0)
    forbid(store, ada, one)
    cell = Cell(use_case_id, one.id, ada, entry)
    error = refused(store, lambda: scores.set_ratings(store, cells=[cell]), field="rating")
    assert f"Ada may not judge {one.title}" in error.message
    scores.set_ratings(store, cells=[Cell(use_case_id, one.id, ada, None)])
    forbid(store, ada, one, allowed=True)
    assert load_board(store).standing(use_case_id).missing == (one,)


def test_an_import_names_every_rating_by_a_person_who_may_not_judge(
    store: Store, tmp_path: Path
) -> None:
    add_use_case(store)
    ada, one, other = add_person(store, "Ada"), *criteria(store)[:2]
    forbid(store, ada, one)
    path = tmp_path / "ratings.csv"
    rows = [f"ada,UC-01,{one.key},3", f"ada,UC-01,{other.key},3", f"ada,UC-01,{one.title},A"]
    path.write_text("\n".join(["participant,use_case,criterion,rating", *rows]), "utf-8")
    before = dump(store)
    with pytest.raises(RatingProblems) as caught:
        import_ratings(store, table=read_table(path))
    assert [(p.row, p.column) for p in caught.value.problems] == [
        (2, "criterion"),
        (4, "criterion"),
    ]
    assert f"ada may not judge “{one.key}”" in str(caught.value)
    assert dump(store) == before

    path.write_text("\n".join(["participant,use_case,criterion,rating", rows[1]]), "utf-8")
    report = import_ratings(store, table=read_table(path)).value
    assert report.entered == 1


def test_people_and_criteria_that_are_gone_are_reported(store: Store) -> None:
    ada, one = add_person(store, "Ada"), criteria(store)[0]
    before = dump(store)
    for person, criterion_ids in ((uuid4(), [one.id]), (ada, [one.id, uuid4()])):
        with pytest.raises(NotFound):
            people.set_permission(
                store, participant_id=person, criterion_ids=criterion_ids, allowed=False
            )
    assert dump(store) == before
