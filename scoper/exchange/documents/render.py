"""From plain data and a template to Markdown in which data is always text.

A template is Jinja in a sandbox. Whatever it prints is escaped for Markdown on the way out, so
that no title becomes a heading, no source a link and no note a picture or markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from scoper.exchange.documents.outline import FOLDER, Kind
from scoper.exchange.documents.phrasing import (
    clause,
    counted,
    first_sentence,
    opening,
    sentence,
    stopped,
)
from scoper.text import clean

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~#])")
_ENTITY: Final = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
_LINE_START: Final = re.compile(r"^(?:([+\-=])(?=[\s\-=]|$)|(\d{1,9})([.)])(?=\s|$))")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_SPACES: Final = re.compile(r"[ \t]+")
LINE_BREAK: Final = " &#10;"
"""A line break within a table cell or a list item."""


def draft(kind: Kind, facts: dict[str, Any]) -> dict[str, str]:
    """Return the text of every block of a template as Markdown, tidied; empty where it says none.

    Besides the sections these are ``title``, one line, and ``note``, which stands below it.
    """
    template = _environment().get_template(f"{kind}/template.md.j2")
    return {
        name: tidied("".join(block(template.new_context(facts))))
        for name, block in template.blocks.items()
    }


def tidied(raw: str) -> str:
    """Return what a block printed without the blank lines and spaces of its template."""
    lines = "\n".join(_SPACES.sub(" ", line).rstrip(" ") for line in raw.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip("\n")


def escape_line(words: str) -> str:
    """Return a text so that Markdown shows it as it is, wherever it stands in a line.

    Line breaks become character references, which neither end a table row nor a list item; the
    space before them keeps words apart in programs that drop them.
    """
    return _lines(clean(words), LINE_BREAK)


def prose(words: str) -> Markup:
    """Return a text as paragraphs of its own, its line breaks kept."""
    paragraphs = re.split(r"\n\s*\n", clean(words))
    return Markup("\n\n".join(_lines(paragraph, "\\\n") for paragraph in paragraphs))


def _lines(words: str, line_break: str) -> str:
    return line_break.join(escape(line.strip()) for line in words.split("\n"))


def escape(line: str) -> str:
    """Return a stretch of one line so that nothing in it is Markdown."""
    flat = _SPACES.sub(" ", line)
    safe = _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", flat))
    return _LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", safe)


def printed(value: object) -> Markup:
    """Return a text or number as Markdown that shows it as it is.

    Raises:
        TypeError: it is neither.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return Markup(escape_line(str(value)))
    raise TypeError(f"a document prints texts and numbers, not {type(value).__name__}")


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "prose": prose,
    "sentence": sentence,
    "stopped": stopped,
    "clause": clause,
    "first_sentence": first_sentence,
    "opening": opening,
    "counted": counted,
}
"""What templates can do to words."""


def shared_macros() -> object:
    """Return the macros of ``shared.md.j2``, which templates call ``s``."""
    return _environment().globals["s"]


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= FILTERS
    environment.globals["s"] = environment.get_template("shared.md.j2").module
    return environment
