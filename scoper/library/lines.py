"""Finds the line of a TOML text that a place in its content was written on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

Place: TypeAlias = tuple[str | int, ...]
"""Keys and list positions (from 0) that lead to a value."""

_PART = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_KEYS = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"^\s*(\[\[?)\s*({_KEYS})\s*\]\]?\s*(?:#.*)?$")
_VALUE = re.compile(rf"^\s*({_KEYS})\s*=")
_LONG_QUOTE = re.compile(r'"""|\'\'\'')


def find_line(text: str, place: Place) -> int | None:
    """Return the line (1 = first) of a place, or of the nearest table around it.

    None if nothing on the way to it was found.
    """
    wanted = tuple(map(str, place))
    best, depth = None, 0
    for number, written in _places(text):
        found = tuple(map(str, written))
        if len(found) > depth and wanted[: len(found)] == found:
            best, depth = number, len(found)
    return best


def write_place(place: Place) -> str:
    """Return a place as people write it, counting list entries from 1: ``ideas[3].title``."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place]
    return "".join(parts).removeprefix(".")


def _places(text: str) -> Iterator[tuple[int, Place]]:
    counts: dict[Place, int] = defaultdict(int)
    table: Place = ()
    for number, line in _lines_outside_long_texts(text):
        if header := _HEADER.match(line):
            table = _entered(_split(header[2]), counts, new=header[1] == "[[")
            yield number, table
        elif value := _VALUE.match(line):
            yield number, (*table, *_split(value[1]))


def _entered(keys: list[str], counts: dict[Place, int], *, new: bool) -> Place:
    """Return the place of a table header; ``[[…]]`` begins the next entry of its list."""
    place: Place = ()
    for index, key in enumerate(keys):
        place = (*place, key)
        if new and index == len(keys) - 1:
            counts[place] += 1
        if counts[place]:
            place = (*place, counts[place] - 1)
    return place


def _split(keys: str) -> list[str]:
    return [part.strip().strip("\"'") for part in re.findall(_PART, keys)]


def _lines_outside_long_texts(text: str) -> Iterator[tuple[int, str]]:
    inside = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside:
            yield number, line
        for quote in _LONG_QUOTE.findall(line):
            if not inside:
                inside = quote
            elif inside == quote:
                inside = ""
