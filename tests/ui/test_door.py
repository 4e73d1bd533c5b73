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


_DOORS = {"run": 0, "edit": 0, "ask": 1, "_run_add": 0}
"""What hands a job to the lane of the store, and as which of its arguments."""


def _handed_over(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what is written to be called on the lane of the store."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, ast.unparse(node.func.value)
            if name in _DOORS and (owner.endswith("session") or name == "_run_add"):
                yield node.args[_DOORS[name]]


def _reads_the_window(job: ast.expr, tree: ast.Module) -> bool:
    """Say whether a job may ask something of a widget.

    A partial, a bound method or a callable from elsewhere may. A lambda may only ask what the file
    imports, and what it is called with: of what it captures it can hand on the value, not call it
    or look into it. What the window is given by another name, a function of the module that
    itself asks a widget, is beyond this.
    """
    if not isinstance(job, ast.Lambda):
        return not (isinstance(job, ast.Name) and job.id == "command")
    nodes = list(ast.walk(tree))
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    may_ask = {name.asname or name.name.split(".")[0] for node in imports for name in node.names}
    may_ask |= {argument.arg for argument in job.args.args}
    asked = [
        node.value if isinstance(node, ast.Attribute) else node.func
        for node in ast.walk(job.body)
        if isinstance(node, ast.Attribute | ast.Call)
    ]
    return any(
        node.id not in may_ask if isinstance(node, ast.Name) else not isinstance(node, _DEEPER)
        for node in asked
    )


_DEEPER = (ast.Attribute, ast.Call)


def test_what_runs_on_the_lane_reads_nothing_of_the_window() -> None:
    """It would be read later, by another thread, when the page may show something else."""
    trees = [(path.name, ast.parse(path.read_text("utf-8"))) for path in UI.rglob("*.py")]
    jobs = [(name, tree, job) for name, tree in trees for job in _handed_over(tree)]
    assert len(jobs) > 40
    found = [(name, ast.unparse(job)) for name, tree, job in jobs if _reads_the_window(job, tree)]
    assert found == []


@pytest.mark.parametrize(
    "job",
    [
        "run(lambda store: add(store, title=self.line.text()), done=self.told)",
        "edit(lambda store, seen: add(store, title=self.line.text()), asker)",
        "edit(lambda store, seen: add(store, title=editor.widget.text()), asker)",
        "run(lambda store: add(store, title=read()))",
        "run(lambda store: add(store, title=lines[0].text()))",
        "run(partial(add, title=self.line.text()))",
        "run(self._add)",
        "ask(self, self._read, self._show)",
    ],
)
def test_a_job_that_reads_the_window_is_found(job: str) -> None:
    tree = ast.parse(f"from commands import add\nself._session.{job}")
    assert [_reads_the_window(job, tree) for job in _handed_over(tree)] == [True]


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
    qtbot.waitUntil(lambda: not session.saving.unsaved)
    assert board_of(window).use_cases[0].owner == "Kim Lee"
    assert tried == [[first.owner, "Kim"]]
