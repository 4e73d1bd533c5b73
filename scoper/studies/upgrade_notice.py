"""What a file of an earlier version is told about its scores, old beside new."""

from __future__ import annotations

from typing import Final

from scoper.board import Board
from scoper.scoring.methods import BALANCED
from scoper.text import shorten

LAST_SCHEMA: Final = 9
"""The last schema under which break-even moved with risk aversion."""
_NEW: Final = "New, and off: enough impact and stake."


def told_of_upgrade(board: Board, schema: int | None) -> str:
    """Return what opening a file of that schema changed in its scores; empty where nothing did.

    At a risk aversion of 1 no score has moved; at another one the numbers have, ranks have not.
    """
    if schema is None or schema > LAST_SCHEMA or board.method.id != BALANCED:
        return ""
    aversion, first = board.parameters["risk_aversion"], board.ranked[:1]
    if aversion == 1 or not first or first[0].score is None:
        return f"No score has moved. {_NEW}"
    gain, loss = first[0].gain or 0.0, first[0].loss or 0.0
    before = 100 * (gain - aversion * loss + aversion) / (1 + aversion)
    return (
        f"Break-even is always 50 now: “{shorten(first[0].use_case.title, 30)}” had {before:.1f} "
        f"points and has {first[0].score_text}, no rank moved. {_NEW}"
    )
