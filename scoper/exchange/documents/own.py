"""A user's own template for a document: it replaces sections, and never more than it can.

It lies in the user's library folder as ``documents/prfaq/template.md.j2``, with a block for each
section it words in its own way; for all others the built-in template stays in place. What it
prints is treated like a text a team has edited: words and plain structure, nothing else.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from jinja2.exceptions import TemplateError, TemplateSyntaxError

from scoper.errors import InvalidInput
from scoper.exchange.documents.bounded import BoundedEnvironment, line_of
from scoper.exchange.documents.markdown import settle
from scoper.exchange.documents.outline import Kind, describe
from scoper.exchange.documents.render import FILTERS, printed, shared_macros, tidied
from scoper.settings import library_folder

BYTES_LIMIT: Final = 64_000
"""Largest template from outside, in bytes."""


_UNKNOWN: Final = re.compile(r"'(.+)' is undefined|'.+ object' has no attribute '(.+)'")


class BrokenTemplate(InvalidInput):
    """A template that cannot be used; the message names the file and, if known, the line."""

    def __init__(self, file: Path, reason: str, line: int | None = None) -> None:
        where = f"{file}, line {line}" if line else str(file)
        super().__init__(f"{where}: {reason}.", "Until it is put right, the built-in one is used.")
        self.file, self.line = file, line


def own_template(kind: Kind) -> Path:
    """Return where the user's own template for a document lies, whether it is there or not."""
    return library_folder() / "documents" / kind / "template.md.j2"


def own_draft(kind: Kind, facts: dict[str, Any]) -> dict[str, str]:
    """Return the sections that the user's own template words, as settled Markdown.

    Raises:
        BrokenTemplate: it cannot be read, is not valid, or took too long or too much room.
    """
    file = own_template(kind)
    if not file.is_file():
        return {}
    environment = BoundedEnvironment(printed, FILTERS, shared_macros())
    template = None
    try:
        template = environment.from_string(_read(file))
        known = {section.id for section in describe(kind).sections()}
        strays = sorted(set(template.blocks) - known)
        if strays:
            raise BrokenTemplate(file, f"there is no section “{strays[0]}”")
        if not template.blocks:
            raise BrokenTemplate(file, "it holds no block, so it words no section")
        drafts = {}
        for name, block in template.blocks.items():
            text = "".join(block(template.new_context(facts)))
            environment.count(len(text))
            drafts[name] = settle(tidied(text))
        return drafts
    except BrokenTemplate:
        raise
    except TemplateSyntaxError as error:
        raise BrokenTemplate(file, _reason(error), error.lineno) from error
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise BrokenTemplate(file, _reason(error), line_of(template, error)) from error
    except (AttributeError, RecursionError, SyntaxError, MemoryError, AssertionError) as error:
        line = line_of(template, error)
        raise BrokenTemplate(file, "it cannot be carried out", line) from error


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            data = stream.read(BYTES_LIMIT + 1)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenTemplate(file, "it cannot be read as UTF-8 text") from error
    if len(data) > BYTES_LIMIT:
        raise BrokenTemplate(file, f"it is larger than {BYTES_LIMIT // 1000} kB")
    return text


def _reason(error: Exception) -> str:
    message = " ".join(str(error).split()).rstrip(".")
    if unknown := _UNKNOWN.fullmatch(message):
        return f"there is nothing called “{unknown[1] or unknown[2]}”"
    if message.startswith("no loader"):
        return "it cannot use other templates"
    return message[:1].lower() + message[1:300] if message else "it cannot be carried out"
