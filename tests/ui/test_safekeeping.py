"""Nothing typed is lost: full disks, other programs, files that go away, two windows on one file.

The windows are processes of their own and get real keys.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from scoper.commands import use_cases
from scoper.queries import load_board
from scoper.store import Store

ROOT = Path(__file__).resolve().parents[2]
ROOM = 2_500
"""Kilobytes of the small disk."""

Open = Callable[..., "Driver"]


class Driver:
    """A window in another process."""

    def __init__(self, path: Path, home: Path, *, small_disk: bool = False) -> None:
        command = [sys.executable, "-m", "tests.ui.puppet", str(path)]
        if small_disk:
            script = f'cp "$2" "$1/../kept" && mount -t tmpfs -o size={ROOM}k tmpfs "$1" && '
            script += 'cp "$1/../kept" "$2" && shift 2 && exec "$@"'
            command = [
                "unshare", "-rm", "sh", "-c", script, "sh", str(path.parent), str(path), *command
            ]  # fmt: skip
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "SCOPER_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        )
        assert self._answer() == "ready"

    def __call__(self, do: str, *arguments: Any, until: Any = None) -> Any:
        """Have something done, or looked at until it is as expected."""
        asked = {"do": do, "with": arguments} | ({} if until is None else {"until": until})
        assert self.process.stdin
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def sees(self, expected: Any, what: str, *arguments: Any) -> None:
        """Make sure that something comes to be seen."""
        seen = self(what, *arguments, until=expected)
        assert seen == expected or (expected and str(expected) in str(seen)), (what, seen)

    def freeze(self) -> None:
        """Let the process stand still."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let the process go on."""
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the process as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        """End the process."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def _answer(self) -> Any:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())


@pytest.fixture
def path(tmp_path: Path, _sample_file: Path) -> Path:
    """Return a copy of the sample in a folder of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    return Path(shutil.copyfile(_sample_file, folder / "plan.scoper"))


