"""What a person enters as a rating: a number on the scale, an abstention, or nothing."""

from __future__ import annotations

from typing import Final, Literal, Protocol

from scoper.errors import InvalidInput
from scoper.text import clean_line, shorten

Entry = float | Literal["abstain"] | None
"""A rating on the criterion's scale, an abstention, or nothing entered."""

ABSTAIN: Final[Literal["abstain"]] = "abstain"

_ABSTENTIONS: Final = frozenset({"a", "abstain", "abstained", "abstains"})


class Scale(Protocol):
    """A criterion, as far as entering a rating goes."""

    @property
    def title(self) -> str:
        """Its name."""

    @property
    def low(self) -> float:
        """The lower end of its scale."""

    @property
    def high(self) -> float:
        """The upper end of its scale."""


def read_entry(text: str, scale: Scale | None) -> Entry:
    """Return what ``text`` says: a number (with point or comma), A for an abstention, or nothing.

    Without a ``scale`` any number will do.

    Raises:
        InvalidInput: it is neither, or the number lies outside the scale.
    """
    said = clean_line(text)
    if not said:
        return None
    if said.casefold() in _ABSTENTIONS:
        return ABSTAIN
    try:
        value = float(said.replace(",", ".") if said.count(",") == 1 else said)
    except ValueError:
        raise not_a_rating(said, scale) from None
    if scale is not None:
        check_entry(value, scale)
    return value


def check_entry(value: float, scale: Scale) -> None:
    """Make sure that a rating lies on its scale.

    Raises:
        InvalidInput: it does not, or is not a number.
    """
    if not scale.low <= value <= scale.high:
        raise InvalidInput(
            f"{value:g} is outside the scale of {scale.title}.", _remedy(scale), field="rating"
        )


def not_a_rating(text: str, scale: Scale | None) -> InvalidInput:
    """Return the error that says what can be entered instead of ``text``."""
    return InvalidInput(f"“{shorten(text, 40)}” is not a rating.", _remedy(scale), field="rating")


def _remedy(scale: Scale | None) -> str:
    ends = f" from {scale.low:g} to {scale.high:g}" if scale else ""
    return f"Enter a number{ends}, A to abstain, or nothing."
