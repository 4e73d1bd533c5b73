"""Commands on use cases."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

from scoper.commands.checks import next_key, seen_in, valid, valid_row
from scoper.commands.labels import quoted
from scoper.commands.portfolios import the_portfolio
from scoper.errors import InvalidInput
from scoper.model import AnswerRow, UseCaseFields, UseCaseRow
from scoper.scoping.asked import EU_AI_ACT, act_triage
from scoper.snapshot import Changes
from scoper.store import Store
from scoper.store.unit import Seen, Unit, check_seen
from scoper.terms import Decision
from scoper.text import plural, shorten


def create(
    store: Store,
    *,
    title: str,
    use_case_id: UUID | None = None,
    key: str | None = None,
    **fields: Any,
) -> Changes:
    """Add a use case at the end of the list; it gets the next free key unless one is given."""
    with store.write(f"Add {shorten(title, 60)}") as unit:
        portfolio = the_portfolio(unit)
        others = unit.find(UseCaseRow, portfolio_id=portfolio.id)
        keys = {other.key for other in others}
        values = valid_row(UseCaseFields, {**fields, "title": title, "key": key or next_key(keys)})
        if values["key"] in keys:
            raise InvalidInput(
                f"There is a use case {values['key']} already.",
                "Choose another key.",
                field="key",
            )
        position = max((other.position for other in others), default=-1) + 1
        unit.add(
            UseCaseRow(
                **values, id=use_case_id or uuid4(), portfolio_id=portfolio.id, position=position
            )
        )
        return unit.changes()


def set_field(
    store: Store, *, use_case_id: UUID, field: str, value: Any, seen: Seen = None
) -> Changes:
    """Change one answer of a use case.

    Raises:
        InvalidInput: the value does not fit the field, the key is taken, or it is a go for a
            practice that the EU AI Act prohibits.
        Overtaken: the field holds something else than what was ``seen`` in it.
    """
    checked = valid(UseCaseFields, field, value)
    what = f"Edit {quoted(UseCaseFields, field)}"
    with store.write(what) as unit:
        current = unit.get(UseCaseRow, use_case_id)
        unit.label = f"{what} of {shorten(current.title, 40)}"
        if checked is Decision.GO:
            _check_allowed(unit, current)
        if field == "key" and checked != current.key:
            taken = unit.find(UseCaseRow, portfolio_id=current.portfolio_id, key=checked)
            if taken:
                raise InvalidInput(
                    f"{checked} is the key of “{shorten(taken[0].title, 60)}”.",
                    "Choose another key.",
                    field="key",
                )
        known = seen_in(UseCaseFields, field, seen)
        unit.update(UseCaseRow, use_case_id, seen=known, **{field: checked})
        return unit.changes()


def decide(
    store: Store,
    *,
    use_case_id: UUID,
    decision: Decision,
    reason: str = "",
    on: dt.date | None = None,
    seen: Seen = None,
) -> Changes:
    """Record what was decided about a use case, why, by whom and when.

    Args:
        seen: the pairs of decision and reason that this one started from.

    Raises:
        InvalidInput: a go for a practice that the EU AI Act prohibits, whatever its score.
        Overtaken: somebody has decided something else meanwhile.
    """
    with store.write("Decide") as unit:
        current = unit.get(UseCaseRow, use_case_id)
        checked = valid(UseCaseFields, "decision_reason", reason)
        now = Decision(current.decision), current.decision_reason
        check_seen(now, seen, (decision, checked))
        if decision is Decision.GO:
            _check_allowed(unit, current)
        undecided = decision is Decision.UNDECIDED
        title = shorten(current.title, 40)
        said = f"Decide {decision.label.lower()} on {title}"
        unit.label = f"Leave {title} undecided" if undecided else said
        unit.update(
            UseCaseRow,
            use_case_id,
            decision=decision,
            decision_reason=checked,
            decided_by="" if undecided else store.who,
            decided_on=None if undecided else on or dt.date.today(),
        )
        return unit.changes()


def _check_allowed(unit: Unit, use_case: UseCaseRow) -> None:
    given = unit.find(AnswerRow, use_case_id=use_case.id, questionnaire=EU_AI_ACT.id)
    reading = act_triage((row.question, row.answer) for row in given)
    if reading.blocks_go:
        raise InvalidInput(
            f"A go is ruled out: {reading.reasons[0].sentence}",
            "Change the use case and answer the questions on the EU AI Act again, or decide "
            "against it.",
            field="decision",
        )


def remove(store: Store, *, use_case_ids: tuple[UUID, ...]) -> Changes:
    """Delete use cases with everything they hold."""
    with store.write("Delete") as unit:
        if not use_case_ids:
            return unit.changes()
        first = unit.get(UseCaseRow, use_case_ids[0])
        alone = len(use_case_ids) == 1
        unit.label = "Delete " + (
            shorten(first.title, 60) if alone else plural(len(use_case_ids), "use case")
        )
        unit.remove(UseCaseRow, *use_case_ids)
        return unit.changes()
