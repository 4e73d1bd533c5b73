"""What a command changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar
from uuid import UUID

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a command changed: kinds of rows, and the use cases they belong to.

    ``label`` names the step, as in "Undo: Rate Churn alerts". With ``whole`` everything may be
    different, as in a portfolio that was just opened.
    """

    label: str
    entities: frozenset[str] = frozenset()
    use_cases: frozenset[UUID] = frozenset()
    whole: bool = False

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return self.whole or bool(self.entities)

    def __or__(self, other: Changes) -> Changes:
        """Return what both changed, under the name of the first."""
        return Changes(
            self.label,
            self.entities | other.entities,
            self.use_cases | other.use_cases,
            self.whole or other.whole,
        )

    def touches(self, kind: str) -> bool:
        """Whether rows of a kind may be different."""
        return self.whole or kind in self.entities

    def with_value(self, value: T) -> Done[T]:
        """Return the changes of a command that has something to say besides."""
        return Done(self.label, self.entities, self.use_cases, self.whole, value=value)


@dataclass(frozen=True, slots=True)
class Done(Changes, Generic[T]):
    """What a command changed, and its ``value``, such as a report on what was imported."""

    value: T = field(kw_only=True)


EVERYTHING: Final = Changes("", whole=True)
"""What may be different in another portfolio than before."""
