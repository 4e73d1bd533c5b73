"""Entries of packs that are known by a key."""

from __future__ import annotations

from typing import TypeVar

from scoper.library import packs
from scoper.library.packs import Identifier


class Entry(packs.Entry):
    """One entry of a pack; ``key`` is its name within the pack."""

    key: Identifier


E = TypeVar("E", bound=Entry)


def distinct(entries: tuple[E, ...]) -> tuple[E, ...]:
    """Return the entries of a pack.

    Raises:
        ValueError: two of them have the same key.
    """
    seen: set[str] = set()
    for entry in entries:
        if entry.key in seen:
            raise ValueError(f"two entries have the key “{entry.key}”")
        seen.add(entry.key)
    return entries
