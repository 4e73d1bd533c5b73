"""The fields of a use case that can come from a table, and how the field calls them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """How the text of a cell is read."""

    LINE = auto()
    TEXT = auto()
    MONEY = auto()
    STAGE = auto()


@dataclass(frozen=True, slots=True)
class Target:
    """A field that can be filled from a column.

    ``synonyms`` are whole headers, best first; ``phrases`` also count inside a long header.
    """

    field: str
    label: str
    kind: Kind = Kind.LINE
    synonyms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


def _words(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


TARGETS: tuple[Target, ...] = (
    Target(
        "title",
        "Title",
        synonyms=_words(
            "title, use case title, use case name, use case, name, project title, project name, "
            "project, initiative, initiative name, idea, opportunity, system name, application"
        ),
        phrases=_words("use case name, use case title, name use case, title use case"),
    ),
    Target(
        "source_id",
        "ID",
        synonyms=_words(
            "source id, id, use case id, identifier, use case identifier, reference, ref, "
            "use case number, number, no, nr, key, use case key, inventory id"
        ),
        phrases=_words("use case id"),
    ),
    Target(
        "summary",
        "Summary",
        Kind.TEXT,
        _words(
            "summary, use case summary, description, use case description, short description, "
            "brief description, abstract, overview, purpose, details, about"
        ),
        _words("brief summary, short summary, brief description, short description"),
    ),
    Target(
        "organisation",
        "Organisation",
        synonyms=_words(
            "organisation, organization, organisation name, company, agency name, department, "
            "department name, agency, ministry, institution, entity, business unit, division, unit"
        ),
    ),
    Target(
        "function",
        "Business function",
        synonyms=_words(
            "function, business function, topic area, use case topic area, business area, "
            "functional area, mission area, domain, area, category, agency bureau, "
            "bureau component, bureau, component, business unit, division, department, unit, "
            "team, process, agency, office"
        ),
        phrases=_words("topic area, business function"),
    ),
    Target(
        "stage",
        "Stage",
        Kind.STAGE,
        _words(
            "stage, development stage, stage of development, lifecycle stage, life cycle stage, "
            "life cycle phase, phase, project phase, project stage, status, project status, "
            "development status, maturity"
        ),
        _words("development stage, stage development, life cycle stage"),
    ),
    Target(
        "tags",
        "Tags",
        synonyms=_words(
            "tags, tag, labels, keywords, techniques, technique, classification, "
            "ai techniques, technology, technologies, ai type, type of ai, ai method, methods, "
            "type"
        ),
    ),
    Target(
        "owner",
        "Owner",
        synonyms=_words(
            "owner, problem owner, business owner, use case owner, responsible, accountable, "
            "contact, contact person, point of contact, contact name, contact email, sponsor, "
            "submitted by, submitter, email, email address, e mail, requester, lead"
        ),
        phrases=_words("point contact, business owner"),
    ),
    Target(
        "problem",
        "Problem",
        Kind.TEXT,
        _words(
            "problem, problem statement, problem solved, problem description, business problem, "
            "pain point, pain points, challenge, need, business need, issue, what is the problem"
        ),
        _words("what problem, problem to be solved, problem solved, problem statement"),
    ),
    Target(
        "affected",
        "Who is affected",
        Kind.TEXT,
        _words(
            "affected, who is affected, affected people, stakeholders, users, end users, "
            "user groups, customers, beneficiaries, target group, target audience"
        ),
        _words("who is affected, end users affected"),
    ),
    Target(
        "current_cost",
        "Cost of the problem per year",
        Kind.MONEY,
        _words(
            "current cost, cost of the problem, problem cost, annual cost, cost today, "
            "current annual cost, cost per year, yearly cost, cost of the problem per year"
        ),
    ),
    Target(
        "current_volume",
        "Volume today",
        synonyms=_words(
            "current volume, volume, annual volume, volume today, frequency, volume per year, "
            "number of cases, cases per year, transactions per year"
        ),
    ),
    Target(
        "problem_evidence",
        "Evidence of the problem",
        Kind.TEXT,
        _words("problem evidence, evidence, evidence of the problem, proof, baseline evidence"),
    ),
    Target(
        "benefits",
        "Benefits",
        Kind.TEXT,
        _words(
            "benefits, benefit, expected benefits, value, value proposition, business value, "
            "expected value, impact, outcomes, expected outcomes, purpose and benefits, goals"
        ),
        _words("expected benefits, anticipated benefits"),
    ),
    Target(
        "expected_output",
        "Expected output",
        Kind.TEXT,
        _words(
            "expected output, output, outputs, system outputs, system output, deliverable, "
            "deliverables, ai output, model output, result, results"
        ),
        _words("system outputs, expected outputs"),
    ),
    Target(
        "data_notes",
        "Data",
        Kind.TEXT,
        _words(
            "data notes, data, data description, data sources, data source, input data, "
            "data used, datasets, data sets, training data, data needed, data required"
        ),
        _words("describe any data, training data, data used, data sources"),
    ),
    Target(
        "benefit_low",
        "Benefit per year, low",
        Kind.MONEY,
        _words("benefit low, low benefit, benefit per year low, minimum benefit, benefit minimum"),
    ),
    Target(
        "benefit_likely",
        "Benefit per year, likely",
        Kind.MONEY,
        _words(
            "benefit likely, likely benefit, benefit per year likely, annual benefit, "
            "benefit per year, expected benefit per year, annual savings, savings per year, "
            "savings, estimated benefit, benefit amount"
        ),
    ),
    Target(
        "benefit_high",
        "Benefit per year, high",
        Kind.MONEY,
        _words("benefit high, high benefit, benefit per year high, maximum benefit"),
    ),
)
"""Every field of a use case that can come from a table."""
