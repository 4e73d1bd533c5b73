"""What a scoring method is, and what methods share."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scoper.errors import InvalidInput
from scoper.scoring.balanced import Scores, check_dimensions, spread
from scoper.scoring.evaluate import Recipe, Weigh, evaluate, no_weight, reciprocal
from scoper.scoring.formula.stated import Tier, tier_of
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.normalisation import Normalisation, steps_of
from scoper.scoring.parameters import Parameter, Parameters, checked, stored
from scoper.scoring.paths import Path
from scoper.scoring.table import DecisionTable
from scoper.terms import Dimension
from scoper.text import join

OWN: Final = "formula"
"""The method that a portfolio states itself."""

Naming: TypeAlias = Callable[[str], str]


class Weighing(Enum):
    """Over what the weights of a method are spread."""

    WITHIN = "within their dimension"
    ACROSS = "across all criteria"
    NONE = "not at all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A way to score a matrix.

    ``lowest`` and ``highest`` are the range of its score, ``highest`` infinite where only the
    scales bound it. ``list_dependent`` tells whether adding or removing one alternative can move
    the score of another. ``weighing`` is what the weights are shares of. ``criteria`` are keys the
    formula needs; ``decimals`` is how finely a score is shown.

    ``score`` gives a score for each row, NaN where incomplete. ``parameters`` is what it assumes
    besides: each value is there when it is asked. ``contributions(matrix, parameters, row)``
    splits a score over the criteria, shape (criteria,); None where it cannot be split honestly.
    ``besides`` names what else enters the score of a row, with its points. ``working(scores,
    parameters, row)`` works the score of a row out, as titles with lines of arithmetic; None where
    formula and parameters must do.

    ``unscaled(score, parameters)`` is what is ranked where a scaling of the score must not move
    a rank. ``paths`` says by name how that moves along each parameter for which it can be solved,
    times any factor that is the same for all. ``break_even`` is the score at which expected gain
    equals ``loss_weight`` times expected loss; both are None where a method does not weigh one
    against the other. Criteria of the dimension ``likely`` act through the likelihood of success:
    their contributions are parts of it, not points of the score. ``raw`` scores a published table
    as the literature does, unless the table asks for another normalisation; None where the method
    needs scales or criteria of its own. ``tiers`` are classes of scores, the highest
    first. ``cells`` writes the formula of a spreadsheet, given how it names the rating on a
    criterion and its value in [0, 1]; None where the workbook knows the formula or has none.
    """

    id: str
    title: str
    formula: str
    source: str
    lowest: float
    highest: float
    list_dependent: bool
    weighing: Weighing
    score: Callable[[Matrix, Parameters], Array]
    parameters: tuple[Parameter, ...] = ()
    criteria: tuple[str, ...] = ()
    decimals: int = 1
    contributions: Callable[[Matrix, Parameters, int], Array] | None = None
    enough_parts: Callable[[Matrix, Parameters, int], Array] | None = None
    besides: Callable[[Matrix, Parameters, int], Mapping[str, float]] | None = None
    working: Callable[[Scores, Parameters, int], list[tuple[str, str]]] | None = None
    unscaled: Callable[[Array, Parameters], Array] | None = None
    paths: Callable[[Matrix, Parameters], Mapping[str, Path]] | None = None
    break_even: float | None = None
    loss_weight: Callable[[Parameters], float] | None = None
    likely: Dimension | None = None
    raw: Callable[[DecisionTable], Array] | None = None
    tiers: tuple[Tier, ...] = ()
    cells: Callable[[Naming, Naming], str] | None = None

    @property
    def has_break_even(self) -> bool:
        """Whether the score weighs expected gain against expected loss."""
        return self.break_even is not None

    @property
    def range(self) -> str:
        """The range of the score in words."""
        low, high = (f"{end:g}".replace("-", "−") for end in (self.lowest, self.highest))
        if math.isinf(self.lowest):
            return "no finite end" if math.isinf(self.highest) else f"{high} and less"
        return f"{low} and more" if math.isinf(self.highest) else f"{low} to {high}"

    def tier(self, score: float | None) -> str:
        """Return the tier of a score; empty where there is none."""
        return "" if score is None else tier_of(self.tiers, score)

    def stored_in(self, portfolio: Mapping[str, Parameters]) -> Parameters:
        """Return the parameters that a portfolio holds for this method."""
        return stored(self.parameters, portfolio.get(self.id, {}))

    def at(self, given: Mapping[str, Any]) -> Parameters:
        """Return a value for each parameter: the one given, else its default.

        Raises:
            InvalidInput: there is no parameter of that name, or a value is not possible.
        """
        return checked(self.parameters, given)

    def merit(self, score: Array, parameters: Parameters) -> Array:
        """Return what is ranked: the score, without a scaling that could move a rank."""
        return self.unscaled(score, parameters) if self.unscaled else score

    def fits(self, keys: Collection[str]) -> bool:
        """Return whether criteria of these keys are all that the formula needs."""
        return set(self.criteria).issubset(keys)

    def check(self, matrix: Matrix) -> None:
        """Make sure that the method applies to the criteria of a matrix.

        Raises:
            InvalidInput: criteria it needs are missing, or weights it needs are 0.
        """
        if not self.fits(matrix.keys):
            absent = [key for key in self.criteria if key not in matrix.keys]
            raise InvalidInput(
                f"{self.title} needs the criteria {join(list(self.criteria))}; "
                f"{join(absent)} {'is' if len(absent) == 1 else 'are'} missing.",
                "Change the formula, or choose another method."
                if self.id == OWN
                else f"Apply the criteria scheme “{self.id}”, or choose another method.",
                field="method",
            )
        if self.weighing is Weighing.WITHIN:
            check_dimensions(matrix)
        elif self.weighing is Weighing.ACROSS and not (matrix.weights > 0).any():
            raise no_weight()

    def counts(self, matrix: Matrix) -> NDArray[np.bool_]:
        """Return which criteria must have a value, shape (criteria,)."""
        if self.criteria:
            return np.array([key in self.criteria for key in matrix.keys], dtype=np.bool_)
        return matrix.weights > 0

    def shares(self, matrix: Matrix) -> Array:
        """Return what share of the weight each criterion has, shape (criteria,); 0 if unweighted.

        Raises:
            InvalidInput: as ``check``.
        """
        self.check(matrix)
        return self.spread(matrix)

    def whole(self, dimension: Dimension) -> str:
        """Return what the weight of a criterion is a share of, in words; empty if unweighted."""
        within = dimension.label.lower() if self.weighing is Weighing.WITHIN else "all"
        return "" if self.weighing is Weighing.NONE else within

    def spread(self, matrix: Matrix) -> Array:
        """Return shares as ``shares``, 0 where there is no weight yet to have one of."""
        if self.weighing is Weighing.WITHIN:
            return spread(matrix)
        if self.weighing is Weighing.NONE:
            return np.zeros(len(matrix.weights))
        total = matrix.weights.sum()
        share: Array = matrix.weights / (total if total > 0 else 1.0)
        return share


