"""Commands on criteria and their anchors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid4

from scoper.commands.checks import seen_in, valid, valid_row
from scoper.commands.labels import quoted
from scoper.commands.portfolios import check_weights, the_portfolio
from scoper.errors import InvalidInput, NotFound
from scoper.library.criteria import LEVELS
from scoper.model import AnchorFields, AnchorRow, CriterionFields, CriterionRow
from scoper.scoping.forms import level_label
from scoper.snapshot import Changes
from scoper.store import Store
from scoper.store.unit import Seen
from scoper.terms import Dimension, RiskCategory
from scoper.text import cited, join

FIRST_ANCHORS: Final[Mapping[int, str]] = {
    1: "Very low",
    2: "Low",
    3: "Medium",
    4: "High",
    5: "Very high",
}
"""What the levels of a new criterion mean until its anchors are written."""

_KEY_LENGTH = 50
_OPEN_FIELDS = ("title", "question", "weight", "unit")
"""What may change once people have rated: not the scale, nor what the criterion counts as."""


def add(
    store: Store,
    *,
    title: str,
    dimension: Dimension,
    category: RiskCategory | None = None,
    question: str = "",
    weight: float = 1.0,
    anchors: Mapping[int, str] = FIRST_ANCHORS,
    criterion_id: UUID | None = None,
) -> Changes:
    """Add a criterion on the scale from 1 to 5, after the others.

    Until people have rated it, every use case is incomplete unless its weight is 0.

    Raises:
        InvalidInput: a value does not fit, the title is taken, a risk has no category or
            something else has one, or a level has no anchor.
    """
    if (dimension is Dimension.RISK) != (category is not None):
        raise InvalidInput(
            "A risk criterion, and only a risk criterion, has a category.",
            "Choose one for a risk and none for anything else.",
            field="category",
        )
    meanings = _checked_anchors(anchors)
    with store.write("Add criterion") as unit:
        portfolio_id = the_portfolio(unit).id
        others = unit.find(CriterionRow, portfolio_id=portfolio_id)
        values = valid_row(
            CriterionFields,
            {
                "key": _free_key(title, {other.key for other in others}),
                "title": title,
                "question": question,
                "dimension": dimension,
                "category": category,
                "weight": weight,
                "low": min(LEVELS),
                "high": max(LEVELS),
            },
        )
        _check_title(others, values["title"])
        unit.label = f"Add criterion {values['title']}"
        criterion = CriterionRow(
            **values,
            id=criterion_id or uuid4(),
            portfolio_id=portfolio_id,
            position=max((other.position for other in others), default=-1) + 1,
        )
        unit.add(criterion, *(_anchor(criterion.id, *pair) for pair in meanings.items()))
        return unit.changes()


def remove(store: Store, *, criterion_id: UUID) -> Changes:
    """Remove a criterion with its anchors and all ratings on it.

    Raises:
        InvalidInput: it is the only one of its dimension that counts.
    """
    with store.write("Remove criterion") as unit:
        criterion = unit.get(CriterionRow, criterion_id)
        dimension = Dimension(criterion.dimension)
        others = unit.find(
            CriterionRow, portfolio_id=criterion.portfolio_id, dimension=dimension.value
        )
        if not any(other.weight > 0 for other in others if other.id != criterion_id):
            raise InvalidInput(
                f"{criterion.title} is the only criterion of {dimension.label.lower()} that "
                "counts.",
                "Give another one a weight above 0 first.",
                field="weight",
            )
        unit.label = f"Remove criterion {criterion.title}"
        unit.remove(CriterionRow, criterion_id)
        return unit.changes()


def move(store: Store, *, criterion_id: UUID, by: int) -> Changes:
    """Move a criterion up (negative) or down by ``by`` places among those of its kind.

    Its kind is its dimension and, for a risk, its category; it stops at the ends.
    """
    with store.write("Move criterion") as unit:
        criterion = unit.get(CriterionRow, criterion_id)
        unit.label = f"Move criterion {criterion.title}"
        order = sorted(
            unit.find(CriterionRow, portfolio_id=criterion.portfolio_id),
            key=lambda row: (row.position, str(row.id)),
        )
        places = [place for place, row in enumerate(order) if _kind(row) == _kind(criterion)]
        group = [order[place] for place in places]
        now = next(index for index, row in enumerate(group) if row.id == criterion_id)
        goal = max(0, min(len(group) - 1, now + by))
        if goal == now:
            return unit.changes()
        group.insert(goal, group.pop(now))
        for place, row in zip(places, group, strict=True):
            order[place] = row
        for position, row in enumerate(order):
            unit.update(CriterionRow, row.id, position=position)
        return unit.changes()


def set_field(
    store: Store, *, criterion_id: UUID, field: str, value: Any, seen: Seen = None
) -> Changes:
    """Change the title, question, weight or unit of a criterion.

    Raises:
        InvalidInput: the value does not fit, the title is taken, the field is fixed, or a
            dimension would be left without weight.
        Overtaken: the field holds something else than what was ``seen`` in it.
    """
    if field in CriterionFields.model_fields and field not in _OPEN_FIELDS:
        raise InvalidInput(
            f"{quoted(CriterionFields, field)} of a criterion is fixed once it exists.",
            f"You can change {join([quoted(CriterionFields, f) for f in _OPEN_FIELDS], 'or')}.",
            field=field,
        )
    checked = valid(CriterionFields, field, value)
    what = f"Change {quoted(CriterionFields, field)}"
    with store.write(what) as unit:
        criterion = unit.get(CriterionRow, criterion_id)
        unit.label = f"{what} of {criterion.title}"
        if field == "title":
            others = unit.find(CriterionRow, portfolio_id=criterion.portfolio_id)
            _check_title([other for other in others if other.id != criterion_id], checked)
        known = seen_in(CriterionFields, field, seen)
        unit.update(CriterionRow, criterion_id, seen=known, **{field: checked})
        check_weights(unit, criterion.portfolio_id)
        return unit.changes()


def set_anchor(
    store: Store, *, criterion_id: UUID, level: int, meaning: str, seen: Seen = None
) -> Changes:
    """Change what a level of a criterion means.

    Raises:
        InvalidInput: the text does not fit.
        NotFound: the criterion has no such level.
        Overtaken: the level means something else than what was ``seen``.
    """
    called = cited(level_label(level))
    checked = valid(AnchorFields, "meaning", meaning, called=called)
    with store.write("Change anchor") as unit:
        criterion = unit.get(CriterionRow, criterion_id)
        unit.label = f"Change {called} of {criterion.title}"
        found = unit.find(AnchorRow, criterion_id=criterion_id, level=level)
        if not found:
            raise NotFound(f"{criterion.title} has no level {level}.", "Choose another level.")
        known = seen_in(AnchorFields, "meaning", seen)
        unit.update(AnchorRow, found[0].id, seen=known, meaning=checked)
        return unit.changes()


def _kind(row: CriterionRow) -> tuple[str, str | None]:
    return row.dimension, row.category


def _check_title(others: list[CriterionRow], title: str) -> None:
    if title.casefold() in {other.title.casefold() for other in others}:
        raise InvalidInput(
            f"There is already a criterion “{title}”.", "Choose another title.", field="title"
        )


def _checked_anchors(anchors: Mapping[int, str]) -> dict[int, str]:
    if sorted(anchors) != list(LEVELS):
        raise InvalidInput(
            "A criterion needs an anchor for every level.",
            f"Say what each level from {min(LEVELS)} to {max(LEVELS)} means.",
            field="anchors",
        )
    return {
        level: valid(AnchorFields, "meaning", anchors[level], called=cited(level_label(level)))
        for level in LEVELS
    }


def _anchor(criterion_id: UUID, level: int, meaning: str) -> AnchorRow:
    return AnchorRow(criterion_id=criterion_id, level=level, meaning=meaning)


def _free_key(title: str, taken: set[str]) -> str:
    stem = re.sub(r"\W+", "_", title.casefold()).strip("_")[:_KEY_LENGTH] or "criterion"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}_{number}"
    return key
