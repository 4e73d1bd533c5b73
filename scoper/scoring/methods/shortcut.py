"""Other ways to the scores of a method than asking it, which others write down by its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from scoper.scoring.methods.base import Method

Way = TypeVar("Way")


@dataclass(frozen=True, slots=True)
class Shortcut(Generic[Way]):
    """A faster, or written, way to what a method scores.

    It holds only while the method assumes just the parameters of the names in ``reads``: one that
    was added since would be left out without a word.
    """

    way: Way
    reads: tuple[str, ...] = ()


def shortcut(known: Mapping[str, Shortcut[Way]], method: Method) -> Way | None:
    """Return the way that is known for a method; None where it must be asked itself."""
    found = known.get(method.id)
    stated = {parameter.name for parameter in method.parameters}
    return found.way if found and set(found.reads) == stated else None
