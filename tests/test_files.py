"""Writing files: all or nothing, and names that work everywhere."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.errors import ExportError
from scoper.files import free_path, safe_name, write_atomically, write_text


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a file with something worth keeping."""
    path = tmp_path / "plan.txt"
    path.write_text("precious")
    return path


def test_a_new_file_holds_what_was_written(tmp_path: Path) -> None:
    target = tmp_path / "new.txt"
    assert write_text(target, "Grüße\n") == target
    assert target.read_bytes() == "Grüße\n".encode()
    assert list(tmp_path.iterdir()) == [target]


def test_an_old_file_is_replaced_whole(old: Path) -> None:
    write_text(old, "new")
    assert old.read_text() == "new"


def test_a_free_path_is_one_where_nothing_stands_not_even_a_link(old: Path) -> None:
    (old.parent / "b.txt").symlink_to(old.parent / "gone")
    assert free_path(old.parent, "a", ".txt") == old.parent / "a.txt"
    assert free_path(old.parent, "b", ".txt") == old.parent / "b 2.txt"
    assert free_path(old.parent, "v1.2", ".txt") == old.parent / "v1.2.txt"


@pytest.mark.parametrize(
    "problem", [OSError(28, "No space left on device"), ValueError("a bug"), KeyboardInterrupt()]
)
def test_a_failing_writer_leaves_the_old_file_and_no_litter(
    old: Path, problem: BaseException
) -> None:
    def write(beside: Path) -> None:
        beside.write_text("half of it")
        raise problem

    expected = ExportError if isinstance(problem, OSError) else type(problem)
    with pytest.raises(expected):
        write_atomically(old, write)
    assert old.read_text() == "precious"
    assert list(old.parent.iterdir()) == [old]


def test_an_empty_output_never_replaces_a_file(old: Path) -> None:
    with pytest.raises(ExportError, match="nothing was written"):
        write_text(old, "")
    assert old.read_text() == "precious"
    assert list(old.parent.iterdir()) == [old]


def test_a_writer_that_loses_its_file_is_reported(old: Path) -> None:
    with pytest.raises(ExportError):
        write_atomically(old, Path.unlink)
    assert old.read_text() == "precious"


def test_the_error_says_what_failed_and_what_to_do(tmp_path: Path) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(ExportError) as failed:
        write_atomically(tmp_path / "board.xlsx", full)
    assert failed.value.message == "board.xlsx could not be written: no space left on device."
    assert str(tmp_path) in failed.value.remedy


def test_a_missing_folder_is_reported_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no such file or directory"):
        write_text(tmp_path / "gone" / "a.txt", "x")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(ExportError):
        write_text(folder, "x")
    assert list(tmp_path.iterdir()) == [folder]


def test_an_overwritten_file_keeps_its_permissions(old: Path) -> None:
    old.chmod(0o640)
    write_text(old, "new")
    assert mode(old) == 0o640


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual.txt"
    usual.write_text("made by any other program")
    assert mode(write_text(tmp_path / "ours.txt", "x")) == mode(usual)


def test_a_name_as_long_as_the_system_allows_can_be_written(tmp_path: Path) -> None:
    assert write_text(tmp_path / f"{'n' * 251}.txt", "x").read_text() == "x"


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Predict late invoices", "Predict late invoices"),
        ("..", "untitled"),
        ("", "untitled"),
        ("   ", "untitled"),
        ("../../etc/passwd", "etc passwd"),
        ("C:\\Windows\\system32", "C Windows system32"),
        ('a/b\\c:d*e?f"g<h>i|j', "a b c d e f g h i j"),
        (".hidden", "hidden"),
        ("trailing. ", "trailing"),
        ("CON", "untitled"),
        ("com1", "untitled"),
        ("Console", "Console"),
        ("line\nbreak\x00", "line break"),
        ("Prüfung für Köln", "Prüfung für Köln"),
        ("需求预测", "需求预测"),
        ("माँग का अनुमान", "माँग का अनुमान"),
        ("พยากรณ์ความต้องการ", "พยากรณ์ความต้องการ"),
    ],
)
def test_titles_become_readable_file_names(title: str, name: str) -> None:
    assert safe_name(title) == name


def test_the_fallback_can_be_chosen() -> None:
    assert safe_name("???", "portfolio") == "portfolio"


@given(st.text(st.one_of(st.characters(), st.sampled_from("./\\:.- 𠀀𠀁")), max_size=200))
def test_every_title_gives_a_name_that_can_be_written(title: str) -> None:
    name = safe_name(title)
    assert 0 < len(name) <= 80
    assert len(os.fsencode(f"{name}.scoper")) <= 255
    assert not set(name) & set('/\\:*?"<>|.\n\t\0')
    assert name == name.strip()
    assert safe_name(name) == name


def test_a_long_title_in_any_script_fits_the_file_system(tmp_path: Path) -> None:
    target = tmp_path / f"{safe_name('𠀀' * 300)}.scoper"
    assert write_text(target, "x").exists()
