"""Commands on the answers a team gives to the checklists of the library."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from scoper.commands.checks import seen_in, valid_row
from scoper.model import AnswerFields, AnswerRow, UseCaseRow
from scoper.scoping.asked import CHECKLISTS
from scoper.snapshot import Changes
from scoper.store import Store
from scoper.store.unit import Seen, Unit, check_seen
from scoper.text import plural, shorten


def set_answer(
    store: Store,
    *,
    use_case_id: UUID,
    questionnaire: str,
    question: str,
    answer: str | None = None,
    note: str | None = None,
    seen: Seen = None,
) -> Changes:
    """Answer a question of a checklist; what is None stays as it is.

    An answer without a choice and without a note is taken away.

    Raises:
        InvalidInput: a text is too long or an id is empty.
        Overtaken: the answer or the note is another one than what was ``seen``.
        NotFound: there is no such use case.
    """
    given = {name: text for name, text in (("answer", answer), ("note", note)) if text is not None}
    checked = valid_row(
        AnswerFields, {"questionnaire": questionnaire, "question": question, **given}
    )
    title = _title(questionnaire)
    with store.write(f"Answer {title}") as unit:
        use_case = unit.get(UseCaseRow, use_case_id)
        unit.label = f"Answer {title} for {shorten(use_case.title, 40)}"
        _put(unit, use_case_id, checked, given, seen)
        return unit.changes()


def set_answers(
    store: Store, *, use_case_id: UUID, questionnaire: str, answers: Mapping[str, str]
) -> Changes:
    """Answer several questions of a checklist in one step; ``answers`` holds one by question.

    Raises:
        InvalidInput: an id is empty or a text too long; nothing is answered then.
        NotFound: there is no such use case.
    """
    rows = [
        valid_row(AnswerFields, {"questionnaire": questionnaire, "question": key, "answer": answer})
        for key, answer in answers.items()
    ]
    title = _title(questionnaire)
    with store.write(f"Answer {title}") as unit:
        use_case = unit.get(UseCaseRow, use_case_id)
        asked = plural(len(rows), "question")
        unit.label = f"Answer {asked} of {title} for {shorten(use_case.title, 40)}"
        for checked in rows:
            _put(unit, use_case_id, checked, ("answer",))
        return unit.changes()


def _title(questionnaire: str) -> str:
    known = CHECKLISTS.get(questionnaire)
    return known.title if known else questionnaire


def _put(
    unit: Unit,
    use_case_id: UUID,
    checked: Mapping[str, Any],
    given: Collection[str],
    seen: Seen = None,
) -> None:
    """Add, change or take away an answer; of one that is there only what is ``given`` changes."""
    found = unit.find(
        AnswerRow,
        use_case_id=use_case_id,
        questionnaire=checked["questionnaire"],
        question=checked["question"],
    )
    for name in given:
        now = getattr(found[0], name) if found else ""
        check_seen(now, seen_in(AnswerFields, name, seen), checked[name])
    if found:
        values = {name: checked[name] for name in given}
        kept = {name: getattr(found[0], name) for name in ("answer", "note")} | values
        if any(kept.values()):
            unit.update(AnswerRow, found[0].id, **values)
        else:
            unit.remove(AnswerRow, found[0].id)
    elif checked["answer"] or checked["note"]:
        unit.add(AnswerRow(**checked, use_case_id=use_case_id))
