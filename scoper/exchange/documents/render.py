"""From plain data and a template to Markdown in which data is always text.

A template is Jinja in a sandbox. Whatever it prints is escaped for Markdown on the way out, so
that no title becomes a heading, no source a link and no note a picture or markup.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from scoper.exchange.documents.phrasing import clause, counted, first_sentence, sentence, stopped
from scoper.library import TEMPLATES
from scoper.text import clean

FOLDER: Final = TEMPLATES / "documents"

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~#])")
_ENTITY: Final = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
_LINE_START: Final = re.compile(r"^(?:([+\-=])(?=[\s\-=]|$)|(\d{1,9})([.)])(?=\s|$))")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_SPACES: Final = re.compile(r"[ \t]+")
_LINE_BREAK: Final = " &#10;"


def render(template: str, facts: dict[str, Any]) -> str:
    """Return the Markdown of a template folder in ``templates/documents``, tidied."""
    raw = _environment().get_template(f"{template}/template.md.j2").render(facts)
    lines = "\n".join(_SPACES.sub(" ", line).rstrip(" ") for line in raw.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip("\n") + "\n"


def escape_line(words: str) -> str:
    """Return a text so that Markdown shows it as it is, wherever it stands in a line.

    Line breaks become character references, which neither end a table row nor a list item; the
    space before them keeps words apart in programs that drop them.
    """
    return _LINE_BREAK.join(_escape(line) for line in clean(words).split("\n"))


def prose(words: str) -> Markup:
    """Return a text as paragraphs of its own, its line breaks kept."""
    paragraphs = re.split(r"\n\s*\n", clean(words))
    return Markup("\n\n".join(
        "\\\n".join(_escape(line) for line in paragraph.split("\n")) for paragraph in paragraphs
    ))  # fmt: skip


def _escape(line: str) -> str:
    flat = _SPACES.sub(" ", line).strip()
    safe = _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", flat))
    return _LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", safe)


def _printed(value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return Markup(escape_line(str(value)))
    raise TypeError(f"a document prints texts and numbers, not {type(value).__name__}")


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "prose": prose,
        "sentence": sentence,
        "stopped": stopped,
        "clause": clause,
        "first_sentence": first_sentence,
        "counted": counted,
    }
    return environment
