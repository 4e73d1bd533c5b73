"""What every content pack is: a TOML file that states its source, read and validated."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Generic, TypeAlias, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from scoper.errors import InvalidInput
from scoper.library.lines import Place, find_line, write_place
from scoper.library.mending import remedy
from scoper.text import LINE_LIMIT, has_unprintable, plural

TEMPLATES: Final = Path(__file__).resolve().parents[2] / "templates"
LIBRARY: Final = TEMPLATES / "library"

BYTES_LIMIT: Final = 256_000
"""Largest pack from outside, in bytes."""

ENTRIES_LIMIT: Final = 1_000
"""Longest list in a pack from outside."""

PACK_TEXT_LIMIT: Final = 4_000
"""Longest text in any pack, in characters."""

_DOTS_LIMIT: Final = 200
"""Most dots on a line from outside: the time to read a dotted key grows with their square."""

_TOML_LINE = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")

Identifier: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)
]
"""A name that other packs and stored answers refer to; never shown."""

Line: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LINE_LIMIT)
]
"""A title or a short phrase."""

Text: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=PACK_TEXT_LIMIT)
]
"""A sentence or a paragraph."""


class Entry(BaseModel):
    """Base of what packs hold: frozen, and nothing in it that is not asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Pack(Entry):
    """What every content pack states about itself.

    ``as_of`` is the day the content was last checked; ``version`` counts up when it changes.
    """

    id: Identifier
    title: Line
    source: Text
    as_of: dt.date
    version: int = Field(ge=1, le=1_000_000)


P = TypeVar("P", bound=Pack)
E = TypeVar("E", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field, or a list of them, that holds ids of another kind of entry.

    Written as ``metric: Annotated[Identifier, Ref("metrics")]``.
    """

    kind: str


@dataclass(frozen=True, slots=True)
class PackKind(Generic[E]):
    """A kind of content: where its packs are and what they hold.

    ``name`` is what lists and references call it. Its packs are the file ``place``.toml and the
    files of the folder ``place``, below the built-in library and below the user's own.
    ``entries`` is the list of a pack that holds the entries, empty if the pack itself is the
    entry; ``key`` the field that tells entries apart. Packs of a ``whole`` kind hold together: an
    entry alone is not valid.
    """

    name: str
    title: str
    pack: type[Pack]
    place: str
    entry: type[E]
    entries: str = ""
    key: str = "id"
    whole: bool = False

    def entries_of(self, pack: Pack) -> tuple[E, ...]:
        """Return what a pack of this kind holds, in its order."""
        held = getattr(pack, self.entries) if self.entries else (pack,)
        return cast("tuple[E, ...]", tuple(held))

    def id_of(self, entry: BaseModel) -> str:
        """Return what tells an entry apart from the others of its kind."""
        return str(getattr(entry, self.key))

    def place_of(self, index: int) -> Place:
        """Return where the id of an entry stands in its pack."""
        return (self.entries, index, self.key) if self.entries else (self.key,)


class BrokenPack(InvalidInput):
    """A pack that cannot be used: ``file``, ``line`` (1 = first, if known), field and reason."""

    def __init__(
        self, file: Path, reason: str, *, line: int | None = None, field: str = ""
    ) -> None:
        where = [str(file), f"line {line}" if line else "", field]
        super().__init__(
            f"{', '.join(filter(None, where))}: {reason}.", remedy(reason), field=field
        )
        self.file = file
        self.line = line
        self.reason = reason


def load(kind: type[P], path: Path, *, own: bool = False) -> P:
    """Return the pack in a file; ``own`` is a pack from outside, held to the limits above.

    Raises:
        BrokenPack: it is missing or not valid; the message names file, line and field.
    """
    text = _text(path, BYTES_LIMIT if own else None)
    if own:
        _check_dots(path, text)
    content = _parsed(path, text)
    if own:
        for place, reason in _excesses(content, ()):
            raise broken(path, text, place, reason)
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        first, *others = error.errors()
        more = f" ({plural(len(others), 'more problem')} in this file)" if others else ""
        raise broken(path, text, first["loc"], _reason(first) + more) from error


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        BrokenPack: it is missing or not valid TOML; the message names file and line.
    """
    return _parsed(path, _text(path, None))


def broken(path: Path, text: str, place: Place, reason: str) -> BrokenPack:
    """Return the error for what is wrong at a place in the text of a pack."""
    return BrokenPack(path, reason, line=find_line(text, place), field=write_place(place))


def references(entry: BaseModel, at: Place = ()) -> Iterator[tuple[Place, str, str]]:
    """Yield every reference in a pack or entry: its place, the kind and the id it names."""
    for name, info in type(entry).model_fields.items():
        value = getattr(entry, name)
        many = isinstance(value, tuple)
        marks = [mark for mark in info.metadata if isinstance(mark, Ref)]
        for index, item in enumerate(value if many else (value,)):
            place: Place = (*at, name, index) if many else (*at, name)
            if isinstance(item, BaseModel):
                yield from references(item, place)
            elif isinstance(item, str):
                yield from ((place, mark.kind, item) for mark in marks)


def _text(path: Path, limit: int | None) -> str:
    if not path.is_file():
        there = path.exists() or path.is_symlink()
        raise BrokenPack(path, "this is not a file" if there else "the file is missing")
    try:
        with path.open("rb") as stream:
            data = stream.read(-1 if limit is None else limit + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise BrokenPack(path, f"it cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BrokenPack(path, "it is not UTF-8 text", line=line) from error
    if limit is not None and len(data) > limit:
        raise BrokenPack(path, f"it is larger than {limit // 1000:,} kB")
    return text


def _check_dots(path: Path, text: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > _DOTS_LIMIT:
            raise BrokenPack(path, f"there are more than {_DOTS_LIMIT} dots", line=number)


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        reason = _TOML_LINE.sub("", str(error))
        raise BrokenPack(path, f"it is not valid TOML: {reason.lower()}", line=line) from error
    except ValueError as error:
        raise BrokenPack(path, "a number in it is too long") from error
    except RecursionError as error:
        raise BrokenPack(path, "it is nested too deeply") from error


def _excesses(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Yield where content from outside is longer than allowed, or not plain text."""
    if isinstance(value, str):
        if len(value) > PACK_TEXT_LIMIT:
            yield place, f"the text is longer than {PACK_TEXT_LIMIT:,} characters"
        elif has_unprintable(value):
            yield place, "the text holds characters that cannot be shown"
    elif isinstance(value, list | dict):
        if len(value) > ENTRIES_LIMIT:
            yield place, f"there are more than {ENTRIES_LIMIT:,} entries"
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in pairs:
            yield from _excesses(item, (*place, key))


_REASONS: Final = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
    "string_too_short": "the text is empty",
    "string_type": "it is not a text",
    "tuple_type": "it is not a list",
    "model_type": "it is not a table of fields",
    "model_attributes_type": "it is not a table of fields",
    "bool_type": "it is neither true nor false",
    "bool_parsing": "it is neither true nor false",
    "int_type": "it is not a whole number",
    "int_parsing": "it is not a whole number",
    "int_from_float": "it is not a whole number",
    "float_type": "it is not a number",
    "float_parsing": "it is not a number",
    "finite_number": "it is not a number that can be used",
}
"""How people would say what pydantic finds, by the type of its error."""


def _reason(error: Any) -> str:
    kind = error["type"]
    if kind.startswith("date"):
        return "it is not a date"
    message = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input should ")
    if message.startswith("be "):
        message = f"it should {message}"
    return _REASONS.get(kind, message[:1].lower() + message[1:])
