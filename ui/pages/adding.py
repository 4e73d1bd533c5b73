"""Adding what was chosen from the library to a use case."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ui.pages.scope_delivery import in_currency

if TYPE_CHECKING:
    from scoper.scoping.catalogues import CatalogueEntry
    from ui.session import Session


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
