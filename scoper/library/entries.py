"""What the entries of a content pack are made of."""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Words for people; never empty."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""The name of an entry that other content and stored answers refer to."""


class Entry(BaseModel):
    """One entry of a pack; ``key`` is its name within the pack."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key


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