@pytest.fixture
def open_window(path: Path, tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens the file in a window of its own."""
    opened: list[Driver] = []

    def start(**how: Any) -> Driver:
        opened.append(Driver(path, tmp_path / "home", **how))
        return opened[-1]

    yield start
    for driver in opened:
        driver.end()


def stored(path: Path, field: str, place: int = 0) -> str:
    with Store.open(path, "Reader") as store:
        return str(getattr(load_board(store).use_cases[place], field))


# ---------------------------------------------------------------- a full disk


def test_with_a_full_disk_what_is_typed_stays_is_marked_and_is_saved_later(
    open_window: Open,
) -> None:
    window = open_window(small_disk=True)
    window("scope", 0, 1)
    window("click", "problem")
    window("press", "Ctrl+A")
    window("fill")
    window("type", "Typed on a full disk")
    window.sees("Not saved yet", "problem", "problem")
    window.sees("1 change not saved yet", "bar")
    assert "disk is full" in window("bar")

    window("scope", 1, 1)
    assert window("problem", "problem") == ""
    window("scope", 0, 1)
    assert window("text", "problem") == "Typed on a full disk"
    assert "Not saved yet" in window("problem", "problem")
    assert window("stored", "problem") != "Typed on a full disk"

    window("free")
    window.sees("All changes saved", "bar")
    window.sees("Typed on a full disk", "stored", "problem")
    window.sees("", "problem", "problem")
    assert window("text", "problem") == "Typed on a full disk"


def test_an_answer_given_on_a_full_disk_stays_marked_until_it_is_saved(open_window: Open) -> None:
    window = open_window(small_disk=True)
    window("scope", 7, 1)
    before = window("answered", "relevance", 0)
    window("fill")
    window("answer", "relevance", 0, "no" if "yes" in before else "yes")
    window.sees("Not saved yet", "answered", "relevance", 0)
    given = window("answered", "relevance", 0)
    window("scope", 0, 1)
    assert "Not saved yet" not in window("answered", "relevance", 0)
    window("scope", 7, 1)
    window.sees(given, "answered", "relevance", 0)
    window("free")
    window.sees("All changes saved", "bar")
    window.sees(given.split("]")[0] + "] ", "answered", "relevance", 0)


def test_leaving_asks_while_something_is_not_saved(open_window: Open) -> None:
    window = open_window(small_disk=True)
    window("scope", 0, 1)
    window("click", "problem")
    window("press", "Ctrl+A")
    window("fill")
    window("type", "Typed on a full disk")
    assert window("close") is False
    window.sees("1 change not saved yet", "dialog")
    window("button", "Cancel")
    assert window("text", "problem") == "Typed on a full disk"
    window("free")
    window.sees("All changes saved", "bar")
    assert window("close") is True
    assert window("stored", "problem") == "Typed on a full disk"


def test_undo_takes_back_what_is_not_saved_yet_first(open_window: Open) -> None:
    window = open_window(small_disk=True)
    window("scope", 0, 1)
    before = window("text", "problem")
    window("click", "problem")
    window("press", "Ctrl+A")
    window("fill")
    window("type", "Not meant")
    window.sees("Not saved yet", "problem", "problem")
    window("press", "Ctrl+Z")
    window.sees(before, "text", "problem")
    window.sees("All changes saved", "bar")


# ---------------------------------------------------------------- what cannot be saved as it is


def test_a_refused_value_stays_in_its_field_and_leaving_asks(open_window: Open) -> None:
    window = open_window()
    window("scope", 0, 1)
    window("click", "current_cost")
    window("press", "Ctrl+A")
    window("type", "a lot")
    window.sees("is not a number", "problem", "current_cost")
    window.sees("Not saved: “", "bar")
    window("scope", 1, 1)
    assert window("problem", "current_cost") == ""
    window("scope", 0, 1)
    assert window("text", "current_cost") == "a lot"
    assert "is not a number" in window("problem", "current_cost")
    assert window("close") is False
    window.sees("1 field not saved", "dialog")
    window("button", "Cancel")
    window("click", "current_cost")
    window("press", "Ctrl+A")
    window("type", "12")
    window.sees("All changes saved", "bar")
    window.sees("12.0", "stored", "current_cost")
    assert window("close") is True


def test_a_refused_value_that_is_put_back_as_it_was_is_no_fault_any_more(open_window: Open) -> None:
    window = open_window()
    window("scope", 0, 1)
    before = window("text", "current_cost")
    window("click", "current_cost")
    window("press", "Ctrl+A")
    window("type", "a lot")
    window.sees("Not saved: “", "bar")
    window("press", "Ctrl+A")
    window("type", before)
    window.sees("All changes saved", "bar")
    assert window("problem", "current_cost") == ""


def test_what_is_refused_in_something_that_is_deleted_is_no_fault_any_more(
    open_window: Open, path: Path
) -> None:
    window = open_window()
    window("scope", 0, 1)
    window("click", "current_cost")
    window("press", "Ctrl+A")
    window("type", "a lot")
    window.sees("Not saved: “", "bar")
    with Store.open(path, "Somebody else") as other:
        use_cases.remove(other, use_case_ids=(load_board(other).use_cases[0].id,))
    window.sees("All changes saved", "bar")


def test_closing_at_once_does_not_drop_what_is_refused_only_then(open_window: Open) -> None:
    window = open_window()
    window("scope", 0, 1)
    window("click", "current_cost")
    window("press", "Ctrl+A")
    window("type", "a lot")
    assert window("close") is False


def test_a_rating_still_open_in_its_cell_is_saved_on_closing(open_window: Open, path: Path) -> None:
    window = open_window()
    window("workshop")
    window("cell", 0, 0)
    old = window("rating", 0, 0)
    new = "1" if old != "1" else "2"
    window("type", new)
    assert window("close") is True
    again = open_window()
    again("workshop")
    again.sees(new, "rating", 0, 0)


def test_arrow_keys_enter_a_rating_and_go_on(open_window: Open) -> None:
    window = open_window()
    window("workshop")
    window("cell", 0, 0)
    window("type", "4")
    window("press", "Right")
    window("type", "3")
    window("press", "Down")
    window.sees("4", "rating", 0, 0)
    window.sees("3", "rating", 0, 1)


def test_leaving_asks_about_a_rating_that_is_none(open_window: Open) -> None:
    window = open_window()
    window("workshop")
    window("cell", 0, 0)
    window("type", "4")
    window("type", "3")
    window("press", "Return")
    window.sees("Not saved: “", "bar")
    assert window("close") is False
    window("button", "Cancel")
    window("cell", 0, 0)
    window("type", "4")
    window("press", "Return")
    window.sees("All changes saved", "bar")


def test_a_file_cut_to_nothing_is_told_once_and_all_of_it_can_be_saved_elsewhere(
    open_window: Open, path: Path
) -> None:
    window = open_window()
    window("scope", 0, 1)
    before = stored(path, "problem")
    os.truncate(path, 0)
    window.sees("plan.scoper is damaged or was overwritten", "bar")
    window("click", "owner")
    window("press", "Ctrl+A")
    window("type", "Typed afterwards")
    window.sees("Not saved yet", "problem", "owner")
    assert window("dialog") == ""
    window("button_that_asks", "Save elsewhere…")
    window.sees("Save elsewhere", "dialog")
    window("name_file", str(path.with_name("rescued.scoper")))
    window.sees("All changes saved", "bar")
    rescued = path.with_name("rescued.scoper")
    assert stored(rescued, "problem") == before
    assert stored(rescued, "owner") == "Typed afterwards"


# ---------------------------------------------------------------- another program writes


def test_a_write_waits_for_another_program_shows_it_and_goes_through(
    open_window: Open, path: Path
) -> None:
    window = open_window()
    window("scope", 0, 1)
    window("click", "problem")
    window("press", "Ctrl+A")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        window("type", "Typed meanwhile")
        window.sees("Waiting for another program", "bar")
        window("button", "Stop waiting")
        window.sees("1 change not saved yet", "bar")
        assert "another program" in window("bar")
        assert window("text", "problem") == "Typed meanwhile"
        other.execute("ROLLBACK")
    window.sees("All changes saved", "bar")
    assert stored(path, "problem") == "Typed meanwhile"


# ---------------------------------------------------------------- a crash


def test_a_crash_costs_at_most_the_last_second_of_typing(open_window: Open, path: Path) -> None:
    """Typing without a pause: what was typed a second ago is in the file."""
    window = open_window()
    window("scope", 0, 1)
    window("click", "problem")
    window("press", "Ctrl+A")
    window("type", "0 ")
    number = 0
    while stored(path, "problem")[:1] != "0" and number < 400:
        number += 1
        window("type", f"{number} ")
    window.kill()
    assert 0 < number < 400
    assert stored(path, "problem").startswith("0")


def test_what_was_typed_in_one_go_is_one_step(open_window: Open, path: Path) -> None:
    window = open_window()
    window("scope", 0, 1)
    before = stored(path, "problem")
    window("click", "problem")
    window("press", "Ctrl+A")
    for number in range(60):
        window("type", f"{number} ")
        if number == 30:
            window.sees("30", "stored", "problem")
    window.sees("58 59", "stored", "problem")
    window("press", "Ctrl+Z")
    window.sees(before, "stored", "problem")


# ---------------------------------------------------------------- the file goes away


@pytest.mark.parametrize("field", ["owner", "problem"])
def test_typing_goes_on_where_it_was_once_what_waited_is_saved(
    open_window: Open, path: Path, field: str
) -> None:
    window = open_window()
    window("scope", 0, 1)
    window("click", field)
    window("press", "Ctrl+End" if field == "problem" else "End")
    before = window("text", field)
    window("type", "mm")
    window.sees(f"{before}mm", "stored", field)
    away = path.with_name("away.scoper")
    for letters in ("nn", "pp"):
        path.rename(away)
        window("type", letters)
        window.sees("Not saved yet", "problem", field)
        away.rename(path)
        window.sees("All changes saved", "bar")
    window("type", "oo")
    assert window("text", field) == f"{before}mmnnppoo"
    window.sees(f"{before}mmnnppoo", "stored", field)
    assert window("dialog") == ""


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_a_file_that_goes_away_is_told_as_that_and_nothing_is_lost(
    open_window: Open, path: Path, how: str
) -> None:
    window = open_window()
    window("scope", 0, 1)
    if how == "moved":
        path.rename(path.with_name("elsewhere.scoper"))
    elif how == "deleted":
        path.unlink()
    else:
        shutil.copyfile(path, path.with_name("other"))
        os.replace(path.with_name("other"), path)
    window.sees("replaced by another file" if how == "replaced" else "moved, renamed", "bar")
    window("click", "problem")
    window("press", "Ctrl+A")
    window("type", "Typed into nowhere")
    window.sees("Not saved yet", "problem", "problem")
    assert "read-only" not in window("problem", "problem")
    window("button_that_asks", "Save elsewhere…")
    window.sees("Save elsewhere", "dialog")
    window("name_file", str(path.with_name("rescued.scoper")))
    window.sees("All changes saved", "bar")
    rescued = path.with_name("rescued.scoper")
    assert stored(rescued, "problem") == "Typed into nowhere"
    window.sees("", "problem", "problem")


# ---------------------------------------------------------------- two windows


@pytest.fixture
def both(open_window: Open) -> tuple[Driver, Driver]:
    """Return two windows on one file, both in step 1 of the first use case."""
    first, second = open_window(), open_window()
    for window in (first, second):
        window("scope", 0, 1)
    return first, second


def enter(window: Driver, field: str, text: str) -> None:
    window("click", field)
    window("press", "Ctrl+A")
    window("type", text)


def test_what_one_window_saves_appears_in_the_other_without_a_click(
    both: tuple[Driver, Driver],
) -> None:
    first, second = both
    enter(first, "problem", "Said in the first window")
    second.sees("Said in the first window", "text", "problem")


def test_ctrl_z_takes_back_only_what_its_own_window_did(both: tuple[Driver, Driver]) -> None:
    first, second = both
    before = second("text", "owner")
    enter(first, "problem", "Said in the first window")
    second.sees("Said in the first window", "text", "problem")
    assert second("undo") == ""
    enter(second, "owner", "Second")
    second.sees("Second", "stored", "owner")
    first.sees("Second", "text", "owner")
    first("press", "Ctrl+Z")
    second.sees("Second", "text", "owner")
    first.sees("", "undo")
    second("press", "Ctrl+Z")
    second.sees(before, "stored", "owner")


@pytest.mark.parametrize(("choice", "stays"), [("Keep mine", "Mine"), ("Take theirs", "Theirs")])
def test_two_who_type_into_one_field_are_shown_both_values(
    both: tuple[Driver, Driver], choice: str, stays: str
) -> None:
    first, second = both
    for window in both:
        window("click", "problem")
        window("press", "Ctrl+A")
    second("type", "Mine")
    second.freeze()
    first("type", "Theirs")
    first.sees("Theirs", "stored", "problem")
    second.thaw()
    second.sees("Theirs", "dialog")
    assert "Mine" in second("dialog")
    second("press", "Escape")
    second("press", "Return")
    assert "Theirs" in second("dialog")
    second("button", choice)
    second.sees(stays, "text", "problem")
    first.sees(stays, "stored", "problem")
    first.sees(stays, "text", "problem")


# ---------------------------------------------------------------- ratings


def test_a_rating_typed_on_a_full_disk_stays_in_its_cell_until_it_is_saved(
    open_window: Open,
) -> None:
    window = open_window(small_disk=True)
    window("workshop")
    window("cell", 0, 0)
    old = window("rating", 0, 0)
    new = "1" if old != "1" else "2"
    window("fill")
    window("type", new)
    window("press", "Return")
    window.sees("1 change not saved yet", "bar")
    assert window("rating", 0, 0) == f"{new} …"
    window("scope", 0, 1)
    window("workshop")
    assert window("rating", 0, 0) == f"{new} …"
    window("free")
    window.sees("All changes saved", "bar")
    assert window("rating", 0, 0) == new


@pytest.mark.parametrize(("choice", "stays"), [("Keep mine", "1"), ("Take theirs", "2")])
def test_two_who_rate_one_cell_are_shown_both_values(
    open_window: Open, choice: str, stays: str
) -> None:
    first, second = open_window(), open_window()
    for window in (first, second):
        window("workshop")
        window("cell", 0, 0)
    second("type", "1")
    first("type", "2")
    first("press", "Return")
    first.sees("Rate", "undo")
    second.sees("1", "rating_being_typed")
    second("look")
    second("press", "Return")
    second.sees("Theirs", "dialog")
    second("button", choice)
    second.sees(stays, "rating", 0, 0)
    first.sees(stays, "rating", 0, 0)
