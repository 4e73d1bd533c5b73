"""What the verbs share: opening a portfolio, and printing what a person or a script reads."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from scoper.errors import ExportError, InvalidInput

if TYPE_CHECKING:
    from scoper.board import Board, Standing
    from scoper.store import Store

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where a group of verbs describes itself to the parser."""


def open_portfolio(path: Path) -> Store:
    """Open the portfolio in ``path`` for reading and writing."""
    from scoper.store import Store  # noqa: PLC0415

    return Store.open(path, who())


def read_board(path: Path) -> Board:
    """Read the portfolio in ``path`` and rank it."""
    from scoper.queries import load_board  # noqa: PLC0415

    with open_portfolio(path) as store:
        return load_board(store)


def who() -> str:
    """Return the name that changes are recorded under."""
    from scoper.settings import load_settings  # noqa: PLC0415

    return load_settings().who


def make_folder(folder: Path) -> None:
    """Make ``folder`` and its parents.

    Raises:
        ExportError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"The folder {folder} cannot be made: {(error.strerror or str(error)).lower()}.",
            "Choose another one.",
        ) from error


def pairs(texts: Sequence[str]) -> dict[str, str]:
    """Return FIELD=HEADER arguments as a mapping.

    Raises:
        InvalidInput: one is not written so.
    """
    pairs = {}
    for text in texts:
        field, sign, header = text.partition("=")
        if not (field and sign and header):
            raise InvalidInput(
                f"“{text}” is not FIELD=HEADER.", 'Write for example --map title="Use case".'
            )
        pairs[field.strip()] = header.strip()
    return pairs


def print_json(value: Any) -> None:
    """Print ``value`` as JSON; numbers are not rounded, and NaN is a fault."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    print()


def line_of(standing: Standing) -> str:
    """Return one line of a ranking for people."""
    use_case = standing.use_case
    if standing.score is None:
        missing = ", ".join(criterion.title for criterion in standing.missing)
        return f"  –  {'':>5}  {use_case.key}  {use_case.title} (not rated: {missing})"
    return f"{standing.rank:>3}  {standing.score_text:>5}  {use_case.key}  {use_case.title}"
