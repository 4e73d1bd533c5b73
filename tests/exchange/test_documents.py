"""Documents: every section for every state, data that stays text, and files that open."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import docx
import numpy as np
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from scoper.board import Board, build_board
from scoper.errors import ExportError, InvalidInput, NotFound
from scoper.exchange import formats
from scoper.exchange.documents import (
    KINDS,
    MARK,
    Kind,
    describe,
    render_markdown,
    write_document,
)
from scoper.exchange.documents.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Run,
    Table,
    parse,
    plain,
)
from scoper.exchange.documents.facts import NAMES, TEXTS
from scoper.exchange.documents.render import escape_line, prose
from scoper.snapshot import Answer, UseCase
from scoper.terms import Answer as RelevanceAnswer
from scoper.terms import (
    Approach,
    Decision,
    EvidenceStrength,
    Exposure,
    Feasibility,
    RelevanceDecision,
    Term,
    YesNo,
)
from scoper.text import clean
from tests.exchange.boards import (
    CRITERIA,
    ENGINEER,
    EXPERT,
    NASTY,
    QUESTIONS,
    bare,
    board_of,
    full,
)

ON = dt.date(2026, 11, 24)
LONG: tuple[Kind, ...] = ("prfaq", "prd")
SECTIONS: dict[str, list[str]] = {
    "prfaq": [
        "Five questions first", "Press release", "The problem", "The solution", "How it works",
        "Getting started",
        "Customer FAQ", "When do I get it?",
        "What changes in my work, and do I still decide?", "What happens when it is wrong?",
        "What happens to my data?", "Internal FAQ",
        "How do we know the problem is real?", "Why now?",
        "Would rules, a report or a process fix do?", "What did we consider, and why this one?",
        "What does the evidence say?", "What could go wrong on our side?",
        "How will we know that it works?", "What does it cost?", "Who does it?",
        "What could stop us?", "Is it worth it?", "What has been decided?", "Appendix", "KPIs",
        "Risks", "Milestones",
    ],
    "prd": [
        "At a glance", "Problem and evidence", "Users", "Goals and non-goals", "Goals", "Non-goals",
        "Success metrics", "Business outcomes", "Model quality", "Guardrails",
        "Options and choice", "Why this one", "Evidence", "Data requirements and readiness",
        "Model requirements", "Failure modes and fallback", "Human oversight", "Governance",
        "Acceptance criteria", "Roll-out and milestones", "Risks", "Team and budget", "People",
        "Costs", "Total", "Open questions", "Scoring",
    ],
    "brief": [
        "Problem", "Proposal", "Value", "Evidence and data", "Risks", "Plan and cost",
        "Decision",
    ],
}  # fmt: skip


ANSWERS = {
    "relevance": list(RelevanceAnswer),
    "ladder": [],
    "premortem": list(Exposure),
    "eu_ai_act": list(YesNo),
    "nist_ai_rmf": list(YesNo),
}


def rendered(use_case: UseCase, kind: Kind, **portfolio: Any) -> str:
    """Return a document about one use case."""
    return render_markdown(board_of(use_case, **portfolio), use_case.id, kind, on=ON)


def shown(blocks: tuple[Block, ...]) -> str:
    """Return what a reader reads."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                lines.append(plain(block.runs))
            case Bullets():
                lines += [plain(item) for item in block.items]
            case Table():
                lines += [plain(c) for row in (block.header, *block.rows) for c in row]
    return "\n".join(lines)


def check_shape(blocks: tuple[Block, ...]) -> None:
    """Check that no heading is empty and nothing unfinished shows."""
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Heading):
            assert plain(block.runs).strip()
            deeper = isinstance(following, Heading) and following.level > block.level
            assert deeper or (following and not isinstance(following, Heading)), plain(block.runs)
        if isinstance(block, Table):
            assert block.rows
            assert all(len(row) == len(block.header) for row in block.rows)
        if isinstance(block, Paragraph):
            assert plain(block.runs).strip()
    text = shown(blocks)
    for slip in ("None", "undefined", "True", "False", "{{", "}}", "..", " ,", " .", "( "):
        assert slip not in text, slip
    assert not re.search(r"[a-z,;:]\.\.|\.,|,\.|::|;\.| {2}|\bnan\b", text)


