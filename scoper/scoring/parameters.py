"""What a method assumes besides ratings and weights: numbers that the method states itself.

Whatever shows, checks, stores or draws parameters reads these statements; nothing lists names.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from scoper.errors import InvalidInput
from scoper.text import cited

Parameters: TypeAlias = Mapping[str, float]
"""The values of the parameters of a method, by name."""

MOST: Final = 1e6
"""The largest value of a parameter that has no upper end."""


_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TAKEN: Final = re.compile(r"[a-z]{1,3}\d+|r\d*(c\d*)?|c\d*|true|false|break_even")
"""Cells, rows and columns to a spreadsheet, its truths, and what a workbook names by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number that a method assumes.

    ``name`` is what files, formulas and the command line call it, a snake_case word that no
    spreadsheet takes for a cell (as ``k1``), a row, a column or a truth; people read ``title``,
    ``symbol`` and ``meaning``, and ``unit`` behind the value. It lies from ``low`` to ``high``,
    infinite where there is no upper end, and is at most the parameter named ``at_most``. A
    slider goes to ``slider_to``, by default to ``high``. ``absent`` is what a file means that does
    not state it, where that is not the default: a term that came later is off in older files.
    """

    name: str
    title: str
    meaning: str
    default: float
    symbol: str = ""
    unit: str = ""
    low: float = 0.0
    high: float = math.inf
    at_most: str = ""
    slider_to: float | None = None
    absent: float | None = None

    @property
    def if_absent(self) -> float:
        """Its value in a file that does not state it."""
        return self.default if self.absent is None else self.absent

    def __post_init__(self) -> None:
        """Refuse a name by which no formula of a workbook could reach the value.

        Raises:
            ValueError: it is none, or it is taken.
        """
        if not _NAME.fullmatch(self.name) or _TAKEN.fullmatch(self.name):
            raise ValueError(f"A parameter cannot be called “{self.name}”.")

    @property
    def label(self) -> str:
        """The title with the symbol, as fields are called."""
        return f"{self.title} {self.symbol}".rstrip()

    @property
    def slider(self) -> tuple[float, float]:
        """From where to where a slider moves it; wide enough to hold the default."""
        if self.slider_to is not None:
            return self.low, self.slider_to
        if math.isfinite(self.high):
            return self.low, self.high
        return self.low, self.low + 2 * max(1.0, self.default - self.low)

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole, which may be written as a percentage."""
        return (self.low, self.high, self.unit) == (0.0, 1.0, "")

    @property
    def range(self) -> str:
        """Where it may lie, in words."""
        upwards = f"{self.low:g} or more"
        return upwards if math.isinf(self.high) else f"{self.low:g} to {self.high:g}"

    def text(self, value: float) -> str:
        """Return a value with its unit."""
        return f"{value:g} {self.unit}".rstrip().replace("-", "−")

    def allows(self, value: object) -> bool:
        """Return whether a value is a number that lies where it may."""
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and self.low <= value <= min(self.high, MOST)  # type: ignore[operator]

    def check(self, value: object) -> None:
        """Make sure that a value lies where it may.

        Raises:
            InvalidInput: it does not, or it is not a number.
        """
        if self.allows(value):
            return
        if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
            problem, asked = "is not a number", self.range
        else:
            side = "small" if value < self.low else "large"
            problem = f"is too {side} ({self.text(value)})"
            asked = f"{MOST:,.0f} or less" if self.high > MOST < value else self.range
        raise InvalidInput(f"{cited(self.label)} {problem}.", f"Enter {asked}.", field=self.name)


def as_number(value: Any) -> Any:
    """Return a number that is written as text; what is none stays for its parameter to refuse."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return value
    try:
        return float(value)
    except ValueError:
        return value


def completed(stated: Sequence[Parameter], given: Mapping[str, Any]) -> Parameters:
    """Return a value for each parameter: the one given, else its default."""
    return {each.name: given.get(each.name, each.default) for each in stated}


def stored(stated: Sequence[Parameter], given: Mapping[str, float]) -> Parameters:
    """Return a value for each parameter as a file holds them."""
    return {each.name: given.get(each.name, each.if_absent) for each in stated}


def later(stated: Sequence[Parameter]) -> Parameters:
    """Return the defaults of the parameters that older files do not state and have switched off."""
    return {each.name: each.default for each in stated if each.absent is not None}


def checked(stated: Sequence[Parameter], given: Mapping[str, Any]) -> Parameters:
    """Return a value for each parameter, as ``completed``, once all of them are possible.

    Raises:
        InvalidInput: a name is unknown, a value is out of range, or two are in the wrong order.
    """
    for name in given:
        named(stated, name)
    values = completed(stated, given)
    for each in stated:
        each.check(values[each.name])
    for each in stated:
        if each.at_most and values[each.name] > values[each.at_most]:
            other = named(stated, each.at_most)
            raise InvalidInput(
                f"The {each.title.lower()} ({each.text(values[each.name])}) is above "
                f"the {other.title.lower()} ({other.text(values[other.name])}).",
                "Lower the one or raise the other.",
                field=each.name,
            )
    return values


def named(stated: Sequence[Parameter], name: str) -> Parameter:
    """Return the parameter of a name.

    Raises:
        InvalidInput: there is none.
    """
    for each in stated:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in stated)
    raise InvalidInput(
        f"There is no parameter “{name}”.",
        f"Choose one of: {known}." if known else "This method has no parameters.",
        field=name,
    )


def bounds(stated: Sequence[Parameter], name: str, at: Parameters) -> tuple[float, float]:
    """Return from where to where a parameter can move while the others stay as they are."""
    one = named(stated, name)
    below = [at[each.name] for each in stated if each.at_most == name]
    return max([one.low, *below]), min(one.high, at[one.at_most] if one.at_most else one.high)
