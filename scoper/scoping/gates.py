"""The gates: what a step needs before it counts as done. They warn and never block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scoper.scoping.fields import Step
from scoper.scoping.ladder import ANSWERED_UNDER, climb, highest_rung, reasons_given
from scoper.scoping.options import is_ruled_out
from scoper.scoping.stand_ins import is_named
from scoper.scoping.steps import LISTS, STEPS
from scoper.snapshot import Kpi, Risk, Solution, Staffing, UseCase
from scoper.terms import Decision, Direction, Feasibility, KpiKind, Phase, RelevanceDecision
from scoper.text import clean_line, join, shorten, within

if TYPE_CHECKING:
    from scoper.library.governance import AiAct

_TECHNOLOGY = re.compile(
    r"\b(A\.?I\.?|artificial intelligence|machine[- ]learning|deep[- ]learning|ML|"
    r"neural net(?:work)?s?|LLMs?|(?:large )?language models?|(?:Chat)?GPT(?:-?\w+)?|"
    r"gen(?:erative )?AI|"
    r"chat ?-?bots?|copilots?|computer vision|NLP|natural language processing|"
    r"(?:prediction|predictive|learning|vision|foundation) models?|algorithms?|"
    r"RAG|transformers?|data science|RPA)\b",
    re.IGNORECASE,
)
_CASE_MATTERS = {"ai", "ml", "rag", "nlp", "rpa"}
_DECIDE_AGAINST = "decide against the use case"
_ACT = "eu_ai_act"
"""The name under which a use case keeps its answers on the EU AI Act."""


class StepState(StrEnum):
    """Where a step stands."""

    UNTOUCHED = "untouched"
    STARTED = "started"
    OPEN = "open"
    PASSED = "passed"

    @property
    def label(self) -> str:
        """The state in words."""
        return {
            "untouched": "Not started",
            "started": "Started",
            "open": "Gate open",
            "passed": "Gate passed",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing a gate asks for; ``field`` is the answer, list or checklist that would meet it.

    ``blocks_go`` is true where a decision to go is ruled out until it is met.
    """

    met: bool
    missing: str
    field: str
    blocks_go: bool = False


@dataclass(frozen=True, slots=True)
class StepReport:
    """The state of one step and, in the order of the form, what is missing."""

    step: Step
    state: StepState
    missing: tuple[Requirement, ...]


def review(
    use_case: UseCase, staffing: Staffing, *, in_full: bool = True, act: AiAct | None = None
) -> tuple[StepReport, ...]:
    """Return a report for each of the five steps on what the team has entered so far.

    The EU AI Act is taken from the library in use where it is not given.

    Unless ``in_full``, what can be judged only by the content of the library is left out: reading
    that takes longer than a window may take to show its first ranking.
    """
    return tuple(_report(step, use_case, staffing, in_full, act) for step in STEPS)


def rests_on_content(use_case: UseCase) -> bool:
    """Return whether a review in full reads the library."""
    return bool(_uses_ai(use_case) or use_case.answers_to(_ACT))


def technology_named(statement: str) -> str | None:
    """Return the first technology that a problem statement names, or None."""
    for found in _TECHNOLOGY.finditer(clean_line(statement)):
        word = found.group()
        if word.casefold() not in _CASE_MATTERS or word.isupper():
            return word
    return None


def _report(
    step: Step, use_case: UseCase, staffing: Staffing, in_full: bool, act: AiAct | None
) -> StepReport:
    requirements = tuple(_GATES[step.key](use_case, staffing))
    if in_full and step.key == "feasibility" and rests_on_content(use_case):
        requirements += _governance(use_case, act)
    missing = tuple(r for r in requirements if not r.met)
    if not missing:
        state = StepState.PASSED
    elif not _touched(step, use_case):
        state = StepState.UNTOUCHED
    elif len(missing) == len(requirements):
        state = StepState.STARTED
    else:
        state = StepState.OPEN
    return StepReport(step, state, missing)


def _touched(step: Step, use_case: UseCase) -> bool:
    answered = any(field.is_filled(use_case) for field in step.fields)
    own_lists = (items.name for items in step.lists if not items.fixed)
    judged = step.key == "feasibility" and any(_judged(s) for s in use_case.solutions)
    return answered or judged or any(getattr(use_case, name) for name in own_lists)


def _judged(option: Solution) -> bool:
    """Return whether the verdict on an option was filled in, which is asked in step 3."""
    return option.feasibility is not Feasibility.OPEN or bool(
        option.feasibility_reason or option.next_step
    )


