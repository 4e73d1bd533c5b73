"""The one guard for an owner that has gone before the answer to what it asked has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

T = TypeVar("T")


def while_there(owner: QObject, done: Callable[[T], object]) -> Callable[[T], None]:
    """Return ``done`` for as long as its owner is there; what comes later is dropped."""

    def told(answer: T) -> None:
        if isValid(owner):
            done(answer)

    return told
