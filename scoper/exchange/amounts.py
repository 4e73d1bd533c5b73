"""Reads amounts of money as people write them, or says why it would be a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

NO_AMOUNT: Final = frozenset(
    {"-", "–", "—", "n/a", "na", "none", "tbd", "tbc", "unknown", "not known", "not available", "?"}
)
"""What people write where there is no amount."""

_NOT_AN_AMOUNT = "is not an amount such as 1200.50"
_SCALES: Final = {
    "": 1.0,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "mill": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "billion": 1e9,
}
_CURRENCY = re.compile(
    r"[€$£¥₣₹]|\b(?:eur|euros?|usd|us|gbp|chf|sek|nok|dkk|pln|czk|jpy|cad|aud|fr)\b\.?", re.I
)
_AMOUNT = re.compile(r"([+-]?)(\d[\d.,]*|[.,]\d+)(?:\.?[-–—])?([a-z]*)\.?", re.I)
_GROUP_GAP = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_OUTER_GAP = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:\{mark}\d{{3}})+") for mark in ".,"}


class AmountReader:
    """Reads the amounts of one column.

    "1.200" alone could be 1200 or 1.2; other amounts of the column settle which mark is the
    decimal one.
    """

    def __init__(self, column: Iterable[str] = ()) -> None:
        marks = {mark for text in column if (mark := _decimal_mark(_digits(text)))}
        self._decimal = marks.pop() if len(marks) == 1 else ""

    def read(self, text: str) -> float | None:
        """Return the amount, or None where the text says that there is none.

        Raises:
            ValueError: it is no amount, or it could be read in two ways; says which.
        """
        if not text.strip() or text.strip().casefold() in NO_AMOUNT:
            return None
        found = _AMOUNT.fullmatch(_bare(text))
        scale = _SCALES.get(found[3].casefold()) if found else None
        if found is None or scale is None:
            raise ValueError(_NOT_AN_AMOUNT)
        if found[1] == "-":
            raise ValueError("is below zero")
        return round(float(self._plain(found[2])) * scale, 6)

    def _plain(self, digits: str) -> str:
        """Return digits with a point as decimal mark and nothing between thousands."""
        decimal = _decimal_mark(digits) or self._decimal
        if not decimal and "." in digits:
            whole = digits.replace(".", "")
            raise ValueError(
                f"could be {whole} or {float(digits):g}: write it without a mark for thousands"
            )
        decimal = decimal or "."
        thousands = "," if decimal == "." else "."
        whole, mark, rest = digits.partition(decimal)
        ungrouped = thousands not in whole or _GROUPED[thousands].fullmatch(whole)
        if not ungrouped or not (rest.isdecimal() or not rest):
            raise ValueError(_NOT_AN_AMOUNT)
        return f"{whole.replace(thousands, '') or '0'}{mark and '.'}{rest}"


def _bare(text: str) -> str:
    """Return ``text`` without currency, and without gaps that only group digits by three."""
    return _OUTER_GAP.sub("", _GROUP_GAP.sub("", _CURRENCY.sub(" ", text)))


def _digits(text: str) -> str:
    found = _AMOUNT.fullmatch(_bare(text))
    return found[2] if found else ""


def _decimal_mark(digits: str) -> str:
    """Return the decimal mark if the digits leave no doubt, else ""."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return max(".,", key=digits.rfind)
    if points > 1:
        return ","
    if commas > 1:
        return "."
    if points + commas == 0:
        return ""
    mark = "." if points else ","
    whole, _, rest = digits.partition(mark)
    could_group = len(rest) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    return "" if could_group else mark
