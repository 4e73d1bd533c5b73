"""Adding what was chosen from the library to a use case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from scoper.scoping.catalogues import CatalogueEntry
    from scoper.snapshot import Portfolio
    from ui.bridge.session import Session

_AMOUNTS = ("low", "likely", "high", "day_rate")


def in_currency(values: dict[str, Any], portfolio: Portfolio) -> dict[str, Any]:
    """Return values of the library, which counts in euros, without amounts in another currency."""
    if portfolio.currency == "EUR":
        return values
    return {name: value for name, value in values.items() if name not in _AMOUNTS}


def add_entry(
    session: Session,
    items: str,
    use_case_id: UUID,
    entry: CatalogueEntry,
    *,
    item_id: UUID,
    done: Callable[[Any], None] | None = None,
) -> None:
    """Add an entry with its companions to a list; amounts only where the currency is the same.

    A role profile becomes efforts of its role, which joins the portfolio where it is not there.
    """
    board = session.board
    if board is None:
        return
    values = in_currency(entry.values, board.portfolio)
    if items == "efforts":
        from scoper.commands import delivery

        session.run(
            delivery.add_role,
            use_case_id=use_case_id,
            role=values,
            efforts=entry.companions,
            done=done,
        )
        return
    from scoper.commands import items as lists

    session.run(
        lists.add_all,
        use_case_id=use_case_id,
        items=items,
        entries=(values, *entry.companions),
        item_ids=(item_id,),
        done=done,
    )
