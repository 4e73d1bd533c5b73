"""Tables of a portfolio.

Each noun has a model of its validated fields (``…Fields``) and a table (``…Row``) that adds
identity, parent and order: SQLModel validates only models that are not tables, so commands
check values against the fields before they write rows. Those of the lists of a use case are made
from what the lists say of themselves (``lists``). Types are portable to PostgreSQL.
"""

from __future__ import annotations

import sqlalchemy.orm

from scoper.model.history import AUDITED, AuditRow, ImageRow, StepRow
from scoper.model.judgement import ExclusionRow, RatingFields, RatingRow
from scoper.model.lists import ITEM_FIELDS, ITEM_ROWS
from scoper.model.portfolio import (
    AnchorFields,
    AnchorRow,
    CapacityFields,
    CapacityRow,
    CriterionFields,
    CriterionRow,
    ParticipantFields,
    ParticipantRow,
    PortfolioFields,
    PortfolioRow,
    RoleFields,
    RoleRow,
    check_parameters,
)
from scoper.model.rows import Item, Row, UseCaseItem
from scoper.model.use_case import UseCaseFields, UseCaseRow
from scoper.model.writing import AnswerFields, AnswerRow, SectionFields, SectionRow

__all__ = [
    "AUDITED",
    "ITEM_FIELDS",
    "ITEM_ROWS",
    "AnchorFields",
    "AnchorRow",
    "AnswerFields",
    "AnswerRow",
    "AuditRow",
    "CapacityFields",
    "CapacityRow",
    "CriterionFields",
    "CriterionRow",
    "ExclusionRow",
    "ImageRow",
    "Item",
    "ParticipantFields",
    "ParticipantRow",
    "PortfolioFields",
    "PortfolioRow",
    "RatingFields",
    "RatingRow",
    "RoleFields",
    "RoleRow",
    "Row",
    "SectionFields",
    "SectionRow",
    "StepRow",
    "UseCaseFields",
    "UseCaseItem",
    "UseCaseRow",
    "check_parameters",
]

# Rows read from a file are put together without __init__, which would otherwise do this first.
sqlalchemy.orm.configure_mappers()
