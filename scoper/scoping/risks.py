"""The risk register: how serious a risk is, what is left of it, where raters see it otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scoper.errors import InvalidInput
from scoper.snapshot import Criterion, Risk
from scoper.terms import Dimension, RiskCategory, RiskLevel

_L, _M, _H, _E = RiskLevel
_MATRIX: Final = (
    (_L, _L, _M, _H, _H),
    (_L, _L, _M, _H, _E),
    (_L, _M, _H, _E, _E),
    (_M, _H, _H, _E, _E),
    (_H, _H, _E, _E, _E),
)
"""Rows: likelihood 1 to 5; columns: severity 1 to 5."""

STEP: Final = 0.25
"""One step of a scale with five levels, as a share of the scale."""


class View(StrEnum):
    """How the register and the ratings of a category compare."""

    AGREE = "agree"
    REGISTER_HIGHER = "register_higher"
    RATINGS_HIGHER = "ratings_higher"
    NOT_REGISTERED = "not_registered"
    NOT_RATED = "not_rated"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The register beside the ratings of one category.

    ``registered`` and ``rated`` lie in [0, 1], or are None where nothing is graded or rated;
    ``worst`` is the risk that ``registered`` comes from.
    """

    category: RiskCategory
    registered: float | None
    rated: float | None
    worst: Risk | None
    view: View

    @property
    def disagrees(self) -> bool:
        """Whether somebody should talk about it."""
        return self.view in (View.REGISTER_HIGHER, View.RATINGS_HIGHER, View.NOT_REGISTERED)

    @property
    def sentence(self) -> str:
        """The comparison in words."""
        name = self.category.label.lower()
        worst = f"“{self.worst.title}”" if self.worst else ""
        return {
            View.AGREE: f"Register and ratings agree on {name} risk.",
            View.REGISTER_HIGHER: f"The register sees more {name} risk than the raters: "
            f"{worst} is graded higher than they rate.",
            View.RATINGS_HIGHER: f"The raters see more {name} risk than the register: "
            "a risk may be missing or graded too low.",
            View.NOT_REGISTERED: f"The raters see {name} risk, but the register has no graded "
            "risk of this kind.",
            View.NOT_RATED: f"{worst} is in the register, but nobody rated {name} risk.",
            View.NOTHING: f"There is neither a graded nor a rated {name} risk.",
        }[self.view]


def level(likelihood: int, severity: int) -> RiskLevel:
    """Return how serious a risk is; never milder when likelihood or severity is higher.

    The matrix is that of AS/NZS 4360:1999, Table E3: a rare catastrophe is high, not moderate
    as a product of the two grades would have it.

    Args:
        likelihood: 1 (would surprise us) to 5 (expected).
        severity: 1 (a nuisance) to 5 (ends the project).

    Raises:
        InvalidInput: a grade is not a whole number from 1 to 5.
    """
    row, column = _grade(likelihood, "likelihood"), _grade(severity, "severity")
    return _MATRIX[row - 1][column - 1]


def inherent(risk: Risk) -> tuple[int, int] | None:
    """Return likelihood and severity before mitigation; None until both are graded."""
    return _both(risk.likelihood, risk.severity)


def left_over(risk: Risk) -> tuple[int, int] | None:
    """Return likelihood and severity after mitigation; None until both are graded."""
    return _both(risk.residual_likelihood, risk.residual_severity)


def outlook(risk: Risk) -> str:
    """Return how serious a risk is before and after its mitigation, in words."""
    before, after = inherent(risk), left_over(risk)
    words = _said(before) if before else "not graded"
    if after:
        return f"{words}; {_said(after)} once mitigated"
    return words


def _both(likelihood: int | None, severity: int | None) -> tuple[int, int] | None:
    return None if likelihood is None or severity is None else (likelihood, severity)


def _said(grades: tuple[int, int]) -> str:
    likelihood, severity = grades
    name = level(likelihood, severity).label.lower()
    return f"{name} (likelihood {likelihood}, severity {severity})"


def position(likelihood: int, severity: int) -> float:
    """Return a risk as one value in [0, 1], comparable with a rating v = (r − 1)/4.

    It is the geometric mean of the two grades on that scale, (√(l·s) − 1)/4: 0 at 1 and 1,
    1 at 5 and 5, and grade g when both are g.

    Raises:
        InvalidInput: a grade is not a whole number from 1 to 5.
    """
    product = _grade(likelihood, "likelihood") * _grade(severity, "severity")
    return float((product**0.5 - 1) / 4)


def rated_risk(
    criteria: Sequence[Criterion], values: Sequence[float | None]
) -> dict[RiskCategory, float | None]:
    """Return the weighted mean of the group's risk values by category, in [0, 1].

    ``values`` holds one value in [0, 1] for each criterion, None where nobody rated. Criteria
    without a value or with weight 0 are left out; a category without any is None.
    """
    found: dict[RiskCategory, float | None] = {}
    for category in RiskCategory:
        pairs = [
            (criterion.weight, value)
            for criterion, value in zip(criteria, values, strict=True)
            if criterion.dimension is Dimension.RISK
            and criterion.category is category
            and criterion.weight > 0
            and value is not None
        ]
        total = sum(weight for weight, _ in pairs)
        found[category] = sum(w * v for w, v in pairs) / total if pairs else None
    return found


def compare(
    register: Iterable[Risk], rated: Mapping[RiskCategory, float | None]
) -> tuple[Comparison, ...]:
    """Return, for each category, whether the register and the ratings disagree.

    The worst graded risk stands for its category. They disagree when they are more than one
    step (a quarter of the scale) apart, or when risk is rated above the lower quarter although
    nothing of the kind is registered.
    """
    risks = tuple(register)
    return tuple(_compare(category, risks, rated.get(category)) for category in RiskCategory)


def _compare(category: RiskCategory, risks: Iterable[Risk], rated: float | None) -> Comparison:
    graded = [
        (position(risk.likelihood, risk.severity), risk)
        for risk in risks
        if risk.category is category and risk.likelihood is not None and risk.severity is not None
    ]
    registered, worst = max(graded, key=lambda pair: pair[0], default=(None, None))
    return Comparison(category, registered, rated, worst, _view(registered, rated))


def _view(registered: float | None, rated: float | None) -> View:
    if registered is None:
        if rated is None:
            return View.NOTHING
        return View.NOT_REGISTERED if rated > STEP + 1e-9 else View.AGREE
    if rated is None:
        return View.NOT_RATED
    if abs(registered - rated) <= STEP + 1e-9:
        return View.AGREE
    return View.REGISTER_HIGHER if registered > rated else View.RATINGS_HIGHER


def _grade(value: int, field: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
        raise InvalidInput(
            f"The {field} must be a whole number from 1 to 5.", "Enter 1 to 5.", field=field
        )
    return value
