"""Governance: the EU AI Act as questions, duties and dates, and the NIST AI RMF as questions.

The packs are a reading aid, not legal advice; each states when it was written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, model_validator

from scoper.library.entries import Entry, distinct
from scoper.library.packs import Identifier, Pack, PackKind, Ref, Text
from scoper.terms import ActGate, ActParty, ActPath, RmfFunction, YesNo


class ActQuestion(Entry):
    """A question of the triage, answered yes, no or not sure.

    ``leaves_on`` (scope only) is the answer that takes the system out of the Act. ``lifts``
    names the questions whose yes no longer counts once this one is a yes (an exception);
    ``implies`` those that count as yes together with this one. ``section_b`` marks the question
    whether the product belongs to Section B of Annex I.
    """

    gate: ActGate
    title: Text
    question: Text
    help: Text
    article: Text
    leaves_on: YesNo | None = None
    lifts: tuple[Identifier, ...] = ()
    implies: tuple[Identifier, ...] = ()
    section_b: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.gate is ActGate.SCOPE) != (self.leaves_on in (YesNo.YES, YesNo.NO)):
            raise ValueError(
                f"“{self.key}”: a question of scope, and only it, says which answer leaves the Act"
            )
        return self


class ActQuestionPack(Pack):
    """The questions of the triage, in the order they are asked."""

    act_questions: Annotated[tuple[ActQuestion, ...], Field(min_length=1), AfterValidator(distinct)]

    @model_validator(mode="after")
    def _resolved(self) -> Self:
        known = {question.key for question in self.act_questions}
        named = (key for q in self.act_questions for key in (*q.lifts, *q.implies))
        _resolve(named, known)
        for place, question in enumerate(self.act_questions):
            earlier = {q.key for q in self.act_questions[: place + 1]}
            if earlier & set(question.implies):
                raise ValueError(f"“{question.key}” may imply only questions that come after it")
        return self


class ActDuty(Entry):
    """What the Act asks of somebody when one of ``paths`` applies.

    With ``needs``, only when one of those questions was answered yes.
    """

    title: Text
    article: Text
    party: ActParty
    paths: Annotated[tuple[ActPath, ...], Field(min_length=1)]
    needs: Annotated[tuple[Identifier, ...], Ref("act_questions")] = ()
    duty: Text


class ActDutyPack(Pack):
    """The duties that follow from the triage."""

    act_duties: Annotated[tuple[ActDuty, ...], Field(min_length=1), AfterValidator(distinct)]


class ActDate(Entry):
    """A date from which a part of the Act applies, amendments included.

    ``paths`` are those that apply from then on. ``published`` is the date in the Act of 2024
    where an amendment has moved it, ``check`` what to check before relying on the date.
    """

    date: dt.date
    title: Text
    article: Text
    paths: tuple[ActPath, ...] = ()
    published: dt.date | None = None
    check: str = ""


class ActDatePack(Pack):
    """When the parts of the Act apply; ``notice`` says what the triage is not."""

    notice: Text
    act_dates: Annotated[tuple[ActDate, ...], Field(min_length=1), AfterValidator(distinct)]

    @model_validator(mode="after")
    def _every_path_once(self) -> Self:
        dated = [path for entry in self.act_dates for path in entry.paths]
        if sorted(dated) != sorted(ActPath):
            raise ValueError("every path of the Act must have exactly one date")
        return self


class RmfQuestion(Entry):
    """A question on one category of the NIST AI RMF; ``evidence`` is what a yes can show."""

    function: RmfFunction
    category: Text
    question: Text
    why: Text
    evidence: Text


class RmfPack(Pack):
    """The NIST AI RMF 1.0 as questions."""

    rmf_questions: Annotated[tuple[RmfQuestion, ...], Field(min_length=1), AfterValidator(distinct)]


@dataclass(frozen=True)
class AiAct:
    """The EU AI Act as questions, duties and dates whose references resolve.

    ``as_of`` is the day to which all of it was checked.
    """

    questions: tuple[ActQuestion, ...]
    duties: tuple[ActDuty, ...]
    dates: tuple[ActDate, ...]
    notice: str
    as_of: dt.date

    @cached_property
    def by_key(self) -> dict[str, ActQuestion]:
        """The questions by key."""
        return {question.key: question for question in self.questions}

    @cached_property
    def date_of(self) -> dict[ActPath, ActDate]:
        """The date from which each path applies."""
        return {path: entry for entry in self.dates for path in entry.paths}

    def of(self, gate: ActGate) -> tuple[ActQuestion, ...]:
        """Return the questions of a gate, in order."""
        return tuple(question for question in self.questions if question.gate is gate)


def _resolve(keys: Iterable[str], known: set[str]) -> None:
    for key in keys:
        if key not in known:
            raise ValueError(f"there is no question “{key}”")


ACT_QUESTIONS: Final = PackKind(
    "act_questions",
    "EU AI Act: questions",
    ActQuestionPack,
    "governance/eu_ai_act_questions",
    ActQuestion,
    "act_questions",
    "key",
    whole=True,
)
ACT_DUTIES: Final = PackKind(
    "act_duties",
    "EU AI Act: duties",
    ActDutyPack,
    "governance/eu_ai_act_duties",
    ActDuty,
    "act_duties",
    "key",
)
ACT_DATES: Final = PackKind(
    "act_dates",
    "EU AI Act: dates",
    ActDatePack,
    "governance/eu_ai_act_dates",
    ActDate,
    "act_dates",
    "key",
    whole=True,
)
RMF: Final = PackKind(
    "rmf_questions",
    "NIST AI RMF",
    RmfPack,
    "governance/nist_ai_rmf",
    RmfQuestion,
    "rmf_questions",
    "key",
)
