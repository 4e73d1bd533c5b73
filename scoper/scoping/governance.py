"""Governance triage: answers to plain questions become a tier, duties and open questions.

The classification follows Regulation (EU) 2024/1689, Art. 2, 3, 5, 6, 50 and Annexes I and III.
Where the Act leaves the burden of proof with the organisation, so does the triage: a system
is inside the Act until an answer takes it out, an exception or exemption counts only when it
is answered with yes, and an exemption of Art. 6(3) only when profiling is answered with no.
It is a reading aid, not legal advice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoper.errors import InvalidInput
from scoper.library.governance import ActDuty, ActQuestion, AiAct, RmfQuestion
from scoper.terms import ActGate, ActParty, ActPath, ActTier, RmfFunction, YesNo

Answers = Mapping[str, YesNo]
"""Answers by key of the question; a missing one is not answered yet."""

_HIGH = (ActPath.PRODUCT, ActPath.VEHICLE, ActPath.LISTED)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a tier was reached: a question, how it was answered and the article it stands on."""

    question: ActQuestion
    answer: YesNo
    path: ActPath | None

    @property
    def sentence(self) -> str:
        """The reason in words."""
        return f"{self.question.title}: {self.answer.label.lower()} ({self.question.article})."


@dataclass(frozen=True, slots=True)
class DatedDuty:
    """A duty with the date it applies from, and what to check before relying on that date."""

    duty: ActDuty
    applies_from: dt.date
    check: str


@dataclass(frozen=True, slots=True)
class Triage:
    """What the answers so far say.

    ``tier`` is established by the answers given; ``may_become`` is the strictest tier the open
    questions could still lead to. ``blocks_go`` is true for a prohibited practice, whatever
    the score. ``open`` holds the questions to answer next, in order.
    """

    tier: ActTier
    may_become: ActTier
    paths: tuple[ActPath, ...]
    reasons: tuple[Reason, ...]
    duties: tuple[DatedDuty, ...]
    open: tuple[ActQuestion, ...]

    @property
    def blocks_go(self) -> bool:
        """Whether a decision to go is ruled out."""
        return self.tier is ActTier.PROHIBITED

    @property
    def settled(self) -> bool:
        """Whether no open question can make the tier stricter."""
        return self.may_become is self.tier


@dataclass(frozen=True, slots=True)
class FunctionReport:
    """Where a function of the NIST AI RMF stands: what is met, what is missing, what is open."""

    function: RmfFunction
    met: tuple[RmfQuestion, ...]
    missing: tuple[RmfQuestion, ...]
    open: tuple[RmfQuestion, ...]

    @property
    def total(self) -> int:
        """How many questions there are."""
        return len(self.met) + len(self.missing) + len(self.open)

    @property
    def share(self) -> float:
        """Share of the questions answered with yes, in [0, 1]."""
        return len(self.met) / self.total if self.total else 0.0


def triage(act: AiAct, answers: Answers) -> Triage:
    """Classify a use case by the EU AI Act.

    Every combination of answers has a result. Answering an open question with yes or no never
    leads to a tier stricter than ``may_become`` was before.

    Raises:
        InvalidInput: an answer belongs to no question.
    """
    _known(answers, (question.key for question in act.questions))
    reading = _Reading(act, answers)
    outside = reading.outside()
    if outside:
        return Triage(ActTier.OUTSIDE, ActTier.OUTSIDE, (), outside, (), ())
    reasons = reading.reasons()
    paths = _paths(reasons)
    established = _tier(paths)
    reachable = reading.reachable()
    if established is ActTier.MINIMAL and reachable is not ActTier.MINIMAL:
        established = ActTier.OPEN
    return Triage(
        tier=established,
        may_become=max(established, reachable, key=lambda tier: tier.severity),
        paths=paths,
        reasons=reasons,
        duties=_duties(act, reading, paths),
        open=reading.open(established),
    )


def framework_report(
    questions: Iterable[RmfQuestion], answers: Answers
) -> tuple[FunctionReport, ...]:
    """Return where each function of the NIST AI RMF stands.

    Raises:
        InvalidInput: an answer belongs to no question.
    """
    listed = tuple(questions)
    _known(answers, (question.key for question in listed))

    def answered(function: RmfFunction, *wanted: YesNo | None) -> tuple[RmfQuestion, ...]:
        return tuple(q for q in listed if q.function is function and answers.get(q.key) in wanted)

    return tuple(
        FunctionReport(
            function,
            met=answered(function, YesNo.YES),
            missing=answered(function, YesNo.NO),
            open=answered(function, YesNo.UNSURE, None),
        )
        for function in RmfFunction
    )


