"""Writes plain values as TOML that people can edit."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LIST_WIDTH = 80


def write_fields(values: Mapping[str, Any], table: str = "") -> str:
    """Return fields a line each; tables among them follow below headers within ``table``.

    Values are texts, whole and decimal numbers, truths, dates, lists and tables.
    """
    return "".join(_fields(values, table))


def write_entry(table: str, values: Mapping[str, Any]) -> str:
    """Return the next entry of the list of tables called ``table``."""
    return f"[[{table}]]\n{write_fields(values, table)}"


def _fields(values: Mapping[str, Any], table: str) -> Iterator[str]:
    inner = {name: value for name, value in values.items() if isinstance(value, Mapping)}
    for name, value in values.items():
        if name not in inner:
            yield f"{_key(name)} = {_value(value)}\n"
    for name, held in inner.items():
        path = f"{table}.{_key(name)}" if table else _key(name)
        yield f"\n[{path}]\n"
        yield from _fields(held, path)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(name)} = {_value(held)}" for name, held in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return _list([_value(item) for item in value])
    return value.isoformat() if isinstance(value, dt.date) else repr(value)


def _list(items: list[str]) -> str:
    if sum(map(len, items)) <= _LIST_WIDTH:
        return f"[{', '.join(items)}]"
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
