"""What a document is made of: parts and sections, as its template folder states them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Final, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from scoper.errors import InvalidInput
from scoper.library import TEMPLATES, Pack
from scoper.library.packs import Line, load

FOLDER: Final = TEMPLATES / "documents"

Kind: TypeAlias = str
"""The id of a document: the name of its folder."""

KINDS: Final[tuple[Kind, ...]] = tuple(
    sorted(described.parent.name for described in FOLDER.glob("*/document.toml"))
)

_Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class SectionSpec(BaseModel):
    """A stretch of text that is drafted, edited and approved as one.

    ``id`` names its block in the template and what a team keeps of it; it never changes.
    ``heading`` tells whether ``title`` stands above it in the document or only in lists.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: _Name
    title: Line
    heading: bool = True


class PartSpec(BaseModel):
    """Sections under one heading; ``words`` is their usual length together, 0 for any."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Line
    words: int = Field(default=0, ge=0)
    sections: tuple[SectionSpec, ...] = Field(min_length=1)


class DocumentSpec(Pack):
    """What a document is for, what it draws on, how long it usually is and its parts.

    One that has to fit ``one_page`` is set more closely.
    """

    purpose: str = Field(min_length=1)
    needs: tuple[str, ...] = Field(min_length=1)
    usual_length: str = Field(min_length=1)
    one_page: bool = False
    parts: tuple[PartSpec, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _check_ids(self) -> Self:
        ids = [section.id for section in self.sections()]
        if len(ids) != len(set(ids)):
            raise ValueError("two sections have the same id")
        return self

    def sections(self) -> Iterator[SectionSpec]:
        """Yield the sections of all parts, in order."""
        for part in self.parts:
            yield from part.sections

    def section(self, section_id: str) -> SectionSpec:
        """Return a section.

        Raises:
            InvalidInput: there is none with that id.
        """
        for section in self.sections():
            if section.id == section_id:
                return section
        raise InvalidInput(
            f"A {self.title} has no section “{section_id}”.",
            f"Choose one of: {', '.join(section.id for section in self.sections())}.",
            field="section",
        )


def known(kind: str) -> Kind:
    """Return ``kind`` as a kind of document.

    Raises:
        InvalidInput: there is no such kind.
    """
    if kind in KINDS:
        return kind
    raise InvalidInput(
        f"There is no document “{kind}”.", f"Choose one of: {', '.join(KINDS)}.", field="document"
    )


def describe(kind: str) -> DocumentSpec:
    """Return what a kind of document is about.

    Raises:
        InvalidInput: there is no such kind, or its description is broken.
    """
    return _described(known(kind))


@cache
def _described(kind: Kind) -> DocumentSpec:
    return load(DocumentSpec, FOLDER / kind / "document.toml")