class _Reading:
    """The answers of one use case, read against the Act."""

    def __init__(self, act: AiAct, answers: Answers) -> None:
        self._act = act
        self._given = answers
        self._implied_by: dict[str, list[ActQuestion]] = {}
        for question in act.questions:
            for key in question.implies:
                self._implied_by.setdefault(key, []).append(question)
        self._lifted_by: dict[str, list[ActQuestion]] = {}
        for question in act.questions:
            for key in question.lifts:
                self._lifted_by.setdefault(key, []).append(question)

    def answer(self, question: ActQuestion) -> YesNo | None:
        """Return the answer that counts, or None where it is missing or not sure."""
        parents = self._implied_by.get(question.key, ())
        if any(self.answer(parent) is YesNo.YES for parent in parents):
            return YesNo.YES
        given = self._given.get(question.key)
        return None if given is YesNo.UNSURE else given

    def outside(self) -> tuple[Reason, ...]:
        """Return the answers that take the system out of the Act."""
        return tuple(
            Reason(question, answer, None)
            for question in self._act.of(ActGate.SCOPE)
            if (answer := self.answer(question)) is not None and answer is question.leaves_on
        )

    def reasons(self) -> tuple[Reason, ...]:
        """Return what the answers establish, in the order of the questions."""
        product = self._product_path()
        listed = ActPath.EXEMPT if self._exempt() else ActPath.LISTED
        path_of = {
            ActGate.PROHIBITED: ActPath.PROHIBITED,
            ActGate.LISTED: listed,
            ActGate.TRANSPARENCY: ActPath.TRANSPARENCY,
            ActGate.MODEL: ActPath.MODEL,
        }
        if product is not None:
            path_of[ActGate.PRODUCT] = product
        found = [
            Reason(question, YesNo.YES, path_of[question.gate])
            for question in self._act.questions
            if question.gate in path_of and not question.lifts and self._counts(question)
        ]
        return tuple(found) + self._exemption_reasons(found)

    def reachable(self) -> ActTier:
        """Return the strictest tier that the open questions could lead to."""
        if self._any_open(ActGate.PROHIBITED):
            return ActTier.PROHIBITED
        if self._product_possible() or (self._any_open(ActGate.LISTED) and not self._exempt()):
            return ActTier.HIGH
        if self._any_open(ActGate.TRANSPARENCY):
            return ActTier.TRANSPARENCY
        return ActTier.MINIMAL

    def open(self, tier: ActTier) -> tuple[ActQuestion, ...]:
        """Return the questions to answer next; a prohibited practice ends all but a way out."""
        return tuple(
            question
            for question in self._act.questions
            if self.answer(question) is None and self._asked(question, tier)
        )

    def yes(self, key: str) -> bool:
        """Return whether a question counts as answered with yes and no exception lifts it."""
        return self._counts(self._act.by_key[key])

    def party_excluded(self, party: ActParty) -> bool:
        """Return whether the answers say that we are not in this role."""
        roles = {q.key: q for q in self._act.of(ActGate.ROLE)}
        question = roles.get(f"role_{party}")
        return question is not None and self.answer(question) is YesNo.NO

    def _counts(self, question: ActQuestion) -> bool:
        return self.answer(question) is YesNo.YES and not self._lifted(question)

    def _lifted(self, question: ActQuestion) -> bool:
        exceptions = self._lifted_by.get(question.key, ())
        return any(self.answer(exception) is YesNo.YES for exception in exceptions)

    def _undecided(self, question: ActQuestion) -> bool:
        """Return whether the answer can still become yes, by itself or through another one."""
        answer = self.answer(question)
        parents = self._implied_by.get(question.key, ())
        return answer is None or (
            answer is YesNo.NO and any(self._undecided(parent) for parent in parents)
        )

    def _asked(self, question: ActQuestion, tier: ActTier) -> bool:
        if question.gate is ActGate.SCOPE:
            return True
        if tier is ActTier.PROHIBITED and question.gate is not ActGate.PROHIBITED:
            return False
        if question.lifts:
            return any(self.yes(key) for key in question.lifts)
        if tier is ActTier.PROHIBITED:
            return False
        if question.gate in (ActGate.EXEMPTION, ActGate.PROFILING):
            return self._listed() and self._exemption_matters(question)
        if question.gate is ActGate.PRODUCT:
            return self._product_possible() or self._product_path() is not None
        if question.gate is ActGate.CONTEXT:
            return tier is ActTier.HIGH
        return True

    def _exemption_matters(self, question: ActQuestion) -> bool:
        profiling = [self.answer(q) for q in self._act.of(ActGate.PROFILING)]
        if question.gate is ActGate.PROFILING:
            return True
        return YesNo.YES not in profiling and not self._any_yes(ActGate.EXEMPTION)

    def _listed(self) -> bool:
        return any(self._counts(question) for question in self._act.of(ActGate.LISTED))

    def _exempt(self) -> bool:
        """Art. 6(3): any exemption takes a listed use out, unless it profiles people."""
        profiling = [self.answer(q) for q in self._act.of(ActGate.PROFILING)]
        return self._any_yes(ActGate.EXEMPTION) and all(a is YesNo.NO for a in profiling)

    def _exemption_reasons(self, found: list[Reason]) -> tuple[Reason, ...]:
        """Return what made a listed use exempt, or what kept it from being exempt."""
        if not any(r.path in (ActPath.LISTED, ActPath.EXEMPT) for r in found):
            return ()
        gates = (ActGate.EXEMPTION, ActGate.PROFILING)
        if self._exempt():
            return tuple(
                Reason(q, answer, ActPath.EXEMPT)
                for gate in gates
                for q in self._act.of(gate)
                if (answer := self.answer(q)) is not None
                and (gate is ActGate.PROFILING or answer is YesNo.YES)
            )
        return tuple(
            Reason(q, YesNo.YES, ActPath.LISTED)
            for q in self._act.of(ActGate.PROFILING)
            if self.answer(q) is YesNo.YES
        )

    def _product_path(self) -> ActPath | None:
        """Art. 6(1): both conditions must hold; Section B has rules of its own (Art. 2(2))."""
        conditions = [q for q in self._act.of(ActGate.PRODUCT) if not q.section_b]
        if not all(self._counts(q) for q in conditions):
            return None
        section = [q for q in self._act.of(ActGate.PRODUCT) if q.section_b]
        return ActPath.VEHICLE if any(self._counts(q) for q in section) else ActPath.PRODUCT

    def _product_possible(self) -> bool:
        answers = [self.answer(q) for q in self._act.of(ActGate.PRODUCT) if not q.section_b]
        return None in answers and YesNo.NO not in answers

    def _any_open(self, gate: ActGate) -> bool:
        """Return whether a question that makes the tier stricter is open; exceptions do not."""
        return any(
            self._undecided(q) and not self._lifted(q) for q in self._act.of(gate) if not q.lifts
        )

    def _any_yes(self, gate: ActGate) -> bool:
        return any(self.answer(question) is YesNo.YES for question in self._act.of(gate))


