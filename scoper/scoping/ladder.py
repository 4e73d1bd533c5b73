"""The approach ladder: a higher rung is chosen once each lower one is known to fall short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoper.terms import Approach
from scoper.text import clean, join

LEAST_WORDS = 4
"""A reason of fewer words says that a rung fell short, but not how."""


@dataclass(frozen=True, slots=True)
class LadderReport:
    """Which lower rungs still need a reason: ``missing`` has none, ``thin`` one of few words."""

    missing: tuple[Approach, ...]
    thin: tuple[Approach, ...]

    @property
    def earned(self) -> bool:
        """Whether every lower rung was ruled out with a reason that says how it fell short."""
        return not (self.missing or self.thin)

    @property
    def summary(self) -> str:
        """What is left to do, in a sentence; empty if nothing is."""
        parts = []
        if self.missing:
            parts.append(f"Say why this is not enough: {_names(self.missing)}.")
        if self.thin:
            parts.append(f"Say more about how it fell short: {_names(self.thin)}.")
        return " ".join(parts)


def lower_rungs(chosen: Approach) -> tuple[Approach, ...]:
    """Return the rungs below the chosen one, lowest first."""
    rungs = tuple(Approach)
    return rungs[: rungs.index(chosen)]


def climb(chosen: Approach, reasons: Mapping[Approach, str]) -> LadderReport:
    """Return what is missing before ``chosen`` is earned; ``reasons`` says why a rung fails."""
    words = {rung: len(clean(reasons.get(rung, "")).split()) for rung in lower_rungs(chosen)}
    return LadderReport(
        tuple(rung for rung, count in words.items() if not count),
        tuple(rung for rung, count in words.items() if 0 < count < LEAST_WORDS),
    )


def _names(rungs: tuple[Approach, ...]) -> str:
    return join([rung.label.lower() for rung in rungs])
