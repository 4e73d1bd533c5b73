"""What is drawn at random: weights, ratings and the assumptions of the metric.

Weights, ratings and assumptions each come from a stream of their own that is read draw by draw, so
the same seed gives the same draws whatever else is asked for and however many are taken at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scoper.errors import InvalidInput
from scoper.scoring.group import aggregate
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import Weighing
from scoper.scoring.parameters import Parameter, Parameters, named
from scoper.terms import Aggregation, Dimension

Columns: TypeAlias = NDArray[np.intp]

# ---------------------------------------------------------------- weights


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every division of the weights is as likely as any other: uniform on the simplex."""

    def chances(self, rng: np.random.Generator, count: int, criteria: int) -> Array:
        """Return what ``amounts`` makes weights of, shape (count, criteria)."""
        return rng.standard_exponential((count, criteria))

    def amounts(self, chances: Array, weights: Array) -> Array:
        """Return weights of any sum; exponential ones have uniform shares."""
        return chances


@dataclass(frozen=True, slots=True)
class Around:
    """Each weight lies anywhere within ± ``share`` of what it is now, then they are normalised.

    ``share`` in (0, 1].
    """

    share: float

    def __post_init__(self) -> None:
        """Check the range.

        Raises:
            InvalidInput: ``share`` is not in (0, 1].
        """
        if not 0 < self.share <= 1:
            raise InvalidInput(
                "How far weights may move must be above 0 and at most 1.",
                "Write for example around:0.3 for 30 % up or down.",
                field="weights",
            )

    def chances(self, rng: np.random.Generator, count: int, criteria: int) -> Array:
        """Return by what each weight is multiplied, shape (count, criteria)."""
        return rng.uniform(1 - self.share, 1 + self.share, (count, criteria))

    def amounts(self, chances: Array, weights: Array) -> Array:
        """Return weights of any sum."""
        return weights * chances


@dataclass(frozen=True, slots=True)
class Ordered:
    """Uniform on the simplex among the weights that keep the order of the current ones.

    Criteria whose weights are equal now may fall in either order.
    """

    def chances(self, rng: np.random.Generator, count: int, criteria: int) -> Array:
        """Return sizes and, beside them, what shuffles equals; shape (count, criteria, 2)."""
        return rng.standard_exponential((count, criteria, 2))

    def amounts(self, chances: Array, weights: Array) -> Array:
        """Return weights of any sum, in the order of ``weights``."""
        sizes = np.sort(chances[:, :, 0], axis=1)
        order = np.argsort(weights, kind="stable")
        ends = np.flatnonzero(np.diff(weights[order])) + 1
        for alike in np.split(np.arange(len(order)), ends):
            shuffled = chances[:, alike, 1].argsort(axis=1)
            sizes[:, alike] = np.take_along_axis(sizes[:, alike], shuffled, axis=1)
        amounts = np.empty_like(sizes)
        amounts[:, order] = sizes
        return amounts


WeightDraws: TypeAlias = Uniform | Around | Ordered


def parse_weights(text: str) -> WeightDraws:
    """Return what ``uniform``, ``around:SHARE`` or ``ordered`` stands for.

    Raises:
        InvalidInput: it is none of these, or the share is not in (0, 1].
    """
    name, _, amount = text.partition(":")
    if name == "around" and amount:
        try:
            return Around(float(amount))
        except ValueError:
            pass
    elif text in ("uniform", "ordered"):
        return Uniform() if text == "uniform" else Ordered()
    raise InvalidInput(
        f"“{text}” is not a way to draw weights.",
        "Choose uniform, ordered, or around: and a share, such as around:0.3.",
        field="weights",
    )


