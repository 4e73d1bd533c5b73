"""Commands on ratings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from scoper.errors import InvalidInput
from scoper.model import CriterionRow, ExclusionRow, ParticipantRow, RatingRow, UseCaseRow
from scoper.scoring.entries import ABSTAIN, Entry, check_entry, not_a_rating
from scoper.snapshot import Changes
from scoper.store import Store
from scoper.store.unit import Seen, Unit, check_seen
from scoper.text import plural, shorten


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a rating goes, and what is entered there."""

    use_case_id: UUID
    criterion_id: UUID
    participant_id: UUID
    entry: Entry
    seen: Seen = None
    """What the edit has seen in the cell; None where that does not matter."""


def set_ratings(store: Store, *, cells: Sequence[Cell], label: str | None = None) -> Changes:
    """Enter ratings as one step: one cell typed, a block pasted, or a file imported.

    A cell with nothing entered clears what was there; of cells given twice the last one counts.

    Raises:
        InvalidInput: a rating lies outside its scale, or the participant may not judge the
            criterion; nothing is written.
        NotFound: a use case, criterion or participant does not exist.
        Overtaken: a cell holds something else than what was ``seen`` in it.
    """
    with store.write(label or "Rate") as unit:
        criteria = {c.id: c for c in unit.find(CriterionRow)}
        for cell in cells:
            _check(cell, criteria)
        unit.require(UseCaseRow, {cell.use_case_id for cell in cells})
        unit.require(ParticipantRow, {cell.participant_id for cell in cells})
        _check_permissions(unit, cells, criteria)
        _write(unit, list({_place(cell): cell for cell in cells}.values()))
        if label is None:
            unit.label = _label(unit, cells)
        return unit.changes()


def _check(cell: Cell, criteria: dict[UUID, CriterionRow]) -> None:
    criterion = criteria.get(cell.criterion_id)
    if criterion is None:
        raise InvalidInput("This criterion is no longer in the portfolio.", field="criterion")
    entry = cell.entry
    if entry is None or entry == ABSTAIN:
        return
    if isinstance(entry, str):
        raise not_a_rating(entry, criterion)
    check_entry(entry, criterion)


def _check_permissions(
    unit: Unit, cells: Sequence[Cell], criteria: dict[UUID, CriterionRow]
) -> None:
    excluded = {(row.criterion_id, row.participant_id) for row in unit.find(ExclusionRow)}
    for cell in cells:
        place = (cell.criterion_id, cell.participant_id)
        if cell.entry is not None and place in excluded:
            name = unit.get(ParticipantRow, cell.participant_id).name
            raise InvalidInput(
                f"{name} may not judge {criteria[cell.criterion_id].title}.",
                "Leave it empty, or give the permission first.",
                field="rating",
            )


def _write(unit: Unit, cells: Sequence[Cell]) -> None:
    existing = {
        (r.use_case_id, r.criterion_id, r.participant_id): r
        for r in _existing(unit, {cell.use_case_id for cell in cells})
    }
    added, removed = [], []
    for cell in cells:
        current = existing.get(_place(cell))
        abstained = cell.entry == ABSTAIN
        value = None if abstained or cell.entry is None else float(cell.entry)
        check_seen(_entered(current), cell.seen, cell.entry, where=_place(cell))
        if cell.entry is None:
            if current:
                removed.append(current.id)
        elif current:
            unit.update(RatingRow, current.id, value=value, abstained=abstained)
        else:
            added.append(
                {
                    "use_case_id": cell.use_case_id,
                    "criterion_id": cell.criterion_id,
                    "participant_id": cell.participant_id,
                    "value": value,
                    "abstained": abstained,
                }
            )
    unit.add_values(RatingRow, added)
    if removed:
        unit.remove(RatingRow, *removed)


def _entered(rating: RatingRow | None) -> Entry:
    if rating is None:
        return None
    return ABSTAIN if rating.abstained else rating.value


def _place(cell: Cell) -> tuple[UUID, UUID, UUID]:
    return cell.use_case_id, cell.criterion_id, cell.participant_id


def _existing(unit: Unit, use_case_ids: set[UUID]) -> list[RatingRow]:
    if len(use_case_ids) > 50:
        return unit.find(RatingRow)
    return [
        r for use_case_id in use_case_ids for r in unit.find(RatingRow, use_case_id=use_case_id)
    ]


def _label(unit: Unit, cells: Sequence[Cell]) -> str:
    use_cases = {cell.use_case_id for cell in cells}
    if len(use_cases) > 1:
        return f"Enter {plural(len(cells), 'rating')}"
    title = shorten(unit.get(UseCaseRow, use_cases.pop()).title, 40) if use_cases else ""
    people = {cell.participant_id for cell in cells}
    name = f" for {unit.get(ParticipantRow, people.pop()).name}" if len(people) == 1 else ""
    return f"Rate {title}{name}"
