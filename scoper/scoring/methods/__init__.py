"""The registry of scoring methods: a new one is a file beside this one and a line below."""

from __future__ import annotations

from collections.abc import Mapping

from scoper.errors import InvalidInput
from scoper.scoring.methods import (
    balanced,
    bxt,
    ice,
    promethee2,
    rice,
    topsis,
    value_effort,
    weighted_product,
    weighted_sum,
    wsjf,
)
from scoper.scoring.methods.base import OWN, Method, Weighing
from scoper.scoring.methods.shortcut import Shortcut, shortcut
from scoper.scoring.parameters import Parameters

__all__ = [
    "BALANCED",
    "METHODS",
    "OWN",
    "Method",
    "Shortcut",
    "Weighing",
    "chances",
    "method",
    "offered",
    "shortcut",
]

METHODS: dict[str, Method] = {
    module.METHOD.id: module.METHOD
    for module in (
        balanced,
        weighted_sum,
        weighted_product,
        topsis,
        promethee2,
        rice,
        ice,
        wsjf,
        value_effort,
        bxt,
    )
}


BALANCED = balanced.METHOD.id
"""The method from whose parameters likelihood, gain and loss are worked out, whatever scores."""


def offered(own: Method | None) -> dict[str, Method]:
    """Return the methods there are for a portfolio, by id; ``own`` is the one it states itself."""
    return {**METHODS, own.id: own} if own else METHODS


def method(method_id: str, own: Method | None = None) -> Method:
    """Return the method registered as ``method_id``, or the ``own`` one of a portfolio.

    Raises:
        InvalidInput: there is none of that name.
    """
    there = offered(own)
    try:
        return there[method_id]
    except KeyError:
        raise InvalidInput(
            f"There is no scoring method “{method_id}”."
            if method_id != OWN
            else "No formula is stated in this portfolio.",
            f"Choose one of: {', '.join(there)}.",
            field="method",
        ) from None


def chances(parameters: Parameters, stored: Mapping[str, Parameters]) -> Parameters:
    """Return what makes a likelihood of feasibility, and a loss of risk, whatever method scores.

    Those in ``parameters``, which the method at work assumes, else what a portfolio has ``stored``
    for the balanced metric.
    """
    usual = METHODS[BALANCED].stored_in(stored)
    return {name: parameters.get(name, value) for name, value in usual.items()}
