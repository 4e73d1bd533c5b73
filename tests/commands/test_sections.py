"""Sections of documents: edited, merged, reviewed and approved, and all of it undone."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest

from scoper.commands import sections, use_cases
from scoper.errors import Conflict, InvalidInput, NotFound
from scoper.exchange.documents import DraftedSection, compose
from scoper.queries import load_audit, load_board
from scoper.snapshot import Section, SectionPlace
from scoper.store import Store
from scoper.terms import SectionState
from scoper.text import SECTION_LIMIT
from tests.support import add_use_case, dump

APPROVED, IN_REVIEW, DRAFTING = (
    SectionState.APPROVED,
    SectionState.IN_REVIEW,
    SectionState.DRAFTING,
)


@pytest.fixture
def use_case_id(store: Store) -> UUID:
    """Return a use case of which the users are known."""
    return add_use_case(store, affected="14 clerks")


def users(store: Store, use_case_id: UUID) -> DraftedSection:
    """Return the section on users of the PRD as it is read from the file."""
    document = compose(load_board(store), use_case_id, "prd")
    return next(section for section in document.sections if section.spec.id == "users")


def place(use_case_id: UUID) -> dict[str, Any]:
    """Return where that section is."""
    return {"place": SectionPlace(use_case_id, "prd", "users")}


def kept(store: Store) -> Section:
    """Return the one section that is kept."""
    (section,) = load_board(store).use_cases[0].sections
    return section


def edit(store: Store, use_case_id: UUID, text: str) -> None:
    """Edit the section as it is shown now."""
    sections.edit(store, **place(use_case_id), text=text, draft=users(store, use_case_id).draft)


def move(store: Store, use_case_id: UUID, state: SectionState) -> None:
    """Bring the section as it is shown now to a state."""
    shown = users(store, use_case_id)
    sections.set_state(
        store,
        **place(use_case_id),
        state=state,
        text=shown.source,
        draft=shown.draft,
        on=dt.date(2026, 11, 25),
    )


def test_an_edited_section_is_kept_with_the_draft_it_came_from(
    store: Store, use_case_id: UUID
) -> None:
    before = users(store, use_case_id).draft
    edit(store, use_case_id, "Clerks **and** suppliers.")
    assert kept(store).text == "Clerks **and** suppliers."
    assert kept(store).drafted_from == before
    assert kept(store).contributors == "Tester"
    assert store.history().undo == "Edit “Users” in the PRD of Late invoices"
    store.undo()
    assert load_board(store).use_cases[0].sections == ()
    assert users(store, use_case_id).text == before


def test_a_text_that_says_what_the_draft_says_follows_it_again(
    store: Store, use_case_id: UUID
) -> None:
    draft = users(store, use_case_id).draft
    for again in ("", draft):
        edit(store, use_case_id, "Own words")
        edit(store, use_case_id, again)
        assert not users(store, use_case_id).is_edited
        use_cases.set_field(store, use_case_id=use_case_id, field="affected", value="15 clerks")
        assert "15 clerks" in users(store, use_case_id).text
        use_cases.set_field(store, use_case_id=use_case_id, field="affected", value="14 clerks")


@pytest.fixture
def stale(store: Store, use_case_id: UUID) -> UUID:
    """Return the use case with an edited section whose source has changed."""
    edit(store, use_case_id, "Own words")
    use_cases.set_field(store, use_case_id=use_case_id, field="affected", value="15 clerks")
    assert users(store, use_case_id).is_stale
    return use_case_id


def test_the_mark_goes_when_the_source_is_as_it_was(store: Store, stale: UUID) -> None:
    store.undo()
    assert not users(store, stale).is_stale
    assert users(store, stale).text == "Own words"


@pytest.mark.parametrize(
    ("merge", "says", "says_not"),
    [
        (sections.keep, ["Own words"], ["15 clerks"]),
        (sections.redraft, ["15 clerks"], ["Own words"]),
        (sections.keep_both, ["Own words", "15 clerks", "To be written"], []),
    ],
)
def test_a_stale_section_is_merged_and_the_merge_undone(
    store: Store, stale: UUID, merge: Any, says: list[str], says_not: list[str]
) -> None:
    draft = {} if merge is sections.redraft else {"draft": users(store, stale).draft}
    before = dump(store)
    merge(store, **place(stale), **draft)
    merged = users(store, stale)
    assert not merged.is_stale
    assert all(word in merged.text for word in says)
    assert not any(word in merged.text for word in says_not)
    store.undo()
    assert dump(store) == before
    assert users(store, stale).is_stale


def test_approval_names_who_and_when_and_is_audited(store: Store, use_case_id: UUID) -> None:
    edit(store, use_case_id, "Clerks and suppliers.")
    move(store, use_case_id, IN_REVIEW)
    assert kept(store).state is IN_REVIEW
    store.who = "Ada"
    move(store, use_case_id, APPROVED)
    assert (kept(store).approved_by, kept(store).approved_on) == ("Ada", dt.date(2026, 11, 25))
    entry = load_audit(store)[0]
    assert (entry.who, entry.field, entry.old, entry.new) == (
        "Ada", "state", "in_review", "approved",
    )  # fmt: skip
    assert entry.action == "Approve “Users” in the PRD of Late invoices"
    assert entry.about == "Late invoices"
    store.undo()
    assert kept(store).state is IN_REVIEW
    assert kept(store).approved_by == ""


def test_an_edit_voids_the_approval(store: Store, use_case_id: UUID) -> None:
    edit(store, use_case_id, "Clerks and suppliers.")
    move(store, use_case_id, APPROVED)
    edit(store, use_case_id, "Clerks and suppliers.")
    assert kept(store).state is APPROVED
    edit(store, use_case_id, "Only clerks.")
    assert (kept(store).state, kept(store).approved_by, kept(store).approved_on) == (
        DRAFTING, "", None,
    )  # fmt: skip


def test_what_is_in_review_stays_as_it_was_seen(store: Store, use_case_id: UUID) -> None:
    use_cases.set_field(store, use_case_id=use_case_id, field="expected_output", value="A list")
    seen = users(store, use_case_id).text
    move(store, use_case_id, APPROVED)
    use_cases.set_field(store, use_case_id=use_case_id, field="affected", value="Nobody")
    assert users(store, use_case_id).text == seen
    assert users(store, use_case_id).is_stale
    move(store, use_case_id, DRAFTING)
    assert "Nobody" in users(store, use_case_id).text
    assert load_board(store).use_cases[0].sections == ()


def test_what_was_not_seen_is_not_approved(store: Store, use_case_id: UUID) -> None:
    edit(store, use_case_id, "New words")
    before = dump(store)
    with pytest.raises(Conflict):
        sections.set_state(
            store, **place(use_case_id), state=APPROVED, text="Old words", draft="Draft"
        )
    assert dump(store) == before


def test_gaps_and_changed_sources_are_not_approved(store: Store, stale: UUID) -> None:
    with pytest.raises(InvalidInput, match="sources of this section have changed"):
        move(store, stale, APPROVED)
    move(store, stale, IN_REVIEW)
    edit(store, stale, "**[To be written: who]**")
    with pytest.raises(InvalidInput, match="still to be written"):
        move(store, stale, APPROVED)


def test_people_of_a_section_are_named_without_an_edit(store: Store, use_case_id: UUID) -> None:
    for field, name in (("contributors", "Ada, Bo"), ("reviewer", "Cy")):
        sections.set_people(store, **place(use_case_id), field=field, value=name)
    assert (kept(store).contributors, kept(store).reviewer) == ("Ada, Bo", "Cy")
    assert not users(store, use_case_id).is_edited
    for field in ("contributors", "reviewer"):
        sections.set_people(store, **place(use_case_id), field=field, value=" ")
    assert load_board(store).use_cases[0].sections == ()


def test_contributors_are_added_once(store: Store, use_case_id: UUID) -> None:
    edit(store, use_case_id, "one")
    edit(store, use_case_id, "two")
    store.who = "Ada, PhD"
    edit(store, use_case_id, "three")
    assert kept(store).contributors == "Tester, Ada PhD"


@pytest.mark.parametrize(
    ("change", "error", "match"),
    [
        ({"document": "memo"}, InvalidInput, "brief, prd, prfaq"),
        ({"section": "poem"}, InvalidInput, "no section “poem”"),
        ({"use_case_id": uuid4()}, NotFound, "no longer"),
        ({"text": "x" * (SECTION_LIMIT + 1)}, InvalidInput, "too long"),
        ({"draft": "x" * (SECTION_LIMIT + 1)}, InvalidInput, "too long"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_changes(
    store: Store, use_case_id: UUID, change: dict[str, Any], error: type[Exception], match: str
) -> None:
    before = dump(store)
    here = place(use_case_id)["place"]
    asked = {"text": "Words", "draft": "Draft"} | change
    there = SectionPlace(
        *(asked.pop(name, getattr(here, name)) for name in ("use_case_id", "document", "section"))
    )
    with pytest.raises(error, match=match):
        sections.edit(store, place=there, **asked)
    with pytest.raises(InvalidInput, match="no field"):
        sections.set_people(store, **place(use_case_id), field="state", value="approved")
    assert dump(store) == before


def test_deleting_a_use_case_takes_its_sections_along_and_undo_brings_them_back(
    store: Store, use_case_id: UUID
) -> None:
    edit(store, use_case_id, "Own words")
    before = dump(store)
    use_cases.remove(store, use_case_ids=(use_case_id,))
    assert load_board(store).use_cases == ()
    store.undo()
    assert dump(store) == before
