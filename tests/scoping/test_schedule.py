"""Timelines, bookings by quarter and totals by phase, on small portfolios."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.errors import InvalidInput
from scoper.scoping.budget import Span, cost_span, cost_totals, expected_benefit, phase_totals
from scoper.scoping.schedule import (
    Quarter,
    Vacancy,
    latest_vacancies,
    plan,
    quarter_shares,
    staffing_of,
    timeline,
)
from scoper.scoping.timeline import gantt
from scoper.snapshot import Cost, Effort, Milestone, Portfolio, Role, UseCase
from scoper.terms import Decision, Phase, Recurrence
from tests.support import portfolio_of

BASELINE, MVP, PILOT, ROLLOUT, MATURE = Phase
ENGINEER = Role(uuid4(), "Engineer", day_rate=700.0, capacity_days=40.0)
EXPERT = Role(uuid4(), "Expert")
DAY = dt.date


def milestone(phase: Phase, due: dt.date | None, title: str = "Done") -> Milestone:
    return Milestone(uuid4(), title, phase, due)


def use_case(**fields: Any) -> UseCase:
    return UseCase(id=uuid4(), key="UC-01", title="Late invoices", **fields)


def portfolio(*use_cases: UseCase) -> Portfolio:
    empty = portfolio_of(np.zeros((0, 3, 1)))
    return replace(empty, roles=(ENGINEER, EXPERT), use_cases=use_cases)


# ---------------------------------------------------------------- timeline


def test_each_phase_starts_the_day_after_the_one_before() -> None:
    found = timeline(
        use_case(
            milestones=(
                milestone(PILOT, DAY(2027, 6, 30)),
                milestone(MVP, DAY(2027, 3, 1)),
                milestone(MVP, DAY(2027, 4, 15)),
                milestone(BASELINE, DAY(2027, 1, 31)),
                milestone(ROLLOUT, None),
            )
        ),
        begin=DAY(2027, 1, 4),
    )
    assert [(bar.phase, bar.start, bar.end, bar.clashes) for bar in found.bars] == [
        (BASELINE, DAY(2027, 1, 4), DAY(2027, 1, 31), False),
        (MVP, DAY(2027, 2, 1), DAY(2027, 4, 15), False),
        (PILOT, DAY(2027, 4, 16), DAY(2027, 6, 30), False),
    ]
    assert found.undated == (ROLLOUT,)


def test_a_phase_that_ends_before_the_one_it_follows_clashes() -> None:
    found = timeline(
        use_case(
            milestones=(
                milestone(BASELINE, DAY(2027, 5, 31)),
                milestone(MVP, DAY(2027, 3, 1)),
                milestone(PILOT, DAY(2027, 7, 1)),
            )
        )
    )
    assert [bar.clashes for bar in found.bars] == [False, True, False]
    assert found.bars[1].start == found.bars[1].end == DAY(2027, 3, 1)
    assert found.bars[2].start == DAY(2027, 6, 1)


def test_without_a_beginning_the_first_phase_starts_at_its_first_milestone() -> None:
    plain = use_case(milestones=(milestone(MVP, DAY(2027, 3, 1)), milestone(MVP, DAY(2027, 4, 1))))
    assert timeline(plain).bars[0].start == DAY(2027, 3, 1)
    assert timeline(plain, DAY(2028, 1, 1)).bars[0].start == DAY(2027, 3, 1)
    assert timeline(use_case()).undated == (BASELINE, MVP, PILOT, ROLLOUT)


# ---------------------------------------------------------------- quarters


@pytest.mark.parametrize(
    ("start", "end", "shares"),
    [
        (DAY(2027, 1, 4), DAY(2027, 3, 31), {"2027 Q1": 1.0}),
        (DAY(2027, 3, 29), DAY(2027, 4, 2), {"2027 Q1": 0.6, "2027 Q2": 0.4}),
        (DAY(2027, 1, 2), DAY(2027, 1, 3), {"2027 Q1": 1.0}),
        (DAY(2026, 12, 31), DAY(2027, 1, 1), {"2026 Q4": 0.5, "2027 Q1": 0.5}),
        (DAY(9999, 12, 31), dt.date.max, {"9999 Q4": 1.0}),
    ],
)
def test_days_are_spread_over_working_days(
    start: dt.date, end: dt.date, shares: dict[str, float]
) -> None:
    found = quarter_shares(start, end)
    assert {quarter.label: share for quarter, share in found.items()} == pytest.approx(shares)


days = st.dates(DAY(2020, 1, 1), DAY(2032, 12, 31))


@given(days, st.integers(0, 1_000))
def test_shares_agree_with_counting_and_add_up(start: dt.date, length: int) -> None:
    end = start + dt.timedelta(days=length)
    found = quarter_shares(start, end)
    working = np.busday_count(start, end + dt.timedelta(days=1))
    assert sum(found.values()) == pytest.approx(1.0)
    if working:
        first = Quarter.of(start)
        inside = [
            day
            for n in range(length + 1)
            if (day := start + dt.timedelta(days=n)).weekday() < 5 and Quarter.of(day) == first
        ]
        assert found.get(first, 0.0) == pytest.approx(len(inside) / working)


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(InvalidInput, match="cannot end before"):
        quarter_shares(DAY(2027, 2, 1), DAY(2027, 1, 1))


# ---------------------------------------------------------------- bookings


def test_over_booking_is_named_by_role_and_quarter() -> None:
    busy = use_case(
        milestones=(milestone(MVP, DAY(2027, 3, 31)),),
        efforts=(
            Effort(uuid4(), ENGINEER.id, MVP, 12.0),
            Effort(uuid4(), EXPERT.id, MVP, 99.0),
            Effort(uuid4(), ENGINEER.id, ROLLOUT, 7.0),
        ),
    )
    refused = replace(busy, id=uuid4(), decision=Decision.NO_GO)
    found = plan(portfolio(busy, refused), begin=DAY(2027, 1, 1))
    assert [(b.role.title, b.quarter.label, b.days, b.over) for b in found.bookings] == [
        ("Engineer", "2027 Q1", 12.0, 2.0),
        ("Expert", "2027 Q1", 99.0, 0.0),
    ]
    assert [booking.sentence for booking in found.overbooked] == [
        "Engineer, 2027 Q1: 12 days asked for, 10 available."
    ]
    assert found.undated == {ENGINEER.id: 7.0}


@pytest.mark.parametrize(
    ("capacities", "total", "short"),
    [
        ((), 40.0, ""),
        ((("2027-Q1", 11.0),), None, "Engineer, 2027 Q1: 12 days asked for, 11 available"),
        ((("2027-Q1", 12.0),), None, ""),
        ((("2027-Q2", 1.0),), 40.0, ""),
        ((("2027-Q1", 0.0),), 99.0, "Engineer, 2027 Q1: 12 days asked for, 0 available"),
    ],
)
def test_capacity_by_quarter_is_held_against_what_is_booked_in_it(
    capacities: tuple[tuple[str, float], ...], total: float | None, short: str
) -> None:
    busy = use_case(
        milestones=(milestone(MVP, DAY(2027, 3, 31)),),
        efforts=(Effort(uuid4(), ENGINEER.id, MVP, 12.0),),
        start_on=DAY(2027, 1, 1),
    )
    role = replace(ENGINEER, capacities=capacities, capacity_days=total)
    found = staffing_of(replace(portfolio(busy), roles=(role, EXPERT)))
    assert dict(found.shortages).get(role.id, "") == short
    assert (role.id in found.overbooked) == bool(short)


def test_a_role_short_in_all_is_over_booked_whatever_its_quarters_say() -> None:
    busy = use_case(efforts=(Effort(uuid4(), ENGINEER.id, MVP, 41.0),))
    role = replace(ENGINEER, capacities=(("2027-Q1", 90.0),))
    found = staffing_of(replace(portfolio(busy), roles=(role,)))
    assert found.overbooked == {role.id}
    assert found.shortages == ()


def test_the_timeline_says_dates_money_and_milestones_in_words() -> None:
    planned = use_case(
        milestones=(milestone(MVP, DAY(2027, 3, 31)),),
        efforts=(Effort(uuid4(), ENGINEER.id, MVP, 12.0),),
        costs=(Cost(uuid4(), "Scanner", phase=MVP, low=600.0, likely=1600.0, high=2600.0),),
        start_on=DAY(2026, 12, 1),
    )
    found = gantt(portfolio(planned), planned)
    assert [quarter.label for quarter, _ in found.quarters] == ["2026 Q4", "2027 Q1"]
    assert found.words.splitlines()[:2] == [
        "Baseline: no date yet.",
        "MVP: 1 December 2026 to 31 March 2027; 12 days of effort; EUR 10,000 (9,000 to 11,000); "
        f"{planned.milestones[0].title} by 31 March 2027.",
    ]


efforts = st.lists(st.tuples(st.sampled_from(Phase), st.floats(0, 200)), max_size=8)


@given(efforts, st.lists(st.tuples(st.sampled_from(Phase), days), max_size=5))
def test_no_day_is_lost(asked: list[tuple[Phase, float]], due: list[tuple[Phase, dt.date]]) -> None:
    found = plan(
        portfolio(
            use_case(
                milestones=tuple(milestone(phase, day) for phase, day in due),
                efforts=tuple(Effort(uuid4(), ENGINEER.id, phase, d) for phase, d in asked),
            )
        )
    )
    booked = sum(booking.days for booking in found.bookings) + sum(found.undated.values())
    assert booked == pytest.approx(sum(d for _, d in asked))


def test_capacity_must_cover_some_time() -> None:
    with pytest.raises(InvalidInput, match="more than 0 quarters"):
        plan(portfolio(), quarters=0)


# ---------------------------------------------------------------- totals


def cost(low: float | None, likely: float | None, high: float | None, **fields: Any) -> Cost:
    return Cost(uuid4(), "Scanner", phase=MVP, low=low, likely=likely, high=high, **fields)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ((1.0, 2.0, 4.0), (1.0, 2.0, 4.0)),
        ((None, 2.0, None), (2.0, 2.0, 2.0)),
        ((1.0, None, 4.0), (1.0, 2.5, 4.0)),
        ((None, None, 4.0), (4.0, 4.0, 4.0)),
        ((None, None, None), None),
    ],
)
def test_the_nearest_figure_stands_in(amounts: Any, expected: Any) -> None:
    assert cost_span(cost(*amounts)) == expected


def test_a_phase_adds_people_one_off_and_the_first_year() -> None:
    planned = use_case(
        efforts=(
            Effort(uuid4(), ENGINEER.id, MVP, 10.0, days_high=16.0),
            Effort(uuid4(), EXPERT.id, MVP, 3.0, days_low=1.0),
        ),
        costs=(
            cost(1_000.0, 2_000.0, 4_000.0),
            cost(None, 500.0, None, recurrence=Recurrence.YEARLY),
            cost(None, None, None),
        ),
    )
    totals = {t.phase: t for t in phase_totals(planned, {r.id: r for r in (ENGINEER, EXPERT)})}
    found = totals[MVP]
    assert found.days == Span(11.0, 13.0, 19.0)
    assert found.people == Span(7_000.0, 7_000.0, 11_200.0)
    assert found.total == Span(8_500.0, 9_500.0, 15_700.0)
    assert totals[PILOT].total == Span()


_days = st.none() | st.floats(0, 1_000)


@given(
    efforts=st.lists(st.tuples(_days, st.floats(0, 1_000), _days), max_size=6),
    rate=st.none() | st.floats(0, 2_000),
)
def test_totals_rise_where_every_effort_does(
    efforts: list[tuple[float | None, float, float | None]], rate: float | None
) -> None:
    role = replace(ENGINEER, day_rate=rate)
    planned = use_case(
        efforts=tuple(
            Effort(
                uuid4(), role.id, MVP, likely,
                days_low=None if low is None else min(low, likely),
                days_high=None if high is None else max(likely, high),
            )
            for low, likely, high in efforts
        )
    )  # fmt: skip
    empty = portfolio(planned)
    totals = cost_totals(replace(empty, roles=(role,)), planned)
    for span in (totals.days, totals.people, totals.first_year):
        assert 0 <= span.low <= span.likely <= span.high
    assert totals.days.likely == pytest.approx(sum(likely for _, likely, _ in efforts))


def test_maturity_is_shown_only_of_those_that_plan_it() -> None:
    rates = {ENGINEER.id: ENGINEER}
    asked = (BASELINE, MVP, PILOT, ROLLOUT)
    assert tuple(total.phase for total in phase_totals(use_case(), rates)) == asked
    for planned in (
        use_case(milestones=(milestone(MATURE, None),)),
        use_case(efforts=(Effort(uuid4(), ENGINEER.id, MATURE, 3.0),)),
        use_case(costs=(replace(cost(1.0, 2.0, 3.0), phase=MATURE),)),
    ):
        assert tuple(total.phase for total in phase_totals(planned, rates)) == (*asked, MATURE)
        assert timeline(planned).undated == (*asked, MATURE)


# ---------------------------------------------------------------- vacancies


@pytest.mark.parametrize(
    ("weeks", "days", "open_by", "late"),
    [
        (8.0, {MVP: 20.0}, DAY(2026, 12, 7), False),
        (8.0, {ROLLOUT: 5.0, PILOT: 3.0, MVP: 20.0}, DAY(2026, 12, 7), False),
        (8.0, {BASELINE: 0.0, MVP: 20.0}, DAY(2026, 12, 7), False),
        (1.5, {MVP: 20.0}, DAY(2027, 1, 21), False),
        (9.0, {MVP: 20.0}, DAY(2026, 11, 30), False),
        (9 + 1 / 7, {MVP: 20.0}, DAY(2026, 11, 29), True),
        (200_000.0, {MVP: 20.0}, dt.date.min, True),
        (None, {MVP: 20.0}, None, None),
        (0.0, {MVP: 20.0}, None, None),
        (8.0, {MVP: 0.0}, None, None),
        (8.0, {}, None, None),
        (8.0, {ROLLOUT: 5.0}, None, None),
        (8.0, {ROLLOUT: 5.0, PILOT: 3.0}, DAY(2027, 2, 19), False),
    ],
)
def test_a_vacancy_opens_before_the_phase_the_role_is_first_needed_in(
    weeks: float | None, days: dict[Phase, float], open_by: dt.date | None, late: bool | None
) -> None:
    engineer = replace(ENGINEER, hiring_weeks=weeks)
    found = latest_vacancies(
        (EXPERT, engineer),
        use_case(
            milestones=(
                milestone(BASELINE, DAY(2027, 1, 31)),
                milestone(MVP, DAY(2027, 4, 15)),
                milestone(PILOT, DAY(2027, 6, 30)),
                milestone(ROLLOUT, None),
            ),
            efforts=tuple(
                Effort(uuid4(), engineer.id, phase, amount) for phase, amount in days.items()
            ),
        ),
        today=DAY(2026, 11, 30),
    )
    assert [(v.role, v.open_by, v.late) for v in found] == (
        [] if open_by is None else [("Engineer", open_by, late)]
    )


def test_whoever_is_named_already_needs_no_vacancy() -> None:
    engineer = replace(ENGINEER, hiring_weeks=4.0)
    named = replace(Effort(uuid4(), engineer.id, BASELINE, 3.0), who="Bartosz Nowicki")
    planned = use_case(
        start_on=DAY(2027, 3, 1),
        milestones=(milestone(BASELINE, DAY(2027, 4, 30)), milestone(MVP, DAY(2027, 6, 30))),
        efforts=(named,),
    )
    assert latest_vacancies((engineer,), planned, today=DAY(2027, 1, 1)) == ()
    open_later = replace(planned, efforts=(named, Effort(uuid4(), engineer.id, MVP, 3.0)))
    found = latest_vacancies((engineer,), open_later, today=DAY(2027, 1, 1))
    assert [(v.phase, v.needed_from) for v in found] == [(MVP, DAY(2027, 5, 1))]


def test_the_most_urgent_vacancy_comes_first_and_says_where_the_role_is_needed() -> None:
    soon = replace(EXPERT, hiring_weeks=12.0)
    later = replace(ENGINEER, hiring_weeks=4.0)
    found = latest_vacancies(
        (later, soon),
        use_case(
            start_on=DAY(2027, 3, 1),
            milestones=(milestone(BASELINE, DAY(2027, 4, 30)),),
            efforts=(
                Effort(uuid4(), later.id, BASELINE, 3.0),
                Effort(uuid4(), soon.id, BASELINE, 3.0),
            ),
        ),
        today=DAY(2027, 1, 1),
        begin=DAY(2027, 2, 1),
    )
    assert found == (
        Vacancy("Expert", BASELINE, DAY(2027, 3, 1), DAY(2026, 12, 7), late=True),
        Vacancy("Engineer", BASELINE, DAY(2027, 3, 1), DAY(2027, 2, 1), late=False),
    )


# ---------------------------------------------------------------- benefit and sums


def test_the_expected_benefit_is_the_pert_mean() -> None:
    known = replace(use_case(), benefit_low=2.0, benefit_likely=5.0, benefit_high=14.0)
    assert expected_benefit(known) == 6.0
    for missing in ("benefit_low", "benefit_likely", "benefit_high"):
        assert expected_benefit(replace(known, **{missing: None})) is None


def test_the_totals_of_a_use_case_are_those_of_its_phases() -> None:
    planned = use_case(
        efforts=(
            Effort(uuid4(), ENGINEER.id, MVP, 10.0, days_low=8.0, days_high=15.0),
            Effort(uuid4(), ENGINEER.id, PILOT, 4.0, days_high=5.0),
        ),
        costs=(cost(1.0, 2.0, 4.0), cost(None, 8.0, None, recurrence=Recurrence.YEARLY)),
    )
    totals = cost_totals(portfolio(planned), planned)
    phases = phase_totals(planned, {ENGINEER.id: ENGINEER})
    assert totals.days == Span(12.0, 14.0, 20.0)
    for end in range(3):
        assert totals.days[end] == sum(phase.days[end] for phase in phases)
        assert totals.first_year[end] == sum(phase.total[end] for phase in phases)
    assert totals.costs == Span(9.0, 10.0, 12.0)
