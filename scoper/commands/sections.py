"""Commands on the sections of documents: edit, merge with a newer draft, review, approve.

The steps draft a section; the caller hands over that ``draft`` as it was shown. From the first
edit on, the text is the team's, and the draft it came from is kept beside it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from scoper.commands.checks import seen_in, valid
from scoper.commands.labels import quoted
from scoper.errors import Conflict, InvalidInput
from scoper.exchange.documents.blocks import MARK
from scoper.exchange.documents.outline import describe
from scoper.model import SectionFields, SectionRow, UseCaseRow
from scoper.snapshot import Changes, SectionPlace
from scoper.store import Store
from scoper.store.unit import Seen, Unit, check_seen
from scoper.terms import SectionState
from scoper.text import LINE_LIMIT, clean, clean_line, shorten

CHOOSE = f"**{MARK}: what to keep of the text above and of the new draft below]**"
"""What stands between the two where both are kept."""

_OPEN: dict[str, Any] = {"state": SectionState.DRAFTING, "approved_by": "", "approved_on": None}
_FOLLOWS: dict[str, Any] = {**_OPEN, "text": "", "drafted_from": ""}


def edit(
    store: Store,
    *,
    place: SectionPlace,
    text: str,
    draft: str,
    seen: Seen = None,
) -> Changes:
    """Keep ``text``, which began as ``draft``.

    A text that is empty or says what the draft says follows the draft again. Whoever edits is
    a contributor from then on. An approval is void once the text differs.

    Raises:
        InvalidInput: the text is too long, or there is no such section.
        NotFound: there is no such use case.
        Overtaken: the team's text is another one than what was ``seen``.
    """
    checked = valid(SectionFields, "text", text)
    with store.write("Edit") as unit:
        kept = _Kept(unit, place)
        current = kept.row
        unit.label = kept.label("Edit")
        shown = current.text or _draft(draft)
        if current.text:
            check_seen(current.text, seen_in(SectionFields, "text", seen), checked)
        if checked == shown:
            return unit.changes()
        if not checked:
            unit.label = kept.label("Take the new draft of")
        if checked in ("", _draft(draft)):
            kept.write(**_FOLLOWS)
            return unit.changes()
        kept.write(
            text=checked,
            drafted_from=current.drafted_from if current.text else _draft(draft),
            contributors=_with(current.contributors, store.who),
            **_OPEN,
        )
        return unit.changes()


def redraft(store: Store, *, place: SectionPlace) -> Changes:
    """Take the new draft: the section follows the steps again."""
    with store.write("Take the new draft") as unit:
        kept = _Kept(unit, place)
        unit.label = kept.label("Take the new draft of")
        kept.write(**_FOLLOWS)
        return unit.changes()


def keep(store: Store, *, place: SectionPlace, draft: str) -> Changes:
    """Keep the team's text although the steps say something else now."""
    with store.write("Keep the text") as unit:
        kept = _Kept(unit, place)
        unit.label = kept.label("Keep the text of")
        if kept.row.text:
            kept.write(drafted_from=_draft(draft))
        return unit.changes()


def keep_both(store: Store, *, place: SectionPlace, draft: str) -> Changes:
    """Put the new draft below the team's text, with a place to be written between them.

    Raises:
        InvalidInput: together they are too long.
    """
    with store.write("Keep both texts") as unit:
        kept = _Kept(unit, place)
        unit.label = kept.label("Keep both texts of")
        if kept.row.text:
            both = f"{kept.row.text}\n\n{CHOOSE}\n\n{_draft(draft)}"
            text = valid(SectionFields, "text", both)
            kept.write(text=text, drafted_from=_draft(draft), **_OPEN)
        return unit.changes()