def _problem(use_case: UseCase, _: Staffing) -> Iterator[Requirement]:
    named = technology_named(use_case.problem)
    yield Requirement(bool(use_case.problem), "State the business problem", "problem")
    if named:
        yield Requirement(
            False, f"State the problem without naming a technology (“{named}”)", "problem"
        )
    yield Requirement(bool(use_case.owner), "Name an owner", "owner")
    yield Requirement(
        use_case.current_cost is not None or bool(use_case.current_volume),
        "Say what it costs today, or how often it happens",
        "current_cost",
    )
    yield Requirement(
        bool(use_case.problem_evidence), "Name a source of evidence", "problem_evidence"
    )
    if use_case.relevance_overruled is not RelevanceDecision.FOLLOW:
        yield Requirement(
            bool(use_case.relevance_reason),
            "Say why you overrule the verdict on relevance",
            "relevance_reason",
        )


def _solutions(use_case: UseCase, _: Staffing) -> Iterator[Requirement]:
    options = [s for s in use_case.solutions if is_named("solutions", s)]
    shortlist = [s for s in options if s.shortlisted]
    unexplained = [s.title for s in shortlist if not s.reason]
    yield Requirement(
        len(options) >= 2,
        "Add at least two options" if not options else "Add a second option",
        "solutions",
    )
    yield from _nameless(use_case, "solutions")
    yield Requirement(
        any(not s.approach.uses_ai for s in options), "Add an option without AI", "solutions"
    )
    yield Requirement(bool(shortlist), "Shortlist at least one option", "solutions")
    if shortlist:
        yield Requirement(
            not unexplained, f"Say why you shortlisted {_titles(unexplained)}", "solutions"
        )
    if any(not is_ruled_out(s) for s in shortlist):
        yield from _climbed(use_case)


def _climbed(use_case: UseCase) -> Iterator[Requirement]:
    """Ask why each rung below the highest one of the shortlist is not enough."""
    chosen = highest_rung(use_case)
    if chosen is not None:
        report = climb(chosen, reasons_given(use_case))
        yield Requirement(report.earned, report.summary.removesuffix("."), ANSWERED_UNDER)


def _feasibility(use_case: UseCase, _: Staffing) -> Iterator[Requirement]:
    shortlist = [s for s in use_case.solutions if s.shortlisted]
    if not shortlist:
        yield Requirement(False, "Shortlist an option in step 2 first", "solutions")
    else:
        out = [s for s in use_case.solutions if s.feasibility is Feasibility.RULED_OUT]
        judged = [s for s in use_case.solutions if s.shortlisted or s in out]
        yield from (_verdict(option) for option in judged)
        if all(is_ruled_out(s) for s in (*shortlist, *out)):
            yield _next_alternative(use_case)
    yield Requirement(
        use_case.benefit_likely is not None, "Estimate the annual benefit", "benefit_likely"
    )
    if not _rises(use_case.benefit_low, use_case.benefit_likely, use_case.benefit_high):
        yield Requirement(False, _in_order("benefit"), "benefit_low")
    if worse := [risk.title for risk in use_case.risks if _is_worse_once_mitigated(risk)]:
        yield Requirement(
            False, f"Grade what is left of {_titles(worse)} no higher than the risk itself", "risks"
        )


def _uses_ai(use_case: UseCase) -> bool:
    """Return whether an option that uses AI is shortlisted and not ruled out."""
    return any(
        s.shortlisted and s.approach.uses_ai and not is_ruled_out(s) for s in use_case.solutions
    )


def _governance(use_case: UseCase, act: AiAct | None) -> tuple[Requirement, ...]:
    from scoper.scoping.asked import act_reading  # noqa: PLC0415 - reads the library

    reading = act_reading(use_case, act)
    if reading.blocks_go:
        remedy = f"Change what the EU AI Act prohibits, or {_DECIDE_AGAINST}"
        return (Requirement(_is_decided_against(use_case), remedy, _ACT, blocks_go=True),)
    if not _uses_ai(use_case):
        return ()
    worst = within(reading.may_become.label)
    missing = f"Answer the questions on the EU AI Act: it may still be “{worst}”"
    return (Requirement(reading.settled, missing, _ACT),)


def _is_worse_once_mitigated(risk: Risk) -> bool:
    grades = (
        (risk.likelihood, risk.residual_likelihood),
        (risk.severity, risk.residual_severity),
    )
    return any(before and left and left > before for before, left in grades)


def _verdict(option: Solution) -> Requirement:
    if option.feasibility is Feasibility.RULED_OUT:
        return Requirement(
            bool(option.feasibility_reason), f"Say why “{option.title}” is ruled out", "solutions"
        )
    if option.feasibility is Feasibility.OPEN:
        return Requirement(
            bool(option.next_step),
            f"“{option.title}” is still open: decide, or plan the next step",
            "solutions",
        )
    return Requirement(True, "", "solutions")


def _is_decided_against(use_case: UseCase) -> bool:
    return use_case.decision is Decision.NO_GO


