"""Several windows on one file: nobody's edit is overwritten, nobody's step is taken back."""

from __future__ import annotations

import dataclasses
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from scoper.commands import (
    answers,
    criteria,
    datasets,
    items,
    people,
    portfolios,
    scores,
    use_cases,
)
from scoper.commands.rescue import rescue
from scoper.commands.scores import Cell
from scoper.errors import Conflict, FileGone, NotSaved, Overtaken
from scoper.queries import load_board
from scoper.scoring.entries import ABSTAIN
from scoper.snapshot import UseCase
from scoper.store import Store, steps
from scoper.terms import Decision
from tests.support import ON, add_person, add_use_case, count_steps, dump, dump_file, rate

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    """Yield a second window of the same person on the same file."""
    add_use_case(store)
    with Store.open(store.path, store.who) as opened:
        yield opened


def the_use_case(store: Store) -> UseCase:
    return load_board(store).use_cases[0]


def say(store: Store, field: str, value: object, seen: object = None) -> None:
    use_cases.set_field(
        store,
        use_case_id=the_use_case(store).id,
        field=field,
        value=value,
        seen=None if seen is None else [seen],
    )


# ---------------------------------------------------------------- edits


def test_both_sides_of_a_conflict_are_told(store: Store, other: Store) -> None:
    say(other, "summary", "Theirs", seen="")
    with pytest.raises(Overtaken) as refused:
        say(store, "summary", "Mine", seen="")
    assert (refused.value.yours, refused.value.theirs) == ("Mine", "Theirs")
    assert the_use_case(store).summary == "Theirs"


def test_one_who_saw_the_other_edit_may_replace_it(store: Store, other: Store) -> None:
    say(other, "summary", "Theirs", seen="")
    say(store, "summary", "Mine", seen="Theirs")
    assert the_use_case(other).summary == "Mine"


def test_the_pieces_of_one_burst_never_conflict_with_each_other(store: Store) -> None:
    add_use_case(store)
    use_case_id = the_use_case(store).id
    for seen, value in (([""], "L"), (["", "L"], "La "), (["", "L", "La "], "Late")):
        use_cases.set_field(store, use_case_id=use_case_id, field="summary", value=value, seen=seen)
    assert the_use_case(store).summary == "Late"


def test_writing_what_somebody_else_wrote_too_is_no_conflict(store: Store, other: Store) -> None:
    say(other, "summary", "The same", seen="")
    with pytest.raises(Overtaken):
        say(store, "summary", "Something else", seen="")
    before, steps_made = dump(store), count_steps(store)
    say(store, "summary", "The same", seen="")
    assert the_use_case(store).summary == "The same"
    assert (dump(store), count_steps(store)) == (before, steps_made)


def test_every_kind_of_field_refuses_to_replace_what_was_not_seen(store: Store) -> None:
    use_case_id, person = add_use_case(store), add_person(store)
    board = load_board(store)
    criterion, role = board.portfolio.criteria[0], board.portfolio.roles[0]
    for name, values in (("datasets", {"title": "Archive"}), ("risks", {"title": "Late"})):
        items.add(store, use_case_id=use_case_id, items=name, values=values)
    use_case = the_use_case(store)
    dataset, risk = use_case.datasets[0], use_case.risks[0]
    check = next(iter(datasets.checks_in_use())).key

    def edits(seen: list[object]) -> list[tuple[str, object]]:
        cell = Cell(use_case_id, criterion.id, person, 4.0, seen=seen)
        return [
            ("use case", lambda: use_cases.set_field(
                store, use_case_id=use_case_id, field="owner", value="X", seen=seen)),
            ("decision", lambda: use_cases.decide(
                store, use_case_id=use_case_id, decision=Decision.NO_GO, seen=seen)),
            ("entry", lambda: items.set_field(
                store, items="risks", item_id=risk.id, field="title", value="X", seen=seen)),
            ("answer", lambda: answers.set_answer(
                store, use_case_id=use_case_id, questionnaire="relevance", question="rules",
                answer="yes", seen=seen)),
            ("grade", lambda: datasets.set_grade(
                store, dataset_id=dataset.id, check=check, grade=2, seen=seen)),
            ("criterion", lambda: criteria.set_field(
                store, criterion_id=criterion.id, field="question", value="X", seen=seen)),
            ("anchor", lambda: criteria.set_anchor(
                store, criterion_id=criterion.id, level=1, meaning="X", seen=seen)),
            ("person", lambda: people.set_participant_field(
                store, participant_id=person, field="team", value="X", seen=seen)),
            ("role", lambda: people.set_role_field(
                store, role_id=role.id, field="skills", value="X", seen=seen)),
            ("parameter", lambda: portfolios.set_parameter(
                store, name="p_low", value=0.2, seen=seen)),
            ("capacity", lambda: people.set_capacity(
                store, role_id=role.id, quarter="2027-Q1", days=3, seen=seen)),
            ("rating", lambda: scores.set_ratings(store, cells=[cell])),
        ]  # fmt: skip

    taken = []
    before = dump(store)
    for name, edit in edits(["something nobody ever entered"]):
        try:
            edit()  # type: ignore[operator]
        except Overtaken:
            continue
        taken.append(name)
    assert taken == []
    assert dump(store) == before


