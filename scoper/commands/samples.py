"""Puts the sample portfolio into a new file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from scoper.commands.checks import valid_row
from scoper.commands.entries import valid_entry
from scoper.commands.portfolios import check_empty, scheme_rows
from scoper.library import CriteriaScheme, sample
from scoper.library.criteria import DEFAULT_SCHEME
from scoper.library.packs import LIBRARY, load
from scoper.model import (
    ITEM_ROWS,
    AnswerFields,
    AnswerRow,
    CapacityFields,
    CapacityRow,
    CriterionRow,
    ParticipantFields,
    ParticipantRow,
    PortfolioFields,
    PortfolioRow,
    RatingRow,
    RoleFields,
    RoleRow,
    Row,
    SectionFields,
    SectionRow,
    UseCaseFields,
    UseCaseRow,
)
from scoper.scoping import LISTS, Kind
from scoper.scoring.entries import ABSTAIN
from scoper.snapshot import Changes
from scoper.store import Store

_TABLES = ("ratings", "answers", "sections")
_SCHEME = LIBRARY / "criteria" / f"{DEFAULT_SCHEME}.toml"
"""The scheme that the ratings of the sample are on, whatever the user's own packs hold."""


def create_sample(store: Store) -> Changes:
    """Fill a new file with the sample portfolio."""
    head, use_cases = sample()
    with store.write("Sample portfolio", undoable=False) as unit:
        check_empty(unit)
        portfolio = PortfolioRow(**valid_row(PortfolioFields, head["portfolio"]))
        scheme = scheme_rows(portfolio.id, load(CriteriaScheme, _SCHEME))
        roles, capacities = _role_rows(portfolio.id, head["roles"])
        people = [
            ParticipantRow(
                **valid_row(ParticipantFields, person), portfolio_id=portfolio.id, position=place
            )
            for place, person in enumerate(head["participants"])
        ]
        unit.add(portfolio, *scheme, *roles, *capacities, *people)
        names = _Names(
            roles={role.title: role.id for role in roles},
            participants={person.name: person.id for person in people},
            criteria={row.key: row.id for row in scheme if isinstance(row, CriterionRow)},
        )
        for position, content in enumerate(use_cases):
            unit.add(*_use_case_rows(portfolio.id, position, content, names))
        return unit.changes()


def _role_rows(
    portfolio_id: UUID, content: list[dict[str, Any]]
) -> tuple[list[RoleRow], list[CapacityRow]]:
    roles: list[RoleRow] = []
    capacities: list[CapacityRow] = []
    for place, values in enumerate(content):
        fields = {name: value for name, value in values.items() if name != "capacities"}
        role = RoleRow(**valid_row(RoleFields, fields), portfolio_id=portfolio_id, position=place)
        roles.append(role)
        for quarter, days in values.get("capacities", {}).items():
            checked = valid_row(CapacityFields, {"quarter": quarter, "days": days})
            capacities.append(CapacityRow(**checked, role_id=role.id))
    return roles, capacities


class _Names:
    def __init__(
        self, *, roles: dict[str, UUID], participants: dict[str, UUID], criteria: dict[str, UUID]
    ) -> None:
        self.roles = roles
        self.participants = participants
        self.criteria = criteria


def _use_case_rows(
    portfolio_id: UUID, position: int, content: dict[str, Any], names: _Names
) -> list[Row]:
    answers = {k: v for k, v in content.items() if k not in (*ITEM_ROWS, *_TABLES)}
    use_case = UseCaseRow(
        **valid_row(UseCaseFields, answers), portfolio_id=portfolio_id, position=position
    )
    rows: list[Row] = [use_case]
    solutions: dict[str, UUID] = {}
    for name, kind in ITEM_ROWS.items():
        for place, values in enumerate(content.get(name, [])):
            known = {Kind.ROLE: names.roles, Kind.SOLUTION: solutions}
            checked = valid_entry(name, with_ids(name, values, known))
            row = kind(**checked, use_case_id=use_case.id, position=place)
            rows.append(row)
            if name == "solutions":
                solutions[checked["title"]] = row.id
    rows += _answer_rows(use_case.id, content.get("answers", {}))
    rows += _section_rows(use_case.id, content.get("sections", {}))
    return rows + _rating_rows(use_case.id, content.get("ratings", {}), names)


def with_ids(
    name: str, values: Mapping[str, Any], known: Mapping[Kind, Mapping[str, UUID]]
) -> dict[str, Any]:
    """Return what is said of an entry of a list, with ids for the titles of what it refers to.

    A sample says ``role`` where the field is ``role_id``. ``known`` are ids by title for each kind
    of field that refers to something.
    """
    resolved = dict(values)
    for field in LISTS[name].fields:
        said = field.name.removesuffix("_id")
        if field.kind in known and said in resolved:
            resolved[field.name] = known[field.kind][resolved.pop(said)]
    return resolved


def _answer_rows(use_case_id: UUID, content: dict[str, dict[str, Any]]) -> list[Row]:
    """Return the answers of each checklist; one is a choice, or a table of choice and note."""
    return [
        AnswerRow(
            **valid_row(
                AnswerFields,
                {
                    "questionnaire": questionnaire,
                    "question": question,
                    **(given if isinstance(given, dict) else {"answer": given}),
                },
            ),
            use_case_id=use_case_id,
        )
        for questionnaire, answers in content.items()
        for question, given in answers.items()
    ]


def _section_rows(use_case_id: UUID, content: dict[str, dict[str, dict[str, Any]]]) -> list[Row]:
    """Return what is kept of each document, by id of the section."""
    return [
        SectionRow(
            **valid_row(SectionFields, {"document": document, "section": section, **kept}),
            use_case_id=use_case_id,
        )
        for document, sections in content.items()
        for section, kept in sections.items()
    ]


def _rating_rows(use_case_id: UUID, ratings: dict[str, dict[str, Any]], names: _Names) -> list[Row]:
    return [
        RatingRow(
            use_case_id=use_case_id,
            criterion_id=names.criteria[criterion],
            participant_id=names.participants[person],
            value=None if entry == ABSTAIN else float(entry),
            abstained=entry == ABSTAIN,
        )
        for person, entries in ratings.items()
        for criterion, entry in entries.items()
    ]
