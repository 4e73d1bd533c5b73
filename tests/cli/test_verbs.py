"""Every verb does what it says, prints what a script can read, and ends with the right code."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from scoper import __version__
from scoper.cli import VERBS
from scoper.queries import load_board
from scoper.settings import load_settings
from scoper.store import Store
from tests.cli.conftest import Scoper
from tests.support import ON

Table = Callable[..., Path]

IMPORT_KEYS = ["created", "updated", "skipped", "rejected", "mapping"]
RANK_KEYS = [
    "key",
    "title",
    "rank",
    "score",
    "tier",
    "complete",
    "missing",
    "impact",
    "feasibility",
    "risk",
    "likelihood",
    "enough",
    "cost_of_failing",
    "gain",
    "loss",
]


def test_help_names_every_verb(scoper: Scoper) -> None:
    said = scoper("--help")
    assert said.code == 0
    assert all(verb in said.out for verb in VERBS)
    assert scoper("--version").out == f"scoper {__version__}\n"


# ---------------------------------------------------------------- new, check, demo


def test_a_new_portfolio_is_named_after_its_file(scoper: Scoper, tmp_path: Path) -> None:
    path = tmp_path / "Ideas 2027.scoper"
    assert scoper("new", path).out == f"made {path}\n"
    assert scoper("check", path).out == "Ideas 2027.scoper is sound: 0 use cases, 0 ranked\n"
    with Store.open(path, "x") as store:
        assert load_board(store).portfolio.title == "Ideas 2027"


def test_a_new_portfolio_takes_title_and_currency(scoper: Scoper, tmp_path: Path) -> None:
    path = tmp_path / "a.scoper"
    assert scoper("new", path, "--title", "Our ideas", "--currency", "CHF").code == 0
    with Store.open(path, "x") as store:
        portfolio = load_board(store).portfolio
    assert (portfolio.title, portfolio.currency) == ("Our ideas", "CHF")


def test_the_demo_does_the_whole_main_job_and_replaces_an_older_one(
    scoper: Scoper, tmp_path: Path
) -> None:
    out = tmp_path / "new" / "out"
    out.mkdir(parents=True)
    (out / "sample.scoper").write_bytes(b"an older demo")
    said = scoper("demo", "--out", out)
    assert said.code == 0
    names = sorted(path.name for path in out.iterdir())
    assert {Path(name).suffix for name in names} == {
        ".scoper",
        ".xlsx",
        ".docx",
        ".md",
        ".pdf",
        ".png",
    }
    assert all(f"wrote {out / name}" in said.out for name in names)
    assert "12 use cases" in said.out
    assert scoper("check", out / "sample.scoper").out.endswith("12 use cases, 10 ranked\n")


# ---------------------------------------------------------------- import


def test_an_import_reports_exactly_what_a_script_expects(
    scoper: Scoper, empty: Path, table: Table
) -> None:
    rows = f"Use case,Notes,Pain point\nOne,x,Slow\nTwo,,Late\n{'x' * 400},,y\n"
    said = scoper("import", table(rows), "--into", empty, "--json")
    assert said.code == 0
    report = said.json
    assert list(report) == IMPORT_KEYS
    assert [report[name] for name in IMPORT_KEYS[:3]] == [2, 0, 0]
    assert report["mapping"] == {"title": "Use case", "problem": "Pain point"}
    (rejected,) = report["rejected"]
    assert rejected == {
        "row": 4,
        "column": "Use case",
        "problem": "the text has 400 characters; at most 300 fit.",
    }
    assert "Notes" in said.err
    assert "import the table again" in said.err


def test_importing_again_skips_and_a_dry_run_changes_nothing(
    scoper: Scoper, empty: Path, table: Table
) -> None:
    path, before = table("title,problem\nOne,a\nTwo,b\n"), empty.read_bytes()
    said = scoper("import", path, "--into", empty, "--dry-run")
    assert said.out.startswith("2 would be created, 0 would be updated")
    assert empty.read_bytes() == before
    scoper("import", path, "--into", empty)
    after = empty.read_bytes()
    assert scoper("import", path, "--into", empty, "--json").json["skipped"] == 2
    assert empty.read_bytes() == after
    with Store.open(empty, load_settings().who) as store:
        store.undo()
        assert load_board(store).use_cases == ()


def test_a_mapping_can_be_decided_and_a_field_left_out(
    scoper: Scoper, empty: Path, table: Table
) -> None:
    path = table("name,status,why\nOne,Pilot,Slow\n")
    said = scoper(
        "import", path, "--into", empty, "--map", "Problem=WHY", "--map", "stage=", "--json"
    )
    assert said.json["mapping"] == {"title": "name", "problem": "why"}


def test_a_sheet_is_chosen_by_name(scoper: Scoper, empty: Path, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for name in ("First", "Second"):
        sheet = workbook.create_sheet(name)
        sheet.append(["Title"])
        sheet.append([name])
    workbook.save(tmp_path / "w.xlsx")
    said = scoper("import", tmp_path / "w.xlsx", "--into", empty, "--sheet", "second")
    assert said.out.startswith("1 created")
    assert [use["title"] for use in scoper("rank", empty, "--json").json["use_cases"]] == ["Second"]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_tables_with_other_separators_are_read(
    scoper: Scoper, empty: Path, table: Table, delimiter: str
) -> None:
    rows = "title,problem\nOne,late\n".replace(",", delimiter)
    assert scoper("import", table(rows), "--into", empty).out.startswith("1 created")


def test_notes_are_shown_but_not_by_the_hundred(scoper: Scoper, empty: Path, table: Table) -> None:
    rows = "title\n" + "".join(f"Idea {place}\u200b\n" for place in range(30))
    said = scoper("import", table(rows), "--into", empty)
    assert said.code == 0
    assert "Row 2, “title”: control or invisible characters were removed." in said.err
    assert "… and 10 more notes" in said.err


def test_text_that_was_converted_twice_is_noticed(
    scoper: Scoper, empty: Path, table: Table
) -> None:
    said = scoper("import", table("title\nPrÃ¼fung\n"), "--into", empty)
    assert said.code == 0
    assert "converted twice" in said.err
    assert "PrÃ¼fung" in said.err


# ---------------------------------------------------------------- ratings, rank


def test_ratings_are_entered_abstained_and_left_empty(
    scoper: Scoper, ideas: Path, table: Table
) -> None:
    votes = (
        "participant,use_case,criterion,rating\nADA,churn,Reach,4\nAda,UC-02,business_value,3.5\n"
        "Ada,uc-01,strategic_fit,Abstain\nAda,UC-01,business_value,\n"
    )
    said = scoper("ratings", table(votes), "--into", ideas)
    assert (said.code, said.out) == (0, "2 entered, 1 abstained, 1 left empty\n")
    with Store.open(ideas, "x") as store:
        portfolio = load_board(store).portfolio
    keys = [c.key for c in portfolio.criteria]
    assert portfolio.ratings[1, keys.index("reach"), 0] == 4.0
    assert portfolio.ratings[1, keys.index("business_value"), 0] == 3.5
    assert portfolio.abstained[0, keys.index("strategic_fit"), 0]


def test_new_participants_are_named(scoper: Scoper, ideas: Path, table: Table) -> None:
    votes = table("participant,use_case,criterion,rating\nGrace,UC-01,reach,2\n")
    said = scoper("ratings", votes, "--into", ideas, "--add-participants")
    assert "new participants: Grace" in said.out


def test_the_ranking_is_exact(scoper: Scoper, sample: Path) -> None:
    said = scoper("rank", sample, "--json")
    assert said.code == 0
    assert list(said.json) == ["method", "parameters", "use_cases"]
    assert said.json["parameters"] == {"risk_aversion": 1.0, "p_low": 0.1, "p_high": 0.9} | ON
    use_cases = said.json["use_cases"]
    assert all(list(use_case) == RANK_KEYS for use_case in use_cases)
    with Store.open(sample, "x") as store:
        board = load_board(store)
    assert [u["score"] for u in use_cases] == [s.score for s in board.ranked]
    assert [u["rank"] for u in use_cases if u["complete"]] == list(range(1, 11))
    incomplete = [u for u in use_cases if not u["complete"]]
    assert all(u["rank"] is None and u["score"] is None for u in incomplete)
    assert all(u["missing"] for u in incomplete)


def test_the_ranking_can_be_read_by_people(scoper: Scoper, sample: Path) -> None:
    lines = scoper("rank", sample).out.splitlines()
    assert lines[0] == "  1   69.4  UC-01  Invoice matching"
    assert lines[-1].endswith("Fraud checks (not rated: Team capacity, External dependence)")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_output_in_a_poor_encoding_never_fails(
    scoper: Scoper, empty: Path, table: Table, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    scoper("import", table("title\nПрогноз 😀 – ü\n"), "--into", empty)
    outs = {}
    for arguments in (("rank", empty), ("rank", empty, "--json")):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr(sys, "stdout", stream)
        assert scoper(*arguments).code == 0
        outs[arguments[-1]] = stream.buffer.getvalue().decode(encoding)
    assert "\\u041f" in outs[empty]
    assert json.loads(outs["--json"])["use_cases"][0]["title"] == "Прогноз 😀 – ü"


# ---------------------------------------------------------------- export


@pytest.mark.parametrize("kind", ["prfaq", "prd", "brief"])
@pytest.mark.parametrize("suffix", [".docx", ".md", ".pdf"])
def test_a_document_is_written_for_a_key_in_any_case(
    scoper: Scoper, sample: Path, tmp_path: Path, kind: str, suffix: str
) -> None:
    out = tmp_path / f"doc{suffix}"
    assert scoper("export", kind, sample, "--use-case", "uc-03", "--out", out).code == 0
    assert out.stat().st_size > 1_000


def test_a_template_that_cannot_be_used_is_told_and_the_document_written(
    scoper: Scoper, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCOPER_HOME", str(tmp_path))
    own = tmp_path / "library" / "documents" / "prd" / "template.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{% block users %}{{ 9 ** 9 }}{% endblock %}", encoding="utf-8")
    said = scoper("export", "prd", sample, "--use-case", "UC-03", "--out", tmp_path / "a.md")
    assert said.code == 0
    assert "template.md.j2, line 1: " in said.err
    assert "64 service agents" in (tmp_path / "a.md").read_text(encoding="utf-8")


def test_without_a_key_there_is_a_document_for_each(
    scoper: Scoper, sample: Path, tmp_path: Path
) -> None:
    said = scoper("export", "prd", sample, "--out", tmp_path / "all")
    assert said.code == 0
    assert len(list((tmp_path / "all").glob("*.docx"))) == 12


def test_documents_whose_names_are_alike_do_not_replace_each_other(
    scoper: Scoper, empty: Path, table: Table, tmp_path: Path
) -> None:
    scoper("import", table("key,title\nA/1,Same\nA:1,Same\n"), "--into", empty)
    scoper("export", "prd", empty, "--out", tmp_path / "all")
    assert len(list((tmp_path / "all").iterdir())) == 2


def test_a_workbook_is_written(scoper: Scoper, sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.xlsx"
    assert scoper("export", "workbook", sample, "--out", out).out == f"wrote {out}\n"
    sheets = openpyxl.load_workbook(out, read_only=True).sheetnames
    assert sheets == ["Ranking", "Chart", "Scores", "Ratings", "Weights", "Method"]


@pytest.mark.parametrize("kind", ["chart", "quadrants"])
def test_a_chart_is_written(scoper: Scoper, sample: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "chart.svg"
    assert scoper("export", kind, sample, "--out", out).code == 0
    assert "10 use cases by" in out.read_text(encoding="utf-8")
