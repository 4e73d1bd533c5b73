"""Making, opening and recognising portfolio files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from scoper.commands import portfolios
from scoper.errors import ExportError, InvalidInput, StorageError
from scoper.queries import load_board
from scoper.store import Store
from scoper.store.engine import APPLICATION_ID, SCHEMA
from tests.support import add_use_case, dump, dump_file


def refusal(path: Path) -> StorageError:
    """Return the error of opening ``path``, having checked that opening changed nothing."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StorageError) as refused:
        Store.open(path, "Tester")
    assert (path.read_bytes() if path.is_file() else None) == before
    assert refused.value.remedy
    return refused.value


def mark(path: Path, pragma: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA {pragma}")


# ---------------------------------------------------------------- making


def test_a_new_file_is_an_empty_portfolio_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "new.scoper"
    with Store.create(path, "Tester") as store:
        portfolios.create(store, title="First")
    header = path.read_bytes()[:100]
    assert int.from_bytes(header[68:72]) == APPLICATION_ID
    assert int.from_bytes(header[60:64]) == SCHEMA
    with Store.open(path, "Tester") as store:
        assert load_board(store).portfolio.title == "First"
        assert store.problems() == []
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "name",
    [
        "with space.scoper",
        "50% off?.scoper",
        "a#b.scoper",
        "a'b;c.scoper",
        "Größe 需求.scoper",
        "no ending",
        f"{'n' * 240}.scoper",
    ],
)
def test_any_file_name_works(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with Store.create(path, "Tester") as store:
        portfolios.create(store, title="T")
    with Store.open(path, "Tester") as store:
        add_use_case(store)
        assert len(load_board(store).use_cases) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_file_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "notes.scoper"
    path.write_text("precious")
    with pytest.raises(StorageError, match="exists already"):
        Store.create(path, "Tester")
    assert path.read_text() == "precious"


@pytest.mark.parametrize("name", ["gone/new.scoper", f"{'n' * 300}.scoper"])
def test_a_place_that_cannot_be_written_is_reported(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match="cannot be made") as refused:
        Store.create(tmp_path / name, "Tester")
    assert "folder" in refused.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_file_holds_one_portfolio(store: Store) -> None:
    before = dump(store)
    with pytest.raises(InvalidInput, match="holds a portfolio already"):
        portfolios.create(store, title="Second")
    assert dump(store) == before


def test_a_file_without_a_portfolio_says_so(tmp_path: Path) -> None:
    with Store.create(tmp_path / "new.scoper", "Tester") as store:
        with pytest.raises(StorageError, match="no portfolio"):
            load_board(store)
        with pytest.raises(InvalidInput, match="no portfolio yet"):
            add_use_case(store)


# ---------------------------------------------------------------- what is not ours


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    assert "There is no file" in refusal(tmp_path / "gone.scoper").message
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_not_taken_for_an_empty_portfolio(tmp_path: Path) -> None:
    path = tmp_path / "empty.scoper"
    path.touch()
    assert refusal(path).message == "empty.scoper is empty."


@pytest.mark.parametrize("content", [b"Dear diary", b"SQLite format 3\x00", b"\x00" * 5000])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.scoper"
    path.write_bytes(content)
    assert "is not a Scoper portfolio" in refusal(path).message


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path).message


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.scoper"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    assert "database of another program" in refusal(path).message


def test_a_database_with_our_mark_but_no_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "half.scoper"
    mark(path, f"application_id = {APPLICATION_ID}")
    assert "database of another program" in refusal(path).message


def test_a_file_from_a_newer_version_is_refused(store: Store) -> None:
    store.close()
    mark(store.path, f"user_version = {SCHEMA + 1}")
    assert "newer version" in refusal(store.path).message


@pytest.mark.parametrize("kept", [100, 4096, 50_000, -4096, -1])
def test_a_file_that_is_cut_short_is_refused(store: Store, kept: int) -> None:
    store.close()
    content = store.path.read_bytes()
    store.path.write_bytes(content[:kept])
    assert "cut short" in refusal(store.path).message


def test_a_scrambled_file_is_reported_as_damaged(store: Store) -> None:
    add_use_case(store)
    store.close()
    content = bytearray(store.path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    store.path.write_bytes(content)
    with pytest.raises(StorageError, match="damaged"), Store.open(store.path, "T") as opened:
        load_board(opened)


def test_problems_finds_rows_that_belong_to_nothing(store: Store) -> None:
    add_use_case(store)
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("PRAGMA foreign_keys = OFF")
        other.execute("DELETE FROM portfolio")
        other.commit()
    assert "A row of use_case belongs to nothing" in store.problems()


# ---------------------------------------------------------------- how it is written


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "delete"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("application_id", APPLICATION_ID),
        ("user_version", SCHEMA),
    ],
)
def test_durability_is_switched_on(store: Store, pragma: str, value: object) -> None:
    with store.read() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_nothing_is_left_beside_the_file(store: Store) -> None:
    add_use_case(store)
    store.undo()
    assert list(store.path.parent.iterdir()) == [store.path]


# ---------------------------------------------------------------- backup


def test_a_backup_is_a_portfolio_of_its_own(store: Store, tmp_path: Path) -> None:
    add_use_case(store)
    before = dump(store)
    copy = store.backup(tmp_path / "copy.scoper")
    add_use_case(store, "Later")
    with Store.open(copy, "Tester") as opened:
        assert dump(opened) == before
        assert opened.history() != store.history()


def test_a_backup_onto_the_open_file_is_refused(store: Store) -> None:
    add_use_case(store)
    before = dump(store)
    with pytest.raises(InvalidInput) as refused:
        store.backup(store.path.parent / "." / store.path.name)
    assert refused.value.field == "target"
    assert dump_file(store.path) == before


def test_a_backup_into_a_missing_folder_is_reported(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="could not be written"):
        store.backup(tmp_path / "gone" / "copy.scoper")


def test_another_program_writing_is_noticed(store: Store) -> None:
    seen = store.stamp()
    add_use_case(store)
    assert store.stamp() == seen
    with Store.open(store.path, "Other") as other:
        add_use_case(other, "Elsewhere")
    assert store.stamp() != seen
