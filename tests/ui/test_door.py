"""The door to the core: what a page hands to the session, and what it gets back."""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from scoper.board import Board
from scoper.commands import people, use_cases
from scoper.snapshot import Changes, Done
from scoper.store import Store
from scoper.store.unit import Seen
from ui.bridge.edits import Asker
from ui.kit.fields.place import Place
from ui.shell.main_window import MainWindow

Settled = Callable[[MainWindow], Board]
UI = Path(__file__).resolve().parents[2] / "ui"


def _handed_over(source: str) -> Iterator[ast.Lambda]:
    """Yield what is written to be called on the lane of the store."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value)
            if node.func.attr in ("run", "edit", "ask") and owner.endswith("session"):
                yield from (given for given in node.args[:2] if isinstance(given, ast.Lambda))


def _reads_the_window(job: ast.Lambda) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "self" for node in ast.walk(job))


def test_what_runs_on_the_lane_reads_nothing_of_the_window() -> None:
    """It would be read later, by another thread, when the page may show something else."""
    jobs = [
        (path.name, job)
        for path in UI.rglob("*.py")
        for job in _handed_over(path.read_text(encoding="utf-8"))
    ]
    assert len(jobs) > 20
    assert [(name, ast.unparse(job)) for name, job in jobs if _reads_the_window(job)] == []


@pytest.mark.parametrize("door", ["run(lambda store", "edit(lambda store, seen"])
def test_a_job_that_reads_the_window_is_found(door: str) -> None:
    source = f"self._session.{door}: add(store, title=self.line.text()), done=self.told)"
    assert [_reads_the_window(job) for job in _handed_over(source)] == [True]


def test_who_waits_gets_what_the_command_returned(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    told: list[Done[int]] = []

    def command(store: Store) -> Done[int]:
        return people.add_participant(store, name="Ada").with_value(7)

    window.session.run(command, done=told.append)
    assert board_of(window).portfolio.participants[-1].name == "Ada"
    assert [(done.label, done.value) for done in told] == [("Add participant Ada", 7)]


def test_an_edit_that_takes_the_place_of_another_has_seen_what_that_had(
    window: MainWindow, qtbot: QtBot, board_of: Settled
) -> None:
    """What is typed on goes on from what was never saved: it is no conflict with what is stored."""
    session, first = window.session, board_of(window).use_cases[0]
    tried: list[list[str]] = []

    def edit(value: str, seen: str) -> None:
        def change(store: Store, known: Seen) -> Changes:
            changes = use_cases.set_field(
                store, use_case_id=first.id, field="owner", value=value, seen=known
            )
            tried.append(list(known or ()))
            return changes

        session.edit(
            change, Asker(Place.of(first.id, field="owner"), value, "Owner", str, seen=[seen])
        )

    assert session.path is not None
    with closing(sqlite3.connect(session.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        edit("Kim", first.owner)
        qtbot.waitUntil(lambda: session.saving.waits)
        session.stop_waiting()
        qtbot.waitUntil(lambda: len(session.saving.unsaved) == 1)
        edit("Kim Lee", "Kim")
        qtbot.waitUntil(lambda: [e.asker.value for e in session.saving.unsaved] == ["Kim Lee"])
        other.execute("ROLLBACK")
    qtbot.waitUntil(lambda: not session.saving.unsaved, timeout=10_000)
    assert board_of(window).use_cases[0].owner == "Kim Lee"
    assert tried == [[first.owner, "Kim"]]