# ---------------------------------------------------------------- content


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("use_case", [full(), bare()], ids=["full", "bare"])
def test_every_section_is_there(use_case: UseCase, kind: Kind) -> None:
    blocks = parse(rendered(use_case, kind))
    headings = [plain(b.runs) for b in blocks if isinstance(b, Heading)]
    decided = kind == "prd" and use_case.decision is Decision.GO
    assert headings[1:] == SECTIONS[kind] + ["Decision"] * decided
    check_shape(blocks)


@pytest.mark.parametrize("kind", LONG)
def test_a_full_use_case_says_what_the_steps_hold(kind: Kind) -> None:
    text = shown(parse(rendered(full(), kind))).replace("\u00a0", " ")
    for expected in (
        "One invoice in nine is paid late.",
        "14 clerks and 2,300 suppliers",
        "€620,000 a year, with 9,400 invoices a month",
        "Controlling, 2025 close",
        "Invoices paid late",
        "11 to 4 % of invoices by 31 October 2027",
        "Nobody looks",
        "1 October 2027",
        "€28,800",
        "€57,800 (€51,800 to €69,800)",
        "Expert",
        "€420,000 a year",
        "€100,000",
        "Pays back in a year.",
    ):
        assert expected in text, expected


def test_what_nobody_entered_is_marked() -> None:
    for kind, least, most in (("prfaq", 15, 4), ("prd", 15, 4), ("brief", 8, 1)):
        markdown = rendered(bare(), kind)
        assert markdown.count(MARK) >= least
        assert rendered(full(), kind).count(MARK) <= most
        for block in parse(markdown):
            for run in getattr(block, "runs", ()):
                assert run.mark == run.text.startswith(MARK)


LEARNED = tuple(replace(s, approach=Approach.BUILD) for s in full().solutions)
NOT_SAID = {"response_time": "", "peak_load": "", "cost_per_case": ""}


@pytest.mark.parametrize(
    ("answers", "said", "unsaid"),
    [
        ({}, ["No model is needed", "must manage all the same", "- **Speed:** Within five"], []),
        (NOT_SAID, ["No model is needed"], ["all the same", "how fast it must answer"]),
        ({"solutions": ()}, ["- **Volume:** 450 a day", "the baseline it must beat"], []),
        ({"solutions": LEARNED}, ["- **Cost of one case:** €0.40"], ["how fast it must answer"]),
        (
            {"solutions": LEARNED, **NOT_SAID},
            [
                f"{MARK}: how fast it must answer, how many cases come at the peak and "
                "what one case may cost]",
                "- Say how fast it must answer, how many cases come at the peak and "
                "what one case may cost. *(step 2, Solutions)*",
            ],
            ["**Speed:**"],
        ),
        (
            {"solutions": LEARNED, "cost_per_case": ""},
            ["- **Speed:**", f"{MARK}: what one case may cost]", "- Say what one case may cost."],
            ["how fast it must answer"],
        ),
    ],
)
def test_what_a_model_must_manage_is_told_or_asked_for(
    answers: dict[str, Any], said: list[str], unsaid: list[str]
) -> None:
    text = rendered(full(**answers), "prd")
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


def test_a_use_case_whose_gates_are_passed_leaves_only_words_of_its_people_to_write(
    sample_board: Board,
) -> None:
    own_words = ("in the leader's own words", "in their own words", "what users do first")
    for key in ("UC-01", "UC-03", "UC-04", "UC-10"):
        use_case = next(u for u in sample_board.use_cases if u.key == key)
        assert sample_board.progress(use_case.id) == 5
        for kind in (*LONG, "brief"):
            text = render_markdown(sample_board, use_case.id, kind, on=ON)
            for mark in re.findall(re.escape(MARK) + r": [^\]]*\]", text):
                assert any(words in mark for words in own_words), (key, kind, mark)


@pytest.mark.parametrize(
    ("house", "area", "said"),
    [
        (
            "Tavelund",
            "Accounts payable",
            "**Tavelund, Accounts payable, 1 October 2027.** Tavelund",
        ),
        ("", "Accounts payable", "**Accounts payable, 1 October 2027.** Accounts payable today"),
        ("", "", "**Our organisation, 1 October 2027.** Our organisation today"),
    ],
)
def test_the_press_release_has_a_sender(house: str, area: str, said: str) -> None:
    use_case = full(organisation=area, function="")
    board = board_of(use_case)
    named = build_board(replace(board.portfolio, organisation=house))
    text = render_markdown(named, use_case.id, "prfaq", on=ON).replace("\u00a0", " ")
    assert said in text


