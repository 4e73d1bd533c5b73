"""Text that Qt shows as it is, where it would otherwise guess markup or a mnemonic."""

from __future__ import annotations

import textwrap
from typing import Final, Protocol

_LONGEST: Final = 1_000
_LINE: Final = 100
_JOINER: Final = "\u2060"
"""Word joiner: it has no width and no look, and ends what could be the start of a tag."""


class _HasTip(Protocol):
    def setToolTip(self, text: str, /) -> None: ...


def tip(text: str) -> str:
    """Return ``text`` for a tooltip: in lines that fit a screen, and never taken for markup."""
    shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    lines = "\n".join(textwrap.fill(line, _LINE) for line in shown.splitlines())
    return lines.replace("<", f"<{_JOINER}").replace("&lt;", f"&{_JOINER}lt;")


def set_tip(shown: _HasTip, text: str) -> None:
    """Have ``text`` shown when the pointer rests on ``shown``."""
    shown.setToolTip(tip(text))


def escaped(text: str) -> str:
    """Return ``text`` for a button or a menu, where a single & would be taken for a mnemonic."""
    return text.replace("&", "&&")


def unescaped(text: str) -> str:
    """Return what a text made by ``escaped`` reads."""
    return text.replace("&&", "&")
