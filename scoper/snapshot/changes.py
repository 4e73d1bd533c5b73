"""What a command changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a command changed: kinds of rows, and the use cases they belong to.

    ``label`` names the step, as in "Undo: Rate Churn alerts".
    """

    label: str
    entities: frozenset[str] = frozenset()
    use_cases: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.entities)

    def with_value(self, value: T) -> Done[T]:
        """Return the changes of a command that has something to say besides."""
        return Done(self.label, self.entities, self.use_cases, value=value)


@dataclass(frozen=True, slots=True)
class Done(Changes, Generic[T]):
    """What a command changed, and its ``value``, such as a report on what was imported."""

    value: T = field(kw_only=True)