def test_people_without_a_name_are_named_once() -> None:
    nobody = tuple(replace(effort, who="") for effort in full().efforts)
    for kind in LONG:
        text = rendered(full(efforts=nobody), kind)
        assert "Nobody is named yet for: Engineer and Expert." in text
        assert "not named yet" not in text
        assert "Nobody is named yet for: Expert." in rendered(full(), kind)


def test_the_score_is_explained_or_the_gap_named() -> None:
    use_case = full()
    board = board_of(use_case, bare())
    standing = board.standing(use_case.id)
    text = render_markdown(board, use_case.id, "prd", on=ON)
    assert f"**{standing.score:.1f} points** of 100" in text
    assert f"{standing.gain:.2f}" in text
    gaps = np.full((1, len(CRITERIA), 3), np.nan)
    assert "Nobody has rated it yet." in rendered(use_case, "prfaq", ratings=gaps)
    partly = gaps.copy()
    partly[0, 0] = 3.0
    assert "nobody has rated Reach, Data, Skill, Harm and Speed" in rendered(
        use_case, "prfaq", ratings=partly
    )
    unscorable = rendered(use_case, "prd", criteria=CRITERIA[:2], ratings=gaps[:, :2])
    assert "Nothing in the portfolio is scored yet." in unscorable


def test_open_gates_are_open_questions() -> None:
    board = board_of(bare())
    use_case = board.use_cases[0]
    text = shown(parse(render_markdown(board, use_case.id, "prd", on=ON)))
    for report in board.steps[use_case.id]:
        for requirement in report.missing:
            assert requirement.missing in text


def test_the_prd_says_what_blocks_the_data_and_what_is_left_of_a_risk() -> None:
    use_case = full()
    archive = replace(
        use_case.datasets[0], grades={"access": 1, "labels": 1, "accuracy": 2, "lineage": 4}
    )
    first, *others = use_case.risks
    eased = replace(first, residual_likelihood=1, residual_severity=2)
    strong = replace(use_case.evidence[0], strength=EvidenceStrength.STRONG)
    text = rendered(
        replace(
            use_case, datasets=(archive,), risks=(eased, *others),
            evidence=(strong, *use_case.evidence[1:]),
        ),
        "prd",
    ).replace("\u00a0", " ")  # fmt: skip
    assert (
        "1.8 of 5, blocked | Availability and access 1, Labels and outcomes 1, Accuracy 2" in text
    )
    blockers = "The team cannot get at the data. Nothing is recorded or agreed"
    assert f"**Invoice archive is blocked.** {blockers}" in text
    assert "Kept in: In the EU. To keep up with change: Retrain each quarter." in text
    assert "| Nobody looks (organisational) | 3 × 4 | Plant errors. | Low | Jo |" in text
    assert "**Prototype, strong evidence for “Match by rules”.** 71 % of 1,200 released." in text


def test_an_open_option_is_not_called_proven() -> None:
    use_case = full()
    options = tuple(
        replace(o, shortlisted=True, feasibility=Feasibility.OPEN) for o in use_case.solutions
    )
    text = rendered(replace(use_case, solutions=options), "prfaq")
    assert "Not everything is proven yet." in text
    assert "Match by rules is not proven yet." in text


def test_money_is_in_the_currency_of_the_portfolio() -> None:
    assert "CHF\u00a0620,000" in rendered(full(), "prd", currency="CHF")
    assert "£620,000" in rendered(full(), "prfaq", currency="GBP")


def test_a_role_without_a_rate_is_named_not_counted_as_nothing() -> None:
    text = rendered(full(), "prd")
    assert "Not counted, for want of a day rate: Expert." in text
    assert "no day rate" in text


def test_a_role_over_capacity_is_named() -> None:
    assert "Engineer: 48 days asked for across the portfolio, 20 available" in rendered(
        full(), "prfaq"
    )


