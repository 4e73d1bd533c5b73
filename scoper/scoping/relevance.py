"""The relevance verdict: whether a problem is one for AI, with the answers that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scoper.terms import Answer, Relevance
from scoper.text import plural

if TYPE_CHECKING:
    from scoper.library.relevance import RelevanceQuestion

ENOUGH_ANSWERED: Final = 2 / 3
"""Share of the questions of each side that must be answered for a verdict."""

ENOUGH_AGAINST: Final = 0.5
"""A verdict against is reached beyond this share of the weight that could speak for it."""

ENOUGH_IN_FAVOUR: Final = 0.7
"""Least share of the answered weight that must speak for AI."""

REASONS_LIMIT: Final = 5

_AGAINST: Final = {Answer.YES: 0.0, Answer.PARTLY: 0.5, Answer.NO: 1.0}
_ORDER: Final = (Relevance.DO_NOT_PURSUE, Relevance.REFRAME, Relevance.RULES, Relevance.NO_DATA)


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer that led to the verdict, and what it means."""

    question: RelevanceQuestion
    answer: Answer
    meaning: str


@dataclass(frozen=True, slots=True)
class RelevanceReport:
    """The advice of the checklist; a person may overrule it with a reason.

    ``open_points`` are weaknesses to watch although the verdict is favourable.
    """

    verdict: Relevance
    summary: str
    reasons: tuple[Reason, ...]
    open_points: tuple[Reason, ...]
    answered: int
    asked: int


def relevance(
    questions: Sequence[RelevanceQuestion], answers: Mapping[str, Answer]
) -> RelevanceReport:
    """Return the verdict on answers by question id; a missing answer counts as not known.

    A decisive “no” that speaks against the use as such settles it at once. Otherwise two
    thirds of each side and every decisive question must be answered. Then the first verdict in
    the order do not pursue, reframe, rules, no data wins that has a decisive “no” or more than
    half of its weight against; failing that, the problem is suited if 70 % of the answered
    weight is in favour, and else the weakest point decides. Every combination has one verdict.
    """
    given = [_reason(q, answers.get(q.id, Answer.UNKNOWN)) for q in questions]
    known = [reason for reason in given if reason.answer is not Answer.UNKNOWN]
    verdict = _verdict(given, known)
    return RelevanceReport(
        verdict,
        _summary(verdict, len(known), len(given)),
        tuple(_reasons(verdict, given, known)[:REASONS_LIMIT]),
        tuple(_weakest(known)[:REASONS_LIMIT]) if verdict is Relevance.SUITED else (),
        len(known),
        len(given),
    )


def _reason(question: RelevanceQuestion, answer: Answer) -> Reason:
    return Reason(question, answer, str(getattr(question.means, answer.value)))


def _verdict(given: Sequence[Reason], known: Sequence[Reason]) -> Relevance:
    settled = [r.question.no_means for r in known if r.question.decisive and r.answer is Answer.NO]
    if Relevance.DO_NOT_PURSUE in settled:
        return Relevance.DO_NOT_PURSUE
    if not _enough(given):
        return Relevance.UNDECIDED
    shares = {verdict: _share(_about(verdict, known)) for verdict in _ORDER}
    for verdict in _ORDER:
        if verdict in settled or shares[verdict] > ENOUGH_AGAINST:
            return verdict
    if 1 - _share(known) >= ENOUGH_IN_FAVOUR:
        return Relevance.SUITED
    weak = [verdict for verdict in _ORDER[1:] if shares[verdict]]
    return max(weak, key=lambda verdict: shares[verdict]) if weak else Relevance.DO_NOT_PURSUE


def _enough(given: Sequence[Reason]) -> bool:
    for side in ("technical", "commercial"):
        asked = [reason for reason in given if reason.question.side == side]
        answered = [reason for reason in asked if reason.answer is not Answer.UNKNOWN]
        if not asked or len(answered) < ENOUGH_ANSWERED * len(asked):
            return False
    return not any(r.question.decisive and r.answer is Answer.UNKNOWN for r in given)


def _about(verdict: Relevance, reasons: Sequence[Reason]) -> list[Reason]:
    return [reason for reason in reasons if reason.question.no_means is verdict]


def _share(reasons: Sequence[Reason]) -> float:
    """Return the share of the weight of the questions that speaks against AI, in [0, 1]."""
    total = sum(reason.question.weight for reason in reasons)
    against = sum(reason.question.weight * _AGAINST[reason.answer] for reason in reasons)
    return against / total if total else 0.0


def _reasons(verdict: Relevance, given: Sequence[Reason], known: Sequence[Reason]) -> list[Reason]:
    if verdict is Relevance.UNDECIDED:
        return _by_importance(r for r in given if r.answer is Answer.UNKNOWN)
    if verdict is Relevance.SUITED:
        return _by_importance(r for r in known if r.answer is Answer.YES)
    return _weakest(_about(verdict, known))


def _weakest(reasons: Sequence[Reason]) -> list[Reason]:
    against = _by_importance(r for r in reasons if r.answer is not Answer.YES)
    return sorted(against, key=lambda reason: reason.answer is not Answer.NO)


def _by_importance(reasons: Iterable[Reason]) -> list[Reason]:
    return sorted(reasons, key=lambda r: (not r.question.decisive, -r.question.weight))


_SUMMARIES: Final = {
    Relevance.SUITED: "The problem is defined, worth solving and has data to learn from.",
    Relevance.RULES: "A change of the process, rules or a report may solve it. Try that first.",
    Relevance.NO_DATA: "The problem may be suited, but the data is not there yet.",
    Relevance.REFRAME: "As it is stated, a result would not lead to a better decision. Reframe it.",
    Relevance.DO_NOT_PURSUE: "The answers speak against the use as such.",
}


def _summary(verdict: Relevance, answered: int, asked: int) -> str:
    if verdict is Relevance.UNDECIDED:
        return f"Too little is answered for a verdict: {answered} of {plural(asked, 'question')}."
    return _SUMMARIES[verdict]
