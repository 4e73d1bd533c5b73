"""Reads a formula: + - * / ( ), numbers, names, min, max and sqrt; nothing else.

No power: a rating raised to another has no meaning that could be explained, and a square can be
written as a product. min and max are for caps and weakest links, sqrt for geometric means.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn

from scoper.errors import InvalidInput
from scoper.scoring.formula.nodes import FUNCTIONS, Binary, Call, Minus, Name, Node, Number
from scoper.text import plural, shorten

MOST_LETTERS: Final = 1000
MOST_SIGNS: Final = 100
"""Most signs and functions in a formula: what bounds how long it takes to work out."""

DEEPEST: Final = 20
"""How many parentheses, functions and minus signs may stand within one another."""

_LONGEST_NUMBER: Final = 15
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<name>\w*[^\W\d]\w*)|(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<sign>[-+*/(),]))"
)
_TYPED: Final = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-"})
"""Signs as people write them, each for the one of the grammar, so that columns stay."""

_MAY = "Write it with + - * / ( ), numbers such as 0.5, names, and min, max or sqrt."


def read(text: str) -> Node:
    """Return what a formula is made of.

    Raises:
        InvalidInput: it is no formula, or too long; says what is wrong, and in which column.
    """
    if not text.strip():
        raise InvalidInput("The formula is empty.", _MAY, field="formula")
    if len(text) > MOST_LETTERS:
        raise InvalidInput(
            f"The formula has {len(text):,} characters.",
            f"Shorten it to {MOST_LETTERS:,} or fewer.",
            field="formula",
        )
    return _Reader(text).formula()


class _Reader:
    """Goes over a formula once, from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[tuple[str, str, int]] = []
        self._next, self._signs, self._depth = 0, 0, 0
        self._split(text.translate(_TYPED))

    def formula(self) -> Node:
        found = self._sum()
        kind, token, column = self._token
        if kind != "end":
            if token == ",":
                self._refuse(
                    column, "a comma stands between the arguments of min and max only", "0.5"
                )
            what = "no “(” stands before this" if token == ")" else "a sign is missing before this"
            self._refuse(column, what)
        return found

    def _split(self, text: str) -> None:
        place, end = 0, len(text.rstrip())
        while place < end:
            found = _TOKEN.match(text, place)
            if not found or not found.lastgroup:
                gap = len(text) - len(text[place:].lstrip())
                self._refuse(gap + 1, "this is no part of a formula")
            kind, token = found.lastgroup, found[found.lastgroup]
            self._tokens.append((kind, token, found.end() - len(token) + 1))
            place = found.end()
        self._tokens.append(("end", "", end + 1))

    @property
    def _token(self) -> tuple[str, str, int]:
        return self._tokens[self._next]

    def _take(self, *signs: str) -> str:
        """Return the next sign if it is one of these, and go on; else nothing."""
        kind, token, column = self._token
        if kind != "sign" or token not in signs:
            return ""
        self._next += 1
        self._signs += token not in "(),"
        self._bound(column)
        return token

    def _bound(self, column: int) -> None:
        if self._signs > MOST_SIGNS:
            self._refuse(column, f"a formula has {MOST_SIGNS} signs and functions at most")

    def _within(self, column: int, by: int) -> None:
        self._depth += by
        if self._depth > DEEPEST:
            self._refuse(column, f"more than {DEEPEST} parts stand within one another")

    def _sum(self) -> Node:
        found = self._product()
        while sign := self._take("+", "-"):
            found = Binary(sign, found, self._product())
        return found

    def _product(self) -> Node:
        found = self._factor()
        while sign := self._take("*", "/"):
            found = Binary(sign, found, self._factor())
        return found

    def _factor(self) -> Node:
        kind, token, column = self._token
        if self._take("-"):
            self._within(column, 1)
            found: Node = Minus(self._factor())
            self._within(column, -1)
            return found
        if self._take("("):
            return self._inside(column)[0]
        self._next += 1
        if kind == "number":
            if len(token) > _LONGEST_NUMBER:
                self._refuse(column, f"a number has {_LONGEST_NUMBER} characters at most")
            return Number(float(token))
        if kind != "name":
            self._next -= 1
            self._refuse(column, "a number, a name or a “(” is missing here")
        if self._token[1] == "(":
            return self._call(token, column)
        return Name(token)

    def _call(self, name: str, column: int) -> Node:
        if name not in FUNCTIONS:
            self._refuse(column, f"there is no function “{shorten(name, 40)}”")
        self._take("(")
        self._signs += 1
        self._bound(column)
        arguments = self._inside(column, several=True)
        fewest, most = FUNCTIONS[name]
        if not fewest <= len(arguments) <= most:
            asked = "one argument" if most == 1 else f"{fewest} to {most} arguments"
            self._refuse(column, f"{name} takes {asked}, not {plural(len(arguments), 'argument')}")
        return Call(name, tuple(arguments))

    def _inside(self, column: int, *, several: bool = False) -> list[Node]:
        """Return what stands within parentheses that were opened at a column."""
        self._within(column, 1)
        found = [self._sum()]
        while several and self._take(","):
            found.append(self._sum())
        if self._token[1] == "," and not several:
            self._refuse(self._token[2], "a comma stands between the arguments of min and max only")
        if not self._take(")"):
            self._refuse(column, "the parenthesis opened here is not closed")
        self._within(column, -1)
        return found

    def _refuse(self, column: int, what: str, example: str = "") -> NoReturn:
        quoted = shorten(self._text[max(0, column - 1) :].strip(), 24)
        where = f"column {column}, at “{quoted}”" if quoted else "its end"
        remedy = f"Write decimals with a point, as in {example}." if example else _MAY
        raise InvalidInput(
            f"The formula cannot be read at {where}: {what}.", remedy, field="formula"
        )