# ---------------------------------------------------------------- data is text


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("kind", KINDS)
def test_data_is_never_markup(nasty: str, kind: Kind) -> None:
    plain_case, blocks = full(), {}
    for name, word in (("plain", "word"), ("nasty", nasty)):
        use_case = _filled(plain_case, word)
        blocks[name] = parse(rendered(use_case, kind, title=word, organisation=word))
    kinds = {
        name: [type(block) for block in found if not isinstance(block, Paragraph)]
        for name, found in blocks.items()
    }
    assert kinds["plain"] == kinds["nasty"]
    headings = [
        [plain(b.runs) for b in found if isinstance(b, Heading)][1:] for found in blocks.values()
    ]
    assert headings[0] == headings[1]
    text = shown(blocks["nasty"])
    for line in nasty.split("\n"):
        assert line.strip() in text, line


def _filled(use_case: UseCase, word: str) -> UseCase:
    """Return the use case with ``word`` in every text, also in those of its lists."""

    def fill(item: Any) -> Any:
        texts = {f.name: word for f in fields(item) if f.type == "str" and f.name != "key"}
        return replace(item, **texts)

    lists = {
        f.name: tuple(fill(item) for item in getattr(use_case, f.name))
        for f in fields(use_case)
        if f.type.startswith("tuple")
    }
    return replace(fill(use_case), **lists)


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_survives_markdown(words: str) -> None:
    expected = " ".join(clean(words).split())
    for made in (str(prose(words)), f"- {escape_line(words)}", f"## {escape_line(words)} x"):
        (*blocks,) = parse(f"before\n\n{made}\n\nafter")
        text = " ".join(shown(tuple(blocks)).split())
        middle = text.removeprefix("before").removesuffix("after").strip()
        assert middle in (expected, f"{expected} x".strip())


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_fits_a_table_cell(words: str) -> None:
    (table,) = parse(f"| a | b |\n| --- | --- |\n| {escape_line(words)} | x |")
    assert isinstance(table, Table)
    ((cell, other),) = table.rows
    assert " ".join(plain(cell).split()) == " ".join(clean(words).split())
    assert plain(other) == "x"


def test_line_breaks_are_kept_everywhere() -> None:
    words = "one\ntwo\n\nthree"
    line = escape_line(words)
    table, item = parse(f"| {line} |\n| --- |\n| {line} |\n\n- {line}")
    assert isinstance(table, Table)
    assert isinstance(item, Bullets)
    assert {plain(table.rows[0][0]), plain(item.items[0])} == {"one\ntwo\n\nthree"}
    first, second = parse(str(prose(words)))
    assert shown((first,)) == "one\ntwo"
    assert shown((second,)) == "three"


def test_a_link_or_picture_is_only_letters(tmp_path: Path) -> None:
    use_case = full(problem="![a](file:///etc/passwd) [b](https://example.org)")
    board = board_of(use_case)
    path = write_document(board, use_case.id, "prd", tmp_path / "a.docx", on=ON)
    document = docx.Document(str(path))
    assert not document.inline_shapes
    assert not [r for r in document.part.rels.values() if r.is_external]
    pdf = write_document(board, use_case.id, "prd", tmp_path / "a.pdf", on=ON)
    with pdf.open("rb") as stream:
        assert all("/Annots" not in page for page in PdfReader(stream).pages)


# ---------------------------------------------------------------- every state

_words = st.sampled_from(["", "Some words", "ends here.", "two\nlines", "(aside)", "a, b"])
_amounts = st.sampled_from([None, 0.0, 1.5, 1_234_567.0])
_days = st.sampled_from([None, dt.date(2027, 3, 1)])


@st.composite
def use_cases(draw: st.DrawFn) -> UseCase:
    """Return a use case of which anything may be missing."""
    whole = full(title=draw(st.sampled_from(["Bare idea", "x" * 300, "Is it? (yes)"])))
    values: dict[str, Any] = {name: draw(_words) for name in (*TEXTS, *NAMES)}
    for name in ("current_cost", "benefit_low", "benefit_likely", "benefit_high"):
        values[name] = draw(_amounts)
    for field in fields(UseCase):
        if field.type.startswith("tuple"):
            items = getattr(whole, field.name)
            kept = draw(st.lists(st.sampled_from(items), max_size=3)) if items else []
            values[field.name] = tuple(replace(_thinned(draw, i), id=uuid4()) for i in kept)
    values["decision"] = draw(st.sampled_from(list(Decision)))
    values |= {"decision_reason": draw(_words), "decided_by": draw(_words)}
    values["decided_on"] = draw(_days)
    values["answers"] = tuple(draw(_answers()))
    values["relevance_overruled"] = draw(st.sampled_from(list(RelevanceDecision)))
    values["relevance_reason"] = draw(_words)
    return replace(whole, **values)


