"""When something goes wrong half-way: what was there stays, nothing is left, work goes on."""

from __future__ import annotations

import getpass
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import exc

from scoper.commands import portfolios, use_cases
from scoper.errors import Conflict, NotSaved, StorageError
from scoper.model import UseCaseRow
from scoper.queries import load_board
from scoper.store import Store, steps
from scoper.store.engine import APPLICATION_ID, SCHEMA, check_identity
from scoper.store.faults import translated
from tests.store.test_migrations import forget_what_is_new, make_older
from tests.support import add_use_case, count_steps, dump, dump_file


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """Let the file of a store grow no further, as on a disk that is full."""

    def limit(pages: int) -> None:
        with store.read() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    with store.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit(pages)
    yield
    limit(1_000_000)


def test_a_disk_that_fills_up_takes_nothing_of_the_change_and_the_next_one_whole(
    store: Store,
) -> None:
    add_use_case(store, "Before")
    before, steps = dump(store), count_steps(store)
    with full_disk(store):
        with pytest.raises(NotSaved, match="the disk is full") as told:
            add_use_case(store, "Too much", problem="x" * 20_000, context="y" * 20_000)
        assert "Free some space" in told.value.remedy
        # A journal would have to be played back by whoever opens the file next.
        assert list(store.path.parent.iterdir()) == [store.path]
        assert (dump(store), count_steps(store)) == (before, steps)
    add_use_case(store, "After")
    assert [u.title for u in load_board(store).use_cases] == ["Before", "After"]


def test_a_change_that_fails_at_its_end_is_no_step(store: Store) -> None:
    use_case_id = add_use_case(store, "Before")
    before, history = dump(store), store.history()
    with suppress(ZeroDivisionError), store.write("Rename and fail") as unit:
        unit.update(UseCaseRow, use_case_id, title="After")
        raise ZeroDivisionError
    assert (dump(store), store.history()) == (before, history)
    store.undo()
    assert load_board(store).use_cases == ()


def test_a_burst_that_fails_ends(store: Store) -> None:
    """What comes later does not join the step of something that was given up."""
    use_case_id, token = add_use_case(store), object()
    with suppress(ZeroDivisionError), store.burst(token):
        use_cases.set_field(store, use_case_id=use_case_id, field="owner", value="A")
        raise ZeroDivisionError
    use_cases.set_field(store, use_case_id=use_case_id, field="owner", value="B")
    store.undo()
    assert load_board(store).use_cases[0].owner == "A"


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    """It is built beside its place under a name that is not too long."""
    with pytest.raises(StorageError, match="cannot be made: file name too long") as told:
        Store.create(tmp_path / f"{'x' * 300}.scoper", "Ada")
    assert "Choose a folder" in told.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_an_upgrade_that_would_lose_something_leaves_the_file_as_it_was(
    sample_store: Store, tmp_path: Path
) -> None:
    forget_what_is_new(sample_store)
    path = sample_store.backup(tmp_path / "old.scoper")
    make_older(path, SCHEMA - 1)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        other.execute("UPDATE use_case SET portfolio_id = ?", ("f" * 32,))
        other.commit()
    before = dump_file(path)
    with pytest.raises(StorageError, match="without losing entries") as told:
        Store.open(path, "Ada")
    assert "left as it is" in told.value.remedy
    assert (check_identity(path), dump_file(path)) == (SCHEMA - 1, before)
    kept = path.with_name(f"old.before-upgrade-{SCHEMA - 1}.scoper")
    assert dump_file(kept) == before


def test_a_file_that_cannot_be_read_is_let_go(store: Store) -> None:
    """Somebody may want to move, mend or delete it."""
    path = store.path
    store.close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TABLE change_step")
        other.commit()
    before = _open_files(path)
    with pytest.raises(StorageError, match="damaged or was overwritten"):
        Store.open(path, "Ada")
    assert _open_files(path) == before


def _open_files(path: Path) -> int:
    """Return how often this process has a file open; 0 where the system does not tell."""
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        return 0
    names = (os.readlink(place) for place in folder.iterdir() if place.is_symlink())
    return sum(name == str(path) for name in names)


@pytest.mark.parametrize(
    ("reason", "kind", "says", "remedy"),
    [
        ("database is locked", NotSaved, "written by another program", "try again"),
        ("attempt to write a readonly database", NotSaved, "is read-only", "Make a copy"),
        ("database or disk is full", NotSaved, "the disk is full", "Free some space"),
        ("unable to open database file", NotSaved, "cannot be opened", "the folder exists"),
        ("disk I/O error", NotSaved, "cannot be read or written", "Check the disk"),
        ("no such table: rating", StorageError, "damaged or was overwritten", "from a backup"),
        ("database disk image is malformed", StorageError, "is damaged", "from a backup"),
        ("Could not decode to UTF-8", StorageError, "is damaged", "from a backup"),
        ("file is not a database", StorageError, "is not a Scoper portfolio", "Open a file"),
        ("something new", StorageError, "could not be used: something new", "Try again"),
    ],
)
def test_what_the_database_says_becomes_what_a_person_can_do(
    reason: str, kind: type[StorageError], says: str, remedy: str
) -> None:
    """What may be over in a moment keeps the edit; what lasts does not."""
    with pytest.raises(StorageError) as told, translated(Path("ours.scoper")):
        raise exc.OperationalError("SELECT", {}, sqlite3.OperationalError(reason))
    assert type(told.value) is kind
    assert "ours.scoper" in told.value.message
    assert says in told.value.message
    assert remedy in told.value.remedy