def test_two_windows_can_each_change_a_parameter(store: Store, other: Store) -> None:
    portfolios.set_parameter(store, name="risk_aversion", value=2, seen=[1])
    portfolios.set_parameter(other, name="p_low", value=0.2, seen=[0.1])
    assert load_board(store).parameters == {"risk_aversion": 2.0, "p_low": 0.2, "p_high": 0.9} | ON
    store.undo()
    assert load_board(other).parameters == {"risk_aversion": 1.0, "p_low": 0.2, "p_high": 0.9} | ON
    other.undo()
    store.redo()
    assert load_board(other).parameters == {"risk_aversion": 2.0, "p_low": 0.1, "p_high": 0.9} | ON


def test_both_sides_of_a_conflict_over_a_parameter_are_told(store: Store, other: Store) -> None:
    portfolios.set_parameter(other, name="risk_aversion", value=3, seen=[1])
    with pytest.raises(Overtaken) as refused:
        portfolios.set_parameter(store, name="risk_aversion", value=2, seen=["1"])
    assert (refused.value.yours, refused.value.theirs) == (2, 3)


def test_a_parameter_that_others_made_impossible_is_not_brought_back(
    store: Store, other: Store
) -> None:
    portfolios.set_scoring(store, parameters={"p_low": 0.6})
    portfolios.set_scoring(store, parameters={"p_low": 0.2})
    portfolios.set_parameter(other, name="p_high", value=0.5, seen=[0.9])
    with pytest.raises(Conflict, match="changed elsewhere"):
        store.undo()
    assert load_board(store).parameters == {"risk_aversion": 1.0, "p_low": 0.2, "p_high": 0.5} | ON


def test_grades_of_a_data_set_given_in_two_windows_are_taken_back_one_by_one(
    store: Store, other: Store
) -> None:
    items.add(
        store, use_case_id=the_use_case(store).id, items="datasets", values={"title": "Archive"}
    )
    dataset = the_use_case(store).datasets[0]
    first, second, *_ = (check.key for check in datasets.checks_in_use())
    datasets.set_grade(store, dataset_id=dataset.id, check=first, grade=2)
    datasets.set_grade(other, dataset_id=dataset.id, check=second, grade=4)
    store.undo()
    assert the_use_case(store).datasets[0].grades == {second: 4}


def test_an_abstention_entered_meanwhile_is_not_replaced_by_a_rating(
    store: Store, other: Store
) -> None:
    use_case_id, person = the_use_case(store).id, add_person(store)
    criterion = load_board(store).portfolio.criteria[0].id
    cells = [Cell(use_case_id, criterion, person, ABSTAIN, seen=[None])]
    scores.set_ratings(other, cells=cells)
    with pytest.raises(Overtaken) as refused:
        scores.set_ratings(store, cells=[Cell(use_case_id, criterion, person, 3.0, seen=[None])])
    assert refused.value.theirs == ABSTAIN


