"""The approach ladder: a higher rung is chosen once each lower one is known to fall short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoper.scoping.options import is_ruled_out
from scoper.snapshot import UseCase
from scoper.terms import Approach
from scoper.text import clean, join

ANSWERED_UNDER = "ladder"
"""The name under which a use case keeps why each lower rung is not enough."""

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


def highest_rung(use_case: UseCase) -> Approach | None:
    """Return the highest rung still in the race: of the shortlist, or of all while there is none.

    What is ruled out counts only where everything is.
    """
    left = [s for s in use_case.solutions if not is_ruled_out(s)] or list(use_case.solutions)
    options = [s for s in left if s.shortlisted] or left
    return max((s.approach for s in options), key=list(Approach).index, default=None)


def reasons_given(use_case: UseCase) -> dict[Approach, str]:
    """Return what the team said about each rung it found not enough."""
    given = use_case.answers_to(ANSWERED_UNDER)
    return {rung: given[rung.value].note for rung in Approach if rung.value in given}


def climb(chosen: Approach, reasons: Mapping[Approach, str]) -> LadderReport:
    """Return what is missing before ``chosen`` is earned; ``reasons`` says why a rung fails."""
    words = {rung: len(clean(reasons.get(rung, "")).split()) for rung in lower_rungs(chosen)}
    return LadderReport(
        tuple(rung for rung, count in words.items() if not count),
        tuple(rung for rung, count in words.items() if 0 < count < LEAST_WORDS),
    )


def _names(rungs: tuple[Approach, ...]) -> str:
    return join([rung.label.lower() for rung in rungs])
