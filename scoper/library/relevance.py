"""The relevance checklist: questions that tell whether a problem is one for AI at all."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from scoper.library.packs import Entry, Identifier, Pack, PackKind, Text
from scoper.terms import Relevance


class Meanings(Entry):
    """What each answer to a question means for the use case."""

    yes: Text
    partly: Text
    no: Text
    unknown: Text


class RelevanceQuestion(Entry):
    """A question of which “yes” speaks for AI.

    A “no” speaks for the verdict ``no_means``, with a ``weight`` of 1 to 3; it settles the
    verdict by itself if the question is ``decisive``.
    """

    id: Identifier
    side: Literal["technical", "commercial"]
    question: Text
    why: Text
    means: Meanings
    no_means: Literal[
        Relevance.RULES, Relevance.NO_DATA, Relevance.REFRAME, Relevance.DO_NOT_PURSUE
    ]
    weight: int = Field(ge=1, le=3)
    decisive: bool = False


class RelevancePack(Pack):
    """The questions of the relevance checklist."""

    questions: tuple[RelevanceQuestion, ...] = Field(min_length=1)


KIND: Final = PackKind(
    "relevance_questions",
    "Relevance questions",
    RelevancePack,
    "relevance",
    RelevanceQuestion,
    "questions",
)
