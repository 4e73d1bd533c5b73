"""The risk library: what makes AI use cases fail, and the questions of a pre-mortem."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from scoper.library.entries import Entry, distinct
from scoper.library.packs import Pack, PackKind, Text
from scoper.terms import Eases, FailureTheme, RiskCategory


class RiskSpec(Entry):
    """A risk seen in practice; ``eases`` says what its mitigation makes smaller."""

    title: Text
    category: RiskCategory
    cause: Text
    early_sign: Text
    mitigation: Text
    eases: Eases
    owner: Text


class RiskPack(Pack):
    """Risks to start a register from."""

    risks: Annotated[tuple[RiskSpec, ...], Field(min_length=1), AfterValidator(distinct)]


class PremortemPrompt(Entry):
    """A failure told as if it had happened, and what to check now."""

    theme: FailureTheme
    failure: Text
    check: Text


class PremortemPack(Pack):
    """The questions of a pre-mortem."""

    premortem_prompts: Annotated[
        tuple[PremortemPrompt, ...], Field(min_length=1), AfterValidator(distinct)
    ]


RISKS: Final = PackKind("risks", "Risks", RiskPack, "risks", RiskSpec, "risks", "key")
PREMORTEM: Final = PackKind(
    "premortem_prompts",
    "Pre-mortem prompts",
    PremortemPack,
    "premortem",
    PremortemPrompt,
    "premortem_prompts",
    "key",
)
