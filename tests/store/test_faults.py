"""Locked, read-only and killed: what stands in the file survives, and the error says why."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

import pytest

from scoper.commands import use_cases
from scoper.errors import Conflict, NotFound, Overtaken, StorageError
from scoper.model import ParticipantRow, UseCaseRow
from scoper.queries import load_board
from scoper.store import Store, engine
from tests.support import add_person, add_use_case, count_steps, dump, dump_file, rate

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


# ---------------------------------------------------------------- locked


@pytest.fixture
def impatient(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Yield the store, opened again so that it hardly waits for a lock."""
    store.close()
    monkeypatch.setattr(engine, "LOCK_WAIT", 0.05)
    with Store.open(store.path, "Tester") as opened:
        opened.patience = lambda waited: False
        yield opened


@contextmanager
def held(path: Path, how: str) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        yield
        other.execute("ROLLBACK")


def test_a_writer_elsewhere_is_named_as_the_reason_and_nothing_is_written(
    impatient: Store,
) -> None:
    before = dump(impatient)
    with (
        held(impatient.path, "IMMEDIATE"),
        pytest.raises(StorageError, match="being written by another program") as refused,
    ):
        add_use_case(impatient)
    assert "try again" in refused.value.remedy
    assert dump(impatient) == before


def test_reading_goes_on_while_another_program_prepares_to_write(impatient: Store) -> None:
    with held(impatient.path, "IMMEDIATE"):
        assert load_board(impatient).use_cases == ()


def test_reading_while_another_program_commits_is_reported(impatient: Store) -> None:
    with held(impatient.path, "EXCLUSIVE"), pytest.raises(StorageError, match="another program"):
        load_board(impatient)


def test_the_same_store_works_again_once_the_lock_is_gone(impatient: Store) -> None:
    with held(impatient.path, "IMMEDIATE"), pytest.raises(StorageError):
        add_use_case(impatient)
    add_use_case(impatient)
    assert len(load_board(impatient).use_cases) == 1


# ---------------------------------------------------------------- read-only


