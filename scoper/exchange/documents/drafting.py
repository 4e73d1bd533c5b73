"""A document as it stands: sections drafted from the steps, or kept as a team edited them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from scoper.board import Board
from scoper.exchange.documents.blocks import Block, parse, plain, stretches
from scoper.exchange.documents.facts import facts
from scoper.exchange.documents.markdown import settle
from scoper.exchange.documents.outline import DocumentSpec, Kind, PartSpec, SectionSpec, describe
from scoper.exchange.documents.own import BrokenTemplate, own_draft
from scoper.exchange.documents.render import draft
from scoper.snapshot import Section
from scoper.terms import SectionState
from scoper.text import clean


@dataclass(frozen=True, eq=False)
class DraftedSection:
    """One section: what the steps say now (``draft``) and what the team keeps of it, if anything.

    ``text`` is what the document says, as Markdown without links, pictures, code or HTML.
    """

    spec: SectionSpec
    draft: str
    kept: Section | None

    @property
    def is_edited(self) -> bool:
        """Whether the team keeps a text of its own."""
        return self.kept is not None and bool(self.kept.text)

    @property
    def source(self) -> str:
        """The Markdown to edit: as the team left it, or the draft."""
        return self.kept.text if self.kept and self.kept.text else self.draft

    @cached_property
    def text(self) -> str:
        """What the document says."""
        return settle(self.source) if self.is_edited else self.draft

    @property
    def is_stale(self) -> bool:
        """Whether what the steps say has changed since the kept text was drafted from it."""
        return (
            self.kept is not None and self.is_edited and self.kept.drafted_from != clean(self.draft)
        )

    @property
    def state(self) -> SectionState:
        """How far it has come."""
        return self.kept.state if self.kept else SectionState.DRAFTING

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The text as blocks."""
        return parse(self.text)

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(plain(runs).split()) for block in self.blocks for runs in stretches(block))

    @cached_property
    def gaps(self) -> int:
        """How many places in it still have to be written."""
        return sum(run.mark for block in self.blocks for runs in stretches(block) for run in runs)


@dataclass(frozen=True, eq=False)
class Document:
    """A document about one use case; a section without a word in it is left out, heading and all.

    ``title`` and ``note`` are Markdown as well. ``fault`` says why the user's own template was
    not used; empty when it was, or when there is none.
    """

    spec: DocumentSpec
    title: str
    note: str
    parts: tuple[tuple[PartSpec, tuple[DraftedSection, ...]], ...]
    fault: str = ""

    @cached_property
    def sections(self) -> tuple[DraftedSection, ...]:
        """The sections of all parts, in order."""
        return tuple(section for _, sections in self.parts for section in sections)

    @cached_property
    def markdown(self) -> str:
        """The whole document; every writer and the preview draw exactly this text."""
        return "\n\n".join(self._pieces()) + "\n"

    @cached_property
    def headings(self) -> dict[str, int]:
        """Which heading each section stands under, counted from the title, which is 0."""
        places: dict[str, int] = {}
        count = 0
        for _, sections in self.parts:
            count += any(section.text for section in sections)
            for section in sections:
                count += section.spec.heading and bool(section.text)
                places[section.spec.id] = count
        return places

    @property
    def gaps(self) -> int:
        """How many places still have to be written."""
        return sum(section.gaps for section in self.sections)

    def _pieces(self) -> Iterator[str]:
        yield f"# {self.title}"
        if self.note:
            yield self.note
        for part, sections in self.parts:
            written = [section for section in sections if section.text]
            if written:
                yield f"## {part.title}"
            for section in written:
                if section.spec.heading:
                    yield f"### {section.spec.title}"
                yield section.text


def compose(board: Board, use_case_id: UUID, kind: Kind, *, on: dt.date | None = None) -> Document:
    """Return a document about a use case; ``on`` is the date of the draft, today unless given.

    Raises:
        InvalidInput: there is no such kind of document.
        NotFound: the use case is not in the portfolio.
    """
    spec = describe(kind)
    known = facts(board, use_case_id, on or dt.date.today())
    drafts, fault = draft(kind, known), ""
    try:
        drafts |= own_draft(kind, known)
    except BrokenTemplate as error:
        fault = str(error)
    use_case = board.use_cases[board.portfolio.row_of[use_case_id]]
    kept = use_case.sections_of(kind)
    parts = []
    for part in spec.parts:
        sections = tuple(
            DraftedSection(section, drafts[section.id], kept.get(section.id))
            for section in part.sections
        )
        if shown := tuple(section for section in sections if section.text or section.kept):
            parts.append((part, shown))
    return Document(spec, drafts["title"], drafts["note"], tuple(parts), fault)
