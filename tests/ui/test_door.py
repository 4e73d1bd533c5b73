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


_DOORS = {
    ("session", "run"): 0,
    ("session", "edit"): 0,
    ("session", "ask"): 1,
    ("latest", "ask"): 1,
    ("tasks", "run"): 2,
}
"""What hands a job to another thread: whose method it is, and as which argument it takes it."""


_Job = tuple[str, ast.expr]


def _handed_over(tree: ast.Module) -> Iterator[_Job]:
    """Yield what is written to be called on a lane: of the store, of long work, of the newest."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value).split(".")[-1].lstrip("_")
            place = _DOORS.get((owner, node.func.attr))
            if place is not None:
                yield owner, node.args[place]


def _reads_the_window(owner: str, job: ast.expr, tree: ast.Module) -> bool:
    """Say whether a job may ask something of a widget.

    A bound method or a callable from elsewhere may. A lambda may only ask what the file imports,
    and what it is called with: of what it captures it can hand on the value, not call it or look
    into it. Beside the lane of the store a function of the module does as well, also with values
    that a partial reads at once. What such a function or one that a lambda is given by another
    name asks of a widget is beyond this.
    """
    if not isinstance(job, ast.Lambda):
        return owner == "session" or not _is_of_the_module(job, tree)
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


def _is_of_the_module(job: ast.expr, tree: ast.Module) -> bool:
    if isinstance(job, ast.Call) and ast.unparse(job.func) == "partial":
        job = job.args[0]
    at_the_top = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    imported = {
        name.asname or name.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    return isinstance(job, ast.Name) and job.id in at_the_top | imported


_DEEPER = (ast.Attribute, ast.Call)


def test_what_runs_on_the_lane_reads_nothing_of_the_window() -> None:
    """It would be read later, by another thread, when the page may show something else."""
    trees = [(path.name, ast.parse(path.read_text("utf-8"))) for path in UI.rglob("*.py")]
    jobs = [(name, tree, *job) for name, tree in trees for job in _handed_over(tree)]
    assert len(jobs) > 50
    assert {owner for _, _, owner, _ in jobs} == {owner for owner, _ in _DOORS}
    found = [
        (name, ast.unparse(job))
        for name, tree, owner, job in jobs
        if _reads_the_window(owner, job, tree)
    ]
    assert found == []


@pytest.mark.parametrize(
    "job",
    [
        "session.run(lambda store: add(store, title=self.line.text()), done=self.told)",
        "session.edit(lambda store, seen: add(store, title=self.line.text()), asker)",
        "session.edit(lambda store, seen: add(store, title=editor.widget.text()), asker)",
        "session.run(lambda store: add(store, title=read()))",
        "session.run(lambda store: add(store, title=lines[0].text()))",
        "session.run(partial(add, title=self.line.text()))",
        "session.run(self._add)",
        "session.run(command)",
        "session.ask(self, self._read, self._show)",
        "context.latest.ask(self, self._read, self._show)",
        "context.latest.ask(self, work, self._show)",
        "context.latest.ask(self, partial(self._read, 1), self._show)",
        "context.latest.ask(self, lambda check: add(self.line.text()), self._show)",
        "_context.tasks.run(self, 'Adding', self._read, self._show)",
        "_context.tasks.run(self, 'Adding', lambda progress: self._read(), self._show)",
    ],
)
def test_a_job_that_reads_the_window_is_found(job: str) -> None:
    tree = ast.parse(f"from commands import add\nself.{job}")
    assert [_reads_the_window(*job, tree) for job in _handed_over(tree)] == [True]


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
