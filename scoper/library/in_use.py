"""What the packs in use come to, where more is asked of them than a list of entries."""

from __future__ import annotations

from scoper.errors import InvalidInput
from scoper.library import criteria, governance, roles
from scoper.library.criteria import DEFAULT_SCHEME, CriteriaScheme
from scoper.library.governance import AiAct, RmfQuestion
from scoper.library.registry import Library, library
from scoper.library.roles import RoleSpec

_ACT = (governance.ACT_QUESTIONS, governance.ACT_DUTIES, governance.ACT_DATES)


def criteria_scheme_ids() -> tuple[str, ...]:
    """Return the ids of all criteria schemes, the default one first."""
    ids = sorted(scheme.id for scheme in library().entries(criteria.KIND))
    return tuple(sorted(ids, key=lambda scheme_id: scheme_id != DEFAULT_SCHEME))


def criteria_scheme(scheme_id: str = DEFAULT_SCHEME) -> CriteriaScheme:
    """Return the criteria scheme of that id.

    Raises:
        InvalidInput: there is none.
    """
    for scheme in library().entries(criteria.KIND):
        if scheme.id == scheme_id:
            return scheme
    raise InvalidInput(
        f"There is no criteria scheme “{scheme_id}”.",
        f"Choose one of: {', '.join(criteria_scheme_ids())}.",
        field="scheme",
    )


def default_roles() -> tuple[RoleSpec, ...]:
    """Return the roles a new portfolio starts with."""
    return library().entries(roles.KIND)


def ai_act() -> AiAct:
    """Return the EU AI Act as questions, duties and dates, as of the oldest of their packs.

    Raises:
        InvalidInput: a part of it is missing, so that nothing can be said.
    """
    return ai_act_of(library())


def ai_act_of(known: Library) -> AiAct:
    """Return the EU AI Act as a library has it; raises as ``ai_act`` does."""
    return known.once(_ai_act)


def _ai_act(known: Library) -> AiAct:
    files = [file for file in known.files if file.kind in _ACT]
    questions, duties, dates = (known.entries(kind) for kind in _ACT)
    notices = [f.pack.notice for f in files if isinstance(f.pack, governance.ActDatePack)]
    if not (questions and duties and dates and notices):
        raise InvalidInput(
            "The library does not hold the whole EU AI Act.",
            "Install Scoper again, or mend the packs that `scoper library check` names.",
            field="act_questions",
        )
    as_of = min(file.pack.as_of for file in files)
    return AiAct(questions, duties, dates, notices[-1], as_of)


def rmf() -> tuple[RmfQuestion, ...]:
    """Return the NIST AI RMF 1.0 as questions."""
    return library().once(_rmf)


def _rmf(known: Library) -> tuple[RmfQuestion, ...]:
    return known.entries(governance.RMF)
