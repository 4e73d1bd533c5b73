"""Metrics: what the business counts, what a model is measured by, and how goals lead to them."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from scoper.library.packs import Entry, Identifier, Line, Pack, PackKind, Ref, Text
from scoper.terms import Direction, ModelTask


class Metric(Entry):
    """A business metric; ``also`` are other names by which people look for it.

    ``owner`` usually reports it and ``sponsor`` answers for it; ``guardrails`` are the metrics
    that must not get worse while it improves; ``model_metrics`` those of a model that drive it.
    """

    id: Identifier
    title: Line
    also: tuple[Line, ...] = ()
    definition: Text
    formula: Text
    unit: Line
    direction: Direction
    owner: Line
    sponsor: Line
    guardrails: Annotated[tuple[Identifier, ...], Ref("metrics"), Field(min_length=1)]
    model_metrics: Annotated[tuple[Identifier, ...], Ref("model_metrics")] = ()
    gaming: Text


class MetricPack(Pack):
    """Business metrics."""

    metrics: tuple[Metric, ...] = Field(min_length=1)


class ModelMetric(Entry):
    """A measure of a model on one task; ``also`` are other names by which people look for it.

    ``meaning`` says what a value means to the business, ``caution`` when it misleads.
    """

    id: Identifier
    title: Line
    also: tuple[Line, ...] = ()
    task: ModelTask
    definition: Text
    range: Line
    direction: Direction
    meaning: Text
    caution: Text


class ModelMetricPack(Pack):
    """Measures of models."""

    metrics: tuple[ModelMetric, ...] = Field(min_length=1)


class Goal(Entry):
    """A business goal, the root of a KPI tree: its metrics lead on to those of the model."""

    id: Identifier
    title: Line
    question: Text
    kpis: Annotated[tuple[Identifier, ...], Ref("metrics"), Field(min_length=2)]


class GoalPack(Pack):
    """Business goals."""

    goals: tuple[Goal, ...] = Field(min_length=1)


METRICS: Final = PackKind("metrics", "Business metrics", MetricPack, "metrics", Metric, "metrics")
MODEL_METRICS: Final = PackKind(
    "model_metrics", "Model metrics", ModelMetricPack, "model-metrics", ModelMetric, "metrics"
)
GOALS: Final = PackKind("goals", "Business goals", GoalPack, "goals", Goal, "goals")
