"""Commands on the portfolio itself: making one, and how it is scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import numpy as np

from scoper.commands.checks import seen_in, valid, valid_row
from scoper.commands.labels import quoted
from scoper.errors import Conflict, InvalidInput
from scoper.library import CriteriaScheme, RoleSpec, criteria_scheme, default_roles
from scoper.library.criteria import DEFAULT_SCHEME
from scoper.model import (
    AnchorRow,
    CriterionFields,
    CriterionRow,
    PortfolioFields,
    PortfolioRow,
    RatingRow,
    RoleFields,
    RoleRow,
    Row,
)
from scoper.scoring.formula.stated import Stated, canonical, formula_texts, restated
from scoper.scoring.matrix import Matrix
from scoper.scoring.methods import BALANCED, OWN, Method, method
from scoper.scoring.methods.own import check_names, own_method, starter
from scoper.scoring.parameters import as_number, named
from scoper.snapshot import Changes
from scoper.store import Store
from scoper.store.unit import Seen, Unit, check_seen
from scoper.terms import Dimension
from scoper.text import cited, join, plural

Move = tuple[float, float]
"""From what something was moved to what."""


def create(
    store: Store,
    *,
    title: str,
    currency: str = "EUR",
    organisation: str = "",
    scheme_id: str = DEFAULT_SCHEME,
) -> Changes:
    """Put an empty portfolio with a criteria scheme, its method and the default roles into a file.

    Raises:
        InvalidInput: a value does not fit, or there is no such scheme; nothing is written.
    """
    scheme = criteria_scheme(scheme_id)
    values = valid_row(
        PortfolioFields,
        {
            "title": title,
            "currency": currency,
            "organisation": organisation,
            "method": scheme.method,
            "parameters": {
                BALANCED: dict(method(BALANCED).at({})),
                scheme.method: dict(scheme.scored_by.at(scheme.parameters)),
            },
            "formula": scheme.stated,
        },
    )
    with store.write(f"New portfolio {values['title']}", undoable=False) as unit:
        check_empty(unit)
        portfolio = PortfolioRow(**values)
        unit.add(portfolio, *scheme_rows(portfolio.id, scheme))
        unit.add(*role_rows(portfolio.id, default_roles()))
        return unit.changes()


def set_field(store: Store, *, field: str, value: Any, seen: Seen = None) -> Changes:
    """Change the title, the currency, how ratings are combined, or the method.

    Raises:
        InvalidInput: the value does not fit, or the method cannot score these criteria.
        Overtaken: the field holds something else than what was ``seen`` in it.
    """
    checked = valid(PortfolioFields, field, value)
    with store.write(f"Change {quoted(PortfolioFields, field)}") as unit:
        portfolio = the_portfolio(unit)
        if field == "method":
            if checked == OWN and not _names_what_is_there(unit, portfolio):
                start = starter(_sides(unit, portfolio.id))
                _state(unit, portfolio, {"text": start, "parameters": ""})
            _method(unit, checked).check(_criteria_matrix(unit, portfolio.id))
        known = seen_in(PortfolioFields, field, seen)
        unit.update(PortfolioRow, portfolio.id, seen=known, **{field: checked})
        return unit.changes()


def set_parameter(
    store: Store, *, name: str, value: Any, method_id: str | None = None, seen: Seen = None
) -> Changes:
    """Change a parameter of a method, by default of the one that scores.

    Raises:
        InvalidInput: the method has no such parameter, or the value is not possible.
        Overtaken: the parameter has another value than what was ``seen``.
    """
    with store.write("Change parameter") as unit:
        portfolio = the_portfolio(unit)
        chosen = _method(unit, method_id or portfolio.method)
        parameter = named(chosen.parameters, name)
        unit.label = f"Change {cited(parameter.label)}"
        number = as_number(value)
        known = None if seen is None else [as_number(each) for each in seen]
        check_seen(chosen.stored_in(portfolio.parameters)[name], known, number)
        _set_parameters(unit, portfolio, chosen, {name: number})
        return unit.changes()


def set_scoring(
    store: Store,
    *,
    method_id: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    weights: Mapping[UUID, Any] | None = None,
    formula: Mapping[str, str] | None = None,
) -> Changes:
    """Change the method, its parameters and criterion weights together, as one step.

    A ``formula`` of the portfolio's own, as ``set_formula`` takes it, is the method from then on.

    Raises:
        InvalidInput: there is no such method or parameter, a value is out of range, or the method
            cannot score what would be left.
    """
    asked = {
        "method": method_id,
        "weights": weights,
        "parameters": parameters,
        "formula": formula,
    }
    changed = join([name for name, value in asked.items() if value is not None]) or "scoring"
    with store.write(f"Change {changed}") as unit:
        portfolio = the_portfolio(unit)
        if formula is not None:
            portfolio = _state(unit, portfolio, formula)
        chosen = _method(unit, method_id or (portfolio.method if formula is None else OWN))
        unit.update(PortfolioRow, portfolio.id, method=chosen.id)
        _set_parameters(unit, portfolio, chosen, parameters or {})
        for criterion_id, weight in (weights or {}).items():
            unit.update(CriterionRow, criterion_id, weight=valid(CriterionFields, "weight", weight))
        check_weights(unit, portfolio.id)
        return unit.changes()


def apply_moves(
    store: Store,
    *,
    method_id: str,
    parameters: Mapping[str, Move],
    weights: Mapping[UUID, Move],
) -> Changes:
    """Take over what was tried of parameters and weights, as one step; nothing else changes.

    Raises:
        InvalidInput: a value is out of range, or the method cannot score what would be left.
        Conflict: another method scores by now, or something that was moved is no longer what it
            was moved from.
    """
    moved = {"weights": weights, "parameters": parameters}
    what = join([name for name, moves in moved.items() if moves]) or "scoring"
    with store.write(f"Change {what}") as unit:
        portfolio = the_portfolio(unit)
        chosen = _method(unit, method_id)
        if portfolio.method != method_id:
            now = _method(unit, portfolio.method)
            raise Conflict(
                f"{cited(now.title)} scores by now: this was tried with {cited(chosen.title)}.",
                "Nothing was applied. Try again with the method that scores now.",
            )
        stored = chosen.stored_in(portfolio.parameters)
        for name, move in parameters.items():
            label = named(chosen.parameters, name).label
            _check_begun(stored[name], move, label)
        for criterion_id, move in weights.items():
            criterion = unit.get(CriterionRow, criterion_id)
            _check_begun(criterion.weight, move, f"Weight of {criterion.title}")
        _set_parameters(unit, portfolio, chosen, {name: to for name, (_, to) in parameters.items()})
        for criterion_id, (_, to) in weights.items():
            weight = valid(CriterionFields, "weight", to)
            unit.update(CriterionRow, criterion_id, weight=weight)
        check_weights(unit, portfolio.id)
        return unit.changes()


def set_formula(store: Store, *, field: str, value: str, seen: Seen = None) -> Changes:
    """Change the ``text``, the ``parameters`` or the ``tiers`` of the portfolio's own formula.

    Parameters are written as in ``caution = 1.5 from 0.5 to 4; reach = 2``, tiers as in
    ``A from 3, B from 1.5, C``. Values of parameters that are no longer possible fall back to
    their defaults.

    Raises:
        InvalidInput: it cannot be read, or names what is not there; says where.
        Overtaken: the field holds something else than what was ``seen`` in it.
    """
    with store.write("Change formula") as unit:
        portfolio = the_portfolio(unit)
        known = None if seen is None else [canonical(field, each or "") for each in seen]
        check_seen(formula_texts(portfolio.formula)[field], known, canonical(field, value))
        _state(unit, portfolio, {field: value})
        check_weights(unit, portfolio.id)
        return unit.changes()


def apply_scheme(store: Store, *, scheme_id: str, drop_ratings: bool = False) -> Changes:
    """Replace all criteria by those of a scheme and score by its method, as one step.

    Ratings on the criteria that go away go with them, so it is refused while there are any,
    unless ``drop_ratings`` says that this is meant.

    Raises:
        InvalidInput: there is no such scheme, or ratings would be lost.
    """
    scheme = criteria_scheme(scheme_id)
    with store.write(f"Use the criteria of {scheme.title}") as unit:
        portfolio = the_portfolio(unit)
        ratings = unit.find(RatingRow)
        if ratings and not drop_ratings:
            raise InvalidInput(
                f"{plural(len(ratings), 'rating')} on the present criteria would be lost.",
                "Say that they may be dropped, or keep the criteria and change only the method.",
                field="scheme",
            )
        present = unit.find(CriterionRow, portfolio_id=portfolio.id)
        if ratings:
            unit.label += f", dropping {plural(len(ratings), 'rating')}"
        if present:
            unit.remove(CriterionRow, *(criterion.id for criterion in present))
        unit.add(*scheme_rows(portfolio.id, scheme))
        kept = dict(portfolio.parameters)
        if scheme.formula:
            kept.pop(OWN, None)
        unit.update(
            PortfolioRow,
            portfolio.id,
            method=scheme.method,
            formula=scheme.stated,
            parameters=kept,
        )
        _set_parameters(unit, the_portfolio(unit), scheme.scored_by, scheme.parameters)
        return unit.changes()


def check_empty(unit: Unit) -> None:
    """Make sure that the file holds no portfolio yet.

    Raises:
        InvalidInput: it holds one; a file never holds two.
    """
    if unit.find(PortfolioRow):
        raise InvalidInput("The file holds a portfolio already.", "Create a new file for this one.")


def the_portfolio(unit: Unit) -> PortfolioRow:
    """Return the portfolio of the file.

    Raises:
        InvalidInput: the file holds none yet.
    """
    found = unit.find(PortfolioRow)
    if not found:
        raise InvalidInput("The file holds no portfolio yet.", "Create one first.")
    return found[0]


def check_weights(unit: Unit, portfolio_id: UUID) -> None:
    """Make sure that criteria and weights leave the portfolio's method something to score.

    Raises:
        InvalidInput: all weights, or all of a dimension the method needs, are 0, or a criterion
            that its formula needs is missing.
    """
    try:
        _method(unit, the_portfolio(unit).method).check(_criteria_matrix(unit, portfolio_id))
    except InvalidInput as error:
        if error.field != "weight":
            raise
        remedy = "Leave at least one of them above 0."
        raise InvalidInput(error.message, remedy, field="weight") from None


def scheme_rows(portfolio_id: UUID, scheme: CriteriaScheme) -> list[Row]:
    """Return the rows of a criteria scheme, criteria before anchors."""
    criteria = [
        CriterionRow(
            **valid_row(CriterionFields, spec.model_dump(exclude={"anchors", "levels"})),
            portfolio_id=portfolio_id,
            position=position,
        )
        for position, spec in enumerate(scheme.criteria)
    ]
    anchors = [
        AnchorRow(criterion_id=criterion.id, level=level, meaning=meaning)
        for criterion, spec in zip(criteria, scheme.criteria, strict=True)
        for level, meaning in sorted(spec.anchors.items())
    ]
    return [*criteria, *anchors]


def role_rows(portfolio_id: UUID, specs: Sequence[RoleSpec]) -> list[RoleRow]:
    """Return the rows of roles."""
    return [
        RoleRow(
            **valid_row(RoleFields, spec.model_dump()),
            portfolio_id=portfolio_id,
            position=position,
        )
        for position, spec in enumerate(specs)
    ]


def _check_begun(current: float, move: Move, title: str) -> None:
    if current not in move:
        raise Conflict(
            f"{cited(title)} was changed elsewhere in the meantime.",
            "Nothing was applied or overwritten. Look at the ranking again, then apply.",
        )


def _set_parameters(
    unit: Unit, portfolio: PortfolioRow, chosen: Method, given: Mapping[str, Any]
) -> None:
    """Write the parameters of a method that differ from what they are now."""
    current = chosen.stored_in(portfolio.parameters)
    values = chosen.at({**current, **{name: as_number(value) for name, value in given.items()}})
    differing = {name: value for name, value in values.items() if value != current[name]}
    if differing:
        stored = {**portfolio.parameters.get(chosen.id, {}), **differing}
        parameters = {**portfolio.parameters, chosen.id: stored}
        unit.update(PortfolioRow, portfolio.id, parameters=parameters)


def _method(unit: Unit, method_id: str) -> Method:
    """Return a method, also the one that the portfolio states itself."""
    portfolio = the_portfolio(unit)
    if method_id != OWN or not portfolio.formula:
        return method(method_id)
    criteria = unit.find(CriterionRow, portfolio_id=portfolio.id)
    scales = {criterion.key: (criterion.low, criterion.high) for criterion in criteria}
    return own_method(Stated.of(portfolio.formula), scales)


def _state(unit: Unit, portfolio: PortfolioRow, given: Mapping[str, str]) -> PortfolioRow:
    """Write what is said anew of the portfolio's own formula, and return the portfolio."""
    stated = restated(portfolio.formula, given)
    criteria = unit.find(CriterionRow, portfolio_id=portfolio.id)
    check_names(stated, [criterion.key for criterion in criteria])
    scales = {criterion.key: (criterion.low, criterion.high) for criterion in criteria}
    own = own_method(stated, scales)
    set_values = portfolio.parameters.get(OWN, {})
    possible = {
        each.name: set_values[each.name]
        for each in own.parameters
        if each.allows(set_values.get(each.name))
    }
    parameters = {**portfolio.parameters, OWN: possible}
    if not set_values:
        del parameters[OWN]
    unit.update(PortfolioRow, portfolio.id, formula=stated.stored(), parameters=parameters)
    return the_portfolio(unit)


def _names_what_is_there(unit: Unit, portfolio: PortfolioRow) -> bool:
    """Return whether the portfolio states a formula that fits its criteria."""
    if not portfolio.formula:
        return False
    keys = {key for key, _ in _sides(unit, portfolio.id)}
    return keys.issuperset(_method(unit, OWN).criteria)


def _sides(unit: Unit, portfolio_id: UUID) -> list[tuple[str, bool]]:
    """Return the keys of the criteria in order, with whether each is a risk."""
    criteria = unit.find(CriterionRow, portfolio_id=portfolio_id)
    ordered = sorted(criteria, key=lambda row: row.position)
    return [(row.key, Dimension(row.dimension) is Dimension.RISK) for row in ordered]


def _criteria_matrix(unit: Unit, portfolio_id: UUID) -> Matrix:
    criteria = unit.find(CriterionRow, portfolio_id=portfolio_id)
    return Matrix(
        values=np.empty((0, len(criteria))),
        weights=np.array([criterion.weight for criterion in criteria]),
        dimensions=tuple(Dimension(criterion.dimension) for criterion in criteria),
        keys=tuple(criterion.key for criterion in criteria),
    )
