"""What the evidence says about each option, and which option comes up next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scoper.snapshot import Evidence, Solution, UseCase
from scoper.terms import EvidenceStrength, Feasibility, Finding
from scoper.text import join, plural

_STRONGEST_FIRST: Final = (
    EvidenceStrength.STRONG,
    EvidenceStrength.MODERATE,
    EvidenceStrength.WEAK,
    None,
)


@dataclass(frozen=True, slots=True)
class Case:
    """The evidence about one option, the strongest first.

    Evidence about no option in particular is about each of them.
    """

    option: Solution
    evidence: tuple[Evidence, ...]

    @property
    def summary(self) -> str:
        """How much speaks for and against the option, in a line."""
        counts = [
            (self._of(Finding.SUPPORTS), "for"),
            (self._of(Finding.CONTRADICTS), "against"),
            (self._of(Finding.MIXED), "both ways"),
        ]
        said = [f"{len(found)} {way}{_strong(found)}" for found, way in counts if found]
        return f"Evidence: {join(said)}" if said else "No evidence yet"

    @property
    def lines(self) -> tuple[str, ...]:
        """Each piece of evidence with its finding, strength and origin."""
        return tuple(_line(item) for item in self.evidence)

    def _of(self, finding: Finding) -> list[Evidence]:
        return [item for item in self.evidence if item.finding is finding]


def case(use_case: UseCase, option: Solution) -> Case:
    """Return the evidence about an option of a use case."""
    about = [item for item in use_case.evidence if item.solution_id in (option.id, None)]
    about.sort(key=lambda item: _STRONGEST_FIRST.index(item.strength))
    return Case(option, tuple(about))


def is_ruled_out(option: Solution) -> bool:
    """Return whether an option is ruled out, which takes a reason."""
    return option.feasibility is Feasibility.RULED_OUT and bool(option.feasibility_reason)


def next_up(use_case: UseCase) -> Solution | None:
    """Return the option to look at next, or None where there is none left.

    It is the first on the shortlist that is not ruled out, else the first of the others.
    """
    left = [s for s in use_case.solutions if not is_ruled_out(s)]
    return next((s for s in left if s.shortlisted), left[0] if left else None)


def progress(use_case: UseCase) -> str:
    """Return where the search for a feasible option stands; empty without options."""
    judged = [s for s in use_case.solutions if s.feasibility is Feasibility.RULED_OUT]
    out = [s for s in judged if is_ruled_out(s)]
    proven = [s.title for s in use_case.solutions if s.feasibility is Feasibility.FEASIBLE]
    unexplained = [s.title for s in judged if s not in out]
    words = []
    if unexplained:
        titles = join([f"“{title}”" for title in unexplained])
        words.append(f"Say why {titles} cannot work: an option is ruled out only with a reason.")
    if proven:
        words.append(f"{join([f'“{t}”' for t in proven])} can be done.")
    elif out and not unexplained:
        following = next_up(use_case)
        count = f"{plural(len(out), 'option')} ruled out"
        words.append(
            f"{count}: “{following.title}” is next."
            if following
            else f"{count}, none is left: add another, or decide against the use case."
        )
    return " ".join(words)


def _strong(found: list[Evidence]) -> str:
    strong = sum(item.strength is EvidenceStrength.STRONG for item in found)
    return f" ({strong} strong)" if strong else ""


def _line(item: Evidence) -> str:
    strength = f", {item.strength.label.lower()}" if item.strength else ""
    source = f" ({item.source})" if item.source else ""
    return f"{item.finding.label}{strength}, {item.kind.label.lower()}: {item.statement}{source}"