def test_a_clash_with_what_is_there_is_a_conflict(store: Store) -> None:
    use_case_id = add_use_case(store)
    with pytest.raises(Conflict, match="clashes with what the portfolio holds"):
        use_cases.create(store, title="Again", use_case_id=use_case_id)


# ---------------------------------------------------------------- what a file says it is


def pages(path: Path, size: int) -> None:
    """Write a database of one table with pages of a size, marked as ours."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {size}")
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.executemany("INSERT INTO words VALUES (?)", [("x" * 200,)] * 2_000)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.commit()


@pytest.mark.parametrize("size", [512, 4_096, 32_768, 65_536])
def test_a_file_of_any_page_size_is_whole_or_cut_short(tmp_path: Path, size: int) -> None:
    """A size of 65,536 does not fit its two bytes and is written as 1."""
    path = tmp_path / "pages.scoper"
    pages(path, size)
    assert check_identity(path) == SCHEMA
    content = path.read_bytes()
    for kept in (len(content) - 1, len(content) // 2, 100):
        path.write_bytes(content[:kept])
        with pytest.raises(StorageError, match="cut short"):
            check_identity(path)
        # While a write waits to be undone, pages may be missing that the journal brings back.
        journal = path.with_name("pages.scoper-journal")
        journal.touch()
        assert check_identity(path) == SCHEMA
        journal.unlink()
    path.write_bytes(content[:99])
    with pytest.raises(StorageError, match="is not a Scoper portfolio"):
        check_identity(path)


# ---------------------------------------------------------------- what is left when all is done


def test_a_file_that_was_made_used_and_closed_is_let_go(tmp_path: Path) -> None:
    """A new one may be read by whom the system lets read new files, not by its maker alone."""
    path = tmp_path / "new.scoper"
    with Store.create(path, "Ada") as store:
        portfolios.create(store, title="New")
        assert _open_files(path) > 0 or not Path("/proc/self/fd").is_dir()
    assert _open_files(path) == 0
    plain = tmp_path / "plain"
    plain.touch()
    assert path.stat().st_mode == plain.stat().st_mode
    assert sorted(tmp_path.iterdir()) == [path, plain]


def test_an_upgraded_file_is_let_go_too(sample_store: Store, tmp_path: Path) -> None:
    forget_what_is_new(sample_store)
    path = sample_store.backup(tmp_path / "old.scoper")
    make_older(path, SCHEMA - 1)
    Store.open(path, "Ada").close()
    assert _open_files(path) == 0
    kept = path.with_name(f"old.before-upgrade-{SCHEMA - 1}.scoper")
    assert sorted(tmp_path.glob("old*")) == [kept, path]


def test_a_window_leaves_no_lock_behind_and_sweeps_up_those_of_others(store: Store) -> None:
    add_use_case(store)  # from the first change on it is seen as open
    with Store.open(store.path, "Ada") as other:
        add_use_case(other, "Second")
        own, _ = _locks(store)
    assert _locks(store) == [own]
    stale = own.with_name(own.name.replace(own.stem[-4:], "dead"))
    stale.touch()
    store.close()
    assert _locks(store) == [stale]
    Store.open(store.path, "Ada").close()
    assert _locks(store) == []


def _locks(store: Store) -> list[Path]:
    """Return the locks of the windows on a file, in the order in which they were made."""
    found = store.path.stat()
    folder = Path(tempfile.gettempdir()) / f"scoper-{getpass.getuser()}"
    locks = folder.glob(f"{found.st_dev:x}-{found.st_ino:x}-*.lock")
    return sorted(locks, key=lambda lock: lock.stat().st_mtime_ns)


def test_images_of_forgotten_steps_are_forgotten_with_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can no longer be undone takes no room."""
    monkeypatch.setattr(steps, "KEEP_STEPS", 2)
    for number in range(4):
        add_use_case(store, f"Use case {number}")
    with store.read() as connection:
        kept, known = (
            connection.exec_driver_sql(f"SELECT DISTINCT {column} FROM {table}").scalars().all()
            for column, table in (("number", "change_step"), ("step_number", "change_image"))
        )
    assert len(kept) == 2
    assert set(known) == set(kept)
