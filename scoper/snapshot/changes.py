"""What a command changed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


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