# ---------------------------------------------------------------- undo


def test_undo_takes_back_only_what_its_own_window_did(store: Store, other: Store) -> None:
    say(store, "owner", "Mine")
    say(other, "summary", "Theirs")
    assert store.history().undo.startswith("Edit “Who owns the problem?”")  # type: ignore[union-attr]
    store.undo()
    assert (the_use_case(store).owner, the_use_case(store).summary) == ("", "Theirs")
    store.redo()
    assert (the_use_case(store).owner, the_use_case(store).summary) == ("Mine", "Theirs")
    assert other.history().undo.startswith("Edit “In one sentence”")  # type: ignore[union-attr]
    other.undo()
    assert other.history() == type(other.history())(None, "Edit “In one sentence” of Late invoices")


def test_a_new_step_leaves_to_others_what_they_can_redo(store: Store, other: Store) -> None:
    say(other, "summary", "Theirs")
    other.undo()
    say(store, "owner", "Mine")
    other.redo()
    assert (the_use_case(store).owner, the_use_case(store).summary) == ("Mine", "Theirs")


def test_a_step_others_built_on_is_passed_over_and_the_one_before_is_offered(
    store: Store, other: Store
) -> None:
    say(store, "owner", "Mine")
    say(store, "summary", "Mine")
    say(other, "summary", "Theirs")
    with pytest.raises(
        Conflict, match=r"Edit ‘In one sentence’ of Late invoices.* cannot be undone"
    ):
        store.undo()
    assert the_use_case(store).summary == "Theirs"
    store.undo()
    assert (the_use_case(store).owner, the_use_case(store).summary) == ("", "Theirs")


def test_undoing_an_addition_does_not_delete_what_others_put_into_it(
    store: Store, other: Store
) -> None:
    added = add_use_case(store, "Churn alerts")
    items.add(other, use_case_id=added, items="risks", values={"title": "Theirs"})
    with pytest.raises(Conflict):
        store.undo()
    assert load_board(store).use_cases[1].risks[0].title == "Theirs"


def test_repeating_a_deletion_does_not_delete_what_others_put_into_it_since(
    store: Store, other: Store
) -> None:
    use_case_id, person = the_use_case(store).id, add_person(store)
    use_cases.remove(store, use_case_ids=(use_case_id,))
    store.undo()
    rate(other, use_case_id, person, 3.0)
    with pytest.raises(Conflict):
        store.redo()
    assert dump(store)["rating"]


def test_what_was_done_before_falls_to_one_window_alone(store: Store) -> None:
    """A second window once undid what was rated the day before, under later work of the first."""
    add_use_case(store)
    store.close()
    with Store.open(store.path, store.who) as first:
        first.show()
        assert first.history().undo == "Add Late invoices"
        with Store.open(store.path, store.who) as second:
            assert second.history().undo is None
            first.undo()
            add_person(second, "Of the second")
            first.redo()
    with Store.open(store.path, store.who) as later:
        assert [u.title for u in load_board(later).use_cases] == ["Late invoices"]


def test_steps_of_a_window_that_is_open_are_not_taken_over(store: Store, other: Store) -> None:
    with Store.open(store.path, store.who) as third:
        assert third.history().undo is None
    store.close()
    with Store.open(store.path, "Somebody else") as third:
        assert third.history().undo is None
    with Store.open(store.path, store.who) as third:
        assert third.history().undo == "Add Late invoices"


