"""How inventories call the stages of a use case."""

from __future__ import annotations

import re

from scoper.terms import Stage

_ENUMERATION = re.compile(r"^\s*(?:\(?[a-z0-9]{1,2}[.)]\s*)")
_HEAD_ENDS = re.compile(r"\s[–—-]\s|[:;(]")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_HEAD_LENGTH = 60
_KNOWN: tuple[tuple[Stage, str], ...] = (
    (Stage.IDEA, r"^(?:idea|initiation|initiated|intake|planned|planning|proposed|concept)\b"),
    (Stage.IDEA, r"^(?:not started|new|backlog|submitted|draft|ideation|candidate)\b"),
    (
        Stage.DEVELOPMENT,
        r"not (?:yet )?in (?:production|use|operation)|pre ?(?:deployment|release)",
    ),
    (
        Stage.RETIRED,
        r"\b(?:retired|decommissioned|discontinued|sunset|cancelled|canceled|inactive|stopped|"
        r"disposed|archived|terminated)\b",
    ),
    (Stage.SCOPING, r"\bproofs? of (?:concept|value)\b|\bpoc\b|^(?:scoping|discovery|exploration)"),
    (Stage.SCOPING, r"^(?:research|assessment|analysis|feasibility|investigating|evaluation)\b"),
    (Stage.PILOT, r"\bpilot(?:s|ing|ed)?\b|^(?:trial|beta|limited (?:release|rollout))\b"),
    (
        Stage.DEVELOPMENT,
        r"\b(?:development|developing|in build|building|acquisition|implementation|"
        r"implementing|testing|prototype|in progress)\b",
    ),
    (
        Stage.LIVE,
        r"^(?:live|deployed|deployment|implemented|operation|operations|operational|production|"
        r"active|launched|released|rolled out|fully deployed|go live)\b|"
        r"\bin (?:use|production|operation|mission|service)\b",
    ),
)
_PATTERNS = tuple((stage, re.compile(pattern)) for stage, pattern in _KNOWN)


def stage_of(text: str) -> Stage | None:
    """Return the stage a text names, or None where it names none that is known.

    Letters in front ("c) Deployed") and explanations behind ("Deployed – the use case is …") do
    not matter; a sentence is not searched for words that may mean something else.
    """
    plain = _ENUMERATION.sub("", text.casefold())
    for words in (_normal(plain), _normal(_HEAD_ENDS.split(plain, maxsplit=1)[0])):
        if not words or len(words) > _HEAD_LENGTH:
            continue
        for stage, pattern in _PATTERNS:
            if words in (stage.value, stage.label.casefold()) or pattern.search(words):
                return stage
    return None


def _normal(text: str) -> str:
    return " ".join(_NOT_WORD.sub(" ", text).split())
