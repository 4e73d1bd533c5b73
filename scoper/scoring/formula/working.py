"""Works a formula out: its values, where they may lie, and in what they are straight."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from scoper.scoring.formula.nodes import Binary, Call, Minus, Name, Node, Number, names_in
from scoper.scoring.matrix import Array

Span: TypeAlias = tuple[float, float]
Values: TypeAlias = Mapping[str, Any]
"""A number, or an array with one for each alternative, for every name."""


class Unusable(Exception):
    """A part of a formula has no value: ``part`` in the alternative ``row``, or in all."""

    def __init__(self, part: Node, why: str, value: float = math.nan, row: int = 0) -> None:
        super().__init__(why)
        self.part, self.why, self.value, self.row = part, why, value, row


def worked_out(node: Node, values: Values) -> Array:
    """Return the value of a formula, NaN where one that it names is NaN.

    Raises:
        Unusable: a divisor is not above 0, a root is of less than 0, or a number grows too large.
    """
    match node:
        case Number(value):
            return np.asarray(value, dtype=np.float64)
        case Name(name):
            return np.asarray(values[name], dtype=np.float64)
        case Minus(of):
            return np.negative(worked_out(of, values))
        case Binary(sign, left, right):
            return _combined(node, sign, worked_out(left, values), worked_out(right, values))
        case Call("sqrt", (of,)):
            inner = worked_out(of, values)
            _refuse(of, inner < 0, "below 0", inner)
            return np.sqrt(inner)
        case Call(function, arguments):
            pick = np.minimum if function == "min" else np.maximum
            found = worked_out(arguments[0], values)
            for each in arguments[1:]:
                found = pick(found, worked_out(each, values))
            return found


def _combined(node: Binary, sign: str, left: Array, right: Array) -> Array:
    if sign == "/":
        _refuse(node.right, right <= 0, "not above 0", right)
    with np.errstate(all="ignore"):
        found: Array
        match sign:
            case "+":
                found = np.add(left, right)
            case "-":
                found = np.subtract(left, right)
            case "*":
                found = np.multiply(left, right)
            case _:
                found = np.divide(left, right)
    _refuse(node, np.isinf(found), "too large", found)
    return found


def _refuse(part: Node, wrong: Any, why: str, values: Array) -> None:
    if np.any(wrong):
        row = int(np.argmax(wrong))
        raise Unusable(part, why, float(np.ravel(values)[row]), row)


def span(node: Node, spans: Mapping[str, Span]) -> Span:
    """Return from where to where a formula may go while each name stays in its span.

    Exact for sums of multiples, and where each name stands once; otherwise it may be wider than
    what is reached, never narrower (interval arithmetic, Moore 1966). An end that divisors near
    0 leave open is infinite.

    Raises:
        Unusable: a divisor is never above 0, or a root always of less than 0.
    """
    names = names_in(node)
    if all(math.isfinite(end) for name in names for end in spans[name]):
        sides = straight(node, {}, names)
        if sides is not None:
            constant, slopes = float(sides[0]), sides[1]
            ends = [(float(s) * spans[n][0], float(s) * spans[n][1]) for n, s in slopes.items()]
            low, high = constant + sum(map(min, ends)), constant + sum(map(max, ends))
            if math.isfinite(low) and math.isfinite(high):
                return low, high
    return _span(node, spans)


def _span(node: Node, spans: Mapping[str, Span]) -> Span:
    match node:
        case Number(value):
            return value, value
        case Name(name):
            return spans[name]
        case Minus(of):
            low, high = _span(of, spans)
            return -high, -low
        case Binary(sign, left, right):
            return _between(node, sign, _span(left, spans), _span(right, spans))
        case Call("sqrt", (of,)):
            low, high = _span(of, spans)
            if high < 0:
                raise Unusable(of, "never 0 or more", high)
            return math.sqrt(max(0.0, low)), math.sqrt(high)
        case Call(function, arguments):
            pick = min if function == "min" else max
            lows, highs = zip(*(_span(each, spans) for each in arguments), strict=True)
            return pick(lows), pick(highs)


def _between(node: Binary, sign: str, left: Span, right: Span) -> Span:
    if sign == "+":
        return left[0] + right[0], left[1] + right[1]
    if sign == "-":
        return left[0] - right[1], left[1] - right[0]
    if sign == "/":
        if right[1] <= 0:
            raise Unusable(node.right, "never above 0", right[1])
        right = 1 / right[1], 1 / right[0] if right[0] > 0 else math.inf
    ends = [0.0 if 0 in pair else pair[0] * pair[1] for pair in product(left, right)]
    return min(ends), max(ends)


def straight(
    node: Node, values: Values, names: Collection[str]
) -> tuple[Any, dict[str, Any]] | None:
    """Return a formula as a constant and a multiple of each of ``names``, others at ``values``.

    None where it is no such sum, by the way it is written.
    """
    match node:
        case Name(name) if name in names:
            return 0.0, {name: 1.0}
        case Minus(of):
            inner = straight(of, values, names)
            return inner and _times(inner, -1.0)
        case Binary(sign, left, right):
            one, other = straight(left, values, names), straight(right, values, names)
            if one is None or other is None:
                return None
            return _joined(sign, one, other)
        case Call() if set(names) & set(names_in(node)):
            return None
        case _:
            return worked_out(node, values), {}


def _joined(
    sign: str, one: tuple[Any, dict[str, Any]], other: tuple[Any, dict[str, Any]]
) -> tuple[Any, dict[str, Any]] | None:
    if sign in "+-":
        other = _times(other, 1.0 if sign == "+" else -1.0)
        slopes = {n: one[1].get(n, 0.0) + other[1].get(n, 0.0) for n in {**one[1], **other[1]}}
        return one[0] + other[0], slopes
    if sign == "*" and not one[1]:
        one, other = other, one
    if other[1]:
        return None
    with np.errstate(all="ignore"):
        return _times(one, other[0] if sign == "*" else np.divide(1.0, other[0]))


def _times(sides: tuple[Any, dict[str, Any]], factor: Any) -> tuple[Any, dict[str, Any]]:
    return sides[0] * factor, {name: slope * factor for name, slope in sides[1].items()}
