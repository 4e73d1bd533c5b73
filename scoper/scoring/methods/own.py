"""A method made of the formula that a portfolio states itself."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final, NoReturn

import numpy as np

from scoper.errors import InvalidInput
from scoper.scoring.formula.nodes import Binary, Call, Minus, Node, names_in, parts_of, written
from scoper.scoring.formula.reading import read
from scoper.scoring.formula.stated import Stated
from scoper.scoring.formula.working import Span, Unusable, span, straight, worked_out
from scoper.scoring.matrix import Array, Matrix
from scoper.scoring.methods import BALANCED, METHODS
from scoper.scoring.methods.base import OWN, Method, Naming, Weighing
from scoper.scoring.parameters import Parameters
from scoper.scoring.paths import Path
from scoper.text import join

_NORM: Final = "_norm"
"""Behind the key of a criterion: its value from 0 to 1 in place of the rating."""

Scales = Mapping[str, Span]
"""The ends of the scales of criteria, by key."""


def own_method(stated: Stated, scales: Scales) -> Method:
    """Return the method that a statement makes over criteria on these scales.

    What it names and is not there is left for ``Method.check`` to refuse.

    Raises:
        InvalidInput: the formula cannot be read, or never gives a score.
    """
    node = read(stated.text)
    assumed = {each.name for each in stated.parameters}
    named = tuple(name for name in names_in(node) if name not in assumed)
    keys = {name: _key(name, scales) for name in named}
    low, high = _range(node, stated, keys, scales)
    is_sum = straight(node, dict.fromkeys(assumed, math.nan), named) is not None
    return Method(
        id=OWN,
        title=stated.title,
        formula=f"S = {written(node)}",
        source=stated.source,
        lowest=low,
        highest=high,
        list_dependent=False,
        weighing=Weighing.NONE,
        score=partial(_score, node, keys),
        parameters=stated.parameters,
        criteria=tuple(dict.fromkeys(keys.values())),
        decimals=2,
        contributions=partial(_contributions, node, keys) if is_sum else None,
        besides=partial(_besides, node, keys) if is_sum else None,
        paths=partial(_paths, node, keys),
        tiers=stated.tiers,
        cells=partial(_cells, node, keys),
    )


def check_names(stated: Stated, keys: Sequence[str]) -> None:
    """Make sure that a formula names criteria and parameters that are there, and no name is two.

    Raises:
        InvalidInput: it does not, or names no criterion at all.
    """
    assumed = [each.name for each in stated.parameters]
    taken = {*keys, *(each.name for each in METHODS[BALANCED].parameters)}
    for name in assumed:
        if name in taken or name.removesuffix(_NORM) in keys:
            raise InvalidInput(
                f"The parameter “{name}” has the name of something else.",
                "Give it another name.",
                field="parameters",
            )
    scales = dict.fromkeys(keys, (0.0, 1.0))
    named = [name for name in names_in(read(stated.text)) if name not in assumed]
    for name in named:
        if _key(name, scales) not in keys:
            raise InvalidInput(
                f"“{name}” in the formula is neither a criterion nor a parameter.",
                f"It may name {join([*keys, *assumed], 'or')}; with {_NORM} behind it, a criterion "
                "counts from 0 to 1.",
                field="formula",
            )
    if not named:
        raise InvalidInput(
            "The formula names no criterion, so that all use cases would score alike.",
            f"It may name {join(list(keys), 'or')}.",
            field="formula",
        )


def starter(criteria: Sequence[tuple[str, bool]]) -> str:
    """Return a formula to start from: what speaks for a use case less its risks, from 0 to 1.

    ``criteria`` are keys, with whether each is a risk; those that no formula can name are left out.
    """
    able = [(key, risk) for key, risk in criteria if _can_name(key)]
    for_it, against = (
        [f"{k}{_NORM}" for k, risk in able if risk is side] for side in (False, True)
    )
    return "".join([" + ".join(for_it), *(f" - {name}" for name in against)]).strip()


def _can_name(key: str) -> bool:
    try:
        return names_in(read(key)) == (key,)
    except InvalidInput:
        return False


def _key(name: str, scales: Scales) -> str:
    """Return the criterion that a name is about: the one of this key before its value."""
    if name not in scales and name.removesuffix(_NORM) in scales:
        return name.removesuffix(_NORM)
    return name


def _range(node: Node, stated: Stated, keys: Mapping[str, str], scales: Scales) -> Span:
    """Return where scores may lie, whatever the ratings and the values of the parameters."""
    spans = {each.name: (each.low, each.high) for each in stated.parameters}
    for name, key in keys.items():
        spans[name] = scales.get(key, (-math.inf, math.inf)) if name == key else (0.0, 1.0)
    try:
        return span(node, spans)
    except Unusable as error:
        raise InvalidInput(
            f"“{written(error.part)}” is {error.why}, so that nothing gets a score.",
            "Change this part of the formula.",
            field="formula",
        ) from None


def _values(
    matrix: Matrix, parameters: Parameters, keys: Mapping[str, str]
) -> dict[str, Array | float]:
    found: dict[str, Array | float] = dict(parameters)
    for name, key in keys.items():
        values = matrix.values[:, matrix.keys.index(key)]
        found[name] = matrix.ratings(key) if name == key else values
    return found


def _score(node: Node, keys: Mapping[str, str], matrix: Matrix, parameters: Parameters) -> Array:
    try:
        scores = worked_out(node, _values(matrix, parameters, keys))
    except Unusable as error:
        _tell(error, keys, matrix)
    result: Array = np.broadcast_to(scores, (len(matrix.values),)).copy()
    return result


def _tell(error: Unusable, keys: Mapping[str, str], matrix: Matrix) -> NoReturn:
    about = list(dict.fromkeys(keys[name] for name in names_in(error.part) if name in keys))
    whose = f"“{matrix.names[error.row]}”" if matrix.names else f"number {error.row + 1}"
    of = f" of {whose}" if about else ""
    value = f"{error.value:g}".replace("-", "−")
    does = {"not above 0": "dividing by it", "below 0": "its root"}.get(error.why, "such a number")
    remedy = f"Rate {join(about, 'or')} otherwise, or change" if about else "Change"
    raise InvalidInput(
        f"“{written(error.part)}”{of} is {value}; {does} gives no score.",
        f"{remedy} the formula or its parameters.",
        field=about[0] if about else "formula",
    ) from None


def _contributions(
    node: Node, keys: Mapping[str, str], matrix: Matrix, parameters: Parameters, row: int
) -> Array:
    sides = straight(node, parameters, tuple(keys))
    points = np.zeros(len(matrix.keys))
    points[np.isnan(matrix.values[row])] = np.nan
    if sides:
        values = _values(matrix, {}, keys)
        for name, slope in sides[1].items():
            points[matrix.keys.index(keys[name])] += float(slope) * np.asarray(values[name])[row]
    return points


def _besides(
    node: Node, keys: Mapping[str, str], matrix: Matrix, parameters: Parameters, row: int
) -> dict[str, float]:
    sides = straight(node, parameters, tuple(keys))
    same = float(sides[0]) if sides else 0.0
    return {"The same for all": same} if same else {}


def _paths(
    node: Node, keys: Mapping[str, str], matrix: Matrix, parameters: Parameters
) -> dict[str, Path]:
    values, found = _values(matrix, parameters, keys), {}
    for name in parameters:
        sides = straight(node, values, (name,))
        if sides is not None:
            base, slope = (np.asarray(side) for side in (sides[0], sides[1].get(name, 0.0)))
            shape = (len(matrix.values),)
            found[name] = Path(np.broadcast_to(base, shape), np.broadcast_to(slope, shape))
    return found


def _cells(node: Node, keys: Mapping[str, str], rating: Naming, value: Naming) -> str:
    """Write the formula for a spreadsheet; empty where a part has no value, as in a score."""

    def named(name: str) -> str:
        if name not in keys:
            return name
        return rating(name) if name == keys[name] else value(keys[name])

    formula = written(node, named, tight=True)
    needs: dict[int, list[str]] = {}
    for part in parts_of(node):
        match part:
            case Binary("/", _, inner):
                asked = "{}>0"
            case Call("sqrt", (inner,)):
                asked = "{}>=0"
            case _:
                continue
        needs.setdefault(_level(inner), []).append(asked.format(written(inner, named, tight=True)))
    for level in sorted(needs, reverse=True):
        formula = f'IF(AND({",".join(needs[level])}),{formula},"")'
    return formula


def _level(node: Node) -> int:
    """Return how many divisors and roots lie within one another, which are asked for first."""
    match node:
        case Binary("/", left, right):
            return max(_level(left), 1 + _level(right))
        case Binary(_, left, right):
            return max(_level(left), _level(right))
        case Minus(of):
            return _level(of)
        case Call(function, arguments):
            return (function == "sqrt") + max(map(_level, arguments))
        case _:
            return 0
