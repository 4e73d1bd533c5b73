"""Content packs: criteria schemes, roles and the sample portfolio, read from ``templates/``."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from scoper.errors import InvalidInput
from scoper.terms import Dimension, RiskCategory

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates"
DEFAULT_SCHEME: Final = "balanced"
LEVELS: Final = range(1, 6)


class Pack(BaseModel):
    """What every content pack states about itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    source: str = Field(min_length=1)
    as_of: dt.date


class CriterionSpec(BaseModel):
    """A criterion with the written anchor of every level."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(min_length=1, max_length=60)
    title: str = Field(min_length=1, max_length=120)
    question: str = Field(min_length=1)
    dimension: Dimension
    category: RiskCategory | None = None
    weight: float = Field(ge=0)
    anchors: dict[int, str]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.dimension is Dimension.RISK) != (self.category is not None):
            raise ValueError(f"“{self.key}”: a risk criterion, and only it, has a category")
        if sorted(self.anchors) != list(LEVELS) or not all(self.anchors.values()):
            raise ValueError(f"“{self.key}”: there must be one anchor for each level 1 to 5")
        return self


class CriteriaScheme(Pack):
    """A set of criteria to score with."""

    criteria: tuple[CriterionSpec, ...] = Field(min_length=3)

    @model_validator(mode="after")
    def _unique(self) -> Self:
        keys = [criterion.key for criterion in self.criteria]
        if len(keys) != len(set(keys)):
            raise ValueError("two criteria have the same key")
        return self


class RoleSpec(BaseModel):
    """A role a new portfolio starts with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1, max_length=120)
    day_rate: float | None = Field(default=None, ge=0)
    capacity_days: float | None = Field(default=None, ge=0)


class RolePack(Pack):
    """Roles with usual day rates."""

    roles: tuple[RoleSpec, ...] = Field(min_length=1)


P = TypeVar("P", bound=Pack)


def criteria_scheme(scheme_id: str = DEFAULT_SCHEME) -> CriteriaScheme:
    """Return the criteria scheme of that id.

    Raises:
        InvalidInput: there is none, or the pack is broken (naming file and field).
    """
    return _load(CriteriaScheme, TEMPLATES / "library" / "criteria" / f"{scheme_id}.toml")


def default_roles() -> RolePack:
    """Return the roles a new portfolio starts with."""
    return _load(RolePack, TEMPLATES / "library" / "roles.toml")


def sample() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the sample portfolio as plain tables: the portfolio, and its use cases in order."""
    (folder,) = (path.parent for path in (TEMPLATES / "samples").glob("*/portfolio.toml"))
    use_cases = sorted((folder / "use-cases").glob("*.toml"))
    return read_toml(folder / "portfolio.toml"), [read_toml(path) for path in use_cases]


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


def _load(kind: type[P], path: Path) -> P:
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