@st.composite
def _answers(draw: st.DrawFn) -> list[Answer]:
    """Return answers to some questions of each checklist, some no longer asked or offered."""
    given = []
    for name, values in ANSWERS.items():
        asked = [*QUESTIONS[name], "no_longer_asked"]
        chosen = draw(st.lists(st.sampled_from(asked), max_size=6, unique=True))
        every = draw(st.sampled_from([*values, ""]))
        for question in asked if draw(st.booleans()) else chosen:
            given.append(Answer(uuid4(), name, question, every, draw(_words)))
    return given


def _thinned(draw: st.DrawFn, item: Any) -> Any:
    """Return a list entry without some of what it may leave out."""
    values: dict[str, Any] = {}
    for field in fields(item):
        if field.name in {"id", "title", "statement", "role_id"}:
            continue
        if field.type == "str" and draw(st.booleans()):
            values[field.name] = ""
        elif str(field.type).endswith("| None") and draw(st.booleans()):
            values[field.name] = None
        elif isinstance(getattr(item, field.name), Term):
            choices = list(type(getattr(item, field.name)))
            values[field.name] = draw(st.sampled_from(choices))
        elif field.name == "grades" and draw(st.booleans()):
            values[field.name] = {}
        elif field.name == "days":
            values[field.name] = draw(st.sampled_from([0.0, 1.0, 0.5]))
    return replace(item, **values)


@given(use_cases(), st.booleans(), st.sampled_from(KINDS))
def test_every_state_renders(use_case: UseCase, is_rated: bool, kind: Kind) -> None:
    ratings = None if is_rated else np.full((1, len(CRITERIA), 3), np.nan)
    house = "Tavelund" if is_rated else ""
    markdown = rendered(use_case, kind, ratings=ratings, organisation=house)
    check_shape(parse(markdown))
    assert markdown.endswith("\n")
    assert "\n\n\n" not in markdown


# ---------------------------------------------------------------- files


@pytest.fixture
def board() -> Board:
    """Return a full and a bare use case."""
    return board_of(full(), bare())


def test_docx_is_made_of_real_styles(board: Board, tmp_path: Path) -> None:
    use_case = board.use_cases[0]
    path = write_document(board, use_case.id, "prd", tmp_path / "a.docx", on=ON)
    document = docx.Document(str(path))
    styles = {p.style.name for p in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "List Bullet", "List Number", "Normal"} <= styles
    assert document.core_properties.title == "Invoice matching: PRD"
    assert document.core_properties.author == "Tavelund"
    for table in document.element.body.iter(qn("w:tbl")):
        assert table.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    assert "NUMPAGES" in document.sections[0].footer.part.element.xml
    blocks = parse(render_markdown(board, use_case.id, "prd", on=ON))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Head", "Title"))]
    assert headings == [plain(b.runs) for b in blocks if isinstance(b, Heading)]


def test_a_page_does_not_end_with_what_announces_the_next_lines(tmp_path: Path) -> None:
    use_case = full(
        problem="It takes 6 % longer.",
        milestones=(
            replace(full().milestones[0], entry_criteria="Users are trained", title="Two sites"),
        ),
    )
    path = write_document(board_of(use_case), use_case.id, "prd", tmp_path / "a.docx", on=ON)
    kept = {p.text: p.paragraph_format.keep_with_next for p in docx.Document(str(path)).paragraphs}
    assert kept["Baseline: Two sites"] is True
    assert kept["It takes 6\u00a0% longer."] is None


def test_docx_marks_what_is_to_be_written(board: Board, tmp_path: Path) -> None:
    path = write_document(board, board.use_cases[1].id, "prfaq", tmp_path / "a.docx", on=ON)
    runs = [r for p in docx.Document(str(path)).paragraphs for r in p.runs]
    marks = [r for r in runs if r.text.startswith(MARK)]
    assert len(marks) > 10
    assert all(r.style.name == "To be written" and r.text.endswith("]") for r in marks)


