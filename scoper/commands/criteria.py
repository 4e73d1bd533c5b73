"""Commands on criteria and their anchors."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from scoper.commands.checks import valid
from scoper.commands.portfolios import check_weights
from scoper.errors import InvalidInput, NotFound
from scoper.model import AnchorFields, AnchorRow, CriterionFields, CriterionRow
from scoper.snapshot import Changes
from scoper.store import Store
from scoper.text import join

_OPEN_FIELDS = ("title", "question", "weight", "unit")
"""What may change once people have rated: not the scale, nor what the criterion counts as."""


def set_field(store: Store, *, criterion_id: UUID, field: str, value: Any) -> Changes:
    """Change the title, question, weight or unit of a criterion.

    Raises:
        InvalidInput: the value does not fit, the field is fixed, or a dimension would be left
            without weight.
    """
    if field in CriterionFields.model_fields and field not in _OPEN_FIELDS:
        raise InvalidInput(
            f"The {field} of a criterion is fixed once it exists.",
            f"You can change its {join(list(_OPEN_FIELDS), 'or')}.",
            field=field,
        )
    checked = valid(CriterionFields, field, value)
    with store.write(f"Change {field}") as unit:
        criterion = unit.get(CriterionRow, criterion_id)
        unit.label = f"Change {field} of {criterion.title}"
        unit.update(CriterionRow, criterion_id, **{field: checked})
        check_weights(unit, criterion.portfolio_id)
        return unit.changes()


def set_anchor(store: Store, *, criterion_id: UUID, level: int, meaning: str) -> Changes:
    """Change what a level of a criterion means."""
    checked = valid(AnchorFields, "meaning", meaning)
    with store.write("Change anchor") as unit:
        criterion = unit.get(CriterionRow, criterion_id)
        unit.label = f"Change anchor {level} of {criterion.title}"
        found = unit.find(AnchorRow, criterion_id=criterion_id, level=level)
        if not found:
            raise NotFound(f"{criterion.title} has no level {level}.", "Choose another level.")
        unit.update(AnchorRow, found[0].id, meaning=checked)
        return unit.changes()
