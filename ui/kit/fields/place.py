"""Names the place of a field."""

from __future__ import annotations

from collections.abc import Hashable, Set
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is typed: the ids of all that it is about, and which field of it.

    A field of the portfolio itself is about nothing that could be deleted.
    """

    about: frozenset[UUID]
    field: Hashable

    @classmethod
    def of(cls, *about: UUID, field: Hashable) -> Place:
        """Return the place of a field of what has these ids."""
        return cls(frozenset(about), field)

    def is_among(self, there: Set[UUID]) -> bool:
        """Return whether all that it is about is there."""
        return self.about <= there
