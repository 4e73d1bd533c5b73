"""Text coming in is cleaned; text going out is safe."""

from __future__ import annotations

import ast
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoper import commands
from scoper.text import (
    as_done,
    cited,
    clean,
    clean_line,
    fold,
    from_csv_cell,
    has_unprintable,
    join,
    plural,
    shorten,
)

any_text = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\x00\x07\x1b\x85\x9f\r\n\t\u2028\u202e\u200b\ufeff\ud800\udfff\uffff e\u0301 '=+-@"
        ),
    )
)


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("  plain  ", "plain"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("a\x00b\x07c\x1b[31md", "abc[31md"),
        ("lone \ud83d surrogate", "lone  surrogate"),
        ("right\u202eleft", "rightleft"),
        ("e\u0301", "é"),
        ("\ufeffname from a spreadsheet", "name from a spreadsheet"),
        ("tab\tstays", "tab\tstays"),
        ("👩\u200d🔬 ", "👩\u200d🔬"),
        ("هوش", "هوش"),
    ],
)
def test_cleaning_keeps_what_can_be_read(entered: str, kept: str) -> None:
    assert clean(entered) == kept


@pytest.mark.parametrize("entered", ["", " ", "\u00a0\n", "\u200b", "\ufeff\u2060", "\x00"])
def test_what_cannot_be_seen_counts_as_empty(entered: str) -> None:
    assert clean_line(entered) == ""


def test_a_line_is_folded_onto_one_line() -> None:
    assert clean_line(" Late\n\n  invoices\tagain ") == "Late invoices again"


@given(any_text)
@example("e\x00\u0301")
def test_cleaned_text_can_be_stored_everywhere_and_stays_as_it_is(entered: str) -> None:
    cleaned = clean(entered)
    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not has_unprintable(cleaned)
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in cleaned)


@given(any_text)
def test_a_cleaned_line_has_single_spaces_only(entered: str) -> None:
    line = clean_line(entered)
    assert line == " ".join(line.split())
    assert clean_line(line) == line


@pytest.mark.parametrize(("entered", "dirty"), [("a\x00b", True), ("a\r\nb", False), ("é", False)])
def test_the_caller_can_tell_whether_something_was_removed(entered: str, dirty: bool) -> None:
    assert has_unprintable(entered) is dirty


# ---------------------------------------------------------------- from spreadsheets


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''+1"])
def test_the_mark_that_keeps_a_text_from_being_computed_is_taken_off(text: str) -> None:
    assert from_csv_cell(f"'{text}") == text


@pytest.mark.parametrize("text", ["", "plain", "'quoted'", "'", "1-2", "a=b", "=1+1"])
def test_ordinary_text_is_read_as_it_is(text: str) -> None:
    assert from_csv_cell(text) == text


# ---------------------------------------------------------------- for people


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("Short", 10, "Short"),
        ("Exactly10!", 10, "Exactly10!"),
        ("Predict late invoices", 15, "Predict late…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("First line\nsecond", 40, "First line second"),
    ],
)
def test_long_text_is_cut_at_a_word(text: str, limit: int, shown: str) -> None:
    assert shorten(text, limit) == shown


@given(any_text, st.integers(1, 60))
def test_shortened_text_fits(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


def test_counts_and_lists_read_like_sentences() -> None:
    assert plural(1, "use case") == "1 use case"
    assert plural(0, "use case") == "0 use cases"
    assert plural(1200, "entry", "entries") == "1,200 entries"
    assert [join(p) for p in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert join(["a", "b"], "or") == "a or b"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Élan Vital", "elan vital"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Smørrebrød", "smorrebrod"),
        ("e\u0301", "é"),
        ("ﬁnance", "finance"),
    ],
)
def test_a_search_reads_over_case_and_accents(said: str, read: str) -> None:
    assert fold(said) == fold(read)


def test_a_text_with_quotation_marks_is_cited_with_single_ones_inside() -> None:
    assert cited("Edit “Cost a year” of Churn") == "“Edit ‘Cost a year’ of Churn”"


def test_every_step_can_be_told_as_something_done() -> None:
    """The names of steps are commands, as in “Undo: Delete …”; what was done is told otherwise."""
    named: set[str] = set()
    for path in Path(commands.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "write":
                named |= {first_word(node.args[0])} if node.args else set()
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "attr", "") == "label":
                named.add(first_word(node.value))
    verbs = {word for word in named if word and word not in ("New", "Sample")}
    assert len(verbs) > 15
    assert {word for word in verbs if as_done(word) == word} <= {"Let"}
    assert as_done("Delete churn alerts") == "Deleted churn alerts"


def first_word(node: ast.expr) -> str:
    """Return the first word of a text in code, or nothing where it begins with a value."""
    found = next((n.value for n in ast.walk(node) if isinstance(n, ast.Constant)), "")
    return found.split(" ")[0] if isinstance(found, str) else ""
