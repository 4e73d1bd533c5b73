"""What every content pack is: a TOML file that states its source, read and validated."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scoper.errors import InvalidInput

TEMPLATES: Final = Path(__file__).resolve().parents[2] / "templates"
LIBRARY: Final = TEMPLATES / "library"


class Pack(BaseModel):
    """What every content pack states about itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    source: str = Field(min_length=1)
    as_of: dt.date


P = TypeVar("P", bound=Pack)


def load(kind: type[P], path: Path) -> P:
    """Return the pack in a file.

    Raises:
        InvalidInput: it is missing or not valid; the message names file and field.
    """
    content = read_toml(path)
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(
            f"The content file {path.name} is not valid at {where or 'the top'}: {first['msg']}.",
            "Install Scoper again, or mend the file.",
            field=where,
        ) from error


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file.

    Raises:
        InvalidInput: it is missing or not valid TOML; the message names file and line.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidInput(
            f"The content file {path.name} cannot be read: {error}.",
            "Install Scoper again, or mend the file.",
            field=path.name,
        ) from error