def _paths(reasons: tuple[Reason, ...]) -> tuple[ActPath, ...]:
    reached = {reason.path for reason in reasons} | {ActPath.ANY}
    return tuple(path for path in ActPath if path in reached)


def _tier(paths: tuple[ActPath, ...]) -> ActTier:
    if ActPath.PROHIBITED in paths:
        return ActTier.PROHIBITED
    if any(path in paths for path in _HIGH):
        return ActTier.HIGH
    return ActTier.TRANSPARENCY if ActPath.TRANSPARENCY in paths else ActTier.MINIMAL


def _duties(act: AiAct, reading: _Reading, paths: tuple[ActPath, ...]) -> tuple[DatedDuty, ...]:
    due = []
    for duty in act.duties:
        ways = [path for path in duty.paths if path in paths]
        needed = not duty.needs or any(reading.yes(key) for key in duty.needs)
        if ways and needed and not reading.party_excluded(duty.party):
            entry = min((act.date_of[path] for path in ways), key=lambda found: found.date)
            due.append(DatedDuty(duty, entry.date, entry.check))
    return tuple(due)


def _known(answers: Answers, keys: Iterable[str]) -> None:
    strangers = sorted(set(answers) - set(keys))
    if strangers:
        raise InvalidInput(
            f"There is no question “{strangers[0]}”.",
            "Answer the questions of the content pack that is installed.",
            field=strangers[0],
        )