def weight_groups(matrix: Matrix, weighing: Weighing) -> tuple[Columns, ...]:
    """Return which criteria share one weight total: those of a dimension, or all of them.

    Criteria of weight 0 are in no group: they stay at 0, as if they were absent. A method that
    weighs nothing has no groups.

    Raises:
        InvalidInput: a group has no criterion with a positive weight.
    """
    if weighing is Weighing.NONE:
        return ()
    counting = np.flatnonzero(matrix.weights > 0)
    if weighing is Weighing.ACROSS:
        if not counting.size:
            raise InvalidInput(
                "No criterion has a weight above 0.",
                "Give at least one of them a positive weight.",
                field="weight",
            )
        return (counting,)
    groups = [
        (dimension, np.intersect1d(matrix.columns(dimension), counting)) for dimension in Dimension
    ]
    for dimension, columns in groups:
        if not columns.size:
            raise InvalidInput(
                f"No criterion of {dimension.label.lower()} has a weight above 0.",
                "Give at least one of them a positive weight.",
                field="weight",
            )
    return tuple(columns for _, columns in groups)


def sample_weights(
    draws: WeightDraws,
    rng: np.random.Generator,
    count: int,
    weights: Array,
    groups: Sequence[Columns],
) -> Array:
    """Return ``count`` draws of all weights, shape (count, criteria).

    The shares of each group sum to 1; criteria in no group have 0.
    """
    drawn = np.zeros((count, len(weights)))
    chances = draws.chances(rng, count, sum(map(len, groups)))
    start = 0
    for columns in groups:
        own = chances[:, start : start + len(columns)]
        amounts = draws.amounts(own, weights[columns])
        drawn[:, columns] = amounts / amounts.sum(axis=1, keepdims=True)
        start += len(columns)
    return drawn


# ---------------------------------------------------------------- ratings


class RatingDraws(Protocol):
    """A way to draw values of shape (draws, alternatives, criteria) in [0, 1]."""

    def sample(self, rng: np.random.Generator, count: int) -> Array:
        """Return ``count`` draws."""


@dataclass(frozen=True, slots=True, eq=False)
class Resampled:
    """The participants are a sample themselves: as many are drawn again, with replacement.

    The bootstrap of Efron (1979). ``values`` has shape (alternatives, criteria, participants),
    NaN where there is no rating; ``voices`` are the participants' weights, shape (participants,)
    or (criteria, participants). Where a draw holds nobody who rated a cell, ``group``, the value
    of all participants, stands; shape (alternatives, criteria).
    """

    values: Array
    voices: Array
    how: Aggregation
    group: Array

    def __post_init__(self) -> None:
        """Check that there is somebody to draw.

        Raises:
            InvalidInput: there are fewer than two participants.
        """
        if self.values.shape[2] < 2:
            raise InvalidInput(
                "Resampling needs ratings of at least two participants.",
                "Use the ratings as given, or let more people rate.",
                field="ratings",
            )

    def sample(self, rng: np.random.Generator, count: int) -> Array:
        """Return ``count`` draws of the group's values."""
        people = self.values.shape[2]
        chosen = rng.integers(0, people, (count, people))
        if self.how is Aggregation.MEAN:
            return self._means(chosen)
        drawn = np.stack(
            [aggregate(self.values[:, :, w], self.voices[..., w], self.how) for w in chosen]
        )
        return np.where(np.isnan(drawn), self.group, drawn)

    def _means(self, chosen: NDArray[np.int64]) -> Array:
        """Return weighted means from how often each participant was drawn."""
        people = self.values.shape[2]
        times = (chosen[:, :, None] == np.arange(people)).sum(axis=1).astype(np.float64)
        weight = np.where(np.isnan(self.values), 0.0, self.voices)
        weighted = weight * np.nan_to_num(self.values)
        shape = (len(chosen), *self.values.shape[:2])
        total = (times @ weight.reshape(-1, people).T).reshape(shape)
        means: Array = (times @ weighted.reshape(-1, people).T).reshape(shape)
        rated = total > 0
        np.divide(means, total, out=means, where=rated)
        np.clip(means, 0.0, 1.0, out=means)
        np.copyto(means, self.group, where=~rated)
        return means


