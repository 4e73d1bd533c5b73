"""The phases a use case has not planned yet, dated from the usual weeks of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from scoper.snapshot import Milestone
from scoper.terms import Phase

if TYPE_CHECKING:
    from scoper.library.delivery import RoadmapPhase

_WEEK = dt.timedelta(weeks=1)


def planned(
    known: Iterable[Milestone], phases: Sequence[RoadmapPhase], start: dt.date
) -> list[dict[str, Any]]:
    """Return the values of a milestone for each phase without one, in order.

    A phase begins when the one before it ends, the first on ``start``, and takes its likely
    weeks. One that would not be over before a later phase that has a date stays without one:
    how to fit it in is for people to decide. A phase that is not asked of every use case follows
    once all the others are planned.
    """
    known = tuple(known)
    taken = {milestone.phase for milestone in known}
    if any(phase.is_asked and phase not in taken for phase in Phase):
        phases = [phase for phase in phases if phase.phase.is_asked]
    ends = {
        phase: max(m.due for m in known if m.phase is phase and m.due)
        for phase in taken
        if any(m.due for m in known if m.phase is phase)
    }
    found: list[dict[str, Any]] = []
    begin = start
    for phase in phases:
        if phase.phase in taken:
            begin = max(begin, ends.get(phase.phase, begin))
            continue
        due = _after(begin, phase.likely)
        following = [end for later, end in ends.items() if _place(later) > _place(phase.phase)]
        if due is None or any(due >= end for end in following):
            due = None
        else:
            begin = due
        found.append(_values(phase, due))
    return found


def _after(begin: dt.date, weeks: float) -> dt.date | None:
    try:
        return begin + weeks * _WEEK
    except OverflowError:
        return None


def _place(phase: Phase) -> int:
    return list(Phase).index(phase)


def _values(phase: RoadmapPhase, due: dt.date | None) -> dict[str, Any]:
    return {
        "title": f"{phase.phase.label} finished",
        "phase": phase.phase,
        "due": due,
        "entry_criteria": "\n".join(phase.entry),
        "exit_criteria": "\n".join(phase.exit),
        "exposure": phase.exposure,
        "rollback": phase.rollback,
        "feedback": phase.feedback,
        "monitoring": "\n".join(phase.monitoring),
    }
