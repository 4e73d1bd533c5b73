"""What the evidence says about each option, and which one comes up next, as a table of cases."""

from __future__ import annotations

from uuid import uuid4

import pytest

from scoper.scoping.options import case, next_up, progress
from scoper.snapshot import Evidence, Solution, UseCase
from scoper.terms import EvidenceKind, EvidenceStrength, Feasibility, Finding

OPEN, FEASIBLE, OUT = Feasibility.OPEN, Feasibility.FEASIBLE, Feasibility.RULED_OUT
FOR, AGAINST, MIXED = Finding.SUPPORTS, Finding.CONTRADICTS, Finding.MIXED
STRONG, WEAK = EvidenceStrength.STRONG, EvidenceStrength.WEAK


def option(
    title: str, verdict: Feasibility, reason: str = "It fails", *, listed: bool = True
) -> Solution:
    return Solution(
        uuid4(), title, shortlisted=listed, feasibility=verdict, feasibility_reason=reason
    )


def use_case(*options: Solution, evidence: tuple[Evidence, ...] = ()) -> UseCase:
    return UseCase(id=uuid4(), key="UC-01", title="U", solutions=options, evidence=evidence)


@pytest.mark.parametrize(
    ("options", "following", "words"),
    [
        ([], None, ""),
        ([option("A", OPEN), option("B", OPEN)], "A", ""),
        ([option("A", OUT), option("B", OPEN)], "B", "1 option ruled out: “B” is next."),
        (
            [option("A", OUT), option("B", OPEN, listed=False), option("C", OPEN)],
            "C",
            "1 option ruled out: “C” is next.",
        ),
        (
            [option("A", OUT), option("B", OPEN, listed=False)],
            "B",
            "1 option ruled out: “B” is next.",
        ),
        (
            [option("A", OUT), option("B", OUT)],
            None,
            "2 options ruled out, none is left: add another, or decide against the use case.",
        ),
        (
            [option("A", OUT, ""), option("B", OPEN)],
            "A",
            "Say why “A” cannot work: an option is ruled out only with a reason.",
        ),
        ([option("A", OUT), option("B", FEASIBLE)], "B", "“B” can be done."),
    ],
)
def test_the_next_option_comes_up(
    options: list[Solution], following: str | None, words: str
) -> None:
    found = next_up(use_case(*options))
    assert (found.title if found else None) == following
    assert progress(use_case(*options)) == words


def test_evidence_is_shown_against_its_option_with_the_strongest_first() -> None:
    one, other = option("A", OPEN), option("B", OPEN)
    evidence = (
        Evidence(uuid4(), one.id, statement="Vendor says so", finding=FOR, strength=WEAK,
                 kind=EvidenceKind.PARTNER),
        Evidence(uuid4(), one.id, statement="78 % matched", finding=FOR, strength=STRONG,
                 source="Test log"),
        Evidence(uuid4(), one.id, statement="Clerks doubt it", finding=AGAINST),
        Evidence(uuid4(), None, statement="A paper", finding=MIXED),
        Evidence(uuid4(), other.id, statement="Not about A", finding=AGAINST),
    )  # fmt: skip
    found = case(use_case(one, other, evidence=evidence), one)
    assert found.summary == "Evidence: 2 for (1 strong), 1 against and 1 both ways"
    assert found.lines == (
        "Supports, strong, prototype: 78 % matched (Test log)",
        "Supports, weak, external partner: Vendor says so",
        "Contradicts, prototype: Clerks doubt it",
        "Mixed, prototype: A paper",
    )


def test_an_option_without_evidence_says_so() -> None:
    one = option("A", OPEN)
    assert case(use_case(one), one).summary == "No evidence yet"
