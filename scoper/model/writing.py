"""Answers to checklists, and what teams keep of their documents."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
import sqlalchemy.orm
from sqlmodel import Field, SQLModel

from scoper.model.columns import (
    Day,
    Line,
    Text,
    line_column,
    parent_column,
    term_column,
    text_column,
)
from scoper.model.rows import Row
from scoper.terms import (
    SectionState,
)
from scoper.text import SECTION_LIMIT


class AnswerFields(SQLModel):
    """What a team answered to one question of a checklist in the library.

    ``questionnaire`` names the checklist and ``question`` the entry by its id, so that answers
    outlive a question that is no longer asked.
    """

    questionnaire: Line = line_column(least=1, most=40)
    question: Line = line_column(least=1, most=80)
    answer: Line = line_column(most=40)
    note: Text = text_column()


class AnswerRow(AnswerFields, Row, table=True):
    """An answer of a use case."""

    __tablename__: ClassVar[str] = "answer"
    __table_args__ = (sa.UniqueConstraint("use_case_id", "questionnaire", "question"),)
    use_case_id: UUID = parent_column("use_case")


class SectionFields(SQLModel):
    """What a team keeps of one section of a document.

    ``document`` and ``section`` are ids of its template. ``text`` is Markdown that is kept as it
    is, and ``drafted_from`` the draft it came from; both are empty while the section follows its
    draft.
    """

    document: Line = line_column(least=1, most=40)
    section: Line = line_column(least=1, most=60)
    text: Text = text_column(most=SECTION_LIMIT)
    drafted_from: Text = text_column(most=SECTION_LIMIT)
    state: SectionState = term_column(SectionState.DRAFTING)
    contributors: Line = line_column()
    reviewer: Line = line_column()
    approved_by: Line = line_column()
    approved_on: Day = Field(default=None, sa_type=sa.Date)


class SectionRow(SectionFields, Row, table=True):
    """A section of a document about a use case."""

    __tablename__: ClassVar[str] = "section"
    __table_args__ = (sa.UniqueConstraint("use_case_id", "document", "section"),)
    use_case_id: UUID = parent_column("use_case")
