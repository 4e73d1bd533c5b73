"""The user's own packs: they add and replace, and a broken one is named and left out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scoper.cli import run_verb
from scoper.library import metrics
from scoper.library.lines import find_line
from scoper.library.mending import remedy
from scoper.library.packs import BYTES_LIMIT, ENTRIES_LIMIT, LIBRARY, PACK_TEXT_LIMIT
from scoper.library.registry import FILES_LIMIT, library, read_again

HEAD = """id = "{id}"
title = "Our goals"
source = "Workshop"
as_of = 2026-11-25
version = 1
"""
GOAL = """
[[goals]]
id = "{id}"
title = "{title}"
question = "Why?"
kpis = ["arr", "gmv"]
"""
Write = Callable[[str, str], Path]


def pack(pack_id: str, *goals: str, title: str = "Grow") -> str:
    return HEAD.format(id=pack_id) + "".join(GOAL.format(id=goal, title=title) for goal in goals)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.setenv("SCOPER_HOME", str(tmp_path))

    def write(name: str, text: str) -> Path:
        path = tmp_path / "library" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def goals() -> dict[str, str]:
    return {goal.id: goal.title for goal in read_again().entries(metrics.GOALS)}


def test_a_pack_adds_entries_and_replaces_those_of_the_same_id(own: Write) -> None:
    before = goals()
    own("goals/ours.toml", pack("ours", "new_goal", "grow_sales", title="Ours"))
    assert read_again().problems == ()
    assert goals() == {**before, "new_goal": "Ours", "grow_sales": "Ours"}


def test_a_pack_with_the_id_of_a_built_in_one_replaces_it(own: Write) -> None:
    own("goals.toml", pack("business-goals", "only_goal"))
    assert read_again().problems == ()
    assert goals() == {"only_goal": "Grow"}


def test_a_changed_pack_is_read_again_and_an_unchanged_library_is_not(own: Write) -> None:
    path = own("goals/ours.toml", pack("ours", "new_goal"))
    first = read_again()
    assert read_again() is library() is first
    path.write_text(pack("ours", "new_goal", title="Changed"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert goals()["new_goal"] == "Changed"


BROKEN = {
    "no TOML": (HEAD.format(id="x") + "\n[[goals\n", 7, "", "not valid TOML"),
    "a field missing": (
        pack("x", "a") + '\n[[goals]]\nid = "b"\ntitle = "B"\nkpis = ["arr", "gmv"]\n',
        13,
        "goals[2].question",
        "missing",
    ),
    "a field unknown": (pack("x", "a") + "colour = 1\n", 12, "goals[1].colour", "no such field"),
    "an empty text": (pack("x", "a", title=" "), 9, "goals[1].title", "empty"),
    "no source": (pack("x", "a").replace('"Workshop"', '""'), 3, "source", "empty"),
    "a wrong date": (pack("x", "a").replace("2026-11-25", '"soon"'), 4, "as_of", "date"),
    "a time": (
        pack("x", "a").replace("11-25", "11-25T09:00:00"),
        4,
        "as_of",
        "not a date",
    ),
    "a number for a text": (pack("x", "a").replace('"Workshop"', "7"), 3, "source", "not a text"),
    "a text for a number": (pack("x", "a").replace("= 1", '= "one"'), 5, "version", "whole number"),
    "not a number": (
        pack("x", "a").replace("= 1", "= nan"),
        5,
        "version",
        "number that can be used",
    ),
    "no list": (pack("x").replace("version", "goals = 1\nversion"), 5, "goals", "not a list"),
    "an id twice": (pack("x", "a", "a"), 14, "goals[2].id", "twice"),
    "a dangling reference": (
        pack("x", "a").replace('"gmv"', '"gold"'),
        11,
        "goals[1].kpis[2]",
        "“gold”",
    ),
    "a text too long": (
        pack("x", "a", title="y" * (PACK_TEXT_LIMIT + 1)),
        9,
        "goals[1].title",
        "longer",
    ),
    "a control character": (pack("x", "a", title="a\\u0007b"), 9, "goals[1].title", "shown"),
    "too many entries": (
        HEAD.format(id="x") + f"goals = [{'1,' * (ENTRIES_LIMIT + 1)}]\n",
        6,
        "goals",
        "1,000",
    ),
    "too large": ("#" * (BYTES_LIMIT + 1), None, "", "larger"),
    "a long dotted key": ("a." * 20_000 + "a = 1", 1, "", "dots"),
    "a number too long": ("version = " + "9" * 5_000, None, "", "too long"),
    "nested deeply": ("a = " + "[" * 100_000, None, "", "nested"),
    "an id of another own pack": (pack("x", "taken"), 8, "goals[1].id", "already in a.toml"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_pack_is_named_with_line_and_field_and_left_out(kind: str, own: Write) -> None:
    text, line, field, reason = BROKEN[kind]
    before = goals()
    own("goals/a.toml", pack("good", "taken"))
    path = own("goals/broken.toml", text)
    (problem,) = read_again().problems
    assert (problem.file, problem.line, problem.field) == (path, line, field)
    assert reason in problem.reason
    assert goals() == {**before, "taken": "Grow"}


def test_a_pack_that_is_not_text_or_lies_in_no_known_folder_is_named(own: Write) -> None:
    own("goals/latin.toml", "").write_bytes(b'id = "x"\ntitle = "\xe9"\n')
    own("gaols/mine.toml", pack("mine", "a"))
    found = {p.file.name: (p.line, p.reason) for p in read_again().problems}
    assert found["latin.toml"] == (2, "it is not UTF-8 text")
    assert "goals/" in found["mine.toml"][1]


def test_what_is_no_file_is_named_with_what_to_do(own: Write) -> None:
    folder = own("goals/g.toml", pack("g", "a")).parent
    (folder / "folder.toml").mkdir()
    (folder / "dangling.toml").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.toml")
    found = {p.file.name: (p.reason, remedy(p.reason)) for p in read_again().problems}
    assert set(found) == {"folder.toml", "dangling.toml", "pipe.toml"}
    assert set(found.values()) == {
        ("this is not a file", "Delete it, or put a TOML file in its place.")
    }
    assert goals()["a"] == "Grow"


def test_only_so_many_packs_are_read(own: Write) -> None:
    for number in range(FILES_LIMIT + 2):
        own(f"goals/g{number:03}.toml", pack(f"g{number}", f"goal_{number}"))
    names = [problem.file.name for problem in read_again().problems]
    assert names == [f"g{FILES_LIMIT}.toml", f"g{FILES_LIMIT + 1}.toml"]
    assert f"goal_{FILES_LIMIT - 1}" in goals()


def test_a_replacement_that_takes_away_what_others_need_is_left_out(own: Write) -> None:
    metric = (LIBRARY / "metrics" / "growth-and-customers.toml").read_text(encoding="utf-8")
    path = own("metrics/less.toml", metric.replace('id = "arr"', 'id = "arr_new"'))
    (problem,) = read_again().problems
    assert problem.file == path
    assert "“arr” is missing" in problem.reason
    assert "arr" in {m.id for m in read_again().entries(metrics.METRICS)}


def test_a_pack_that_leans_on_a_broken_one_is_left_out_too(own: Write) -> None:
    own("metrics/broken.toml", "id = 1\n")
    own("goals/ours.toml", pack("ours", "a").replace('"gmv"', '"our_metric"'))
    assert {p.file.name for p in read_again().problems} == {"broken.toml", "ours.toml"}


# ---------------------------------------------------------------- verbs


def test_check_says_what_is_sound(capsys: pytest.CaptureFixture[str], own: Write) -> None:
    own("goals/ours.toml", pack("ours", "a"))
    assert run_verb(["library", "check", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sound"] is True
    assert told["problems"] == []
    (mine,) = (p for p in told["packs"] if p["own"])
    assert (mine["kind"], mine["id"], mine["version"], mine["entries"]) == ("goals", "ours", 1, 1)


def test_check_names_each_broken_pack_in_one_line(
    capsys: pytest.CaptureFixture[str], own: Write
) -> None:
    first = own("goals/a.toml", "id = \n")
    second = own("goals/b.toml", pack("b", "a", title=""))
    assert run_verb(["library", "check"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{first}, line 1: ")
    assert lines[1].startswith(f"{second}, line 9, goals[1].title: ")
    assert run_verb(["library", "check", "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert [(p["line"], p["field"]) for p in told["problems"]] == [(1, ""), (9, "goals[1].title")]


def test_list_prints_full_entries_by_kind(capsys: pytest.CaptureFixture[str], own: Write) -> None:
    own("goals/broken.toml", "id = \n")
    assert run_verb(["library", "list", "--json"]) == 0
    captured = capsys.readouterr()
    lists = json.loads(captured.out)
    assert len(captured.err.splitlines()) == 1
    assert {"use_case_ideas", "relevance_questions", "approaches", "metrics"} <= set(lists)
    assert len(lists["use_case_ideas"]) >= 64
    assert lists["approaches"][0]["id"] == "process"
    assert all(entry for entries in lists.values() for entry in entries)


def test_a_line_is_found_past_long_texts_and_nested_tables() -> None:
    text = 'a = """\n[[x]]\nb = 1\n"""\n[[x]]\nb = 1\n[x.y]\nc = 2\n[[x]]\n"b" = 3\ny.c = 4\n'
    assert find_line(text, ("x", 0, "b")) == 6
    assert find_line(text, ("x", 0, "y", "c")) == 8
    assert find_line(text, ("x", 1, "b")) == 10
    assert find_line(text, ("x", 1, "y", "c")) == 11
    assert find_line(text, ("x", 1, "missing")) == 9
    assert find_line(text, ("missing",)) is None
