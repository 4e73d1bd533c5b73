"""Adding what was chosen from a catalogue to a list of a use case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from scoper.commands import delivery
from scoper.commands import items as lists
from scoper.scoping.catalogues import CatalogueEntry
from scoper.scoping.offers import in_currency
from scoper.snapshot import Changes
from scoper.store import Store


def add_chosen(
    store: Store,
    *,
    use_case_id: UUID,
    items: str,
    entry: CatalogueEntry,
    currency: str,
    item_id: UUID | None = None,
) -> Changes:
    """Add an entry of a catalogue with its companions, as one step.

    Amounts are taken over only where the ``currency`` of the portfolio is that of the library.
    ``item_id`` becomes that of the entry.

    Raises:
        InvalidInput: a value does not fit, or all of it is there already.
        NotFound: there is no such use case.
    """
    values = in_currency(entry.values, currency)
    companions = [in_currency(companion, currency) for companion in entry.companions]
    if items in _MADE_OF:
        return _MADE_OF[items](store, use_case_id, values, companions)
    return lists.add_all(
        store,
        use_case_id=use_case_id,
        items=items,
        entries=(values, *companions),
        item_ids=(item_id,) if item_id else (),
    )


def _plan_role(
    store: Store, use_case_id: UUID, role: dict[str, Any], efforts: Sequence[dict[str, Any]]
) -> Changes:
    return delivery.add_role(store, use_case_id=use_case_id, role=role, efforts=efforts)


_MADE_OF: Final[
    dict[str, Callable[[Store, UUID, dict[str, Any], Sequence[dict[str, Any]]], Changes]]
] = {"efforts": _plan_role}
"""By list: what becomes of an entry of its catalogue that is none of the list itself."""
