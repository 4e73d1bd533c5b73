"""What can be done on a page, by name, with the other words people have for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Shown = TypeVar("Shown")
"""The class of the page."""


@dataclass(frozen=True, slots=True)
class PageCommand(Generic[Shown]):
    """Something a page does, wherever it is asked for: the page is shown first.

    With ``needs_use_case`` it is offered only where there is a use case, with ``needs_subject``
    only from a page that has one in view.
    """

    title: str
    run: Callable[[Shown], object]
    words: str = ""
    needs_use_case: bool = True
    needs_subject: bool = False
