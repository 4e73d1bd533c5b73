"""Approaches: the ladder from a change of process to a model of one's own, and kinds of model."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, model_validator

from scoper.library.packs import Entry, Identifier, Line, Pack, PackKind, Ref, Text
from scoper.terms import Approach, DataType, Latency, ModelTask, Sophistication


class Rung(Entry):
    """A rung of the approach ladder.

    ``why_not`` is asked about this rung when a higher one is chosen; ``good_reasons`` are answers
    that hold, ``poor_reasons`` answers that do not.
    """

    id: Approach
    title: Line
    fits: Text
    costs: Text
    fails: Text
    why_not: Text
    good_reasons: tuple[Text, ...] = Field(min_length=2)
    poor_reasons: tuple[Text, ...] = Field(min_length=1)


class LadderPack(Pack):
    """The approach ladder, lowest rung first."""

    rungs: tuple[Rung, ...]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if [rung.id for rung in self.rungs] != list(Approach):
            raise ValueError(f"there must be one rung each, in this order: {', '.join(Approach)}")
        return self


def _said(cost: Sophistication) -> Sophistication:
    if cost is Sophistication.UNSAID:
        raise ValueError("the text is empty")
    return cost


class ModellingApproach(Entry):
    """A kind of model for a type of data, with the baseline that it has to beat."""

    id: Identifier
    title: Line
    data_type: DataType
    task: ModelTask
    method: Text
    baseline: Text
    metrics: Annotated[tuple[Identifier, ...], Ref("model_metrics"), Field(min_length=1)]
    data_volume: Text
    labelling: Text
    serving_cost: Annotated[Sophistication, AfterValidator(_said)]
    latency: Latency
    pitfalls: Text


class ModellingPack(Pack):
    """Kinds of model."""

    approaches: tuple[ModellingApproach, ...] = Field(min_length=1)


LADDER: Final = PackKind(
    "approaches", "Approaches", LadderPack, "ladder", Rung, "rungs", whole=True
)
MODELLING: Final = PackKind(
    "modelling_approaches",
    "Modelling approaches",
    ModellingPack,
    "modelling",
    ModellingApproach,
    "approaches",
)