def weighed(matrix: Matrix, recipe: Recipe, *, factor: float = 1.0) -> Array:
    """Score the complete rows of a matrix by a recipe, times ``factor``; NaN for the others.

    Incomplete rows are no part of the list for the others either.

    Raises:
        InvalidInput: no weight is above 0.
    """
    complete = matrix.complete
    values = matrix.values if complete.all() else matrix.values[complete]
    score = np.full(len(complete), np.nan)
    score[complete] = factor * evaluate(values, matrix.weights, matrix.falling, recipe)
    return score


def evaluate_table(
    table: DecisionTable, weigh: Weigh, usual: Normalisation, *, product: bool = False
) -> Array:
    """Score a published table by what ``weigh`` makes of comparable columns.

    Args:
        table: the table, which may ask for another normalisation than the ``usual`` one.
        weigh: the last step of a ``Recipe``.
        usual: how the literature makes the columns comparable for this method.
        product: whether values are raised to a power, so that none may be negative.

    Raises:
        InvalidInput: values cannot be made comparable so; names one.
    """
    normalisation = table.normalisation or usual
    table.check_sizes(normalisation, product)
    orient, scale = steps_of(normalisation, table.falling[table.weights > 0])
    if product and normalisation is Normalisation.NONE:
        orient = reciprocal
    return evaluate(table.values, table.weights, table.falling, Recipe(orient, scale, weigh))


def quotient(matrix: Matrix, top: Array, bottom: Array, what: str) -> Array:
    """Return ``top / bottom``, NaN where either is missing.

    Raises:
        InvalidInput: ``bottom`` is not above 0; names the alternative and ``what`` it is.
    """
    wrong = bottom <= 0
    if wrong.any():
        row = int(np.argmax(wrong))
        name = f"“{matrix.names[row]}”" if matrix.names else f"number {row + 1}"
        raise InvalidInput(
            f"The {what} of {name} is {bottom[row]:g}; dividing by it gives no score.",
            f"Rate its {what} above 0.",
            field=what,
        )
    result: Array = top / bottom
    return result
