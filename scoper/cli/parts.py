"""What the verbs share: opening a portfolio, and printing what a person or a script reads."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, TypeVar

from scoper.errors import ExportError, InvalidInput, NotFound
from scoper.text import shorten

if TYPE_CHECKING:
    from scoper.board import Board, Standing
    from scoper.snapshot import UseCase
    from scoper.store import Patience, Store

T = TypeVar("T", bound=StrEnum)

_LONG = 2.0
"""Seconds of waiting for another program after which a person is told."""
_PATIENCE = 60.0
"""Seconds after which a verb gives up waiting for another program."""

Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""Where a group of verbs describes itself to the parser."""


class Parser(argparse.ArgumentParser):
    """Tells wrong usage in one line, and takes no option for another that only starts alike."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **options})

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the usage and end with exit code 2."""
        line = " ".join(message.split())
        self.exit(2, f"{self.prog}: {line}. `{self.prog} --help` shows how it is used.\n")


def file_path(text: str) -> Path:
    """Return an argument as a path.

    Raises:
        argparse.ArgumentTypeError: it is empty, which would otherwise mean this folder.
    """
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def write_anything() -> None:
    """Let output in an encoding that lacks a letter show its number instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def tell(message: str) -> None:
    """Print a message for a person as one line on standard error."""
    print(f"scoper: {' '.join(message.split())}", file=sys.stderr)


def open_portfolio(path: Path) -> Store:
    """Open the portfolio in ``path`` for reading and writing."""
    from scoper.store import Store  # noqa: PLC0415

    store = Store.open(path, who())
    store.patience = _patience(path)
    _tell_of_upgrade(store)
    return store


def _tell_of_upgrade(store: Store) -> None:
    """Say what bringing an older file up to date has changed in its scores, beside the answer."""
    if store.upgraded_from is None:
        return
    from scoper.queries import load_board  # noqa: PLC0415
    from scoper.studies.upgrade_notice import told_of_upgrade  # noqa: PLC0415

    if told := told_of_upgrade(load_board(store), store.upgraded_from):
        print(told, file=sys.stderr)


def _patience(path: Path) -> Patience:
    """Return what waits for another program for a minute, and says so once it takes long."""
    told = False

    def go_on(waited: float) -> bool:
        nonlocal told
        if waited > _LONG and not told:
            told = True
            tell(f"Waiting for another program to finish writing {path.name} (Ctrl+C ends this).")
        return waited < _PATIENCE

    return go_on


def read_board(path: Path) -> Board:
    """Read the portfolio in ``path`` and rank it."""
    from scoper.queries import load_board  # noqa: PLC0415

    with open_portfolio(path) as store:
        return load_board(store)


def who() -> str:
    """Return the name that changes are recorded under."""
    from scoper.settings import load_settings  # noqa: PLC0415

    return load_settings().who


def use_case_of(board: Board, key: str, file: Path) -> UseCase:
    """Return the use case with a key, in any case.

    Raises:
        NotFound: the portfolio in ``file`` has none.
    """
    same = [u for u in board.use_cases if u.key == key]
    alike = same or [u for u in board.use_cases if u.key.casefold() == key.strip().casefold()]
    if len(alike) != 1:
        raise NotFound(
            f"There is no use case “{shorten(key, 60)}” in {file.name}.",
            "`scoper rank FILE` lists the keys.",
        )
    return alike[0]


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


def pairs(
    texts: Sequence[str], form: str = "FIELD=HEADER", example: str = '--map title="Use case"'
) -> dict[str, str]:
    """Return arguments of the form NAME=VALUE as a mapping; a value may be empty.

    Raises:
        InvalidInput: one is not of the ``form``, or a name is given twice.
    """
    pairs: dict[str, str] = {}
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not (name and sign):
            raise InvalidInput(f"“{text}” is not {form}.", f"Write for example {example}.")
        if name in pairs:
            raise InvalidInput(
                f"{name} is given twice, as “{pairs[name]}” and “{value}”.",
                "Leave one of them out.",
            )
        pairs[name] = value
    return pairs


def chosen(terms: type[T], text: str, what: str, field: str) -> T:
    """Return the member of a closed list that ``text`` is the value of.

    Raises:
        InvalidInput: there is none; names those there are.
    """
    try:
        return terms(text)
    except ValueError:
        raise InvalidInput(
            f"There is no {what} “{text}”.",
            f"Choose one of: {', '.join(terms)}.",
            field=field,
        ) from None


def print_json(value: Any) -> None:
    """Print ``value`` as JSON; numbers are not rounded, and NaN is a fault."""
    print(json.dumps(value, ensure_ascii=only_ascii(), indent=2, allow_nan=False))


def print_json_with(value: Mapping[str, Any], name: str, entries: Iterable[str]) -> None:
    """Print ``value`` as JSON, and a list ``name`` in it whose ``entries`` are JSON already.

    Each entry is printed before the next is made, so that a list may be longer than memory is.
    """
    print("{")
    for key, part in value.items():
        text = json.dumps(part, ensure_ascii=only_ascii(), indent=2, allow_nan=False)
        print(f"  {json.dumps(key)}: {text.replace(chr(10), chr(10) + '  ')},")
    print(f"  {json.dumps(name)}: [", end="")
    for number, entry in enumerate(entries):
        print("," if number else "", entry, sep="\n    ", end="")
    print("\n  ]\n}")


def only_ascii() -> bool:
    """Return whether standard output may lack letters beyond ASCII."""
    return not (getattr(sys.stdout, "encoding", None) or "ascii").lower().startswith("utf")


def line_of(standing: Standing) -> str:
    """Return one line of a ranking for people."""
    use_case = standing.use_case
    if standing.score is None:
        missing = ", ".join(criterion.title for criterion in standing.missing)
        return f"  –  {'':>5}  {use_case.key}  {use_case.title} (not rated: {missing})"
    return f"{standing.rank:>3}  {standing.verdict:>5}  {use_case.key}  {use_case.title}"
