"""Commands on participants and roles."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

from scoper.commands.checks import seen_in, valid, valid_row
from scoper.commands.labels import quoted
from scoper.commands.portfolios import the_portfolio
from scoper.errors import InvalidInput
from scoper.model import (
    CapacityFields,
    CapacityRow,
    CriterionRow,
    ExclusionRow,
    Item,
    ParticipantFields,
    ParticipantRow,
    RoleFields,
    RoleRow,
)
from scoper.snapshot import Changes
from scoper.store import Store
from scoper.store.unit import Seen, Unit, check_seen
from scoper.text import join, shorten


def add_participant(
    store: Store, *, name: str, team: str = "", participant_id: UUID | None = None
) -> Changes:
    """Add a person who rates."""
    values = valid_row(ParticipantFields, {"name": name, "team": team})
    with store.write(f"Add participant {values['name']}") as unit:
        portfolio_id, position = _place(unit, ParticipantRow, "name", values["name"])
        unit.add(
            ParticipantRow(
                **values,
                id=participant_id or uuid4(),
                portfolio_id=portfolio_id,
                position=position,
            )
        )
        return unit.changes()


def set_participant_field(
    store: Store, *, participant_id: UUID, field: str, value: Any, seen: Seen = None
) -> Changes:
    """Change the name, team or weight of a participant.

    Raises:
        InvalidInput: the value does not fit, or the name is taken.
        Overtaken: the field holds something else than what was ``seen`` in it.
    """
    checked = valid(ParticipantFields, field, value)
    what = f"Change {quoted(ParticipantFields, field)}"
    with store.write(what) as unit:
        current = unit.get(ParticipantRow, participant_id)
        unit.label = f"{what} of {current.name}"
        if field == "name":
            _place(unit, ParticipantRow, "name", checked, but=participant_id)
        known = seen_in(ParticipantFields, field, seen)
        unit.update(ParticipantRow, participant_id, seen=known, **{field: checked})
        return unit.changes()


def remove_participant(store: Store, *, participant_id: UUID) -> Changes:
    """Remove a person and that person's ratings."""
    with store.write("Remove participant") as unit:
        unit.label = f"Remove participant {unit.get(ParticipantRow, participant_id).name}"
        unit.remove(ParticipantRow, participant_id)
        return unit.changes()


def set_permission(
    store: Store, *, participant_id: UUID, criterion_ids: Collection[UUID], allowed: bool
) -> Changes:
    """Say whether a person may judge criteria, as one step.

    Ratings that the person entered there stay stored: they stop counting, and count again when
    the permission is given back.

    Raises:
        NotFound: the person or a criterion is gone.
    """
    with store.write("Change permission") as unit:
        person = unit.get(ParticipantRow, participant_id)
        wanted = {c.id: c.title for c in unit.find(CriterionRow) if c.id in set(criterion_ids)}
        unit.require(CriterionRow, criterion_ids)
        there = {
            row.criterion_id: row.id
            for row in unit.find(ExclusionRow, participant_id=participant_id)
        }
        what = shorten(join(list(wanted.values())), 60)
        unit.label = f"{'Let' if allowed else 'Do not let'} {person.name} judge {what}"
        if allowed:
            unit.remove(ExclusionRow, *(there[c] for c in wanted if c in there))
        else:
            unit.add_values(
                ExclusionRow,
                [
                    {"criterion_id": c, "participant_id": participant_id}
                    for c in wanted
                    if c not in there
                ],
            )
        return unit.changes()


def add_role(
    store: Store,
    *,
    title: str,
    day_rate: float | None = None,
    capacity_days: float | None = None,
    hiring_weeks: float | None = None,
    skills: str = "",
    role_id: UUID | None = None,
) -> Changes:
    """Add a role."""
    values = valid_row(
        RoleFields,
        {
            "title": title,
            "day_rate": day_rate,
            "capacity_days": capacity_days,
            "hiring_weeks": hiring_weeks,
            "skills": skills,
        },
    )
    with store.write(f"Add role {values['title']}") as unit:
        portfolio_id, position = _place(unit, RoleRow, "title", values["title"])
        unit.add(
            RoleRow(**values, id=role_id or uuid4(), portfolio_id=portfolio_id, position=position)
        )
        return unit.changes()


def set_role_field(
    store: Store, *, role_id: UUID, field: str, value: Any, seen: Seen = None
) -> Changes:
    """Change one field of a role.

    Raises:
        InvalidInput: the value does not fit, or the title is taken.
        Overtaken: the field holds something else than what was ``seen`` in it.
    """
    checked = valid(RoleFields, field, value)
    what = f"Change {quoted(RoleFields, field)}"
    with store.write(what) as unit:
        current = unit.get(RoleRow, role_id)
        unit.label = f"{what} of {current.title}"
        if field == "title":
            _place(unit, RoleRow, "title", checked, but=role_id)
        known = seen_in(RoleFields, field, seen)
        unit.update(RoleRow, role_id, seen=known, **{field: checked})
        return unit.changes()


def set_capacity(
    store: Store, *, role_id: UUID, quarter: str, days: Any, seen: Seen = None
) -> Changes:
    """Say how many days there are of a role in a quarter (as in 2027-Q2); None for not known.

    Raises:
        InvalidInput: the quarter or the number does not fit.
        NotFound: there is no such role.
        Overtaken: the quarter has another number than what was ``seen``.
    """
    blank = days is None or (isinstance(days, str) and not days.strip())
    checked = valid_row(CapacityFields, {"quarter": quarter, "days": 0 if blank else days})
    with store.write("Change capacity") as unit:
        role = unit.get(RoleRow, role_id)
        unit.label = f"Change capacity of {role.title} in {checked['quarter'].replace('-', ' ')}"
        found = unit.find(CapacityRow, role_id=role_id, quarter=checked["quarter"])
        now = found[0].days if found else None
        known = seen_in(CapacityFields, "days", seen)
        check_seen(now, known, None if blank else checked["days"])
        if found and blank:
            unit.remove(CapacityRow, found[0].id)
        elif found:
            unit.update(CapacityRow, found[0].id, days=checked["days"])
        elif not blank:
            unit.add(CapacityRow(**checked, role_id=role_id))
        return unit.changes()


def remove_role(store: Store, *, role_id: UUID) -> Changes:
    """Remove a role with the entries of use cases that need one."""
    with store.write("Remove role") as unit:
        unit.label = f"Remove role {unit.get(RoleRow, role_id).title}"
        unit.remove(RoleRow, role_id)
        return unit.changes()


def _place(
    unit: Unit, kind: type[Item], field: str, name: str, *, but: UUID | None = None
) -> tuple[UUID, int]:
    portfolio_id = the_portfolio(unit).id
    others = unit.find(kind, portfolio_id=portfolio_id)
    names = {getattr(other, field).casefold() for other in others if other.id != but}
    if name.casefold() in names:
        raise InvalidInput(f"There is already a “{name}”.", "Choose another name.", field=field)
    return portfolio_id, max((other.position for other in others), default=-1) + 1
