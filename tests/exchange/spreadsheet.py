"""Computes the formulas of a workbook anew, as a spreadsheet does: as much of it as ours use."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from openpyxl import Workbook, load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import range_boundaries

Value: TypeAlias = Any
"""A number, text, truth, None of an empty cell, or a list of them of a range."""

_STRENGTH: Final = {
    **dict.fromkeys(("=", "<>", "<", ">", "<=", ">="), 1),
    "&": 2,
    **dict.fromkeys("+-", 3),
    **dict.fromkeys("*/", 4),
    "^": 5,
}


class Error(Exception):
    """What a spreadsheet shows instead of a value, such as #N/A."""


@dataclass
class Sums:
    """A workbook whose formulas are computed when a cell is asked for."""

    book: Workbook
    _known: dict[tuple[str, int, int], Value] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> Sums:
        """Open a workbook; inputs may be changed in ``book`` before anything is asked."""
        return cls(load_workbook(path))

    def rows(self, sheet: str, first: int, columns: int) -> list[list[Value]]:
        """Return the computed rows of a sheet from ``first`` on, all counted from 1."""
        last = self.book[sheet].max_row
        places = range(1, columns + 1)
        return [[self.at(sheet, row, place) for place in places] for row in range(first, last + 1)]

    def at(self, sheet: str, row: int, column: int) -> Value:
        """Return the value of a cell; an error as its text."""
        place = (sheet, row, column)
        if place not in self._known:
            content = self.book[sheet].cell(row, column).value
            if isinstance(content, str) and content.startswith("="):
                content = self._computed(content, sheet)
            self._known[place] = content
        return self._known[place]

    def _computed(self, formula: str, sheet: str) -> Value:
        tokens = [t for t in Tokenizer(formula).items if t.type != Token.WSPACE]
        try:
            value = _Formula(self, sheet, tokens).value(0)
            assert not tokens, formula
        except Error as error:
            return str(error)
        except ZeroDivisionError:
            return "#DIV/0!"
        return value

    def reference(self, text: str, sheet: str) -> Value:
        """Return what a cell, a range or a name stands for."""
        if text in self.book.defined_names:
            ((sheet, text),) = self.book.defined_names[text].destinations
        if "!" in text:
            sheet, text = text.split("!")
        left, top, right, bottom = range_boundaries(text.replace("$", ""))
        cells = [
            self.at(sheet, row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]
        return cells if ":" in text else cells[0]


@dataclass
class _Formula:
    """Reads tokens from the left; each is taken once, also where its value is not asked for."""

    sums: Sums
    sheet: str
    tokens: list[Token]
    skipping: bool = False

    def value(self, strength: int) -> Value:
        """Return the value of what binds more strongly than ``strength``."""
        left = self._operand()
        while self.tokens and self.tokens[0].type == Token.OP_IN:
            sign = self.tokens[0].value
            if _STRENGTH[sign] <= strength:
                break
            self.tokens.pop(0)
            right = self.value(_STRENGTH[sign])
            left = None if self.skipping else _each(_SIGNS[sign], left, right)
        return left

    def _operand(self) -> Value:
        token = self.tokens.pop(0)
        match token.type, token.subtype:
            case Token.OP_PRE, _:
                value = self.value(5)
                return None if self.skipping else _each(operator.sub, 0.0, value)
            case Token.PAREN, _:
                value = self.value(0)
                self.tokens.pop(0)
                return value
            case Token.FUNC, _:
                return self._function(token.value.rstrip("("))
            case _, Token.NUMBER:
                return float(token.value)
            case _, Token.TEXT:
                return token.value[1:-1].replace('""', '"')
            case _:
                return None if self.skipping else self.sums.reference(token.value, self.sheet)

    def _function(self, name: str) -> Value:
        if name == "IF":
            return self._if()
        given = []
        while self.tokens[0].subtype != Token.CLOSE:
            if self.tokens[0].type == Token.SEP:
                self.tokens.pop(0)
            given.append(self.value(0))
        self.tokens.pop(0)
        return None if self.skipping else _FUNCTIONS[name](*given)

    def _if(self) -> Value:
        asked = self.value(0)
        chosen = None if self.skipping else bool(asked)
        found: Value = False
        for branch in (True, False):
            if self.tokens[0].type == Token.SEP:
                self.tokens.pop(0)
                outer = self.skipping
                self.skipping = outer or chosen is not branch
                value = self.value(0)
                found = found if self.skipping else value
                self.skipping = outer
        self.tokens.pop(0)
        return found


def _each(sign: Callable[[Value, Value], Value], left: Value, right: Value) -> Value:
    """Return a sign between two values, or between each of a range and another."""
    if isinstance(left, list) or isinstance(right, list):
        size = len(left if isinstance(left, list) else right)
        pairs = zip(_wide(left, size), _wide(right, size), strict=True)
        return [sign(one, other) for one, other in pairs]
    return sign(left, right)


def _wide(value: Value, size: int) -> list[Value]:
    return value if isinstance(value, list) else [value] * size


def _number(value: Value) -> float:
    if isinstance(value, str):
        raise Error(value if value.startswith("#") else "#VALUE!")
    return float(value or 0)


def _plain(value: Value) -> Value:
    return value.casefold() if isinstance(value, str) else value


def _sum_of(sign: Callable[[float, float], float]) -> Callable[[Value, Value], float]:
    return lambda one, other: sign(_number(one), _number(other))


def _same(one: Value, other: Value) -> bool:
    blank = {None: ""} if isinstance(one, str) or isinstance(other, str) else {None: 0.0}
    return bool(_plain(blank.get(one, one)) == _plain(blank.get(other, other)))


_SIGNS: Final[dict[str, Callable[[Value, Value], Value]]] = {
    "+": _sum_of(operator.add),
    "-": _sum_of(operator.sub),
    "*": _sum_of(operator.mul),
    "/": _sum_of(operator.truediv),
    "^": _sum_of(operator.pow),
    "<": _sum_of(operator.lt),
    ">": _sum_of(operator.gt),
    "<=": _sum_of(operator.le),
    ">=": _sum_of(operator.ge),
    "=": _same,
    "<>": lambda one, other: not _same(one, other),
    "&": lambda one, other: f"{'' if one is None else one}{'' if other is None else other}",
}


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _only_numbers(values: Sequence[Value]) -> list[float]:
    return [value for value in values if _is_number(value)]


def _sum_products(*ranges: list[Value]) -> float:
    """Multiply ranges cell by cell; text in one counts as 0."""
    total = 0.0
    for values in zip(*ranges, strict=True):
        product = 1.0
        for value in values:
            product *= value if _is_number(value) else 0.0
        total += product
    return total


def _match(wanted: Value, among: list[Value], exact: float) -> int:
    assert exact == 0
    for place, value in enumerate(among, start=1):
        if value == wanted:
            return place
    raise Error("#N/A")


def _not_available() -> Value:
    raise Error("#N/A")


_FUNCTIONS: Final[dict[str, Callable[..., Value]]] = {
    "AND": lambda *given: all(given),
    "INDEX": lambda among, place: among[int(place) - 1],
    "ISNUMBER": _is_number,
    "LEFT": lambda text, count: str(text or "")[: int(count)],
    "MATCH": _match,
    "MAX": lambda *given: max(given),
    "MID": lambda text, start, count: text[int(start) - 1 : int(start) - 1 + int(count)],
    "MIN": lambda *given: min(given),
    "NA": _not_available,
    "RANK": lambda value, among: 1 + sum(other > value for other in _only_numbers(among)),
    "ROUND": lambda value, decimals: round(_number(value), int(decimals)),
    "SQRT": lambda value: _number(value) ** 0.5,
    "SUM": lambda among: sum(_only_numbers(among)),
    "SUMIF": lambda keys, key, among: sum(
        value
        for own, value in zip(keys, among, strict=True)
        if _same(own, key) and _is_number(value)
    ),
    "SUMPRODUCT": _sum_products,
}
