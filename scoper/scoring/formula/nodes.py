"""What a formula is made of, and how it is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number, not negative."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """A criterion or a parameter."""

    name: str


@dataclass(frozen=True, slots=True)
class Minus:
    """The negative of something."""

    of: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Two things with +, -, * or / between them."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of one or more things."""

    function: str
    arguments: tuple[Node, ...]


Node: TypeAlias = Number | Name | Minus | Binary | Call

FUNCTIONS: Final = {"min": (2, 20), "max": (2, 20), "sqrt": (1, 1)}
"""The functions there are, with the fewest and the most arguments they take."""

_RANK: Final = {"+": 1, "-": 1, "*": 2, "/": 2}
_MINUS, _ATOM = 3, 4


def written(node: Node, naming: Callable[[str], str] = str, *, tight: bool = False) -> str:
    """Return a formula as text that ``read`` reads as the same formula.

    ``naming`` says how names are written, ``tight`` leaves out the spaces around signs.
    """

    def part(each: Node, least: int) -> str:
        text = written(each, naming, tight=tight)
        return text if _rank(each) >= least else f"({text})"

    match node:
        case Number(value):
            return format(Decimal(repr(value)), "f").removesuffix(".0")
        case Name(name):
            return naming(name)
        case Minus(of):
            return f"-{part(of, _MINUS)}"
        case Binary(sign, left, right):
            rank, room = _RANK[sign], "" if tight else " "
            return f"{part(left, rank)}{room}{sign}{room}{part(right, rank + 1)}"
        case Call(function, arguments):
            listed = ("," if tight else ", ").join(part(each, 0) for each in arguments)
            return f"{function.upper() if tight else function}({listed})"


def parts_of(node: Node) -> Iterator[Node]:
    """Yield a formula and all that it is made of, the inner parts first."""
    match node:
        case Minus(of):
            yield from parts_of(of)
        case Binary(_, left, right):
            yield from parts_of(left)
            yield from parts_of(right)
        case Call(_, arguments):
            for each in arguments:
                yield from parts_of(each)
    yield node


def names_in(node: Node) -> tuple[str, ...]:
    """Return the names in a formula, each once, in the order in which they stand."""
    return tuple(dict.fromkeys(each.name for each in parts_of(node) if isinstance(each, Name)))


def _rank(node: Node) -> int:
    if isinstance(node, Binary):
        return _RANK[node.sign]
    return _MINUS if isinstance(node, Minus) else _ATOM
