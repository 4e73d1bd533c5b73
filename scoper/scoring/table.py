"""A decision table as it is published: raw values with weights and directions, no anchors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoper.errors import InvalidInput
from scoper.scoring.evaluate import Falling
from scoper.scoring.matrix import Array
from scoper.scoring.normalisation import Normalisation
from scoper.scoring.preferences import USUAL, Preference


@dataclass(frozen=True, eq=False)
class DecisionTable:
    """Raw values of shape (alternatives, criteria), finite, on any scale.

    ``weights`` (criteria,) are ≥ 0; ``falling`` (criteria,) tells where less is better.
    ``preferences`` holds one shape per criterion, for PROMETHEE II. ``normalisation`` is how
    columns are made comparable; None leaves that to the method.
    """

    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]
    weights: Array
    falling: Falling
    values: Array
    preferences: tuple[Preference, ...] = ()
    normalisation: Normalisation | None = None

    def __post_init__(self) -> None:
        """Check weights and values.

        Raises:
            InvalidInput: a weight is negative or none is above 0, or a value is not finite.
        """
        for name, weight in zip(self.criteria, self.weights.tolist(), strict=True):
            if not (np.isfinite(weight) and weight >= 0):
                raise InvalidInput(
                    f"The weight of “{name}” is negative or not a number.",
                    "Enter 0 or more.",
                    field="weight",
                )
        if not (self.weights > 0).any():
            raise InvalidInput(
                "All weights are 0.",
                "Give at least one criterion a weight above 0.",
                field="weight",
            )
        self._refuse(~np.isfinite(self.values), "is not a finite number", "Enter a number.")

    def preference(self, used: Falling) -> tuple[Preference, ...]:
        """Return the preference shapes of the criteria in ``used``; usual unless given."""
        shapes = self.preferences or (USUAL,) * len(self.criteria)
        return tuple(shape for shape, counts in zip(shapes, used, strict=True) if counts)

    def check_sizes(self, normalisation: Normalisation, product: bool) -> None:
        """Make sure that values can be divided and, in a product, raised to a power.

        Raises:
            InvalidInput: a value is negative, one to be inverted is 0, or a column is all 0.
        """
        inverted = normalisation is Normalisation.SUM or (
            product and normalisation is Normalisation.NONE
        )
        divided = inverted or normalisation is Normalisation.MAX
        if normalisation is Normalisation.MINMAX or not (divided or product):
            return
        if self.values.size and self.values.min() > 0:
            return
        counts = self.weights > 0
        remedy = "Choose TOPSIS, PROMETHEE II or `minmax` for such values, or mend the table."
        self._refuse((self.values < 0) & counts, "is below 0", remedy)
        if inverted:
            zero = (self.values == 0) & counts & self.falling
            self._refuse(zero, "is 0, where less is better", remedy)
        empty = counts & ~(self.values > 0).any(axis=0)
        if divided and len(self.values) and empty.any():
            name = self.criteria[int(np.argmax(empty))]
            raise InvalidInput(f"All values of “{name}” are 0.", remedy, field=name)

    def _refuse(self, wrong: Falling, what: str, remedy: str) -> None:
        if wrong.any():
            row, column = (int(place) for place in np.argwhere(wrong)[0])
            name = self.criteria[column]
            raise InvalidInput(
                f"The value of “{self.alternatives[row]}” on “{name}” {what}.", remedy, field=name
            )
