"""Planning delivery from the library: the roadmap, roles, metrics with their companions."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from scoper.commands import delivery, items, people, use_cases
from scoper.errors import InvalidInput
from scoper.queries import load_board
from scoper.store import Store
from scoper.terms import Phase
from tests.commands.refusals import refused
from tests.support import add_use_case, dump, only

START = dt.date(2027, 1, 4)
LIKELY = {Phase.BASELINE: 4, Phase.MVP: 10, Phase.PILOT: 12, Phase.ROLLOUT: 16}
WEEK = dt.timedelta(weeks=1)


def test_a_roadmap_is_planned_in_one_step_from_the_day_work_starts(store: Store) -> None:
    use_case_id = add_use_case(store)
    before = dump(store)
    delivery.plan_roadmap(store, use_case_id=use_case_id, start=START)
    found = only(load_board(store))
    assert [m.phase for m in found.milestones] == list(LIKELY)
    ends = [START + sum(list(LIKELY.values())[: n + 1]) * WEEK for n in range(4)]
    assert [m.due for m in found.milestones] == ends
    for milestone in found.milestones:
        for answer in ("entry_criteria", "exit_criteria", "exposure", "rollback", "feedback"):
            assert getattr(milestone, answer)
        assert milestone.monitoring
    assert found.start_on == START
    store.undo()
    assert dump(store) == before


@pytest.mark.parametrize(
    ("there", "due", "dates"),
    [
        (Phase.BASELINE, dt.date(2027, 3, 1), [dt.date(2027, 5, 10), dt.date(2027, 8, 2), ...]),
        (Phase.BASELINE, None, [START + 10 * WEEK, START + 22 * WEEK, START + 38 * WEEK]),
        (Phase.MVP, dt.date(2027, 1, 20), [None, dt.date(2027, 4, 14), ...]),
        (Phase.ROLLOUT, dt.date(2029, 1, 1), [START + 4 * WEEK, START + 14 * WEEK, ...]),
    ],
)
def test_what_is_planned_stays_and_the_rest_fits_around_it(
    store: Store, there: Phase, due: dt.date | None, dates: list[object]
) -> None:
    use_case_id = add_use_case(store)
    values = {"title": "Ours", "phase": there, "due": due}
    items.add(store, use_case_id=use_case_id, items="milestones", values=values)
    delivery.plan_roadmap(store, use_case_id=use_case_id, start=START)
    first, *added = only(load_board(store)).milestones
    assert (first.title, first.due, first.exit_criteria) == ("Ours", due, "")
    assert [m.phase for m in added] == [phase for phase in LIKELY if phase is not there]
    for milestone, expected in zip(added, dates, strict=True):
        assert expected is ... or milestone.due == expected


def test_a_complete_roadmap_is_left_alone(store: Store) -> None:
    use_case_id = add_use_case(store)
    use_cases.set_field(store, use_case_id=use_case_id, field="start_on", value="2027-03-01")
    delivery.plan_roadmap(store, use_case_id=use_case_id, start=START)
    first, *_, rollout = only(load_board(store)).milestones
    assert first.due == dt.date(2027, 3, 29)
    delivery.plan_roadmap(store, use_case_id=use_case_id, start=START)
    mature = only(load_board(store)).milestones[-1]
    assert (mature.phase, mature.due) == (Phase.MATURE, rollout.due + 52 * WEEK)
    refused(
        store,
        lambda: delivery.plan_roadmap(store, use_case_id=use_case_id, start=START),
        field="milestones",
    )


def test_a_start_at_the_end_of_the_calendar_leaves_phases_without_a_date(store: Store) -> None:
    use_case_id = add_use_case(store)
    delivery.plan_roadmap(store, use_case_id=use_case_id, start=dt.date(9999, 12, 31))
    assert {m.due for m in only(load_board(store)).milestones} == {None}


# ---------------------------------------------------------------- roles


ROLE = {"title": "Data gardener", "day_rate": 690, "hiring_weeks": 18, "skills": "SQL"}
EFFORTS = ({"phase": Phase.BASELINE, "days": 8}, {"phase": Phase.MVP, "days": 20})


def test_a_role_joins_portfolio_and_use_case_in_one_step(store: Store) -> None:
    use_case_id = add_use_case(store)
    before = dump(store)
    delivery.add_role(store, use_case_id=use_case_id, role=ROLE, efforts=EFFORTS)
    board = load_board(store)
    role = board.portfolio.roles[-1]
    assert (role.title, role.day_rate, role.hiring_weeks, role.skills) == tuple(ROLE.values())
    assert [(e.role_id, e.phase, e.days) for e in only(board).efforts] == [
        (role.id, Phase.BASELINE, 8.0),
        (role.id, Phase.MVP, 20.0),
    ]
    store.undo()
    assert dump(store) == before


def test_a_role_that_is_there_keeps_its_rate_and_its_planned_phases(store: Store) -> None:
    use_case_id = add_use_case(store)
    role_id = uuid4()
    people.add_role(store, title="DATA gardener", day_rate=500, role_id=role_id)
    values = {"role_id": role_id, "phase": Phase.MVP, "days": 3}
    items.add(store, use_case_id=use_case_id, items="efforts", values=values)
    delivery.add_role(store, use_case_id=use_case_id, role=ROLE, efforts=EFFORTS)
    board = load_board(store)
    assert board.portfolio.roles[-1].day_rate == 500.0
    assert [(e.phase, e.days) for e in only(board).efforts] == [
        (Phase.MVP, 3.0),
        (Phase.BASELINE, 8.0),
    ]
    refused(
        store,
        lambda: delivery.add_role(store, use_case_id=use_case_id, role=ROLE, efforts=EFFORTS),
        field="efforts",
    )


# ---------------------------------------------------------------- metrics and capacity


def test_a_metric_is_added_with_what_goes_with_it_but_nothing_twice(store: Store) -> None:
    use_case_id = add_use_case(store)
    entries = [{"title": "Churn"}, {"title": "Margin"}, {"title": "Recall", "kind": "model"}]
    first = uuid4()
    for _ in range(2):
        items.add_all(
            store, use_case_id=use_case_id, items="kpis", entries=entries[:2], item_ids=(first,)
        )
        first = uuid4()
    items.add_all(store, use_case_id=use_case_id, items="kpis", entries=entries)
    titles = [kpi.title for kpi in only(load_board(store)).kpis]
    assert titles == ["Churn", "Margin", "Churn", "Churn", "Recall"]
    for _ in range(3):
        store.undo()
    assert only(load_board(store)).kpis == ()
    with pytest.raises(InvalidInput, match="nothing to add"):
        items.add_all(store, use_case_id=use_case_id, items="kpis", entries=())


def test_capacity_of_a_quarter_is_set_changed_and_cleared_with_undo(store: Store) -> None:
    role_id = uuid4()
    people.add_role(store, title="Beekeeper", role_id=role_id)
    seen = []
    for quarter, days in (("2027-Q2", "40"), ("2027-Q1", 30), ("2027-Q2", 35), ("2027-Q1", " ")):
        people.set_capacity(store, role_id=role_id, quarter=quarter, days=days)
        seen.append(load_board(store).portfolio.roles[-1].capacities)
    assert seen == [
        (("2027-Q2", 40.0),),
        (("2027-Q1", 30.0), ("2027-Q2", 40.0)),
        (("2027-Q1", 30.0), ("2027-Q2", 35.0)),
        (("2027-Q2", 35.0),),
    ]
    for expected in (*reversed(seen[:-1]), ()):
        store.undo()
        assert load_board(store).portfolio.roles[-1].capacities == expected
    before = dump(store)
    people.set_capacity(store, role_id=role_id, quarter="2027-Q2", days=1)
    people.remove_role(store, role_id=role_id)
    store.undo()
    store.undo()
    assert dump(store) == before


@pytest.mark.parametrize(
    ("quarter", "days", "field"),
    [
        ("2027-Q5", 1, "quarter"),
        ("27-Q1", 1, "quarter"),
        ("2027 Q1", 1, "quarter"),
        ("2027-Q1", -1, "days"),
        ("2027-Q1", "many", "days"),
        ("2027-Q1", float("nan"), "days"),
    ],
)
def test_a_capacity_that_does_not_fit_is_refused(
    store: Store, quarter: str, days: object, field: str
) -> None:
    role_id = uuid4()
    people.add_role(store, title="Beekeeper", role_id=role_id)
    refused(
        store,
        lambda: people.set_capacity(store, role_id=role_id, quarter=quarter, days=days),
        field=field,
    )
