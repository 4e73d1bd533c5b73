"""Tables of a portfolio.

Each noun has a model of its validated fields (``…Fields``) and a table (``…Row``) that adds
identity, parent and order: SQLModel validates only models that are not tables, so commands
check values against the fields before they write rows. Types are portable to PostgreSQL.
"""

from __future__ import annotations

import sqlalchemy.orm

from scoper.model.delivery import (
    AcceptanceFields,
    AcceptanceRow,
    CostFields,
    CostRow,
    EffortFields,
    EffortRow,
    KpiFields,
    KpiRow,
    MilestoneFields,
    MilestoneRow,
)
from scoper.model.history import AUDITED, AuditRow, ImageRow, StepRow
from scoper.model.judgement import ExclusionRow, RatingFields, RatingRow
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
)
from scoper.model.rows import Item, Row, UseCaseItem
from scoper.model.use_case import (
    DatasetFields,
    DatasetRow,
    EvidenceFields,
    EvidenceRow,
    RiskFields,
    RiskRow,
    SolutionFields,
    SolutionRow,
    UseCaseFields,
    UseCaseRow,
)
from scoper.model.writing import AnswerFields, AnswerRow, SectionFields, SectionRow

__all__ = [
    "AUDITED",
    "ITEM_ROWS",
    "AcceptanceFields",
    "AcceptanceRow",
    "AnchorFields",
    "AnchorRow",
    "AnswerFields",
    "AnswerRow",
    "AuditRow",
    "CapacityFields",
    "CapacityRow",
    "CostFields",
    "CostRow",
    "CriterionFields",
    "CriterionRow",
    "DatasetFields",
    "DatasetRow",
    "EffortFields",
    "EffortRow",
    "EvidenceFields",
    "EvidenceRow",
    "ExclusionRow",
    "ImageRow",
    "Item",
    "KpiFields",
    "KpiRow",
    "MilestoneFields",
    "MilestoneRow",
    "ParticipantFields",
    "ParticipantRow",
    "PortfolioFields",
    "PortfolioRow",
    "RatingFields",
    "RatingRow",
    "RiskFields",
    "RiskRow",
    "RoleFields",
    "RoleRow",
    "Row",
    "SectionFields",
    "SectionRow",
    "SolutionFields",
    "SolutionRow",
    "StepRow",
    "UseCaseFields",
    "UseCaseItem",
    "UseCaseRow",
]

ITEM_ROWS: dict[str, type[UseCaseItem]] = {
    "solutions": SolutionRow,
    "evidence": EvidenceRow,
    "datasets": DatasetRow,
    "risks": RiskRow,
    "kpis": KpiRow,
    "acceptance": AcceptanceRow,
    "milestones": MilestoneRow,
    "costs": CostRow,
    "efforts": EffortRow,
}
"""The lists of a use case by the name they have in its snapshot."""

# Rows read from a file are put together without __init__, which would otherwise do this first.
sqlalchemy.orm.configure_mappers()
