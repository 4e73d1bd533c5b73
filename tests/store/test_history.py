"""Undo, redo and the audit trail, step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from scoper.commands import (
    answers,
    criteria,
    imports,
    items,
    people,
    portfolios,
    scores,
    sections,
    use_cases,
)
from scoper.commands.scores import Cell
from scoper.exchange.mapping import guess
from scoper.exchange.tables import read_table
from scoper.queries import AuditEntry, load_audit, load_board
from scoper.scoping import LISTS
from scoper.scoring.entries import ABSTAIN
from scoper.snapshot import SectionPlace
from scoper.store import Store, steps
from scoper.terms import Decision, Phase
from tests.lists import filled
from tests.support import add_person, add_use_case, count_steps, dump, rate


def rich_use_case(store: Store) -> UUID:
    """Add a use case with something in every list, rated by one person; return its id."""
    use_case_id, solution_id, person = add_use_case(store), uuid4(), add_person(store)
    role = load_board(store).portfolio.roles[0].id
    entries: dict[str, dict[str, object]] = {
        "solutions": {"title": "Match by order number", "shortlisted": True},
        "evidence": {"statement": "78 % matched", "solution_id": solution_id},
        "datasets": {"title": "Archive", "grades": {"access": 4}},
        "risks": {"title": "Nobody checks", "likelihood": 2},
        "kpis": {"title": "Paid late", "baseline": 11.0, "due": dt.date(2027, 3, 1)},
        "acceptance": {"statement": "95 % right"},
        "milestones": {"title": "Live", "due": dt.date(2027, 6, 1)},
        "costs": {"title": "Licences", "likely": 18_000.0},
        "efforts": {"role_id": role, "days": 12.5, "phase": Phase.MVP},
    }
    for name in LISTS:
        item_id = solution_id if name == "solutions" else uuid4()
        values = entries.get(name) or filled(store, use_case_id, name)
        items.add(store, use_case_id=use_case_id, items=name, values=values, item_id=item_id)
    rate(store, use_case_id, person, 4.0)
    answers.set_answer(
        store, use_case_id=use_case_id, questionnaire="relevance", question="volume", answer="yes"
    )
    people.set_capacity(store, role_id=role, quarter="2027-Q1", days=30)
    sections.edit(
        store,
        place=SectionPlace(use_case_id, "prd", "users"),
        text="Our words",
        draft="Draft",
    )
    people.set_permission(
        store,
        participant_id=add_person(store, "Bo"),
        criterion_ids=[load_board(store).portfolio.criteria[0].id],
        allowed=False,
    )
    return use_case_id


# ---------------------------------------------------------------- undo and redo


def test_deleting_a_use_case_takes_everything_with_it_and_undo_brings_it_all_back(
    store: Store,
) -> None:
    empty = dump(store)
    use_case_id = rich_use_case(store)
    full = dump(store)
    assert all(full[name] for name in full)

    use_cases.remove(store, use_case_ids=(use_case_id,))
    deleted = dump(store)
    gone = {name for name in full if not deleted[name]}
    assert gone == {name for name in empty if not empty[name]} - {
        "participant",
        "exclusion",
        "capacity",
    }

    store.undo()
    assert dump(store) == full
    assert load_board(store).use_cases[0].evidence[0].solution_id is not None
    store.redo()
    assert dump(store) == deleted


def test_deleting_an_option_keeps_its_evidence_and_undo_ties_them_together_again(
    store: Store,
) -> None:
    rich_use_case(store)
    before = dump(store)
    solution, *_ = load_board(store).use_cases[0].solutions
    items.remove(store, items="solutions", item_ids=(solution.id,))
    (evidence,) = load_board(store).use_cases[0].evidence
    assert evidence.solution_id is None
    store.undo()
    assert dump(store) == before


@pytest.mark.parametrize("kind", ["participant", "role"])
def test_removing_a_person_or_role_can_be_undone_with_what_depended_on_it(
    store: Store, kind: str
) -> None:
    rich_use_case(store)
    before = dump(store)
    portfolio = load_board(store).portfolio
    if kind == "participant":
        people.remove_participant(store, participant_id=portfolio.participants[0].id)
        assert dump(store)["rating"] == {}
    else:
        people.remove_role(store, role_id=portfolio.roles[0].id)
        assert dump(store)["effort"] == {}
    store.undo()
    assert dump(store) == before


def test_a_pasted_block_of_ratings_is_one_step(store: Store) -> None:
    first, second = add_use_case(store), add_use_case(store, "Churn alerts")
    person = add_person(store)
    board, before = load_board(store), dump(store)
    cells = [
        Cell(u, c.id, person, place % 5 + 1.0)
        for u in (first, second)
        for place, c in enumerate(board.portfolio.criteria)
    ]
    changes = scores.set_ratings(store, cells=cells)
    assert len(dump(store)["rating"]) == len(cells)
    assert store.history().undo == changes.label == f"Enter {len(cells)} ratings"
    assert changes.use_cases == {first, second}
    store.undo()
    assert dump(store) == before


def test_undoing_an_import_asks_about_each_list_once_not_once_for_each_row(
    store: Store, tmp_path: Path
) -> None:
    """It asked eleven lists for the children of each row: 14 seconds for 3,611 use cases."""
    (tmp_path / "t.csv").write_text("title\n" + "".join(f"Idea {n}\n" for n in range(100)))
    table = read_table(tmp_path / "t.csv")
    imports.import_use_cases(store, table=table, mapping=guess(table.headers))
    statements: list[str] = []

    def count(_: sa.Connection, __: object, statement: str, *___: object) -> None:
        statements.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    try:
        store.undo()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", count)
    assert load_board(store).use_cases == ()
    assert len(statements) < 2 * 100


def test_steps_have_names_people_recognise(store: Store) -> None:
    assert (store.history().undo, store.history().redo) == (None, None)
    use_case_id, person = add_use_case(store), add_person(store)
    rate(store, use_case_id, person, 3.0)
    assert store.history().undo == "Rate Late invoices for Ada"
    assert store.undo().label == "Undo: Rate Late invoices for Ada"
    assert store.history().undo == "Add participant Ada"
    assert store.history().redo == "Rate Late invoices for Ada"
    assert store.redo().label == "Redo: Rate Late invoices for Ada"
    assert store.history().redo is None


def test_a_new_step_gives_up_what_was_undone(store: Store) -> None:
    add_use_case(store, "First")
    store.undo()
    add_use_case(store, "Second")
    assert store.history().redo is None
    assert not store.redo()
    assert [u.title for u in load_board(store).use_cases] == ["Second"]


def test_with_nothing_left_undo_and_redo_change_nothing(store: Store) -> None:
    before = dump(store)
    assert not store.undo()
    assert not store.redo()
    assert dump(store) == before
    assert load_board(store).portfolio.title == "Test portfolio"


def test_history_outlives_the_program(store: Store) -> None:
    before = dump(store)
    add_use_case(store)
    store.close()
    with Store.open(store.path, store.who) as later:
        assert later.history().undo == "Add Late invoices"
        later.undo()
        assert dump(later) == before


def test_a_use_case_can_be_deleted_and_undone_many_times(store: Store) -> None:
    use_case_id = rich_use_case(store)
    before = dump(store)
    for _ in range(3):
        use_cases.remove(store, use_case_ids=(use_case_id,))
        store.undo()
        store.redo()
        store.undo()
    assert dump(store) == before


def test_only_so_many_steps_are_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "KEEP_STEPS", 3)
    for number in range(5):
        add_use_case(store, f"Use case {number}")
    assert count_steps(store) == 3
    undone = 0
    while store.undo():
        undone += 1
    assert undone == 3
    assert [u.title for u in load_board(store).use_cases] == ["Use case 0", "Use case 1"]


Edit = Callable[[Store, UUID], object]


@pytest.mark.parametrize(
    "edit",
    [
        lambda s, u: use_cases.set_field(s, use_case_id=u, field="title", value="Late  invoices "),
        lambda s, u: use_cases.set_field(s, use_case_id=u, field="owner", value=""),
        lambda s, u: use_cases.set_field(s, use_case_id=u, field="current_cost", value=""),
        lambda s, u: use_cases.decide(s, use_case_id=u, decision=Decision.UNDECIDED),
        lambda s, u: use_cases.remove(s, use_case_ids=()),
        lambda s, u: portfolios.set_field(s, field="title", value="Test portfolio"),
        lambda s, u: portfolios.set_scoring(s, parameters={"risk_aversion": 1, "p_low": 0.1}),
        lambda s, u: scores.set_ratings(s, cells=[]),
        lambda s, u: items.remove(s, items="risks", item_ids=()),
    ],
)
def test_an_edit_that_changes_nothing_is_no_step(store: Store, edit: Edit) -> None:
    use_case_id = add_use_case(store)
    before, steps = dump(store), count_steps(store)
    assert not edit(store, use_case_id)
    assert (dump(store), count_steps(store)) == (before, steps)


def test_clearing_a_rating_that_was_never_given_is_no_step(store: Store) -> None:
    use_case_id, person = add_use_case(store), add_person(store)
    steps = count_steps(store)
    rate(store, use_case_id, person, None)
    assert count_steps(store) == steps


def test_moving_beyond_the_end_of_a_list_is_no_step(store: Store) -> None:
    use_case_id = add_use_case(store)
    ids = [uuid4() for _ in range(3)]
    for item_id in ids:
        items.add(
            store, use_case_id=use_case_id, items="risks", values={"title": "R"}, item_id=item_id
        )
    items.remove(store, items="risks", item_ids=(ids[1],))
    steps = count_steps(store)
    items.move(store, items="risks", item_id=ids[2], by=1)
    items.move(store, items="risks", item_id=ids[0], by=-5)
    assert count_steps(store) == steps


# ---------------------------------------------------------------- audit


def trail(store: Store) -> list[AuditEntry]:
    return load_audit(store)


def test_a_rating_leaves_a_trail_of_its_values(store: Store) -> None:
    use_case_id, person = add_use_case(store), add_person(store)
    for entry in (3.0, 5.0, ABSTAIN, None):
        rate(store, use_case_id, person, entry, criterion_key="reach")
    values = [(e.old, e.new) for e in reversed(trail(store)) if e.field == "value"]
    assert values == [(None, "3.0"), ("3.0", "5.0"), ("5.0", None)]
    abstentions = [e.new for e in reversed(trail(store)) if e.field == "abstained"]
    assert "True" in abstentions
    assert {e.who for e in trail(store)} == {"Tester"}


@pytest.mark.parametrize(
    ("field", "value", "old", "new"),
    [
        ("aggregation", "median", "mean", "median"),
    ],
)
def test_how_it_is_scored_leaves_a_trail(
    store: Store, field: str, value: object, old: str, new: str
) -> None:
    portfolios.set_field(store, field=field, value=value)
    entry = trail(store)[0]
    assert (entry.entity, entry.field, entry.old, entry.new) == ("portfolio", field, old, new)


@pytest.mark.parametrize(
    ("name", "value", "old", "new"),
    [
        ("risk_aversion", 2, "1.0", "2.0"),
        ("p_low", 0.2, "0.1", "0.2"),
        ("p_high", 0.8, "0.9", "0.8"),
    ],
)
def test_a_parameter_leaves_a_trail_of_its_own(
    store: Store, name: str, value: float, old: str, new: str
) -> None:
    before = len(trail(store))
    portfolios.set_parameter(store, name=name, value=value)
    entry = trail(store)[0]
    assert (entry.field, entry.old, entry.new) == (f"parameters.balanced.{name}", old, new)
    assert len(trail(store)) == before + 1


def test_weights_leave_a_trail(store: Store) -> None:
    criterion = load_board(store).portfolio.criteria[0]
    person = add_person(store)
    criteria.set_field(store, criterion_id=criterion.id, field="weight", value=70)
    people.set_participant_field(store, participant_id=person, field="weight", value=2)
    voice, weight = trail(store)[:2]
    assert (weight.subject, weight.old, weight.new) == (criterion.id, str(criterion.weight), "70.0")
    assert (voice.subject, voice.old, voice.new) == (person, "1.0", "2.0")


def test_a_decision_leaves_a_trail_with_its_reason(store: Store) -> None:
    use_case_id = add_use_case(store)
    use_cases.decide(store, use_case_id=use_case_id, decision=Decision.GO, reason="Pays off")
    entries = {e.field: (e.old, e.new, e.action) for e in trail(store)[:2]}
    action = "Decide go on Late invoices"
    assert entries == {
        "decision": ("undecided", "go", action),
        "decision_reason": ("", "Pays off", action),
    }


def test_undoing_is_on_record_too(store: Store) -> None:
    use_case_id = add_use_case(store)
    use_cases.decide(store, use_case_id=use_case_id, decision=Decision.GO)
    length = len(trail(store))
    store.undo()
    assert len(trail(store)) > length
    assert trail(store)[0].action == "Undo: Decide go on Late invoices"


def test_what_is_not_audited_leaves_no_trail(store: Store) -> None:
    use_case_id = add_use_case(store)
    length = len(trail(store))
    use_cases.set_field(store, use_case_id=use_case_id, field="owner", value="Bo")
    assert len(trail(store)) == length


def test_the_trail_can_be_cut_to_the_newest(store: Store) -> None:
    for weight in (1, 2, 3):
        person = load_board(store).portfolio.criteria[0].id
        criteria.set_field(store, criterion_id=person, field="weight", value=weight)
    assert [e.new for e in load_audit(store, limit=2)] == ["3.0", "2.0"]


def test_the_trail_calls_things_by_their_names(store: Store) -> None:
    use_case_id, person = add_use_case(store, "Late invoices"), add_person(store, "Ada")
    rate(store, use_case_id, person, 4.0, criterion_key="reach")
    use_cases.decide(store, use_case_id=use_case_id, decision=Decision.GO)
    portfolios.set_parameter(store, name="risk_aversion", value=2)
    about = {entry.field: entry.about for entry in trail(store)}
    assert about["value"] == "Late invoices: Reach, Ada"
    assert about["decision"] == "Late invoices"
    assert about["parameters.balanced.risk_aversion"] == "Test portfolio"


def test_what_is_gone_keeps_its_name_in_the_trail(store: Store) -> None:
    use_case_id, person = add_use_case(store, "Late invoices"), add_person(store, "Ada")
    rate(store, use_case_id, person, 4.0, criterion_key="reach")
    people.set_participant_field(store, participant_id=person, field="name", value="Ada L.")
    people.remove_participant(store, participant_id=person)
    use_cases.remove(store, use_case_ids=[use_case_id])
    entries = [entry for entry in trail(store) if entry.field == "value"]
    assert [(e.old, e.new) for e in entries] == [("4.0", None), (None, "4.0")]
    assert {entry.about for entry in entries} == {"Late invoices: Reach, Ada L."}
