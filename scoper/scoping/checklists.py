"""Checklists a step asks: questions from the library, answers of the team, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from scoper.snapshot import UseCase


class Tone(StrEnum):
    """How good the news of a finding is."""

    OPEN = "accent"
    GOOD = "good"
    CARE = "warning"
    STOP = "error"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer: what is stored, what people read, and what it means."""

    value: str
    label: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its choices; without choices it is answered in words only.

    ``why`` says why it matters. With ``note`` the answer can be explained; the text is what the
    explanation should hold.
    """

    id: str
    group: str
    text: str
    why: str
    choices: tuple[Choice, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the answers so far say, in a line, with the reasons."""

    tone: Tone
    headline: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist by the name its answers are stored under.

    ``questions`` are those to ask about a use case, in order of their groups; ``finding`` reads
    its answers. ``rest`` holds, for groups in which that is a plain thing to say, the answer
    that can be given to all that is left open at once.
    """

    id: str
    title: str
    questions: Callable[[UseCase], tuple[Question, ...]]
    finding: Callable[[UseCase], Finding]
    rest: Mapping[str, str] = field(default_factory=dict)

    def groups(self, use_case: UseCase) -> dict[str, tuple[Question, ...]]:
        """Return the questions by group, in order."""
        asked = self.questions(use_case)
        return {name: tuple(group) for name, group in groupby(asked, lambda q: q.group)}
