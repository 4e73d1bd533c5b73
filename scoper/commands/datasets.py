"""Commands on the data sets of a use case, besides those on any list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from scoper.commands.checks import valid
from scoper.commands.entries import append, entries, entry, valid_entry
from scoper.errors import InvalidInput
from scoper.model import ITEM_FIELDS, ITEM_ROWS
from scoper.scoping.data_sets import checks_in_use
from scoper.scoping.label_work import label_work, missing
from scoper.snapshot import Changes, Cost, Dataset
from scoper.store import Store
from scoper.store.unit import Seen, check_seen
from scoper.terms import CostCategory, Phase
from scoper.text import join, shorten


def set_grade(
    store: Store, *, dataset_id: UUID, check: str, grade: int | str | None, seen: Seen = None
) -> Changes:
    """Grade a data set on one check, 1 (poor) to 5 (good); None or "" takes the grade back.

    Raises:
        InvalidInput: there is no such check, or the grade is not on the scale.
        NotFound: the data set is gone.
        Overtaken: the grade is another one than what was ``seen``.
    """
    titles = {known.key: known.title for known in checks_in_use()}
    if check not in titles:
        raise InvalidInput(f"There is no data check “{check}”.", field="grades")
    with store.write("Grade data set") as unit:
        dataset, _ = entry(unit, Dataset, dataset_id)
        unit.label = f"Grade {titles[check].lower()} of {shorten(dataset.title, 40)}"
        known = None if seen is None else [_grade(value) for value in seen]
        check_seen(dataset.grades.get(check), known, _grade(grade))
        grades = {key: given for key, given in dataset.grades.items() if key != check}
        if (given := _grade(grade)) is not None:
            grades[check] = given
        checked = valid(ITEM_FIELDS["datasets"], "grades", grades)
        unit.update(ITEM_ROWS["datasets"], dataset_id, grades=checked)
        return unit.changes()


def _grade(given: Any) -> Any:
    """Return a grade as it is stored; what is no grade stays for the field to refuse."""
    if given in (None, ""):
        return None
    return int(given) if isinstance(given, str) and given.isdecimal() else given


def budget_labelling(store: Store, *, dataset_id: UUID) -> Changes:
    """Put the cost of labelling a data set into the costs of its use case.

    A cost of the same title that was put there before is brought up to date instead.

    Raises:
        InvalidInput: a figure of the calculation is missing.
        NotFound: the data set is gone.
    """
    with store.write("Budget labelling") as unit:
        dataset, use_case_id = entry(unit, Dataset, dataset_id)
        unit.label = f"Budget the labelling of {shorten(dataset.title, 40)}"
        work = label_work(dataset)
        if work is None:
            raise InvalidInput(
                "The labelling cannot be worked out yet.",
                f"Enter {join(list(missing(dataset)))}.",
                field="label_items",
            )
        title = shorten(f"Labelling: {dataset.title}", 300)
        values = {
            "title": title,
            "category": CostCategory.LABELLING,
            "likely": round(work.cost, 2),
        }
        others = entries(unit, Cost, use_case_id)
        present = [o for o in others if (o.title, o.category) == (title, CostCategory.LABELLING)]
        if present:
            unit.update(ITEM_ROWS["costs"], present[0].id, likely=values["likely"])
        else:
            checked = valid_entry("costs", values | {"phase": Phase.MVP})
            append(unit, "costs", use_case_id, [checked])
        return unit.changes()
