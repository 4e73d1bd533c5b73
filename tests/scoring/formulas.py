"""Formulas drawn at random, worked out again in plain Python."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hypothesis import strategies as st

from scoper.scoring.formula.nodes import Binary, Call, Minus, Name, Node, Number

NAMES = ("value", "cost", "value_norm", "cost_norm", "caution")

_numbers = st.integers(0, 4000).map(lambda tenths: Number(tenths / 8))
_leaves = st.one_of(_numbers, st.sampled_from(NAMES).map(Name))


def _larger(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Minus, parts),
        st.builds(Binary, st.sampled_from("+-*/"), parts, parts),
        st.builds(Call, st.sampled_from(("min", "max")), several),
        st.builds(lambda part: Call("sqrt", (part,)), parts),
    )


NODES: st.SearchStrategy[Node] = st.recursive(_leaves, _larger, max_leaves=12)


def plainly(node: Node, at: Mapping[str, float]) -> float:
    """Return the value of a formula; NaN where it has none."""
    match node:
        case Number(value):
            return value
        case Name(name):
            return at[name]
        case Minus(of):
            return -plainly(of, at)
        case Binary(sign, left, right):
            one, other = plainly(left, at), plainly(right, at)
            if sign == "/":
                return one / other if other > 0 else math.nan
            return {"+": one + other, "-": one - other, "*": one * other}[sign]
        case Call("sqrt", (of,)):
            inner = plainly(of, at)
            return math.sqrt(inner) if inner >= 0 else math.nan
        case Call(function, arguments):
            found = [plainly(each, at) for each in arguments]
            if any(math.isnan(each) for each in found):
                return math.nan
            return min(found) if function == "min" else max(found)