def test_the_steps_of_a_killed_window_are_taken_over(store: Store) -> None:
    program = """
import sys
from pathlib import Path
from scoper.commands import use_cases
from scoper.store import Store
store = Store.open(Path(sys.argv[1]), "Tester")
use_cases.create(store, title="Of the killed one")
print("made", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(store.path)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as victim:  # fmt: skip
        assert victim.stdout is not None
        victim.stdout.readline()
        with Store.open(store.path, "Tester") as meanwhile:
            assert meanwhile.history().undo is None
        victim.send_signal(signal.SIGKILL)
        victim.wait()
    with Store.open(store.path, "Tester") as later:
        assert later.history().undo == "Add Of the killed one"


# ---------------------------------------------------------------- bursts


def test_what_is_typed_in_one_go_is_one_step(store: Store) -> None:
    use_case_id = add_use_case(store)
    before, made, token = dump(store), count_steps(store), object()
    for value in ("L", "La", "Late"):
        with store.burst(token):
            use_cases.set_field(store, use_case_id=use_case_id, field="summary", value=value)
    assert count_steps(store) == made + 1
    store.undo()
    assert dump(store) == before
    store.redo()
    assert the_use_case(store).summary == "Late"


def test_another_step_or_an_undo_ends_a_burst(store: Store) -> None:
    use_case_id, token = add_use_case(store), object()

    def type_(value: str) -> None:
        with store.burst(token):
            use_cases.set_field(store, use_case_id=use_case_id, field="summary", value=value)

    type_("L")
    say(store, "owner", "Ada")
    type_("La")
    store.undo()
    assert (the_use_case(store).summary, the_use_case(store).owner) == ("L", "Ada")
    type_("Lat")
    store.undo()
    assert the_use_case(store).summary == "L"


def test_a_burst_that_comes_back_to_where_it_began_is_no_step_to_undo(store: Store) -> None:
    use_case_id, token = add_use_case(store), object()
    for value in ("L", ""):
        with store.burst(token):
            use_cases.set_field(store, use_case_id=use_case_id, field="summary", value=value)
    assert store.history().undo == "Add Late invoices"


# ---------------------------------------------------------------- what others changed


def test_what_others_changed_is_told_step_by_step(store: Store, other: Store) -> None:
    board, revision = load_board(other), other.revision()
    add_use_case(store, "Churn alerts")
    say(store, "owner", "Mine")
    store.undo()
    changes = other.changes_since(revision)
    assert changes is not None
    assert load_board(other, board, changes).use_cases == load_board(other).use_cases
    assert other.changes_since(other.revision()).use_cases == frozenset()  # type: ignore[union-attr]


def test_what_was_undone_and_given_up_meanwhile_is_told_too(store: Store, other: Store) -> None:
    say(store, "owner", "Mine")
    board, revision = load_board(other), other.revision()
    store.undo()
    say(store, "summary", "Mine")
    after = load_board(other, board, other.changes_since(revision))
    assert after.use_cases == load_board(other).use_cases


def test_where_steps_are_forgotten_meanwhile_everything_is_read_again(
    store: Store, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "KEEP_STEPS", 3)
    revision = other.revision()
    for number in range(5):
        say(store, "owner", f"Owner {number}")
    assert other.changes_since(revision) is None


# ---------------------------------------------------------------- waiting


def test_a_write_waits_until_another_program_is_done(store: Store) -> None:
    waited = threading.Event()

    def go_on(_: float) -> bool:
        waited.set()
        return True

    store.patience = go_on
    with closing(sqlite3.connect(store.path, isolation_level=None, check_same_thread=False)) as it:
        it.execute("BEGIN IMMEDIATE")

        def finish() -> None:
            waited.wait(20)
            it.execute("ROLLBACK")

        thread = threading.Thread(target=finish)
        thread.start()
        add_use_case(store)
        thread.join()
    assert len(load_board(store).use_cases) == 1


def test_waiting_can_be_ended(store: Store) -> None:
    store.patience = lambda waited: False
    with closing(sqlite3.connect(store.path, isolation_level=None)) as it:
        it.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotSaved, match="being written by another program"):
            add_use_case(store)


def test_eight_writers_get_everything_in(store: Store) -> None:
    program = """
import sys
from pathlib import Path
from scoper.commands import use_cases
from scoper.store import Store
with Store.open(Path(sys.argv[1]), sys.argv[2]) as store:
    for number in range(12):
        use_cases.create(store, title=f"{sys.argv[2]} {number}")
