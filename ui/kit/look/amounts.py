"""Amounts of money, as they are read."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def money(currency: str, amount: float) -> str:
    """Return an amount in whole units in the locale of the user, with its currency."""
    return f"{currency} {QLocale().toString(float(amount), 'f', 0)}".strip()