WIDEST: Final = 0.25
"""Half the width of the triangle around a rating of which people are not confident at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Triangular:
    """Each value lies in a triangle around the given one: the surer people are, the narrower.

    ``values`` in [0, 1], shape (alternatives, criteria). ``confidence`` in [0, 1], same shape or
    a number: 1 leaves a value as given, 0 lets it lie up to ``WIDEST`` above or below. The
    triangle ends at 0 and 1, the ends of the scale.
    """

    values: Array
    confidence: Array

    def __post_init__(self) -> None:
        """Check the range.

        Raises:
            InvalidInput: a confidence is not in [0, 1].
        """
        if not ((self.confidence >= 0) & (self.confidence <= 1)).all():
            raise InvalidInput(
                "A stated confidence is not between 0 and 1.",
                "Enter 0 for a guess and 1 for a certain rating.",
                field="confidence",
            )

    def sample(self, rng: np.random.Generator, count: int) -> Array:
        """Return ``count`` draws of the values (inverse of the distribution function)."""
        reach = WIDEST * (1 - np.broadcast_to(self.confidence, self.values.shape))
        low, high = np.maximum(self.values - reach, 0.0), np.minimum(self.values + reach, 1.0)
        below, above, width = self.values - low, high - self.values, high - low
        chance = rng.random((count, *self.values.shape))
        rising = low + np.sqrt(chance * width * below)
        falling = high - np.sqrt((1 - chance) * width * above)
        drawn: Array = np.clip(np.where(chance * width < below, rising, falling), low, high)
        return drawn


# ---------------------------------------------------------------- assumptions


DrawnParameters: TypeAlias = Mapping[str, Array]
"""Values of each parameter by name, of shape (draws,), or (1,) for all draws."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Ranges within which parameters of a method may lie, by name; others stay as given."""

    stated: Sequence[Parameter] = ()
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check that both ends of every range are possible.

        Raises:
            InvalidInput: there is no such parameter, or a range is the wrong way round or
                outside what its parameter allows.
        """
        for name, (low, high) in self.ranges.items():
            parameter = named(self.stated, name)
            if not (parameter.allows(low) and parameter.allows(high) and low <= high):
                raise InvalidInput(
                    f"The range of {parameter.title.lower()} is not possible.",
                    f"Enter the lower end first; both are {parameter.range}.",
                    field=name,
                )

    def sample(self, rng: np.random.Generator, count: int, at: Parameters) -> DrawnParameters:
        """Return ``count`` uniform draws; two that are drawn the wrong way round are swapped."""
        asked = [each.name for each in self.stated if each.name in self.ranges]
        chances = dict(zip(asked, rng.random((count, len(asked))).T, strict=True))
        drawn = {
            name: _between(self.ranges[name], chances[name])
            if name in chances
            else np.array([value], dtype=np.float64)
            for name, value in at.items()
        }
        for each in self.stated:
            if each.at_most:
                one, other = drawn[each.name], drawn[each.at_most]
                drawn[each.name] = np.minimum(one, other)
                drawn[each.at_most] = np.maximum(one, other)
        return drawn

    @property
    def vary(self) -> bool:
        """Whether anything is drawn."""
        return bool(self.ranges)


def at_draw(drawn: DrawnParameters, draw: int) -> Parameters:
    """Return the parameters of one draw."""
    return {name: float(values[min(draw, len(values) - 1)]) for name, values in drawn.items()}


def repeated(drawn: DrawnParameters, times: int) -> DrawnParameters:
    """Return each draw ``times`` in a row."""
    return {
        name: values if len(values) == 1 else values.repeat(times) for name, values in drawn.items()
    }


def _between(ends: tuple[float, float], chances: Array) -> Array:
    values: Array = ends[0] + (ends[1] - ends[0]) * chances
    return values