"""
    writers = [
        subprocess.Popen([sys.executable, "-c", program, str(store.path), f"W{n}"], cwd=ROOT)
        for n in range(8)
    ]
    assert [writer.wait(120) for writer in writers] == [0] * 8
    titles = {u.title for u in load_board(store).use_cases}
    assert titles == {f"W{n} {number}" for n in range(8) for number in range(12)}


# ---------------------------------------------------------------- the file's place


def test_another_portfolio_written_over_the_file_is_never_taken_for_ours(
    store: Store, tmp_path: Path
) -> None:
    add_use_case(store)
    with Store.create(tmp_path / "theirs.scoper", "Other") as theirs:
        portfolios.create(theirs, title="Theirs")
        before = dump(theirs)
    shutil.copyfile(tmp_path / "theirs.scoper", store.path)
    for attempt in (
        lambda: add_use_case(store, "Must not land in their portfolio"),
        lambda: load_board(store),
        lambda: store.backup(tmp_path / "copy.scoper"),
        store.undo,
    ):
        with pytest.raises(FileGone, match="replaced by another portfolio"):
            attempt()
    assert dump_file(store.path) == before


def test_an_older_copy_written_over_the_file_is_told_as_that(store: Store, tmp_path: Path) -> None:
    add_use_case(store)
    older = store.backup(tmp_path / "older.scoper")
    say(store, "owner", "Only in memory")
    load_board(store)
    shutil.copyfile(older, store.path)
    with pytest.raises(FileGone, match="replaced by an older copy"):
        say(store, "summary", "Must not land on top of the older state")
    with pytest.raises(FileGone):
        store.backup(tmp_path / "copy.scoper")


def test_a_portfolio_in_memory_can_be_written_into_a_new_file_as_it_was(
    sample_store: Store, tmp_path: Path
) -> None:
    people.set_capacity(
        sample_store,
        role_id=load_board(sample_store).portfolio.roles[0].id,
        quarter="2027-Q1",
        days=20,
    )
    old = load_board(sample_store).portfolio
    rescue(old, tmp_path / "new.scoper", "Tester")
    with Store.open(tmp_path / "new.scoper", "Tester") as store:
        new = load_board(store).portfolio
        assert store.problems() == []
    for field in dataclasses.fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if isinstance(before, np.ndarray):
            assert np.array_equal(before, after, equal_nan=before.dtype.kind == "f"), field.name
        else:
            assert before == after, field.name


def test_a_file_that_was_moved_is_told_as_that_and_takes_the_change_when_it_is_back(
    store: Store,
) -> None:
    away = store.path.with_name("away.scoper")
    store.path.rename(away)
    with pytest.raises(FileGone, match="moved, renamed or deleted"):
        add_use_case(store)
    with pytest.raises(FileGone):
        store.stamp()
    away.rename(store.path)
    add_use_case(store)


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_all_that_was_in_a_lost_file_can_be_saved_elsewhere(
    store: Store, tmp_path: Path, how: str
) -> None:
    add_use_case(store)
    before = dump(store)
    if how == "replaced":
        shutil.copyfile(store.path, tmp_path / "new")
        os.replace(tmp_path / "new", store.path)
        match = "replaced by another file"
    else:
        store.path.unlink()
        match = "moved, renamed or deleted"
    with pytest.raises(FileGone, match=match) as refused:
        add_use_case(store)
    assert "read-only" not in str(refused.value)
    copy = store.backup(tmp_path / "rescued.scoper")
    with Store.open(copy, "Tester") as rescued:
        assert dump(rescued) == before


def test_a_note_typed_in_one_go_is_one_step_although_it_adds_an_entry(store: Store) -> None:
    use_case_id: UUID = add_use_case(store)
    token = object()
    with store.burst(token):
        answers.set_answer(
            store, use_case_id=use_case_id, questionnaire="relevance", question="rules", note="a"
        )
    with store.burst(token):
        answers.set_answer(
            store, use_case_id=use_case_id, questionnaire="relevance", question="rules", note="ab"
        )
    store.undo()
    assert the_use_case(store).answers == ()
    store.redo()
    assert the_use_case(store).answers[0].note == "ab"
