"""What a use case takes in people, time and money, as plain data for documents."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scoper.exchange.documents.phrasing import clause, day, money, number
from scoper.scoping.budget import (
    Span,
    cost_span,
    cost_totals,
    effort_costs,
    effort_days,
    phases_of,
)
from scoper.scoping.schedule import latest_vacancies, staffing_of
from scoper.scoping.timeline import gantt
from scoper.snapshot import Cost, Portfolio, Role, UseCase
from scoper.text import clean_line, join


def budget_facts(portfolio: Portfolio, use_case: UseCase, on: dt.date) -> dict[str, Any]:
    """Return effort by role and phase, vacancies, costs, and totals from low to high.

    Where a cost has only some of low, likely and high, the nearest one stands in; what has no
    figure at all is named and not counted.
    """
    currency = portfolio.currency
    roles = {role.id: role for role in portfolio.roles}
    totals = cost_totals(portfolio, use_case)
    people, once, yearly = totals.people, totals.once, totals.yearly
    used = _used_roles(use_case, roles)
    phases = phases_of(use_case)
    return {
        "phases": [phase.label for phase in phases],
        "efforts": _effort_rows(use_case, used, currency),
        "days": _days(totals.days),
        "days_by_phase": [
            number(effort_days(e for e in use_case.efforts if e.phase is phase).likely)
            for phase in phases
        ],
        "people": _words(people, currency),
        "any_people": any(people),
        "unpriced_roles": join([clean_line(r.title) for r in used if r.day_rate is None]),
        "overbooked": _overbooked(portfolio, used),
        "who": _who(use_case, roles),
        "nobody_for": _nobody_for(use_case, roles),
        "vacancies": _vacancies(used, use_case, on),
        "timeline": _timeline(portfolio, use_case),
        "costs": [_cost_row(cost, currency) for cost in use_case.costs],
        "unpriced_costs": join([clean_line(c.title) for c in use_case.costs if not cost_span(c)]),
        "once": _words(once, currency),
        "yearly": _words(yearly, currency),
        "first_year": _words(totals.first_year, currency),
        "any_once": any(once),
        "any_yearly": any(yearly),
        "any_money": totals.known,
        "payback": _payback(use_case, people.likely + once.likely, yearly.likely),
    }


def _words(amounts: Span, currency: str) -> dict[str, str]:
    low, likely, high = (money(amount, currency) for amount in amounts)
    span = likely if low == high else f"{likely} ({low} to {high})"
    return {"low": low, "likely": likely, "high": high, "span": span}


def _days(days: Span) -> str:
    low, likely, high = (number(end) for end in days)
    return likely if low == high else f"{likely} ({low} to {high})"


def _used_roles(use_case: UseCase, roles: dict[Any, Role]) -> list[Role]:
    asked = {e.role_id for e in use_case.efforts if e.days > 0}
    return [role for role_id, role in roles.items() if role_id in asked]


def _effort_rows(use_case: UseCase, used: list[Role], currency: str) -> list[dict[str, Any]]:
    rows = []
    for role in used:
        own = [e for e in use_case.efforts if e.role_id == role.id]
        by_phase = [
            effort_days(e for e in own if e.phase is phase).likely for phase in phases_of(use_case)
        ]
        rows.append(
            {
                "role": clean_line(role.title),
                "by_phase": [number(d) if d else "–" for d in by_phase],
                "days": _days(effort_days(own)),
                "cost": "no day rate"
                if role.day_rate is None
                else money(effort_costs(own, {role.id: role}).likely, currency),
            }
        )
    return rows


def _who(use_case: UseCase, roles: dict[Any, Role]) -> list[str]:
    names: dict[str, list[str]] = {}
    for effort in use_case.efforts:
        if effort.days > 0:
            people = names.setdefault(clean_line(roles[effort.role_id].title), [])
            name = clean_line(effort.who)
            if name and name not in people:
                people.append(name)
    return [f"{role}: {_people(found)}" for role, found in names.items() if found]


def _nobody_for(use_case: UseCase, roles: dict[Any, Role]) -> str:
    """Return the roles for which nobody is named in any phase."""
    planned = [effort for effort in use_case.efforts if effort.days > 0]
    named = {effort.role_id for effort in planned if effort.who.strip()}
    asked = dict.fromkeys(effort.role_id for effort in planned)
    return join([clean_line(roles[role_id].title) for role_id in asked if role_id not in named])


def _people(names: list[str]) -> str:
    """Return who does it; who is named together with others is not named again alone."""
    kept = [name for name in names if not any(f"{name} and " in f"{other} " for other in names)]
    first, rest = kept[:1], kept[1:]
    return "; ".join([*first, *(clause(name) for name in rest)])


def _vacancies(used: list[Role], use_case: UseCase, on: dt.date) -> list[dict[str, str]]:
    """Return by when to advertise the roles in which somebody is still to be named."""
    return [
        {
            "role": clean_line(vacancy.role),
            "phase": vacancy.phase.label,
            "needed_from": day(vacancy.needed_from),
            "open_by": day(vacancy.open_by),
        }
        for vacancy in latest_vacancies(used, use_case, today=on)
    ]


def _overbooked(portfolio: Portfolio, used: list[Role]) -> list[str]:
    whole = [
        f"{clean_line(role.title)}: {number(portfolio.booked_days[role.id])} days asked for across "
        f"the portfolio, {number(role.capacity_days or 0)} available"
        for role in used
        if role.id in portfolio.staffing.overbooked
    ]
    asked = {role.id for role in used}
    shortages = staffing_of(portfolio).shortages
    return whole + [clean_line(words) for role_id, words in shortages if role_id in asked]


def _timeline(portfolio: Portfolio, use_case: UseCase) -> list[dict[str, str]]:
    """Return a row for each phase that has dates: when it runs and what it takes."""
    picture = gantt(portfolio, use_case)
    return [
        {
            "phase": row.phase.label,
            "start": day(row.bar.start),
            "end": day(row.bar.end),
            "days": _days(row.total.days),
            **{
                end: money(amount, portfolio.currency) if row.total.total.high else "–"
                for end, amount in row.total.total._asdict().items()
            },
        }
        for row in picture.rows
        if row.bar
    ]


def _cost_row(cost: Cost, currency: str) -> dict[str, str]:
    low, likely, high = (
        "–" if value is None else money(value, currency)
        for value in (cost.low, cost.likely, cost.high)
    )
    return {
        "title": clean_line(cost.title),
        "category": cost.category.label,
        "phase": cost.phase.label,
        "recurrence": cost.recurrence.label,
        "low": low,
        "likely": likely,
        "high": high,
    }


def _payback(use_case: UseCase, once: float, yearly: float) -> str:
    """Return how long the likely benefit takes to earn back what is spent once."""
    gain = (use_case.benefit_likely or 0.0) - yearly
    if not once or use_case.benefit_likely is None:
        return ""
    if gain <= 0:
        return "never"
    months = max(1, round(12 * once / gain))
    if months < 24:
        return f"about {months} month{'s' if months > 1 else ''}"
    return f"about {number(round(months / 12, 1))} years" if months < 600 else "more than 50 years"