def test_numbered_lists_of_a_docx_start_anew(board: Board, tmp_path: Path) -> None:
    from scoper.exchange.documents.word import write_docx

    two = parse("1. a\n2. b\n\nbetween\n\n1. c\n")
    write_docx(two, tmp_path / "a.docx", {"title": "t", "author": "", "subject": ""})
    numbers = [
        p.paragraph_format.element.pPr.numPr.numId.val
        for p in docx.Document(str(tmp_path / "a.docx")).paragraphs
        if p.style.name == "List Number"
    ]
    assert len(numbers) == 3
    assert numbers[0] == numbers[1] != numbers[2]


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_holds_the_text_and_its_pages(board: Board, kind: Kind, tmp_path: Path) -> None:
    path = write_document(board, board.use_cases[0].id, kind, tmp_path / "a.pdf", on=ON)
    with path.open("rb") as stream:
        reader = PdfReader(stream)
        text = " ".join("".join(page.extract_text() for page in reader.pages).split())
        assert "One invoice in nine is paid late." in text
        assert f"Page 1 of {len(reader.pages)}" in text
        assert reader.metadata is not None
        assert reader.metadata.title == f"Invoice matching: {describe(kind).title}"
        assert len(reader.outline) >= 1


@pytest.mark.parametrize("suffix", formats.DOCUMENTS)
def test_long_and_strange_texts_can_be_written(suffix: str, tmp_path: Path) -> None:
    use_case = _filled(full(), f"{'word ' * 60}{'x' * 200}\n\n日本語 😀 <b>&amp; עברית")
    risks = (replace(use_case.risks[0], mitigation="very long " * 2_000),)
    board = board_of(replace(use_case, title="t" * 300, risks=risks))
    for kind in KINDS:
        path = write_document(board, use_case.id, kind, tmp_path / f"a{suffix}", on=ON)
        assert path.stat().st_size > 1_000


@pytest.mark.parametrize("suffix", formats.DOCUMENTS)
def test_a_failure_leaves_the_old_file(
    board: Board, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / f"old{suffix}"
    target.write_bytes(b"before")

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scoper.exchange.documents.word.write_docx", full_disk)
    monkeypatch.setattr("scoper.exchange.documents.pdf.write_pdf", full_disk)
    monkeypatch.setattr("os.fsync", full_disk)
    with pytest.raises(ExportError):
        write_document(board, board.use_cases[0].id, "prd", target, on=ON)
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


def test_another_ending_names_the_choices(board: Board, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"\.docx, \.md, \.pdf"):
        write_document(board, board.use_cases[0].id, "prd", tmp_path / "a.odt")
    with pytest.raises(InvalidInput, match="brief, prd, prfaq"):
        render_markdown(board, board.use_cases[0].id, "memo")  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        render_markdown(board, uuid4(), "prd")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_says_what_it_is_for(kind: Kind) -> None:
    spec = describe(kind)
    assert spec.id == kind
    assert spec.needs
    assert spec.usual_length


def test_roles_of_the_helper_are_what_the_tests_expect() -> None:
    assert (ENGINEER.day_rate, EXPERT.day_rate) == (600.0, None)


# ---------------------------------------------------------------- methods


@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize(
    ("method_id", "said"),
    [
        ("weighted_sum", "of 100 by Weighted sum: S = 100"),
        ("topsis", "of 1 by TOPSIS: C = d"),
        ("value_effort", "by Value over effort: S = value / effort"),
    ],
)
def test_documents_tell_how_another_method_scored(kind: Kind, method_id: str, said: str) -> None:
    criteria = [
        replace(CRITERIA[0], key="value"),
        replace(CRITERIA[1], key="effort"),
        *CRITERIA[2:],
    ]
    use_case = full()
    board = board_of(use_case, bare(), method=method_id, criteria=criteria)
    text = render_markdown(board, use_case.id, kind, on=ON)
    assert said in text
    assert f"**{board.standing(use_case.id).score_text}**" in text
    assert "break-even" not in text
    assert "likelihood |" not in text


def test_no_word_of_a_header_is_broken_even_in_a_wide_font() -> None:
    words = ("KPI", "Today", "Target", "By", "Owner", "Drives")
    row = (
        "Failures warned of seven days ahead",
        "open",
        "at least 70 %",
        "31 December 2027",
        "open",
    )
    table = Table(
        header=tuple((Run(word),) for word in words),
        rows=(tuple((Run(text),) for text in (*row, "Unplanned stops")),),
        right=(False,) * 6,
    )
    for word, share in zip(words, table.shares(), strict=True):
        width = 1.1 * stringWidth(word, "Helvetica-Bold", 9) + 2 * 5.4
        assert share * 166 / 25.4 * 72 >= width, word
