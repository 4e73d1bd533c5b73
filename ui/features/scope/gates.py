"""Gates as the page shows them: none is passed while a field of its step is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from scoper.scoping import Requirement, StepReport, StepState
from ui.kit.fields.editor import Editor


class Marked(NamedTuple):
    """A field whose text was refused or is not saved yet: the portfolio holds something older.

    ``key`` names it among the marked fields of a step, ``section`` is where it stands.
    """

    key: str
    section: str
    editor: Editor


def but_for(report: StepReport, marked: Sequence[Marked]) -> StepReport:
    """Return a report in which what is marked comes first among what is missing."""
    if not marked:
        return report
    asked = tuple(Requirement(False, _asks(field), field.key) for field in marked)
    judged = report.state is not StepState.PASSED
    state = report.state if judged else StepState.OPEN
    return replace(report, state=state, missing=(*asked, *report.missing))


def _asks(field: Marked) -> str:
    label = field.editor.field.label
    return f"Look at “{label}” in “{field.section}”: what stands there is not saved"
