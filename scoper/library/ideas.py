"""Use-case ideas: problems that organisations have solved this way, to start from."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from scoper.library.packs import Entry, Identifier, Line, Pack, PackKind, Ref, Text
from scoper.terms import BusinessFunction


class Idea(Entry):
    """A use case to start from.

    ``problem`` names no technology; ``task`` turns ``input`` into ``output``; ``business_kpi``
    says whether it was worth it and ``model_metric`` whether the model is good enough for that.
    """

    id: Identifier
    title: Line
    function: BusinessFunction
    problem: Text
    input: Text
    output: Text
    task: Line
    business_kpi: Annotated[Identifier, Ref("metrics")]
    model_metric: Annotated[Identifier, Ref("model_metrics")]
    data: Text
    pitfalls: Text
    simplest_alternative: Text


class IdeaPack(Pack):
    """Use-case ideas."""

    ideas: tuple[Idea, ...] = Field(min_length=1)


KIND: Final = PackKind("use_case_ideas", "Use-case ideas", IdeaPack, "ideas", Idea, "ideas")
