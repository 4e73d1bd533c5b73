"""How people call what a command changes: by the label of its field on the form."""

from __future__ import annotations

from sqlmodel import SQLModel

from scoper.model import (
    ITEM_FIELDS,
    CapacityFields,
    CriterionFields,
    ParticipantFields,
    PortfolioFields,
    RoleFields,
    SectionFields,
    UseCaseFields,
)
from scoper.scoping import forms
from scoper.text import cited

_FORMS: dict[type[SQLModel], str] = {
    **{kind: name for name, kind in ITEM_FIELDS.items()},
    UseCaseFields: "use_case",
    PortfolioFields: "portfolio",
    ParticipantFields: "participants",
    RoleFields: "roles",
    CapacityFields: "capacity",
    CriterionFields: "criterion",
    SectionFields: "section",
}


def quoted(kind: type[SQLModel], name: str) -> str:
    """Return the label of a field in quotation marks."""
    return cited(forms.label_of(_FORMS.get(kind, ""), name))
