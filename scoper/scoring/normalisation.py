"""How the columns of a published table are made comparable before they are weighed."""

from __future__ import annotations

from scoper.scoring import evaluate as steps
from scoper.scoring.evaluate import Falling, Orient, Scale
from scoper.scoring.matrix import Array
from scoper.terms import Term


class Normalisation(Term):
    """What becomes of a value x of a column, and where less is better; by pymcdm's names.

    All but ``NONE`` turn columns round so that more is better in each.
    """

    SUM = "sum", "x / Σx; 1/x over the sum of these where less is better"
    MAX = "max", "x / max; 1 − x / max where less is better"
    MINMAX = "minmax", "(x − min) / (max − min), 1 where all are equal; 1 minus it where less is"
    VECTOR = "vector", "x / √Σx²; 1 − x / √Σx² where less is better"
    NONE = "none", "x; −x where less is better, 1/x in a product"


def steps_of(normalisation: Normalisation, falling: Falling) -> tuple[Orient, Scale]:
    """Return how to orient and how to scale the columns; ``falling`` is of those that count."""

    def lifted(scale: Scale) -> Scale:
        def run(values: Array) -> Array:
            scaled = scale(values)
            scaled[:, falling] += 1
            return scaled

        return run

    return {
        Normalisation.SUM: (steps.reciprocal, steps.by_sum),
        Normalisation.MAX: (steps.negated, lifted(steps.by_largest)),
        Normalisation.MINMAX: (steps.negated, steps.by_range),
        Normalisation.VECTOR: (steps.negated, lifted(steps.by_norm)),
        Normalisation.NONE: (steps.negated, steps.as_given),
    }[normalisation]
