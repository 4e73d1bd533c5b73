"""Copies of built-in content: they are used from then on, and nothing of one's own is lost."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoper.cli import run_verb
from scoper.errors import InvalidInput
from scoper.library import criteria, governance, ideas, metrics, roles
from scoper.library.copying import OWN_FILE, copy_to_own
from scoper.library.in_use import ai_act, criteria_scheme, default_roles, rmf
from scoper.library.mending import remedy
from scoper.library.packs import BrokenPack, PackKind
from scoper.library.registry import KINDS, read_again
from scoper.library.toml_text import write_entry, write_fields
from scoper.scoping import asked


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SCOPER_HOME", str(tmp_path))
    yield tmp_path / "library"
    monkeypatch.undo()
    read_again()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_copy_says_what_the_built_in_entry_says_and_takes_its_place(kind: PackKind[Any]) -> None:
    before = read_again().entries(kind)
    copied = copy_to_own(read_again(), kind, kind.id_of(before[0]))
    after = read_again()
    assert after.problems == ()
    assert after.entries(kind) == before
    taken = [key for key, file in after.origins(kind).items() if file.path == copied.path]
    whole = kind.whole and bool(kind.entries)
    assert taken == [kind.id_of(entry) for entry in (before if whole else before[:1])]
    assert all((kind.name, key) in after.built_in for key in taken)


def test_a_second_copy_stands_below_the_first_and_keeps_what_was_edited(home: Path) -> None:
    first, second = read_again().entries(ideas.KIND)[:2]
    path = copy_to_own(read_again(), ideas.KIND, first.id).path
    assert path == home / "ideas" / OWN_FILE
    edited = path.read_text(encoding="utf-8").replace(first.title, "Ours by hand") + "# kept\n"
    path.write_text(edited, encoding="utf-8")
    copy_to_own(read_again(), ideas.KIND, second.id)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(edited.rstrip())
    assert [e.title for e in read_again().entries(ideas.KIND)[:2]] == ["Ours by hand", second.title]


def test_ones_own_is_not_copied_again_and_a_pack_is_never_overwritten(home: Path) -> None:
    key = read_again().entries(ideas.KIND)[0].id
    copy_to_own(read_again(), ideas.KIND, key)
    with pytest.raises(InvalidInput, match="your own already"):
        copy_to_own(read_again(), ideas.KIND, key)
    path = home / "criteria" / "rice.toml"
    path.parent.mkdir(parents=True)
    path.write_text("# notes, no pack yet\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"already a file rice\.toml"):
        copy_to_own(read_again(), criteria.KIND, "rice")
    assert path.read_text(encoding="utf-8") == "# notes, no pack yet\n"


def test_a_broken_file_of_ones_own_is_named_and_left_as_it_is(home: Path) -> None:
    path = home / "metrics" / OWN_FILE
    path.parent.mkdir(parents=True)
    path.write_text('id = "ours"\n[[metrics\n', encoding="utf-8")
    with pytest.raises(BrokenPack, match="line 2") as caught:
        copy_to_own(read_again(), metrics.METRICS, "arr")
    assert "quote or a bracket" in caught.value.remedy
    assert path.read_text(encoding="utf-8") == 'id = "ours"\n[[metrics\n'
    assert [file.name for file in path.parent.iterdir()] == [OWN_FILE]


def test_a_copy_takes_another_pack_id_where_its_own_is_taken(home: Path) -> None:
    copy_to_own(read_again(), ideas.KIND, read_again().entries(ideas.KIND)[0].id)
    (home / "ideas" / OWN_FILE).rename(home / "ideas" / "logistics.toml")
    copy_to_own(read_again(), ideas.KIND, read_again().entries(ideas.KIND)[1].id)
    assert read_again().problems == ()
    assert sum(file.own for file in read_again().files) == 2


# ---------------------------------------------------------------- what packs of one's own reach


def test_an_adapted_scheme_and_adapted_roles_are_what_a_portfolio_starts_with() -> None:
    path = copy_to_own(read_again(), criteria.KIND, "rice").path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('title = "RICE"', 'title = "Our RICE"'), encoding="utf-8")
    assert criteria_scheme("rice").title == "RICE"
    read_again()
    assert criteria_scheme("rice").title == "Our RICE"
    path = copy_to_own(read_again(), roles.KIND, default_roles()[0].title).path
    rate = f"day_rate = {default_roles()[0].day_rate:g}"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(rate, "day_rate = 4321").replace("= 4321.0", "= 4321"), "utf-8")
    read_again()
    assert default_roles()[0].day_rate == 4321


def test_an_adapted_question_of_the_act_is_the_one_that_is_asked() -> None:
    first = ai_act().questions[0]
    path = copy_to_own(read_again(), governance.ACT_QUESTIONS, first.key).path
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(first.question, "Is it ours?"), encoding="utf-8")
    assert ai_act().questions[0] is first
    read_again()
    assert ai_act().questions[0].question == "Is it ours?"
    assert len(rmf()) == 19
    assert asked.act_triage([(first.key, "unsure")]).open[0].question == "Is it ours?"


def test_a_pack_that_takes_a_question_away_that_a_duty_needs_is_left_out() -> None:
    needed = next(duty.needs[0] for duty in ai_act().duties if duty.needs)
    path = copy_to_own(read_again(), governance.ACT_QUESTIONS, needed).path
    text = path.read_text(encoding="utf-8").replace(f'key = "{needed}"', 'key = "another"')
    path.write_text(text, encoding="utf-8")
    found = read_again()
    assert [problem.file for problem in found.problems] == [path]
    assert needed in ai_act().by_key


# ---------------------------------------------------------------- the verb


def test_the_verb_copies_and_says_where_and_refuses_in_one_line(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    path = home / "criteria" / "rice.toml"
    assert run_verb(["library", "copy", "criteria_schemes", "rice", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(path), "whole_pack": True}
    assert run_verb(["library", "copy", "metrics", "arr"]) == 0
    assert capsys.readouterr().out == f"Copied to {home / 'metrics' / OWN_FILE}\n"
    for wrong, said in (
        (["criteria_schemes", "rice"], "your own already"),
        (["metrics", "gold"], "no “gold”"),
        (["dreams", "gold"], "Choose one of: use_case_ideas"),
    ):
        assert run_verb(["library", "copy", *wrong]) == 2
        captured = capsys.readouterr()
        assert said in captured.err
        assert captured.err.count("\n") == 1


# ---------------------------------------------------------------- TOML and mending

KEYS = st.text(min_size=1, max_size=12)
PLAIN = st.one_of(
    st.text(max_size=40),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(KEYS, VALUES, max_size=5), st.dictionaries(KEYS, VALUES, max_size=5))
def test_what_is_written_is_read_back(head: dict[str, Any], entry: dict[str, Any]) -> None:
    assert tomllib.loads(write_fields(head)) == head
    assert tomllib.loads(write_entry("list", entry) * 2) == {"list": [entry, entry]}


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("it is missing", "Add the field"),
        ("there is no such field", "Delete this line"),
        ("there is no “gold” among the metrics", "Correct the id"),
        ("“x” is already in a.toml", "Keep one of the two"),
        ("something new", "Compare the entry"),
    ],
)
def test_a_broken_pack_says_how_it_is_mended(reason: str, said: str) -> None:
    assert remedy(reason).startswith(said)
