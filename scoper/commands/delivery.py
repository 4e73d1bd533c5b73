"""Commands that plan delivery from the library: the phases of the roadmap, and roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from scoper.commands.checks import valid_row
from scoper.commands.entries import append, entries, valid_entry
from scoper.commands.portfolios import the_portfolio
from scoper.errors import InvalidInput
from scoper.library.delivery import ROADMAP
from scoper.library.registry import library
from scoper.model import RoleFields, RoleRow, UseCaseRow
from scoper.scoping.roadmap import planned
from scoper.snapshot import Changes, Effort, Milestone
from scoper.store import Store
from scoper.store.unit import Unit
from scoper.text import shorten


def plan_roadmap(store: Store, *, use_case_id: UUID, start: dt.date) -> Changes:
    """Add the phases a use case does not plan yet, as the library describes them, as one step.

    What is planned stays as it is. ``start`` is the first day of work; it is stored where the
    use case does not say when work starts, and otherwise gives way to what it says.

    Raises:
        InvalidInput: every phase is planned already.
        NotFound: there is no such use case.
    """
    phases = library().entries(ROADMAP)
    with store.write("Plan the roadmap") as unit:
        use_case = unit.get(UseCaseRow, use_case_id)
        unit.label = f"Plan the roadmap of {shorten(use_case.title, 40)}"
        known = entries(unit, Milestone, use_case_id)
        missing = planned(known, phases, use_case.start_on or start)
        if not missing:
            raise InvalidInput(
                "Every phase has a milestone already.", "Edit them in the list.", field="milestones"
            )
        if use_case.start_on is None:
            unit.update(UseCaseRow, use_case_id, start_on=start)
        checked = [valid_entry("milestones", values) for values in missing]
        append(unit, "milestones", use_case_id, checked)
        return unit.changes()


def add_role(
    store: Store, *, use_case_id: UUID, role: dict[str, Any], efforts: Sequence[dict[str, Any]]
) -> Changes:
    """Plan a role for a use case with its usual days, as one step.

    A role of that title is taken as it is; otherwise it joins the portfolio. Phases in which
    the use case plans that role already are left as they are.

    Raises:
        InvalidInput: a value does not fit, or the role is planned in all these phases.
        NotFound: there is no such use case.
    """
    values = valid_row(RoleFields, role)
    with store.write(f"Plan {values['title']}") as unit:
        use_case = unit.get(UseCaseRow, use_case_id)
        unit.label = f"Plan {values['title']} for {shorten(use_case.title, 40)}"
        role_id = _role_called(unit, values)
        there = entries(unit, Effort, use_case_id)
        taken = {effort.phase for effort in there if effort.role_id == role_id}
        checked = [valid_entry("efforts", {**e, "role_id": role_id}) for e in efforts]
        added = [effort for effort in checked if effort["phase"] not in taken]
        if not added:
            raise InvalidInput(
                f"“{values['title']}” is planned already.",
                "Change its days in the list.",
                field="efforts",
            )
        append(unit, "efforts", use_case_id, added)
        return unit.changes()


def _role_called(unit: Unit, values: dict[str, Any]) -> UUID:
    """Return the id of the role of that title, whatever its case; a new one where there is none."""
    portfolio_id = the_portfolio(unit).id
    roles = unit.find(RoleRow, portfolio_id=portfolio_id)
    for role in roles:
        if role.title.casefold() == values["title"].casefold():
            return role.id
    position = max((other.position for other in roles), default=-1) + 1
    row = RoleRow(**values, id=uuid4(), portfolio_id=portfolio_id, position=position)
    unit.add(row)
    return row.id