@contextmanager
def without_privileges() -> Iterator[None]:
    """Run as a user whom file permissions bind, also when the tests run as root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def shared(store: Store) -> Iterator[Path]:
    """Yield a portfolio file that everybody may read and nobody may write."""
    add_use_case(store)
    with tempfile.TemporaryDirectory(prefix="scoper-read-only-") as name:
        folder = Path(name)
        path = store.backup(folder / "shared.scoper")
        path.chmod(0o444)
        folder.chmod(0o555)
        yield path
        folder.chmod(0o755)


def test_a_read_only_file_can_be_read(shared: Path) -> None:
    with without_privileges(), Store.open(shared, "Guest") as store:
        assert len(load_board(store).use_cases) == 1


def test_writing_to_a_read_only_file_is_refused_with_a_way_out(shared: Path) -> None:
    before = shared.read_bytes()
    with (
        without_privileges(),
        Store.open(shared, "Guest") as store,
        pytest.raises(StorageError, match="is read-only") as refused,
    ):
        add_use_case(store)
    assert "copy" in refused.value.remedy
    assert shared.read_bytes() == before


def test_a_folder_that_cannot_be_written_takes_no_new_file(shared: Path) -> None:
    with without_privileges(), pytest.raises(StorageError, match="permission denied"):
        Store.create(shared.parent / "new.scoper", "Guest")
    assert list(shared.parent.iterdir()) == [shared]


def test_a_file_that_may_not_be_read_is_reported(shared: Path) -> None:
    shared.chmod(0o000)
    with without_privileges(), pytest.raises(StorageError, match="permission denied"):
        Store.open(shared, "Guest")


# ---------------------------------------------------------------- changed elsewhere


def test_a_change_based_on_an_old_state_is_refused(store: Store) -> None:
    use_case_id = add_use_case(store)
    seen = load_board(store).use_cases[0].owner
    with Store.open(store.path, "Other") as other:
        use_cases.set_field(other, use_case_id=use_case_id, field="owner", value="Bo")
    before = dump(store)
    with pytest.raises(Overtaken) as refused:
        use_cases.set_field(store, use_case_id=use_case_id, field="owner", value="Cy", seen=[seen])
    assert (refused.value.yours, refused.value.theirs) == ("Cy", "Bo")
    assert dump(store) == before


def test_a_change_of_a_field_that_nobody_else_changed_is_taken(store: Store) -> None:
    use_case_id = add_use_case(store)
    before = load_board(store).use_cases[0]
    with Store.open(store.path, "Other") as other:
        use_cases.set_field(other, use_case_id=use_case_id, field="title", value="Another")
    use_cases.set_field(
        store, use_case_id=use_case_id, field="owner", value="Cy", seen=[before.owner]
    )
    (use_case,) = load_board(store).use_cases
    assert (use_case.owner, use_case.title) == ("Cy", "Another")


@pytest.mark.parametrize("back", ["undo", "redo"])
def test_undo_and_redo_refuse_a_row_that_changed_behind_the_history(
    store: Store, back: str
) -> None:
    use_case_id = add_use_case(store)
    use_cases.set_field(store, use_case_id=use_case_id, field="owner", value="Bo")
    if back == "redo":
        store.undo()
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("UPDATE use_case SET owner = 'Someone else'")
        other.commit()
    before = dump(store)
    with pytest.raises(Conflict, match="changed elsewhere since"):
        getattr(store, back)()
    assert dump(store) == before
    assert getattr(store.history(), back) == {"undo": "Add Late invoices", "redo": None}[back]


def test_undo_refuses_a_row_that_is_gone(store: Store) -> None:
    use_case_id = add_use_case(store)
    use_cases.set_field(store, use_case_id=use_case_id, field="owner", value="Bo")
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("DELETE FROM use_case")
        other.commit()
    with pytest.raises(Conflict):
        store.undo()


def test_changing_what_is_gone_says_so(store: Store) -> None:
    use_case_id = add_use_case(store)
    use_cases.remove(store, use_case_ids=(use_case_id,))
    with pytest.raises(NotFound, match="no longer"):
        use_cases.set_field(store, use_case_id=use_case_id, field="owner", value="Bo")


# ---------------------------------------------------------------- all or nothing


class Bug(Exception):
    """Something unforeseen."""


def half_a_change(store: Store, use_case_id: UUID, person: UUID) -> None:
    with store.write("Half a change") as unit:
        unit.update(UseCaseRow, use_case_id, owner="Bo")
        unit.remove(ParticipantRow, person)
        raise Bug


def test_an_exception_in_the_middle_of_a_change_leaves_the_file_untouched(store: Store) -> None:
    use_case_id, person = add_use_case(store), add_person(store)
    rate(store, use_case_id, person, 3.0)
    before, steps = dump(store), count_steps(store)
    with pytest.raises(Bug):
        half_a_change(store, use_case_id, person)
    assert (dump(store), count_steps(store)) == (before, steps)


def test_every_acknowledged_change_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "killed.scoper"
    program = """
import sys
from pathlib import Path
from scoper.commands import portfolios, use_cases
from scoper.store import Store

store = Store.create(Path(sys.argv[1]), "Victim")
portfolios.create(store, title="T")
number = 0
while True:
    use_cases.create(store, title=f"Use case {number}", key=f"K-{number}")
    print(number, flush=True)
    number += 1
"""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as victim:
        assert victim.stdout is not None
        acknowledged = [int(victim.stdout.readline()) for _ in range(60)]
        victim.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in victim.stdout.read().split()]
    with Store.open(path, "Victim") as store:
        keys = {u.key for u in load_board(store).use_cases}
        assert store.problems() == []
        assert store.undo()
    assert {f"K-{number}" for number in acknowledged} <= keys
    assert len(keys) <= len(acknowledged) + 1
    assert dump_file(path)["use_case"]