def _next_alternative(use_case: UseCase) -> Requirement:
    candidates = [
        s
        for s in use_case.solutions
        if not s.shortlisted and s.feasibility is not Feasibility.RULED_OUT
    ]
    if not candidates:
        missing = f"Every option is ruled out: add another, or {_DECIDE_AGAINST}"
        return Requirement(_is_decided_against(use_case), missing, "solutions")
    missing = f"Every shortlisted option is ruled out: “{candidates[0].title}” is next"
    return Requirement(False, missing, "solutions")


def _kpis(use_case: UseCase, _: Staffing) -> Iterator[Requirement]:
    named = [k for k in use_case.kpis if is_named("kpis", k)]
    business = [k for k in named if k.kind is KpiKind.BUSINESS]
    if not business and any(k.kind is KpiKind.MODEL for k in named):
        missing = "Add a business KPI: a model metric alone does not pass"
    elif not business:
        missing = "Add a business KPI"
    else:
        missing = f"Give {_titles([k.title for k in business])} a baseline and a target"
    yield Requirement(
        any(k.baseline is not None and k.target is not None for k in business), missing, "kpis"
    )
    yield from _nameless(use_case, "kpis")
    for metric in named:
        if _contradicts_its_direction(metric):
            yield Requirement(False, _contradiction(metric), "kpis")
    yield from _milestones(use_case)


def _contradicts_its_direction(metric: Kpi) -> bool:
    """Return whether the target is worse than the baseline; a guardrail may give way a little."""
    if metric.kind is KpiKind.GUARDRAIL or metric.baseline is None or metric.target is None:
        return False
    if metric.direction is Direction.UP:
        return metric.target < metric.baseline
    return metric.target > metric.baseline


def _contradiction(metric: Kpi) -> str:
    better, side = ("higher", "below") if metric.direction is Direction.UP else ("lower", "above")
    return (
        f"“{metric.title}”: {better} is better, yet the target lies {side} the baseline; "
        "change the direction or the target"
    )


def _milestones(use_case: UseCase) -> Iterator[Requirement]:
    planned = [m for m in use_case.milestones if is_named("milestones", m)]
    undated = [m.title for m in planned if m.due is None]
    yield Requirement(bool(planned), "Plan milestones", "milestones")
    yield from _nameless(use_case, "milestones")
    if planned:
        yield Requirement(not undated, f"Date {_titles(undated)}", "milestones")
        yield Requirement(
            any(m.phase is not Phase.BASELINE for m in planned),
            "Plan a milestone after the baseline",
            "milestones",
        )


def _nameless(use_case: UseCase, items: str) -> Iterator[Requirement]:
    if not all(is_named(items, entry) for entry in getattr(use_case, items)):
        yield Requirement(False, f"Say what “{LISTS[items].stand_in}” is, or delete it", items)


def _resources(use_case: UseCase, staffing: Staffing) -> Iterator[Requirement]:
    staffed = {e.phase for e in use_case.efforts if e.days > 0}
    priced = {c.phase for c in use_case.costs if c.likely is not None} | {
        e.phase for e in use_case.efforts if e.days > 0 and e.role_id in staffing.priced
    }
    yield _every_phase(staffed, "effort", "efforts")
    yield _every_phase(priced, "costs", "costs")
    falling = [e.phase for e in use_case.efforts if not _rises(e.days_low, e.days, e.days_high)]
    if falling:
        phases = join([phase.label for phase in Phase if phase in falling])
        yield Requirement(False, _in_order(f"days of {phases}"), "efforts")
    if wrong := [c.title for c in use_case.costs if not _rises(c.low, c.likely, c.high)]:
        yield Requirement(False, _in_order(f"cost of {_titles(wrong)}"), "costs")
    asked = {e.role_id for e in use_case.efforts}
    if asked & staffing.overbooked:
        short = [words for role_id, words in staffing.shortages if role_id in asked]
        named = f"Over-booked ({shorten('; '.join(short), 160)})" if short else ""
        yield Requirement(
            bool(use_case.capacity_note),
            f"{named or 'A role is over capacity'}: say what gives way",
            "capacity_note",
        )


def _every_phase(covered: AbstractSet[Phase], noun: str, field: str) -> Requirement:
    absent = [phase.label for phase in Phase if phase.is_asked and phase not in covered]
    return Requirement(not absent, f"Add {noun} for {join(absent)}", field)


def _rises(*ends: float | None) -> bool:
    known = [end for end in ends if end is not None]
    return known == sorted(known)


def _in_order(what: str) -> str:
    return f"Put the low, likely and high {what} into rising order"


def _titles(titles: list[str]) -> str:
    quoted = [f"“{title}”" for title in titles[:2]]
    rest = len(titles) - len(quoted)
    return join([*quoted, f"{rest} more"] if rest else quoted)


_GATES: dict[str, Callable[[UseCase, Staffing], Iterator[Requirement]]] = {
    "problem": _problem,
    "solutions": _solutions,
    "feasibility": _feasibility,
    "kpis": _kpis,
    "resources": _resources,
}
