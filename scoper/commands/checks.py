"""Checks values against the validated fields of a table, and says what is wrong in plain words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import SQLModel

from scoper.commands.labels import quoted
from scoper.errors import InvalidInput
from scoper.store.unit import Seen
from scoper.text import shorten

_REMEDY: dict[str, str] = {
    "string_too_short": "Enter at least {min_length} characters.",
    "string_type": "Enter text.",
    "missing": "Enter a value.",
    "string_too_long": "Shorten it to {max_length:,} characters or fewer.",
    "greater_than_equal": "Enter {ge:g} or more.",
    "less_than_equal": "Enter {le:g} or less.",
    "float_parsing": "Enter a number, such as 1250.50.",
    "float_type": "Enter a number, such as 1250.50.",
    "int_parsing": "Enter a whole number.",
    "int_from_float": "Enter a whole number.",
    "finite_number": "Enter a number, such as 1250.50.",
    "date_from_datetime_parsing": "Enter a date as YYYY-MM-DD.",
    "date_parsing": "Enter a date as YYYY-MM-DD.",
    "date_from_datetime_inexact": "Enter a date as YYYY-MM-DD.",
    "date_type": "Enter a date as YYYY-MM-DD.",
    "uuid_parsing": "Choose one from the list.",
    "enum": "Choose one of: {expected}.",
    "bool_parsing": "Enter yes or no.",
    "string_pattern_mismatch": "Write it as asked for, such as 2027-Q2 for a quarter.",
}
_PROBLEM: dict[str, str] = {
    "string_too_short": "is too short",
    "string_type": "is not text",
    "string_too_long": "is too long",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
    "float_parsing": "is not a number",
    "float_type": "is not a number",
    "finite_number": "is not a number",
    "int_parsing": "is not a whole number",
    "int_from_float": "is not a whole number",
    "date_from_datetime_parsing": "is not a date",
    "date_parsing": "is not a date",
    "date_from_datetime_inexact": "is not a date",
    "date_type": "is not a date",
    "enum": "is not one of the choices",
    "missing": "is missing",
}


def valid(kind: type[SQLModel], name: str, value: Any, *, called: str = "") -> Any:
    """Return ``value`` cleaned and converted as the field ``name`` of ``kind`` wants it.

    What is wrong is told of the field as it is ``called`` on the form.

    Raises:
        InvalidInput: there is no such field, or the value does not fit; names the field.
    """
    if name not in kind.model_fields:
        raise InvalidInput(f"There is no field “{name}”.", field=name)
    blank = kind.model_construct()
    try:
        kind.__pydantic_validator__.validate_assignment(blank, name, value)
    except ValidationError as error:
        raise _explained(error, name, value, called or quoted(kind, name)) from None
    return getattr(blank, name)


def valid_row(kind: type[SQLModel], values: dict[str, Any]) -> dict[str, Any]:
    """Return all ``values`` of a row of ``kind`` cleaned and converted, defaults filled in.

    Raises:
        InvalidInput: a field is unknown, missing or does not fit; names the field.
    """
    unknown = sorted(set(values) - set(kind.model_fields))
    if unknown:
        raise InvalidInput(f"There is no field “{unknown[0]}”.", field=unknown[0])
    try:
        return kind.model_validate(values).model_dump()
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise _explained(error, name, values.get(name), quoted(kind, name)) from None


def seen_in(kind: type[SQLModel], name: str, seen: Seen) -> Seen:
    """Return what an edit has ``seen`` in the field ``name`` of ``kind`` as it would be stored."""
    return None if seen is None else [_as_stored(kind, name, value) for value in seen]


def next_key(existing: set[str], prefix: str = "UC") -> str:
    """Return the next free key, counting on from the highest number: UC-13 after UC-12."""
    numbers = [
        int(tail)
        for key in existing
        for head, _, tail in (key.rpartition("-"),)
        if head == prefix and tail.isdecimal()
    ]
    return f"{prefix}-{max(numbers, default=0) + 1:02d}"


def _as_stored(kind: type[SQLModel], name: str, value: Any) -> Any:
    try:
        return valid(kind, name, value)
    except InvalidInput:
        return value


def _explained(error: ValidationError, name: str, value: Any, called: str) -> InvalidInput:
    first = error.errors()[0]
    kind, context = first["type"], first.get("ctx", {})
    said = "" if value is None or isinstance(value, UUID) else shorten(str(value), 40)
    shown = f" ({said})" if said else ""
    problem = _PROBLEM.get(kind, "cannot be accepted")
    remedy = _REMEDY.get(kind, "Check the value.").format_map(_Defaults(context))
    if kind == "string_too_short" and context.get("min_length") == 1:
        problem, remedy = "must not be empty", "Enter at least 1 character."
    return InvalidInput(f"{called} {problem}{shown}.", remedy, field=name)


class _Defaults(dict[str, Any]):
    def __missing__(self, key: str) -> Any:
        return 0
