"""Sections of documents that a team keeps: merged in, marked when stale, and never markup."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import FileSystemLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from scoper.board import Board
from scoper.exchange.documents import KINDS, Kind, compose, describe, write_document
from scoper.exchange.documents.blocks import Bullets, Heading, Paragraph, Table, parse, plain
from scoper.exchange.documents.markdown import settle, to_markdown
from scoper.exchange.documents.outline import FOLDER
from scoper.snapshot import Section, UseCase
from scoper.terms import SectionState
from scoper.text import clean
from tests.exchange.boards import NASTY, bare, board_of, full
from tests.exchange.test_documents import ON, check_shape, shown, use_cases

HOSTILE = """# A heading <img src="file:///etc/passwd">

![picture](file:///etc/hostname) [site](https://example.org) <https://example.org> {{ 7 * 7 }}
{% for x in y %}{% endfor %} <script>alert(1)</script> `code` &amp; &#60;

```
fenced
```

    indented

[x]: https://example.org
"""


def keeping(use_case: UseCase, kind: Kind, section: str, text: str, **more: Any) -> UseCase:
    """Return the use case with one section kept as ``text``, drafted from what is there now."""
    drafts = compose(board_of(use_case), use_case.id, kind, on=ON).sections
    (drafted,) = (s for s in drafts if s.spec.id == section)
    values = {"drafted_from": clean(drafted.draft)} | more
    kept = Section(uuid4(), kind, section, text, **values)
    return replace(use_case, sections=(*use_case.sections, kept))


def section_of(use_case: UseCase, kind: Kind, section: str) -> Any:
    """Return one section of a document about a use case."""
    document = compose(board_of(use_case), use_case.id, kind, on=ON)
    return next(s for s in document.sections if s.spec.id == section)


# ---------------------------------------------------------------- outlines


@pytest.mark.parametrize("kind", KINDS)
def test_every_section_has_its_block_in_the_template(kind: Kind) -> None:
    environment = ImmutableSandboxedEnvironment(loader=FileSystemLoader(FOLDER), autoescape=True)
    environment.filters |= dict.fromkeys(
        ("prose", "sentence", "stopped", "clause", "first_sentence", "counted", "opening"), str
    )
    blocks = set(environment.get_template(f"{kind}/template.md.j2").blocks)
    assert blocks - {"title", "note"} == {section.id for section in describe(kind).sections()}


def test_the_press_release_has_the_parts_readers_expect() -> None:
    press = next(part for part in describe("prfaq").parts if part.title == "Press release")
    assert [section.id for section in press.sections] == [
        "headline", "subheadline", "dateline", "problem", "solution", "leader_quote",
        "how_it_works", "customer_quote", "call_to_action",
    ]  # fmt: skip
    assert press.words == 400


# ---------------------------------------------------------------- kept texts


def test_an_edited_section_stays_and_the_rest_follows_the_steps() -> None:
    use_case = keeping(full(), "prd", "users", "Our **own** words.")
    changed = replace(use_case, affected="Nobody any more", problem="Another problem.")
    text = compose(board_of(changed), changed.id, "prd", on=ON).markdown
    assert "Our **own** words." in text
    assert "Nobody any more" not in text
    assert "Another problem." in text


def test_a_section_is_stale_only_when_its_own_sources_changed() -> None:
    use_case = keeping(full(), "prd", "users", "Our own words.")
    assert not section_of(use_case, "prd", "users").is_stale
    assert not section_of(replace(use_case, problem="New."), "prd", "users").is_stale
    assert section_of(replace(use_case, affected="New."), "prd", "users").is_stale
    assert not section_of(replace(use_case, affected="New."), "prfaq", "problem").is_stale


@pytest.mark.parametrize("kind", KINDS)
def test_a_section_does_not_go_stale_overnight(kind: Kind) -> None:
    use_case = full()
    board = board_of(use_case)
    first = compose(board, use_case.id, kind, on=ON)
    later = compose(board, use_case.id, kind, on=ON + dt.timedelta(days=40))
    assert [s.draft for s in first.sections] == [s.draft for s in later.sections]
    assert first.note != later.note


def test_a_kept_text_without_a_word_leaves_its_heading_out() -> None:
    use_case = keeping(full(), "prfaq", "faq_when", "#")
    document = compose(board_of(use_case), use_case.id, "prfaq", on=ON)
    assert "When do I get it?" not in document.markdown
    assert "faq_when" in {section.spec.id for section in document.sections}
    check_shape(parse(document.markdown))


def test_words_and_gaps_are_counted_as_read() -> None:
    use_case = keeping(
        full(),
        "prd",
        "users",
        "One **two** three.\n\n- four\n\n| five | six |\n|---|---|\n| a | b |",
    )
    section = section_of(use_case, "prd", "users")
    assert (section.words, section.gaps) == (8, 0)
    use_case = keeping(full(), "prd", "users", "**[To be written: who]** and [To be written")
    assert section_of(use_case, "prd", "users").gaps == 1


@pytest.mark.parametrize("kind", KINDS)
def test_headings_are_found_by_their_number(kind: Kind) -> None:
    use_case = full()
    document = compose(board_of(use_case), use_case.id, kind, on=ON)
    headings = [plain(b.runs) for b in parse(document.markdown) if isinstance(b, Heading)]
    for part, sections in document.parts:
        for section in sections:
            expected = section.spec.title if section.spec.heading else part.title
            found = headings[document.headings[section.spec.id]]
            under_its_part = found in {s.spec.title for s in sections}
            assert found == expected or under_its_part


# ---------------------------------------------------------------- texts are only text


def test_hostile_text_stays_the_characters_it_is(tmp_path: Path) -> None:
    use_case = keeping(full(), "prd", "users", HOSTILE)
    board = board_of(use_case)
    document = compose(board, use_case.id, "prd", on=ON)
    section = next(s for s in document.sections if s.spec.id == "users")
    text = shown(section.blocks)
    for word in ("![picture](file:///etc/hostname)", "{{ 7 * 7 }}", "<script>", "`code`", "fenced"):
        assert word in text
    assert "<img" in text
    assert "](" not in section.text.replace("\\](", "").replace("\\]", "")
    assert not any(isinstance(block, Heading) for block in section.blocks)
    path = write_document(board, use_case.id, "prd", tmp_path / "a.docx", on=ON)
    written = docx.Document(str(path))
    assert not written.inline_shapes
    assert not [r for r in written.part.rels.values() if r.is_external]
    assert "{{ 7 * 7 }}" in "\n".join(p.text for p in written.paragraphs)


@pytest.mark.parametrize("nasty", NASTY)
def test_settled_text_reads_the_same_again(nasty: str) -> None:
    once = settle(nasty)
    assert settle(once) == once
    assert shown(parse(once)).split() == shown(parse(nasty)).split()


_marks = st.text("ab *_|-#>1.\\[]()<&;`~\n\t!{}", max_size=50)


@given(_marks)
def test_settling_keeps_the_words_and_settles(text: str) -> None:
    once = settle(text)
    blocks = parse(once)
    assert not any(isinstance(block, Heading) for block in blocks)
    read = [b for b in parse(clean(text)) if shown((b,)).strip()]
    assert shown(blocks).split() == shown(tuple(read)).split()
    assert settle(once) == once


def test_structure_survives() -> None:
    lists = "- one\n- **two**\n\n1. first\n2. second"
    text = f"A **b** *c* d.\n\n{lists}\n\n> said\n\n| a | b |\n| --- | ---: |\n| x | 1 |"
    blocks = parse(settle(text))
    assert to_markdown(blocks) == text
    assert [type(block) for block in blocks] == [Paragraph, Bullets, Bullets, Paragraph, Table]


# ---------------------------------------------------------------- every state


@given(use_cases(), st.sampled_from(KINDS), st.data())
def test_every_state_renders_with_edited_sections(
    use_case: UseCase, kind: Kind, data: st.DataObject
) -> None:
    ids = [section.id for section in describe(kind).sections()]
    kept = tuple(
        Section(
            uuid4(), kind, section,
            data.draw(st.sampled_from(["", "Own words.", "- a\n- b", "# Head\n\ntext", "**x**"])),
            state=data.draw(st.sampled_from(list(SectionState))),
        )
        for section in data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=4))
    )  # fmt: skip
    edited = replace(use_case, sections=kept)
    document = compose(board_of(edited), edited.id, kind, on=ON)
    check_shape(parse(document.markdown))
    said = {section.spec.id: section for section in document.sections}
    for section in kept:
        if section.text:
            assert said[section.section].text == settle(section.text)


@pytest.mark.parametrize("kind", KINDS)
def test_preview_and_files_say_the_same(kind: Kind, tmp_path: Path) -> None:
    use_case = keeping(bare(), kind, "problem", "Our *own* words | and a bar.")
    board = board_of(use_case)
    shown_text = compose(board, use_case.id, kind, on=ON).markdown
    written = write_document(board, use_case.id, kind, tmp_path / "a.md", on=ON)
    assert written.read_text(encoding="utf-8") == shown_text
    assert "Our *own* words \\| and a bar." in shown_text


# ---------------------------------------------------------------- the sample


def test_the_sample_shows_every_state_and_one_section_with_changed_sources(
    sample_board: Board,
) -> None:
    kept = [
        (use_case.key, section)
        for use_case in sample_board.use_cases
        for kind in KINDS
        for section in compose(sample_board, use_case.id, kind, on=ON).sections
        if section.is_edited
    ]
    assert {section.state for _, section in kept} == set(SectionState)
    assert [(key, s.spec.id) for key, s in kept if s.is_stale] == [("UC-01", "problem")]
    assert len({key for key, _ in kept}) == 3
    assert all(not s.gaps for _, s in kept if s.state is SectionState.APPROVED)
