"""Random work on a real file: undo and redo restore every row, and boards stay in step."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from scoper.board import Board
from scoper.commands import criteria, items, people, portfolios, scores, use_cases
from scoper.commands.scores import Cell
from scoper.queries import load_board
from scoper.scoring.entries import ABSTAIN, Entry
from scoper.snapshot import Changes, Portfolio
from scoper.store import Store
from scoper.terms import Aggregation, Decision
from tests.support import Dump, dump

ITEMS: dict[str, dict[str, object]] = {
    "solutions": {"title": "Rules", "shortlisted": True},
    "evidence": {"statement": "It works"},
    "datasets": {"title": "Archive", "grades": {"access": 3}},
    "risks": {"title": "Nobody checks"},
    "kpis": {"title": "Paid late", "baseline": 11.0, "target": 4.0, "due": dt.date(2027, 3, 1)},
    "acceptance": {"statement": "95 % right"},
    "milestones": {"title": "Live", "due": dt.date(2027, 6, 1)},
    "costs": {"title": "Licences", "likely": 10.5},
}
EDITS: dict[str, str] = {
    "solutions": "title", "evidence": "source", "datasets": "owner", "risks": "mitigation",
    "kpis": "unit", "acceptance": "check_by", "milestones": "title", "costs": "title",
    "efforts": "who",
}  # fmt: skip
ENTRIES: list[Entry] = [1.0, 3.0, 4.5, 5.0, ABSTAIN, None]

place = st.integers(0, 9)
words = st.text(st.characters(codec="utf-8"), max_size=8)


class Work(RuleBasedStateMachine):
    """People working on a portfolio, with the states before and after each step as witnesses."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=Path.home()))
        self.template = _template()
        self.path = self.folder / "work.scoper"
        shutil.copyfile(self.template, self.path)
        self.store = Store.open(self.path, "Machine")
        self.board = load_board(self.store)
        self.past: list[Dump] = []
        self.future: list[Dump] = []

    def teardown(self) -> None:
        """Undo everything: the portfolio is as it was at first."""
        first = self.past[0] if self.past else dump(self.store)
        while self.store.undo():
            pass
        assert dump(self.store) == first
        self.store.close()
        shutil.rmtree(self.folder)

    # ------------------------------------------------------------ helpers

    def do(self, work: Callable[[], Changes]) -> None:
        before = dump(self.store)
        changes = work()
        if changes:
            self.past.append(before)
            self.future.clear()
            assert self.store.history().undo == changes.label
        else:
            assert dump(self.store) == before
        self.follow(changes)

    def follow(self, changes: Changes) -> None:
        self.board = load_board(self.store, self.board, changes)

    def use_case(self, at: int) -> UUID | None:
        found = self.board.use_cases
        return found[at % len(found)].id if found else None

    def item(self, at: int, name: str) -> UUID | None:
        found = [item.id for u in self.board.use_cases for item in getattr(u, name)]
        return found[at % len(found)] if found else None

    def criterion(self, at: int) -> UUID:
        found = self.board.portfolio.criteria
        return found[at % len(found)].id

    # ------------------------------------------------------------ commands

    @initialize()
    def start(self) -> None:
        self.do(lambda: use_cases.create(self.store, title="Late invoices"))
        self.do(lambda: people.add_participant(self.store, name="Ada"))

    @rule(title=words)
    def add_use_case(self, title: str) -> None:
        self.do(lambda: use_cases.create(self.store, title=f"U {title}"))

    @rule(at=place, value=words, field=st.sampled_from(["summary", "owner", "problem", "title"]))
    def edit_use_case(self, at: int, value: str, field: str) -> None:
        if target := self.use_case(at):
            value = f"T {value}" if field == "title" else value
            self.do(
                lambda: use_cases.set_field(
                    self.store, use_case_id=target, field=field, value=value
                )
            )

    @rule(at=place)
    def remove_use_case(self, at: int) -> None:
        if target := self.use_case(at):
            self.do(lambda: use_cases.remove(self.store, use_case_ids=(target,)))

    @rule(at=place, decision=st.sampled_from(Decision), reason=words)
    def decide(self, at: int, decision: Decision, reason: str) -> None:
        if target := self.use_case(at):
            self.do(
                lambda: use_cases.decide(
                    self.store, use_case_id=target, decision=decision, reason=reason,
                    on=dt.date(2027, 1, 1),
                )
            )  # fmt: skip

    @rule(at=place, name=st.sampled_from(sorted(ITEMS)))
    def add_item(self, at: int, name: str) -> None:
        if target := self.use_case(at):
            values = dict(ITEMS[name])
            solutions = self.board.use_cases[at % len(self.board.use_cases)].solutions
            if name == "evidence" and solutions:
                values["solution_id"] = solutions[0].id
            self.do(lambda: items.add(self.store, use_case_id=target, items=name, values=values))

    @rule(at=place, which=place, days=st.floats(0, 100))
    def add_effort(self, at: int, which: int, days: float) -> None:
        roles = self.board.portfolio.roles
        if roles and (target := self.use_case(at)):
            values = {"role_id": roles[which % len(roles)].id, "days": days}
            self.do(
                lambda: items.add(self.store, use_case_id=target, items="efforts", values=values)
            )

    @rule(which=place, name=st.sampled_from(sorted(EDITS)), value=words)
    def edit_item(self, which: int, name: str, value: str) -> None:
        if target := self.item(which, name):
            self.do(
                lambda: items.set_field(
                    self.store, items=name, item_id=target, field=EDITS[name], value=f"V {value}"
                )
            )

    @rule(which=place, name=st.sampled_from(sorted(EDITS)), by=st.integers(-2, 2))
    def move_item(self, which: int, name: str, by: int) -> None:
        if target := self.item(which, name):
            self.do(lambda: items.move(self.store, items=name, item_id=target, by=by))

    @rule(which=place, name=st.sampled_from(sorted(EDITS)))
    def remove_item(self, which: int, name: str) -> None:
        if target := self.item(which, name):
            self.do(lambda: items.remove(self.store, items=name, item_ids=(target,)))

    @rule(name=words)
    def add_participant(self, name: str) -> None:
        name = f"P{len(self.past)} {name}"
        self.do(lambda: people.add_participant(self.store, name=name))

    @rule(at=place)
    def remove_participant(self, at: int) -> None:
        if found := self.board.portfolio.participants:
            target = found[at % len(found)].id
            self.do(lambda: people.remove_participant(self.store, participant_id=target))

    @rule(at=place, weight=st.floats(0, 9))
    def weigh_participant(self, at: int, weight: float) -> None:
        if found := self.board.portfolio.participants:
            target = found[at % len(found)].id
            self.do(
                lambda: people.set_participant_field(
                    self.store, participant_id=target, field="weight", value=weight
                )
            )

    @rule(at=place, which=place, allowed=st.booleans())
    def permit(self, at: int, which: int, allowed: bool) -> None:
        if found := self.board.portfolio.participants:
            target, criterion = found[at % len(found)].id, self.criterion(which)
            self.do(
                lambda: people.set_permission(
                    self.store, participant_id=target, criterion_ids=[criterion], allowed=allowed
                )
            )

    @rule(at=place, capacity=st.floats(0, 50))
    def limit_role(self, at: int, capacity: float) -> None:
        if found := self.board.portfolio.roles:
            target = found[at % len(found)].id
            self.do(
                lambda: people.set_role_field(
                    self.store, role_id=target, field="capacity_days", value=capacity
                )
            )

    @rule(at=place)
    def remove_role(self, at: int) -> None:
        if found := self.board.portfolio.roles:
            target = found[at % len(found)].id
            self.do(lambda: people.remove_role(self.store, role_id=target))

    @rule(cells=st.lists(st.tuples(place, place, place, st.sampled_from(ENTRIES)), max_size=6))
    def rate(self, cells: list[tuple[int, int, int, Entry]]) -> None:
        portfolio = self.board.portfolio
        if not portfolio.use_cases or not portfolio.participants:
            return
        entered = [
            Cell(
                portfolio.use_cases[u % len(portfolio.use_cases)].id,
                self.criterion(c),
                portfolio.participants[p % len(portfolio.participants)].id,
                entry,
            )
            for u, c, p, entry in cells
        ]
        entered = [
            cell
            for cell in entered
            if cell.entry is None
            or (cell.criterion_id, cell.participant_id) not in portfolio.exclusions
        ]
        self.do(lambda: scores.set_ratings(self.store, cells=entered))

    @rule(at=place, weight=st.floats(0.5, 99), aversion=st.floats(0, 5))
    def set_scoring(self, at: int, weight: float, aversion: float) -> None:
        weights = {self.criterion(at): weight}
        self.do(
            lambda: portfolios.set_scoring(
                self.store, parameters={"risk_aversion": aversion}, weights=weights
            )
        )

    @rule(how=st.sampled_from(Aggregation))
    def aggregate(self, how: Aggregation) -> None:
        self.do(lambda: portfolios.set_field(self.store, field="aggregation", value=how))

    @rule(at=place, title=words)
    def rename_criterion(self, at: int, title: str) -> None:
        place = at % len(self.board.portfolio.criteria)  # no two criteria may share a title
        self.do(
            lambda: criteria.set_field(
                self.store,
                criterion_id=self.criterion(place),
                field="title",
                value=f"C{place} {title}",
            )
        )

    # ------------------------------------------------------------ undo and redo

    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(steps):
            now = dump(self.store)
            changes = self.store.undo()
            assert bool(changes) is bool(self.past)
            if changes:
                self.future.append(now)
                assert dump(self.store) == self.past.pop()
            self.follow(changes)

    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(steps):
            now = dump(self.store)
            changes = self.store.redo()
            assert bool(changes) is bool(self.future)
            if changes:
                self.past.append(now)
                assert dump(self.store) == self.future.pop()
            self.follow(changes)

    # ------------------------------------------------------------ always true

    @invariant()
    def the_file_is_sound(self) -> None:
        assert self.store.problems() == []

    @invariant()
    def a_board_read_in_parts_equals_one_read_whole(self) -> None:
        assert_same_board(self.board, load_board(self.store))


def assert_same_board(one: Board, other: Board) -> None:
    for field in fields(Portfolio):
        mine, theirs = getattr(one.portfolio, field.name), getattr(other.portfolio, field.name)
        if isinstance(mine, np.ndarray):
            assert np.array_equal(mine, theirs, equal_nan=mine.dtype.kind == "f"), field.name
        else:
            assert mine == theirs, field.name
    assert one.steps == other.steps
    assert one.ranked == other.ranked
    assert (one.problem, one.clipped) == (other.problem, other.clipped)


_TEMPLATES: list[Path] = []


def _template() -> Path:
    if not _TEMPLATES:
        path = Path(tempfile.mkdtemp(dir=Path.home())) / "template.scoper"
        with Store.create(path, "Machine") as store:
            portfolios.create(store, title="Machine")
        _TEMPLATES.append(path)
    return _TEMPLATES[0]


TestWork = pytest.mark.timeout(900)(Work.TestCase)  # every command waits for the disk
TestWork.settings = settings(max_examples=20, stateful_step_count=25)