def set_state(
    store: Store,
    *,
    place: SectionPlace,
    state: SectionState,
    text: str,
    draft: str,
    on: dt.date | None = None,
) -> Changes:
    """Send a section to review, approve it, or take it back to drafting.

    ``text`` is what was seen. In review or approved, it stays as it is when the steps change.

    Raises:
        Conflict: the section does not say ``text`` any more.
        InvalidInput: it cannot be approved: something in it is still to be written, or the steps
            have changed since it was drafted.
    """
    seen = valid(SectionFields, "text", text)
    with store.write("Review") as unit:
        kept = _Kept(unit, place)
        current = kept.row
        unit.label = kept.label(_VERBS[state])
        if seen != (current.text or _draft(draft)):
            raise Conflict(
                "This section was changed in the meantime.", "Look at it again, then decide."
            )
        values: dict[str, Any] = {**_OPEN, "state": state}
        if state is SectionState.APPROVED:
            _check_ready(current, seen, draft)
            values |= {"approved_by": clean_line(store.who)[:LINE_LIMIT]}
            values |= {"approved_on": on or dt.date.today()}
        if state is not SectionState.DRAFTING and not current.text:
            values |= {"text": seen, "drafted_from": _draft(draft)}
        elif state is SectionState.DRAFTING and current.text == current.drafted_from:
            values |= _FOLLOWS
        kept.write(**values)
        return unit.changes()


def set_people(
    store: Store,
    *,
    place: SectionPlace,
    field: str,
    value: str,
    seen: Seen = None,
) -> Changes:
    """Say who contributes to a section (``contributors``) or reviews it (``reviewer``).

    Raises:
        InvalidInput: there is no such field, or the text is too long.
        Overtaken: it says something else than what was ``seen``.
    """
    if field not in ("contributors", "reviewer"):
        raise InvalidInput(f"There is no field “{field}”.", field=field)
    checked = valid(SectionFields, field, value)
    with store.write("Edit") as unit:
        kept = _Kept(unit, place)
        unit.label = kept.label(f"Edit {quoted(SectionFields, field)} of")
        known = seen_in(SectionFields, field, seen)
        check_seen(getattr(kept.row, field), known, checked)
        kept.write(**{field: checked})
        return unit.changes()


_VERBS = {
    SectionState.DRAFTING: "Take back to drafting",
    SectionState.IN_REVIEW: "Send to review",
    SectionState.APPROVED: "Approve",
}


class _Kept:
    """The row of one section, written when something of it is kept and removed when nothing is."""

    def __init__(self, unit: Unit, place: SectionPlace) -> None:
        use_case_id, document, section = place
        spec = describe(document)
        self._unit = unit
        self._words = f"“{shorten(spec.section(section).title, 40)}” in the {spec.title} of"
        self._use_case = unit.get(UseCaseRow, use_case_id)
        found = unit.find(SectionRow, use_case_id=use_case_id, document=document, section=section)
        self._is_stored = bool(found)
        self.row = (
            found[0]
            if found
            else SectionRow(document=document, section=section, use_case_id=use_case_id)
        )

    def label(self, verb: str) -> str:
        """Return how people name a step on this section."""
        return f"{verb} {self._words} {shorten(self._use_case.title, 40)}"

    def write(self, **values: Any) -> None:
        """Change fields of the row."""
        after = {name: values.get(name, getattr(self.row, name)) for name in _KEPT}
        if not any(after[name] for name in _WORTH) and after["state"] == SectionState.DRAFTING:
            if self._is_stored:
                self._unit.remove(SectionRow, self.row.id)
        elif self._is_stored:
            self._unit.update(SectionRow, self.row.id, **values)
        else:
            for name, value in values.items():
                setattr(self.row, name, value)
            self._unit.add(self.row)


_WORTH = ("text", "contributors", "reviewer")
_KEPT = (*_WORTH, "state")


def _draft(draft: str) -> str:
    kept: str = valid(SectionFields, "drafted_from", draft)
    return kept


def _with(names: str, who: str) -> str:
    """Return a list of names with one more, unless it is there or there is no room for it."""
    name = clean_line(who.replace(",", " "))
    known = [part.strip().casefold() for part in names.split(",")]
    longer = f"{names}, {name}".strip(", ")
    return longer if name and name.casefold() not in known and len(longer) <= LINE_LIMIT else names


def _check_ready(current: SectionRow, text: str, draft: str) -> None:
    if MARK in text.replace("\\", ""):
        raise InvalidInput(
            "Something in this section is still to be written.",
            "Write it or take the mark out, then approve.",
            field="state",
        )
    if current.text and current.drafted_from != clean(draft):
        raise InvalidInput(
            "The sources of this section have changed since it was drafted.",
            "Keep your text or take the new draft, then approve.",
            field="state",
        )
