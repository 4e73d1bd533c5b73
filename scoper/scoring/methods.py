"""The registry of scoring methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scoper.errors import InvalidInput
from scoper.scoring.balanced import Balanced, Parameters, balanced
from scoper.scoring.matrix import Matrix


@dataclass(frozen=True, slots=True)
class Method:
    """A way to score a matrix.

    ``lowest`` and ``highest`` are the range of its score; ``list_dependent`` tells whether
    adding or removing one alternative can move the score of another.
    """

    id: str
    title: str
    formula: str
    source: str
    lowest: float
    highest: float
    list_dependent: bool
    score: Callable[[Matrix, Parameters], Balanced]


METHODS: dict[str, Method] = {
    method.id: method
    for method in (
        Method(
            id="balanced",
            title="Balanced priority",
            formula="B = 100 · (p·I − λ·(1 − p)·R + λ) / (1 + λ)",
            source="Scoper; loss weight after Kahneman & Tversky (1979)",
            lowest=0.0,
            highest=100.0,
            list_dependent=False,
            score=balanced,
        ),
    )
}


def method(method_id: str) -> Method:
    """Return the method registered as ``method_id``.

    Raises:
        InvalidInput: there is none of that name.
    """
    try:
        return METHODS[method_id]
    except KeyError:
        raise InvalidInput(
            f"There is no scoring method “{method_id}”.",
            f"Choose one of: {', '.join(METHODS)}.",
            field="method",
        ) from None
